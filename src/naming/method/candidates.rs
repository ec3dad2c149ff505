//! Candidates from the path, the author's words and the summary.

use super::phrase::{PhraseContext, is_plain};
use super::tidy::{LONGEST, width};
use super::vocabulary::{is_plural, is_verb};
use crate::naming::{Words, words};

impl PhraseContext<'_> {
    /// Returns the names from the method and the path.
    pub fn by_shape(&self) -> Vec<Words> {
        let short = self.tidied(self.concise(self.shape.name.clone()));
        let long = self.tidied(self.shape.name.clone());
        let summary = self.by_summary().into_iter().collect();
        match self.shape.certain {
            true => [vec![short, long], summary].concat(),
            false => [summary, vec![short, long]].concat(),
        }
    }

    /// Returns the names from an author's words, and whether the first omits a key or container.
    pub fn by_id(&self, own: Words) -> (Vec<Words>, bool) {
        let phrase = self.parsed(own);
        let full = phrase.words();
        let reduced = self.reduced(phrase);
        let short = self.tidied(self.concise(reduced.clone()));
        let mut bare = self.without_container(&reduced);
        // `get me` of the account.
        if matches!(bare.as_slice(), [_, own] if own == "me" || own == "self") {
            bare.truncate(1);
        }
        let is_item = self.facts.is_item();
        // A last `by` has no key: `remove dependency blocked by`.
        let by = bare
            .iter()
            .position(|word| word == "by")
            .filter(|at| *at > 0 && at + 1 < bare.len() && is_item);
        // `get collection aliases` without the collection.
        let last = self
            .literals()
            .last()
            .and_then(|words| words.last().cloned());
        if bare == ["get"] && !is_item && last.is_some_and(|last| is_plural(&last)) {
            bare[0] = "list".to_owned();
        }
        let keyless = bare[..by.unwrap_or(bare.len())].to_vec();
        let bare = self.tidied(self.concise(bare));
        let mut names = vec![self.tidied(self.concise(keyless)), bare.clone()];
        let is_contained = bare.len() == 2 && bare != short;
        names.extend(self.with_container(&bare).filter(|_| is_contained));
        if self.facts.method == "PUT" && self.facts.has_patch && short[0] == "update" {
            names.push([&["replace".to_owned()], &short[1..]].concat());
        }
        names.push(short.clone());
        if width(&reduced) > LONGEST {
            names.splice(0..0, self.by_summary());
        }
        names.extend(self.with_container(&names[0]));
        names.extend([self.tidied(reduced), self.tidied(full)]);
        let is_cut = names[0] != short;
        (names, is_cut)
    }

    /// Returns the name from a short summary: its verb and what follows.
    pub fn by_summary(&self) -> Option<Words> {
        let summary = self.facts.summary.as_deref()?;
        let sentence = summary.split(['.', '(', ',', ';', ':']).next()?;
        let mut own = words(sentence);
        if own.len() > 8 {
            return None;
        }
        let first = own.first_mut()?;
        let is_action = self.last_word().is_some_and(|word| word == first);
        if !is_verb(first) && !is_action {
            let base = first.strip_suffix('s').filter(|base| is_verb(base))?;
            *first = base.to_owned();
        }
        let name = self.tidied(self.reduced(self.parsed(own)));
        (name.len() <= 5).then_some(name)
    }

    /// Returns the name from the summary if its verb differs from that of the path.
    pub fn by_other_summary(&self) -> Option<Words> {
        let name = self.by_summary().filter(|name| name.len() <= 4)?;
        (self.class(&name[0]) != self.class(&self.shape.name[0])).then_some(name)
    }

    /// Returns the representative of verbs that mean the same for this method.
    fn class<'v>(&'v self, verb: &'v str) -> &'v str {
        let own = self.shape.name[0].as_str();
        match (verb, self.facts.method.as_str()) {
            ("list" | "get" | "find" | "return" | "search", "GET") => "get",
            ("remove", "DELETE") => "delete",
            ("add" | "set" | "replace", method) if method != "DELETE" && is_plain(own) => own,
            _ => verb,
        }
    }

    /// Returns whether a name is a verb and the resource's noun.
    pub fn repeats_resource(&self, name: &[String]) -> bool {
        name.len() > 1 && self.is_noun(&name[1..])
    }
}
