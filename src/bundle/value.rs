//! What the bundle says, as one JSON value.

use super::kinds::Layout;
use super::plan::{Action, Plan};
use crate::diag::{Diagnostics, Place, codes};
use crate::tree::MAX_DEPTH;
use crate::tree::{Kind, Node};
use serde_json::{Map, Value};
use std::cell::Cell;

/// What stands in the place of several references is copied; no bundle has more nodes than this.
const MOST_NODES: usize = 20_000_000;

/// Makes values of nodes as they are in the bundle.
pub struct Values<'p, 't> {
    plan: &'p Plan<'t>,
    made: Cell<usize>,
}

/// The copies have no end that is worth waiting for.
#[derive(Debug)]
struct TooLarge;

impl<'p, 't> Values<'p, 't> {
    pub fn new(plan: &'p Plan<'t>) -> Self {
        let made = Cell::new(0);
        Values { plan, made }
    }

    /// The whole bundle; `None` with a diagnostic when it would be deeper or larger than any sensible
    /// document.
    pub fn document(&self, root: Node<'t>, diagnostics: &mut Diagnostics) -> Option<Value> {
        match self.with_components(root) {
            Ok(value) => Some(value),
            Err(TooLarge) => {
                let what = "in one file the document is deeper or larger than any sensible one";
                diagnostics.push(codes::too_large(Place::value(root), what));
                None
            }
        }
    }

    /// The value of one node; `None` for one without end.
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
            (Some(Action::Point(target)), Kind::String) => {
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
        let Some(Action::Inline(target)) = action else {
            return Ok(own);
        };
        // What stands beside a reference says more than what it leads to.
        match (self.value(self.plan.node(target), depth)?, own) {
            (Value::Object(mut all), Value::Object(own)) => {
                all.extend(own);
                Ok(Value::Object(all))
            }
            (other, _) => Ok(other),
        }
    }

    /// Adds to a discriminator what its mapping has to say more.
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

    /// The members of an object; a reference among them as the action has it.
    fn members(
        &self,
        node: Node<'t>,
        action: Option<Action>,
        depth: usize,
    ) -> Result<Map<String, Value>, TooLarge> {
        let mut map = Map::new();
        for (name, child) in node.members() {
            let is_reference =
                crate::resolve::reference(node).is_some_and(|(place, _)| place.id() == child.id());
            let value = match action.filter(|_| is_reference) {
                Some(Action::Inline(_)) => continue,
                Some(Action::Point(target)) => self.plan.reference(target).into(),
                None => self.value(child, depth + 1)?,
            };
            let key = self.plan.scheme_name(child);
            map.insert(key.unwrap_or_else(|| name.to_owned()), value);
        }
        Ok(map)
    }
}

/// The object under a key, made where there is none.
fn object<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !value.get(key).is_some_and(Value::is_object) {
        value[key] = Value::Object(Map::new());
    }
    &mut value[key]
}
