//! The kinds of values of each branch of a union, with nested unions expanded.

use super::{Candidate, UnionBudget};
use crate::ir::{
    Api, EnumKind, JsonKind, Object, Schema, SchemaKind, Shape, StringFormat, TypeId, Union,
};
use crate::resolve::LONGEST_CHAIN;
use serde_json::Value as Json;
use std::collections::HashSet;

/// The maximum number of nested branches that are expanded for one union.
const MOST_NESTED: usize = 10_000;

/// Returns the candidates of all branches in order, and whether expansion stopped at a limit.
pub(super) fn of<'a>(
    api: &'a Api,
    union: &'a Union,
    budget: &mut UnionBudget,
) -> (Vec<Candidate<'a>>, bool) {
    let most = MOST_NESTED.min(budget.nested);
    let mut search = CandidateSearch {
        api,
        candidates: Vec::new(),
        seen: HashSet::new(),
        nested: most,
        is_cut: false,
    };
    for (index, branch) in union.branches.iter().enumerate() {
        search.seen.clear();
        let place = Place {
            branch: index,
            within: (union, index),
            depth: 0,
        };
        search.schema(&branch.schema, place);
    }
    budget.nested -= most - search.nested;
    search.keep_enumerations_open();
    (search.candidates, search.is_cut)
}

/// The position of the schema that is being expanded.
#[derive(Clone, Copy)]
struct Place<'a> {
    branch: usize,
    within: (&'a Union, usize),
    /// The number of declarations around the schema.
    depth: usize,
}

struct CandidateSearch<'a> {
    api: &'a Api,
    candidates: Vec<Candidate<'a>>,
    /// Unions and aliases that this branch has already expanded.
    seen: HashSet<TypeId>,
    /// The number of nested branches that may still be expanded.
    nested: usize,
    is_cut: bool,
}

impl<'a> CandidateSearch<'a> {
    fn candidate(
        &mut self,
        place: Place<'a>,
        kind: JsonKind,
        rank: u8,
        object: Option<&'a Object>,
    ) {
        self.candidates.push(Candidate {
            branch: place.branch,
            within: place.within,
            kind,
            rank,
            object,
            tags: Vec::new(),
            tag_optional: false,
        });
    }

    /// Lets an integer enum match unlisted values if no other branch matches them.
    fn keep_enumerations_open(&mut self) {
        let is_plain = |candidate: &Candidate<'_>| match candidate.kind {
            JsonKind::Number => true,
            JsonKind::Integer => candidate.tags.is_empty(),
            _ => false,
        };
        if self.candidates.iter().any(is_plain) {
            return;
        }
        for candidate in &mut self.candidates {
            if candidate.kind == JsonKind::Integer {
                candidate.tags.clear();
            }
        }
    }

    fn schema(&mut self, schema: &'a Schema, place: Place<'a>) {
        let (kind, rank) = match &schema.kind {
            SchemaKind::Any | SchemaKind::Null | SchemaKind::Envelope(..) => (JsonKind::Any, 0),
            SchemaKind::External(external) => match &external.sample {
                Json::Null => (JsonKind::Any, 0),
                Json::Bool(_) => (JsonKind::Boolean, 0),
                Json::Number(_) => (JsonKind::Number, 0),
                Json::String(_) => (JsonKind::String, 2),
                Json::Array(_) => (JsonKind::Array, 0),
                Json::Object(_) => (JsonKind::Object, 0),
            },
            SchemaKind::Boolean => (JsonKind::Boolean, 0),
            SchemaKind::Integer(_) => (JsonKind::Integer, 0),
            SchemaKind::Number(_) => (JsonKind::Number, 0),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary) => (JsonKind::String, 2),
            SchemaKind::String(_) | SchemaKind::Constant(_) => (JsonKind::String, 0),
            SchemaKind::Tuple(_) => (JsonKind::Array, 0),
            SchemaKind::Array(_) => (JsonKind::Array, 1),
            SchemaKind::Map(_) => (JsonKind::Object, 0),
            SchemaKind::Declared(id) => return self.declared(*id, place),
        };
        self.candidate(place, kind, rank, None);
        if let (SchemaKind::Constant(only), Some(candidate)) =
            (&schema.kind, self.candidates.last_mut())
        {
            candidate.tags.push(only.value.clone());
        }
    }

    fn declared(&mut self, id: TypeId, place: Place<'a>) {
        match &self.api.ty(id).shape {
            Shape::Object(object) => self.candidate(place, JsonKind::Object, 0, Some(object)),
            Shape::Enum(shape) => {
                let kind = match shape.kind {
                    EnumKind::String => JsonKind::String,
                    EnumKind::Integer => JsonKind::Integer,
                    EnumKind::Scalar => JsonKind::Any,
                };
                // Tests for listed integers compare values, so they come first.
                let rank = u8::from(kind != JsonKind::Integer);
                self.candidate(place, kind, rank, None);
                if let (EnumKind::Integer, Some(candidate)) =
                    (shape.kind, self.candidates.last_mut())
                {
                    candidate.tags = shape.values.iter().map(|one| one.value.clone()).collect();
                }
            }
            Shape::Union(_) | Shape::Alias(_) if self.seen.contains(&id) => {}
            // Schemas below the limit match anything and are tried last.
            Shape::Union(_) | Shape::Alias(_) if place.depth >= LONGEST_CHAIN => {
                self.candidate(place, JsonKind::Any, 0, None);
            }
            Shape::Union(union) if union.branches.len() > self.nested => {
                self.seen.insert(id);
                self.is_cut = true;
                self.candidate(place, JsonKind::Any, 0, None);
            }
            Shape::Union(union) => {
                self.seen.insert(id);
                self.nested -= union.branches.len();
                for (index, branch) in union.branches.iter().enumerate() {
                    let inner = Place {
                        within: (union, index),
                        depth: place.depth + 1,
                        ..place
                    };
                    self.schema(&branch.schema, inner);
                }
            }
            Shape::Alias(target) => {
                self.seen.insert(id);
                let depth = place.depth + 1;
                self.schema(target, Place { depth, ..place });
            }
        }
    }
}
