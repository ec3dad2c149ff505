//! Decides what happens to each reference, and where its target is in the bundle.

mod addresses;
mod requirements;

use super::kinds::{Layout, ObjectKind, ValueRole};
use super::names::ComponentNames;
use super::unions;
use crate::diag::{Diagnostics, Location, codes};
use crate::resolve::{Resolver, reference};
use crate::tree::MAX_DEPTH;
use crate::tree::{FileId, Node, NodeId};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::Path;

/// What replaces a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewrite {
    /// A reference to the node's position in the bundle.
    Point(NodeId),
    /// The node itself.
    Inline(NodeId),
}

/// A node of another file that becomes a component.
#[derive(Debug, Clone)]
pub struct AddedComponent {
    pub name: String,
    pub node: NodeId,
}

/// The decisions for the nodes of all files.
pub struct BundlePlan<'t> {
    pub resolver: Resolver<'t>,
    pub layout: Layout,
    entry: FileId,
    /// Keyed by the object with the `$ref`, or by the string that is a reference itself.
    actions: HashMap<NodeId, Rewrite>,
    /// The first position of each node of another file, as a JSON Pointer in the bundle.
    places: HashMap<NodeId, String>,
    /// The components to add to each section, in the order in which they were met.
    pub added: Vec<(&'static str, Vec<AddedComponent>)>,
    /// The mapping entries to add to each discriminator: tag and schema.
    pub mapped: HashMap<NodeId, Vec<(String, NodeId)>>,
    /// The schemes of requirements that are named by reference, keyed by the value of the requirement.
    requirements: HashMap<NodeId, NodeId>,
    /// Relative addresses to rewrite, because the bundle is in another folder.
    pub moved: HashMap<NodeId, String>,
    files: BTreeSet<FileId>,
}

impl<'t> BundlePlan<'t> {
    /// Decides on all references that are reachable from the root.
    pub fn new(
        root: Node<'t>,
        resolver: Resolver<'t>,
        folder: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let plan = BundlePlan {
            resolver,
            layout: Layout::of(root),
            entry: root.file(),
            actions: HashMap::new(),
            places: HashMap::new(),
            added: Vec::new(),
            mapped: HashMap::new(),
            requirements: HashMap::new(),
            moved: HashMap::new(),
            files: BTreeSet::from([root.file()]),
        };
        let mut walk = PlanWalk {
            plan,
            folder,
            diagnostics,
            seen: HashSet::new(),
            inlined: Vec::new(),
            depth: 0,
            pending: VecDeque::new(),
            waiting: HashSet::new(),
            operations: Vec::new(),
            identified: Vec::new(),
            unions: Vec::new(),
        };
        // Visits the root's own components first, so that they keep their names.
        for (node, role) in walk.plan.layout.starts(root) {
            walk.visit(node, role, &node.pointer());
        }
        walk.add_pending(root);
        walk.check_operations();
        walk.check_identifiers();
        let unions = std::mem::take(&mut walk.unions);
        unions::keep_implicit_tags(&mut walk.plan, root, &unions);
        walk.plan
    }

    pub fn action(&self, node: Node<'_>) -> Option<Rewrite> {
        self.actions.get(&node.id()).copied()
    }

    /// Returns the number of files in the bundle.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    pub fn node(&self, id: NodeId) -> Node<'t> {
        self.resolver.tree.node(id)
    }

    /// Returns the JSON Pointer of a node in the bundle, or `None` if it is not part of it.
    pub fn pointer(&self, id: NodeId) -> Option<String> {
        let node = self.node(id);
        if node.file() == self.entry {
            return Some(node.pointer());
        }
        let around = std::iter::successors(Some(node), |node| node.parent());
        let (placed, place) = around
            .into_iter()
            .find_map(|node| Some((node, self.places.get(&node.id())?)))?;
        let above = placed.pointer().len();
        Some(format!("{place}{}", &node.pointer()[above..]))
    }

    /// Returns the new text of a reference to a node.
    pub fn reference(&self, id: NodeId) -> String {
        format!("#{}", escaped(&self.pointer(id).unwrap_or_default()))
    }
}

/// Escapes a JSON Pointer for a URI fragment (RFC 6901, section 6).
fn escaped(pointer: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    percent_encoding::utf8_percent_encode(pointer, KEPT).to_string()
}

/// The limit of nested visits. A document deeper than `MAX_DEPTH` is refused anyway.
const MOST_LEVELS: usize = 2 * MAX_DEPTH;

