//! Resolves references: finds the node that a `$ref` points to, in the same file or in another.
//!
//! A reference is a URI with a JSON Pointer as its fragment (RFC 3986, RFC 6901). The pointer is parsed into steps,
//! never split at its last `/`. A fragment without `/` is an anchor. The `$id`s of schemas take precedence over
//! files.

mod name_hint;
pub mod sections;
mod suggest;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::{FileTarget, Sources, percent_decode};
use crate::tree::{Node, Tree};

/// Resolves references in the loaded files.
#[derive(Debug, Clone, Copy)]
pub struct Resolver<'t> {
    pub sources: &'t Sources,
    pub tree: &'t Tree,
}

/// The limit of consecutive references. No sensible document has a longer chain.
pub const LONGEST_CHAIN: usize = 100;

/// The limit of references inside of a pointer. Each may be tried in two ways, so the cost grows exponentially.
const MOST_DETOURS: usize = 8;

impl<'t> Resolver<'t> {
    /// Returns the node at the end of a chain of references, or the node itself if it is not a reference.
    ///
    /// Reports a chain that is unresolved, cyclic or too long, and returns `None`.
    pub fn follow(self, node: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Node<'t>> {
        let mut at = node;
        for _ in 0..LONGEST_CHAIN {
            if reference(at).is_none() {
                return Some(at);
            }
            at = self.step(at, diagnostics)?;
        }
        // After this many steps the chain is inside of its cycle, if it has one. The cycle returns here.
        let within = at;
        for _ in 0..LONGEST_CHAIN {
            at = self.step(at, diagnostics)?;
            if at.id() == within.id() {
                diagnostics.push(codes::reference_cycle(node));
                return None;
            }
        }
        diagnostics.push(codes::long_chain(node));
        None
    }

    /// Returns the target of a node's own reference, which may be a reference again.
    pub fn step(self, node: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Node<'t>> {
        let (place, text) = reference(node)?;
        match self.target(place, text, 0) {
            Ok(target) => Some(target),
            Err(diagnostic) => {
                self.report(place, text, *diagnostic, diagnostics);
                None
            }
        }
    }

    /// Reports an unresolved reference once, with a suggestion.
    pub fn report(
        self,
        place: Node<'t>,
        reference: &str,
        diagnostic: Diagnostic,
        diagnostics: &mut Diagnostics,
    ) {
        if !diagnostics.is_new(&diagnostic) {
            return;
        }
        let looks = diagnostics.suggests();
        let suggestion = looks.then(|| self.suggestion(place, reference)).flatten();
        let diagnostic = diagnostic.did_you_mean(suggestion.as_deref());
        diagnostics.push(match suggestion {
            Some(suggestion) => diagnostic.replace(place, suggestion),
            None => diagnostic,
        });
    }

    /// Returns the target of a reference. `place` is the node with its text.
    pub fn target(
        self,
        place: Node<'t>,
        reference: &str,
        depth: usize,
    ) -> Result<Node<'t>, Box<Diagnostic>> {
        if let Some(anchored) = recursive(place).filter(|_| reference == "#") {
            return Ok(anchored);
        }
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = self.resource(place, address)?;
        let nowhere = || Box::new(codes::dangling_reference(place, reference));
        let resource = resource.ok_or_else(nowhere)?;
        let Some(steps) = steps(fragment) else {
            let name = percent_decode(fragment);
            let found = self.sources.identifiers.anchor(self.tree, resource, &name);
            return found
                .map(|id| self.tree.node(id))
                .ok_or_else(|| Box::new(codes::anchor(place, fragment)));
        };
        let root = self.tree.root(resource.file());
        // Authors who set an `$id` on a component often write pointers from the root of the file anyway.
        self.descend(resource, &steps, depth)
            .or_else(|| {
                self.descend(
                    root.filter(|root| root.id() != resource.id())?,
                    &steps,
                    depth,
                )
            })
            .ok_or_else(nowhere)
    }

    /// Returns the root of the file or schema with an address.
    ///
    /// It is an error if the file does not exist, and `None` if the file could not be parsed.
    fn resource(self, place: Node<'t>, address: &str) -> Result<Option<Node<'t>>, Box<Diagnostic>> {
        let identifiers = &self.sources.identifiers;
        if address.is_empty() {
            return Ok(Some(identifiers.resource(place)));
        }
        if let Some(known) = identifiers.find(place, address) {
            return Ok(Some(known));
        }
        match self.sources.find(place.file(), address) {
            FileTarget::File(file) => Ok(self.tree.root(file)),
            FileTarget::Missing(why) => Err(Box::new(codes::missing_file(place, address, &why))),
            FileTarget::Remote => Err(Box::new(codes::remote_reference(place, address))),
            FileTarget::Refused(why) => {
                let found = codes::outside_reference(place, address, &why.to_string(), why.real());
                Err(Box::new(found))
            }
        }
    }

    fn descend(self, from: Node<'t>, steps: &[String], depth: usize) -> Option<Node<'t>> {
        steps
            .iter()
            .try_fold(from, |at, step| self.child(at, step, depth))
    }

    /// Returns a child. Follows a reference if the child is missing, because tools that bundle documents rely on it.
    fn child(self, at: Node<'t>, step: &str, depth: usize) -> Option<Node<'t>> {
        if let Some(child) = at.child(step) {
            return Some(child);
        }
        let (place, text) = reference(at)?;
        if depth >= MOST_DETOURS {
            return None;
        }
        let target = self.target(place, text, depth + 1).ok()?;
        self.child(target, step, depth + 1)
    }
}

/// Returns a node's reference with its text. Dynamic references are resolved like `$ref`, which is correct unless
/// another schema overrides the anchor (JSON Schema 2020-12, section 8.2.3.2).
pub fn reference(node: Node<'_>) -> Option<(Node<'_>, &str)> {
    let keywords = ["$ref", "$dynamicRef", "$recursiveRef"];
    keywords.into_iter().find_map(|keyword| {
        let place = node.get(keyword)?;
        Some((place, place.as_str()?))
    })
}

/// Returns the target of a `$recursiveRef`: the nearest enclosing schema with `$recursiveAnchor: true` (JSON Schema
/// 2019-09, section 8.2.4.2). Strictly it is the root of the resource, which in OpenAPI is not a schema.
fn recursive(place: Node<'_>) -> Option<Node<'_>> {
    let anchored =
        |node: &Node<'_>| node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
    let around = std::iter::successors(Some(place), |node| node.parent());
    (place.key() == Some("$recursiveRef"))
        .then(|| around.skip(1).find(anchored))
        .flatten()
}

/// Returns the unescaped steps of a JSON Pointer fragment, or `None` for an anchor.
pub(crate) fn steps(fragment: &str) -> Option<Vec<String>> {
    let pointer = percent_decode(fragment);
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let unescaped = |step: &str| match step.contains('~') {
        true => step.replace("~1", "/").replace("~0", "~"),
        false => step.to_owned(),
    };
    let steps = pointer.strip_prefix('/')?;
    Some(steps.split('/').map(unescaped).collect())
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn pointers_are_unescaped_step_by_step() {
        assert_eq!(
            steps("/paths/~1a~1%7Bid%7D/x~0y").unwrap(),
            ["paths", "/a/{id}", "x~y"]
        );
        assert_eq!(steps("").unwrap(), Vec::<String>::new());
        assert_eq!(steps("anchor"), None);
    }
}
