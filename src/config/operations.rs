//! The operations that the file names, which only the document can tell.

use super::check::Fault;
use crate::diag::Diagnostics;
use crate::nearest;
use crate::openapi::{Document, Operation, PathItem, Reader};
use crate::resolve::Resolver;
use crate::source::Loaded;

/// The first name that no operation of the document has; `lists` are names with the steps to their list.
pub fn check(lists: &[(&[&str], &[String])], loaded: &Loaded) -> Result<(), Fault> {
    if lists.iter().all(|(_, ids)| ids.is_empty()) {
        return Ok(());
    }
    // What is no OpenAPI document is told of when it is lowered.
    let Some(known) = known(loaded) else {
        return Ok(());
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for (steps, ids) in lists {
        let unknown = ids.iter().position(|id| !known.contains(&id.as_str()));
        if let Some(index) = unknown {
            let mut at: Vec<String> = steps.iter().map(|step| (*step).to_owned()).collect();
            at.push(index.to_string());
            return Err((at, message(&ids[index], &known)));
        }
    }
    Ok(())
}

fn message(unknown: &str, known: &[&str]) -> String {
    let hint = nearest::hint(unknown, known.iter().copied());
    format!("`{unknown}` is no operation of the document{hint}")
}

/// What all operations can be called by: their ids, and method and path. What is wrong with them is told
/// when they are lowered.
fn known(loaded: &Loaded) -> Option<Vec<String>> {
    let mut unheard = Diagnostics::default();
    let mut names = Vec::new();
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let root = loaded.tree.root(loaded.entry)?;
    let document = Document::read(root, &mut Reader::new(&mut unheard))?;
    for (path, item) in document.paths {
        let Some(item) = resolver.follow(item, &mut unheard) else {
            continue;
        };
        let item = PathItem::read(item, &mut Reader::new(&mut unheard));
        for (method, operation) in item.operations {
            names.push(format!("{method} {path}"));
            if let Some(operation) = resolver.follow(operation, &mut unheard) {
                names.extend(Operation::read(operation, &mut Reader::new(&mut unheard)).id);
            }
        }
    }
    Some(names)
}
