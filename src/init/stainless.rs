//! Imports a Stainless configuration as far as sdkgen supports it: resources and methods, type names, pagination,
//! idempotency keys and the variable of the credential.

use super::pages::{self, PaginationScheme};
use crate::diag::fix;
use crate::ir::{Api, Operation, Origin};
use crate::load::Loaded;
use crate::naming::{self, IdentCase, words};
use crate::source::SourceFile;
use crate::tree::Node;
use serde_json::{Map, Value as Json, json};

/// The imported settings.
#[derive(Debug, Default)]
pub struct Imported {
    pub license: Option<String>,
    pub env: Option<String>,
    /// Keys for `sdkgen.yaml`.
    pub keys: Map<String, Json>,
    /// An overlay that moves operations to their resources.
    pub overlay: Option<Json>,
    /// Settings that cannot be imported: line and reason.
    pub left: Vec<(usize, String)>,
}

/// Keys about other languages, packages and documentation, which do not affect a crate.
const UNRELATED_KEYS: [&str; 6] = [
    "codeflow",
    "diagnostics",
    "edition",
    "organization",
    "readme",
    "targets",
];

/// Keys of methods and resources about other languages or tests, or that repeat other keys.
const IGNORED_KEYS: [&str; 6] = [
    "description",
    "only",
    "skip",
    "skip_test_reason",
    "standalone_api",
    "type",
];

/// Returns a package name from the organization's name.
pub fn package(config: &Loaded) -> Option<String> {
    let organization = config.tree.root(config.entry)?.get("organization")?;
    Some(naming::package_name(organization.text("name")?))
}

/// Imports a configuration for a description.
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
        excluded: Vec::new(),
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
    /// The operations that may be paginated: `GET /path`.
    listed: Vec<String>,
    /// The operations to exclude.
    excluded: Vec<Json>,
    schemes: Vec<PaginationScheme>,
}

