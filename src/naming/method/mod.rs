//! Names of methods, from what operations do.
//!
//! The HTTP method and the path are the main source: `POST /charges/{charge}/refunds` creates a refund. An
//! `operationId` is better if an author chose it, and useless if a framework generated it. Each rule is a
//! function of words, tested with cases from published documents.

mod candidates;
mod id;
mod noun;
mod path;
mod phrase;
mod reduce;
pub mod resource;
mod tidy;
mod verb;
pub(in crate::naming) mod vocabulary;
mod whole;

use crate::naming::{Words, words};
use crate::parallel;
pub use noun::{Returned, heading, noun};
pub use path::Segment;
use path::{is_version, segments, shape};
use std::collections::{HashMap, HashSet};
pub use vocabulary::{is_plural, is_same, is_verb, plural, singular};
pub use whole::without_verb;

/// The facts about an operation that its name depends on.
#[derive(Debug, Default)]
pub struct OperationFacts {
    /// In upper case.
    pub method: String,
    pub path: String,
    pub id: Option<String>,
    /// Whether the configuration prescribes the id, so that no part of it is from a framework.
    pub is_id_prescribed: bool,
    pub summary: Option<String>,
    /// Whether the response is a list, or an object that contains one.
    pub returns_list: bool,
    /// Whether the document describes a response.
    pub knows_response: bool,
    pub deprecated: bool,
    /// All segments of the path.
    pub all: Vec<Segment>,
    /// The segments after those that all paths share.
    pub segments: Vec<Segment>,
    /// The number of segments that [`OperationFacts::segments`] omits.
    pub dropped: usize,
    /// Whether the document has this path with another parameter.
    pub has_items: bool,
    /// Whether an earlier operation has the same id, which is then meaningless here.
    pub repeats_id: bool,
    /// Whether the path has a `GET`.
    pub has_get: bool,
    /// Whether the path has a `PATCH`.
    pub has_patch: bool,
    /// Whether the document has this path with another name for the last parameter.
    pub has_siblings_by_key: bool,
    /// The words of path, tag and summary.
    pub vocabulary: Words,
}

impl OperationFacts {
    /// Returns whether the path ends in `me` or `self`.
    fn ends_in_me(&self) -> bool {
        let last = self.segments.last().and_then(Segment::literal);
        last.is_some_and(
            |words| matches!(words.as_slice(), [word] if word == "me" || word == "self"),
        )
    }

    /// Returns whether the operation changes several items of a collection at once.
    fn is_bulk(&self) -> bool {
        let is_change = matches!(self.method.as_str(), "PUT" | "PATCH" | "DELETE");
        is_change && self.has_items
    }

    /// Returns whether the path ends in a parameter.
    fn is_item(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Parameter(_)))
    }

    /// Returns the rank for a contested name; the lowest gets it. `is_plain` is whether the operation wants the
    /// name from its path.
    fn rank(&self, is_plain: bool) -> Rank {
        let is_variant = self.path.contains('?');
        (self.deprecated, is_variant, !is_plain, self.segments.len())
    }
}

/// Facts about all operations together.
#[derive(Debug, Default)]
pub struct Document {
    pub ids: HashSet<String>,
    /// The first words that all ids share.
    pub shared: Words,
    /// Whether paths have several versions.
    pub has_versions: bool,
    /// Whether every operation is a `POST`, so that the HTTP method means nothing.
    pub is_rpc: bool,
}

impl Document {
    /// Completes the facts of each operation with those of the others.
    pub fn new(all: &mut [OperationFacts], groups: &[Words]) -> Self {
        let mut document = Document::default();
        for facts in all.iter_mut() {
            facts.all = segments(&facts.path);
            if let Some(id) = &facts.id
                && !document.ids.insert(id.clone())
            {
                facts.repeats_id = true;
            }
        }
        document.shared_ids(all);
        document.is_rpc = all.len() > 4 && all.iter().all(|facts| facts.method == "POST");
        let versions: HashSet<Words> = all.iter().filter_map(version_of).collect();
        document.has_versions = versions.len() > 1;
        shared_segments(all);
        let mut methods: HashMap<String, HashSet<String>> = HashMap::new();
        let mut with_items = HashSet::new();
        let mut keys: HashMap<String, HashSet<Vec<Segment>>> = HashMap::new();
        for facts in all.iter() {
            let key = plain(&facts.segments);
            if let Some(parent) = key.strip_suffix("/{}") {
                with_items.insert(parent.to_owned());
            }
            keys.entry(key.clone())
                .or_default()
                .insert(facts.segments.clone());
            methods.entry(key).or_default().insert(facts.method.clone());
        }
        for (facts, group) in all.iter_mut().zip(groups) {
            let key = plain(&facts.segments);
            facts.has_siblings_by_key = keys[&key].len() > 1;
            facts.has_items = with_items.contains(&key);
            facts.has_get = methods[&key].contains("GET");
            facts.has_patch = methods[&key].contains("PATCH");
            facts.vocabulary = vocabulary_of(facts, group);
        }
        document
    }

