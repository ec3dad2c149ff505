//! Extracts the author's words from an `operationId` by removing what a framework added.

use super::path::Segment;
use super::vocabulary::{is_http_verb, is_noise, is_same, is_verb, singular};
use super::{DocumentFacts, OperationFacts};
use crate::naming::{Words, words};

/// Returns the author's words of an id, or `None` if a framework generated all of it.
pub fn author_words(
    facts: &OperationFacts,
    noun: &[String],
    document: &DocumentFacts,
) -> Option<Words> {
    let id = facts.id.as_deref()?;
    let id = without_using(without_count(id, document));
    let id = without_path(id, facts);
    let mut own = words(id);
    if own.len() > document.shared.len() && own.starts_with(&document.shared) {
        own.drain(..document.shared.len());
    }
    if own.len() > 1 && own[0] == "api" {
        own.remove(0);
    }
    if own.is_empty() || is_echo(&own, facts) {
        return None;
    }
    let controller = id
        .split(['_', '.', '#'])
        .next()
        .filter(|part| part.len() < id.len());
    if let Some(part) = controller.filter(|part| {
        part.ends_with("Controller") || part.ends_with("Resource") || part.ends_with("Handler")
    }) {
        own = words(&id[part.len()..]);
    }
    let cut: Words = own.iter().flat_map(|word| split_run(word, facts)).collect();
    // An id in lower case, apart from its first letters, is split as a whole.
    own = match cut.iter().any(|word| word.len() > 14) {
        true => {
            let whole = split_run(&own.concat(), facts);
            if whole.len() > 1 { whole } else { cut }
        }
        false => cut,
    };
    // `getstopWords`, `putseparatorTokens`.
    let method = facts.method.to_lowercase();
    let glued = own
        .first()
        .and_then(|first| first.strip_prefix(&method))
        .map(str::to_owned);
    if let Some(rest) = glued.filter(|rest| facts.vocabulary.contains(rest)) {
        own[0] = rest;
        own.insert(0, method);
    }
    let version = |word: &String| {
        super::path::is_version(std::slice::from_ref(word)) && word.starts_with('v')
    };
    if own.len() > 1 && own.iter().any(|word| !version(word)) {
        own.retain(|word| !version(word));
    }
    let own = without_group(own, noun);
    let is_count = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    let own: Words = match own.iter().all(is_count) {
        true => own,
        false => own.into_iter().filter(|word| !is_count(word)).collect(),
    };
    (!own.is_empty()).then_some(own)
}

/// Removes the `_1` that springdoc appends to a duplicate id.
fn without_count<'a>(id: &'a str, document: &DocumentFacts) -> &'a str {
    match id.rsplit_once('_') {
        Some((stem, count))
            if !stem.is_empty()
                && count.chars().all(|c| c.is_ascii_digit())
                && document.ids.contains(stem) =>
        {
            stem
        }
        _ => id,
    }
}

/// Removes the `UsingGET` that springfox appends.
fn without_using(id: &str) -> &str {
    let Some((stem, rest)) = id.rsplit_once("Using") else {
        return id;
    };
    let method = rest.split('_').next().unwrap_or_default();
    let is_method = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&method);
    if is_method && !stem.is_empty() {
        stem
    } else {
        id
    }
}

/// Removes the path and method that FastAPI appends: `read_item_items__item_id__get`.
fn without_path<'a>(id: &'a str, facts: &OperationFacts) -> &'a str {
    let slug: String = facts
        .path
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let method = facts.method.to_lowercase();
    let Some(stem) = id.strip_suffix(&format!("_{method}")) else {
        return id;
    };
    // The path may include the name of a router, which the id does not.
    let slug = slug.trim_matches('_');
    // The start of the path may come from where the application is mounted.
    let all = facts.path.trim_matches('/').split('/').scan(0, |at, part| {
        let here = *at;
        *at += part.len() + 1;
        Some(here)
    });
    let ends: Vec<usize> = all
        .take(facts.dropped + 1)
        .filter(|at| *at < slug.len())
        .collect();
    for at in ends {
        let end = slug[at..].trim_start_matches('_');
        if end.is_empty() {
            break;
        }
        if let Some(rest) = stem.trim_end_matches('_').strip_suffix(end) {
            let rest = rest.trim_end_matches('_');
            if rest.is_empty() {
                return id;
            }
            return rest;
        }
    }
    id
}

