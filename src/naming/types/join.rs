//! Joins the words of an owner and a part, without repetitions.

use super::NamedKind;
use crate::naming::Words;
use crate::naming::method::vocabulary::{is_same, same_words};

pub fn with(base: &[String], word: &str) -> Words {
    [base, &[word.to_owned()]].concat()
}

/// Returns the names of a property: `CallStatus` for `callStatus` of `Call`, `PaymentSource` for
/// `payment_source` of `Payment`.
pub fn member(owner: &[String], name: &[String], kind: NamedKind) -> Vec<Words> {
    let plain = [owner, name].concat();
    let overlap = (1..=name.len().min(owner.len()))
        .rev()
        .find(|count| owner.ends_with(&name[..*count]));
    let more = |base: &[String]| kind.words().map(|word| with(base, word)).to_vec();
    match overlap {
        _ if name.len() > owner.len() && name.starts_with(owner) => {
            [vec![name.to_vec()], more(name)].concat()
        }
        // `object` of `ThreadObject`.
        Some(count) if count == name.len() => [more(owner), vec![plain]].concat(),
        Some(count) => vec![[owner, &name[count..]].concat(), plain],
        None => [vec![plain.clone()], more(&plain)].concat(),
    }
}

/// Final words of titles that only say that it is a request.
const PARAMS: &[&str] = &["param", "params", "parameters"];

/// Returns the names of a union's branch: by its label without the union's words, else by its number.
pub fn branch(
    base: &[String],
    label: Option<&[String]>,
    number: usize,
    is_alone: bool,
    kind: NamedKind,
) -> Vec<Words> {
    let numbered = with(base, &format!("variant{number}"));
    let Some(label) = label else {
        return match is_alone {
            true => vec![with(base, kind.words()[0]), with(base, "object"), numbered],
            false => vec![numbered],
        };
    };
    // `object` only distinguishes it from a string.
    if is_alone && matches!(label, [label] if label == "object") {
        return vec![with(base, kind.words()[0]), with(base, "object"), numbered];
    }
    let is_params = label
        .last()
        .is_some_and(|last| PARAMS.contains(&last.as_str()));
    let params = with(base, "params");
    if is_alone && is_params {
        return vec![params, [base, label].concat()];
    }
    let label = match label {
        [rest @ .., last] if last == "specs" && !rest.is_empty() => rest,
        label => label,
    };
    let own = without_start(base, label);
    if own.is_empty() {
        return vec![params, [base, label].concat()];
    }
    // `CardEvent` of `PaymentEvent`: the common end occurs once.
    let both_end = base
        .iter()
        .rev()
        .zip(own.iter().rev())
        .take_while(|(one, other)| one == other)
        .count()
        .min(own.len() - 1)
        .min(base.len());
    let short = [&base[..base.len() - both_end], own].concat();
    vec![short, [base, label].concat(), numbered]
}

/// Returns a label without the words that the base starts or ends with.
fn without_start<'l>(base: &[String], label: &'l [String]) -> &'l [String] {
    let begins = base
        .iter()
        .zip(label)
        .take_while(|(one, other)| is_same(one, other))
        .count();
    let ends = (1..=label.len().min(base.len()))
        .rev()
        .find(|count| same_words(&base[base.len() - count..], &label[..*count]));
    let repeated = begins.max(ends.unwrap_or(0));
    match repeated == label.len() && ends != Some(repeated) {
        true => &label[repeated - 1..],
        false => &label[repeated..],
    }
}
