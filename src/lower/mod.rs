//! Lowers the document to the model, with references resolved and version differences removed.
//!
//! `schema.rs` and its neighbors create types, `operation.rs` creates operations and webhooks. This file holds
//! the shared state and lowers the rest.

mod access;
mod array;
mod branch_names;
mod branches;
mod distribute_unions;
mod enumeration;
mod events;
mod facts;
mod format_mismatch;
mod hints;
mod host;
mod http;
mod index;
mod intersect;
mod merge;
mod object;
mod operation;
mod parameter;
mod parents;
mod path;
mod payload;
mod plan;
mod ref_properties;
mod scalar;
mod schema;
mod security;
mod server;
mod stream;
#[cfg(test)]
mod tests;
mod union;
mod webhook;

use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, Contact, Docs, EventKinds, Group, Info, License, NameOverride, OperationId, Origin, Owner,
    Role, Schema, TypeId,
};
use crate::openapi::hints as openapi_hints;
use crate::openapi::{self, Document, Reader, Version, swagger};
use crate::parallel;
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Node, NodeId};
use index::SchemaIndex;
use parents::ParentIndex;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// Lowers a document. With `Keep::Places`, the lowered schemas are stored in [`Api::places`].
pub fn lower<'t>(
    document: &'t Document<'t>,
    resolver: Resolver<'t>,
    keep: Keep,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut reader = Reader::new(diagnostics);
    reader.version = document.version;
    openapi_hints::report_unknown(resolver, &mut reader);
    (reader.borrowed, reader.doubted) = parallel::join(
        || ref_properties::find(resolver),
        || format_mismatch::find(resolver, reader.diagnostics),
    );
    let events = events::find(resolver);
    reader.set_contents(events.contents);
    let mut lowering = Lowering {
        document,
        hints: openapi_hints::Shared::read(document.root, &mut reader),
        resolver,
        reader,
        api: Api::default(),
        index: SchemaIndex::new(document),
        event_kinds: events.kinds,
        declared: HashMap::new(),
        nested: 0,
        levels: 0,
        later: VecDeque::new(),
        places: (keep == Keep::Places).then(Vec::new),
        reduced: HashMap::new(),
        joined: HashMap::new(),
        parents: None,
        depth: 0,
        members_left: FEW_MEMBERS + resolver.tree.node_count(),
        is_limited: false,
    };
    lowering.api.info = lowering.info();
    lowering.api.servers = match document.version {
        Version::V20 => lowering.hosts(document.root),
        _ => lowering.servers(&document.servers),
    };
    lowering.security_schemes();
    lowering.report_foreign(document.root);
    for (name, node) in &document.components.schemas {
        lowering.component(name, *node);
    }
    lowering.operations();
    if lowering.api.base_url().is_none() && !lowering.api.operations.is_empty() {
        lowering
            .diagnostics()
            .push(codes::no_servers(document.root));
    }
    if document.version != Version::V20 {
        lowering.webhooks();
        lowering.callbacks();
    }
    lowering.finish()
}

/// The minimum number of properties that all objects may have; see `Lowering::members_left`.
const FEW_MEMBERS: usize = 20_000;

/// What lowering stores besides the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Nothing,
    /// For tools that look up the type of a schema in the document.
    Places,
}

/// The state of one lowering.
struct Lowering<'t, 'd> {
    document: &'t Document<'t>,
    hints: openapi_hints::Shared<'t>,
    resolver: Resolver<'t>,
    reader: Reader<'d>,
    api: Api,
    index: SchemaIndex<'t>,
    /// Streams with several kinds of events, by the schema of the item.
    event_kinds: HashMap<NodeId, EventKinds>,
    /// Declarations by schema node.
    declared: HashMap<NodeId, Declared>,
    /// The current nesting of declarations.
    nested: usize,
    /// The current nesting of schemas in all these declarations.
    levels: usize,
    /// Queued declarations, and whether each is inferred.
    later: VecDeque<(Node<'t>, TypeId, bool)>,
    /// The lowered schema at each node, if requested.
    places: Option<Vec<(NodeId, Schema)>>,
    /// Reduced branches of unions, by the node that contains them.
    reduced: HashMap<NodeId, Vec<Node<'t>>>,
    /// Branches that form one enum, by the first of them.
    joined: HashMap<NodeId, Vec<Node<'t>>>,
    /// Parents and their children, found on first use.
    parents: Option<ParentIndex<'t>>,
    /// The number of nested references that are being followed, to merge schemas or to compare branches.
    depth: usize,
    /// The number of properties that objects may still have before inherited ones are dropped.
    members_left: usize,
    /// Whether dropped properties were reported.
    is_limited: bool,
}

#[derive(Debug, Clone, Copy)]
struct Declared {
    id: TypeId,
    /// Whether the declared schema is nullable, and with it every use.
    nullable: bool,
}

/// The position of an inline schema, which determines the name of its type.
#[derive(Debug, Clone)]
struct Site {
    owner: Owner,
    role: Role,
    /// Inherited by every schema below.
    inferred: bool,
}

impl Site {
    fn new(owner: Owner, role: Role) -> Self {
        Site {
            owner,
            role,
            inferred: false,
        }
    }

    fn inferred(mut self, inferred: bool) -> Self {
        self.inferred |= inferred;
        self
    }

    /// Returns whether the schema is that of a whole received body.
    fn is_received(&self) -> bool {
        match (&self.owner, &self.role) {
            (_, Role::Response(_)) => true,
            (owner, Role::RequestBody) => matches!(owner, Owner::Webhook(_)),
            _ => false,
        }
    }

    /// Returns the same owner with the role of an item, value or branch.
    fn part(&self, role: impl FnOnce(Box<Role>) -> Role) -> Self {
        let role = role(Box::new(self.role.clone()));
        Site {
            owner: self.owner.clone(),
            role,
            inferred: self.inferred,
        }
    }

