//! Document to IR: what each object means, with references followed and versions forgotten.
//!
//! `schema.rs` and its neighbours make types, `operation.rs` makes operations and webhooks, this
//! file makes the rest and holds what they share.

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
use crate::openapi::{Document, Reader, Version, swagger};
use crate::parallel;
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Node, NodeId};
use index::Index;
use parents::Families;
use std::collections::{HashMap, VecDeque};

/// Lowers a whole document; with `Keep::Places`, what became of each schema is kept in
/// [`Api::places`].
pub fn lower<'t>(
    document: &'t Document<'t>,
    resolver: Resolver<'t>,
    keep: Keep,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut reader = Reader::new(diagnostics);
    reader.version = document.version;
    openapi_hints::tell_unknown(resolver, &mut reader);
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
        index: Index::new(document),
        event_kinds: events.kinds,
        declared: HashMap::new(),
        nested: 0,
        levels: 0,
        later: VecDeque::new(),
        places: (keep == Keep::Places).then(Vec::new),
        reduced: HashMap::new(),
        joined: HashMap::new(),
        families: None,
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

/// How many members all objects may have in any case; see `Lowering::members_left`.
const FEW_MEMBERS: usize = 20_000;

/// What a lowering keeps beside the API itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Nothing,
    /// For tools that ask which type stands for a schema of the document.
    Places,
}

/// The state of one lowering.
struct Lowering<'t, 'd> {
    document: &'t Document<'t>,
    hints: openapi_hints::Shared<'t>,
    resolver: Resolver<'t>,
    reader: Reader<'d>,
    api: Api,
    index: Index<'t>,
    /// Streams of events of several kinds, by the schemas of their items.
    event_kinds: HashMap<NodeId, EventKinds>,
    /// Schemas that have a declaration already, by their node.
    declared: HashMap<NodeId, Declared>,
    /// How many declarations are being made, each within the one before it.
    nested: usize,
    /// How many schemas are being read, each within the one before it, over all these declarations.
    levels: usize,
    /// Declarations that are to be made, with whether they are inferred.
    later: VecDeque<(Node<'t>, TypeId, bool)>,
    /// What became of the schema at each node, where that is asked for.
    places: Option<Vec<(NodeId, Schema)>>,
    /// What is left of the branches of a union, by the node that has them.
    reduced: HashMap<NodeId, Vec<Node<'t>>>,
    /// Branches that are one enumeration, by the first of them.
    joined: HashMap<NodeId, Vec<Node<'t>>>,
    /// What `parents` finds, when it is first asked for.
    families: Option<Families<'t>>,
    /// How many references have been followed one within the other, to lay schemas over each other
    /// or to tell branches apart.
    depth: usize,
    /// How many members the objects may have before those that they inherit are left out.
    members_left: usize,
    /// Whether that was told.
    is_limited: bool,
}

#[derive(Debug, Clone, Copy)]
struct Declared {
    id: TypeId,
    /// The declared schema itself allows null, so every use of it does.
    nullable: bool,
}

/// Where an inline schema stands: what its type is named after and what it inherits.
#[derive(Debug, Clone)]
struct Site {
    owner: Owner,
    role: Role,
    /// Everything below an inferred schema is inferred.
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

    /// Whether the schema is that of a whole body that the client receives.
    fn is_received(&self) -> bool {
        match (&self.owner, &self.role) {
            (_, Role::Response(_)) => true,
            (owner, Role::RequestBody) => matches!(owner, Owner::Webhook(_)),
            _ => false,
        }
    }

    /// The same owner with the role of a part: an item, a value, a branch.
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
            // A stable sort: a use comes before the declaration, and the first use before later ones.
            self.api.places.sort_by_key(|(node, _)| *node);
            self.api.places.dedup_by_key(|(node, _)| *node);
        }
        self.api
    }

    fn diagnostics(&mut self) -> &mut Diagnostics {
        self.reader.diagnostics
    }

    /// The node at the end of a chain of references, or the node itself.
    fn follow(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.follow(node, self.reader.diagnostics)
    }

    /// What a component is called that a node refers to, in one step: by its key, or by its file.
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

    /// The group of a name, made when it is first asked for, with the prose of the tag of that name, or
    /// of the operation's own.
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

    /// The group of all operations without a tag, until `passes::resources` asks their paths.
    fn group_without_tag(&mut self) -> usize {
        *self.index.untagged.get_or_insert_with(|| {
            self.api.groups.push(Group::default());
            self.api.groups.len() - 1
        })
    }

    /// Reports members of a Swagger 2.0 document, or of an operation in one, that only OpenAPI 3 has.
    fn report_foreign(&mut self, node: Node<'t>) {
        if self.document.version == Version::V20 {
            swagger::report_foreign(node, &swagger::FOREIGN, &mut self.reader);
        }
    }

    fn next_operation(&self) -> OperationId {
        OperationId(self.api.operations.len() as u32)
    }
}

/// The prose of an object that has `summary`, `description` and `externalDocs`.
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

/// A name that the description's author wants in Rust, or in any language by one of these extensions.
fn pinned(node: Node<'_>, hints: &[&str], reader: &mut Reader<'_>) -> Option<NameOverride> {
    openapi_hints::tell_ignored(node, reader);
    let exact = reader
        .prose(node, "x-rust-name")
        .map(NameOverride::described);
    exact.or_else(|| openapi_hints::name(node, hints, reader).map(NameOverride::Preferred))
}
