//! Prints an operation's request as a `curl` command. Each word is quoted for a POSIX shell, so that
//! pasting the command runs only `curl`, whatever the description contains.

use crate::example::request::encode::{UNRESERVED, percent};
use crate::example::request::wire::{self, WireBody, WireRequest};
use crate::example::request::{BYTES, ExampleRequest};
use crate::ir::{
    Api, KeyLocation, Operation, OperationId, PathPart, Security, SecurityKind, Server,
};
use crate::rust::Plan;

/// The words of one command, in the order in which they are printed.
struct CurlCommand {
    /// The URL, quoted except for the part of the query with a shell variable.
    url: String,
    query: Vec<String>,
    /// Options with their values, one per line.
    options: Vec<String>,
    has_body: bool,
}

/// Returns the command, line by line.
pub fn command(plan: Plan<'_>, id: OperationId) -> String {
    let operation = plan.api.operation(id);
    let call = &plan.calls[id.0 as usize];
    let request = wire::request(plan.api, operation, call);
    let path = path(operation, call);
    let mut command = CurlCommand {
        url: format!("{}{path}", base(plan.api, operation)),
        query: request
            .query
            .iter()
            .map(|pair| escape_curl_patterns(pair))
            .collect(),
        options: Vec::new(),
        has_body: request.body != WireBody::None,
    };
    let secrets = command.credentials(plan, operation);
    command.extend(&request);
    command.print(&operation.method, &secrets)
}

impl CurlCommand {
    fn print(self, method: &str, secrets: &[(String, String)]) -> String {
        let mut pairs = self.query;
        let mut url = self.url;
        if !pairs.is_empty() {
            url.push('?');
            url.push_str(&pairs.join("&"));
        }
        let mut url = quote(&url);
        for (name, variable) in secrets {
            let mark = if pairs.is_empty() { '?' } else { '&' };
            pairs.push(String::new());
            url.push_str(&format!(
                "{}\"${variable}\"",
                quote(&format!("{mark}{name}="))
            ));
        }
        let head = match method {
            // With data, `curl` would send a POST request.
            "GET" if !self.has_body => format!("curl {url}"),
            "HEAD" => format!("curl --head {url}"),
            _ => format!("curl -X {} {url}", quote(method)),
        };
        std::iter::once(head)
            .chain(self.options)
            .collect::<Vec<_>>()
            .join(" \\\n  ")
    }

    fn option(&mut self, name: &str, value: &str) {
        self.options.push(format!("{name} {}", quote(value)));
    }

