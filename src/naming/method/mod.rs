//! The names of methods, from what operations do.
//!
//! A method and its path say most of it: `POST /charges/{charge}/refunds` creates a refund. The
//! `operationId` says more where an author has chosen it, and nothing where a framework has. Each rule is
//! a function of words, tested by a table of cases from published descriptions.

mod candidates;
mod id;
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
pub use path::Segment;
use path::{is_version, segments, shape};
use std::collections::{HashMap, HashSet};
pub use whole::without_verb;

/// What is known of an operation before it has a name.
#[derive(Debug, Default)]
pub struct OperationFacts {
    /// In upper case.
    pub method: String,
    pub path: String,
    pub id: Option<String>,
    /// Whether the user gives the id, so that nothing of it is a framework's.
    pub is_id_given: bool,
    pub summary: Option<String>,
    /// Whether the response is a list, or an object around one.
    pub returns_list: bool,
    /// Whether the description has a response that says so.
    pub knows_response: bool,
    pub deprecated: bool,
    /// The segments of the whole path.
    pub all: Vec<Segment>,
    /// The segments after those that all paths of the description share.
    pub segments: Vec<Segment>,
    /// How many segments of the path are dropped from [`OperationFacts::segments`].
    pub dropped: usize,
    /// Whether a path with one parameter more is described.
    pub has_items: bool,
    /// Whether an operation before it has the same id, which then says nothing of this one.
    pub repeats_id: bool,
    /// Whether the same path has a `GET`.
    pub has_get: bool,
    /// Whether the same path has a `PATCH`.
    pub has_patch: bool,
    /// Whether a path with another key in its last place is described.
    pub has_siblings_by_key: bool,
    /// The words of path, tag and summary.
    pub vocabulary: Words,
}

impl OperationFacts {
    /// Whether the path names whoever sends the request.
    fn ends_in_me(&self) -> bool {
        let last = self.segments.last().and_then(Segment::literal);
        last.is_some_and(
            |words| matches!(words.as_slice(), [word] if word == "me" || word == "self"),
        )
    }

    /// Whether the operation changes several items of a collection at once.
    fn is_bulk(&self) -> bool {
        let is_change = matches!(self.method.as_str(), "PUT" | "PATCH" | "DELETE");
        is_change && self.has_items
    }

    /// Whether the path ends in a parameter.
    fn is_item(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Parameter(_)))
    }

    /// Which of the operations that want one name gets it: the lowest. `is_plain` says whether it wants
    /// the name that its path gives.
    fn rank(&self, is_plain: bool) -> Rank {
        let is_variant = self.path.contains('?');
        (self.deprecated, is_variant, !is_plain, self.segments.len())
    }
}

/// What is known of all operations together.
#[derive(Debug, Default)]
pub struct Document {
    pub ids: HashSet<String>,
    /// The first words that all ids share.
    pub shared: Words,
    /// Whether paths have several versions.
    pub has_versions: bool,
    /// Whether every operation is a `POST`, so that the method says nothing.
    pub is_rpc: bool,
}

impl Document {
    /// Completes the facts of each operation by those of the others.
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
        // `compute.disks.list` has its verb after the word that looks like one.
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

/// The segment of a path that says which version it belongs to.
fn version_of(facts: &OperationFacts) -> Option<Words> {
    let mut literals = facts.all.iter().filter_map(Segment::literal);
    literals
        .find(|words| is_version(words) && words[0] != "api")
        .cloned()
}

/// A path with its parameters' names left out.
fn plain(segments: &[Segment]) -> String {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(words) => format!("/{}", words.join("_")),
            Segment::Parameter(_) => "/{}".to_owned(),
        })
        .collect()
}

/// Drops what all paths share, and versions.
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
    // Paths that all begin with one resource have it for a reason.
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

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The configuration or an extension of the description.
    Given,
    Id,
    Shape,
    Summary,
}

/// Deprecated, a variant of a path, another name than the path gives, the length of the path.
pub type Rank = (bool, bool, bool, usize);

/// The names that an operation may have, the best first.
#[derive(Debug)]
pub struct Wishes {
    pub names: Vec<Words>,
    pub source: Source,
    pub rank: Rank,
    /// What the operation is called where nothing says its resource, as in the names of types.
    pub whole: Words,
    /// Whether its path has nothing before the resource, so that the plain name is its own.
    is_own: bool,
    /// Whether the first name leaves out a key or a container that the author wrote.
    is_cut: bool,
    /// Whether the path names something before the resource, which tells the operation from others.
    is_contained: bool,
}

/// The wishes of all operations, with the names left out that several of one resource would share.
pub fn wishes(mut all: Vec<OperationFacts>, groups: &[Words]) -> Vec<Wishes> {
    let document = Document::new(&mut all, groups);
    let operations: Vec<(&OperationFacts, &Words)> = all.iter().zip(groups).collect();
    let mut wishes = parallel::map(&operations, |(facts, noun)| {
        wishes_of(facts, noun, &document)
    });
    settle(&mut wishes, groups);
    wishes
}

/// Takes away first names that several operations of a resource want, but for the one that owns it.
fn settle(wishes: &mut [Wishes], groups: &[Words]) {
    let mut resources: HashMap<&Words, Vec<usize>> = HashMap::new();
    for (at, group) in groups.iter().enumerate() {
        resources.entry(group).or_default().push(at);
    }
    for operations in resources.values() {
        // Each round takes at least one name away.
        loop {
            let losers = losers(wishes, operations);
            if losers.is_empty() {
                break;
            }
            for at in losers {
                wishes[at].names.remove(0);
                wishes[at].is_cut = false;
            }
        }
    }
}

/// The operations of a resource whose first name belongs to another, and that have a second one.
fn losers(wishes: &[Wishes], operations: &[usize]) -> Vec<usize> {
    let mut wanted: HashMap<&Words, Vec<usize>> = HashMap::new();
    for at in operations {
        wanted.entry(&wishes[*at].names[0]).or_default().push(*at);
    }
    let mut losers = Vec::new();
    for mut several in wanted.into_values().filter(|several| several.len() > 1) {
        several.sort_by_key(|at| {
            let wish = &wishes[*at];
            (wish.is_cut, !wish.is_own, wish.is_contained, wish.rank)
        });
        let (first, second) = (&wishes[several[0]], &wishes[several[1]]);
        let owner = first.is_own
            || !first.is_contained
            || second.is_cut && !first.is_cut
            || second.rank.0
            || second.rank.1;
        let others = several.into_iter().skip(usize::from(owner));
        losers.extend(others.filter(|at| wishes[*at].names.len() > 1));
    }
    losers
}

/// The names of a procedure: what the author calls it, or the last part of its path.
fn by_call(context: &phrase::Context<'_>, own: Option<Words>) -> Wishes {
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
        Source::Shape
    };
    Wishes {
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

fn wishes_of(facts: &OperationFacts, noun: &[String], document: &Document) -> Wishes {
    let shape = shape(facts, noun);
    let own = match facts.is_id_given {
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
    if document.is_rpc && !facts.is_id_given {
        return Wishes {
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
            None => (by_shape[..2.min(by_shape.len())].to_vec(), Source::Shape),
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
    Wishes {
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
