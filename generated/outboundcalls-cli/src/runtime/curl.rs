//! Requests as curl commands, with environment variables in place of secrets.

use sdk::http::{Request, Version};
use sdk::transport::Body;

use super::terminal::printable;
use super::value::base64;

/// Returns the command that sends a request. `stand_ins` are placeholders of secrets, with their variables.
pub fn command(request: &Request<Body>, stand_ins: &[(String, String)]) -> String {
    debug_assert!(request.version() <= Version::HTTP_3);
    let quoting = Quoting::new(stand_ins);
    let mut lines = vec![format!(
        "curl -X {} {}",
        request.method(),
        quoting.word(&request.uri().to_string())
    )];
    for (name, value) in request.headers() {
        let text = String::from_utf8_lossy(value.as_bytes());
        let is_known = quoting
            .stand_ins
            .iter()
            .any(|(placeholder, _)| text.contains(&**placeholder));
        let text = if value.is_sensitive() && !is_known {
            "***".into()
        } else {
            text
        };
        lines.push(format!("-H {}", quoting.word(&format!("{name}: {text}"))));
    }
    match request.body().as_bytes() {
        Some([]) => {}
        Some(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => lines.push(format!("--data-binary {}", quoting.word(text))),
            Err(_) => lines.push(format!("--data-binary @FILE  # {} bytes", bytes.len())),
        },
        None => lines.push("--data-binary @-".to_owned()),
    }
    lines.join(" \\\n  ")
}

struct Quoting {
    /// Texts with the shell code in their place.
    stand_ins: Vec<(String, String)>,
}

impl Quoting {
    fn new(stand_ins: &[(String, String)]) -> Self {
        let mut all = Vec::new();
        for (placeholder, variable) in stand_ins {
            // Basic authentication encodes user name and password as one text.
            let encoded = base64(format!("{placeholder}:{placeholder}").as_bytes());
            all.push((
                encoded,
                format!("\"$(printf %s \"${variable}\" | base64)\""),
            ));
            all.push((placeholder.clone(), format!("\"${variable}\"")));
        }
        Self { stand_ins: all }
    }

    /// Returns a word of a shell command.
    fn word(&self, text: &str) -> String {
        let found = self.stand_ins.iter().find_map(|(placeholder, code)| {
            let (before, after) = text.split_once(&**placeholder)?;
            Some((before, code, after))
        });
        match found {
            Some((before, code, after)) => {
                let rest = if after.is_empty() {
                    String::new()
                } else {
                    self.word(after)
                };
                format!("{}{code}{rest}", quoted(before))
            }
            None => quoted(text),
        }
    }
}

/// Quotes a text for a shell. Line breaks of a body stay.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    format!("'{}'", lines.join("\n").replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::command;
    use crate::runtime::value::base64;
    use sdk::http::Request;
    use sdk::transport::Body;

    #[test]
    fn secrets_become_variables() {
        let stand_ins = [("SECRET0SECRET".to_owned(), "API_KEY".to_owned())];
        let request = Request::post("https://a.example/x?key=SECRET0SECRET&y=1")
            .header("authorization", "Bearer SECRET0SECRET")
            .body(Body::from("it's\u{1b}"))
            .unwrap();
        assert_eq!(
            command(&request, &stand_ins),
            "curl -X POST 'https://a.example/x?key='\"$API_KEY\"'&y=1' \\\n  \
             -H 'authorization: Bearer '\"$API_KEY\" \\\n  --data-binary 'it'\\''s\\u{1b}'"
        );
        let basic = format!("Basic {}", base64(b"SECRET0SECRET:SECRET0SECRET"));
        let request = Request::get("https://a.example/").header("authorization", basic);
        let text = command(&request.body(Body::from("")).unwrap(), &stand_ins);
        assert!(
            text.contains("'authorization: Basic '\"$(printf %s \"$API_KEY\" | base64)\""),
            "{text}"
        );
    }
}
