//! Checks rules of the OpenAPI Specification that generation does not need: unknown fields, missing fields, invalid
//! values.
//!
//! [`fields`] and [`keywords`] are tables that drive the walk in this file. Other files check rules on several fields
//! or objects. Faults that a reader of the document has reported are not reported again.

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
use found::GroupedFindings;
use objects::{FieldRule, FieldType, ObjectType};
use std::collections::HashMap;
use std::rc::Rc;

/// Reports deviations of a document from its version of the specification.
pub fn run(document: &Document<'_>, resolver: Resolver<'_>, diagnostics: &mut Diagnostics) {
    let mut walk = DocumentValidator {
        version: document.version,
        resolver,
        facts: HashMap::default(),
        seen: vec![false; resolver.tree.len()],
        rest: vec![(document.root, ObjectType::Document)],
        found: GroupedFindings::new(diagnostics),
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
type Fields = HashMap<&'static str, &'static FieldRule, RandomState>;

struct DocumentValidator<'t, 'd> {
    version: Version,
    resolver: Resolver<'t>,
    /// The fields of each kind so far, by name.
    facts: HashMap<ObjectType, Rc<Fields>, RandomState>,
    /// Whether each node was visited, by index.
    seen: Vec<bool>,
    rest: Vec<(Node<'t>, ObjectType)>,
    found: GroupedFindings<'d>,
    /// Whether schemas use a dialect whose keywords are in the table.
    keywords_are_known: bool,
}

impl<'t> DocumentValidator<'t, '_> {
    fn object(&mut self, node: Node<'t>, kind: ObjectType) {
        if std::mem::replace(&mut self.seen[node.id().index()], true) {
            return;
        }
        if kind == ObjectType::MediaType && self.found.is_reported(node, &["W0450"]) {
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
            ObjectType::SecurityScheme if self.version > Version::V20 => security::kind(node),
            kind => kind,
        };
        self.members(node, kind);
        for field in kind.fields_in(self.version) {
            self.missing(node, kind, field);
        }
        // Deviations of Swagger 2.0 are reported by its readers.
        if self.version > Version::V20 {
            self.rules(node, kind);
        }
    }

    /// Follows a reference, because its target may be in another file. Returns whether to ignore its siblings.
    fn reference(&mut self, node: Node<'t>, kind: ObjectType) -> bool {
        let Some((place, text)) = reference(node) else {
            return false;
        };
        // Unresolved references are reported by the reader.
        if let Ok(target) = self.resolver.target(place, text, 0) {
            self.rest.push((target, kind));
        }
        match kind {
            ObjectType::Schema => self.version <= Version::V30,
            ObjectType::PathItem => false,
            ObjectType::Operation => {
                let found = codes::reference_to_operation(place);
                self.found.push(place, found);
                true
            }
            ObjectType::MediaType if self.version < Version::V32 => {
                self.of_other_version(place, kind);
                true
            }
            _ => true,
        }
    }

    fn no_object(&mut self, node: Node<'t>, kind: ObjectType) {
        let is_schema = match kind {
            ObjectType::Schema => node.as_bool().is_some(),
            // In Swagger 2.0, a discriminator is a property name.
            ObjectType::Discriminator => self.version == Version::V20 && node.as_str().is_some(),
            _ => false,
        };
        let is_reported = self.found.is_reported(node, &["W0301", "W0406"]);
        if !is_schema && !is_reported {
            let key = node.key().unwrap_or(kind.title_in(self.version));
            let found = codes::wrong_kind(node, key, "an object");
            self.found.push(node, found);
        }
    }

    fn members(&mut self, node: Node<'t>, kind: ObjectType) {
        if kind == ObjectType::Callback {
            return self.map(node, ObjectType::PathItem, true);
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

    fn of_other_version(&mut self, value: Node<'t>, kind: ObjectType) {
        let version = self.version.name();
        let found = codes::field_of_other_version(value, kind.title_in(self.version), version);
        self.found.push(value, found);
    }

    fn unknown(&mut self, value: Node<'t>, kind: ObjectType) {
        let key = value.key().unwrap_or_default();
        // The reader accepts and reports methods in upper case.
        if key.starts_with("x-") || self.found.is_reported(value, &["W0406", "W0130"]) {
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
            ObjectType::Schema if !self.keywords_are_known => return,
            ObjectType::Schema => match did_you_mean::slip(key, names) {
                Some(near) => codes::unknown_field(value, title, Some(near)),
                None => codes::unknown_keyword(value),
            },
            _ => codes::unknown_field(value, title, did_you_mean::nearest(key, names)),
        };
        self.found.push(value, found);
    }

    fn missing(&mut self, node: Node<'t>, kind: ObjectType, field: &'static FieldRule) {
        if !field.is_required(self.version) || node.get(field.name).is_some() {
            return;
        }
        let reported: Vec<&'static str> = field.reported.into_iter().collect();
        if !self.found.is_reported(node, &reported) {
            let found = codes::missing_field(node, kind.title_in(self.version), field.name);
            self.found.push(node, found);
        }
    }

    fn map(&mut self, map: Node<'t>, kind: ObjectType, has_extensions: bool) {
        // A reference in place of a whole map is reported by the reader.
        let is_reference = |key: &str, value: Node<'_>| key == "$ref" && value.as_str().is_some();
        // A name may start with `x-`, but a string is an extension.
        let is_extension = |key: &str, value: Node<'_>| {
            key.starts_with("x-") && (has_extensions || !value.is_object())
        };
        let members = map
            .members()
            .filter(|(key, value)| !is_extension(key, *value) && !is_reference(key, *value));
        // The stack is popped from the end; this keeps the document order.
        self.rest
            .extend(members.rev().map(|(_, value)| (value, kind)));
    }

    fn rules(&mut self, node: Node<'t>, kind: ObjectType) {
        match kind {
            ObjectType::Document => paths::document(node, self.version, &mut self.found),
            ObjectType::PathItem => {
                parameters::listed(node, self.version, self.resolver, &mut self.found);
                paths::additional_operations(node, &mut self.found);
            }
            ObjectType::Operation => {
                parameters::listed(node, self.version, self.resolver, &mut self.found);
                paths::responses(node, &mut self.found);
            }
            ObjectType::Parameter | ObjectType::Header => {
                parameters::parameter(
                    node,
                    kind == ObjectType::Parameter,
                    self.version,
                    &mut self.found,
                );
            }
            ObjectType::Schema => schema::schema(node, self.version, &mut self.found),
            ObjectType::MediaType
            | ObjectType::Example
            | ObjectType::License
            | ObjectType::Link => {
                values::exclusive(node, kind, self.version, &mut self.found);
            }
            ObjectType::Http => security::http(node, &mut self.found),
            _ => {}
        }
    }

    fn holds(&mut self, value: Node<'t>, field: &'static FieldRule) {
        match field.shape {
            FieldType::One(kind) => self.rest.push((value, kind)),
            FieldType::Items if value.is_object() => self.rest.push((value, ObjectType::Schema)),
            FieldType::Items => self
                .rest
                .extend(value.items().map(|item| (item, ObjectType::Schema))),
            FieldType::List(kind) if self.is_array(value, field) => {
                self.rest.extend(value.items().map(|item| (item, kind)));
            }
            FieldType::Map(kind) if self.is_object(value, field) => self.map(value, kind, false),
            FieldType::Named(kind) if self.is_object(value, field) => {
                values::names(value, &mut self.found);
                self.map(value, kind, false);
            }
            FieldType::Patterned(kind) if self.is_object(value, field) => {
                self.map(value, kind, true)
            }
            FieldType::List(_)
            | FieldType::Map(_)
            | FieldType::Named(_)
            | FieldType::Patterned(_) => {}
            shape => values::value(value, field.name, shape, &mut self.found),
        }
    }

    fn is_array(&mut self, value: Node<'t>, field: &FieldRule) -> bool {
        values::is_of_kind(value, field.name, crate::tree::Kind::Array, &mut self.found)
    }

    fn is_object(&mut self, value: Node<'t>, field: &FieldRule) -> bool {
        values::is_of_kind(
            value,
            field.name,
            crate::tree::Kind::Object,
            &mut self.found,
        )
    }
}
