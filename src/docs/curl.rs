//! The request of an operation as a `curl` command. Whatever a description holds, each word is quoted
//! for a POSIX shell, so that to paste the command runs `curl` and nothing else.

use crate::ir::{
    Api, Content, ContentKind, KeyLocation, Location, Operation, Parameter, PathPart, SchemaKind,
    SecurityKind, Server, StringFormat, sample,
};
use crate::naming::env_name;
use crate::rust::Plan;
use crate::rust::view::outcome::preferred;
use serde_json::Value as Json;

/// The words of one command, in the order in which they are printed.
struct Command {
    /// The URL, quoted up to the part of the query that a shell variable is in.
    url: String,
    query: Vec<String>,
    /// Options with their values, a line each.
    options: Vec<String>,
    has_body: bool,
}

/// The lines of the command.
pub fn command(plan: Plan<'_>, operation: &Operation) -> String {
    let mut command = Command {
        url: format!("{}{}", base(plan.api, operation), path(plan.api, operation)),
        query: operation
            .path
            .query
            .iter()
            .map(|pair| percent(pair, PATH))
            .collect(),
        options: Vec::new(),
        has_body: operation.body.is_some(),
    };
    for parameter in &operation.parameters {
        if parameter.required || !parameter.examples.is_empty() {
            command.parameter(plan.api, parameter);
        }
    }
    let secrets = command.credentials(plan, operation);
    if let Some(content) = operation
        .body
        .as_ref()
        .and_then(|body| preferred(&body.contents))
    {
        command.body(plan.api, content);
    }
    command.print(&operation.method, &secrets)
}

impl Command {
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
            // With data `curl` would make it a POST.
            "GET" if !self.has_body => format!("curl {url}"),
            "HEAD" => format!("curl --head {url}"),
            _ => format!("curl -X {} {url}", quote(method)),
        };
        std::iter::once(head)
            .chain(self.options)
            .collect::<Vec<_>>()
            .join(" \\\n  ")
    }

    fn parameter(&mut self, api: &Api, parameter: &Parameter) {
        let value = parameter_value(api, parameter);
        match parameter.location {
            Location::Path => {}
            Location::Query => {
                let name = percent(&parameter.name, UNRESERVED);
                self.query
                    .push(format!("{name}={}", percent(&value, UNRESERVED)));
            }
            Location::QueryString => self.query.push(percent(&value, QUERY)),
            Location::Header => self.option("-H", &format!("{}: {value}", parameter.name)),
            Location::Cookie => {
                let value = percent(&value, UNRESERVED);
                self.option(
                    "-b",
                    &format!("{}={value}", percent(&parameter.name, UNRESERVED)),
                );
            }
        }
    }

    fn option(&mut self, name: &str, value: &str) {
        self.options.push(format!("{name} {}", quote(value)));
    }

    /// The credentials of the first alternative; those that go into the query are handed back.
    fn credentials(&mut self, plan: Plan<'_>, operation: &Operation) -> Vec<(String, String)> {
        let mut in_query = Vec::new();
        for name in operation.security.0.first().into_iter().flatten() {
            let Some(scheme) = plan.api.security_schemes.get(name) else {
                continue;
            };
            let variable = variable(plan, name);
            match &scheme.kind {
                SecurityKind::Bearer { .. }
                | SecurityKind::OAuth2
                | SecurityKind::OpenIdConnect { .. } => {
                    self.options
                        .push(format!("-H \"Authorization: Bearer ${variable}\""));
                }
                SecurityKind::Basic => self.options.push(format!("-u \"${variable}\"")),
                SecurityKind::ApiKey {
                    location: KeyLocation::Header,
                    name,
                } => {
                    self.options
                        .push(format!("-H {}\"${variable}\"", quote(&format!("{name}: "))));
                }
                SecurityKind::ApiKey {
                    location: KeyLocation::Cookie,
                    name,
                } => {
                    let name = percent(name, UNRESERVED);
                    self.options
                        .push(format!("-b {}\"${variable}\"", quote(&format!("{name}="))));
                }
                SecurityKind::ApiKey {
                    location: KeyLocation::Query,
                    name,
                } => {
                    in_query.push((percent(name, UNRESERVED), variable));
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

    fn body(&mut self, api: &Api, content: &Content) {
        let value = content
            .examples
            .first()
            .cloned()
            .unwrap_or_else(|| sample::sample(api, &content.schema));
        let media_type = format!("Content-Type: {}", content.media_type);
        match content.kind {
            ContentKind::Json => {
                self.option("-H", &media_type);
                self.option("-d", &super::types::pretty(&value));
            }
            ContentKind::Form => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let pair = format!("{}={}", percent(name, UNRESERVED), plain(value));
                    self.option("--data-urlencode", &pair);
                }
            }
            ContentKind::Multipart => {
                let parts = content.parts(api).map(|parts| &parts.members[..]);
                for part in parts.unwrap_or_default() {
                    let given = value.get(&part.name);
                    let is_file = matches!(
                        part.schema.kind,
                        SchemaKind::Any | SchemaKind::String(StringFormat::Binary)
                    );
                    if part.read_only || !part.required && given.is_none() {
                        continue;
                    }
                    if is_file {
                        self.option("--form", &format!("{}=@file", part.name));
                        continue;
                    }
                    let sampled = || sample::sample(api, &part.schema);
                    let text = plain(&given.cloned().unwrap_or_else(sampled));
                    self.option("--form-string", &format!("{}={text}", part.name));
                }
            }
            ContentKind::Text => {
                self.option("-H", &media_type);
                self.option("--data-raw", &plain(&value));
            }
            ContentKind::Bytes => {
                self.option("-H", &media_type);
                self.option("--data-binary", "@file");
            }
        }
    }
}

/// The variable of the shell that has a scheme's credential: the one that the client reads too, or one
/// of its kind. User name and password are one, with a colon between them.
pub fn variable(plan: Plan<'_>, scheme: &str) -> String {
    let index = plan.api.security_schemes.get_index_of(scheme);
    let ident = index.map_or("credential", |index| plan.names.credentials[index].as_str());
    let main = crate::rust::view::client::access(plan).main;
    match main.filter(|main| main.ident == ident) {
        Some(main) => main.env,
        None => {
            // Shells know no letters but those of ASCII in a name.
            let plain = |c: char| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_uppercase()
                } else {
                    '_'
                }
            };
            let suffix: String = ident.trim_end_matches('_').chars().map(plain).collect();
            env_name(&plan.options.package.name, &suffix)
        }
    }
}

