//! What a lowering looks up by name: with a search through a list for each, a document of n
//! operations would take n² steps.

use crate::ir::Security;
use crate::openapi::{Document, Schema};
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Names and places that were met, and those that the document declares.
pub(super) struct Index<'t> {
    /// The place of each group in `Api::groups`.
    pub groups: HashMap<String, usize>,
    /// The place in `Api::groups` of operations without a tag.
    pub untagged: Option<usize>,
    /// The operation that has an `operationId`; the first of several.
    pub operation_ids: HashMap<String, NodeId>,
    /// Operations that a webhook or callback was made of.
    pub webhooks: HashSet<NodeId>,
    /// What each `security` array comes to: that of the document is one for all operations.
    pub security: HashMap<Option<NodeId>, Security>,
    /// Whether null is valid for a schema that was asked.
    pub allows_null: HashMap<NodeId, bool>,
    /// Schemas whose branches were looked at for those that no value fits.
    pub passed_over: HashSet<NodeId>,
    /// What an `allOf` within an `allOf` of scalars comes to, and the branch that says so.
    pub within: HashMap<NodeId, Option<(Schema<'t>, Node<'t>)>>,
    /// The Tag Object of each name; the first of several.
    pub tags: HashMap<&'t str, Node<'t>>,
    /// `components/schemas`.
    pub schemas: HashMap<&'t str, Node<'t>>,
    /// The names of the schemes that requirements refer to by URI; `None` for one that cannot be used.
    pub schemes_by_uri: HashMap<NodeId, Option<String>>,
    /// The names in `components/securitySchemes`.
    pub security_schemes: HashSet<&'t str>,
}

impl<'t> Index<'t> {
    pub fn new(document: &Document<'t>) -> Self {
        let mut tags = HashMap::new();
        for tag in &document.tags {
            if let Some(name) = tag.text("name") {
                tags.entry(name).or_insert(*tag);
            }
        }
        let components = &document.components;
        let schemes = components.security_schemes.iter();
        Index {
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
