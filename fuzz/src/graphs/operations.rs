//! Random paths and operations.

use super::Graph;
use serde_json::{Map, Value, json};

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

const STATUSES: [&str; 11] = [
    "200", "201", "204", "206", "302", "404", "422", "500", "2XX", "4XX", "default",
];

pub(super) const MEDIA_TYPES: [&str; 12] = [
    "application/json",
    "application/json",
    "application/json",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "text/event-stream",
    "application/x-ndjson",
    "text/plain",
    "application/octet-stream",
    "application/vnd.api+json",
    "*/*",
    "application/xml",
];

/// Names of pagination parameters.
const PAGING: [&str; 6] = ["cursor", "page", "limit", "offset", "after", "page_token"];

impl Graph<'_> {
    pub(super) fn paths(&mut self) -> Value {
        let mut paths = Map::new();
        for number in 0..1 + self.choices.roll(6) {
            let path = match self.choices.roll(4) {
                0 => format!("/p{number}/{{id}}"),
                1 => format!("/p{number}/{{id}}/{{self}}"),
                _ => format!("/p{number}"),
            };
            let mut item = Map::new();
            for _ in 0..1 + self.choices.roll(2) {
                let method = *self.choices.pick(&METHODS);
                let name = format!("{method}{number}");
                let operation = match self.choices.roll(6) {
                    1 => self.pages(&path),
                    2 => self.stream(&path),
                    _ => self.operation(&path, &name),
                };
                item.insert(method.to_owned(), operation);
            }
            if self.choices.once_in(6) {
                item.insert("parameters".to_owned(), json!([self.parameter()]));
            }
            paths.insert(path, Value::Object(item));
        }
        Value::Object(paths)
    }

    /// Returns an operation of a path with everything that an operation may have.
    pub(super) fn operation(&mut self, path: &str, name: &str) -> Value {
        let mut operation =
            json!({"parameters": self.parameters(path), "responses": self.responses()});
        if !self.choices.once_in(5) {
            operation["operationId"] = json!(name);
        }
        if self.choices.once_in(2) {
            operation["requestBody"] = match self.choices.once_in(5) {
                true => {
                    json!({"$ref": format!("#/components/requestBodies/{}", self.choices.pick(&["B0", "B1"]))})
                }
                false => self.body(),
            };
        }
        match self.choices.roll(8) {
            1 => operation["tags"] = json!([self.tag(), self.property()]),
            2 => operation["security"] = self.security(),
            3 => operation["deprecated"] = json!(true),
            4 => {
                operation["callbacks"] = json!({"called": {"{$request.body#/url}": {"post": {
                    "requestBody": self.body(), "responses": {"200": {"description": "d"}},
                }}}})
            }
            5 => operation["summary"] = json!("Does *it*."),
            _ => {}
        }
        operation
    }

    /// Returns parameters that include all those of the path template.
    fn parameters(&mut self, path: &str) -> Vec<Value> {
        let parts = path.split('{').skip(1);
        let names = parts.filter_map(|part| part.split('}').next());
        let mut parameters: Vec<Value> = Vec::new();
        for name in names {
            let mut parameter = json!({"name": name, "in": "path", "required": true});
            match self.choices.roll(6) {
                1 => parameter["style"] = json!("label"),
                2 => parameter["style"] = json!("matrix"),
                3 => parameter["explode"] = json!(true),
                _ => {}
            }
            parameter["schema"] = match self.choices.once_in(3) {
                true => self.schema(1),
                false => self.scalar(),
            };
            parameters.push(parameter);
        }
        for _ in 0..self.choices.roll(4) {
            let parameter = self.parameter();
            let is_new = |other: &Value| {
                ["$ref", "name", "in"]
                    .iter()
                    .any(|key| other[key] != parameter[key])
            };
            if parameters.iter().all(is_new) {
                parameters.push(parameter);
            }
        }
        parameters
    }

    fn parameter(&mut self) -> Value {
        if self.choices.once_in(6) {
            return json!({"$ref": format!("#/components/parameters/{}", self.choices.pick(&["P0", "P1"]))});
        }
        self.own_parameter()
    }

    /// Returns an inline parameter.
    pub(super) fn own_parameter(&mut self) -> Value {
        let name = match self.choices.once_in(3) {
            true => *self.choices.pick(&PAGING),
            false => self.property(),
        };
        let (place, styles) = *self.choices.pick(&[
            (
                "query",
                &[
                    "form",
                    "form",
                    "spaceDelimited",
                    "pipeDelimited",
                    "deepObject",
                ][..],
            ),
            ("query", &["form", "deepObject"]),
            ("header", &["simple"]),
            ("cookie", &["form"]),
        ]);
        let mut parameter = json!({"name": name, "in": place, "required": self.choices.once_in(2)});
        if self.choices.once_in(8) {
            parameter["content"] = json!({"application/json": {"schema": self.schema(2)}});
            return parameter;
        }
        if self.choices.once_in(2) {
            parameter["style"] = json!(self.choices.pick(styles));
            parameter["explode"] = json!(self.choices.once_in(2));
        }
        parameter["schema"] = self.schema(2);
        parameter
    }

    /// Returns a body of one or more media types.
    pub(super) fn body(&mut self) -> Value {
        json!({"required": self.choices.once_in(2), "content": self.content()})
    }

    pub(super) fn content(&mut self) -> Value {
        let mut content = Map::new();
        for _ in 0..1 + self.choices.roll(2) {
            let kind = *self.choices.pick(&MEDIA_TYPES);
            let schema = match self.choices.once_in(3) {
                true => self.schema(2),
                false => self.reference(),
            };
            let mut media = json!({"schema": schema});
            match self.choices.roll(8) {
                1 => media["example"] = self.value(3),
                2 => {
                    media["examples"] = json!({"one": {"value": self.value(3)}, "two": {"$ref": "#/components/examples/E0"}})
                }
                3 if kind.starts_with("multipart") => {
                    media["encoding"] =
                        json!({self.property(): {"contentType": self.choices.pick(&MEDIA_TYPES)}});
                }
                _ => {}
            }
            content.insert(kind.to_owned(), media);
        }
        Value::Object(content)
    }

    fn responses(&mut self) -> Value {
        let mut responses = Map::new();
        for _ in 0..1 + self.choices.roll(4) {
            let status = *self.choices.pick(&STATUSES);
            let response = match self.choices.once_in(6) {
                true => {
                    json!({"$ref": format!("#/components/responses/{}", self.choices.pick(&["R0", "R1"]))})
                }
                false => self.response(),
            };
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }

    /// Returns an operation with one of the usual kinds of pagination.
    fn pages(&mut self, path: &str) -> Value {
        let item = self.reference();
        let mut properties = json!({"items": {"type": "array", "items": item}});
        for name in ["next_cursor", "has_more", "next_page", "total", "next"] {
            if self.choices.once_in(3) {
                properties[name] = self.schema(1);
            }
        }
        let mut parameters = self.parameters(path);
        for name in PAGING {
            let is_new = |other: &Value| other["name"] != name;
            if self.choices.once_in(3) && parameters.iter().all(is_new) {
                parameters.push(json!({"name": name, "in": "query", "schema": self.scalar()}));
            }
        }
        let schema = json!({"type": "object", "required": ["items"], "properties": properties});
        let content = json!({"application/json": {"schema": schema}});
        json!({"parameters": parameters, "responses": {"200": {"description": "d", "content": content}}})
    }

    /// Returns an operation that returns a value, or a stream if its body requests one.
    fn stream(&mut self, path: &str) -> Value {
        let mut properties = json!({"stream": {"type": "boolean"}});
        properties[self.property()] = self.schema(2);
        let body = json!({"type": "object", "properties": properties});
        let mut content = json!({"text/event-stream": {"schema": self.schema(2)}});
        if self.choices.once_in(2) {
            content["application/json"] = json!({"schema": self.schema(2)});
        }
        json!({
            "parameters": self.parameters(path),
            "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
            "responses": {"200": {"description": "d", "content": content}},
        })
    }
}
