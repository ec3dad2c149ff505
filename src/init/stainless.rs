//! What a configuration of the generator Stainless says, as far as sdkgen's own can say it: resources and
//! methods, names of types, pages, idempotency keys and the variable with the credential.

use super::pages::{self, Scheme};
use crate::diag::mend;
use crate::ir::{Api, Operation};
use crate::naming::{self, Style, words};
use crate::source::{Loaded, SourceFile};
use crate::tree::Node;
use serde_json::{Map, Value as Json, json};

/// What is taken over.
#[derive(Debug, Default)]
pub struct Imported {
    pub license: Option<String>,
    pub env: Option<String>,
    /// Keys for `sdkgen.yaml`.
    pub keys: Map<String, Json>,
    /// An overlay by which operations stand in the resources that they are to be in.
    pub overlay: Option<Json>,
    /// What cannot be taken over: the line, and why.
    pub left: Vec<(usize, String)>,
}

/// Keys that are about other languages, their packages and their documentation, and nothing of a crate.
const OF_NO_MATTER: [&str; 8] = [
    "codeflow",
    "edition",
    "organization",
    "readme",
    "security",
    "security_schemes",
    "targets",
    "unspecified_endpoints",
];

/// The name of a package after the organization.
pub fn package(config: &Loaded) -> Option<String> {
    let organization = config.tree.root(config.entry)?.get("organization")?;
    Some(naming::package_name(organization.text("name")?))
}

/// Reads a configuration beside the description that it is for.
pub fn import(config: &Loaded, document: &Loaded, api: &Api) -> Imported {
    let mut import = Import {
        file: config.sources.file(config.entry),
        document,
        api,
        result: Imported::default(),
        operations: Map::new(),
        types: Map::new(),
        moves: Vec::new(),
        listed: Vec::new(),
        schemes: Vec::new(),
    };
    if let Some(root) = config.tree.root(config.entry) {
        import.root(root);
    }
    import.finish()
}

struct Import<'a> {
    file: Option<&'a SourceFile>,
    document: &'a Loaded,
    api: &'a Api,
    result: Imported,
    operations: Map<String, Json>,
    types: Map<String, Json>,
    /// Actions of the overlay.
    moves: Vec<Json>,
    /// The calls of methods that may give pages: as in `GET /path`.
    listed: Vec<String>,
    schemes: Vec<Scheme>,
}

