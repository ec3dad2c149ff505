//! Chooses strings that a person would write, by what the document says about them.

use super::label::SampleLabel;
use super::values::{
    BEFORE_THINGS, BY_NAME, BY_STANDARD, ERRORS, If, MODIFIERS, NOISE, NOT_THINGS, NameMatch,
    PEOPLE, POSITIONS,
};
use crate::naming::{is_verb, singular, words};

/// Returns the first realistic value that is valid. `format` is an unknown `format`, which is as good as a name.
pub fn text(
    label: SampleLabel<'_>,
    format: Option<&str>,
    is_valid: impl Fn(&str) -> bool,
) -> Option<String> {
    let fits = |value: &str| (!label.is_segment || !value.contains([' ', '/'])) && is_valid(value);
    let about = label.description.map(About::new).unwrap_or_default();
    if let Some(value) = about.example.filter(|value| fits(value)) {
        return Some(value.to_owned());
    }
    let names = [format, Some(label.name)].into_iter().flatten();
    let names: Vec<_> = names
        .filter(|name| !name.is_empty())
        .map(|name| one(words(name), label.is_item))
        .collect();
    let mentioned = BY_STANDARD
        .iter()
        .find(|(standard, value)| about.sentence.contains(standard) && fits(value));
    let mut found = names
        .iter()
        .find_map(|name| by_name(name, label, &about, &fits));
    // A text with a standard encoding is no prose, whatever its name.
    if found.is_none_or(|found| found.contains(' ')) {
        found = mentioned.map(|(_, value)| *value).or(found);
    }
    let id = || names.last().and_then(|name| id(name, label, &about));
    found
        .map(str::to_owned)
        .or_else(|| id().filter(|id| fits(id)))
}

fn by_name(
    name: &[String],
    label: SampleLabel<'_>,
    about: &About<'_>,
    fits: &impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let matching = BY_NAME.iter().filter(|row| {
        let count = row.words.split(' ').count();
        let is_named = match row.part {
            NameMatch::Whole => name.len() == count,
            NameMatch::End => name.len() >= count,
        };
        is_named
            && name[name.len() - count..]
                .iter()
                .map(String::as_str)
                .eq(row.words.split(' '))
    });
    let applies = |condition| match condition {
        If::Always => true,
        If::Person => about.is_of_person || is_a(label.owner, PEOPLE),
        If::Address => is_a(label.owner, &["address"]),
        If::Error => has_word(label.owner, ERRORS) || about.sentence.contains("error"),
        If::Lowercase => {
            about.sentence.contains("lowercase") || about.sentence.contains("lower case")
        }
    };
    let mut rows = matching.filter(|row| applies(row.condition) && fits(row.value));
    rows.next().map(|row| row.value)
}

/// Returns the words of the item's name for a list's name.
fn one(mut name: Vec<String>, is_item: bool) -> Vec<String> {
    if let Some(last) = name.last_mut().filter(|_| is_item) {
        *last = singular(last).into_owned();
    }
    name
}

/// Returns the words for the thing that an owner describes, in the singular: `user` for `SimpleUserResponse`.
fn noun(owner: &str) -> Vec<String> {
    let mut words = match owner {
        "" => Vec::new(),
        owner => words(owner),
    };
    while words
        .last()
        .is_some_and(|word| NOISE.contains(&word.as_str()))
    {
        words.pop();
    }
    let is_modifier = |word: &String| MODIFIERS.contains(&word.as_str());
    if words.last().is_some_and(is_modifier) {
        return Vec::new();
    }
    let start = words
        .iter()
        .rposition(|word| is_verb(word) || is_modifier(word))
        .map_or(0, |at| at + 1);
    // A verb at the end is a noun, too: `Call`.
    let start = start.min(words.len().saturating_sub(1));
    one(words.split_off(start), true)
}

fn is_a(owner: &str, nouns: &[&str]) -> bool {
    let noun = noun(owner);
    noun.last()
        .is_some_and(|noun| nouns.contains(&noun.as_str()))
}

fn has_word(owner: &str, known: &[&str]) -> bool {
    !owner.is_empty()
        && words(owner)
            .iter()
            .any(|word| known.contains(&word.as_str()))
}

