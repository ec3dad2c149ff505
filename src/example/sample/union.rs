//! Generates samples of unions that only one branch matches, if possible.

use super::label::SampleLabel;
use super::rules::by_tag;
use super::{MAX_VALUES, Optional, Sampler};
use crate::ir::{Schema, Union};
use serde_json::{Map, Value as Json};

/// The maximum number of branches that are tried.
const MAX_TRIES: usize = 12;

impl<'a> Sampler<'a> {
    /// Returns a value of the branch that `given` matches, else of the first branch whose value no other
    /// matches and that does not lead to a cycle.
    pub(super) fn union(
        &mut self,
        union: &'a Union,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        let takes = given.and_then(|given| {
            let fitting = self.validator.branches(union, given);
            fitting.first().copied().or_else(|| by_tag(union, given))
        });
        if let Some(index) = takes {
            return self.branch(union, index, given, label);
        }
        let open = |index: &usize| !self.closes(&union.branches[*index].schema);
        let mut order: Vec<usize> = (0..union.branches.len()).filter(open).collect();
        if order.is_empty() && !union.branches.is_empty() {
            order.push(0);
        }
        order.truncate(MAX_TRIES);
        // Discarded attempts do not count towards the sample.
        let before = (self.values, self.left.bytes);
        let mut first = None;
        for index in &order {
            let value = self.branch(union, *index, None, label);
            if self.is_unambiguous(union, &value) {
                return value;
            }
            first.get_or_insert(value);
            (self.values, self.left.bytes) = (before.0 + 1, before.1);
            if self.is_spent() {
                break;
            }
        }
        // Optional properties may distinguish the branch.
        let usual = (self.optional, self.deepest);
        (self.optional, self.deepest) = (Optional::All, usual.1.max(self.depth + 1));
        let unambiguous = order.iter().find_map(|index| {
            if self.is_spent() {
                return None;
            }
            (self.values, self.left.bytes) = (before.0 + 1, before.1);
            let value = self.branch(union, *index, None, label);
            let schema = &union.branches[*index].schema;
            let is_unambiguous = self.is_unambiguous(union, &value);
            is_unambiguous.then(|| match usual.0 {
                Optional::All => value,
                Optional::None | Optional::InExample => self.least(union, schema, value),
            })
        });
        (self.optional, self.deepest) = usual;
        if let Some(value) = unambiguous {
            return value;
        }
        self.left.bytes = before.1;
        self.paid(first.unwrap_or_else(|| Json::Object(Map::new())))
    }

    /// Returns whether only one branch matches a value, as `oneOf` requires. The discriminator does not affect
    /// validation (OpenAPI 3.1, section 4.8.25).
    fn is_unambiguous(&mut self, union: &Union, value: &Json) -> bool {
        self.validator.is_of_one_branch(union, value)
    }

    /// Removes properties while the value still matches only this branch.
    fn least(&mut self, union: &Union, schema: &Schema, value: Json) -> Json {
        let Json::Object(mut map) = value else {
            return value;
        };
        if map.len() > MAX_VALUES {
            return Json::Object(map);
        }
        let names: Vec<String> = map.keys().rev().cloned().collect();
        for name in names.iter().filter(|name| union.tag.as_ref() != Some(name)) {
            let mut fewer = map.clone();
            fewer.remove(name);
            let fewer = Json::Object(fewer);
            if self.validator.is_valid_now(schema, &fewer) && self.is_unambiguous(union, &fewer) {
                map.remove(name);
            }
        }
        Json::Object(map)
    }

    /// Returns a value of a branch with its tag.
    fn branch(
        &mut self,
        union: &'a Union,
        index: usize,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        let branch = &union.branches[index];
        let mut value = self.value(&branch.schema, given, label);
        if let (Json::Object(map), Some(tag), [first, ..]) =
            (&mut value, &union.tag, &branch.tags[..])
        {
            let known = map
                .get(tag)
                .is_some_and(|value| branch.tags.contains(value));
            if !known {
                map.insert(tag.clone(), first.clone());
            }
        }
        value
    }
}