    /// Adds the credentials of the first alternative, or the main one if it is enough. Returns those that belong in the
    /// query.
    fn credentials(&mut self, plan: Plan<'_>, operation: &Operation) -> Vec<(String, String)> {
        let mut in_query = Vec::new();
        let schemes = plan.api.security_schemes.iter();
        let names: Vec<&String> = match &operation.security {
            Security::OneOf(alternatives) => {
                let shown = plan.main_alternative(alternatives);
                shown
                    .or(alternatives.first())
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Security::Unstated => schemes.map(|(name, _)| name).take(1).collect(),
        };
        for name in names {
            let scheme = plan.api.security_schemes.get(name);
            let Some((scheme, variable)) = scheme.zip(plan.credential_env(name)) else {
                continue;
            };
            match &scheme.kind {
                SecurityKind::Bearer { .. }
                | SecurityKind::OAuth2 { .. }
                | SecurityKind::OpenIdConnect { .. } => {
                    self.options
                        .push(format!("-H \"Authorization: Bearer ${variable}\""));
                }
                SecurityKind::Basic => self.options.push(format!("-u \"${variable}\"")),
                SecurityKind::ApiKey {
                    location: KeyLocation::Header,
                    name,
                    prefix,
                } => {
                    let head = quote(&format!("{name}: {prefix}"));
                    self.options.push(format!("-H {head}\"${variable}\""));
                }
                SecurityKind::ApiKey {
                    location: KeyLocation::Cookie,
                    name,
                    ..
                } => {
                    let name = percent(name, UNRESERVED);
                    self.options
                        .push(format!("-b {}\"${variable}\"", quote(&format!("{name}="))));
                }
                SecurityKind::ApiKey {
                    location: KeyLocation::Query,
                    name,
                    ..
                } => {
                    in_query.push((percent(name, UNRESERVED), variable.to_owned()));
                }
                SecurityKind::OtherHttp(_) => {
                    self.options
                        .push(format!("-H \"Authorization: ${variable}\""));
                }
                SecurityKind::MutualTls => self.options.push("--cert client.pem".to_owned()),
            }
        }
        in_query
    }

    /// Adds the headers and the body of the request.
    fn extend(&mut self, request: &WireRequest) {
        for (name, value) in &request.headers {
            self.option("-H", &format!("{name}: {value}"));
        }
        for pair in &request.cookies {
            self.option("-b", pair);
        }
        match &request.body {
            WireBody::None => {}
            WireBody::Json(media_type, value) => {
                self.option("-H", &format!("Content-Type: {media_type}"));
                self.option("-d", &super::types::pretty(value));
            }
            WireBody::Form(pairs) => {
                for pair in pairs {
                    self.option("-d", pair);
                }
            }
            WireBody::Parts(parts) => {
                for part in parts {
                    match part.is_file {
                        true => self.option("--form", &format!("{}=@file", part.name)),
                        false => {
                            self.option("--form-string", &format!("{}={}", part.name, part.text))
                        }
                    }
                }
            }
            WireBody::Text(media_type, text) => {
                self.option("-H", &format!("Content-Type: {media_type}"));
                match text == BYTES {
                    true => self.option("--data-binary", "@file"),
                    false => self.option("--data-raw", text),
                }
            }
        }
    }
}

/// Returns the URL of the operation's own server, or the API's; a placeholder if neither has a host.
fn base(api: &Api, operation: &Operation) -> String {
    const UNKNOWN: &str = "https://api.example.com";
    let is_absolute = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let own = operation
        .servers
        .iter()
        .map(Server::default_url)
        .find(is_absolute);
    let relative = || {
        let urls = api.servers.iter().map(Server::default_url);
        urls.into_iter()
            .find(|url| url.starts_with('/'))
            .unwrap_or_default()
    };
    let url = own
        .or_else(|| api.base_url())
        .unwrap_or_else(|| format!("{UNKNOWN}{}", relative()));
    percent(url.trim_end_matches('/'), URL)
}

/// Returns the path. A text parameter without an example shows its name in angle brackets, which is
/// clearer than an invented value.
fn path(operation: &Operation, call: &ExampleRequest) -> String {
    let texts = wire::path(operation, call);
    let part = |(part, text): (&PathPart, String)| match part {
        PathPart::Parameter(name) if text == percent(name, UNRESERVED) => format!("<{text}>"),
        _ => escape_curl_patterns(&text),
    };
    operation.path.parts.iter().zip(texts).map(part).collect()
}

/// Encodes the brackets and braces in encoded text, because `curl` expands them.
fn escape_curl_patterns(encoded: &str) -> String {
    percent(encoded, URL)
}

/// Quotes a word for a POSIX shell, if necessary.
fn quote(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-._/:@%+,=".contains(c);
    match !text.is_empty() && text.chars().all(bare) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// The characters that stay unchanged in an encoded URL; `curl` would expand brackets and braces.
const URL: &[u8] = b"-._~!$&'()*+,;=:@/?%";

#[cfg(test)]
mod tests {
    use super::{escape_curl_patterns, quote};

    #[test]
    fn arguments_are_quoted() {
        assert_eq!(quote("https://a.example/v1"), "https://a.example/v1");
        assert_eq!(quote("it's $(rm) `x`"), "'it'\\''s $(rm) `x`'");
        assert_eq!(quote(""), "''");
    }

    #[test]
    fn curl_patterns_are_escaped() {
        assert_eq!(
            escape_curl_patterns("a[1]{b}/%C3?x=1"),
            "a%5B1%5D%7Bb%7D/%C3?x=1"
        );
    }
}
