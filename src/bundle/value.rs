//! Builds the bundle as one JSON value.

use super::kinds::Layout;
use super::plan::{BundlePlan, Rewrite};
use crate::diag::{Diagnostics, Location, codes};
use crate::tree::MAX_DEPTH;
use crate::tree::{Kind, Node};
use serde_json::{Map, Value};
use std::cell::Cell;

/// The limit of nodes. Inlined targets are copied for each reference, so a bundle can grow exponentially.
const MOST_NODES: usize = 20_000_000;

/// Builds the values of nodes as they are in the bundle.
pub struct Values<'p, 't> {
    plan: &'p BundlePlan<'t>,
    made: Cell<usize>,
}

/// The bundle exceeds a limit.
#[derive(Debug)]
struct TooLarge;

impl<'p, 't> Values<'p, 't> {
    pub fn new(plan: &'p BundlePlan<'t>) -> Self {
        let made = Cell::new(0);
        Values { plan, made }
    }

    /// Returns the whole bundle, or reports that it is too deep or too large.
    pub fn document(&self, root: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Value> {
        match self.with_components(root) {
            Ok(value) => Some(value),
            Err(TooLarge) => {
                let what = "the bundled document would be too deep or too large";
                diagnostics.push(codes::too_large(Location::value(root), what));
                None
            }
        }
    }

    /// Returns the value of one node, or `None` if it is too large.
    pub fn of(&self, node: Node<'t>) -> Option<Value> {
        self.made.set(0);
        self.value(node, 0).ok()
    }

    fn with_components(&self, root: Node<'t>) -> Result<Value, TooLarge> {
        let mut value = self.value(root, 0)?;
        for (section, added) in &self.plan.added {
            let holder = match self.plan.layout {
                Layout::Components => object(&mut value, "components"),
                Layout::Root => &mut value,
            };
            let map = object(holder, section);
            for component in added {
                let node = self.plan.node(component.node);
                let value = self.value(node, 3)?;
                if let Value::Object(map) = map {
                    map.insert(component.name.clone(), value);
                }
            }
        }
        Ok(value)
    }

    fn value(&self, node: Node<'t>, depth: usize) -> Result<Value, TooLarge> {
        self.made.set(self.made.get() + 1);
        if depth > MAX_DEPTH || self.made.get() > MOST_NODES {
            return Err(TooLarge);
        }
        let action = self.plan.action(node);
        let own = match (action, node.kind()) {
            (Some(Rewrite::Point(target)), Kind::String) => {
                return Ok(self.plan.reference(target).into());
            }
            (_, Kind::Object) => {
                let mut members = self.members(node, action, depth)?;
                self.map(node, &mut members);
                Value::Object(members)
            }
            (_, Kind::Array) => {
                let items = node.items().map(|item| self.value(item, depth + 1));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            _ => match self.plan.moved.get(&node.id()) {
                Some(address) => address.as_str().into(),
                None => node.to_json(),
            },
        };
        let Some(Rewrite::Inline(target)) = action else {
            return Ok(own);
        };
        // Siblings of a reference override properties of the target.
        match (self.value(self.plan.node(target), depth)?, own) {
            (Value::Object(mut all), Value::Object(own)) => {
                all.extend(own);
                Ok(Value::Object(all))
            }
            (other, _) => Ok(other),
        }
    }

    /// Adds the planned entries to the mapping of a discriminator.
    fn map(&self, node: Node<'t>, members: &mut Map<String, Value>) {
        let more = self.plan.mapped.get(&node.id()).into_iter().flatten();
        for (value, target) in more {
            let mapping = members
                .entry("mapping")
                .or_insert_with(|| Map::new().into());
            if let Value::Object(mapping) = mapping {
                mapping.insert(value.clone(), self.plan.reference(*target).into());
            }
        }
    }

    /// Returns the properties of an object, with the reference among them rewritten.
    fn members(
        &self,
        node: Node<'t>,
        action: Option<Rewrite>,
        depth: usize,
    ) -> Result<Map<String, Value>, TooLarge> {
        let mut map = Map::new();
        for (name, child) in node.members() {
            let is_reference =
                crate::resolve::reference(node).is_some_and(|(place, _)| place.id() == child.id());
            let value = match action.filter(|_| is_reference) {
                Some(Rewrite::Inline(_)) => continue,
                Some(Rewrite::Point(target)) => self.plan.reference(target).into(),
                None => self.value(child, depth + 1)?,
            };
            let key = self.plan.scheme_name(child);
            map.insert(key.unwrap_or_else(|| name.to_owned()), value);
        }
        Ok(map)
    }
}

/// Returns the object under a key, and creates it if it is missing.
fn object<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !value.get(key).is_some_and(Value::is_object) {
        value[key] = Value::Object(Map::new());
    }
    &mut value[key]
}
