//! `oneOf`, `anyOf` and type arrays: values of one of several types.

use super::{Lowering, Site};
use crate::diag::codes;
use crate::ir::{Branch, Role, Schema, Union};
use crate::openapi::{self, TypeSet};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// The branches that are not the null type.
    pub(super) fn branches(&mut self, schema: &openapi::Schema<'t>) -> Vec<Node<'t>> {
        let mut branches = schema.branches.clone();
        branches.retain(|branch| !openapi::Schema::read(*branch, &mut self.reader).is_null());
        branches
    }

    /// True when null is one of the branches, or is allowed by one of them.
    pub(super) fn is_nullable_union(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let kept = self.branches(schema);
        kept.len() < schema.branches.len() || kept.iter().any(|branch| self.allows_null(*branch))
    }

    fn allows_null(&mut self, branch: Node<'t>) -> bool {
        let own = openapi::Schema::read(branch, &mut self.reader);
        let target = own.reference.and_then(|_| self.follow(branch));
        let target = target.map(|target| openapi::Schema::read(target, &mut self.reader));
        own.nullable || target.is_some_and(|target| target.nullable)
    }

    pub(super) fn union(
        &mut self,
        schema: &openapi::Schema<'t>,
        nodes: &[Node<'t>],
        site: &Site,
    ) -> Union {
        if !schema.properties.is_empty() {
            self.diagnostics()
                .push(codes::union_with_properties(schema.node));
        }
        let discriminator = schema.discriminator;
        let tag = discriminator.and_then(|node| self.reader.text(node, "propertyName"));
        let mapping = match &tag {
            Some(_) => self.mapping(schema),
            None => Vec::new(),
        };
        let mut branches = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let title = self.reader.prose(*node, "title");
            let site = site.part(|role| Role::Branch(index, title, role));
            let mut schema = self.schema(*node, &site);
            // A branch that allows null makes the whole union allow it; see `is_nullable_union`.
            schema.nullable = false;
            let target = self.resolver.follow(*node, self.reader.diagnostics);
            let id = target.map(Node::id);
            let mapped = mapping.iter().filter(|(_, mapped)| Some(mapped.id()) == id);
            branches.push(Branch {
                tags: mapped.map(|(value, _)| (*value).into()).collect(),
                implicit_tag: node
                    .text("$ref")
                    .and_then(|_| target?.key())
                    .map(str::to_owned),
                ..Branch::new(schema)
            });
        }
        Union {
            branches,
            tag,
            ..Union::default()
        }
    }

    /// The values of the discriminator and the schemas that they are mapped to.
    fn mapping(&mut self, schema: &openapi::Schema<'t>) -> Vec<(&'t str, Node<'t>)> {
        let mapping = schema
            .discriminator
            .and_then(|node| self.reader.object(node, "mapping"));
        let mut found = Vec::new();
        for (value, name) in mapping.into_iter().flat_map(Node::members) {
            if let Some(target) = self.mapped(name) {
                found.push((value, target));
            }
        }
        found
    }

    /// What a mapping's value names: a component by its name, or anything by a reference.
    fn mapped(&mut self, name: Node<'t>) -> Option<Node<'t>> {
        let text = name.as_str()?;
        let by_name = self.document.schemas.iter().find(|(key, _)| *key == text);
        let node = match by_name {
            Some((_, node)) => *node,
            None => match self.resolver.target(name, text, 0) {
                Ok(node) => node,
                Err(diagnostic) => {
                    self.diagnostics().push(*diagnostic);
                    return None;
                }
            },
        };
        self.follow(node)
    }

    /// A `type` array of several types: a union with a branch for each.
    pub(super) fn union_of_types(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Union {
        let all = schema.types;
        let none = TypeSet::default();
        let single = [
            TypeSet {
                boolean: all.boolean,
                ..none
            },
            TypeSet {
                integer: all.integer,
                ..none
            },
            TypeSet {
                number: all.number,
                ..none
            },
            TypeSet {
                string: all.string,
                ..none
            },
            TypeSet {
                array: all.array,
                ..none
            },
            TypeSet {
                object: all.object,
                ..none
            },
        ];
        let mut branches = Vec::new();
        for types in single.into_iter().filter(|types| !types.is_empty()) {
            let mut branch = openapi::Schema::read(schema.node, &mut self.reader);
            branch.types = types;
            let site = site.part(|role| Role::Branch(branches.len(), None, role));
            let kind = self.plain(&branch, &site);
            branches.push(Branch::new(Schema::new(kind)));
        }
        Union {
            branches,
            ..Union::default()
        }
    }
}
