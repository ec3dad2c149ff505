//! Selects the nodes of a JSONPath (RFC 9535), within limits.
//!
//! A path is evaluated segment by segment, and duplicates are removed after each. A query as a whole returns a node
//! once for each way to it, which is exponential for `$..*..*..*`. Names, wildcards and `..` are evaluated on the
//! tree, the rest by `serde_json_path` on the nodes that remain.

use super::{path, pattern};
use crate::tree::{Node, NodeId};
use indexmap::IndexSet;
use path::{FilterScope, PathSegment, Selector, SplitPath};
use serde_json::Value;
use serde_json_path::{JsonPath, LocatedNodeList};
use std::collections::HashSet;

/// The remaining steps for the JSONPaths of an overlay. Reading a node costs one.
#[derive(Debug)]
pub struct StepBudget {
    left: usize,
    all: usize,
}

impl StepBudget {
    /// Creates the budget for a document. A filter reads each node once for each `..`, and sensible overlays have at
    /// most some dozens of those.
    pub fn of(nodes: usize) -> Self {
        let all = 20_000_000 + nodes.saturating_mul(50);
        StepBudget { left: all, all }
    }

    /// Takes steps. If there are too few, takes all of them and fails.
    pub fn spend(&mut self, count: usize) -> Result<(), String> {
        match self.left.checked_sub(count) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                let all = self.all;
                Err(format!("the overlay takes more than {all} steps to apply"))
            }
        }
    }

    /// Returns whether the budget is used up.
    pub fn are_spent(&self) -> bool {
        self.left == 0
    }
}

/// Returns the nodes below a root that a path selects, in its order, without duplicates.
///
/// # Errors
///
/// Returns a message if the path is invalid or exceeds `steps`.
pub fn select(root: Node<'_>, text: &str, steps: &mut StepBudget) -> Result<Vec<NodeId>, String> {
    path::check_nesting(text)?;
    let whole = JsonPath::parse(text).map_err(|fault| fault.to_string())?;
    let path = SplitPath::new(text)?;
    let found = pattern::within_limits(|| match path.names_root {
        true => select_at_once(root, &whole, &path, steps),
        false => {
            let start = vec![root.id()];
            let mut segments = path.segments.iter();
            segments.try_fold(start, |found, segment| follow(root, &found, segment, steps))
        }
    })?;
    Ok(found)
}

