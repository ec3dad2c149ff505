//! Objects: members with their facts, and what stands beside them.

use super::merge::Merged;
use super::{Lowering, Site, pinned};
use crate::diag::codes;
use crate::ir::{Extra, Member, Object, Owner, Role, Schema, SchemaKind, TypeId};
use crate::openapi::{self, Additional};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    pub(super) fn object(&mut self, merged: Merged<'t>, id: TypeId, site: &Site) -> Object {
        let mut members = Vec::new();
        for (name, property) in &merged.properties {
            let required = merged.required.contains(name);
            let site = Site::new(Owner::Type(id), Role::Member((*name).to_owned()))
                .inferred(site.inferred || property.inferred);
            members.push(self.member(name, property.node, required, &site));
        }
        for name in merged
            .required
            .iter()
            .filter(|name| !merged.properties.contains_key(*name))
        {
            self.diagnostics()
                .push(codes::required_without_property(merged.node, name));
            members.push(required_alone(name));
        }
        let extra = match merged.additional {
            Additional::Forbidden => Extra::Closed,
            Additional::Unsaid | Additional::Allowed => Extra::Open,
            Additional::Schema(values) => self.extra(values, site),
        };
        Object { members, extra }
    }

    fn extra(&mut self, values: Node<'t>, site: &Site) -> Extra {
        let schema = self.schema(values, &site.part(Role::Value));
        match schema.kind {
            SchemaKind::Any => Extra::Open,
            _ => Extra::Typed(Box::new(schema)),
        }
    }

    fn member(&mut self, name: &str, node: Node<'t>, required: bool, site: &Site) -> Member {
        let lowered = self.schema(node, site);
        let schema = openapi::Schema::read(node, &mut self.reader);
        let mut docs = self.schema_docs(node);
        if docs.description.is_none() && docs.summary.is_none() {
            docs = self.target_docs(node);
        }
        let inferred = site.inferred || schema.inferred;
        Member {
            name: name.to_owned(),
            pinned: pinned(node, &mut self.reader),
            docs,
            // What is inferred is optional, whatever the schema says (DESIGN section 7).
            required: required && !inferred,
            deprecated: schema.deprecated,
            read_only: schema.read_only,
            write_only: schema.write_only,
            inferred,
            schema: lowered,
            indirect: false,
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

/// A member that is required but not described: any value.
fn required_alone(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        pinned: None,
        docs: crate::ir::Docs::default(),
        required: true,
        deprecated: false,
        read_only: false,
        write_only: false,
        inferred: false,
        schema: Schema::any(),
        indirect: false,
        at: None,
    }
}
