//! The rules of the OpenAPI Specification that no reader needs: fields that it does not have, fields that it
//! requires, values that it does not allow.
//!
//! [`fields`] and [`keywords`] are tables of facts, and this file walks over a document by them. Rules that
//! are about several fields or objects are in files of their own. What the readers of the document report
//! is not reported again.

mod bounds;
mod expression;
mod fields;
mod found;
mod keywords;
mod objects;
mod parameters;
mod paths;
mod schema;
mod security;
mod swagger;
mod values;

use crate::diag::{Diagnostics, codes};
use crate::did_you_mean;
use crate::openapi::{Document, Version};
use crate::resolve::{Resolver, reference};
use crate::tree::Node;
use foldhash::fast::RandomState;
use found::Found;
use objects::{Field, Kind, Shape};
use std::collections::HashMap;
use std::rc::Rc;

/// Reports what a document has otherwise than its version of the specification.
pub fn run(document: &Document<'_>, resolver: Resolver<'_>, diagnostics: &mut Diagnostics) {
    let mut walk = Walk {
        version: document.version,
        resolver,
        facts: HashMap::default(),
        seen: vec![false; resolver.tree.len()],
        rest: vec![(document.root, Kind::Document)],
        found: Found::new(diagnostics),
        keywords_are_known: schema::is_known_dialect(document.root),
    };
    while let Some((node, kind)) = walk.rest.pop() {
        walk.object(node, kind);
    }
    let found = walk.found.into_list();
    found
        .into_iter()
        .for_each(|finding| diagnostics.push(finding));
}

/// The fields of an object, by name.
type Fields = HashMap<&'static str, &'static Field, RandomState>;

struct Walk<'t, 'd> {
    version: Version,
    resolver: Resolver<'t>,
    /// The fields of the kinds met so far, by name.
    facts: HashMap<Kind, Rc<Fields>, RandomState>,
    /// The nodes that were walked over, by their place in the tree.
    seen: Vec<bool>,
    rest: Vec<(Node<'t>, Kind)>,
    found: Found<'d>,
    /// Schemas are of a dialect whose keywords are in the table.
    keywords_are_known: bool,
}

impl<'t> Walk<'t, '_> {
    fn object(&mut self, node: Node<'t>, kind: Kind) {
        if std::mem::replace(&mut self.seen[node.id().index()], true) {
            return;
        }
        if kind == Kind::MediaType && self.found.is_told(node, &["W0450"]) {
            return;
        }
        if !node.is_object() {
            self.no_object(node, kind);
            return;
        }
        if kind.can_be_reference() && self.reference(node, kind) {
            return;
        }
        let kind = match kind {
            Kind::SecurityScheme if self.version > Version::V20 => security::kind(node),
            kind => kind,
        };
        self.members(node, kind);
        for field in kind.fields_in(self.version) {
            self.missing(node, kind, field);
        }
        // What Swagger 2.0 has otherwise is reported where it is read.
        if self.version > Version::V20 {
            self.rules(node, kind);
        }
    }

    /// A reference is followed, as what it leads to may be in another file. Whether that is all there is.
    fn reference(&mut self, node: Node<'t>, kind: Kind) -> bool {
        let Some((place, text)) = reference(node) else {
            return false;
        };
        // What leads nowhere is told where it is read.
        if let Ok(target) = self.resolver.target(place, text, 0) {
            self.rest.push((target, kind));
        }
        match kind {
            Kind::Schema => self.version <= Version::V30,
            Kind::PathItem => false,
            Kind::Operation => {
                let found = codes::reference_to_operation(place);
                self.found.push(place, found);
                true
            }
            Kind::MediaType if self.version < Version::V32 => {
                self.of_other_version(place, kind);
                true
            }
            _ => true,
        }
    }

    fn no_object(&mut self, node: Node<'t>, kind: Kind) {
        let is_schema = match kind {
            Kind::Schema => node.as_bool().is_some(),
            // In Swagger 2.0 it is the name of the property.
            Kind::Discriminator => self.version == Version::V20 && node.as_str().is_some(),
            _ => false,
        };
        let is_told = self.found.is_told(node, &["W0301", "W0406"]);
        if !is_schema && !is_told {
            let key = node.key().unwrap_or(kind.title_in(self.version));
            let found = codes::wrong_kind(node, key, "an object");
            self.found.push(node, found);
        }
    }

    fn members(&mut self, node: Node<'t>, kind: Kind) {
        if kind == Kind::Callback {
            return self.map(node, Kind::PathItem, true);
        }
        let fields = self.facts.entry(kind).or_insert_with(|| {
            let fields = kind.fields_in(self.version).iter();
            Rc::new(fields.map(|field| (field.name, field)).collect())
        });
        let fields = Rc::clone(fields);
        for (key, value) in node.members() {
            match fields.get(key) {
                Some(field) => {
                    if !field.is_of(self.version) {
                        self.of_other_version(value, kind);
                    }
                    self.holds(value, field);
                }
                None => self.unknown(value, kind),
            }
        }
    }

