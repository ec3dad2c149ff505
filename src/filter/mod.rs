//! Removes operations from a description, with the components that only they use.

pub mod config;
pub mod operations;
mod uses;

use crate::diag::{Diagnostics, codes};
use crate::filter::config::{Filter, Selection};
use crate::load::Loaded;
use crate::tree::{LeftOut, NodeId};
use operations::{Described, UnknownName};
use std::collections::HashSet;

/// Removes the operations that the filter excludes, and those that the description ignores unless the filter includes
/// them by name. Fails, with nothing removed, if the filter names an unknown item.
pub fn apply(
    loaded: &mut Loaded,
    filter: &Filter,
    described: &[Described],
    diagnostics: &mut Diagnostics,
) -> Result<(), UnknownName> {
    let is_ignored = |operation: &Described| {
        let mut names = operation.names.iter();
        let is_named = names.any(|name| filter.include.operations.contains(name));
        operation.ignored.filter(|_| !is_named)
    };
    let ignored: Vec<NodeId> = described.iter().filter_map(is_ignored).collect();
    if filter.is_empty() && ignored.is_empty() {
        return Ok(());
    }
    check(&filter.include, "include", described)?;
    check(&filter.exclude, "exclude", described)?;
    for at in ignored {
        diagnostics.push(codes::excluded_by_extension(loaded.tree.node(at)));
    }
    let is_kept = |operation: &&Described| {
        (filter.include.is_empty() || is_of(operation, &filter.include))
            && !is_of(operation, &filter.exclude)
            && is_ignored(operation).is_none()
    };
    let kept: HashSet<NodeId> = described.iter().filter(is_kept).map(|it| it.item).collect();
    let left_out = || described.iter().filter(|operation| !is_kept(operation));
    let staying: Vec<&Described> = described.iter().filter(is_kept).collect();
    let mut names = LeftOut::default();
    let kept_tags: HashSet<&String> = staying.iter().flat_map(|it| &it.tags).collect();
    for operation in left_out() {
        names.add_names(&operation.names);
        let tags = operation.tags.iter().filter(|tag| !kept_tags.contains(tag));
        names.add_names(tags);
    }
    let nodes = left_out().map(|operation| match kept.contains(&operation.item) {
        true => operation.node,
        false => operation.item,
    });
    let nodes: Vec<NodeId> = nodes.collect();
    names.add_nodes(&loaded.tree, &nodes);
    loaded.tree.remove(&nodes);
    let unused = uses::unused(loaded);
    names.add_nodes(&loaded.tree, &unused);
    loaded.tree.remove(&unused);
    loaded.left_out = names;
    Ok(())
}

fn is_of(operation: &Described, selection: &Selection) -> bool {
    let keys = match operation.is_webhook {
        true => &selection.webhooks,
        false => &selection.paths,
    };
    let is_in = |list: &[String], names: &[String]| list.iter().any(|name| names.contains(name));
    is_in(&selection.operations, &operation.names)
        || is_in(&selection.tags, &operation.tags)
        || keys.iter().any(|pattern| matches(pattern, &operation.key))
}

/// Returns whether a path matches a pattern, segment by segment.
fn matches(pattern: &str, path: &str) -> bool {
    let segments = |text| str::split(text, '/').collect::<Vec<_>>();
    let (pattern, path) = (segments(pattern), segments(path));
    let (mut at, mut reached) = (0, 0);
    // The pattern after the last `**`, and the next segment to try it from. Backtracking to an earlier `**` is never
    // needed, because the last one can match the same segments.
    let mut retry = None;
    while reached < path.len() {
        match pattern.get(at) {
            Some(&"**") => {
                at += 1;
                retry = Some((at, reached + 1));
            }
            Some(part) if *part == "*" || *part == path[reached] => {
                at += 1;
                reached += 1;
            }
            _ => match &mut retry {
                None => return false,
                Some((after, from)) => {
                    (at, reached) = (*after, *from);
                    *from += 1;
                }
            },
        }
    }
    pattern[at..].iter().all(|part| *part == "**")
}

/// Checks that every item of a selection exists.
fn check(selection: &Selection, part: &str, described: &[Described]) -> Result<(), UnknownName> {
    let names = described.iter().flat_map(|operation| &operation.names);
    let steps = ["filter", part, "operations"];
    operations::check(&steps, &selection.operations, "operation", names)?;
    let tags = described.iter().flat_map(|operation| &operation.tags);
    let (steps, what) = (["filter", part, "tags"], "tag");
    operations::check(&steps, &selection.tags, what, tags)?;
    let patterns = [
        ("paths", "path", &selection.paths, false),
        ("webhooks", "webhook", &selection.webhooks, true),
    ];
    for (list, what, patterns, is_webhook) in patterns {
        let is_there = |pattern: &String| {
            let mut keys = described.iter().filter(|it| it.is_webhook == is_webhook);
            keys.any(|operation| matches(pattern, &operation.key))
        };
        if let Some(index) = patterns.iter().position(|pattern| !is_there(pattern)) {
            let message = format!("`{}` matches no {what} of the document", patterns[index]);
            return Err((operations::item(&["filter", part, list], index), message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
