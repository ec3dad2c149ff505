//! Types that several owners use are named by what they are, and by what the owners have in common.

use super::{Kind, Part, names, with};
use crate::naming::Words;
use crate::naming::method::vocabulary::{is_article, is_preposition, is_same, singular};
use crate::naming::shorten::{LONG, length};

/// Words that many owners have and that say nothing of what they are.
const VAGUE: &[&str] = &[
    "base", "body", "data", "delete", "dto", "entity", "event", "get", "input", "item", "model",
    "object", "output", "patch", "payload", "post", "put", "request", "resource", "response",
    "schema", "type", "v1", "v2", "v3",
];

/// Members that say nothing without their owner.
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

/// What several owners have in common.
pub struct Shared<'a> {
    /// Their names, without the verb where an owner is an operation.
    pub owners: &'a [Words],
    pub kind: Kind,
    pub in_operations: bool,
    /// The only value of an enum.
    pub only: Option<Words>,
}

/// The names of a type that owners share, the best first: `MessageRole`, `CreatedFilter`.
pub fn shared(part: &Part, shared: &Shared<'_>) -> Vec<Words> {
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
    let mut wishes: Vec<Words> = match is_parameter {
        true if kind != Kind::Enum => {
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
        Kind::Object if shared.in_operations => ["params", "details"],
        kind => kind.words(),
    };
    // Owners that have nothing in common: the first, or of operations the one with the shortest name.
    let first = shared.owners.first().filter(|_| !shared.in_operations);
    let by_first = first.into_iter().flat_map(|owner| names(owner, part, kind));
    let by_owner = by_first.chain(owners.iter().take(3).map(|owner| named(owner)));
    let by_owner: Vec<Words> = by_owner.filter(|name| length(name) <= LONG).collect();
    let is_apart = !shared.in_operations && wishes.first() == Some(&own) && own.len() == 1;
    wishes.extend(in_context.map(|name| with(&name, word)));
    if is_bare {
        wishes.extend(by_owner.into_iter().chain([with(&own, word)]));
    } else if is_apart {
        wishes.splice(0..0, by_owner);
    } else {
        wishes.extend([with(&own, word)].into_iter().chain(by_owner));
    }
    wishes.push(with(&own, other));
    wishes
}

fn is_parameter(part: &Part) -> bool {
    match part {
        Part::Named(_) => true,
        Part::Item(of) | Part::Value(of) | Part::Branch { of, .. } => is_parameter(of),
        Part::Itself | Part::Member(_) => false,
    }
}

/// The words that all owners have in one order, but for number, without words at the ends that need
/// others; nothing where these are too vague to name anything.
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

/// Whether the words are the noun that all owners are named with.
fn is_head(context: &[String], owners: &[&Words]) -> bool {
    context.last().is_some_and(|head| {
        let ends = |owner: &&Words| owner.last().is_some_and(|last| is_same(last, head));
        owners.iter().all(ends)
    })
}

/// The longest sequence of words that both have.
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
