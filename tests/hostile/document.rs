//! Descriptions in which a test supplies the text at every position that takes one.

use serde_json::{Value, json};

/// A description under construction.
pub struct Document(pub Value);

/// Supplies the text for a position. Each position has a name, and the order of positions never changes.
pub trait Texts {
    /// Called when a part begins.
    fn begin(&mut self, _part: usize) {}

    /// Supplies prose, a value or an address: texts from which no names are derived.
    fn text(&mut self, place: &str) -> String;

    /// Supplies a value that a client is built with, which must be valid if the client is built.
    fn setting(&mut self, place: &str) -> String {
        self.text(place)
    }

    /// Supplies a text from which a name in code is derived.
    fn name(&mut self, place: &str) -> String;
}

impl Document {
    /// Creates the document's frame: everything that a description has once.
    pub fn new(texts: &mut impl Texts) -> Self {
        Document(json!({
            "openapi": "3.1.0",
            "info": {
                "title": texts.text("title"),
                "version": texts.text("version"),
                "summary": texts.text("summary"),
                "description": texts.text("description"),
                "termsOfService": texts.text("terms"),
                "contact": {"name": texts.text("contact"), "url": texts.text("contact url"), "email": texts.text("email")},
                "license": {"name": texts.text("license"), "identifier": texts.text("identifier"), "url": texts.text("license url")},
            },
            "externalDocs": {"url": texts.text("docs url"), "description": texts.text("docs")},
            "servers": [
                {"url": format!("https://api.example.com/{}", texts.setting("server")), "description": texts.name("server text"),
                 "variables": {texts.name("variable"): {"default": texts.text("variable default"), "enum": [texts.text("variable value")], "description": texts.text("variable text")}}},
                {"url": texts.name("whole server")},
            ],
            "tags": [],
            "paths": map(),
            "webhooks": map(),
            "components": {"schemas": map(), "responses": map(), "requestBodies": map(), "securitySchemes": map()},
        }))
    }

    /// Adds an entry under an unused name and returns the name.
    fn add(&mut self, pointer: &str, name: String, value: Value) -> String {
        let place = self.0.pointer_mut(pointer).expect("a part of the frame");
        let mut key = name;
        while !add(place, &key, value.clone()) {
            key.push('~');
        }
        key
    }

    /// Adds an operation with everything that one can have, and schemas of every kind.
    pub fn part(&mut self, number: usize, texts: &mut impl Texts) {
        let object = self.schemas(texts);
        let scheme = self.credentials(number, texts);
        let response = json!({
            "description": texts.text("error"),
            "content": {"application/json": {"schema": reference("schemas", &object)}},
        });
        let response = self.add("/components/responses", texts.name("response"), response);
        let body = json!({
            "description": texts.text("body"), "required": true,
            "content": {
                format!("application/json; x={}", texts.text("json type")): {"schema": reference("schemas", &object), "example": {texts.name("sample key"): texts.text("sample")}},
                texts.text("media type"): {"schema": {"type": "string", "format": "binary"}},
            },
        });
        let body = self.add(
            "/components/requestBodies",
            texts.name("request body"),
            body,
        );
        let tag = texts.name("tag");
        let tags = self.0["tags"].as_array_mut().expect("a list");
        tags.push(json!({"name": &tag, "description": texts.text("tag text"), "externalDocs": {"url": texts.text("tag url"), "description": texts.text("tag docs")}}));
        let parameters = parameters(texts);
        let path = format!(
            "/{}/p{number}/{{id}}/{}",
            texts.name("path"),
            texts.name("path end")
        );
        let fault = ["404", "422", "500", "default"][number % 4];
        let operation = json!({
            "operationId": texts.name("operation"), "tags": [tag],
            "summary": texts.text("operation summary"), "description": texts.text("operation text"),
            "externalDocs": {"url": texts.text("operation url"), "description": texts.text("operation docs")},
            "deprecated": number.is_multiple_of(3), "parameters": parameters,
            "requestBody": {"$ref": pointer("requestBodies", &body)},
            "responses": {
                "200": {"description": texts.text("success"),
                    "headers": {
                        texts.name("response header"): {"description": texts.text("header text"), "schema": {"type": "string"}},
                        // The texts must not decide whether a header is generated.
                        "X-Page": {"description": texts.text("header text"), "schema": {"type": "integer"}},
                    },
                    "content": {"application/json": {"schema": reference("schemas", &object)}}},
                fault: {"$ref": pointer("responses", &response)},
            },
            "security": [{scheme: []}],
        });
        let short = json!({
            "operationId": texts.name("short operation"), "tags": [tag],
            "description": texts.text("short text"),
            "responses": {"200": {"description": texts.text("short success"), "content": {
                "application/json": {"schema": {"type": "array", "items": {"type": "string"}, "x-sdkgen-envelope": [texts.name("envelope")]}}}}},
        });
        self.add("/paths", path, json!({"post": operation}));
        self.add("/paths", format!("/p{number}"), json!({"get": short}));
        let webhook = json!({"post": {
            "summary": texts.text("webhook summary"), "description": texts.text("webhook text"),
            "requestBody": {"description": texts.text("payload"), "content": {"application/json": {"schema": reference("schemas", &object)}}},
            "responses": {"200": {"description": texts.text("received")}},
        }});
        self.add("/webhooks", texts.name("webhook"), webhook);
    }

