//! Samples of unions: a value that only one branch takes, where there is one.

use super::rules::by_tag;
use super::{MAX_VALUES, Optional, Sampler};
use crate::ir::{Schema, Union};
use serde_json::{Map, Value as Json};

/// So many branches of a union are tried for one that no other branch is taken for.
const MAX_TRIES: usize = 12;

impl<'a> Sampler<'a> {
    /// A value of the branch that is meant, else of the first one whose value no other branch takes, and
    /// that leads to no type around it.
    pub(super) fn union(
        &mut self,
        union: &'a Union,
        given: Option<&'a Json>,
        name: Option<&str>,
    ) -> Json {
        let takes = given.and_then(|given| {
            let fitting = self.validator.branches(union, given);
            fitting.first().copied().or_else(|| by_tag(union, given))
        });
        if let Some(index) = takes {
            return self.branch(union, index, given, name);
        }
        let open = |index: &usize| !self.closes(&union.branches[*index].schema);
        let mut order: Vec<usize> = (0..union.branches.len()).filter(open).collect();
        if order.is_empty() && !union.branches.is_empty() {
            order.push(0);
        }
        order.truncate(MAX_TRIES);
        // What is made and not taken is no part of the sample.
        let before = (self.values, self.left.bytes);
        let mut first = None;
        for index in &order {
            let value = self.branch(union, *index, None, name);
            if self.is_told(union, &value) {
                return value;
            }
            first.get_or_insert(value);
            (self.values, self.left.bytes) = (before.0 + 1, before.1);
            if self.is_spent() {
                break;
            }
        }
        // Optional members may tell what required ones do not.
        let usual = (self.optional, self.deepest);
        (self.optional, self.deepest) = (Optional::All, usual.1.max(self.depth + 1));
        let telling = order.iter().find_map(|index| {
            if self.is_spent() {
                return None;
            }
            (self.values, self.left.bytes) = (before.0 + 1, before.1);
            let value = self.branch(union, *index, None, name);
            let schema = &union.branches[*index].schema;
            let told = self.is_told(union, &value);
            told.then(|| match usual.0 {
                Optional::All => value,
                Optional::None | Optional::Given => self.least(union, schema, value),
            })
        });
        (self.optional, self.deepest) = usual;
        if let Some(value) = telling {
            return value;
        }
        self.left.bytes = before.1;
        self.paid(first.unwrap_or_else(|| Json::Object(Map::new())))
    }

    /// Whether a value is valid for one branch alone, as `oneOf` asks for: a discriminator is no part of
    /// that (OpenAPI 3.1, section 4.8.25).
    fn is_told(&mut self, union: &Union, value: &Json) -> bool {
        self.validator.is_of_one_branch(union, value)
    }

    /// A value of a branch without the members that it can do without, and still is of this branch alone.
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
            if self.validator.is_valid_now(schema, &fewer) && self.is_told(union, &fewer) {
                map.remove(name);
            }
        }
        Json::Object(map)
    }

    /// A value of one branch, with the tag that means it.
    fn branch(
        &mut self,
        union: &'a Union,
        index: usize,
        given: Option<&'a Json>,
        name: Option<&str>,
    ) -> Json {
        let branch = &union.branches[index];
        let mut value = self.value(&branch.schema, given, name);
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