/// Returns whether an id only repeats the method and the path.
fn is_echo(own: &[String], facts: &OperationFacts) -> bool {
    let method = facts.method.to_lowercase();
    let at = match (own.first(), own.last()) {
        (Some(first), _) if *first == method => 1..own.len(),
        (_, Some(last)) if *last == method && own.len() > 1 => 0..own.len() - 1,
        _ => return false,
    };
    let own = &own[at];
    let ids = ["id", "ids", "uuid", "by"];
    let without_keys: Words = own
        .iter()
        .filter(|word| !ids.contains(&word.as_str()))
        .cloned()
        .collect();
    let all = &facts.all;
    let joined = |segments: &[Segment], with_parameters: bool| -> String {
        segments
            .iter()
            .flat_map(|segment| match segment {
                Segment::Literal(words) => words.clone(),
                Segment::Parameter(words) if with_parameters => words.clone(),
                Segment::Parameter(_) => Words::new(),
            })
            .collect()
    };
    let is_known = |word: &str| {
        let mut known = all.iter().flat_map(Segment::words);
        known.any(|known| is_same(known, word)) || ids[..3].contains(&word)
    };
    let only_known = own.iter().all(|word| is_known(word));
    let forms = [
        joined(all, true),
        joined(all, false),
        joined(&facts.segments, true),
        joined(&facts.segments, false),
    ];
    own.is_empty()
        || [own.concat(), without_keys.concat()]
            .iter()
            .any(|id| forms.contains(id))
        || only_known && (own.len() > 2 || !matches!(method.as_str(), "get" | "delete"))
}

/// Splits a word in lower case into words of the path, tag and summary.
fn split_run(word: &str, facts: &OperationFacts) -> Words {
    const LONG: usize = 11;
    if word.len() < LONG || facts.vocabulary.iter().any(|known| known == word) || !word.is_ascii() {
        return vec![word.to_owned()];
    }
    let known = |part: &str| {
        facts.vocabulary.iter().any(|known| known == part)
            || part.len() > 2 && is_verb(part)
            || ["a", "an", "the", "for", "of", "by", "to"].contains(&part)
    };
    // The fewest words that form each prefix.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=word.len() {
        for start in 0..end {
            if let Some((count, _)) = best[start]
                && known(&word[start..end])
                && best[end].is_none_or(|(other, _)| count + 1 < other)
            {
                best[end] = Some((count + 1, start));
            }
        }
    }
    if best[word.len()].is_none() {
        return vec![word.to_owned()];
    }
    let mut parts = Words::new();
    let mut end = word.len();
    while let Some((_, start)) = best[end].filter(|_| end > 0) {
        parts.insert(0, word[start..end].to_owned());
        end = start;
    }
    parts
}

/// Removes the name of the resource from the start, as in `users/list-followers` and `UsersFindAll`.
fn without_group(own: Words, noun: &[String]) -> Words {
    if own.first().is_some_and(|first| is_verb(first)) && noun.first() != own.first() {
        return own;
    }
    let group: String = noun.concat();
    let mut joined = String::new();
    for (at, word) in own.iter().enumerate() {
        joined.push_str(word);
        let rest = &own[at + 1..];
        let same = joined == group || singular(&joined) == singular(&group);
        let begins = rest
            .first()
            .is_some_and(|word| is_verb(word) || is_http_verb(word) || is_noise(word))
            || rest.len() == 1;
        if same && begins {
            return rest.to_vec();
        }
    }
    own
}