impl<'a> Import<'a> {
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
                    // A single scheme may be written without an array.
                    let alone = value.is_object().then_some(value);
                    for scheme in value.items().chain(alone) {
                        match pages::scheme(scheme) {
                            Ok(read) => self.schemes.push(read),
                            Err(why) => self.leave(scheme, why),
                        }
                    }
                }
                "unspecified_endpoints" => {
                    for endpoint in value.items() {
                        self.exclude(endpoint, endpoint.as_str());
                    }
                }
                "settings" => self.settings(value),
                "environments" | "security" | "security_schemes" => {
                    let why = format!("`{key}`: sdkgen uses the description instead");
                    self.leave(value, why);
                }
                key if UNRELATED_KEYS.contains(&key) => {}
                key => self.leave(value, format!("`{key}` is not supported")),
            }
        }
    }

    fn settings(&mut self, settings: Node<'_>) {
        for (key, value) in settings.members() {
            match key {
                "license" => self.result.license = value.as_str().map(str::to_owned),
                "disable_mock_tests" => {}
                key => self.leave(value, format!("`settings.{key}` is not supported")),
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
                "idempotency_header" => self.idempotency(value),
                "idempotency" => match value.get("header") {
                    Some(header) => self.idempotency(header),
                    None => self.leave(value, "`client_settings.idempotency` has no `header`"),
                },
                // It only affects names of variables, which `opts` specify themselves.
                "default_env_prefix" => {}
                key => self.leave(value, format!("`client_settings.{key}` is not supported")),
            }
        }
    }

    fn idempotency(&mut self, header: Node<'_>) {
        let retry = json!({"idempotency_header": header.as_str()});
        self.result.keys.insert("retry".to_owned(), retry);
    }

    /// Imports the variable of the credential from its option.
    fn option(&mut self, name: &str, option: Node<'_>) {
        let env = option.text("read_env");
        match (option.get("auth"), env) {
            (Some(_), Some(env)) if self.result.env.is_none() => {
                self.result.env = Some(env.to_owned());
            }
            _ => self.leave(
                option,
                format!(
                    "`client_settings.opts.{name}`: custom settings of the client are not supported"
                ),
            ),
        }
    }

    /// Imports a resource. `names` is its path.
    fn resource(&mut self, names: &[&str], resource: Node<'_>) {
        if resource.get("skip").and_then(Node::as_bool) == Some(true) {
            return self.exclude_all(resource);
        }
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
                key if IGNORED_KEYS.contains(&key) => {}
                key => self.leave(value, format!("`{key}` of a resource is not supported")),
            }
        }
    }

    fn model(&mut self, name: &str, model: Node<'_>) {
        let Some(reference) = model.as_str().or_else(|| model.text("openapi_uri")) else {
            return self.leave(model, "the model has no schema");
        };
        // A component may be referred to by its name only.
        let component = reference.strip_prefix("#/components/schemas/");
        let component = component.unwrap_or(reference);
        let is_called =
            |origin: &Origin| matches!(origin, Origin::Component(own) if own == component);
        if !self.api.types.iter().any(|def| is_called(&def.origin)) {
            return self.leave(model, format!("unknown component `{reference}`"));
        }
        let ident = IdentCase::Pascal.ident(&words::words(name));
        if self.types.values().any(|taken| *taken == ident) {
            let why = format!("another resource already has a model `{ident}`");
            return self.leave(model, why);
        }
        if IdentCase::Pascal.ident(&words::words(component)) != ident {
            self.types.insert(component.to_owned(), ident.into());
        }
    }

    /// Excludes an operation.
    fn exclude(&mut self, node: Node<'_>, endpoint: Option<&str>) {
        match endpoint.and_then(call) {
            Some(call) if self.operation(&call).is_some() => self.excluded.push(call.into()),
            // The description has no such operation.
            Some(_) => {}
            None => self.leave(node, "this is not an endpoint"),
        }
    }

    /// Excludes the operations of a resource and its subresources.
    fn exclude_all(&mut self, resource: Node<'_>) {
        let within = |key: &str| resource.get(key).into_iter().flat_map(Node::members);
        for (_, method) in within("methods") {
            self.exclude(method, endpoint(method));
        }
        for (_, resource) in within("subresources") {
            self.exclude_all(resource);
        }
    }

    fn operation(&self, call: &str) -> Option<&'a Operation> {
        let mut operations = self.api.operations.iter();
        operations.find(|one| one.names().any(|name| name == call))
    }

    fn method(&mut self, resource: &[&str], name: &str, method: Node<'_>) {
        let Some(call) = endpoint(method).and_then(call) else {
            return self.leave(method, format!("the method `{name}` has no endpoint"));
        };
        let Some(operation) = self.operation(&call) else {
            return self.leave(method, format!("unknown operation `{call}`"));
        };
        if method.get("skip").and_then(Node::as_bool) == Some(true) {
            return self.exclude(method, endpoint(method));
        }
        for (key, value) in method.members() {
            match key {
                "endpoint" | "paginated" => {}
                key if IGNORED_KEYS.contains(&key) => {}
                key => self.leave(
                    value,
                    format!("`{key}` of the method `{name}` is not supported"),
                ),
            }
        }
        let is_paged = method.get("paginated").and_then(Node::as_bool) != Some(false);
        if is_paged && operation.paging.is_none() {
            self.listed.push(call.clone());
        }
        let ident = IdentCase::Snake.ident(&words::words(name));
        self.operations.insert(call, ident.into());
        if resource != ["$client"] {
            self.move_to(&resource.join(" "), operation, method);
        }
    }

    /// Makes the name of a resource the only tag of an operation.
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
            return self.leave(
                method,
                "an operation in another file cannot be moved to another resource",
            );
        }
        if let Some(tags) = tags {
            // Removes the tags first, because an overlay appends to arrays.
            self.moves
                .push(json!({"target": fix::path(tags), "remove": true}));
        }
        let update = json!({"target": fix::path(node), "update": {"tags": [resource]}});
        self.moves.push(update);
    }

    fn finish(mut self) -> Imported {
        // Excluded operations have neither names nor pagination.
        for call in self.excluded.iter().filter_map(Json::as_str) {
            self.operations.remove(call);
            self.listed.retain(|listed| listed != call);
        }
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
        if !self.excluded.is_empty() {
            let filter = json!({"exclude": {"operations": self.excluded}});
            self.result.keys.insert("filter".to_owned(), filter);
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

/// Returns the endpoint of a method: `get /path`.
fn endpoint(method: Node<'_>) -> Option<&str> {
    method.as_str().or_else(|| method.text("endpoint"))
}

/// Returns the name of an endpoint's operation: `GET /path`.
fn call(endpoint: &str) -> Option<String> {
    let (verb, path) = endpoint.trim().split_once(' ')?;
    Some(format!("{} {}", verb.to_uppercase(), path.trim()))
}