struct PlanWalk<'t, 'd> {
    plan: BundlePlan<'t>,
    /// The folder of the bundle.
    folder: &'d Path,
    diagnostics: &'d mut Diagnostics,
    seen: HashSet<NodeId>,
    /// The references that are being inlined, outermost first.
    inlined: Vec<Node<'t>>,
    /// The number of nested visits, including those of inlined targets.
    depth: usize,
    /// The nodes that will become components.
    pending: VecDeque<(NodeId, ObjectKind)>,
    waiting: HashSet<NodeId>,
    /// Strings that refer to an operation of another file, with the operation.
    operations: Vec<(Node<'t>, Node<'t>)>,
    /// References inside of a schema with an `$id`, with that schema.
    identified: Vec<(Node<'t>, Node<'t>)>,
    /// Schemas with a discriminator and branches.
    unions: Vec<Node<'t>>,
}

impl<'t> PlanWalk<'t, '_> {
    /// Decides on the references at and below a node. `place` is the node's pointer in the bundle.
    fn visit(&mut self, node: Node<'t>, role: ValueRole, place: &str) {
        if !self.seen.insert(node.id()) {
            return;
        }
        if self.inlined.len() > MAX_DEPTH || self.depth > MOST_LEVELS {
            let what = "too many files consist of a reference to another file";
            let fault = codes::too_large(Location::value(node), what);
            return self.diagnostics.push(fault);
        }
        self.depth += 1;
        self.visit_within(node, role, place);
        self.depth -= 1;
    }

    fn visit_within(&mut self, node: Node<'t>, role: ValueRole, place: &str) {
        self.plan.files.insert(node.file());
        match role {
            ValueRole::One(ObjectKind::Mapping | ObjectKind::OperationRef) => {
                return self.text(node, role.kind());
            }
            ValueRole::One(ObjectKind::Address) => return self.address(node),
            ValueRole::One(ObjectKind::Url) => return self.url(node, false),
            ValueRole::One(ObjectKind::ServerUrl) => return self.url(node, true),
            ValueRole::One(ObjectKind::Requirement) => return self.requirement(node),
            _ => self.reference(node, role, place),
        }
        if role.kind() == ObjectKind::Schema && unions::is_union(node) {
            self.unions.push(node);
        }
        for (key, child) in node.members() {
            let role = role.member(key);
            let place = || format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
            match (role, child.as_str()) {
                (ValueRole::One(kind), Some(_)) if kind.is_text() => {
                    self.visit(child, role, &place())
                }
                (_, None) => self.visit(child, role, &place()),
                // `$ref` is handled above; other scalars contain no references.
                (_, Some(_)) => {}
            }
        }
        for (index, item) in node.items().enumerate() {
            self.visit(item, role.item(), &format!("{place}/{index}"));
        }
    }

    /// Decides on the reference of a node that has one.
    fn reference(&mut self, node: Node<'t>, role: ValueRole, place: &str) {
        // A mapping may have a tag called `$ref`; in all other maps it is a reference.
        let is_of_values = role == ValueRole::Map(ObjectKind::Mapping);
        let Some((at, text)) = reference(node).filter(|_| !is_of_values) else {
            return;
        };
        // Plain data may have a property called `$ref` that is not a reference.
        let is_plain = role == ValueRole::One(ObjectKind::Other);
        let perhaps = is_plain && (text.starts_with('#') || !is_alone(node));
        let Some(target) = self.target(at, text, perhaps) else {
            return;
        };
        let has_components = self.plan.layout.section(role.kind()).is_some();
        let stands_for_it = matches!(role, ValueRole::Component(_)) && is_alone(node);
        let points = match has_components {
            true => !stands_for_it || self.is_placed(target),
            false => self.leads_to_ancestor(node, target),
        };
        if target.file() == self.plan.entry {
            self.point_home(node, text, target);
        } else if points {
            if has_components {
                self.enqueue(target, role.kind());
            }
            self.point(node, target);
        } else {
            let action = Rewrite::Inline(target.id());
            self.plan.actions.insert(node.id(), action);
            let known = self.plan.places.entry(target.id());
            known.or_insert_with(|| place.to_owned());
            self.inlined.push(node);
            self.visit(target, role, place);
            self.inlined.pop();
        }
    }

    /// Returns whether a reference leads to one of its own ancestors, directly or through inlined references.
    fn leads_to_ancestor(&self, node: Node<'t>, target: Node<'t>) -> bool {
        let is_around = |inner: &Node<'t>| {
            let mut around = std::iter::successors(Some(*inner), |node| node.parent());
            around.any(|node| node.id() == target.id())
        };
        self.inlined.iter().chain([&node]).any(is_around)
    }

    /// Handles a reference into the root's own file. It changes only if it names the file.
    fn point_home(&mut self, node: Node<'t>, text: &str, target: Node<'t>) {
        if node.file() != self.plan.entry || !text.starts_with('#') {
            self.point(node, target);
        }
    }

    /// Handles a reference that is a plain string: to an operation, or in a mapping, where it may also be a name.
    fn text(&mut self, node: Node<'t>, kind: ObjectKind) {
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else {
            return;
        };
        let is_name = kind == ObjectKind::Mapping && {
            let root = self.plan.resolver.tree.root(self.plan.entry);
            let schemas = root.and_then(|root| root.get("components")?.get("schemas"));
            schemas.is_some_and(|schemas| schemas.get(text).is_some())
        };
        let target = match is_name {
            true => None,
            false => self.target(node, text, true),
        };
        let Some(target) = target else { return };
        if target.file() == self.plan.entry {
            return self.point_home(node, text, target);
        }
        match kind {
            ObjectKind::Mapping => self.enqueue(target, ObjectKind::Schema),
            // An operation of another document is in the bundle only if its path item is.
            _ => self.operations.push((node, target)),
        }
        self.point(node, target);
    }

    /// Resolves a reference. Reports an unresolved one, unless `perhaps` says that it may not be a reference.
    fn target(&mut self, at: Node<'t>, text: &str, perhaps: bool) -> Option<Node<'t>> {
        let resolver = self.plan.resolver;
        match resolver.target(at, text, 0) {
            Ok(target) => Some(target),
            Err(_) if perhaps => None,
            Err(fault) => {
                resolver.report(at, text, *fault, self.diagnostics);
                None
            }
        }
    }

    fn point(&mut self, node: Node<'t>, target: Node<'t>) {
        let resolver = self.plan.resolver;
        let identified = resolver.sources.identifiers.resource(node);
        if identified.text("$id").is_some() {
            self.identified.push((node, identified));
        }
        self.plan
            .actions
            .insert(node.id(), Rewrite::Point(target.id()));
    }

    fn is_placed(&self, target: Node<'t>) -> bool {
        self.plan.pointer(target.id()).is_some()
    }

    fn enqueue(&mut self, target: Node<'t>, kind: ObjectKind) {
        if self.waiting.insert(target.id()) {
            self.pending.push_back((target.id(), kind));
        }
    }

    /// Restores references to operations that are not in the bundle, and reports them.
    fn check_operations(&mut self) {
        for (node, target) in std::mem::take(&mut self.operations) {
            if !self.is_placed(target) {
                self.plan.actions.remove(&node.id());
                self.diagnostics.push(codes::bundled_operation(node));
            }
        }
    }

    /// Reports references that resolve against an `$id`, if the bundle contains that schema.
    fn check_identifiers(&mut self) {
        for (node, identified) in std::mem::take(&mut self.identified) {
            if self.is_placed(identified) {
                let finding = codes::bundled_identifier(node, identified);
                self.diagnostics.push(finding);
            }
        }
    }

    /// Adds components for the pending nodes that are not in the bundle yet.
    fn add_pending(&mut self, root: Node<'t>) {
        let mut names = ComponentNames::new(&self.plan, root);
        while let Some((id, kind)) = self.pending.pop_front() {
            let target = self.plan.node(id);
            let mut above = std::iter::successors(target.parent(), |node| node.parent());
            // A part of another pending component gets its position from that component.
            if above.any(|node| self.waiting.contains(&node.id()) && !self.is_placed(node)) {
                self.pending.push_back((id, kind));
                continue;
            }
            let section = self.plan.layout.section(kind);
            if let Some(section) = section.filter(|_| !self.is_placed(target)) {
                let name = names.claim(section, target, self.plan.resolver);
                let place = format!("{}/{section}/{name}", self.plan.layout.pointer());
                self.plan.places.insert(id, place.clone());
                self.plan.add(section, AddedComponent { name, node: id });
                self.visit(target, ValueRole::Component(kind), &place);
            }
            self.waiting.remove(&id);
        }
    }
}

impl<'t> BundlePlan<'t> {
    /// Returns the node that replaces this one in the bundle, or the node itself.
    pub fn shown(&self, id: NodeId) -> Node<'t> {
        match self.actions.get(&id) {
            Some(Rewrite::Inline(target)) => self.shown(*target),
            _ => self.node(id),
        }
    }

    fn add(&mut self, section: &'static str, added: AddedComponent) {
        match self.added.iter_mut().find(|(known, _)| *known == section) {
            Some((_, list)) => list.push(added),
            None => self.added.push((section, vec![added])),
        }
    }
}

/// Returns whether an object has no property besides its `$ref`.
pub fn is_alone(node: Node<'_>) -> bool {
    node.members().count() == 1
}