/// Where the operation is: at its own server, else the API's; a stand-in where neither has a host.
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

fn path(api: &Api, operation: &Operation) -> String {
    let part = |part: &PathPart| match part {
        PathPart::Literal(text) => percent(text, PATH),
        PathPart::Parameter(name) => {
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.location == Location::Path && parameter.name == *name);
            match parameter {
                Some(parameter) if !is_unknown_text(api, parameter) => {
                    percent(&parameter_value(api, parameter), UNRESERVED)
                }
                _ => format!("<{}>", percent(name, UNRESERVED)),
            }
        }
    };
    operation.path.parts.iter().map(part).collect()
}

/// Whether nothing is known of a parameter but that it is a text: then its name in angle brackets says
/// more than a made-up value.
fn is_unknown_text(api: &Api, parameter: &Parameter) -> bool {
    let plain = parameter.schema.kind == SchemaKind::String(StringFormat::Plain);
    let value = sample::sample(api, &parameter.schema);
    parameter.examples.is_empty() && plain && value == "string"
}

/// A sample of a parameter's value; of an array one item, which reads the same in every style.
fn parameter_value(api: &Api, parameter: &Parameter) -> String {
    let sampled = || {
        let value = sample::sample(api, &parameter.schema);
        let plain = parameter.schema.kind == SchemaKind::String(StringFormat::Plain);
        if plain && value == "string" {
            Json::from(parameter.name.as_str())
        } else {
            value
        }
    };
    let value = parameter.examples.first().cloned().unwrap_or_else(sampled);
    match &value {
        Json::Array(items) if parameter.content.is_none() => {
            items.first().map(plain).unwrap_or_default()
        }
        _ => plain(&value),
    }
}

/// A text as it is, anything else as JSON.
fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A word that a POSIX shell takes as it is.
fn quote(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-._/:@%+,=".contains(c);
    match !text.is_empty() && text.chars().all(bare) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// RFC 3986, section 2.3.
const UNRESERVED: &[u8] = b"-._~";
/// What a path may hold (section 3.3), what is encoded already, and no bracket or brace, which `curl`
/// would take for a pattern.
const PATH: &[u8] = b"-._~!$&'()*+,;=:@/%";
const QUERY: &[u8] = b"-._~!$&'()*+,;=:@/?%";
const URL: &[u8] = b"-._~!$&'()*+,;=:@/%";

fn percent(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            true => encoded.push(byte as char),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{PATH, UNRESERVED, percent, quote};

    #[test]
    fn words_stay_one_word() {
        assert_eq!(quote("https://a.example/v1"), "https://a.example/v1");
        assert_eq!(quote("it's $(rm) `x`"), "'it'\\''s $(rm) `x`'");
        assert_eq!(quote(""), "''");
    }

    #[test]
    fn no_pattern_of_curl_is_left() {
        assert_eq!(percent("a[1]{b}/ü", PATH), "a%5B1%5D%7Bb%7D/%C3%BC");
        assert_eq!(percent("a/b c", UNRESERVED), "a%2Fb%20c");
    }
}