/// Returns the nodes that a segment selects from these nodes.
fn follow(
    root: Node<'_>,
    from: &[NodeId],
    segment: &PathSegment<'_>,
    steps: &mut StepBudget,
) -> Result<Vec<NodeId>, String> {
    let mut found = IndexSet::new();
    let mut seen = HashSet::new();
    for start in from {
        let start = root.tree().node(*start);
        if segment.descends && !seen.insert(start.id()) {
            continue;
        }
        let json = match segment.selector {
            Selector::Query(..) => {
                steps.spend(root.tree().extent(start.id()).1)?;
                Some(start.to_json())
            }
            _ => None,
        };
        let mut open = vec![(start, json.as_ref())];
        while let Some((node, json)) = open.pop() {
            steps.spend(1)?;
            apply_selector(node, json, &segment.selector, &mut found, steps)?;
            if segment.descends {
                // The stack is popped from the end; this keeps the document order.
                let parts = parts(node, json);
                open.extend(parts.rev().filter(|(part, _)| seen.insert(part.id())));
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Returns the children of a node with their JSON.
fn parts<'t, 'j>(
    node: Node<'t>,
    json: Option<&'j Value>,
) -> impl DoubleEndedIterator<Item = (Node<'t>, Option<&'j Value>)> {
    let nodes = node.members().map(|(_, part)| part).chain(node.items());
    let nodes: Vec<Node<'t>> = nodes.collect();
    let values: Vec<Option<&Value>> = match json {
        Some(Value::Object(members)) => members.values().map(Some).collect(),
        Some(Value::Array(items)) => items.iter().map(Some).collect(),
        _ => vec![None; nodes.len()],
    };
    nodes.into_iter().zip(values)
}

/// Adds the children of a node that a selector selects.
fn apply_selector(
    node: Node<'_>,
    json: Option<&Value>,
    selector: &Selector<'_>,
    found: &mut IndexSet<NodeId>,
    steps: &mut StepBudget,
) -> Result<(), String> {
    match selector {
        Selector::Name(name) => found.extend(node.get(name).map(Node::id)),
        Selector::Index(index) => found.extend(node.item(*index).map(Node::id)),
        Selector::Wildcard => {
            let parts = node.members().map(|(_, part)| part).chain(node.items());
            let before = found.len();
            found.extend(parts.map(Node::id));
            steps.spend(found.len() - before)?;
        }
        Selector::Query(query, filter) => {
            if let Some(json) = json {
                steps.spend(filter_cost(node, filter))?;
                found.extend(nodes(node, &query.query_located(json)));
            }
        }
    }
    Ok(())
}

/// Returns the cost of a filter on the children of a node.
fn filter_cost(node: Node<'_>, filter: &FilterScope) -> usize {
    match filter {
        FilterScope::None => 1,
        FilterScope::Plain => node.members().count() + node.items().len(),
        FilterScope::Deep { descends } => {
            let (levels, nodes) = node.tree().extent(node.id());
            nodes.saturating_mul(levels.saturating_pow(descends.saturating_sub(1)))
        }
    }
}

/// Returns the nodes at these locations below a node.
fn nodes<'t>(from: Node<'t>, located: &LocatedNodeList<'_>) -> Vec<NodeId> {
    let node = |location: &serde_json_path::NormalizedPath<'_>| {
        let node = location
            .iter()
            .try_fold(from, |node, step| match step.as_name() {
                Some(name) => node.get(name),
                None => node.item(step.as_index()?),
            });
        node.map(Node::id)
    };
    located.locations().filter_map(node).collect()
}

/// Evaluates a path whose filters refer to the root (`$`), so that it cannot be evaluated on parts of the document.
fn select_at_once(
    root: Node<'_>,
    query: &JsonPath,
    path: &SplitPath<'_>,
    steps: &mut StepBudget,
) -> Result<Vec<NodeId>, String> {
    let (levels, nodes_in_all) = root.tree().extent(root.id());
    let descends = path.segments.iter().filter(|segment| segment.descends);
    let mut ways = levels.saturating_pow(descends.count().saturating_sub(1) as u32);
    for segment in &path.segments {
        if let Selector::Query(_, FilterScope::Deep { descends }) = segment.selector {
            let each = levels.saturating_pow(descends.saturating_sub(1));
            ways = ways.saturating_mul(nodes_in_all).saturating_mul(each);
        }
    }
    steps.spend(nodes_in_all.saturating_mul(ways))?;
    let json = root.to_json();
    let found: IndexSet<NodeId> = nodes(root, &query.query_located(&json))
        .into_iter()
        .collect();
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::{StepBudget, nodes, select};
    use crate::diag::Diagnostics;
    use crate::tree::{FileId, NodeId, Tree};
    use indexmap::IndexSet;
    use serde_json_path::JsonPath;

    fn tree(text: &str) -> Tree {
        let mut tree = Tree::default();
        crate::yaml::load(text, FileId(0), &mut tree, &mut Diagnostics::default()).unwrap();
        tree.seal();
        tree
    }

    fn selected(tree: &Tree, path: &str) -> (Result<Vec<NodeId>, String>, usize) {
        let mut steps = StepBudget::of(tree.len());
        let found = select(tree.root(FileId(0)).unwrap(), path, &mut steps);
        (found, steps.all - steps.left)
    }

    #[test]
    fn segmentwise_evaluation_selects_the_same_nodes() {
        let tree = tree(
            "a: {b: [1, {c: x, d: [2, {c: y}]}], c: z, 'k.l': {c: 1}, \"it's\": 2}\n\
             b: [[{b: {c: x}}], {c: w, n: 3}, {n: 4}]\n'*': {c: 5}\nlimit: 3\n",
        );
        let paths = [
            "$",
            "$.a",
            "$.*",
            "$..*",
            "$..c",
            "$..b..c",
            "$..*..*",
            "$..*..c",
            "$.a.b[1].c",
            "$['a']['k.l']",
            "$[\"a\"][\"it's\"]",
            "$['*']",
            "$[*]",
            "$.b[-1]",
            "$.b[0:2]",
            "$..[0]",
            "$..[?@.c]",
            "$..[?@.c == 'x']",
            "$.a['b','c']",
            "$ .a ['b'] [1]",
            "$..[?@..c]",
            "$..[?@.n > 3 || @.c == 'w']",
            "$.b[?@.n == $.limit]",
            "$..b[?@.c]..n",
            "$..[?match(@.c, '[xy]')]",
            "$..[?search(@, 'z|w')]",
            "$..[?count(@.*) > 1]",
            "$.none.c",
            "$.a['k\\u002el']",
            "$..[ 'c' ]",
            "$..b[*][?@ == 1]",
        ];
        let root = tree.root(FileId(0)).unwrap();
        let json = root.to_json();
        for path in paths {
            let query = JsonPath::parse(path).unwrap();
            let at_once: IndexSet<NodeId> = nodes(root, &query.query_located(&json))
                .into_iter()
                .collect();
            let found = selected(&tree, path).0.unwrap();
            assert_eq!(found, at_once.into_iter().collect::<Vec<_>>(), "{path}");
        }
    }

    #[test]
    fn a_node_counts_once_after_each_segment() {
        let levels = 120;
        let text = format!("{}1{}\n", "{a: ".repeat(levels), "}".repeat(levels));
        let tree = tree(&text);
        let (found, steps) = selected(&tree, &format!("${}", "..*".repeat(10)));
        assert_eq!(found.unwrap().len(), levels - 9);
        assert!(steps < 10 * 3 * levels, "{steps}");
    }

    #[test]
    fn paths_of_names_read_few_nodes() {
        let keys: String = (0..1_000)
            .map(|i| format!("  k{i}: {{b: [1, 2]}}\n"))
            .collect();
        let tree = tree(&format!("a:\n{keys}"));
        for path in ["$.a.k999.b", "$['a']['k999'].b[1]", "$.a.k999.b[?@ == 2]"] {
            let (found, steps) = selected(&tree, path);
            assert_eq!(found.unwrap().len(), 1, "{path}");
            assert!(steps < 20, "{path}: {steps}");
        }
    }

    #[test]
    fn costly_paths_are_refused() {
        let keys: String = (0..10_000).map(|i| format!("  k{i}: p{i}\n")).collect();
        let tree = tree(&format!("a:\n{keys}"));
        let nested = format!("${}.a{}", "[?@".repeat(40), "]".repeat(40));
        let long = format!("${}", ".a".repeat(5_000));
        for (path, expected) in [
            ("$.a[?$..zzz]", "steps"),
            ("$..[?$..[?$.*]]", "steps"),
            (nested.as_str(), "nest"),
            (long.as_str(), "longer"),
            ("$.a[?match(@, 'd{1000}{1000}')]", "too large"),
            ("$.a[?match('p', @)]", "more than 1000 patterns"),
        ] {
            let fault = selected(&tree, path).0.unwrap_err();
            assert!(fault.contains(expected), "{path}: {fault}");
        }
    }

    #[test]
    fn patterns_are_those_of_the_standard() {
        let tree = tree("a: [abc, \"a\\nc\", 'a(', b]\n");
        for (filter, expected) in [
            ("match(@, 'a.c')", 1),
            ("match(@, 'b')", 1),
            ("search(@, 'b')", 2),
            ("search(@, '^a')", 3),
            ("match(@, 'a(')", 0),
            ("match(@, 1)", 0),
        ] {
            let found = selected(&tree, &format!("$.a[?{filter}]")).0.unwrap();
            assert_eq!(found.len(), expected, "{filter}");
        }
    }
}