    fn shared_ids(&mut self, all: &[OperationFacts]) {
        let ids: Vec<Words> = all
            .iter()
            .filter_map(|facts| facts.id.as_deref())
            .map(words)
            .collect();
        let Some(first) = ids.first().filter(|_| ids.len() > 3) else {
            return;
        };
        // In `compute.disks.list`, the verb is last and `compute` only looks like one.
        let has_verb = |id: &&Words| id.iter().skip(1).any(|word| vocabulary::is_verb(word));
        let have_verbs = ids.iter().filter(has_verb).count() * 2 > ids.len();
        let mut shared = 0;
        while ids
            .iter()
            .all(|id| id.len() > shared + 1 && id[shared] == first[shared])
            && (have_verbs || !vocabulary::is_verb(&first[shared]))
        {
            shared += 1;
        }
        self.shared = first[..shared].to_vec();
    }
}

/// Returns the version in a path.
fn version_of(facts: &OperationFacts) -> Option<Words> {
    let mut literals = facts.all.iter().filter_map(Segment::literal);
    literals
        .find(|words| is_version(words) && words[0] != "api")
        .cloned()
}

/// Returns a path without the names of its parameters.
fn plain(segments: &[Segment]) -> String {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(words) => format!("/{}", words.join("_")),
            Segment::Parameter(_) => "/{}".to_owned(),
        })
        .collect()
}

/// Removes segments that all paths share, and versions.
fn shared_segments(all: &mut [OperationFacts]) {
    let Some(first) = all.first().map(|facts| facts.all.clone()) else {
        return;
    };
    let mut shared = 0;
    let is_shared =
        |facts: &OperationFacts, at: usize| facts.all.len() > at + 1 && facts.all[at] == first[at];
    while all.len() > 3 && all.iter().all(|facts| is_shared(facts, shared)) {
        shared += 1;
    }
    // If all paths start with one resource, that resource is significant.
    if shared > 0
        && matches!(&first[shared - 1], Segment::Literal(words) if vocabulary::is_plural(&words[words.len() - 1]))
    {
        shared -= 1;
    }
    for facts in all {
        let path = &facts.all;
        let mut from = shared;
        let is_noise = |segment: &Segment| segment.literal().is_some_and(|words| is_version(words));
        while from + 1 < path.len() && is_noise(&path[from]) {
            from += 1;
        }
        facts.dropped = from;
        facts.segments = path[from..].to_vec();
    }
}

fn vocabulary_of(facts: &OperationFacts, group: &[String]) -> Words {
    let mut known: Words = group.to_vec();
    for segment in &facts.segments {
        known.extend(segment.words().iter().cloned());
    }
    known.extend(facts.summary.iter().flat_map(|summary| words(summary)));
    let singulars: Words = known
        .iter()
        .map(|word| vocabulary::singular(word).into_owned())
        .collect();
    known.extend(singulars);
    known.retain(|word| word.len() > 1);
    known.sort();
    known.dedup();
    known
}

/// The source of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The configuration or an extension of the document.
    Prescribed,
    Id,
    Path,
    Summary,
}

/// Deprecated, path variant, name not from the path, length of the path.
pub type Rank = (bool, bool, bool, usize);

/// The possible names of an operation, the best first.
#[derive(Debug)]
pub struct MethodCandidates {
    pub names: Vec<Words>,
    pub source: Source,
    pub rank: Rank,
    /// The name of the operation without its resource, used in names of types.
    pub whole: Words,
    /// Whether the path has nothing before the resource, so that the plain name belongs to it.
    is_own: bool,
    /// Whether the first name omits a key or container that the author wrote.
    is_cut: bool,
    /// Whether the path names something before the resource, which distinguishes the operation.
    is_contained: bool,
}

/// Returns the candidates of all operations, without names that several operations of one resource would share.
pub fn candidates(mut all: Vec<OperationFacts>, groups: &[Words]) -> Vec<MethodCandidates> {
    let document = Document::new(&mut all, groups);
    let operations: Vec<(&OperationFacts, &Words)> = all.iter().zip(groups).collect();
    let mut candidates = parallel::map(&operations, |(facts, noun)| {
        wishes_of(facts, noun, &document)
    });
    settle(&mut candidates, groups);
    candidates
}