/// Returns an identifier that tells which thing it identifies: `call_123` for `call_id`.
fn id(name: &[String], label: SampleLabel<'_>, about: &About<'_>) -> Option<String> {
    let of = |noun: &[String]| match noun.last() {
        Some(last) if last.len() > 1 && !POSITIONS.contains(&last.as_str()) => {
            let few = &noun[noun.len().saturating_sub(2)..];
            let is_before = |word: &String| BEFORE_THINGS.contains(&word.as_str());
            let thing = few
                .iter()
                .rposition(is_before)
                .map_or(few, |at| &few[at + 1..]);
            format!("{}_123", thing.join("_"))
        }
        _ => "abc123".to_owned(),
    };
    match name {
        [only] if only == "id" => Some(of(&noun(label.owner))),
        [noun @ .., last] if last == "id" => Some(of(noun)),
        [.., last] if NOT_THINGS.contains(&last.as_str()) => None,
        name => (about.is_id || is_of_collection(name, label)).then(|| of(name)),
    }
}

/// Returns whether a path parameter without a description selects an element of a collection: `/customers/{customer}`.
fn is_of_collection(name: &[String], label: SampleLabel<'_>) -> bool {
    let is_named = |collection: &str| one(words(collection), true) == name;
    label.is_segment
        && label.description.is_none()
        && label.owner.ends_with('s')
        && is_named(label.owner)
}

/// What a description says about a string.
#[derive(Debug, Default)]
struct About<'a> {
    /// The first sentence, in lower case.
    sentence: String,
    /// A value after "for example".
    example: Option<&'a str>,
    /// Whether the string is the name of a person.
    is_of_person: bool,
    /// Whether the string identifies something.
    is_id: bool,
}

impl<'a> About<'a> {
    fn new(description: &'a str) -> Self {
        let end = ["\n\n", ". "]
            .iter()
            .filter_map(|end| description.find(end))
            .min();
        let sentence = description[..end.unwrap_or(description.len())].to_lowercase();
        let words: Vec<&str> = sentence
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && *word != "s")
            .collect();
        let is_id = words
            .iter()
            .take(4)
            .any(|word| matches!(*word, "id" | "identifier"));
        About {
            is_of_person: is_of_person(&words),
            is_id,
            example: quoted_example(description),
            sentence,
        }
    }
}

/// Returns whether the words speak of the name of a person: "the customer's name", "full name", "name of the user".
fn is_of_person(words: &[&str]) -> bool {
    let is_person = |word: &str| PEOPLE.contains(&word);
    words
        .windows(2)
        .any(|pair| pair[1] == "name" && (is_person(pair[0]) || pair[0] == "full"))
        || words.windows(4).any(|part| {
            part[0] == "name"
                && part[1] == "of"
                && matches!(part[2], "the" | "a" | "an" | "your")
                && is_person(part[3])
        })
}

/// Phrases before an example, in lower case.
const BEFORE_EXAMPLES: &[&str] = &["for example", "e.g.", "example:"];
/// A longer quotation is a text about the value.
const LONGEST_EXAMPLE: usize = 40;

/// Returns the quotation that directly follows a phrase such as "for example".
fn quoted_example(description: &str) -> Option<&str> {
    // ASCII lower case keeps the positions.
    let lower = description.to_ascii_lowercase();
    let ends = BEFORE_EXAMPLES.iter().flat_map(|phrase| {
        lower
            .match_indices(phrase)
            .map(|(at, phrase)| at + phrase.len())
    });
    let quoted = |from: usize| {
        let rest = description[from..].trim_start_matches([',', ':', ' ']);
        let quote = rest.chars().next().filter(|c| matches!(c, '`' | '"'))?;
        let (value, _) = rest[1..].split_once(quote)?;
        let is_value = !value.is_empty()
            && value.len() <= LONGEST_EXAMPLE
            && !value.contains(['<', '{', '[', '?', '=', '\n', '\\'])
            && !matches!(value, "null" | "true" | "false");
        is_value.then_some(value)
    };
    ends.min().and_then(quoted)
}
