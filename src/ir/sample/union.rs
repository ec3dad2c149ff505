//! Samples of unions: a value that only one branch takes, where there is one.

use super::rules::by_tag;
use super::{Optional, Sampler};
use crate::ir::{Schema, Union, valid};
use serde_json::{Map, Value as Json};

/// So many branches of a union are tried for one that no other branch is taken for.
const MAX_TRIES: usize = 12;

impl Sampler<'_> {
    /// A value of the branch that is meant, else of the first one whose value no other branch takes, and
    /// that leads to no type around it.
    pub(super) fn union(
        &mut self,
        union: &Union,
        given: Option<&Json>,
        name: Option<&str>,
    ) -> Json {
        let takes = given.and_then(|given| {
            let fitting = valid::branches(self.api, self.way, union, given);
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
        let before = self.values;
        let mut first = None;
        for index in &order {
            let value = self.branch(union, *index, None, name);
            if self.is_told(union, &value) {
                return value;
            }
            first.get_or_insert(value);
            self.values = before + 1;
        }
        // Optional members may tell what required ones do not.
        let usual = (self.optional, self.deepest);
        (self.optional, self.deepest) = (Optional::All, usual.1.max(self.depth + 1));
        let telling = order.iter().find_map(|index| {
            self.values = before + 1;
            let value = self.branch(union, *index, None, name);
            let schema = &union.branches[*index].schema;
            let told = self.is_told(union, &value);
            told.then(|| match usual.0 {
                Optional::All => value,
                Optional::None | Optional::Given => self.least(union, schema, value),
            })
        });
        (self.optional, self.deepest) = usual;
        let value = telling.or(first);
        value.unwrap_or_else(|| Json::Object(Map::new()))
    }

    /// Whether a value is valid for one branch alone, as `oneOf` asks for: a discriminator is no part of
    /// that (OpenAPI 3.1, section 4.8.25).
    fn is_told(&self, union: &Union, value: &Json) -> bool {
        valid::untagged_branches(self.api, self.way, union, value) == 1
    }

    /// A value of a branch without the members that it can do without, and still is of this branch alone.
    fn least(&self, union: &Union, schema: &Schema, value: Json) -> Json {
        let Json::Object(mut map) = value else {
            return value;
        };
        let names: Vec<String> = map.keys().rev().cloned().collect();
        for name in names.iter().filter(|name| union.tag.as_ref() != Some(name)) {
            let mut fewer = map.clone();
            fewer.remove(name);
            let fewer = Json::Object(fewer);
            if self.is_valid(schema, &fewer) && self.is_told(union, &fewer) {
                map.remove(name);
            }
        }
        Json::Object(map)
    }

    /// A value of one branch, with the tag that means it.
    fn branch(
        &mut self,
        union: &Union,
        index: usize,
        given: Option<&Json>,
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