/// Removes first names that several operations of a resource want, except for the operation with the lowest
/// rank.
fn settle(candidates: &mut [MethodCandidates], groups: &[Words]) {
    let mut resources: HashMap<&Words, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        resources.entry(group).or_default().push(at);
    }
    for operations in resources.values() {
        // Each round removes at least one name.
        loop {
            let losers = losers(candidates, operations);
            if losers.is_empty() {
                break;
            }
            for at in losers {
                candidates[at].names.remove(0);
                candidates[at].is_cut = false;
            }
        }
    }
}

/// Returns the operations of a resource whose first name belongs to another, and that have a second one.
fn losers(candidates: &[MethodCandidates], operations: &[usize]) -> Vec<usize> {
    let mut wanted: HashMap<&Words, Vec<usize>> = HashMap::new();
    for at in operations {
        wanted
            .entry(&candidates[*at].names[0])
            .or_default()
            .push(*at);
    }
    let mut losers = Vec::new();
    for mut several in wanted.into_values().filter(|several| several.len() > 1) {
        several.sort_by_key(|at| {
            let wish = &candidates[*at];
            (wish.is_cut, !wish.is_own, wish.is_contained, wish.rank)
        });
        let (first, second) = (&candidates[several[0]], &candidates[several[1]]);
        let owner = first.is_own
            || !first.is_contained
            || second.is_cut && !first.is_cut
            || second.rank.0
            || second.rank.1;
        let others = several.into_iter().skip(usize::from(owner));
        losers.extend(others.filter(|at| candidates[*at].names.len() > 1));
    }
    losers
}

/// Returns the names of a procedure: the author's, or the last part of the path.
fn by_call(context: &phrase::Context<'_>, own: Option<Words>) -> MethodCandidates {
    let (facts, noun) = (context.facts, context.noun);
    let own = own.map(|mut own| {
        while own.len() > noun.len() && own.starts_with(noun) {
            own.drain(..noun.len());
        }
        own
    });
    let mut literals = facts.segments.iter().filter_map(Segment::literal);
    let path: Words = literals.clone().flatten().cloned().collect();
    let last = literals
        .next_back()
        .cloned()
        .unwrap_or_else(|| words(&facts.path));
    let source = if own.is_some() {
        Source::Id
    } else {
        Source::Path
    };
    MethodCandidates {
        names: own
            .into_iter()
            .chain([last, path])
            .filter(|name| !name.is_empty())
            .map(|name| context.shortened(name))
            .collect(),
        source,
        rank: facts.rank(true),
        whole: Words::new(),
        is_own: false,
        is_cut: false,
        is_contained: false,
    }
}

fn wishes_of(facts: &OperationFacts, noun: &[String], document: &Document) -> MethodCandidates {
    let shape = shape(facts, noun);
    let own = match facts.is_id_prescribed {
        true => facts.id.as_deref().map(words),
        false if facts.repeats_id => None,
        false => id::author_words(facts, noun, document),
    };
    let whole = whole::whole(facts, noun, own.as_deref());
    let context = phrase::Context {
        facts,
        noun,
        shape: &shape,
        version: version_of(facts).filter(|_| document.has_versions),
    };
    if document.is_rpc && !facts.is_id_prescribed {
        return MethodCandidates {
            whole,
            ..by_call(&context, own)
        };
    }
    let by_shape = context.by_shape();
    let plain = context.tidied(shape.name.clone());
    let mut is_cut = false;
    let (mut names, source) = match own {
        Some(own) => {
            let (names, cut) = context.by_id(own);
            is_cut = cut;
            (names, Source::Id)
        }
        None => match context.by_other_summary() {
            Some(name) => (vec![name], Source::Summary),
            None => (by_shape[..2.min(by_shape.len())].to_vec(), Source::Path),
        },
    };
    let is_plain = names.first() == Some(&plain);
    names.extend(context.longer(&names));
    names.extend(by_shape);
    let repeats = |name: &Words| context.repeats_resource(name);
    let (repeating, mut names): (Vec<Words>, Vec<Words>) = names.into_iter().partition(repeats);
    names.extend(repeating);
    let mut seen = HashSet::new();
    names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
    MethodCandidates {
        names,
        source,
        rank: facts.rank(is_plain),
        whole,
        is_own: shape.containers.is_empty() && is_plain && !facts.ends_in_me() && !facts.is_bulk(),
        is_cut,
        is_contained: !shape.containers.is_empty(),
    }
}

#[cfg(test)]
mod tests;
