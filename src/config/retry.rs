//! `retry`: operations that can be retried although their method is not idempotent.

use super::check::Fault;
use crate::ir::{Retry, is_token};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RetryFile {
    /// The header by whose value the API knows a call again, such as `Idempotency-Key`.
    idempotency_header: Option<String>,
    /// Calls that may be repeated as they are: their `operationId`s, or `METHOD /path`.
    #[serde(default)]
    idempotent: Vec<String>,
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
            return Err((at, format!("the header `{name}` has a meaning of its own")));
        }
    }
    Ok(Retry {
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
    fn a_header_that_can_carry_no_key_is_told() {
        assert_eq!(
            fault("retry:\n  idempotency_header: two words\n"),
            "sdkgen.yaml:2:23: `two words` is not the name of a header"
        );
        assert_eq!(
            fault("retry: {idempotency_header: Content-Type}\n"),
            "sdkgen.yaml:1:29: the header `Content-Type` has a meaning of its own"
        );
        assert_eq!(
            fault("retry: {idempotent_header: X-Key}\n"),
            "sdkgen.yaml:1:9: unknown key `idempotent_header` in `retry`; did you mean `idempotency_header`? (known: idempotency_header, idempotent)"
        );
        assert_eq!(
            fault("retry: {idempotency_header: X-Key, idempotent: [a]}\n"),
            ""
        );
    }
}
