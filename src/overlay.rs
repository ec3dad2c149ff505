//! Applies overlays (Overlay Specification 1.0 and 1.1) to the tree, before anything else reads it.

use crate::diag::{Diagnostics, Location, codes};
use crate::tree::{self, FileId, Kind, MAX_DEPTH, Node, NodeId, Tree};
use select::StepBudget;
use std::collections::BTreeSet;

mod path;
mod pattern;
mod select;

/// The limit of nodes that an overlay adds. A few `copy` actions can grow a document exponentially.
const MOST_ADDED: usize = 2_000_000;

/// Applies the actions of an overlay, in order, to the document in another file.
///
/// An action that cannot be applied is reported, and the others are still applied.
pub fn apply(tree: &mut Tree, target: FileId, overlay: FileId, diagnostics: &mut Diagnostics) {
    let nodes = tree.len();
    let mut steps = StepBudget::of(nodes);
    for action in actions(tree, overlay, diagnostics) {
        let result = Editor {
            tree,
            document: target,
            diagnostics,
            steps: &mut steps,
            most_nodes: nodes + MOST_ADDED,
        }
        .action(action);
        if let Err(fault) = result {
            diagnostics.push(*fault);
        }
        tree.seal();
        if steps.are_spent() {
            break;
        }
    }
}

type OverlayFault = Box<crate::diag::Diagnostic>;

/// An action, by its nodes.
#[derive(Debug, Clone, Copy)]
struct OverlayAction {
    target: NodeId,
    change: ActionKind,
    /// Whether the overlay is version 1.0, which changes only objects and arrays.
    is_first: bool,
}

#[derive(Debug, Clone, Copy)]
enum ActionKind {
    Update(NodeId),
    Copy(NodeId),
    Remove,
}

/// Returns the actions of an overlay. Malformed ones are reported and skipped.
fn actions(tree: &Tree, overlay: FileId, diagnostics: &mut Diagnostics) -> Vec<OverlayAction> {
    // A file that could not be parsed was already reported.
    let Some(root) = tree.root(overlay) else {
        return Vec::new();
    };
    let version = version(root, diagnostics);
    if !version.starts_with("1.") {
        let what = "this file is not an overlay: `overlay: 1.0.0` or `overlay: 1.1.0` is missing";
        diagnostics.push(codes::invalid_overlay(
            root.get("overlay").unwrap_or(root),
            what,
        ));
        return Vec::new();
    }
    report_deviations(root, diagnostics);
    let is_first = version.starts_with("1.0");
    if !is_first && !version.starts_with("1.1") {
        let what = "unknown version of the Overlay Specification; sdkgen reads it as 1.1";
        let place = Location::value(root.get("overlay").unwrap_or(root));
        diagnostics.push(codes::overlay_deviation(place, what));
    }
    let mut actions = Vec::new();
    let listed = root.get("actions").unwrap_or(root);
    if listed.kind() != Kind::Array {
        diagnostics.push(codes::invalid_overlay(listed, "`actions` must be a list"));
    }
    for node in listed.items() {
        match action(node, is_first) {
            Ok(action) => actions.push(action),
            Err(fault) => diagnostics.push(*fault),
        }
        if let Some(copy) = node.get("copy").filter(|_| is_first) {
            let what = "`copy` requires `overlay: 1.1.0`";
            diagnostics.push(codes::overlay_deviation(Location::key(copy), what));
        }
    }
    actions
}

/// Returns the version that an overlay declares. Without quotes it is a number.
fn version(root: Node<'_>, diagnostics: &mut Diagnostics) -> String {
    match root.get("overlay") {
        Some(number) if number.kind() == Kind::Number => {
            let what = "the version must be a string of three numbers, such as `overlay: 1.1.0`";
            diagnostics.push(codes::overlay_deviation(Location::value(number), what));
            number.to_json().to_string()
        }
        other => other.and_then(Node::as_str).unwrap_or_default().to_owned(),
    }
}

