//! Lowers objects with their properties and additional properties.

use super::merge::{Merged, MergedProperty};
use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{Extra, Object, Owner, Property, Role, Schema, SchemaKind};
use crate::openapi::hints;
use crate::openapi::{self, Additional};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    pub(super) fn object(&mut self, mut merged: Merged<'t>, owner: &Owner, site: &Site) -> Object {
        self.limit_inherited(&mut merged);
        let mut members = Vec::new();
        for (name, property) in &merged.properties {
            let required = merged.required.contains(name);
            let site = Site::new(owner.clone(), Role::Property((*name).to_owned()))
                .inferred(site.inferred || property.inferred);
            let schema = self.merged_schema(property, &site);
            let mut member = self.member(name, property.node, schema, required, &site);
            let others = self.access(property.others.iter().copied());
            member.read_only |= others.read_only;
            member.write_only |= others.write_only;
            members.push(member);
        }
        self.add_undescribed(&merged, site, &mut members);
        // An unconditional description takes precedence, also while the branches of a union are merged one by
        // one.
        let conditional = merged.conditional.iter();
        for (name, nodes) in conditional.filter(|(name, _)| !merged.properties.contains_key(*name))
        {
            let site = Site::new(owner.clone(), Role::Property((*name).to_owned()))
                .inferred(site.inferred);
            members.extend(self.conditional_member(name, nodes, &site));
        }
        let extra = match merged.additional {
            Additional::Forbidden => Extra::Closed,
            Additional::Unsaid | Additional::Allowed | Additional::Patterned(_) => Extra::Open,
            additional => match self.beside(additional, site) {
                schema if schema.kind == SchemaKind::Any => Extra::Open,
                schema => Extra::Typed(Box::new(schema)),
            },
        };
        Object { members, extra }
    }

    /// Drops inherited properties once all objects have many more properties than the document declares. In a
    /// chain of `allOf`, each object repeats the properties of all before it.
    fn limit_inherited(&mut self, merged: &mut Merged<'t>) {
        let count = merged.properties.len();
        match self.members_left.checked_sub(count) {
            Some(left) => self.members_left = left,
            None => {
                let node = merged.node;
                merged.properties.retain(|_, own| own.node.is_within(node));
                merged.is_cut |= merged.properties.len() < count;
            }
        }
        if !merged.is_cut {
            return;
        }
        // Dropped properties become additional ones.
        merged.additional = Additional::Unsaid;
        let properties = &merged.properties;
        merged.required.retain(|name| properties.contains_key(name));
        if !std::mem::replace(&mut self.is_limited, true) {
            let finding = codes::too_many_inherited_properties(merged.node);
            self.diagnostics().push(finding);
        }
    }

    /// Adds properties that `required` lists but `properties` does not describe. One with a type from
    /// `additionalProperties` is required. Any other is stale or misspelled in nearly every published document,
    /// so it is optional.
    fn add_undescribed(&mut self, merged: &Merged<'t>, site: &Site, members: &mut Vec<Property>) {
        let is_described = |name: &str| {
            merged.properties.contains_key(name) || merged.conditional.contains_key(name)
        };
        let missing = merged.required.iter().copied();
        let missing: Vec<&str> = missing.filter(|name| !is_described(name)).collect();
        if let Additional::Schema(_) = merged.additional {
            let described = missing.into_iter().map(|name| Property {
                required: true,
                schema: self.beside(merged.additional, site),
                ..bare_member(name)
            });
            members.extend(described);
            return;
        }
        let known: Vec<&str> = merged.properties.keys().copied().collect();
        for found in codes::required_without_property(merged.node, &missing, &known) {
            self.diagnostics().push(found);
        }
        members.extend(missing.into_iter().map(bare_member));
    }

    /// Returns the schema of additional properties.
    pub(super) fn beside(&mut self, additional: Additional<'t>, site: &Site) -> Schema {
        let site = site.part(Role::Value);
        match additional {
            Additional::Unsaid
            | Additional::Allowed
            | Additional::Patterned(_)
            | Additional::Forbidden => Schema::any(),
            Additional::Schema(values) => self.schema(values, &site),
            Additional::Several(owner) => self.one_of(owner, &openapi::beside(owner), &site),
        }
    }

    /// Lowers a property that only conditional subschemas describe: optional, with the types of all conditions.
    fn conditional_member(
        &mut self,
        name: &str,
        nodes: &[Node<'t>],
        site: &Site,
    ) -> Option<Property> {
        let [first, others @ ..] = nodes else {
            return None;
        };
        let differs = |node: &&Node<'t>| node.to_json() != first.to_json();
        let mut differing: Vec<Node<'t>> = vec![*first];
        differing.extend(others.iter().filter(differs));
        let mut member = match &differing[..] {
            [only] => {
                let schema = self.schema(*only, site);
                self.member(name, *only, schema, false, site)
            }
            several => Property {
                schema: self.one_of(*first, several, site),
                docs: self.schema_docs(*first),
                at: Some(first.id()),
                ..bare_member(name)
            },
        };
        member.required = false;
        Some(member)
    }

    /// Returns the schema of a property, merged with those of earlier `allOf` branches.
    fn merged_schema(&mut self, property: &MergedProperty<'t>, site: &Site) -> Schema {
        if property.with.is_empty() {
            return self.schema(property.node, site);
        }
        let mut merged = Merged::new(property.node, Vec::new());
        for node in property.with.iter().chain([&property.node]) {
            let part = self.read_schema(*node);
            self.merge_into(&part, &mut merged);
        }
        if !merged.is_object() {
            return self.schema(property.node, site);
        }
        let nullable = self.read_schema(property.node).nullable;
        Schema {
            nullable,
            ..self.declare_merged(merged, property.node, site)
        }
    }

    fn member(
        &mut self,
        name: &str,
        node: Node<'t>,
        lowered: Schema,
        required: bool,
        site: &Site,
    ) -> Property {
        let marks = openapi::PropertyMarks::read(node, &mut self.reader);
        let access = self.access([node]);
        let mut docs = self.schema_docs(node);
        if docs.description.is_none() && docs.summary.is_none() {
            docs = self.target_docs(node);
        }
        let inferred = site.inferred || marks.inferred;
        Property {
            name: name.to_owned(),
            pinned: pinned(node, hints::MEMBER, &mut self.reader),
            docs,
            required,
            deprecated: marks.deprecated,
            read_only: access.read_only,
            write_only: access.write_only,
            inferred,
            schema: lowered,
            indirect: false,
            exact: false,
            constant: None,
            is_constant: false,
            at: Some(node.id()),
        }
    }

    /// Returns the docs of a scalar that a property refers to, because readers of the property need them. A
    /// declared object has its own docs.
    fn target_docs(&mut self, node: Node<'t>) -> crate::ir::Docs {
        let wrapped = match node.get("allOf") {
            Some(branches) if branches.items().len() == 1 => branches.item(0).unwrap_or(node),
            _ => node,
        };
        match self.follow(wrapped) {
            Some(target) if target.id() != node.id() => self.schema_docs(target),
            _ => crate::ir::Docs::default(),
        }
    }
}

/// Creates an optional property with any value.
fn bare_member(name: &str) -> Property {
    Property {
        name: name.to_owned(),
        pinned: None,
        docs: crate::ir::Docs::default(),
        required: false,
        deprecated: false,
        read_only: false,
        write_only: false,
        inferred: false,
        schema: Schema::any(),
        indirect: false,
        exact: false,
        constant: None,
        is_constant: false,
        at: None,
    }
}