impl Import<'_> {
    fn leave(&mut self, node: Node<'_>, why: impl Into<String>) {
        let at = node.key_span().or(node.span());
        let line = match (self.file, at) {
            (Some(file), Some(span)) => file.line_column(span.start as usize).0,
            _ => 1,
        };
        self.result.left.push((line, why.into()));
    }

    fn root(&mut self, root: Node<'_>) {
        for (key, value) in root.members() {
            match key {
                "resources" => {
                    for (name, resource) in value.members() {
                        self.resource(&[name], resource);
                    }
                }
                "client_settings" => self.client(value),
                "pagination" => {
                    for scheme in value.items() {
                        match pages::scheme(scheme) {
                            Some(read) => self.schemes.push(read),
                            None => self.leave(scheme, "these pages are not known to sdkgen"),
                        }
                    }
                }
                "settings" => self.settings(value),
                "environments" => self.leave(
                    value,
                    "`environments`: servers are those of the description",
                ),
                key if OF_NO_MATTER.contains(&key) => {}
                key => self.leave(value, format!("`{key}` is not taken over")),
            }
        }
    }

    fn settings(&mut self, settings: Node<'_>) {
        for (key, value) in settings.members() {
            match key {
                "license" => self.result.license = value.as_str().map(str::to_owned),
                "disable_mock_tests" => {}
                key => self.leave(value, format!("`settings.{key}` is not taken over")),
            }
        }
    }

    fn client(&mut self, settings: Node<'_>) {
        for (key, value) in settings.members() {
            match key {
                "opts" => {
                    for (name, option) in value.members() {
                        self.option(name, option);
                    }
                }
                "idempotency_header" => {
                    let retry = json!({"idempotency_header": value.as_str()});
                    self.result.keys.insert("retry".to_owned(), retry);
                }
                // Only the name of a variable is made of it, which `opts` say themselves.
                "default_env_prefix" => {}
                key => self.leave(value, format!("`client_settings.{key}` is not taken over")),
            }
        }
    }

    /// The option with a credential says which variable it is read from.
    fn option(&mut self, name: &str, option: Node<'_>) {
        let env = option.text("read_env");
        match (option.get("auth"), env) {
            (Some(_), Some(env)) if self.result.env.is_none() => {
                self.result.env = Some(env.to_owned());
            }
            _ => self.leave(
                option,
                format!("`client_settings.opts.{name}`: clients have no such setting of their own"),
            ),
        }
    }

    /// A resource, by the names that lead to it.
    fn resource(&mut self, names: &[&str], resource: Node<'_>) {
        for (key, value) in resource.members() {
            match key {
                "methods" => {
                    for (name, method) in value.members() {
                        self.method(names, name, method);
                    }
                }
                "models" => {
                    for (name, model) in value.members() {
                        self.model(name, model);
                    }
                }
                "subresources" => {
                    for (name, resource) in value.members() {
                        self.resource(&[names, &[name]].concat(), resource);
                    }
                }
                "standalone_api" | "description" => {}
                key => self.leave(value, format!("`{key}` of a resource is not taken over")),
            }
        }
    }

    fn model(&mut self, name: &str, model: Node<'_>) {
        let Some(reference) = model.as_str().or_else(|| model.text("openapi_uri")) else {
            return self.leave(model, "the model names no schema");
        };
        let component = reference.strip_prefix("#/components/schemas/");
        let known = component.is_some_and(|name| self.component(name).is_some());
        if !known {
            return self.leave(model, format!("there is no component `{reference}`"));
        }
        let ident = Style::Pascal.ident(&words::words(name));
        if self.types.values().any(|taken| *taken == ident) {
            let why = format!("another model is called `{ident}` already, in another resource");
            return self.leave(model, why);
        }
        let component = component.unwrap_or_default();
        if Style::Pascal.ident(&words::words(component)) != ident {
            self.types.insert(component.to_owned(), ident.into());
        }
    }

    fn component(&self, name: &str) -> Option<Node<'_>> {
        let root = self.document.tree.root(self.document.entry)?;
        root.get("components")?.get("schemas")?.get(name)
    }

    fn method(&mut self, resource: &[&str], name: &str, method: Node<'_>) {
        let endpoint = method.as_str().or_else(|| method.text("endpoint"));
        let Some((verb, path)) = endpoint.and_then(|endpoint| endpoint.split_once(' ')) else {
            return self.leave(method, format!("the method `{name}` has no endpoint"));
        };
        let call = format!("{} {}", verb.to_uppercase(), path.trim());
        let api = self.api;
        let Some(operation) = api
            .operations
            .iter()
            .find(|one| one.names().any(|name| name == call))
        else {
            return self.leave(method, format!("the description has no `{call}`"));
        };
        for (key, value) in method.members() {
            match key {
                "endpoint" | "type" | "skip_test_reason" | "deprecated" | "paginated" => {}
                key => self.leave(
                    value,
                    format!("`{key}` of the method `{name}` is not taken over"),
                ),
            }
        }
        let is_paged = method.get("paginated").and_then(Node::as_bool) != Some(false);
        if is_paged && operation.paging.is_none() {
            self.listed.push(call.clone());
        }
        let ident = Style::Snake.ident(&words::words(name));
        self.operations.insert(call, ident.into());
        if resource != ["$client"] {
            self.move_to(&resource.join(" "), operation, method);
        }
    }

    /// Lets an operation have the tag of a resource and no other.
    fn move_to(&mut self, resource: &str, operation: &Operation, method: Node<'_>) {
        let Some(node) = operation.at.map(|at| self.document.tree.node(at)) else {
            return;
        };
        let tags = node.get("tags");
        let first = tags.and_then(|tags| tags.item(0)?.as_str());
        if first.is_some_and(|tag| words::words(tag) == words::words(resource)) {
            return;
        }
        if node.file() != self.document.entry {
            return self.leave(method, "an operation of another file stays in its resource");
        }
        if let Some(tags) = tags {
            // What an overlay says of a list is added to it.
            self.moves
                .push(json!({"target": mend::path(tags), "remove": true}));
        }
        let update = json!({"target": mend::path(node), "update": {"tags": [resource]}});
        self.moves.push(update);
    }

    fn finish(mut self) -> Imported {
        let mut names = Map::new();
        for (key, given) in [("operations", self.operations), ("types", self.types)] {
            if !given.is_empty() {
                names.insert(key.to_owned(), given.into());
            }
        }
        if !names.is_empty() {
            self.result.keys.insert("names".to_owned(), names.into());
        }
        let rules = pages::rules(self.api, &self.schemes, &self.listed);
        if !rules.is_empty() {
            self.result
                .keys
                .insert("pagination".to_owned(), rules.into());
        }
        if !self.moves.is_empty() {
            self.result.overlay = Some(json!({
                "overlay": "1.0.0",
                "info": {"title": "Resources of the former generator", "version": "1.0.0"},
                "actions": self.moves,
            }));
        }
        self.result.left.sort();
        self.result
    }
}
