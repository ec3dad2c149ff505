//! What remains where several branches of an `allOf` describe one value: the narrowest scalar, or the
//! member that says most.

use super::Lowering;
use super::merge::{Merged, Property};
use crate::diag::codes;
use crate::openapi;
use crate::tree::Node;
use indexmap::map::Entry;

impl<'t> Lowering<'t, '_> {
    /// A later branch replaces an earlier one, unless it says less.
    pub(super) fn lay_over(
        &mut self,
        name: &'t str,
        mut property: Property<'t>,
        merged: &mut Merged<'t>,
    ) {
        let mut place = merged.properties.entry(name);
        if let Entry::Occupied(earlier) = &mut place {
            let earlier = earlier.get_mut();
            let says_no_more = !self.reader.is_content(property.node)
                && openapi::Schema::read(property.node, &mut self.reader).is_annotation();
            let compared = match says_no_more {
                true => Compared::Earlier,
                false => self.compare(earlier.node, property.node),
            };
            match compared {
                Compared::Earlier => {
                    earlier.others.push(property.node);
                    return;
                }
                Compared::Later => {}
                Compared::Both => {
                    property.with.clone_from(&earlier.with);
                    property.with.push(earlier.node);
                }
            }
            property.others = std::mem::take(&mut earlier.others);
            property.others.push(earlier.node);
        }
        place.insert_entry(property);
    }

    /// Which of two descriptions of a member says more. Contradictions are told.
    fn compare(&mut self, earlier: Node<'t>, later: Node<'t>) -> Compared {
        // What the text of an event's data holds says more of it than that it is a text.
        if self.reader.is_content(earlier) || self.reader.is_content(later) {
            return match self.reader.is_content(later) {
                true => Compared::Later,
                false => Compared::Earlier,
            };
        }
        let (Some(one), Some(other)) = (self.follow(earlier), self.follow(later)) else {
            return Compared::Later;
        };
        if one.id() == other.id() {
            return Compared::Later;
        }
        let inline = one.id() == earlier.id() && other.id() == later.id();
        let one = openapi::Schema::read(one, &mut self.reader);
        let other = openapi::Schema::read(other, &mut self.reader);
        let is_plain =
            |schema: &openapi::Schema<'_>| schema.all_of.is_empty() && schema.branches.is_empty();
        if !is_plain(&one) || !is_plain(&other) {
            return Compared::Later;
        }
        if !overlap(&one, &other) {
            self.diagnostics()
                .push(codes::contradicting_member(later, earlier));
            return Compared::Later;
        }
        if one.properties.is_empty() || other.properties.is_empty() {
            let says_more = rank(&one) > rank(&other) || !one.properties.is_empty();
            let scalar = one.types.is_scalar() || one.types.is_empty() || one.types.object;
            return match says_more && scalar && other.properties.is_empty() {
                true => Compared::Earlier,
                false => Compared::Later,
            };
        }
        let declared = |name: &str| other.properties.iter().any(|(known, _)| *known == name);
        // References are not laid over each other: what they lead to may lead back.
        match inline && !one.properties.iter().all(|(name, _)| declared(name)) {
            true => Compared::Both,
            false => Compared::Later,
        }
    }

    /// Whether some value may be valid for two schemas, by their types.
    pub(super) fn may_be_one(&mut self, one: Node<'t>, other: Node<'t>) -> bool {
        let (Some(one), Some(other)) = (self.follow(one), self.follow(other)) else {
            return true;
        };
        let one = openapi::Schema::read(one, &mut self.reader);
        overlap(&one, &openapi::Schema::read(other, &mut self.reader))
    }

    /// What an `allOf` of several scalars or arrays comes to; `None` where only one branch says
    /// something.
    pub(super) fn narrowest(
        &mut self,
        schema: &openapi::Schema<'t>,
    ) -> Option<Result<openapi::Schema<'t>, Node<'t>>> {
        let mut telling = self.telling(schema);
        if schema.types.is_scalar() || !schema.values.is_empty() {
            telling.push(schema.node);
        }
        match telling[..] {
            [] => None,
            [only] if only.id() != schema.node.id() => None,
            _ => Some(self.intersection(schema, &telling)),
        }
    }

    /// What values that are valid for several schemas of scalars or arrays are: the narrowest of
    /// them, with the values that all list. The error is a branch that is of another type.
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
            let (mut read, mut at) = (openapi::Schema::read(target, &mut self.reader), *branch);
            if own {
                read.all_of.clear();
            } else if listed && !(read.all_of.is_empty() && read.branches.is_empty()) {
                // Listed values are values of the others already.
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
                None => return Ok(openapi::Schema::read(at, &mut self.reader)),
                Some((known, _)) => {
                    if self.narrows(&union, known, at)? {
                        return Ok(openapi::Schema::read(at, &mut self.reader));
                    }
                }
            }
        }
        let (mut found, at) = narrowest.ok_or(schema.node)?;
        let whole = openapi::Schema::read(found.node, &mut self.reader)
            .values
            .len();
        // A component keeps its type where nothing is taken from it. The items of an array may lead back
        // to the array, so that it cannot be read again at each place.
        let is_whole = whole == found.values.len();
        let is_type = !found.values.is_empty() || found.is_array();
        if at.text("$ref").is_some() && is_whole && is_type {
            return Ok(openapi::Schema::read(at, &mut self.reader));
        }
        found.node = schema.node;
        Ok(found)
    }

    /// What an `allOf` within an `allOf` of scalars comes to, and the branch that says so.
    fn within(&mut self, node: Node<'t>) -> Option<(openapi::Schema<'t>, Node<'t>)> {
        if let Some(known) = self.index.within.get(&node.id()) {
            return known.clone();
        }
        // One that leads back to itself finds nothing there.
        self.index.within.insert(node.id(), None);
        let schema = openapi::Schema::read(node, &mut self.reader);
        let at = match self.narrowest(&schema) {
            Some(found) => found.ok(),
            None => {
                let only = self.telling(&schema).first().copied();
                only.map(|only| openapi::Schema::read(only, &mut self.reader))
            }
        };
        let found = at.and_then(|found| {
            let at = found.node;
            if found.reference.is_none() && (at.id() == node.id() || found.all_of.is_empty()) {
                return Some((found, at));
            }
            let target = self.follow(at)?;
            let read = openapi::Schema::read(target, &mut self.reader);
            match read.all_of.is_empty() {
                true => Some((read, at)),
                false => self.within(target),
            }
        });
        self.index.within.insert(node.id(), found.clone());
        found
    }

    /// Whether each branch of a union is a narrower type than a scalar beside it, which then says no
    /// more than they do. The error is the union's place, where no branch is of the scalar's type.
    fn narrows(
        &mut self,
        union: &openapi::Schema<'t>,
        scalar: &openapi::Schema<'t>,
        at: Node<'t>,
    ) -> Result<bool, Node<'t>> {
        let branches = self.branches(union);
        let fits = |branch: &&Node<'t>| {
            let target = self.follow(**branch).unwrap_or(**branch);
            let read = openapi::Schema::read(target, &mut self.reader);
            overlap(&read, scalar)
        };
        let count = branches.iter().filter(fits).count();
        match count {
            0 => Err(at),
            _ => Ok(count == branches.len() && rank(scalar) <= 1),
        }
    }
}

/// What [`Lowering::compare`] finds.
enum Compared {
    Earlier,
    Later,
    /// Each has members that the other has not.
    Both,
}

/// How much a schema says of a scalar.
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

/// Whether some value can be of the types of both.
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