/// Reports deviations from the specification outside of the actions.
fn report_deviations(root: Node<'_>, diagnostics: &mut Diagnostics) {
    let known = ["overlay", "info", "extends", "actions"];
    for (key, value) in root.members() {
        if !known.contains(&key) && !key.starts_with("x-") {
            let what = format!(
                "unknown key `{key}` of an overlay; expected one of {}",
                known.join(", ")
            );
            diagnostics.push(codes::overlay_deviation(Location::key(value), &what));
        }
    }
    let info = root.get("info");
    let is_there = |key: &&str| info.and_then(|info| info.get(key)).is_some();
    if let Some(missing) = ["title", "version"].iter().find(|key| !is_there(key)) {
        let place = info.map_or(Location::value(root), Location::key);
        let what = format!("missing `{missing}` in `info`");
        diagnostics.push(codes::overlay_deviation(place, &what));
    }
    let actions = root
        .get("actions")
        .filter(|list| list.kind() == Kind::Array);
    if let Some(empty) = actions.filter(|list| list.items().len() == 0) {
        let what = "an overlay must have at least one action";
        diagnostics.push(codes::overlay_deviation(Location::value(empty), what));
    }
}

fn action(node: Node<'_>, is_first: bool) -> Result<OverlayAction, OverlayFault> {
    let known = ["target", "description", "update", "copy", "remove"];
    let unknown = |key: &str| !known.contains(&key) && !key.starts_with("x-");
    if let Some((key, value)) = node.members().find(|(key, _)| unknown(key)) {
        let what = format!(
            "unknown key `{key}` of an action; expected one of {}",
            known.join(", ")
        );
        return Err(Box::new(codes::invalid_overlay(value, &what)));
    }
    let target = node
        .get("target")
        .filter(|target| target.as_str().is_some());
    let target = target.ok_or_else(|| {
        let what = "an action must have a `target`, which is a JSONPath";
        Box::new(codes::invalid_overlay(node, what))
    })?;
    let removes = node.get("remove").and_then(Node::as_bool) == Some(true);
    let change = match (node.get("update"), node.get("copy")) {
        _ if removes => ActionKind::Remove,
        (Some(update), None) => ActionKind::Update(update.id()),
        (None, Some(copy)) => ActionKind::Copy(copy.id()),
        _ => {
            let what = "an action must have one of `update`, `copy` and `remove: true`";
            return Err(Box::new(codes::invalid_overlay(node, what)));
        }
    };
    Ok(OverlayAction {
        target: target.id(),
        change,
        is_first,
    })
}

/// A document that is being changed.
struct Editor<'a> {
    tree: &'a mut Tree,
    document: FileId,
    diagnostics: &'a mut Diagnostics,
    steps: &'a mut StepBudget,
    /// The limit of nodes, including added ones.
    most_nodes: usize,
}