    fn of_other_version(&mut self, value: Node<'t>, kind: Kind) {
        let version = self.version.name();
        let found = codes::field_of_other_version(value, kind.title_in(self.version), version);
        self.found.push(value, found);
    }

    fn unknown(&mut self, value: Node<'t>, kind: Kind) {
        let key = value.key().unwrap_or_default();
        // A method in capitals is read, and reported there.
        if key.starts_with("x-") || self.found.is_told(value, &["W0406", "W0130"]) {
            return;
        }
        let version = self.version;
        if version == Version::V20 && kind.has_later(key) {
            return self.of_other_version(value, kind);
        }
        let own = kind.fields_in(version).iter();
        let own = own.filter(|field| field.is_of(version));
        let reference = kind.can_be_reference().then_some("$ref");
        let names = own.map(|field| field.name).chain(reference);
        let title = kind.title_in(version);
        let found = match kind {
            Kind::Schema if !self.keywords_are_known => return,
            Kind::Schema => match did_you_mean::slip(key, names) {
                Some(near) => codes::unknown_field(value, title, Some(near)),
                None => codes::unknown_keyword(value),
            },
            _ => codes::unknown_field(value, title, did_you_mean::nearest(key, names)),
        };
        self.found.push(value, found);
    }

    fn missing(&mut self, node: Node<'t>, kind: Kind, field: &'static Field) {
        if !field.is_required(self.version) || node.get(field.name).is_some() {
            return;
        }
        let told: Vec<&'static str> = field.told.into_iter().collect();
        if !self.found.is_told(node, &told) {
            let found = codes::missing_field(node, kind.title_in(self.version), field.name);
            self.found.push(node, found);
        }
    }

    fn map(&mut self, map: Node<'t>, kind: Kind, has_extensions: bool) {
        // In place of a whole map a reference is told where it is followed.
        let is_reference = |key: &str, value: Node<'_>| key == "$ref" && value.as_str().is_some();
        // A name may begin as those of extensions do; a text is one.
        let is_extension = |key: &str, value: Node<'_>| {
            key.starts_with("x-") && (has_extensions || !value.is_object())
        };
        let members = map
            .members()
            .filter(|(key, value)| !is_extension(key, *value) && !is_reference(key, *value));
        // The last one in is the first one out.
        self.rest
            .extend(members.rev().map(|(_, value)| (value, kind)));
    }

    fn rules(&mut self, node: Node<'t>, kind: Kind) {
        match kind {
            Kind::Document => paths::document(node, self.version, &mut self.found),
            Kind::PathItem => {
                parameters::listed(node, self.version, self.resolver, &mut self.found);
                paths::additional_operations(node, &mut self.found);
            }
            Kind::Operation => {
                parameters::listed(node, self.version, self.resolver, &mut self.found);
                paths::responses(node, &mut self.found);
            }
            Kind::Parameter | Kind::Header => {
                parameters::parameter(node, kind == Kind::Parameter, self.version, &mut self.found);
            }
            Kind::Schema => schema::schema(node, self.version, &mut self.found),
            Kind::MediaType | Kind::Example | Kind::License | Kind::Link => {
                values::exclusive(node, kind, self.version, &mut self.found);
            }
            Kind::Http => security::http(node, &mut self.found),
            _ => {}
        }
    }

    fn holds(&mut self, value: Node<'t>, field: &'static Field) {
        match field.shape {
            Shape::One(kind) => self.rest.push((value, kind)),
            Shape::Items if value.is_object() => self.rest.push((value, Kind::Schema)),
            Shape::Items => self
                .rest
                .extend(value.items().map(|item| (item, Kind::Schema))),
            Shape::List(kind) if self.is_array(value, field) => {
                self.rest.extend(value.items().map(|item| (item, kind)));
            }
            Shape::Map(kind) if self.is_object(value, field) => self.map(value, kind, false),
            Shape::Named(kind) if self.is_object(value, field) => {
                values::names(value, &mut self.found);
                self.map(value, kind, false);
            }
            Shape::Patterned(kind) if self.is_object(value, field) => self.map(value, kind, true),
            Shape::List(_) | Shape::Map(_) | Shape::Named(_) | Shape::Patterned(_) => {}
            shape => values::value(value, field.name, shape, &mut self.found),
        }
    }

    fn is_array(&mut self, value: Node<'t>, field: &Field) -> bool {
        values::is_of_kind(value, field.name, crate::tree::Kind::Array, &mut self.found)
    }

    fn is_object(&mut self, value: Node<'t>, field: &Field) -> bool {
        values::is_of_kind(
            value,
            field.name,
            crate::tree::Kind::Object,
            &mut self.found,
        )
    }
}