    /// Adds an object, an enum, a union and an alias; the object refers to the others.
    fn schemas(&mut self, texts: &mut impl Texts) -> String {
        let listed = json!({
            "type": "string", "description": texts.text("enum text"), "title": texts.text("enum title"),
            "enum": [texts.name("value"), texts.name("other value"), texts.name("third value")],
            "x-enum-varnames": [texts.name("variant"), texts.name("other variant")],
            "x-enum-descriptions": [texts.text("value text")],
            "default": texts.text("enum default"),
        });
        let listed = self.add("/components/schemas", texts.name("enum"), listed);
        let alias = json!({"type": "string", "format": texts.text("format"), "pattern": texts.text("pattern"),
            "description": texts.text("alias text"), "examples": [texts.text("alias example")]});
        let alias = self.add("/components/schemas", texts.name("alias"), alias);
        // rustfmt's layout of a `match` over a longer text is hard to predict.
        let short = |text: String| text.chars().take(24).collect::<String>();
        let tag = short(texts.name("discriminator"));
        let branch = |texts: &mut dyn Texts| {
            json!({
                "type": "object", "required": [&tag], "description": texts.text("branch text"),
                "properties": {&tag: {"type": "string"}, texts.name("branch member"): {"type": "string", "description": texts.text("branch member text")}},
            })
        };
        let (one, other) = (branch(texts), branch(texts));
        let one = self.add("/components/schemas", texts.name("branch"), one);
        let other = self.add("/components/schemas", texts.name("other branch"), other);
        let union = json!({
            "description": texts.text("union text"), "oneOf": [reference("schemas", &one), reference("schemas", &other)],
            "discriminator": {"propertyName": &tag, "mapping": {texts.name("mapping"): pointer("schemas", &one), texts.name("other mapping"): pointer("schemas", &other)}},
        });
        let union = self.add("/components/schemas", texts.name("union"), union);
        let (required, optional) = (texts.name("required member"), texts.name("member"));
        let mut properties = map();
        add(
            &mut properties,
            &required,
            json!({"type": "string", "description": texts.text("member text"), "example": texts.text("member example")}),
        );
        add(
            &mut properties,
            &optional,
            json!({"type": ["string", "null"], "description": texts.text("optional text"), "default": texts.text("member default"), "deprecated": true}),
        );
        add(
            &mut properties,
            &texts.name("inline"),
            json!({"type": "object", "title": texts.text("inline title"), "properties": {texts.name("inline member"): {"type": "string"}}}),
        );
        add(
            &mut properties,
            &texts.name("enum member"),
            reference("schemas", &listed),
        );
        add(
            &mut properties,
            &texts.name("alias member"),
            reference("schemas", &alias),
        );
        add(
            &mut properties,
            &texts.name("union member"),
            reference("schemas", &union),
        );
        add(
            &mut properties,
            &texts.name("inline union"),
            json!({"oneOf": [
            {"title": texts.name("first title"), "type": "object", "properties": {"a": {"type": "string", "enum": [texts.name("only value")]}}},
            {"title": texts.name("second title"), "type": "array", "items": {"type": "integer"}}]}),
        );
        let object = json!({
            "type": "object", "title": texts.text("object title"), "description": texts.text("object text"),
            "required": [required], "properties": properties,
            "externalDocs": {"url": texts.text("object url"), "description": texts.text("object docs")},
            "example": {texts.name("example key"): texts.text("example")},
        });
        self.add("/components/schemas", texts.name("object"), object)
    }

