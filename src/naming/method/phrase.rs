//! The words of an operation, and comparisons with its path, resource and parameters.

use super::OperationFacts;
use super::path::{PathShape, Segment};
use super::vocabulary::{is_same, same_words, singular};
use crate::naming::Words;

/// Words for the owner of a resource, which the path expresses too.
pub(super) const POSSESSORS: &[&str] = &[
    "authenticated",
    "current",
    "me",
    "my",
    "own",
    "self",
    "user",
];

/// Words for the stability of an operation.
pub(super) const MARKERS: &[&str] = &["beta", "deprecated", "legacy"];

/// The context in which an operation is named.
pub struct PhraseContext<'a> {
    pub facts: &'a OperationFacts,
    pub noun: &'a [String],
    pub shape: &'a PathShape,
    /// The version in the path, if other paths have another one.
    pub version: Option<Words>,
}

/// A verb, an object, and a clause that starts with a preposition.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Phrase {
    pub verb: Words,
    pub object: Words,
    pub clause: Words,
    /// Whether the verb is last, as in `collection add`.
    pub ends_in_verb: bool,
}

impl Phrase {
    pub fn words(&self) -> Words {
        [self.verb.as_slice(), &self.object, &self.clause].concat()
    }
}

impl PhraseContext<'_> {
    /// Returns the last segment of the path if it is a single word.
    pub(super) fn last_word(&self) -> Option<&String> {
        match self.facts.segments.last()?.literal()?.as_slice() {
            [word] => Some(word),
            _ => None,
        }
    }

    pub(super) fn literals(&self) -> Vec<&Words> {
        self.facts
            .segments
            .iter()
            .filter_map(Segment::literal)
            .collect()
    }

    pub(super) fn names_segment(&self, word: &str) -> bool {
        self.facts.segments.iter().any(|segment| {
            segment
                .literal()
                .is_some_and(|words| words.iter().any(|own| is_same(own, word)))
        })
    }

    /// Returns whether the words are the resource's noun, or its head with some of the words before it.
    pub(super) fn is_noun(&self, own: &[String]) -> bool {
        let joined =
            |words: &[String]| -> String { words.iter().map(|word| singular(word)).collect() };
        let initial = |words: &[String]| words.iter().find_map(|word| word.chars().next());
        !own.is_empty()
            && (initial(own) == initial(self.noun) && joined(own) == joined(self.noun)
                || own.len() < self.noun.len()
                    && is_same(&own[own.len() - 1], &self.noun[self.noun.len() - 1])
                    && is_within(own, self.noun))
    }

    /// Returns whether the words name a segment before the resource, such as `projects` in
    /// `/projects/{project}/roles`.
    pub(super) fn is_container(&self, words: &[String]) -> bool {
        !words
            .iter()
            .all(|word| self.noun.iter().any(|own| is_same(own, word)))
            && self
                .shape
                .containers
                .iter()
                .any(|container| same_words(container, words))
    }

    /// Returns whether a word names a container, abbreviated or in full.
    pub(super) fn is_long_container(&self, word: &str) -> bool {
        self.shape.containers.iter().any(|container| {
            container.len() == 1 && is_same(long_form(&container[0]), long_form(word))
        })
    }

    /// Returns whether the words name a segment after the resource.
    pub(super) fn is_part(&self, words: &[String]) -> bool {
        self.shape.parts.iter().any(|part| same_words(part, words))
    }

    /// Returns whether the words only name the owner of the resource.
    pub(super) fn is_possessor(&self, words: &[String]) -> bool {
        !self.is_part(words)
            && words
                .iter()
                .all(|word| POSSESSORS.contains(&&*singular(word)) || word == "of")
            || self.is_container(words)
    }
}

/// Returns whether `own` is a subsequence of `all`.
pub(super) fn is_within(own: &[String], all: &[String]) -> bool {
    let mut rest = all.iter();
    own.iter()
        .all(|word| rest.any(|other| is_same(word, other)))
}

/// Expands common abbreviations in paths, such as `org` for `organization`.
pub(super) fn long_form(word: &str) -> &str {
    match word {
        "org" | "orgs" | "organizations" => "organization",
        "repo" | "repos" | "repositories" => "repository",
        word => word,
    }
}

/// Returns whether a verb is common to all resources.
pub(super) fn is_plain(verb: &str) -> bool {
    [
        "get", "list", "create", "update", "replace", "delete", "head", "query", "send",
    ]
    .contains(&verb)
}
