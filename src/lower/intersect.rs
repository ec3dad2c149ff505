//! Intersects several branches of an `allOf` that describe one value: the narrowest scalar, or the more
//! specific property.

use super::Lowering;
use super::merge::{Merged, MergedProperty};
use crate::diag::codes;
use crate::openapi;
use crate::tree::Node;
use indexmap::map::Entry;

impl<'t> Lowering<'t, '_> {
    /// Adds a property. A later branch replaces an earlier one, unless it is less specific.
    pub(super) fn lay_over(
        &mut self,
        name: &'t str,
        mut property: MergedProperty<'t>,
        merged: &mut Merged<'t>,
    ) {
        let mut place = merged.properties.entry(name);
        if let Entry::Occupied(earlier) = &mut place {
            let earlier = earlier.get_mut();
            let says_no_more = !self.reader.is_content(property.node)
                && self.read_schema(property.node).is_annotation();
            let compared = match says_no_more {
                true => MoreSpecific::Earlier,
                false => self.compare(earlier.node, property.node),
            };
            match compared {
                MoreSpecific::Earlier => {
                    earlier.others.push(property.node);
                    return;
                }
                MoreSpecific::Later => {}
                MoreSpecific::Both => {
                    property.with.clone_from(&earlier.with);
                    property.with.push(earlier.node);
                }
            }
            property.others = std::mem::take(&mut earlier.others);
            property.others.push(earlier.node);
        }
        place.insert_entry(property);
    }

    /// Returns which of two descriptions of a property is more specific. Reports contradictions.
    fn compare(&mut self, earlier: Node<'t>, later: Node<'t>) -> MoreSpecific {
        // The schema of event data is more specific than the string that contains it.
        if self.reader.is_content(earlier) || self.reader.is_content(later) {
            return match self.reader.is_content(later) {
                true => MoreSpecific::Later,
                false => MoreSpecific::Earlier,
            };
        }
        let (Some(one), Some(other)) = (self.follow(earlier), self.follow(later)) else {
            return MoreSpecific::Later;
        };
        if one.id() == other.id() {
            return MoreSpecific::Later;
        }
        let inline = one.id() == earlier.id() && other.id() == later.id();
        let one = self.read_schema(one);
        let other = self.read_schema(other);
        let is_plain =
            |schema: &openapi::Schema<'_>| schema.all_of.is_empty() && schema.branches.is_empty();
        if !is_plain(&one) || !is_plain(&other) {
            return MoreSpecific::Later;
        }
        if !overlap(&one, &other) {
            self.diagnostics()
                .push(codes::contradictory_property(later, earlier));
            return MoreSpecific::Later;
        }
        if one.properties.is_empty() || other.properties.is_empty() {
            let says_more = rank(&one) > rank(&other) || !one.properties.is_empty();
            let scalar = one.types.is_scalar() || one.types.is_empty() || one.types.object;
            return match says_more && scalar && other.properties.is_empty() {
                true => MoreSpecific::Earlier,
                false => MoreSpecific::Later,
            };
        }
        let declared = |name: &str| other.properties.iter().any(|(known, _)| *known == name);
        // References are not merged here, because their targets may refer back.
        match inline && !one.properties.iter().all(|(name, _)| declared(name)) {
            true => MoreSpecific::Both,
            false => MoreSpecific::Later,
        }
    }

    /// Returns whether the types of two schemas overlap.
    pub(super) fn may_be_one(&mut self, one: Node<'t>, other: Node<'t>) -> bool {
        let (Some(one), Some(other)) = (self.follow(one), self.follow(other)) else {
            return true;
        };
        let one = self.read_schema(one);
        overlap(&one, &self.read_schema(other))
    }

    /// Returns the intersection of an `allOf` of scalars or arrays, or `None` if only one branch is meaningful.
    pub(super) fn narrowest(
        &mut self,
        schema: &openapi::Schema<'t>,
    ) -> Option<Result<openapi::Schema<'t>, Node<'t>>> {
        let mut meaningful = self.meaningful(schema);
        if schema.types.is_scalar() || !schema.values.is_empty() {
            meaningful.push(schema.node);
        }
        match meaningful[..] {
            [] => None,
            [only] if only.id() != schema.node.id() => None,
            _ => Some(self.intersection(schema, &meaningful)),
        }
    }

    /// Returns the narrowest of several schemas of scalars or arrays, with the values that all of them list.
    /// The error is a branch of another type.
    fn intersection(
        &mut self,
        schema: &openapi::Schema<'t>,
        branches: &[Node<'t>],
    ) -> Result<openapi::Schema<'t>, Node<'t>> {
        let mut narrowest: Option<(openapi::Schema<'t>, Node<'t>)> = None;
        let mut unions = Vec::new();
        let lists = |node: &Node<'t>| node.get("enum").or(node.get("const")).is_some();
        let listed = branches.iter().any(lists);
        for branch in branches {
            let own = branch.id() == schema.node.id();
            let target = if own {
                *branch
            } else {
                self.follow(*branch).ok_or(*branch)?
            };
            let (mut read, mut at) = ((*self.read_schema(target)).clone(), *branch);
            if own {
                read.all_of.clear();
            } else if listed && !(read.all_of.is_empty() && read.branches.is_empty()) {
                // Listed values already satisfy the other branches.
                continue;
            } else if !read.all_of.is_empty() {
                (read, at) = self.within(target).ok_or(*branch)?;
            }
            if !own && !read.branches.is_empty() {
                unions.push((read, at));
                continue;
            }
            narrowest = Some(match narrowest {
                None => (read, at),
                Some((known, known_at)) => {
                    if !overlap(&known, &read) {
                        return Err(*branch);
                    }
                    let later = rank(&read) >= rank(&known);
                    let (mut kept, other) = if later { (read, known) } else { (known, read) };
                    if !other.values.is_empty() && !kept.values.is_empty() {
                        let listed: Vec<_> =
                            other.values.iter().map(|node| node.to_json()).collect();
                        kept.values
                            .retain(|value| listed.contains(&value.to_json()));
                    }
                    (kept, if later { at } else { known_at })
                }
            });
        }
        for (union, at) in unions {
            match &narrowest {
                None => return Ok((*self.read_schema(at)).clone()),
                Some((known, _)) => {
                    if self.narrows(&union, known, at)? {
                        return Ok((*self.read_schema(at)).clone());
                    }
                }
            }
        }
        let (mut found, at) = narrowest.ok_or(schema.node)?;
        let whole = self.read_schema(found.node).values.len();
        // A component keeps its own type if nothing restricts it. Array items may refer back to the array, so
        // they cannot be inlined.
        let is_whole = whole == found.values.len();
        let is_type = !found.values.is_empty() || found.is_array();
        if at.text("$ref").is_some() && is_whole && is_type {
            return Ok((*self.read_schema(at)).clone());
        }
        found.node = schema.node;
        Ok(found)
    }

    /// Returns the intersection of an `allOf` inside another, and the branch that determines it.
    fn within(&mut self, node: Node<'t>) -> Option<(openapi::Schema<'t>, Node<'t>)> {
        if let Some(known) = self.index.within.get(&node.id()) {
            return known.clone();
        }
        // Stops the recursion of an `allOf` that contains itself.
        self.index.within.insert(node.id(), None);
        let schema = self.read_schema(node);
        let at = match self.narrowest(&schema) {
            Some(found) => found.ok(),
            None => {
                let only = self.meaningful(&schema).first().copied();
                only.map(|only| (*self.read_schema(only)).clone())
            }
        };
        let found = at.and_then(|found| {
            let at = found.node;
            if found.reference.is_none() && (at.id() == node.id() || found.all_of.is_empty()) {
                return Some((found, at));
            }
            let target = self.follow(at)?;
            let read = self.read_schema(target);
            match read.all_of.is_empty() {
                true => Some(((*read).clone(), at)),
                false => self.within(target),
            }
        });
        self.index.within.insert(node.id(), found.clone());
        found
    }

    /// Returns whether every branch of a union is narrower than the scalar next to it. The error is the union,
    /// if no branch has the scalar's type.
    fn narrows(
        &mut self,
        union: &openapi::Schema<'t>,
        scalar: &openapi::Schema<'t>,
        at: Node<'t>,
    ) -> Result<bool, Node<'t>> {
        let branches = self.branches(union);
        let fits = |branch: &&Node<'t>| {
            let target = self.follow(**branch).unwrap_or(**branch);
            let read = self.read_schema(target);
            overlap(&read, scalar)
        };
        let count = branches.iter().filter(fits).count();
        match count {
            0 => Err(at),
            _ => Ok(count == branches.len() && rank(scalar) <= 1),
        }
    }
}

/// The result of [`Lowering::compare`].
enum MoreSpecific {
    Earlier,
    Later,
    /// Each declares properties that the other does not.
    Both,
}

/// Ranks how specific a scalar schema is.
fn rank(schema: &openapi::Schema<'_>) -> u8 {
    match (
        schema.values.is_empty(),
        schema.format,
        schema.types.is_empty(),
    ) {
        (false, _, _) => 3,
        (_, Some(_), _) => 2,
        (_, _, false) => 1,
        _ => 0,
    }
}

/// Returns whether the types of two schemas overlap.
fn overlap(one: &openapi::Schema<'_>, other: &openapi::Schema<'_>) -> bool {
    let (a, b) = (one.types, other.types);
    let numbers = (a.integer || a.number) && (b.integer || b.number);
    a.is_empty()
        || b.is_empty()
        || numbers
        || a.boolean && b.boolean
        || a.string && b.string
        || a.array && b.array
        || a.object && b.object
}
