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
        let tag = schema
            .discriminator
            .and_then(|node| self.reader.text(node, "propertyName"));
        let mut branches = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let title = self.reader.prose(*node, "title");
            let site = site.part(|role| Role::Branch(index, title, role));
            let mut tags = match &tag {
                Some(tag) => self.tags(schema, *node, tag),
                None => Vec::new(),
            };
            // A value that already means a branch cannot mean another.
            tags.retain(|tag| {
                branches
                    .iter()
                    .all(|other: &Branch| !other.tags.contains(tag))
            });
            let mut schema = self.schema(*node, &site);
            // A branch that allows null makes the whole union allow it; see `is_nullable_union`.
            schema.nullable = false;
            branches.push(Branch {
                schema,
                tags,
                indirect: false,
            });
        }
        let complete = branches.iter().all(|branch| !branch.tags.is_empty());
        if tag.is_some() && !complete {
            self.diagnostics().push(codes::untagged_branch(schema.node));
        }
        Union {
            branches,
            tag: tag.filter(|_| complete),
        }
    }

    /// The values of the discriminator that mean a branch: those mapped to it, else the constant of
    /// the tag's member, else the component's name (OpenAPI 3.1, "Discriminator Object").
    fn tags(&mut self, schema: &openapi::Schema<'t>, branch: Node<'t>, tag: &str) -> Vec<String> {
        let Some(target) = self.resolver.follow(branch, self.reader.diagnostics) else {
            return Vec::new();
        };
        let mapping = schema.discriminator.and_then(|node| node.get("mapping"));
        let mut tags = Vec::new();
        for (value, name) in mapping.into_iter().flat_map(Node::members) {
            if self
                .mapped(name)
                .is_some_and(|mapped| mapped.id() == target.id())
            {
                tags.push(value.to_owned());
            }
        }
        if !tags.is_empty() {
            return tags;
        }
        let branch_schema = openapi::Schema::read(target, &mut self.reader);
        let merged = self.merge(&branch_schema);
        let member = merged.properties.get(tag).map(|property| property.node);
        let member = member.and_then(|node| self.follow(node));
        let values = member.map(|node| openapi::Schema::read(node, &mut self.reader).values);
        let constants = values.unwrap_or_default();
        let constants: Vec<String> = constants
            .iter()
            .filter_map(|value| value.as_str())
            .map(str::to_owned)
            .collect();
        match (&constants[..], branch.text("$ref"), target.key()) {
            ([constant], _, _) => vec![constant.clone()],
            (_, Some(_), Some(key)) => vec![key.to_owned()],
            _ => constants,
        }
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
            branches.push(Branch {
                schema: Schema::new(kind),
                tags: Vec::new(),
                indirect: false,
            });
        }
        Union {
            branches,
            tag: None,
        }
    }
}
