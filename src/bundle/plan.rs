//! What becomes of each reference, and where what it names is found in the bundle.

mod addresses;
mod requirements;

use super::kinds::{Kind, Layout, Spot};
use super::names::Names;
use super::unions;
use crate::diag::{Diagnostics, Place, codes};
use crate::resolve::{Resolver, reference};
use crate::tree::MAX_DEPTH;
use crate::tree::{FileId, Node, NodeId};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::Path;

/// What is written in place of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Another reference, to where the node is in the bundle.
    Point(NodeId),
    /// What the reference names.
    Inline(NodeId),
}

/// A node of another file that becomes a component.
#[derive(Debug, Clone)]
pub struct Added {
    pub name: String,
    pub node: NodeId,
}

/// The decisions, for the nodes of all files.
pub struct Plan<'t> {
    pub resolver: Resolver<'t>,
    pub layout: Layout,
    entry: FileId,
    /// By the object that has the reference, or by the text that is one itself.
    actions: HashMap<NodeId, Action>,
    /// Where nodes of other files are found first, as JSON Pointers in the bundle.
    places: HashMap<NodeId, String>,
    /// What is added to each section of the components, in the order in which it was met.
    pub added: Vec<(&'static str, Vec<Added>)>,
    /// What the mappings of discriminators have to say more, by the discriminator: values with what they
    /// stand for.
    pub mapped: HashMap<NodeId, Vec<(String, NodeId)>>,
    /// Names of security requirements that are references, by the value under the name, with the scheme.
    requirements: HashMap<NodeId, NodeId>,
    /// Addresses that are others, seen from the folder of the bundle.
    pub moved: HashMap<NodeId, String>,
    files: BTreeSet<FileId>,
}

impl<'t> Plan<'t> {
    /// Decides on all references that the root leads to.
    pub fn new(
        root: Node<'t>,
        resolver: Resolver<'t>,
        folder: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let plan = Plan {
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
        let mut walk = Walk {
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
        // What is a component by the root's own word keeps the name that it has there.
        for (node, spot) in walk.plan.layout.starts(root) {
            walk.visit(node, spot, &node.pointer());
        }
        walk.add_pending(root);
        walk.check_operations();
        walk.check_identifiers();
        let unions = std::mem::take(&mut walk.unions);
        unions::keep_values(&mut walk.plan, root, &unions);
        walk.plan
    }

    pub fn action(&self, node: Node<'_>) -> Option<Action> {
        self.actions.get(&node.id()).copied()
    }

    /// The number of files that are part of the bundle.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    pub fn node(&self, id: NodeId) -> Node<'t> {
        self.resolver.tree.node(id)
    }

    /// What a reference to a node says in the bundle; `None` for one that is not in it.
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

    /// The new text of a reference to a node.
    pub fn reference(&self, id: NodeId) -> String {
        format!("#{}", escaped(&self.pointer(id).unwrap_or_default()))
    }
}

/// A pointer as it may stand in a URI (RFC 6901, section 6).
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

/// The way over all that is going to be in the bundle.
/// A bundle that is deeper than a document may be is refused anyway.
const MOST_LEVELS: usize = 2 * MAX_DEPTH;

struct Walk<'t, 'd> {
    plan: Plan<'t>,
    /// Where the bundle goes.
    folder: &'d Path,
    diagnostics: &'d mut Diagnostics,
    seen: HashSet<NodeId>,
    /// The references in whose places is what is being walked over, from the outermost on.
    inlined: Vec<Node<'t>>,
    /// How many nodes are being walked over, each within the one before it or in its place.
    depth: usize,
    /// What is going to be a component.
    pending: VecDeque<(NodeId, Kind)>,
    waiting: HashSet<NodeId>,
    /// Texts that name an operation of another file, with the operation.
    operations: Vec<(Node<'t>, Node<'t>)>,
    /// References in a schema with an address of its own, with that schema.
    identified: Vec<(Node<'t>, Node<'t>)>,
    /// Schemas with a discriminator and branches.
    unions: Vec<Node<'t>>,
}

impl<'t> Walk<'t, '_> {
    /// Decides on the references at and below a node, which is found at `place` in the bundle.
    fn visit(&mut self, node: Node<'t>, spot: Spot, place: &str) {
        if !self.seen.insert(node.id()) {
            return;
        }
        if self.inlined.len() > MAX_DEPTH || self.depth > MOST_LEVELS {
            let what = "too many files stand in each other's place";
            let fault = codes::too_large(Place::value(node), what);
            return self.diagnostics.push(fault);
        }
        self.depth += 1;
        self.visit_within(node, spot, place);
        self.depth -= 1;
    }

    fn visit_within(&mut self, node: Node<'t>, spot: Spot, place: &str) {
        self.plan.files.insert(node.file());
        match spot {
            Spot::One(Kind::Mapping | Kind::OperationRef) => return self.text(node, spot.kind()),
            Spot::One(Kind::Address) => return self.address(node),
            Spot::One(Kind::Url) => return self.url(node, false),
            Spot::One(Kind::ServerUrl) => return self.url(node, true),
            Spot::One(Kind::Requirement) => return self.requirement(node),
            _ => self.reference(node, spot, place),
        }
        if spot.kind() == Kind::Schema && unions::is_union(node) {
            self.unions.push(node);
        }
        for (key, child) in node.members() {
            let spot = spot.member(key);
            let place = || format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
            match (spot, child.as_str()) {
                (Spot::One(kind), Some(_)) if kind.is_text() => self.visit(child, spot, &place()),
                (_, None) => self.visit(child, spot, &place()),
                // The text of a reference, and all other scalars, hold nothing.
                (_, Some(_)) => {}
            }
        }
        for (index, item) in node.items().enumerate() {
            self.visit(item, spot.item(), &format!("{place}/{index}"));
        }
    }