    fn origin(&self) -> Origin {
        Origin::Inline {
            owner: self.owner.clone(),
            role: self.role.clone(),
        }
    }
}

impl<'t> Lowering<'t, '_> {
    fn finish(mut self) -> Api {
        if let Some(places) = self.places {
            self.api.places = places;
            let declared = self.declared.into_iter();
            let declared = declared.map(|(node, declared)| (node, declared.schema()));
            self.api.places.extend(declared);
            let known: HashMap<NodeId, Schema> = self.api.places.iter().cloned().collect();
            let references = self.document.components.references();
            let places = references
                .filter_map(|(reference, schema)| Some((reference, known.get(&schema)?.clone())));
            self.api.places.extend(places);
            // A stable sort keeps a use before its declaration, and earlier uses before later ones.
            self.api.places.sort_by_key(|(node, _)| *node);
            self.api.places.dedup_by_key(|(node, _)| *node);
        }
        self.api
    }

    /// Reads a schema, or returns it if it was read before: merging, comparing branches and planning unions look at the
    /// same schemas again.
    fn read_schema(&mut self, node: Node<'t>) -> Rc<openapi::Schema<'t>> {
        let reader = &mut self.reader;
        let read = self.index.read.entry(node.id());
        let read = read.or_insert_with(|| Rc::new(openapi::Schema::read(node, reader)));
        Rc::clone(read)
    }

    /// Follows a chain of references, and reads its target.
    fn followed_schema(&mut self, node: Node<'t>) -> Option<Rc<openapi::Schema<'t>>> {
        let target = self.follow(node)?;
        Some(self.read_schema(target))
    }

    fn diagnostics(&mut self) -> &mut Diagnostics {
        self.reader.diagnostics
    }

    /// Follows a chain of references.
    fn follow(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.follow(node, self.reader.diagnostics)
    }

    /// Returns the key or file name of the component that a node refers to directly.
    fn component_key(&mut self, node: Node<'t>) -> Option<String> {
        let target = self.resolver.step(node, self.reader.diagnostics)?;
        Some(self.resolver.own_name(target).to_owned())
    }

    fn info(&mut self) -> Info {
        let Some(node) = self.document.info else {
            self.reader
                .diagnostics
                .push(codes::no_info(self.document.root));
            return Info {
                title: "API".to_owned(),
                ..Info::default()
            };
        };
        let reader = &mut self.reader;
        let title = reader.prose(node, "title");
        if title.is_none() {
            reader.diagnostics.push(codes::no_title(node));
        }
        Info {
            title: title.unwrap_or_else(|| "API".to_owned()),
            version: reader.text(node, "version").unwrap_or_default(),
            docs: Docs {
                summary: reader.prose(node, "summary"),
                description: reader.prose(node, "description"),
                external: external(self.document.root, reader),
            },
            terms_of_service: reader.prose(node, "termsOfService"),
            contact: reader.object(node, "contact").map(|contact| Contact {
                name: reader.prose(contact, "name"),
                url: reader.prose(contact, "url"),
                email: reader.prose(contact, "email"),
            }),
            license: reader.object(node, "license").map(|license| License {
                name: reader.prose(license, "name").unwrap_or_default(),
                identifier: reader.prose(license, "identifier"),
                url: reader.prose(license, "url"),
            }),
        }
    }

    /// Returns the group with this name, creating it on first use with the docs of the tag, or of the
    /// operation's own tag.
    fn group(&mut self, name: &str, own: &str) -> usize {
        if let Some(index) = self.index.groups.get(name) {
            return *index;
        }
        let tags = &self.index.tags;
        let tag = tags.get(name).or_else(|| tags.get(own)).copied();
        let docs = tag
            .map(|tag| docs(tag, &mut self.reader))
            .unwrap_or_default();
        let index = self.api.groups.len();
        self.index.groups.insert(name.to_owned(), index);
        self.api.groups.push(Group {
            name: name.to_owned(),
            is_tag: true,
            docs,
            ..Group::default()
        });
        index
    }

    /// Returns the group of operations without a tag, which `passes::resources` splits by path.
    fn group_without_tag(&mut self) -> usize {
        *self.index.untagged.get_or_insert_with(|| {
            self.api.groups.push(Group::default());
            self.api.groups.len() - 1
        })
    }

    /// Reports keys of OpenAPI 3 in a Swagger 2.0 document or operation.
    fn report_foreign(&mut self, node: Node<'t>) {
        if self.document.version == Version::V20 {
            swagger::report_foreign(node, &swagger::FOREIGN, &mut self.reader);
        }
    }

    fn next_operation(&self) -> OperationId {
        OperationId(self.api.operations.len() as u32)
    }
}

/// Reads `summary`, `description` and `externalDocs`.
fn docs(node: Node<'_>, reader: &mut Reader<'_>) -> Docs {
    Docs {
        summary: reader.prose(node, "summary"),
        description: reader.prose(node, "description"),
        external: external(node, reader),
    }
}

fn external(node: Node<'_>, reader: &mut Reader<'_>) -> Option<(String, Option<String>)> {
    let external = reader.object(node, "externalDocs")?;
    Some((
        reader.prose(external, "url")?,
        reader.prose(external, "description"),
    ))
}

/// Reads a name from `x-rust-name`, or from an extension of another generator.
fn pinned(node: Node<'_>, hints: &[&str], reader: &mut Reader<'_>) -> Option<NameOverride> {
    openapi_hints::report_ignored(node, reader);
    let exact = reader
        .prose(node, "x-rust-name")
        .map(NameOverride::described);
    exact.or_else(|| openapi_hints::name(node, hints, reader).map(NameOverride::Preferred))
}
