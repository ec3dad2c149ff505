//! The descriptions of the program and its commands, read from JSON.

use serde_json::Value;

/// The program, as it is described.
#[derive(Debug, Default)]
pub struct Specification {
    pub program: String,
    pub title: String,
    pub about: String,
    pub base_url_env: String,
    pub env_prefix: String,
    /// Whether the description of the API has no usable base URL.
    pub needs_base_url: bool,
    pub credentials: Vec<CredentialSpec>,
    /// The base URL that relative URLs of flows are below.
    pub base_url: Option<String>,
    /// How `login` requests tokens.
    pub oauth: OAuthSpec,
    /// The resource and the operation that return whose credential it is.
    pub whoami: Option<(String, String)>,
    pub resources: Vec<ResourceSpec>,
}

/// A credential of the API.
#[derive(Debug, Clone, Default)]
pub struct CredentialSpec {
    /// The setter of the client.
    pub name: String,
    pub label: String,
    /// The environment variable that holds it.
    pub env: String,
    /// Whether it is a user name and a password.
    pub is_basic: bool,
    pub about: String,
    /// The ways in which `login` requests tokens.
    pub flows: Vec<FlowSpec>,
}

/// An OAuth 2.0 flow of `login`.
#[derive(Debug, Clone, Default)]
pub struct FlowSpec {
    /// Whether the user types a code on another device, instead of a redirect to this one.
    pub is_device: bool,
    /// The page on which the user agrees, or the endpoint that issues codes.
    pub url: String,
    pub token_url: String,
    pub refresh_url: String,
    /// Scopes with their descriptions.
    pub scopes: Vec<(String, String)>,
    /// The scopes that are requested by default.
    pub requested: Vec<String>,
}

/// How `login` requests tokens.
#[derive(Debug, Default)]
pub struct OAuthSpec {
    pub client_id: Option<String>,
    pub port: Option<u16>,
    pub parameters: Vec<(String, String)>,
}

/// A resource, without its operations.
#[derive(Debug, Default)]
pub struct ResourceSpec {
    pub name: String,
    pub about: String,
    /// How many operations it has.
    pub operations: usize,
}

/// An operation.
#[derive(Debug, Default)]
pub struct Operation {
    pub name: String,
    pub id: String,
    pub method: String,
    pub path: String,
    pub tag: String,
    pub about: String,
    pub details: String,
    pub is_deprecated: bool,
    /// Whether the request asks before it is sent.
    pub confirms: bool,
    pub is_idempotent: bool,
    pub is_paged: bool,
    pub streams: Streams,
    pub downloads: bool,
    pub is_polled: bool,
    pub wait: Option<Condition>,
    /// The paths that may lead to the rows of the response.
    pub rows: Vec<Vec<String>>,
    /// The properties of an envelope around the response.
    pub envelope: Vec<String>,
    pub columns: Vec<String>,
    /// The documented meanings of error statuses.
    pub errors: Vec<(String, String)>,
    pub example: Vec<String>,
    pub arguments: Vec<Argument>,
    pub body: Option<BodySpec>,
    /// The JSON Schemas of the arguments and of the result, for tools.
    pub input: Value,
    pub output: Value,
}

/// When a response is a stream.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Streams {
    #[default]
    Never,
    Always,
    /// If the property `stream` of the body is true.
    ByFlag,
}

/// When polling ends: a property has one of some values.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// The properties of an envelope that may hold the response.
    pub within: Vec<String>,
    pub member: Vec<String>,
    pub values: Vec<Value>,
}

/// An argument or a flag.
#[derive(Debug, Clone, Default)]
pub struct Argument {
    pub name: String,
    pub place: Place,
    pub path: Vec<String>,
    pub kind: Kind,
    pub is_list: bool,
    pub is_required: bool,
    pub is_positional: bool,
    pub is_deprecated: bool,
    pub help: String,
    pub values: Vec<String>,
}

/// What an argument sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Parameter,
    Body,
    Part,
}

/// How the text of an argument becomes a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Boolean,
    Integer,
    Number,
    Date,
    Time,
    /// JSON if it parses as such, or else a text.
    Any,
    Json,
    /// A text in base64, or a file that is encoded.
    Base64,
    File,
}

/// The body of a request.
#[derive(Debug, Clone, Default)]
pub struct BodySpec {
    pub form: Form,
    pub media_type: String,
    /// Other media types that the user can choose, and how their bodies are read.
    pub others: Vec<(String, Form)>,
    pub is_required: bool,
    /// Properties with a single valid value, by path.
    pub constants: Vec<(Vec<String>, Value)>,
}

/// How a body is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Value,
    Text,
    Bytes,
    Multipart,
}

impl BodySpec {
    /// Returns the media types, the default one first.
    pub fn media_types(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(media_type, _)| &**media_type);
        std::iter::once(&*self.media_type).chain(others)
    }

    /// Returns how the body of a media type is read, by its index in [`Self::media_types`].
    pub fn form_of(&self, content: usize) -> Form {
        let other = content.checked_sub(1);
        let other = other.and_then(|index| self.others.get(index));
        other.map_or(self.form, |(_, form)| *form)
    }
}

