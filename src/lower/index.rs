//! Lookup tables for lowering. A linear search for each operation would take quadratic time.

use crate::ir::Security;
use crate::openapi::{Document, Schema};
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Lookup tables by name and node.
pub(super) struct SchemaIndex<'t> {
    /// Schemas that were read, so that each is read once.
    pub read: HashMap<NodeId, Rc<Schema<'t>>>,
    /// Indices into `Api::groups`.
    pub groups: HashMap<String, usize>,
    /// The index in `Api::groups` of operations without a tag.
    pub untagged: Option<usize>,
    /// Operations by `operationId`, the first of several.
    pub operation_ids: HashMap<String, NodeId>,
    /// Operations that were lowered as webhooks or callbacks.
    pub webhooks: HashSet<NodeId>,
    /// Lowered `security` arrays; all operations share that of the document.
    pub security: HashMap<Option<NodeId>, Security>,
    /// Cached results of `Lowering::allows_null`.
    pub allows_null: HashMap<NodeId, bool>,
    /// Schemas whose impossible branches were reported.
    pub passed_over: HashSet<NodeId>,
    /// Cached results of `Lowering::within`.
    pub within: HashMap<NodeId, Option<(Schema<'t>, Node<'t>)>>,
    /// Tag Objects by name, the first of several.
    pub tags: HashMap<&'t str, Node<'t>>,
    /// `components/schemas`.
    pub schemas: HashMap<&'t str, Node<'t>>,
    /// Names of schemes that requirements refer to by URI; `None` if the scheme is not usable.
    pub schemes_by_uri: HashMap<NodeId, Option<String>>,
    /// The keys of `components/securitySchemes`.
    pub security_schemes: HashSet<&'t str>,
}

impl<'t> SchemaIndex<'t> {
    pub fn new(document: &Document<'t>) -> Self {
        let mut tags = HashMap::new();
        for tag in &document.tags {
            if let Some(name) = tag.text("name") {
                tags.entry(name).or_insert(*tag);
            }
        }
        let components = &document.components;
        let schemes = components.security_schemes.iter();
        SchemaIndex {
            read: HashMap::new(),
            groups: HashMap::new(),
            untagged: None,
            operation_ids: HashMap::new(),
            webhooks: HashSet::new(),
            security: HashMap::new(),
            allows_null: HashMap::new(),
            passed_over: HashSet::new(),
            within: HashMap::new(),
            tags,
            schemas: components.schemas.iter().copied().collect(),
            schemes_by_uri: HashMap::new(),
            security_schemes: schemes.map(|(name, _)| *name).collect(),
        }
    }
}
