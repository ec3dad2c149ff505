//! References: `$ref` to the node that it names, in the same file or in one beside it.
//!
//! A reference is a URI with a JSON Pointer as its fragment (RFC 3986, RFC 6901); it is taken apart
//! and walked step by step, never cut at its last `/`. A fragment without a `/` is an anchor. Before
//! a file is looked for, the address is compared with those that schemas give themselves.

mod name_hint;
pub mod sections;
mod suggest;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::{Found, Sources, percent_decode};
use crate::tree::{Node, Tree};

/// Follows references over the loaded files.
#[derive(Debug, Clone, Copy)]
pub struct Resolver<'t> {
    pub sources: &'t Sources,
    pub tree: &'t Tree,
}

/// No chain of references in a sensible document is longer.
pub const LONGEST_CHAIN: usize = 100;

/// How many references a pointer may pass on its way: each may be tried in two ways.
const MOST_DETOURS: usize = 8;

impl<'t> Resolver<'t> {
    /// The node at the end of the chain of references that starts here; the node itself when it is
    /// no reference. `None` with a diagnostic when the chain leads nowhere or back to itself.
    pub fn follow(self, node: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Node<'t>> {
        let mut at = node;
        for _ in 0..LONGEST_CHAIN {
            if reference(at).is_none() {
                return Some(at);
            }
            at = self.step(at, diagnostics)?;
        }
        // A circle comes back to where it is by now within as many steps again.
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

    /// The node that this node's own reference names, itself perhaps a reference.
    pub fn step(self, node: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Node<'t>> {
        let (place, text) = reference(node)?;
        match self.target(place, text, 0) {
            Ok(target) => Some(target),
            Err(diagnostic) => {
                self.tell(place, text, *diagnostic, diagnostics);
                None
            }
        }
    }

    /// Tells of a reference that leads nowhere, once, with what was most likely meant.
    pub fn tell(
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
        let meant = looks.then(|| self.meant(place, reference)).flatten();
        let diagnostic = diagnostic.did_you_mean(meant.as_deref());
        diagnostics.push(match meant {
            Some(meant) => diagnostic.replace(place, meant),
            None => diagnostic,
        });
    }

    /// The node that a reference text names; `place` is where the text stands.
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
        // Whoever gives a component an `$id` often goes on to write pointers from the file's root.
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

    /// The root of the file or of the schema that an address names; the outer error when there is no
    /// such file, the inner `None` when it could not be parsed.
    fn resource(self, place: Node<'t>, address: &str) -> Result<Option<Node<'t>>, Box<Diagnostic>> {
        let identifiers = &self.sources.identifiers;
        if address.is_empty() {
            return Ok(Some(identifiers.resource(place)));
        }
        if let Some(known) = identifiers.find(place, address) {
            return Ok(Some(known));
        }
        match self.sources.find(place.file(), address) {
            Found::File(file) => Ok(self.tree.root(file)),
            Found::Missing(why) => Err(Box::new(codes::missing_file(place, address, &why))),
            Found::Remote => Err(Box::new(codes::remote_reference(place, address))),
            Found::Refused(why) => {
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

    /// One step down; a reference on the way is followed, as tools that bundle documents rely on it.
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

/// A node's reference with its text. The dynamic kinds lead where the plain kind does, as far as that
/// follows from the text alone (JSON Schema 2020-12, section 8.2.3.2).
pub fn reference(node: Node<'_>) -> Option<(Node<'_>, &str)> {
    let keywords = ["$ref", "$dynamicRef", "$recursiveRef"];
    keywords.into_iter().find_map(|keyword| {
        let place = node.get(keyword)?;
        Some((place, place.as_str()?))
    })
}

/// The schema that a `$recursiveRef` leads back to: the nearest one around it that says with
/// `$recursiveAnchor` that it is meant (JSON Schema 2019-09, section 8.2.4.2). By the letter that is
/// the root of the resource, which in an OpenAPI document is no schema at all.
fn recursive(place: Node<'_>) -> Option<Node<'_>> {
    let anchored =
        |node: &Node<'_>| node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
    let around = std::iter::successors(Some(place), |node| node.parent());
    (place.key() == Some("$recursiveRef"))
        .then(|| around.skip(1).find(anchored))
        .flatten()
}

/// The steps of a JSON Pointer fragment, unescaped; `None` for an anchor.
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
