//! Objects: members with their facts, and what stands beside them.

use super::merge::{Merged, Property};
use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{Extra, Member, Object, Owner, Role, Schema, SchemaKind};
use crate::openapi::hints;
use crate::openapi::{self, Additional};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    pub(super) fn object(&mut self, mut merged: Merged<'t>, owner: &Owner, site: &Site) -> Object {
        self.limit_inherited(&mut merged);
        let mut members = Vec::new();
        for (name, property) in &merged.properties {
            let required = merged.required.contains(name);
            let site = Site::new(owner.clone(), Role::Member((*name).to_owned()))
                .inferred(site.inferred || property.inferred);
            let schema = self.laid_over(property, &site);
            let mut member = self.member(name, property.node, schema, required, &site);
            let others = self.access(property.others.iter().copied());
            member.read_only |= others.read_only;
            member.write_only |= others.write_only;
            members.push(member);
        }
        self.undescribed(&merged, site, &mut members);
        // A property that is described without a condition is that, also where the branches of a union are
        // merged one by one.
        let conditional = merged.conditional.iter();
        for (name, nodes) in conditional.filter(|(name, _)| !merged.properties.contains_key(*name))
        {
            let site =
                Site::new(owner.clone(), Role::Member((*name).to_owned())).inferred(site.inferred);
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

    /// Leaves out what an object inherits, once the objects of the document have many more members
    /// than the document itself has: in a chain of `allOf` each has those of all before it.
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
        // What is left out is among the undeclared members.
        merged.additional = Additional::Unsaid;
        let properties = &merged.properties;
        merged.required.retain(|name| properties.contains_key(name));
        if !std::mem::replace(&mut self.is_limited, true) {
            let finding = codes::too_much_inherited(merged.node);
            self.diagnostics().push(finding);
        }
    }

    /// Adds members that `required` lists and `properties` does not describe. One that `additionalProperties`
    /// gives a type is required; any other is stale or misspelt in nearly every published document, and stays
    /// optional, so that neither reading nor `new` asks for it.
    fn undescribed(&mut self, merged: &Merged<'t>, site: &Site, members: &mut Vec<Member>) {
        let is_described = |name: &str| {
            merged.properties.contains_key(name) || merged.conditional.contains_key(name)
        };
        let missing = merged.required.iter().copied();
        let missing: Vec<&str> = missing.filter(|name| !is_described(name)).collect();
        if let Additional::Schema(_) = merged.additional {
            let described = missing.into_iter().map(|name| Member {
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

    /// The schema of the members that an object has beside its `properties`.
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

    /// A member that is described only where a condition holds: optional, and of whatever type the
    /// conditions give it.
    fn conditional_member(
        &mut self,
        name: &str,
        nodes: &[Node<'t>],
        site: &Site,
    ) -> Option<Member> {
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
            several => Member {
                schema: self.one_of(*first, several, site),
                docs: self.schema_docs(*first),
                at: Some(first.id()),
                ..bare_member(name)
            },
        };
        member.required = false;
        Some(member)
    }

    /// The schema of a member, with what earlier branches of an `allOf` say of it.
    fn laid_over(&mut self, property: &Property<'t>, site: &Site) -> Schema {
        if property.with.is_empty() {
            return self.schema(property.node, site);
        }
        let mut merged = Merged::new(property.node, Vec::new());
        for node in property.with.iter().chain([&property.node]) {
            let part = openapi::Schema::read(*node, &mut self.reader);
            self.merge_into(&part, &mut merged);
        }
        if !merged.is_object() {
            return self.schema(property.node, site);
        }
        let nullable = openapi::Schema::read(property.node, &mut self.reader).nullable;
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
    ) -> Member {
        let marks = openapi::PropertyMarks::read(node, &mut self.reader);
        let access = self.access([node]);
        let mut docs = self.schema_docs(node);
        if docs.description.is_none() && docs.summary.is_none() {
            docs = self.target_docs(node);
        }
        let inferred = site.inferred || marks.inferred;
        Member {
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
            at: Some(node.id()),
        }
    }

    /// The prose of a scalar that a member refers to: a reader of the member wants it there. A
    /// declared object says it at its own place.
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

/// An optional member of any JSON value.
fn bare_member(name: &str) -> Member {
    Member {
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
        at: None,
    }
}
