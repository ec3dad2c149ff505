//! Names of types with several owners: by their content and by what the owners have in common.

use super::{NamedKind, OwnerPart, names, with};
use crate::naming::Words;
use crate::naming::method::vocabulary::{is_article, is_preposition, is_same, singular};
use crate::naming::shorten::{LONG, length};

/// Words that many owners contain and that name nothing specific.
const VAGUE: &[&str] = &[
    "base", "body", "data", "delete", "dto", "entity", "event", "get", "input", "item", "model",
    "object", "output", "patch", "payload", "post", "put", "request", "resource", "response",
    "schema", "type", "v1", "v2", "v3",
];

/// Properties that mean nothing without their owner.
const BARE: &[&str] = &[
    "action",
    "attribute",
    "code",
    "content",
    "data",
    "default",
    "details",
    "event",
    "id",
    "info",
    "item",
    "key",
    "kind",
    "list",
    "meta",
    "name",
    "object",
    "option",
    "options",
    "parameter",
    "parameters",
    "params",
    "properties",
    "result",
    "results",
    "role",
    "settings",
    "text",
    "type",
    "value",
    "values",
];

/// The owners of a shared type.
pub struct SharedType<'a> {
    /// The owners' names, without the verb of an operation.
    pub owners: &'a [Words],
    pub kind: NamedKind,
    pub in_operations: bool,
    /// The only value of an enum.
    pub only: Option<Words>,
}

/// Returns the possible names of a shared type, the best first: `MessageRole`, `CreatedFilter`.
pub fn shared(part: &OwnerPart, shared: &SharedType<'_>) -> Vec<Words> {
    let kind = shared.kind;
    let mut owners: Vec<&Words> = shared.owners.iter().collect();
    owners.sort_by_key(|owner| {
        (
            owner.iter().any(|word| word == "beta"),
            length(owner),
            *owner,
        )
    });
    let named = |context: &[String]| names(&context.to_vec(), part, kind).swap_remove(0);
    let mut context = common(&owners);
    while context.len() > 1 && length(&named(&context)) > LONG {
        context.remove(0);
    }
    let own = named(&[]);
    let is_parameter = is_parameter(part);
    let is_bare = matches!(own.as_slice(), [word] if BARE.contains(&word.as_str()));
    // `logs` of tools and of data sources is `LogsType`, whatever else they have in common.
    let by_value = shared.only.as_deref().map(named);
    let by_value = by_value.filter(|_| !is_head(&context, &owners));
    let in_context = (!context.is_empty()).then(|| named(&context));
    let alone = (!is_bare).then(|| own.clone());
    let mut candidates: Vec<Words> = match is_parameter {
        true if kind != NamedKind::Enum => {
            let filter = with(&own, "filter");
            [Some(filter), in_context.clone(), alone]
                .into_iter()
                .flatten()
                .collect()
        }
        true => [alone, in_context.clone()].into_iter().flatten().collect(),
        false => [by_value, in_context.clone(), alone]
            .into_iter()
            .flatten()
            .collect(),
    };
    let [word, other] = match kind {
        _ if is_parameter => ["filter", "option"],
        NamedKind::Object if shared.in_operations => ["params", "details"],
        kind => kind.words(),
    };
    // Owners without common words: the first, or of operations the one with the shortest name.
    let first = shared.owners.first().filter(|_| !shared.in_operations);
    let by_first = first.into_iter().flat_map(|owner| names(owner, part, kind));
    let by_owner = by_first.chain(owners.iter().take(3).map(|owner| named(owner)));
    let by_owner: Vec<Words> = by_owner.filter(|name| length(name) <= LONG).collect();
    let is_apart = !shared.in_operations && candidates.first() == Some(&own) && own.len() == 1;
    candidates.extend(in_context.map(|name| with(&name, word)));
    if is_bare {
        candidates.extend(by_owner.into_iter().chain([with(&own, word)]));
    } else if is_apart {
        candidates.splice(0..0, by_owner);
    } else {
        candidates.extend([with(&own, word)].into_iter().chain(by_owner));
    }
    candidates.push(with(&own, other));
    candidates
}

fn is_parameter(part: &OwnerPart) -> bool {
    match part {
        OwnerPart::Named(_) => true,
        OwnerPart::Item(of) | OwnerPart::Value(of) | OwnerPart::Branch { of, .. } => {
            is_parameter(of)
        }
        OwnerPart::Itself | OwnerPart::Property(_) => false,
    }
}

/// Returns the words that all owners contain in the same order, ignoring number, without articles and
/// prepositions at the ends; empty if they are too vague for a name.
fn common(owners: &[&Words]) -> Words {
    let Some((first, others)) = owners.split_first() else {
        return Words::new();
    };
    let mut common = (*first).clone();
    for owner in others {
        common = in_both(&common, owner);
    }
    let dangles = |word: &String| is_article(word) || is_preposition(word);
    while common.first().is_some_and(dangles) {
        common.remove(0);
    }
    while common.last().is_some_and(dangles) {
        common.pop();
    }
    common.dedup_by(|one, other| is_same(one, other));
    match common.iter().all(|word| VAGUE.contains(&word.as_str())) {
        true => Words::new(),
        false => common,
    }
}

/// Returns whether the words end in the last word of every owner.
fn is_head(context: &[String], owners: &[&Words]) -> bool {
    context.last().is_some_and(|head| {
        let ends = |owner: &&Words| owner.last().is_some_and(|last| is_same(last, head));
        owners.iter().all(ends)
    })
}

/// Returns the longest common subsequence of words.
fn in_both(one: &[String], other: &[String]) -> Words {
    let mut lengths = vec![vec![0; other.len() + 1]; one.len() + 1];
    for (at, word) in one.iter().enumerate().rev() {
        for (there, same) in other.iter().enumerate().rev() {
            lengths[at][there] = match is_same(word, same) {
                true => lengths[at + 1][there + 1] + 1,
                false => lengths[at + 1][there].max(lengths[at][there + 1]),
            };
        }
    }
    let (mut at, mut there, mut both) = (0, 0, Words::new());
    while at < one.len() && there < other.len() {
        if is_same(&one[at], &other[there]) {
            both.push(match one[at] == other[there] {
                true => one[at].clone(),
                false => singular(&one[at]).into_owned(),
            });
            (at, there) = (at + 1, there + 1);
        } else if lengths[at + 1][there] >= lengths[at][there + 1] {
            at += 1;
        } else {
            there += 1;
        }
    }
    both
}