    fn credentials(&mut self, number: usize, texts: &mut impl Texts) -> String {
        let about = texts.text("scheme text");
        let scheme = match number % 5 {
            0 => {
                json!({"type": "apiKey", "in": "header", "name": texts.setting("key header"), "description": about})
            }
            1 => {
                json!({"type": "apiKey", "in": "query", "name": texts.text("key parameter"), "description": about})
            }
            2 => {
                json!({"type": "apiKey", "in": "cookie", "name": texts.text("key cookie"), "description": about})
            }
            3 => {
                json!({"type": "http", "scheme": "bearer", "bearerFormat": texts.text("bearer format"), "description": about})
            }
            _ => {
                json!({"type": "openIdConnect", "openIdConnectUrl": texts.text("discovery"), "description": about})
            }
        };
        self.add("/components/securitySchemes", texts.name("scheme"), scheme)
    }
}

fn parameters(texts: &mut impl Texts) -> Value {
    json!([
        {"name": "id", "in": "path", "required": true, "description": texts.text("id text"), "schema": {"type": "string"}, "example": texts.text("id example")},
        {"name": texts.name("query"), "in": "query", "description": texts.text("query text"), "example": texts.text("query example"),
         "schema": {"type": "string", "default": texts.text("query default"), "pattern": texts.text("query pattern")}},
        {"name": texts.name("listed query"), "in": "query", "required": true, "description": texts.text("listed text"),
         "schema": {"type": "string", "enum": [texts.name("listed value"), texts.name("other listed value")]}},
        {"name": texts.name("header"), "in": "header", "description": texts.text("header text"), "schema": {"type": "string"}},
        {"name": texts.name("cookie"), "in": "cookie", "description": texts.text("cookie text"), "schema": {"type": "integer"}},
    ])
}

/// Creates an object that keeps the order of its entries; see [`print`].
pub fn map() -> Value {
    json!({MAP: []})
}

const MAP: &str = "(in this order)";

/// Returns the entries of a [`map`], each an array of name and value.
pub fn entries(map: &mut Value) -> Option<&mut Vec<Value>> {
    map.get_mut(MAP)?.as_array_mut()
}

/// Adds an entry to a [`map`], unless the name exists.
pub fn add(map: &mut Value, name: &str, value: Value) -> bool {
    let entries = entries(map).expect("a map");
    let fresh = entries.iter().all(|entry| entry[0] != name);
    if fresh {
        entries.push(json!([name, value]));
    }
    fresh
}

/// Returns the text of a description.
pub fn print(value: &Value) -> String {
    let joined = |entries: Vec<String>| entries.join(",");
    match value {
        Value::Object(members) => match members.get(MAP).and_then(Value::as_array) {
            Some(entries) => {
                let entry = |entry: &Value| format!("{}:{}", entry[0], print(&entry[1]));
                format!("{{{}}}", joined(entries.iter().map(entry).collect()))
            }
            None => {
                let member = |(name, value): (&String, &Value)| {
                    format!("{}:{}", Value::from(name.as_str()), print(value))
                };
                format!("{{{}}}", joined(members.iter().map(member).collect()))
            }
        },
        Value::Array(items) => format!("[{}]", joined(items.iter().map(print).collect())),
        other => other.to_string(),
    }
}

fn reference(kind: &str, name: &str) -> Value {
    json!({"$ref": pointer(kind, name)})
}

/// Returns a reference to a component: a JSON Pointer in a URI's fragment.
pub fn pointer(kind: &str, name: &str) -> String {
    let mut pointer = format!("#/components/{kind}/");
    for byte in name.replace('~', "~0").replace('/', "~1").bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            true => pointer.push(byte as char),
            false => pointer.push_str(&format!("%{byte:02X}")),
        }
    }
    pointer
}
