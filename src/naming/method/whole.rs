//! Full names of operations without their resource, such as `CreateComment` in the name of a request's type.
//!
//! They depend only on the operation itself, so another operation does not rename a type.

use super::OperationFacts;
use super::path::{Segment, is_version, outer_words, shape};
use super::phrase::is_plain;
use super::vocabulary::{
    is_article, is_http_verb, is_noun_too, is_preposition, is_same, is_verb, singular, usual,
};
use crate::naming::{Words, words};

/// Returns the full name. `own` are the author's words, if a framework did not generate the id.
pub fn whole(facts: &OperationFacts, noun: &[String], own: Option<&[String]>) -> Words {
    let id = facts.id.as_deref().map(words).unwrap_or_default();
    if facts.is_id_prescribed {
        return id;
    }
    match own {
        Some(own) => by_id(facts, noun, &id, own),
        None => by_path(facts),
    }
}

/// Returns the name from the method and the whole path.
fn by_path(facts: &OperationFacts) -> Words {
    let facts = &after_version(facts);
    let mut name = shape(facts, &[]).name;
    let literals: Vec<&Words> = facts.segments.iter().filter_map(Segment::literal).collect();
    if let Some((last, outer)) = literals.split_last()
        && name.len() > 1
        && name == **last
    {
        // `cancel_action` of a reader.
        let outer = outer_words(facts, outer);
        name.splice(1..1, outer);
    }
    // Next to a `PATCH`, a `POST` does not update.
    if facts.method == "POST" && facts.has_patch && name[0] == "update" {
        name[0] = "create".to_owned();
    }
    name.dedup();
    name
}

/// Returns the facts of the path after its version.
fn after_version(facts: &OperationFacts) -> OperationFacts {
    let literals = facts.segments.iter().map_while(Segment::literal);
    let version = literals
        .enumerate()
        .filter(|(_, words)| is_version(words))
        .last();
    let from = version
        .map_or(0, |(at, _)| at + 1)
        .min(facts.segments.len().saturating_sub(1));
    OperationFacts {
        method: facts.method.clone(),
        path: facts.path.clone(),
        summary: facts.summary.clone(),
        returns_list: facts.returns_list,
        knows_response: facts.knows_response,
        segments: facts.segments[from..].to_vec(),
        has_items: facts.has_items,
        has_get: facts.has_get,
        has_patch: facts.has_patch,
        ..OperationFacts::default()
    }
}

/// Returns the author's words with the resource added if they omit it, and without articles.
fn by_id(facts: &OperationFacts, noun: &[String], id: &[String], own: &[String]) -> Words {
    let mut name: Words = own
        .iter()
        .filter(|word| !is_article(word))
        .cloned()
        .collect();
    if let [first, ..] = name.as_slice()
        && is_http_verb(first)
        && first.as_str() != "get"
        && first.as_str() != "delete"
    {
        name[0] = shape(facts, &[]).name.swap_remove(0);
    }
    // `findAll` of a controller.
    let finds = |word: &str| name.len() == 2 && name[1] == word;
    let (is_all, is_one) = (finds("all"), finds("one"));
    if is_all || is_one {
        name = vec![if is_all { "list" } else { "get" }.to_owned()];
    }
    let [verb, rest @ ..] = name.as_slice() else {
        return id.to_vec();
    };
    let has_resource = rest
        .iter()
        .any(|word| noun.iter().any(|own| is_same(own, word)));
    if !is_verb(verb) && id.len() > own.len() {
        return id
            .iter()
            .filter(|word| !is_article(word))
            .cloned()
            .collect();
    }
    // The words before the verb in the id are the resource.
    let is_cut = id.len() > own.len() || is_all || is_one || rest.is_empty() && is_plain(verb);
    let is_noun = noun.last().is_none_or(|noun| is_same(verb, noun));
    if has_resource || !is_cut || !is_verb(verb) || is_noun {
        return name;
    }
    let mut resource = noun.to_vec();
    let is_list =
        is_all || usual(verb) == "list" && rest.first().is_none_or(|word| is_preposition(word));
    if !is_list
        && is_collection(facts, noun)
        && let Some(last) = resource.last_mut()
    {
        *last = singular(last).into_owned();
    }
    let (verbs, rest) = name.split_at(verbs(&name));
    [verbs, &resource, rest].concat()
}

/// Counts the first words of a name that are verbs: `create or update`, `bulk add`.
fn verbs(name: &[String]) -> usize {
    let mut count = 1;
    loop {
        match &name[count..] {
            [or, verb, ..] if ["or", "and"].contains(&or.as_str()) && is_verb(verb) => count += 2,
            [verb, ..] if is_verb(verb) && !is_noun_too(verb) => count += 1,
            _ => return count,
        }
    }
}

/// Returns the full name without its verbs.
pub fn without_verb(name: &[String]) -> &[String] {
    match name.len() {
        0 | 1 => name,
        len => &name[verbs(name).min(len - 1)..],
    }
}

/// Returns whether a path names an item of the resource, so that its noun is countable.
fn is_collection(facts: &OperationFacts, noun: &[String]) -> bool {
    let segments = facts
        .all
        .iter()
        .filter(|segment| segment.literal().is_none_or(|words| !is_version(words)));
    let segments: Vec<&Segment> = segments.collect();
    let names = |segment: &Segment| {
        let last = segment.literal().and_then(|words| words.last());
        last.zip(noun.last())
            .is_some_and(|(last, noun)| is_same(last, noun))
    };
    segments.iter().enumerate().any(|(at, segment)| {
        names(segment) && !matches!(segments.get(at + 1), Some(Segment::Literal(_)))
    })
}

#[cfg(test)]
mod tests {
    use super::whole;
    use crate::naming::method::{DocumentFacts, OperationFacts, id};
    use crate::naming::{IdentCase, words};

    /// Operations in type names: full name, request line, id and tag.
    const CASES: &str = include_str!("whole.tsv");

    #[test]
    fn full_names_match_the_cases() {
        let mut wrong = Vec::new();
        for line in CASES
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (wanted, request, id, tag) = (next(), next(), next(), next());
            let (method, path) = request.split_once(' ').expect("METHOD /path");
            let noun = words(tag);
            let mut all = [OperationFacts {
                method: method.to_owned(),
                path: path.to_owned(),
                id: (!id.is_empty()).then(|| id.to_owned()),
                ..OperationFacts::default()
            }];
            let document = DocumentFacts::new(&mut all, std::slice::from_ref(&noun));
            let own = id::author_words(&all[0], &noun, &document);
            let made = IdentCase::Pascal.ident(&whole(&all[0], &noun, own.as_deref()));
            if made != wanted {
                wrong.push(format!("{line}: {made}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
