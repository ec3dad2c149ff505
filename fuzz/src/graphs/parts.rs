//! Random components other than schemas, and their inline forms.

use super::Graph;
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// Returns the components that operations refer to, and some unused ones.
    pub(super) fn parts(&mut self) -> Value {
        let mut parameters = json!({"P0": self.own_parameter(), "P1": self.own_parameter()});
        // A parameter and a property may have the same name, but no two parameters of an operation.
        parameters["P0"]["name"] = json!("p0");
        parameters["P1"]["name"] = json!("p1");
        json!({
            "parameters": parameters,
            "requestBodies": {"B0": self.body(), "B1": self.body()},
            "responses": {"R0": self.response(), "R1": self.response()},
            "headers": {"H0": {"schema": self.schema(1)}},
            "examples": {"E0": {"value": self.value(3)}},
            "securitySchemes": {
                "key": {"type": "apiKey", "in": self.choices.pick(&["header", "query", "cookie"]), "name": "key"},
                "bearer": {"type": "http", "scheme": self.choices.pick(&["bearer", "basic"])},
                "oauth": {"type": "oauth2", "flows": {"clientCredentials": {
                    "tokenUrl": "https://api.example.com/token", "scopes": {"read": "Read."},
                }}},
            },
        })
    }

    pub(super) fn security(&mut self) -> Value {
        let mut needs = Vec::new();
        for _ in 0..self.choices.roll(3) {
            let names = (0..self.choices.roll(3))
                .map(|_| (*self.choices.pick(&["key", "bearer", "oauth"])).to_owned());
            let names: Map<String, Value> = names.map(|name| (name, json!([]))).collect();
            needs.push(Value::Object(names));
        }
        Value::Array(needs)
    }

    pub(super) fn response(&mut self) -> Value {
        let mut response = json!({"description": "d"});
        if !self.choices.once_in(5) {
            response["content"] = self.content();
        }
        match self.choices.roll(8) {
            1 => {
                response["headers"] = json!({
                    "X-Rate": {"schema": self.schema(1)}, "Link": {"$ref": "#/components/headers/H0"},
                })
            }
            2 => {
                response["links"] = json!({"next": {
                    "operationId": "get0", "parameters": {self.property(): "$response.body#/id"},
                }})
            }
            _ => {}
        }
        response
    }
}
