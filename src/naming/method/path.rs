//! Derives names from the method and the path of an operation.

use super::OperationFacts;
use super::vocabulary::{
    is_http_verb, is_noun_too, is_plural, is_single, is_verb, same_words, singular, usual,
};
use crate::naming::{Words, words};

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    Literal(Words),
    Parameter(Words),
}

impl Segment {
    pub fn literal(&self) -> Option<&Words> {
        match self {
            Segment::Literal(words) => Some(words),
            Segment::Parameter(_) => None,
        }
    }

    /// Returns the words of a literal, or of a parameter's name.
    pub fn words(&self) -> &Words {
        match self {
            Segment::Literal(words) | Segment::Parameter(words) => words,
        }
    }
}

/// Splits a path into segments. A part after a colon or a hash is a segment too.
pub fn segments(path: &str) -> Vec<Segment> {
    let path = path.split('?').next().unwrap_or_default();
    let mut segments = Vec::new();
    for part in path.split(['/', '#']).filter(|part| !part.is_empty()) {
        let (part, action) = match part.rsplit_once(':') {
            Some((part, action)) if !action.contains('}') => (part, Some(action)),
            _ => (part, None),
        };
        if let Some(open) = part.find('{') {
            let name = part[open + 1..].split('}').next().unwrap_or_default();
            segments.push(Segment::Parameter(words(name)));
        } else if part.chars().any(char::is_alphanumeric)
            && (segments.is_empty() || !["json", "xml"].contains(&part))
        {
            let part = [".json", ".xml"]
                .iter()
                .find_map(|end| part.strip_suffix(end))
                .unwrap_or(part);
            segments.push(Segment::Literal(words(part)));
        }
        segments.extend(action.map(|action| Segment::Literal(words(action))));
    }
    segments
}

/// Returns whether a segment is only a version of the API.
pub fn is_version(words: &[String]) -> bool {
    let [first, rest @ ..] = words else {
        return false;
    };
    let digits = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let numbered = first
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    numbered && rest.iter().all(|word| digits(word))
        || words.iter().all(|word| digits(word))
        || rest.is_empty() && first == "api"
}

/// The path of an operation, relative to its resource.
#[derive(Debug)]
pub struct PathShape {
    /// Literal segments before that of the resource.
    pub containers: Vec<Words>,
    /// The words of the name, verb first.
    pub name: Words,
    /// Whether the operation lists what the last segment names.
    pub lists: bool,
    /// The verb of the HTTP method.
    pub verb: String,
    /// Literal segments after that of the resource.
    pub parts: Vec<Words>,
    /// Whether the path alone determines the name, or it is a guess.
    pub certain: bool,
}

pub fn shape(facts: &OperationFacts, noun: &[String]) -> PathShape {
    let base = base(&facts.segments, noun);
    // A resource without its own segment belongs to the first one that the path names.
    let last = facts
        .segments
        .iter()
        .rposition(|segment| segment.literal().is_some());
    let is_owned = matches!(facts.segments.get(1), Some(Segment::Parameter(_)));
    let before = base.unwrap_or(if is_owned { last.unwrap_or(0) } else { 0 });
    let containers = facts.segments[..before]
        .iter()
        .filter_map(Segment::literal)
        .cloned()
        .collect();
    let after = &facts.segments[base.map_or(0, |base| base + 1)..];
    let (name, certain) = tail(facts, after, base.is_some());
    let lists = lists(
        facts,
        base.is_some_and(|base| base + 1 == facts.segments.len()),
    );
    let verb = usual(plain_verb(facts, facts.is_item(), lists)).to_owned();
    let own = if base.is_some() { after } else { &[] };
    let parts = own.iter().filter_map(Segment::literal).cloned().collect();
    PathShape {
        containers,
        name,
        lists,
        verb,
        parts,
        certain,
    }
}

/// Returns the index of the resource's segment: the last with all its words, else one with some of them.
pub fn base(segments: &[Segment], noun: &[String]) -> Option<usize> {
    let joined = |words: &[String]| -> String {
        let last = words.len().saturating_sub(1);
        words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                if at == last {
                    singular(word).into_owned()
                } else {
                    word.clone()
                }
            })
            .collect()
    };
    let wanted = joined(noun);
    if wanted.is_empty() {
        return None;
    }
    // The number of letters that a segment shares with the noun.
    let score = |words: &Words| -> usize {
        let own = joined(words);
        let part =
            own.len() > 2 && wanted.starts_with(&own) || own.len() > 3 && wanted.ends_with(&own);
        let shares = noun.len() >= words.len();
        let begins = shares && same_words(&noun[..words.len()], words);
        let ends = shares && same_words(&noun[noun.len() - words.len()..], words);
        let more = wanted.len() > 3 && own.starts_with(&wanted);
        match own == wanted {
            true => usize::MAX,
            false if part || begins || ends => own.len(),
            false if more => wanted.len(),
            false => 0,
        }
    };
    let scores = segments
        .iter()
        .enumerate()
        .filter_map(|(at, segment)| Some((score(segment.literal()?), at)));
    scores
        .filter(|(score, _)| *score > 0)
        .max_by_key(|(score, at)| (*score == usize::MAX, *at))
        .map(|(_, at)| at)
}

