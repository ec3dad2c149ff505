//! The names that sdkgen derives from a description, by position.

use super::document::print;
use super::job;
use sdkgen::diag::Diagnostics;
use sdkgen::ir::{Api, Shape};
use sdkgen::load::{self, Loaded};
use sdkgen::naming::ident::is_ident;
use sdkgen::pipeline;
use sdkgen::rust::names::{self, Names};
use sdkgen::tree::NodeId;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Maps positions to names, and lists invalid names.
pub struct Named {
    pub places: BTreeMap<String, String>,
    pub faults: Vec<String>,
}

/// Lowers a description and returns all its names.
pub fn named(document: &Value) -> Named {
    let text = print(document);
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.json", &text)], &mut diagnostics).expect("a document");
    let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect("a description");
    let options = job::job(Path::new("api.json"), None).options;
    let names = names::resolve(&api, &options, &mut diagnostics);
    let mut named = Named {
        places: BTreeMap::new(),
        faults: Vec::new(),
    };
    named.types(&api, &names, &loaded);
    named.operations(&api, &names, &loaded);
    named.rest(&api, &names);
    named
}

impl Named {
    fn put(&mut self, place: String, name: &str) {
        if !is_ident(name) {
            self.faults
                .push(format!("{place}: {name:?} is no identifier"));
        }
        if let Some(other) = self.places.insert(place.clone(), name.to_owned()) {
            self.places.insert(format!("{place} (other)"), other);
        }
    }

    /// Checks that the names of one scope differ by more than case.
    fn distinct<'n>(&mut self, place: &str, names: impl IntoIterator<Item = &'n String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.to_lowercase()) {
                self.faults
                    .push(format!("{place}: {name:?} is there twice"));
            }
        }
    }

    fn types(&mut self, api: &Api, names: &Names, loaded: &Loaded) {
        for (def, own) in api.types.iter().zip(&names.types) {
            let place = pointer(loaded, def.at);
            self.put(format!("type {place}"), &own.ident);
            let rest = Some(&own.rest).filter(|rest| !rest.is_empty());
            self.distinct(&place, own.parts.iter().chain(rest));
            let parts: Vec<String> = match &def.shape {
                Shape::Object(object) => object
                    .members
                    .iter()
                    .map(|member| member.name.clone())
                    .collect(),
                Shape::Enum(shape) => shape
                    .values
                    .iter()
                    .map(|value| value.value.to_string())
                    .collect(),
                _ => (0..own.parts.len())
                    .map(|index| index.to_string())
                    .collect(),
            };
            for (part, ident) in parts.iter().zip(&own.parts) {
                self.put(format!("part {place} {part:?}"), ident);
            }
            if let Some(rest) = rest {
                self.put(format!("rest {place}"), rest);
            }
        }
        self.distinct("types", names.types.iter().map(|names| &names.ident));
    }

    fn operations(&mut self, api: &Api, names: &Names, loaded: &Loaded) {
        for (group, own) in api.groups.iter().zip(&names.resources) {
            self.put(format!("resource {:?}", group.name), &own.ident);
            self.put(format!("accessor {:?}", group.name), &own.accessor);
            self.put(format!("module {:?}", group.name), &own.module);
            let of = |name: fn(&names::OperationNames) -> &String| {
                let ids = group.operations.iter();
                ids.map(|id| name(names.operation(*id))).collect::<Vec<_>>()
            };
            self.distinct("methods", of(|names| &names.method));
            self.distinct("constants", of(|names| &names.constant));
            let outputs = of(|names| &names.output);
            self.distinct(
                "calls",
                of(|names| &names.builder)
                    .into_iter()
                    .chain(outputs)
                    .chain([&own.ident]),
            );
        }
        let resources = || names.resources.iter();
        self.distinct("resources", resources().map(|names| &names.ident));
        self.distinct("accessors", resources().map(|names| &names.accessor));
        self.distinct("modules", resources().map(|names| &names.module));
        for (operation, own) in api.operations.iter().zip(&names.operations) {
            let place = pointer(loaded, operation.at);
            self.put(format!("method {place}"), &own.method);
            self.put(format!("call {place}"), &own.builder);
            self.put(format!("constant {place}"), &own.constant);
            self.distinct(&place, &own.parameters);
            for (parameter, ident) in operation.parameters.iter().zip(&own.parameters) {
                let place = format!("{place} {:?} {:?}", parameter.location, parameter.name);
                self.put(format!("parameter {place}"), ident);
            }
        }
    }

    fn rest(&mut self, api: &Api, names: &Names) {
        for (webhook, own) in api.webhooks.iter().zip(&names.webhooks) {
            self.put(
                format!("webhook {} {:?}", webhook.method, webhook.name),
                &own.function,
            );
        }
        self.distinct(
            "webhooks",
            names.webhooks.iter().map(|names| &names.function),
        );
        for (index, own) in names.error_bodies.iter().enumerate() {
            self.put(format!("error {index}"), &own.variant);
            self.put(format!("reader {index}"), &own.reader);
        }
        self.distinct(
            "errors",
            names.error_bodies.iter().map(|names| &names.variant),
        );
        self.distinct(
            "readers",
            names.error_bodies.iter().map(|names| &names.reader),
        );
        self.distinct("credentials", &names.credentials);
        self.distinct("predicates", &names.predicates);
        for (error, own) in api.errors.iter().zip(&names.predicates) {
            self.put(format!("predicate {}", error.status), own);
        }
        for (scheme, own) in api.security_schemes.keys().zip(&names.credentials) {
            self.put(format!("credential {scheme:?}"), own);
        }
    }
}

fn pointer(loaded: &Loaded, at: Option<NodeId>) -> String {
    at.map(|at| loaded.tree.node(at).pointer())
        .unwrap_or_default()
}
