//! A verb and what it is done to, as a method of a resource.

use super::Facts;
use super::path::{Segment, Shape, verb_of};
use super::vocabulary::{
    is_article, is_http_verb, is_noise, is_noun_too, is_plural, is_preposition, is_same, is_verb,
    singular, usual,
};
use crate::naming::{Words, words};

/// The longest name that is easy to read in a line of code.
const LONGEST: usize = 40;

/// Words that say for whom something is done, where the path says it too.
const POSSESSORS: &[&str] = &[
    "authenticated",
    "current",
    "me",
    "my",
    "own",
    "self",
    "user",
];

pub struct Context<'a> {
    pub facts: &'a Facts,
    pub noun: &'a [String],
    pub shape: &'a Shape,
    /// The version in the path, where other paths have another.
    pub version: Option<Words>,
}

/// A verb, an object, and what follows it with a preposition.
#[derive(Clone, Debug, Default, PartialEq)]
struct Phrase {
    verb: Words,
    object: Words,
    clause: Words,
}

impl Context<'_> {
    /// The names that the method and the path give.
    pub fn by_shape(&self) -> Vec<Words> {
        let summary = self.by_summary();
        let shape = self.tidied(self.concise(self.shape.name.clone()));
        let long = self.tidied(self.shape.name.clone());
        match self.shape.certain {
            true => [vec![shape, long], summary.into_iter().collect()].concat(),
            false => [summary.into_iter().collect(), vec![shape, long]].concat(),
        }
    }

    /// Whether the summary's verb is another one than the path's.
    pub fn summary_says_more(&self) -> bool {
        let Some(name) = self.by_summary() else {
            return false;
        };
        let class = |verb: &str| match verb {
            "list" | "get" | "find" | "return" | "search" if self.facts.method == "GET" => {
                "get".to_owned()
            }
            "remove" if self.facts.method == "DELETE" => "delete".to_owned(),
            "add" | "set" | "replace"
                if self.facts.method != "DELETE" && is_plain(&self.shape.name[0]) =>
            {
                self.shape.name[0].clone()
            }
            verb => verb.to_owned(),
        };
        class(&name[0]) != class(&self.shape.name[0]) && name.len() <= 4
    }

    fn summary_verb(&self) -> Option<String> {
        words(self.facts.summary.as_deref()?).into_iter().next()
    }

    /// The name that the summary gives: its verb and what follows.
    pub fn by_summary(&self) -> Option<Words> {
        let summary = self.facts.summary.as_deref()?;
        let sentence = summary.split(['.', '(', ',', ';', ':']).next()?;
        let mut own = words(sentence);
        if own.len() > 8 {
            return None;
        }
        let first = own.first_mut()?;
        if !is_verb(first) {
            let base = first.strip_suffix('s').filter(|base| is_verb(base))?;
            *first = base.to_owned();
        }
        let name = self.tidied(self.reduced(self.parsed(own)));
        (name.len() <= 5).then_some(name)
    }

    /// The names that an author's words give.
    pub fn by_id(&self, own: Words) -> (Vec<Words>, bool) {
        let whole = self.parsed(own);
        let full = [
            whole.verb.clone(),
            whole.object.clone(),
            whole.clause.clone(),
        ]
        .concat();
        let reduced = self.reduced(whole);
        let bare = self.without_container(&reduced);
        let short = self.tidied(self.concise(reduced.clone()));
        // `get me` of the account.
        let is_self = bare.len() == 2 && ["me", "self"].contains(&bare[1].as_str());
        let bare = if is_self { bare[..1].to_vec() } else { bare };
        let by = bare
            .iter()
            .position(|word| word == "by")
            .filter(|at| *at > 0);
        let keyless = bare[..by.unwrap_or(bare.len())].to_vec();
        let bare = self.tidied(self.concise(bare));
        let whole_name = short.clone();
        let mut names = vec![self.tidied(self.concise(keyless)), bare.clone()];
        names.extend(
            self.with_container(&bare)
                .filter(|_| bare.len() == 2 && bare != short),
        );
        if self.facts.method == "PUT" && self.facts.has_patch && short[0] == "update" {
            names.push([&["replace".to_owned()], &short[1..]].concat());
        }
        names.push(short);
        if width(&reduced) > LONGEST {
            names.splice(0..0, self.by_summary());
        }
        names.extend(self.with_container(&names[0]));
        names.extend([self.tidied(reduced), self.tidied(full)]);
        let is_cut = names.first() != Some(&whole_name);
        (names, is_cut)
    }

    /// A name without what the resource's path lies in.
    fn without_container(&self, name: &[String]) -> Words {
        let at = name
            .iter()
            .rposition(|word| ["for", "from", "in", "of", "on"].contains(&word.as_str()));
        let Some(at) = at.filter(|at| *at > 1) else {
            return name.to_vec();
        };
        let outer = |word: &String| {
            self.facts.segments.iter().any(|segment| {
                let (Segment::Literal(words) | Segment::Parameter(words)) = segment;
                words.len() == 1
                    && (is_same(&words[0], word) || is_same(long_form(&words[0]), long_form(word)))
            })
        };
        match &name[at + 1..] {
            [container] if outer(container) => name[..at].to_vec(),
            _ => name.to_vec(),
        }
    }

    /// What tells names apart that are the same otherwise.
    pub fn longer(&self, names: &[Words]) -> Vec<Words> {
        let Some(first) = names.first() else {
            return Vec::new();
        };
        let mut longer: Vec<Words> = self
            .with_container(first)
            .into_iter()
            .chain(self.with_parameter(first))
            .collect();
        if let Some(me) = self
            .facts
            .segments
            .last()
            .and_then(Segment::literal)
            .filter(|words| words.len() == 1 && ["me", "self"].contains(&words[0].as_str()))
        {
            longer.insert(0, [first.as_slice(), me].concat());
        }
        if self.facts.path.contains("?beta") || self.facts.path.contains("?") {
            let query = self
                .facts
                .path
                .split(['?', '='])
                .filter(|part| *part != "true")
                .skip(1);
            let marks: Words = query.flat_map(words).collect();
            longer.insert(0, [first.clone(), marks].concat());
        }
        let version = self.version.clone();
        longer.extend(version.map(|version| [first.clone(), version].concat()));
        let by_shape = self.tidied(self.concise(self.shape.name.clone()));
        longer.extend(self.with_container(&by_shape));
        let literals: Words = self
            .facts
            .segments
            .iter()
            .filter_map(Segment::literal)
            .flatten()
            .cloned()
            .collect();
        longer.push([first[..1].to_vec(), literals].concat());
        longer.into_iter().map(|name| self.tidied(name)).collect()
    }

    /// Whether a name is a verb and the resource's noun.
    pub fn repeats_resource(&self, name: &[String]) -> bool {
        name.len() > 1 && self.is_noun(&name[1..])
    }

    /// A name without the path's outer segments, where two words or more are left of its object.
    fn concise(&self, mut name: Words) -> Words {
        let literals: Vec<&Words> = self
            .facts
            .segments
            .iter()
            .filter_map(Segment::literal)
            .collect();
        let Some((last, outer)) = literals.split_last() else {
            return name;
        };
        loop {
            let end = name
                .iter()
                .position(|word| is_preposition(word))
                .unwrap_or(name.len());
            let object = &name[1..end];
            if object.len() < 3
                || is_verb(&object[0]) && object.len() == 3 && is_preposition(&object[0])
            {
                return name;
            }
            let dropped = outer.iter().map(|segment| segment.len()).find(|size| {
                object.len() >= size + 2
                    && outer.iter().any(|segment| {
                        segment.len() == *size && same_words(segment, &object[..*size])
                    })
            });
            let of_last = last.len() >= 2
                && object.len() > last.len()
                && same_words(last, &object[object.len() - last.len()..]);
            let known = |word: &String| {
                outer
                    .iter()
                    .any(|segment| segment.iter().any(|own| is_same(own, word)))
            };
            let dropped = dropped.or_else(|| {
                (of_last && object[..object.len() - last.len()].iter().all(known))
                    .then(|| object.len() - last.len())
            });
            let dropped = dropped.or_else(|| {
                (last.len() == 1
                    && is_same(&last[0], &object[object.len() - 1])
                    && object[..object.len() - 1].iter().all(known))
                .then(|| object.len() - 2)
            });
            // `code frequency stats` of `…/stats/code_frequency`.
            let at_end = outer.iter().find(|segment| {
                object.len() == segment.len() + last.len()
                    && object.len() > 2
                    && same_words(segment, &object[last.len()..])
                    && same_words(last, &object[..last.len()])
            });
            if let Some(segment) = at_end {
                let end = end - segment.len();
                name.drain(end..end + segment.len());
                return name;
            }
            let Some(dropped) = dropped else { return name };
            name.drain(1..1 + dropped);
        }
    }

    fn parsed(&self, mut own: Words) -> Phrase {
        own.retain(|word| !is_article(word) && word != "paginated");
        let many = own.len().saturating_sub(1);
        for word in own.iter_mut().take(many).filter(|word| *word == "users") {
            word.pop();
        }
        let marker = own
            .first()
            .filter(|first| ["beta", "deprecated", "legacy"].contains(&first.as_str()))
            .cloned();
        if marker.is_some() && own.len() > 1 {
            own.remove(0);
        }
        let (verb, mut object) = self.verb(own);
        let mut verb = verb;
        // `create or update`, `check and set`.
        while object.len() > 2 && ["or", "and"].contains(&object[0].as_str()) && is_verb(&object[1])
        {
            verb.extend(object.drain(..2));
        }
        if verb == ["get"] {
            let many = ["all", "several", "multiple", "many", "list"];
            if object
                .first()
                .is_some_and(|first| many.contains(&first.as_str()))
                && self.facts.method == "GET"
            {
                object.remove(0);
                verb = vec!["list".to_owned()];
            }
        }
        if verb == ["list"]
            && object
                .first()
                .is_some_and(|first| first == "all" || first == "of")
        {
            object.remove(0);
        }
        let at = object
            .iter()
            .skip(1)
            .position(|word| is_preposition(word))
            .map(|at| at + 1);
        let mut clause = object.split_off(at.unwrap_or(object.len()));
        clause.extend(marker);
        Phrase {
            verb,
            object,
            clause,
        }
    }

    /// The verb of the words, and the rest.
    fn verb(&self, mut own: Words) -> (Words, Words) {
        let first = own.first().cloned().unwrap_or_default();
        let last = own.last().cloned().unwrap_or_default();
        if own.ends_with(&["partial".to_owned(), "update".to_owned()]) {
            own.truncate(own.len() - 2);
            return (vec!["update".to_owned()], own);
        }
        if is_http_verb(&first) && first != "get" && first != "delete" {
            own.remove(0);
            let next = own.first().cloned().unwrap_or_default();
            // `post send message`.
            if is_verb(&next) && own.len() > 1 && !is_http_verb(&next) && !self.names_segment(&next)
            {
                own.remove(0);
                return (vec![usual(&next).to_owned()], own);
            }
            let plain = vec![verb_of(self.facts)];
            let shape = &self.shape.name;
            // The path ends in what is done.
            if shape.first().is_some_and(|verb| !is_plain(verb)) && own.last() == shape.first() {
                own.pop();
                return (vec![shape[0].clone()], own);
            }
            return (plain, own);
        }
        // `poll expire` of `…/expire`, `invite resolve` of invites.
        let path_verb = self
            .facts
            .segments
            .last()
            .and_then(Segment::literal)
            .filter(|words| words.len() == 1)
            .map(|words| &words[0]);
        let second = own.get(1).cloned().unwrap_or_default();
        if own.len() > 1
            && !(is_verb(&first) && !is_noun_too(&first))
            && path_verb == Some(&last)
            && is_verb(&last)
            && self.facts.method != "GET"
        {
            own.pop();
            return (vec![last], own);
        }
        if self.is_noun(&own[..1]) && is_verb(&second) && !is_http_verb(&second) {
            own.drain(..2);
            return (vec![usual(&second).to_owned()], own);
        }
        if ["bulk", "batch"].contains(&first.as_str()) && is_verb(&second) {
            own.drain(..2);
            return (vec![first, usual(&second).to_owned()], own);
        }
        let by_path = path_verb == Some(&first);
        let by_summary = own.len() > 1
            && !self.noun.contains(&first)
            && self.summary_verb().is_some_and(|verb| verb == first);
        if is_verb(&first) || self.facts.method != "GET" && (by_path || by_summary) {
            own.remove(0);
            return (vec![usual(&first).to_owned()], own);
        }
        if own.len() > 1 && is_http_verb(&last) && last != "get" && last != "delete" {
            own.pop();
            return (vec![verb_of(self.facts)], own);
        }
        if own.len() > 1 && is_verb(&last) {
            own.pop();
            return (vec![usual(&last).to_owned()], own);
        }
        let inner = own
            .iter()
            .position(|word| is_plain(usual(word)) || is_verb(word) && !self.names_segment(word));
        if let Some(at) = inner.filter(|at| *at > 0) {
            let verb = own.remove(at);
            let is_method = is_http_verb(&verb) && verb != "get" && verb != "delete";
            return (
                vec![if is_method {
                    verb_of(self.facts)
                } else {
                    usual(&verb).to_owned()
                }],
                own,
            );
        }
        if self.facts.method != "GET"
            && let Some(verb) = self.shape.name.first().filter(|verb| !is_plain(verb))
        {
            return (
                vec![verb.clone()],
                own.into_iter().filter(|word| word != verb).collect(),
            );
        }
        (vec![verb_of(self.facts)], own)
    }

    fn names_segment(&self, word: &str) -> bool {
        self.facts.segments.iter().any(|segment| {
            segment
                .literal()
                .is_some_and(|words| words.iter().any(|own| is_same(own, word)))
        })
    }

    /// The name of a phrase without the words that the resource says already.
    fn reduced(&self, mut phrase: Phrase) -> Words {
        if self.facts.segments.iter().any(|segment| {
            segment.literal().is_some_and(|words| {
                words.len() == 1 && ["me", "self", "user"].contains(&words[0].as_str())
            })
        }) {
            while phrase.object.len() > 1
                && POSSESSORS.contains(&singular(&phrase.object[0]).as_str())
                && !self.is_noun(&phrase.object[..1])
            {
                phrase.object.remove(0);
            }
        }
        let is_list = phrase.verb == ["get"]
            && super::path::lists(self.facts)
            && phrase.object.last().is_none_or(|last| is_plural(last));
        if is_list {
            phrase.verb = vec!["list".to_owned()];
        }
        self.drop_clause(&mut phrase);
        if phrase.clause.is_empty()
            && phrase.object.len() > 1
            && self.is_container(&phrase.object[..1])
            && !self.is_noun(&phrase.object)
        {
            let container = phrase.object.remove(0);
            phrase.clause = vec!["for".to_owned(), singular(&container)];
        }
        let (object, suffix) = self.without_noun(&phrase.object);
        let clause = match suffix.is_empty() {
            true => phrase.clause,
            false => [suffix, phrase.clause].concat(),
        };
        let mut name = [phrase.verb, object, clause].concat();
        let last = self
            .facts
            .segments
            .last()
            .and_then(Segment::literal)
            .and_then(|words| words.last());
        if name == ["get"] && last.is_some_and(|last| is_plural(last)) {
            name = vec!["list".to_owned()];
        }
        if name.len() == 2 && name[1] == "exists" {
            name.remove(0);
        }
        if name.len() > 1
            && let Some(last) = name.last_mut()
        {
            *last = match last.as_str() {
                "org" => "organization".to_owned(),
                "repo" => "repository".to_owned(),
                _ => std::mem::take(last),
            };
        }
        name
    }

    /// Drops a clause that repeats the resource or the only key.
    fn drop_clause(&self, phrase: &mut Phrase) {
        let Some((preposition, rest)) = phrase.clause.split_first() else {
            return;
        };
        let first_end = rest
            .iter()
            .position(|word| is_preposition(word))
            .unwrap_or(rest.len());
        let (own, further) = rest.split_at(first_end);
        let repeats = match preposition.as_str() {
            "by" => self.is_only_key(own, &phrase.object) && further.is_empty(),
            "for" | "in" | "of" | "on" | "from" | "to" | "with" => {
                self.is_noun(own) && !phrase.object.is_empty() && !self.is_noun(&phrase.object)
            }
            _ => false,
        };
        if repeats {
            // `delete attestations by id` deletes one of them.
            let is_item = matches!(self.facts.segments.last(), Some(Segment::Parameter(_)));
            if preposition == "by"
                && is_item
                && let Some(last) = phrase.object.last_mut()
            {
                *last = singular(last);
            }
            phrase.clause = further.to_vec();
        }
    }

    /// Whether the words name a parameter of the path, and it is the last.
    fn is_only_key(&self, own: &[String], object: &[String]) -> bool {
        let [.., Segment::Literal(literal), Segment::Parameter(parameter)] =
            self.facts.segments.as_slice()
        else {
            return own.last().is_some_and(|last| last == "id");
        };
        let named = object
            .last()
            .is_none_or(|last| literal.last().is_some_and(|literal| is_same(literal, last)));
        let is_key = own.last().is_some_and(|last| {
            ["id", "uuid", "ids", "guid", "sid", "identifier"].contains(&last.as_str())
        });
        named && !self.facts.has_siblings_by_key && (is_key || parameter.ends_with(own))
    }

    fn is_noun(&self, own: &[String]) -> bool {
        let joined =
            |words: &[String]| -> String { words.iter().map(|word| singular(word)).collect() };
        !own.is_empty()
            && (joined(own) == joined(self.noun)
                || own.len() < self.noun.len()
                    && is_same(&own[own.len() - 1], &self.noun[self.noun.len() - 1])
                    && is_within(own, self.noun))
    }

    /// An object without the resource's noun, and a clause that says what came before it.
    fn without_noun(&self, object: &[String]) -> (Words, Words) {
        if object.is_empty() || self.is_noun(object) {
            return (Words::new(), Words::new());
        }
        let sizes = (1..object.len()).rev();
        // `radar summary` of the radar's HTTP.
        let part = object.len() > 1
            && self.noun.len() > 1
            && is_same(&object[0], &self.noun[0])
            && !self.is_noun(&object[1..]);
        let object = if part { &object[1..] } else { object };
        let kept = (object.to_vec(), Words::new());
        let sizes = if part { (1..object.len()).rev() } else { sizes };
        let found = sizes
            .flat_map(|size| (0..=object.len() - size).map(move |at| (at, size)))
            .find(|(at, size)| self.is_noun(&object[*at..at + size]));
        let Some((at, size)) = found else { return kept };
        let (before, after) = (&object[..at], &object[at + size..]);
        match (before.is_empty(), after.is_empty()) {
            (false, true) if self.is_container(before) => {
                let mut suffix = vec!["for".to_owned()];
                suffix.extend(before.iter().map(|word| singular(word)));
                (Words::new(), suffix)
            }
            (true, false) if self.is_possessor(after) => {
                let mut suffix = vec!["for".to_owned()];
                suffix.extend(after.iter().map(|word| singular(word)));
                (Words::new(), suffix)
            }
            (true, false) => (after.to_vec(), Words::new()),
            (false, true) if self.is_part(before) => (before.to_vec(), Words::new()),
            (false, true)
                if before
                    .iter()
                    .all(|word| POSSESSORS.contains(&word.as_str())) =>
            {
                (Words::new(), Words::new())
            }
            (false, false) if self.is_part(before) => ([before, after].concat(), Words::new()),
            _ => kept,
        }
    }

    fn is_container(&self, words: &[String]) -> bool {
        !words
            .iter()
            .all(|word| self.noun.iter().any(|own| is_same(own, word)))
            && self.shape.containers.iter().any(|container| {
                container.len() == words.len()
                    && container
                        .iter()
                        .zip(words)
                        .all(|(one, other)| is_same(one, other))
            })
    }

    /// Whether the words name a segment below the resource's.
    fn is_part(&self, words: &[String]) -> bool {
        self.shape.parts.iter().any(|part| same_words(part, words))
    }

    fn is_possessor(&self, words: &[String]) -> bool {
        !self.is_part(words)
            && words
                .iter()
                .all(|word| POSSESSORS.contains(&singular(word).as_str()) || word == "of")
            || self.is_container(words)
    }

    /// A name with what the resource's path lies in: `list_for_project`.
    fn with_container(&self, name: &[String]) -> Option<Words> {
        let container = self.shape.containers.last()?;
        if name.len() == 2 && container.len() == 1 && name[1] != singular(&container[0]) {
            return Some(self.tidied(vec![
                name[0].clone(),
                singular(&container[0]),
                name[1].clone(),
            ]));
        }
        let mut clause = vec!["for".to_owned()];
        clause.extend(container.iter().cloned());
        if let Some(last) = clause.last_mut() {
            *last = long_form(&singular(last)).to_owned();
        }
        (!name.ends_with(&clause)).then(|| self.tidied([name, &clause].concat()))
    }

    /// A name with the parameter that tells it from another: `get_by_slug`.
    fn with_parameter(&self, name: &[String]) -> Option<Words> {
        let Some(Segment::Parameter(words)) = self.facts.segments.last() else {
            return None;
        };
        let mut clause = vec!["by".to_owned()];
        let last = words
            .last()
            .filter(|word| ["id", "key", "name", "slug", "token", "code"].contains(&word.as_str()));
        match last {
            Some(last) => clause.push(last.clone()),
            None => clause.extend(words.iter().cloned()),
        }
        let repeats = clause[1..].iter().all(|word| name.contains(word));
        (!repeats).then(|| self.tidied([name, &clause].concat()))
    }

    /// A name without the words that read badly.
    pub fn tidied(&self, mut name: Words) -> Words {
        name.retain(|word| !is_article(word));
        name.dedup();
        while name.len() > 1 {
            let last = &name[name.len() - 1];
            let dangles = is_preposition(last) && last != "in"
                || is_noise(last) && !self.names_segment(last)
                || ["my", "current"].contains(&last.as_str());
            if !dangles {
                break;
            }
            name.pop();
        }
        self.shortened(name)
    }

    fn shortened(&self, mut name: Words) -> Words {
        // What the path says again, then what stands in the middle; the verb and the last word stay.
        if width(&name) > LONGEST
            && let Some(at) = name.iter().position(|word| word == "authenticated")
        {
            name.truncate(at + 1);
        }
        while name.len() > 2 && width(&name) > LONGEST {
            let is_outer = |word: &String| {
                self.shape
                    .containers
                    .iter()
                    .flatten()
                    .chain(self.noun)
                    .any(|own| is_same(own, word))
            };
            let middle = 1..name.len() - 1;
            let at = middle.clone().find(|at| is_outer(&name[*at])).unwrap_or(1);
            name.remove(at);
            while name.len() > 2 && is_preposition(&name[1]) {
                name.remove(1);
            }
        }
        name
    }
}

/// Whether the words stand in the others in this order.
fn is_within(own: &[String], all: &[String]) -> bool {
    let mut rest = all.iter();
    own.iter()
        .all(|word| rest.any(|other| is_same(word, other)))
}

fn same_words(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_same(one, other))
}

/// `org` for `organization` is common in paths.
fn long_form(word: &str) -> &str {
    match word {
        "org" | "orgs" | "organizations" => "organization",
        "repo" | "repos" | "repositories" => "repository",
        word => word,
    }
}

fn width(name: &[String]) -> usize {
    name.iter()
        .map(|word| word.len() + 1)
        .sum::<usize>()
        .saturating_sub(1)
}

fn is_plain(verb: &str) -> bool {
    [
        "get", "list", "create", "update", "replace", "delete", "head", "query", "send",
    ]
    .contains(&verb)
}
