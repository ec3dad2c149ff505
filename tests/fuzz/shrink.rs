//! Reduces a document to a smaller one that fails in the same way.

use serde_json::{Map, Value};

/// The maximum number of smaller documents to try.
const TRIES: usize = 1500;

/// Returns the smallest document found for which `fails` holds. It removes parts, many at a time before one at a
/// time, from the outside to the inside, until no part can be removed.
pub fn shrunk(document: &Value, fails: impl FnMut(&Value) -> bool) -> Value {
    let mut shrinker = Shrinker {
        smallest: document.clone(),
        left: TRIES,
        fails,
    };
    while shrinker.pass() {}
    shrinker.smallest
}

struct Shrinker<F> {
    smallest: Value,
    left: usize,
    fails: F,
}

impl<F: FnMut(&Value) -> bool> Shrinker<F> {
    /// Tries to remove parts of each container. Returns whether any could be removed.
    fn pass(&mut self) -> bool {
        let mut has_shrunk = false;
        let mut index = 0;
        while let Some(size) = size(nth(&mut self.smallest, &mut index.clone())) {
            has_shrunk |= self.parts(index, size);
            has_shrunk |= self.hoist(index);
            index += 1;
        }
        has_shrunk
    }

    /// Removes as many parts of one container as possible.
    fn parts(&mut self, index: usize, mut size: usize) -> bool {
        let mut has_shrunk = false;
        let mut chunk = size;
        while chunk > 0 {
            let mut from = 0;
            while from < size {
                let end = (from + chunk).min(size);
                if self.tried(index, |container| remove(container, from, end)) {
                    size -= end - from;
                    has_shrunk = true;
                } else {
                    from = end;
                }
            }
            chunk /= 2;
        }
        has_shrunk
    }

    /// Replaces a container by one of its parts.
    fn hoist(&mut self, index: usize) -> bool {
        let parts = match nth(&mut self.smallest, &mut index.clone()) {
            Some(Value::Object(members)) => members.values().cloned().collect(),
            Some(Value::Array(items)) => items.clone(),
            _ => Vec::new(),
        };
        let mut containers = parts.into_iter().filter(|part| part.is_object());
        containers.any(|part| self.tried(index, |container| *container = part.clone()))
    }

    /// Keeps the change of one container if the document still fails.
    fn tried(&mut self, index: usize, change: impl FnOnce(&mut Value)) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let mut candidate = self.smallest.clone();
        if let Some(container) = nth(&mut candidate, &mut index.clone()) {
            change(container);
        }
        let fails = (self.fails)(&candidate);
        if fails {
            self.smallest = candidate;
        }
        fails
    }
}

/// Finds a container by its index in document order.
fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if !value.is_object() && !value.is_array() {
        return None;
    }
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Object(members) => members.values_mut().find_map(|node| nth(node, left)),
        Value::Array(items) => items.iter_mut().find_map(|node| nth(node, left)),
        _ => None,
    }
}

fn size(container: Option<&mut Value>) -> Option<usize> {
    container.map(|container| match container {
        Value::Object(members) => members.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    })
}

fn remove(container: &mut Value, from: usize, end: usize) {
    match container {
        Value::Object(members) => {
            let parts = std::mem::take(members).into_iter().enumerate();
            let kept: Map<String, Value> = parts
                .filter(|(at, _)| !(from..end).contains(at))
                .map(|(_, part)| part)
                .collect();
            *members = kept;
        }
        Value::Array(items) => {
            items.drain(from..end);
        }
        _ => {}
    }
}
