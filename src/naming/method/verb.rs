//! Finds the verb and the object among an author's words.

use super::path::Segment;
use super::phrase::{MARKERS, Phrase, PhraseContext, is_plain};
use super::vocabulary::{
    is_article, is_http_verb, is_noun_too, is_plural, is_preposition, is_verb, usual,
};
use crate::naming::{Words, words};

/// Words after `get` that turn it into `list`.
const MANY: &[&str] = &["all", "several", "multiple", "many", "list"];

impl PhraseContext<'_> {
    /// Parses an author's words.
    pub(super) fn parsed(&self, mut own: Words) -> Phrase {
        own.retain(|word| !is_article(word) && word != "paginated");
        // `re-run` is a single verb.
        if own.len() > 1 && own[0] == "re" {
            own[1] = format!("re{}", own[1]);
            own.remove(0);
        }
        // `messages count tokens post` already has a verb.
        let has_verb = own.iter().any(|word| is_verb(word) && !is_http_verb(word));
        if own.len() > 2
            && has_verb
            && !is_verb(&own[0])
            && own.last().is_some_and(|last| self.is_http_method(last))
        {
            own.pop();
        }
        // `users profile` is the profile of one user.
        let before_last = own.len().saturating_sub(1);
        let users = own
            .iter_mut()
            .take(before_last)
            .filter(|word| *word == "users");
        users.for_each(|word| word.truncate("user".len()));
        let is_marked = own.len() > 1 && MARKERS.contains(&own[0].as_str());
        let marker = is_marked.then(|| own.remove(0));
        let last = own.last().cloned();
        let starts = own.len() < 2;
        let (mut verb, mut object) = self.verb(own);
        let ends_in_verb = !starts && verb.last() == last.as_ref();
        // `create or update`, `check and set`.
        while object.len() > 2 && ["or", "and"].contains(&object[0].as_str()) && is_verb(&object[1])
        {
            verb.extend(object.drain(..2));
        }
        let first = object.first().map(String::as_str).unwrap_or_default();
        if (verb == ["get"] || verb == ["find"])
            && MANY.contains(&first)
            && !self.is_noun(&object)
            && self.facts.method == "GET"
        {
            object.remove(0);
            verb = vec!["list".to_owned()];
        }
        if verb == ["list"]
            && object
                .first()
                .is_some_and(|first| first == "all" || first == "of")
        {
            object.remove(0);
        }
        let at = object.iter().position(|word| is_preposition(word));
        let mut clause = object.split_off(at.unwrap_or(object.len()));
        clause.extend(marker);
        Phrase {
            verb,
            object,
            clause,
            ends_in_verb,
        }
    }

    /// Returns the verb and the other words.
    fn verb(&self, own: Words) -> (Words, Words) {
        let rules = [
            Self::verb_of_method,
            Self::verb_of_action,
            Self::verb_at_end,
            Self::verb_after_noun,
            Self::verb_at_start,
            Self::verb_within,
        ];
        let found = rules.iter().find_map(|rule| rule(self, &own));
        found.unwrap_or_else(|| {
            let by_shape = self.shape.name.first();
            match by_shape.filter(|verb| self.facts.method != "GET" && !is_plain(verb)) {
                Some(verb) => {
                    let rest = own.iter().filter(|word| *word != verb);
                    (vec![verb.clone()], rest.cloned().collect())
                }
                None => (vec![self.shape.verb.clone()], own),
            }
        })
    }

    /// Handles `patch item` and `items partial update`, where the HTTP method replaces the verb.
    fn verb_of_method(&self, own: &Words) -> Option<(Words, Words)> {
        if let Some(rest) = own.strip_suffix(&["partial".to_owned(), "update".to_owned()]) {
            return Some((vec!["update".to_owned()], rest.to_vec()));
        }
        let (_, rest) = own
            .split_first()
            .filter(|(first, _)| self.is_http_method(first))?;
        // `post send message`.
        if let [next, further @ ..] = rest
            && !further.is_empty()
            && is_verb(next)
            && !is_http_verb(next)
            && !self.names_segment(next)
        {
            return Some((vec![usual(next).to_owned()], further.to_vec()));
        }
        // The last segment of the path is the action.
        let by_shape = self.shape.name.first().filter(|verb| !is_plain(verb));
        if let (Some(verb), Some((last, before))) = (by_shape, rest.split_last())
            && verb == last
        {
            return Some((vec![verb.clone()], before.to_vec()));
        }
        Some((vec![self.shape.verb.clone()], rest.to_vec()))
    }

    /// Handles `users set password create`: the name of an action, followed by the framework's method name.
    fn verb_of_action(&self, own: &Words) -> Option<(Words, Words)> {
        let (last, before) = own
            .split_last()
            .filter(|(last, _)| is_plain(usual(last)) || *last == "destroy")?;
        let Segment::Literal(action) = self.facts.segments.last()? else {
            return None;
        };
        let is_action = action.len() > 1
            && is_verb(&action[0])
            && before.ends_with(action)
            && last != &action[0];
        is_action.then(|| (vec![usual(&action[0]).to_owned()], action[1..].to_vec()))
    }

    /// Handles `poll expire` of `…/expire`, and `probe list`.
    fn verb_at_end(&self, own: &Words) -> Option<(Words, Words)> {
        let [first, .., last] = own.as_slice() else {
            return None;
        };
        let is_noun = is_noun_too(first);
        let by_path = (!is_verb(first) || is_noun)
            && self.last_word() == Some(last)
            && self.facts.method != "GET";
        let by_words = is_noun && is_plain(usual(last)) && last != first;
        let verb = match by_path {
            true => last,
            false => usual(last),
        };
        (is_verb(last) && (by_path || by_words))
            .then(|| (vec![verb.to_owned()], own[..own.len() - 1].to_vec()))
    }

    /// Handles `invite resolve` of invites, and `bulk update`.
    fn verb_after_noun(&self, own: &Words) -> Option<(Words, Words)> {
        let [first, second, rest @ ..] = own.as_slice() else {
            return None;
        };
        if !is_verb(second) {
            return None;
        }
        if self.is_noun(&own[..1]) && !is_http_verb(second) {
            return Some((vec![usual(second).to_owned()], rest.to_vec()));
        }
        let is_many = ["bulk", "batch"].contains(&first.as_str());
        is_many.then(|| (vec![first.clone(), usual(second).to_owned()], rest.to_vec()))
    }

    fn verb_at_start(&self, own: &Words) -> Option<(Words, Words)> {
        let (first, rest) = own.split_first()?;
        let is_action = matches!(
            self.facts.segments.as_slice(),
            [.., Segment::Parameter(_), Segment::Literal(_)]
        );
        let by_path = is_action
            && self.last_word() == Some(first)
            && !is_plural(first)
            && !self.is_noun(&own[..1]);
        let by_summary = !rest.is_empty()
            && !self.noun.contains(first)
            && self.summary_verb().as_ref() == Some(first);
        let found = is_verb(first) || self.facts.method != "GET" && (by_path || by_summary);
        found.then(|| (vec![usual(first).to_owned()], rest.to_vec()))
    }

    /// Handles `task complete` and `switch port clear settings`.
    fn verb_within(&self, own: &Words) -> Option<(Words, Words)> {
        let (last, before) = own.split_last().filter(|(_, before)| !before.is_empty())?;
        if is_verb(last) {
            return Some((vec![self.usual_here(last)], before.to_vec()));
        }
        let is_inner =
            |word: &String| is_plain(usual(word)) || is_verb(word) && !self.names_segment(word);
        let at = own.iter().position(is_inner).filter(|at| *at > 0)?;
        let rest = [&own[..at], &own[at + 1..]].concat();
        Some((vec![self.usual_here(&own[at])], rest))
    }

    fn usual_here(&self, verb: &str) -> String {
        match self.is_http_method(verb) {
            true => self.shape.verb.clone(),
            false => usual(verb).to_owned(),
        }
    }

    fn summary_verb(&self) -> Option<String> {
        words(self.facts.summary.as_deref()?).into_iter().next()
    }

    /// Returns whether a word is only the operation's HTTP method.
    fn is_http_method(&self, word: &str) -> bool {
        is_http_verb(word)
            && word != "get"
            && word != "delete"
            && self.facts.method.eq_ignore_ascii_case(word)
    }
}
