//! Breaks cycles of unions that contain each other directly, or through aliases and envelopes.
//!
//! Such a branch adds no value, but following it would never end, and Rust would get a type that converts from
//! itself. Unions in a cycle have the same values, so the first one keeps all branches, and the others become
//! aliases.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Branch, Facts, Schema, SchemaKind, Shape, TypeId, Union};
use crate::tree::{NodeId, Tree};
use std::collections::HashMap;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    for cycle in CycleSearch::of(api).cycles {
        let (first, removed) = join(api, &cycle);
        let places = match removed {
            Some(branches) => branches,
            None => {
                let def = &mut api.types[first.0 as usize];
                def.shape = Shape::Alias(Schema::any());
                let finding = def.at.map(|at| codes::alias_cycle(tree.node(at)));
                finding
                    .into_iter()
                    .for_each(|found| diagnostics.push(found));
                continue;
            }
        };
        for at in places {
            diagnostics.push(codes::circular_branch(tree.node(at)));
        }
    }
}

/// Moves the branches of all unions in a cycle to the first, and turns the others into aliases. Returns the
/// first union and the positions of removed branches, or `None` if no branch is left.
fn join(api: &mut Api, cycle: &[TypeId]) -> (TypeId, Option<Vec<NodeId>>) {
    let is_union = |id: &&TypeId| matches!(api.ty(**id).shape, Shape::Union(_));
    let unions: Vec<TypeId> = cycle.iter().filter(is_union).copied().collect();
    let first = unions[0];
    let mut joined = Union::default();
    let mut removed = Vec::new();
    let mut places = HashMap::new();
    for id in unions {
        let def = &mut api.types[id.0 as usize];
        let mut name = Schema::new(SchemaKind::Declared(first));
        if id != first && !def.limits.is_empty() {
            let limits = std::mem::take(&mut def.limits);
            name.facts = Some(Box::new(Facts {
                limits,
                ..Facts::default()
            }));
        }
        let Shape::Union(union) = std::mem::replace(&mut def.shape, Shape::Alias(name)) else {
            continue;
        };
        let at = def.at;
        if id == first {
            joined.tag.clone_from(&union.tag);
        }
        let has_same_tag = union.tag == joined.tag;
        for (index, mut branch) in union.branches.into_iter().enumerate() {
            if target(&branch.schema).is_some_and(|target| cycle.binary_search(&target).is_ok()) {
                removed.extend(branch.at.or(at));
                continue;
            }
            if !has_same_tag {
                branch.tags.clear();
                branch.implicit_tag = None;
            }
            let place = add(&mut joined.branches, &mut places, branch);
            if has_same_tag && union.default == Some(index) {
                joined.default.get_or_insert(place);
            }
        }
    }
    let has_branches = !joined.branches.is_empty();
    api.types[first.0 as usize].shape = Shape::Union(joined);
    (first, has_branches.then_some(removed))
}

/// Adds a branch, or its tags to an existing branch of the same type. Returns its index.
fn add(
    branches: &mut Vec<Branch>,
    places: &mut HashMap<SchemaKind, usize>,
    branch: Branch,
) -> usize {
    let place = *places
        .entry(branch.schema.kind.clone())
        .or_insert(branches.len());
    let Some(known) = branches.get_mut(place) else {
        branches.push(branch);
        return place;
    };
    for tag in branch.tags {
        if !known.tags.contains(&tag) {
            known.tags.push(tag);
        }
    }
    place
}

/// Returns the declared type with the same values as the schema.
fn target(schema: &Schema) -> Option<TypeId> {
    let mut kind = &schema.kind;
    while let SchemaKind::Envelope(_, inner) = kind {
        kind = &inner.kind;
    }
    match kind {
        SchemaKind::Declared(id) => Some(*id),
        _ => None,
    }
}

/// Returns the types that have the same values as a type or a branch of it, in reverse order.
fn targets(api: &Api, id: TypeId) -> Vec<TypeId> {
    match &api.ty(id).shape {
        Shape::Union(union) => {
            let branches = union.branches.iter().rev();
            branches
                .filter_map(|branch| target(&branch.schema))
                .collect()
        }
        Shape::Alias(schema) => target(schema).into_iter().collect(),
        Shape::Object(_) | Shape::Enum(_) => Vec::new(),
    }
}

/// Tarjan's algorithm for strongly connected components, with an explicit stack because chains may be long.
struct CycleSearch {
    /// The visit number of each type, and the lowest number on the stack that it reaches.
    met: Vec<Option<(usize, usize)>>,
    count: usize,
    /// Types whose component is not complete yet.
    open: Vec<TypeId>,
    is_open: Vec<bool>,
    /// The types of each cycle, in document order.
    cycles: Vec<Vec<TypeId>>,
}

impl CycleSearch {
    fn of(api: &Api) -> Self {
        let mut search = CycleSearch {
            met: vec![None; api.types.len()],
            count: 0,
            open: Vec::new(),
            is_open: vec![false; api.types.len()],
            cycles: Vec::new(),
        };
        for id in api.type_ids() {
            if search.met[id.0 as usize].is_none() {
                search.walk(api, id);
            }
        }
        search.cycles.sort();
        search
    }

    fn walk(&mut self, api: &Api, start: TypeId) {
        let mut stack = vec![(start, self.enter(api, start))];
        while let Some((id, left)) = stack.last_mut() {
            let id = *id;
            if let Some(target) = left.pop() {
                match self.met[target.0 as usize] {
                    None => stack.push((target, self.enter(api, target))),
                    Some((number, _)) if self.is_open[target.0 as usize] => {
                        self.reach(id, number);
                    }
                    Some(_) => {}
                }
                continue;
            }
            stack.pop();
            let Some((number, earliest)) = self.met[id.0 as usize] else {
                continue;
            };
            if let Some((around, _)) = stack.last() {
                self.reach(*around, earliest);
            }
            if number == earliest {
                self.leave(api, id);
            }
        }
    }

    fn enter(&mut self, api: &Api, id: TypeId) -> Vec<TypeId> {
        self.met[id.0 as usize] = Some((self.count, self.count));
        self.count += 1;
        self.open.push(id);
        self.is_open[id.0 as usize] = true;
        targets(api, id)
    }

    fn reach(&mut self, id: TypeId, number: usize) {
        if let Some((_, earliest)) = &mut self.met[id.0 as usize] {
            *earliest = number.min(*earliest);
        }
    }

    /// Removes a complete component from the stack.
    fn leave(&mut self, api: &Api, id: TypeId) {
        let start = self.open.iter().rposition(|open| *open == id);
        let mut found = self.open.split_off(start.unwrap_or(0));
        for id in &found {
            self.is_open[id.0 as usize] = false;
        }
        found.sort();
        if found.len() > 1 || targets(api, id).contains(&id) {
            self.cycles.push(found);
        }
    }
}