impl Editor<'_> {
    fn action(&mut self, action: OverlayAction) -> Result<(), OverlayFault> {
        let targets = self.select(action.target)?;
        if targets.is_empty() {
            let target = self.tree.node(action.target);
            self.diagnostics.push(codes::overlay_without_effect(target));
        }
        let is_scalar = |target: &NodeId| is_scalar(self.kind(*target));
        if action.is_first && targets.iter().any(is_scalar) {
            let place = Location::value(self.tree.node(action.target));
            let what = "only `overlay: 1.1.0` can change values other than objects and arrays";
            self.diagnostics.push(codes::overlay_deviation(place, what));
        }
        self.report_mixed_kinds(&targets, action);
        let update = match action.change {
            ActionKind::Remove => {
                return self.remove(&targets, action);
            }
            ActionKind::Update(update) => update,
            ActionKind::Copy(path) => match self.select(path)?[..] {
                // Copies the node first, because it may contain the target.
                [only] => {
                    self.check_size(only, 0)?;
                    self.tree.copy(only, tree::InsertAt::Nowhere(self.document))
                }
                ref found => {
                    let what = format!(
                        "it selects {} nodes, but must select exactly one",
                        found.len()
                    );
                    let path = self.tree.node(path);
                    return Err(Box::new(codes::overlay_path(path, &what)));
                }
            },
        };
        targets.into_iter().try_for_each(|target| {
            let is_list = self.kind(target) == Kind::Array;
            match is_list && self.kind(update) != Kind::Array {
                true => self.insert(update, tree::InsertAt::Item(target), target),
                false => self.merge(target, update),
            }
        })
    }

    /// Reports an action on values of several kinds, which the Overlay Specification 1.1 forbids (Action Object). It
    /// is applied anyway.
    fn report_mixed_kinds(&mut self, targets: &[NodeId], action: OverlayAction) {
        let kind = |target: &NodeId| match self.kind(*target) {
            Kind::Object => 0,
            Kind::Array => 1,
            _ => 2,
        };
        let kinds: BTreeSet<i32> = targets.iter().map(kind).collect();
        if kinds.len() > 1 && !matches!(action.change, ActionKind::Remove) {
            let place = Location::value(self.tree.node(action.target));
            let what = "an action must select only objects, only arrays, or only other values";
            self.diagnostics.push(codes::overlay_deviation(place, what));
        }
    }

    /// Returns the nodes of the document that a JSONPath selects, in its order, without duplicates.
    fn select(&mut self, path: NodeId) -> Result<Vec<NodeId>, OverlayFault> {
        let path = self.tree.node(path);
        let Some(root) = self.tree.root(self.document) else {
            return Ok(Vec::new());
        };
        let text = path.as_str().unwrap_or_default();
        let found = select::select(root, text, self.steps);
        found.map_err(|what| Box::new(codes::overlay_path(path, &what)))
    }

    fn kind(&self, id: NodeId) -> Kind {
        self.tree.node(id).kind()
    }

    fn remove(&mut self, targets: &[NodeId], action: OverlayAction) -> Result<(), OverlayFault> {
        let at = self.tree.node(action.target);
        let nodes = || targets.iter().map(|target| self.tree.node(*target));
        if nodes().any(|node| node.parent().is_none()) {
            let what = "the root of a document cannot be removed";
            return Err(Box::new(codes::overlay_mismatch(at, at, what)));
        }
        // Removing an item renumbers the items after it, which takes time.
        let lists: BTreeSet<NodeId> = nodes().filter_map(Node::parent).map(Node::id).collect();
        let moved = lists.iter().map(|list| self.tree.node(*list).items().len());
        let spent = self.steps.spend(moved.sum());
        spent.map_err(|what| codes::overlay_path(at, &what))?;
        self.tree.remove(targets);
        Ok(())
    }

    /// Merges as the specification requires: objects by property, arrays by appending, other values by replacing.
    fn merge(&mut self, target: NodeId, update: NodeId) -> Result<(), OverlayFault> {
        match (self.kind(target), self.kind(update)) {
            (Kind::Object, Kind::Object) => {
                for (key, part) in self.tree.parts(update) {
                    let key = key.unwrap_or_default();
                    match self.tree.node(target).get(&key).map(Node::id) {
                        Some(known) => self.merge(known, part)?,
                        None => {
                            self.insert(part, tree::InsertAt::Member(target, key, None), target)?
                        }
                    }
                }
                Ok(())
            }
            (Kind::Array, Kind::Array) => {
                let parts = self.tree.parts(update).into_iter();
                parts
                    .map(|(_, part)| part)
                    .try_for_each(|part| self.insert(part, tree::InsertAt::Item(target), target))
            }
            (old, new) if is_scalar(old) && is_scalar(new) => {
                self.tree.overwrite(target, update);
                Ok(())
            }
            // An example in the specification has properties without a value.
            (_, Kind::Null) => {
                let place = Location::value(self.tree.node(update));
                let what = "the update has no value here, so the existing value is unchanged";
                self.diagnostics.push(codes::overlay_deviation(place, what));
                Ok(())
            }
            (old, new) => {
                let (target, update) = (self.tree.node(target), self.tree.node(update));
                let what = format!(
                    "{} cannot be merged into {}",
                    new.describe(),
                    old.describe()
                );
                Err(Box::new(codes::overlay_mismatch(update, target, &what)))
            }
        }
    }

    /// Copies a node to a position inside of `around`, unless the document would become too large.
    fn insert(
        &mut self,
        part: NodeId,
        place: tree::InsertAt,
        around: NodeId,
    ) -> Result<(), OverlayFault> {
        let above = std::iter::successors(Some(self.tree.node(around)), |node| node.parent());
        self.check_size(part, above.count())?;
        self.tree.copy(part, place);
        Ok(())
    }

    /// Fails if a copy of a node, with `above` levels around it, would make the document too deep or too large.
    fn check_size(&mut self, part: NodeId, above: usize) -> Result<(), OverlayFault> {
        let (levels, nodes) = self.tree.extent(part);
        let is_costly = self.steps.spend(nodes).is_err();
        if above + levels > MAX_DEPTH || self.tree.len() + nodes > self.most_nodes || is_costly {
            let place = Location::value(self.tree.node(part));
            let what = "the overlay makes the document too deep or too large";
            return Err(Box::new(codes::too_large(place, what)));
        }
        Ok(())
    }
}

fn is_scalar(kind: Kind) -> bool {
    !matches!(kind, Kind::Array | Kind::Object)
}

#[cfg(test)]
mod tests;
