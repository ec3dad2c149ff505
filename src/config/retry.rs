//! `retry`: operations that are idempotent although their method is not, and statuses that are retried.

use super::check::Fault;
use crate::ir::{Retry, is_token};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RetryFile {
    /// The header with the idempotency key, such as `Idempotency-Key`.
    idempotency_header: Option<String>,
    /// Idempotent operations, by `operationId` or `METHOD /path`.
    #[serde(default)]
    idempotent: Vec<String>,
    /// The statuses that the client retries if the request is idempotent. The default is 408, 429, 500, 502, 503 and 504.
    statuses: Option<Vec<u16>>,
    /// Further statuses that the client retries if the response has a `Retry-After` header. The default is 403.
    statuses_with_retry_after: Option<Vec<u16>>,
}

/// Headers that cannot be used for the key, because the client sets them.
const TAKEN: [&str; 10] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Returns the retry configuration.
pub fn retry(file: RetryFile) -> Result<Retry, Fault> {
    if let Some(name) = &file.idempotency_header {
        let at = vec!["retry".to_owned(), "idempotency_header".to_owned()];
        if !is_token(name) {
            return Err((at, format!("`{name}` is not the name of a header")));
        }
        if TAKEN.iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
            return Err((at, format!("the header `{name}` is reserved")));
        }
    }
    let statuses = [
        ("statuses", &file.statuses),
        ("statuses_with_retry_after", &file.statuses_with_retry_after),
    ];
    for (key, statuses) in statuses {
        let mut statuses = statuses.iter().flatten().enumerate();
        if let Some((index, status)) = statuses.find(|(_, status)| !(400..600).contains(*status)) {
            let at = vec!["retry".to_owned(), key.to_owned(), index.to_string()];
            return Err((at, format!("{status} is not an error status: 400 to 599")));
        }
    }
    Ok(Retry {
        statuses: file.statuses,
        statuses_with_retry_after: file.statuses_with_retry_after,
        header: file.idempotency_header,
        idempotent: file.idempotent,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use std::path::Path;

    fn fault(text: &str) -> String {
        let given = Overrides {
            spec: Some("api.yaml".into()),
            ..Overrides::default()
        };
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), text, given);
        settings.map_or_else(|fault| fault.to_string(), |_| String::new())
    }

    #[test]
    fn reserved_headers_are_refused() {
        assert_eq!(
            fault("retry:\n  idempotency_header: two words\n"),
            "sdkgen.yaml:2:23: `two words` is not the name of a header"
        );
        assert_eq!(
            fault("retry: {idempotency_header: Content-Type}\n"),
            "sdkgen.yaml:1:29: the header `Content-Type` is reserved"
        );
        assert_eq!(
            fault("retry: {idempotent_header: X-Key}\n"),
            "sdkgen.yaml:1:9: unknown key `idempotent_header` in `retry`; did you mean `idempotency_header`? (known: idempotency_header, idempotent, statuses, statuses_with_retry_after)"
        );
        assert_eq!(
            fault("retry: {idempotency_header: X-Key, idempotent: [a], statuses: [429, 599]}\n"),
            ""
        );
        assert_eq!(
            fault("retry:\n  statuses:\n  - 503\n  - 200\n"),
            "sdkgen.yaml:4:5: 200 is not an error status: 400 to 599"
        );
    }
}