    /// Decides on the reference of a node that has one.
    fn reference(&mut self, node: Node<'t>, spot: Spot, place: &str) {
        // The names of a mapping are values; in all other maps a text is no member of any kind.
        let is_of_values = spot == Spot::Map(Kind::Mapping);
        let Some((at, text)) = reference(node).filter(|_| !is_of_values) else {
            return;
        };
        // Plain data may have a member of this name that is none.
        let is_plain = spot == Spot::One(Kind::Other);
        let perhaps = is_plain && (text.starts_with('#') || !is_alone(node));
        let Some(target) = self.target(at, text, perhaps) else {
            return;
        };
        let has_components = self.plan.layout.section(spot.kind()).is_some();
        let stands_for_it = matches!(spot, Spot::Component(_)) && is_alone(node);
        let points = match has_components {
            true => !stands_for_it || self.is_placed(target),
            false => self.leads_back(node, target),
        };
        if target.file() == self.plan.entry {
            self.point_home(node, text, target);
        } else if points {
            if has_components {
                self.pend(target, spot.kind());
            }
            self.point(node, target);
        } else {
            let action = Action::Inline(target.id());
            self.plan.actions.insert(node.id(), action);
            let known = self.plan.places.entry(target.id());
            known.or_insert_with(|| place.to_owned());
            self.inlined.push(node);
            self.visit(target, spot, place);
            self.inlined.pop();
        }
    }

    /// Whether a reference leads to what it stands in itself, at once or by others that are replaced.
    fn leads_back(&self, node: Node<'t>, target: Node<'t>) -> bool {
        let is_around = |inner: &Node<'t>| {
            let mut around = std::iter::successors(Some(*inner), |node| node.parent());
            around.any(|node| node.id() == target.id())
        };
        self.inlined.iter().chain([&node]).any(is_around)
    }

    /// A reference to the root's own file, which changes only where it names the file.
    fn point_home(&mut self, node: Node<'t>, text: &str, target: Node<'t>) {
        if node.file() != self.plan.entry || !text.starts_with('#') {
            self.point(node, target);
        }
    }

    /// A reference that is a mere text: of a mapping, which may also be a name, or to an operation.
    fn text(&mut self, node: Node<'t>, kind: Kind) {
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else {
            return;
        };
        let is_name = kind == Kind::Mapping && {
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
            Kind::Mapping => self.pend(target, Kind::Schema),
            // An operation of another document is in the bundle only if its path is.
            _ => self.operations.push((node, target)),
        }
        self.point(node, target);
    }

    /// What a reference names; it is told where it leads nowhere, unless it may be something else.
    fn target(&mut self, at: Node<'t>, text: &str, perhaps: bool) -> Option<Node<'t>> {
        let resolver = self.plan.resolver;
        match resolver.target(at, text, 0) {
            Ok(target) => Some(target),
            Err(_) if perhaps => None,
            Err(fault) => {
                resolver.tell(at, text, *fault, self.diagnostics);
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
            .insert(node.id(), Action::Point(target.id()));
    }

    fn is_placed(&self, target: Node<'t>) -> bool {
        self.plan.pointer(target.id()).is_some()
    }

    fn pend(&mut self, target: Node<'t>, kind: Kind) {
        if self.waiting.insert(target.id()) {
            self.pending.push_back((target.id(), kind));
        }
    }

    /// Leaves references alone that name operations which are not in the bundle.
    fn check_operations(&mut self) {
        for (node, target) in std::mem::take(&mut self.operations) {
            if !self.is_placed(target) {
                self.plan.actions.remove(&node.id());
                self.diagnostics.push(codes::bundled_operation(node));
            }
        }
    }

    /// Reports references that are looked for in a schema with an address, where the bundle has that schema.
    fn check_identifiers(&mut self) {
        for (node, identified) in std::mem::take(&mut self.identified) {
            if self.is_placed(identified) {
                let finding = codes::bundled_identifier(node, identified);
                self.diagnostics.push(finding);
            }
        }
    }

    /// Makes components of what is referred to and is not in the bundle yet.
    fn add_pending(&mut self, root: Node<'t>) {
        let mut names = Names::new(&self.plan, root);
        while let Some((id, kind)) = self.pending.pop_front() {
            let target = self.plan.node(id);
            let mut above = std::iter::successors(target.parent(), |node| node.parent());
            // A part of what is going to be a component itself is found there.
            if above.any(|node| self.waiting.contains(&node.id()) && !self.is_placed(node)) {
                self.pending.push_back((id, kind));
                continue;
            }
            let section = self.plan.layout.section(kind);
            if let Some(section) = section.filter(|_| !self.is_placed(target)) {
                let name = names.claim(section, target, self.plan.resolver);
                let place = format!("{}/{section}/{name}", self.plan.layout.pointer());
                self.plan.places.insert(id, place.clone());
                self.plan.add(section, Added { name, node: id });
                self.visit(target, Spot::Component(kind), &place);
            }
            self.waiting.remove(&id);
        }
    }
}

impl<'t> Plan<'t> {
    /// The node that stands at the place of another.
    pub fn shown(&self, id: NodeId) -> Node<'t> {
        match self.actions.get(&id) {
            Some(Action::Inline(target)) => self.shown(*target),
            _ => self.node(id),
        }
    }

    fn add(&mut self, section: &'static str, added: Added) {
        match self.added.iter_mut().find(|(known, _)| *known == section) {
            Some((_, list)) => list.push(added),
            None => self.added.push((section, vec![added])),
        }
    }
}

/// True for an object that is a reference and nothing else.
pub fn is_alone(node: Node<'_>) -> bool {
    node.members().count() == 1
}