/// Returns whether an operation returns a list.
fn lists(facts: &OperationFacts, at_base: bool) -> bool {
    let Some(Segment::Literal(last)) = facts.segments.last() else {
        return false;
    };
    let Some(last) = last.last() else {
        return false;
    };
    facts.method == "GET"
        && (facts.returns_list && (at_base || facts.has_items) && !is_single(last)
            || is_plural(last) && (facts.has_items || facts.returns_list || !facts.knows_response))
}

fn plain_verb(facts: &OperationFacts, is_item: bool, is_list: bool) -> &'static str {
    match facts.method.as_str() {
        "GET" if is_list => "list",
        "GET" => "get",
        "HEAD" => "head",
        "POST" if is_item && facts.has_get => "update",
        "POST" => "create",
        "PUT" if facts.has_patch => "replace",
        "PUT" | "PATCH" => "update",
        "DELETE" => "delete",
        "QUERY" => "query",
        "OPTIONS" => "options",
        "TRACE" => "trace",
        _ => "send",
    }
}

/// Returns the name from the segments after the resource's, and whether it is more than a guess.
fn tail(facts: &OperationFacts, after: &[Segment], has_base: bool) -> (Words, bool) {
    let literals: Vec<&Words> = after.iter().filter_map(Segment::literal).collect();
    let is_item = matches!(after.last(), Some(Segment::Parameter(_)));
    let Some((last, outer)) = literals.split_last() else {
        let plural = matches!(facts.segments.last(), Some(Segment::Literal(words)) if words.last().is_some_and(|word| is_plural(word)));
        let is_list = lists(facts, has_base);
        let mut verb = plain_verb(facts, is_item, is_list || plural && !is_item).to_owned();
        if !is_item && !plural && facts.method == "POST" && facts.has_get && !facts.returns_list {
            verb = "update".to_owned();
        }
        let mut name = vec![verb];
        if !is_item && plural && facts.method == "DELETE" && facts.has_items {
            let summary = words(facts.summary.as_deref().unwrap_or_default());
            let all = summary.iter().any(|word| word == "all" || word == "every");
            name.push(if all { "all" } else { "many" }.to_owned());
        }
        return (name, true);
    };
    if last.len() == 1 && ["me", "self"].contains(&last[0].as_str()) && outer.is_empty() && !is_item
    {
        return (vec![plain_verb(facts, false, false).to_owned()], true);
    }
    let outer = outer_words(facts, outer);
    let last = &match last.len() > 1 && is_http_verb(&last[0]) {
        true => last[1..].to_vec(),
        false => (*last).clone(),
    };
    let is_action = !is_item
        && last.first().is_some_and(|first| is_verb(first))
        && !(last.last().is_some_and(|word| is_plural(word))
            && (last.len() == 1 || is_noun_too(&last[0])))
        && (facts.method != "GET"
            || matches!(
                last[0].as_str(),
                "search"
                    | "export"
                    | "download"
                    | "query"
                    | "find"
                    | "preview"
                    | "check"
                    | "count"
                    | "stream"
                    | "compare"
            ))
        && !(facts.has_get && facts.method != "GET");
    if is_action {
        let mut name = last.clone();
        if name.len() == 1 {
            name.extend(outer);
        }
        return (name, true);
    }
    let is_list = !is_item && lists(facts, false);
    let verb = plain_verb(facts, is_item, is_list);
    let keeps_plural = is_list || !is_item && verb != "create";
    let mut noun = last.clone();
    if !keeps_plural && let Some(word) = noun.last_mut() {
        *word = singular(word).into_owned();
    }
    let certain = is_item
        || facts.method == "GET"
        || noun != *last
        || facts.method == "DELETE"
        || has_base && facts.method != "POST";
    let name = [vec![verb.to_owned()], outer, noun].concat();
    (name, certain)
}

/// Returns the words of the segments before the last, in the singular if a parameter follows.
pub(super) fn outer_words(facts: &OperationFacts, outer: &[&Words]) -> Words {
    let mut words = Words::new();
    for segment in outer {
        let followed = facts.segments.windows(2).any(|pair| {
            pair[0].literal() == Some(segment) && matches!(pair[1], Segment::Parameter(_))
        });
        let mut own = (*segment).clone();
        if followed && let Some(word) = own.last_mut() {
            *word = singular(word).into_owned();
        }
        words.extend(own);
    }
    words
}
