//! Groups operations into resources, and names them.

use super::path::{Segment, is_version, segments};
use super::vocabulary::{is_plural, is_preposition, is_same, plural, singular};
use crate::naming::{Words, words};
use std::collections::{HashMap, HashSet};

/// The maximum number of operations in one resource if paths distinguish several.
const LARGEST: usize = 60;

/// Words in tags that are removed from names.
const NOISE: &[&str] = &[
    "api",
    "apis",
    "controller",
    "endpoint",
    "endpoints",
    "entity",
    "operations",
    "resource",
    "routes",
];

/// Words before a tag that mark it.
const MARKERS: &[&str] = &["deprecated", "legacy"];

/// Returns the words of a tag without a sort prefix, markers and words that all tags share.
pub fn tag_words(tag: &str, shared: usize) -> Words {
    let mut own = words(tag);
    if own.len() > shared {
        own.drain(..shared);
    }
    let sorts = tag.chars().nth(1).is_some_and(|c| !c.is_alphanumeric());
    while own.len() > 1
        && (MARKERS.contains(&own[0].as_str())
            || own[0].len() == 1 && sorts
            || own[0].chars().all(|c| c.is_ascii_digit()))
    {
        own.remove(0);
    }
    while own.len() > 1 && NOISE.contains(&own[own.len() - 1].as_str()) {
        own.pop();
    }
    own
}

/// Counts the first words that all tags share.
pub fn shared_words<'a>(tags: impl Iterator<Item = &'a str>) -> usize {
    let tags: HashSet<&str> = tags.collect();
    let tags: Vec<Words> = tags.into_iter().map(words).collect();
    let Some(first) = tags.first().filter(|_| tags.len() > 3) else {
        return 0;
    };
    let mut shared = 0;
    while tags
        .iter()
        .all(|tag| tag.len() > shared + 1 && tag[shared] == first[shared])
    {
        shared += 1;
    }
    shared
}

/// Returns a key that is equal for tags that only differ in spelling.
pub fn key(words: &[String]) -> String {
    words.iter().map(|word| singular(word)).collect()
}

/// Returns the resource of each path: the first segment that names one, with the namespaces before it.
pub fn by_path(paths: &[&str]) -> Vec<String> {
    let all: Vec<Vec<Segment>> = paths.iter().map(|path| own_segments(path)).collect();
    let namespaces = namespaces(&all);
    all.iter()
        .map(|segments| {
            let mut name: Vec<String> = Vec::new();
            let mut prefix = String::new();
            for segment in segments.iter() {
                let Some(words) = segment.literal() else {
                    continue;
                };
                prefix.push('/');
                prefix.push_str(&words.join("_"));
                name.push(words.join("_"));
                if !namespaces.contains(&prefix) {
                    break;
                }
            }
            if name.is_empty() {
                "default".to_owned()
            } else {
                name.join("_")
            }
        })
        .collect()
}

fn own_segments(path: &str) -> Vec<Segment> {
    let all = segments(path);
    let start = all
        .iter()
        .position(|segment| segment.literal().is_none_or(|words| !is_version(words)))
        .unwrap_or(0);
    all[start..].to_vec()
}

/// Returns path prefixes without an operation, such as `/issuing` of `/issuing/cards`.
fn namespaces(all: &[Vec<Segment>]) -> HashSet<String> {
    let mut children: HashMap<String, HashSet<String>> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for segments in all {
        let mut prefix = String::new();
        for (at, segment) in segments.iter().enumerate() {
            let Some(words) = segment.literal() else {
                break;
            };
            prefix.push('/');
            prefix.push_str(&words.join("_"));
            match segments.get(at + 1) {
                Some(Segment::Literal(next)) => {
                    *counts.entry(prefix.clone()).or_default() += 1;
                    children
                        .entry(prefix.clone())
                        .or_default()
                        .insert(next.join("_"));
                }
                _ => {
                    taken.insert(prefix.clone());
                }
            }
        }
    }
    children
        .into_iter()
        .filter(|(prefix, next)| {
            let verbs = next
                .iter()
                .filter(|name| super::vocabulary::is_verb(name))
                .count();
            !taken.contains(prefix)
                && next.len() > 1
                && counts[prefix] >= next.len() * 2
                && verbs * 2 < next.len()
        })
        .map(|(prefix, _)| prefix)
        .collect()
}

/// Returns whether a tag has so many operations with different paths that paths are a better grouping.
pub fn is_flat(paths: &[&str]) -> bool {
    let firsts: HashSet<String> = paths
        .iter()
        .filter_map(|path| {
            own_segments(path)
                .iter()
                .find_map(|segment| segment.literal().map(|words| words.concat()))
        })
        .collect();
    paths.len() > LARGEST && firsts.len() * 12 > paths.len()
}

/// Returns the name of a resource's method on the client: the plural if a path or an id names several, or if
/// there are items.
pub fn accessor<'a>(
    noun: &[String],
    operations: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> Words {
    let mut own = noun.to_vec();
    let Some(head) = own
        .last_mut()
        .filter(|_| !noun.iter().any(|word| is_preposition(word)))
    else {
        return own;
    };
    let many = plural(head);
    let (mut names_several, mut has_items, mut is_collection) = (false, false, false);
    for (path, id) in operations {
        let segments = own_segments(path);
        let Some(at) = super::path::base(&segments, noun) else {
            continue;
        };
        let last = segments[at].literal().and_then(|words| words.last());
        if !last.is_some_and(|last| is_same(last, head)) {
            continue;
        }
        let says_many = || id.is_some_and(|id| words(id).contains(&many));
        names_several |= last.is_some_and(|last| is_plural(last)) || says_many();
        has_items |= matches!(segments.get(at + 1), Some(Segment::Parameter(_)));
        is_collection |= segments.len() == at + 1;
    }
    if names_several || has_items && is_collection {
        *head = many;
    }
    own
}