impl Specification {
    /// Reads the description of the program. What is missing has its default.
    pub fn read(json: &str) -> Self {
        let value = parse(json);
        let pair = value.get("whoami").and_then(Value::as_array);
        let pair = pair.and_then(|pair| match &pair[..] {
            [one, other] => Some((one.as_str()?.to_owned(), other.as_str()?.to_owned())),
            _ => None,
        });
        Self {
            program: text(&value, "program"),
            title: text(&value, "title"),
            about: text(&value, "about"),
            base_url_env: text(&value, "base_url_env"),
            env_prefix: text(&value, "env_prefix"),
            needs_base_url: flag(&value, "needs_base_url"),
            credentials: list(&value, "credentials", |value| CredentialSpec {
                name: text(value, "name"),
                label: text(value, "label"),
                env: text(value, "env"),
                is_basic: flag(value, "is_basic"),
                about: text(value, "about"),
                flows: list(value, "flows", flow),
            }),
            base_url: optional(&value, "base_url"),
            oauth: value.get("oauth").map(oauth).unwrap_or_default(),
            whoami: pair,
            resources: list(&value, "resources", |value| ResourceSpec {
                name: text(value, "name"),
                about: text(value, "about"),
                operations: value
                    .get("operations")
                    .and_then(Value::as_u64)
                    .unwrap_or_default() as usize,
            }),
        }
    }
}

fn flow(value: &Value) -> FlowSpec {
    let scope = |value: &Value| match &path(value)[..] {
        [name, about] => (name.clone(), about.clone()),
        _ => Default::default(),
    };
    FlowSpec {
        is_device: flag(value, "device"),
        url: text(value, "url"),
        token_url: text(value, "token_url"),
        refresh_url: text(value, "refresh_url"),
        scopes: list(value, "scopes", scope),
        requested: texts(value, "requested"),
    }
}

fn oauth(value: &Value) -> OAuthSpec {
    let port = value.get("port").and_then(Value::as_u64);
    OAuthSpec {
        client_id: optional(value, "client_id"),
        port: port.and_then(|port| port.try_into().ok()),
        parameters: pairs(value, "parameters"),
    }
}

/// Reads the operations of a resource.
pub fn operations(json: &str) -> Vec<Operation> {
    list(&parse(json), "operations", operation)
}

fn operation(value: &Value) -> Operation {
    Operation {
        name: text(value, "name"),
        id: text(value, "id"),
        method: text(value, "method"),
        path: text(value, "path"),
        tag: text(value, "tag"),
        about: text(value, "about"),
        details: text(value, "details"),
        is_deprecated: flag(value, "deprecated"),
        confirms: flag(value, "confirm"),
        is_idempotent: flag(value, "idempotent"),
        is_paged: flag(value, "paged"),
        streams: match &*text(value, "streams") {
            "always" => Streams::Always,
            "flag" => Streams::ByFlag,
            _ => Streams::Never,
        },
        downloads: flag(value, "downloads"),
        is_polled: flag(value, "polled"),
        wait: value.get("wait").map(|value| Condition {
            within: texts(value, "within"),
            member: texts(value, "member"),
            values: list(value, "values", Value::clone),
        }),
        rows: list(value, "rows", path),
        envelope: texts(value, "envelope"),
        columns: texts(value, "columns"),
        errors: pairs(value, "errors"),
        example: texts(value, "example"),
        arguments: list(value, "arguments", argument),
        body: value.get("body").map(body),
        input: value.get("input").cloned().unwrap_or_default(),
        output: value.get("output").cloned().unwrap_or_default(),
    }
}

fn argument(value: &Value) -> Argument {
    Argument {
        name: text(value, "name"),
        place: match &*text(value, "in") {
            "body" => Place::Body,
            "part" => Place::Part,
            _ => Place::Parameter,
        },
        path: texts(value, "path"),
        kind: match &*text(value, "kind") {
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "date" => Kind::Date,
            "time" => Kind::Time,
            "any" => Kind::Any,
            "json" => Kind::Json,
            "base64" => Kind::Base64,
            "file" => Kind::File,
            _ => Kind::Text,
        },
        is_list: flag(value, "list"),
        is_required: flag(value, "required"),
        is_positional: flag(value, "positional"),
        is_deprecated: flag(value, "deprecated"),
        help: text(value, "help"),
        values: texts(value, "values"),
    }
}

fn body(value: &Value) -> BodySpec {
    let constant = |value: &Value| {
        let constant = value.get("value").cloned().unwrap_or_default();
        (texts(value, "path"), constant)
    };
    BodySpec {
        form: form(value),
        media_type: text(value, "media_type"),
        others: list(value, "others", |value| {
            (text(value, "media_type"), form(value))
        }),
        is_required: flag(value, "required"),
        constants: list(value, "constants", constant),
    }
}

fn form(value: &Value) -> Form {
    match &*text(value, "form") {
        "text" => Form::Text,
        "bytes" => Form::Bytes,
        "multipart" => Form::Multipart,
        _ => Form::Value,
    }
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn optional(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

fn list<T>(value: &Value, key: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    let items = value.get(key).and_then(Value::as_array);
    items.into_iter().flatten().map(read).collect()
}

fn path(value: &Value) -> Vec<String> {
    let names = value.as_array().into_iter().flatten();
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    value.get(key).map(path).unwrap_or_default()
}

fn pairs(value: &Value, key: &str) -> Vec<(String, String)> {
    let members = value.get(key).and_then(Value::as_object);
    let pair = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    members.into_iter().flatten().filter_map(pair).collect()
}
