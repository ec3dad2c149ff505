//! Makes names readable: shorter, without dangling words, and distinct.

use super::path::Segment;
use super::phrase::{PhraseContext, long_form};
use super::vocabulary::{
    is_article, is_noise, is_participle, is_preposition, is_same, same_words, singular,
};
use crate::naming::{Words, words};

/// The maximum length of a readable method name.
pub(super) const LONGEST: usize = 40;

/// Words before an object that do not belong to it.
const QUANTIFIERS: &[&str] = &["all", "my"];

/// Parameters whose last word is the kind of key.
const KEYS: &[&str] = &["id", "key", "name", "slug", "token", "code"];

impl PhraseContext<'_> {
    /// Removes the path's outer segments from a name if its object keeps at least two words.
    pub(super) fn concise(&self, mut name: Words) -> Words {
        let literals = self.literals();
        let Some((last, outer)) = literals.split_last() else {
            return name;
        };
        loop {
            let quantified = name.len() > 3 && QUANTIFIERS.contains(&name[1].as_str());
            let start = 1 + usize::from(quantified);
            let end = name
                .iter()
                .position(|word| is_preposition(word))
                .unwrap_or(name.len());
            let least = if quantified { 2 } else { 3 };
            if end < start + least {
                return name;
            }
            let object = &name[start..end];
            // `code frequency stats` of `…/stats/code_frequency`.
            let turned = outer.iter().find(|segment| {
                object.len() == segment.len() + last.len()
                    && same_words(segment, &object[last.len()..])
                    && same_words(last, &object[..last.len()])
            });
            if let Some(segment) = turned {
                name.drain(end - segment.len()..end);
                return name;
            }
            let Some(count) = outer_words(object, last, outer, least) else {
                return name;
            };
            name.drain(start..start + count);
        }
    }

    /// Removes the container of the resource from a name.
    pub(super) fn without_container(&self, name: &[String]) -> Words {
        let joins = |word: &String| ["for", "from", "in", "of", "on"].contains(&word.as_str());
        let Some(at) = name.iter().rposition(joins).filter(|at| *at > 0) else {
            return name.to_vec();
        };
        let is_outer = |word: &String| {
            self.facts.segments.iter().any(|segment| {
                let words = segment.words();
                words.len() == 1 && is_same(long_form(&words[0]), long_form(word))
            })
        };
        match &name[at + 1..] {
            [container] if is_outer(container) => name[..at].to_vec(),
            _ => name.to_vec(),
        }
    }

    /// Adds the container of the resource: `list_for_project`, `get_org_secret`.
    pub(super) fn with_container(&self, name: &[String]) -> Option<Words> {
        let container = self.shape.containers.last()?;
        if let ([verb, object], [container]) = (name, container.as_slice()) {
            let container = singular(container).into_owned();
            if *object != container {
                return Some(self.tidied(vec![verb.clone(), container, object.clone()]));
            }
        }
        let mut clause = [vec!["for".to_owned()], container.clone()].concat();
        if let Some(last) = clause.last_mut() {
            *last = long_form(&singular(last)).to_owned();
        }
        (!name.ends_with(&clause)).then(|| self.tidied([name, &clause].concat()))
    }

    /// Adds the parameter that distinguishes a name: `get_by_slug`.
    fn with_parameter(&self, name: &[String]) -> Option<Words> {
        let Some(Segment::Parameter(words)) = self.facts.segments.last() else {
            return None;
        };
        let count = words.len().min(self.noun.len() + 1) - 1;
        let repeats = same_words(&words[..count], &self.noun[..count]);
        let words = if repeats { &words[count..] } else { &words[..] };
        let key = words.last().filter(|word| KEYS.contains(&word.as_str()));
        let words = key.map_or(words, std::slice::from_ref);
        let is_said = words.iter().all(|word| name.contains(word));
        let clause = [&["by".to_owned()], words].concat();
        (!is_said).then(|| self.tidied([name, &clause].concat()))
    }

    /// Returns longer names that distinguish equal ones, the best first.
    pub fn longer(&self, names: &[Words]) -> Vec<Words> {
        let Some(first) = names.first() else {
            return Vec::new();
        };
        let with = |words: &[String]| [first.as_slice(), words].concat();
        let mut longer = Vec::new();
        if self.facts.is_bulk() {
            longer.push(with(&["many".to_owned()]));
        }
        if let Some((_, query)) = self.facts.path.split_once('?') {
            let marks = query.split('=').filter(|part| *part != "true");
            longer.push(with(&marks.flat_map(words).collect::<Words>()));
        }
        if self.facts.ends_in_me() {
            longer.push(with(&["me".to_owned()]));
        }
        longer.extend(self.with_container(first));
        longer.extend(self.with_parameter(first));
        longer.extend(self.version.as_ref().map(|version| with(version)));
        let by_shape = self.tidied(self.concise(self.shape.name.clone()));
        longer.extend(self.with_container(&by_shape));
        let literals = self.literals().into_iter().flatten().cloned();
        longer.push(first[..1].iter().cloned().chain(literals).collect());
        longer.into_iter().map(|name| self.tidied(name)).collect()
    }

    /// Removes words that read badly.
    pub fn tidied(&self, mut name: Words) -> Words {
        name.retain(|word| !is_article(word));
        name.dedup();
        while let [_, .., before, last] | [before, last] = name.as_slice() {
            // `list dependencies blocked by` needs its last word.
            let is_passive = last == "by" && is_participle(before);
            let dangles = is_preposition(last) && last != "in" && !is_passive
                || is_noise(last) && !self.names_segment(last)
                || ["my", "current"].contains(&last.as_str());
            if !dangles {
                break;
            }
            name.pop();
        }
        self.shortened(name)
    }

    /// Shortens a name to [`LONGEST`] if it has more than two words. Words that the path repeats are removed
    /// first, then those in the middle. The verb and the last word stay. Of `authenticated user`, the second word stays
    /// if it fits.
    pub fn shortened(&self, mut name: Words) -> Words {
        let authenticated = name.iter().position(|word| word == "authenticated");
        let cut = authenticated.filter(|_| width(&name) > LONGEST);
        let rest = cut.map(|at| name.split_off(at + 1)).unwrap_or_default();
        let is_outer = |word: &String| {
            let outer = self.shape.containers.iter().flatten().chain(self.noun);
            outer.into_iter().any(|own| is_same(own, word))
        };
        while name.len() > 2 && width(&name) > LONGEST {
            let middle = &name[1..name.len() - 1];
            let at = middle.iter().position(is_outer).unwrap_or(0);
            name.remove(1 + at);
            while name.len() > 2 && is_preposition(&name[1]) {
                name.remove(1);
            }
        }
        let user = rest.into_iter().next().filter(|word| !is_preposition(word));
        name.extend(user.filter(|user| width(&name) + 1 + user.len() <= LONGEST));
        name
    }
}

/// Counts the first words of an object that only name outer segments; at least two words remain.
fn outer_words(
    object: &[String],
    last: &[String],
    outer: &[&Words],
    least: usize,
) -> Option<usize> {
    let is_segment = |size: usize| {
        outer
            .iter()
            .any(|segment| same_words(segment, &object[..size]))
    };
    let mut sizes = outer
        .iter()
        .map(|segment| segment.len())
        .filter(|_| least > 2);
    if let Some(size) = sizes.find(|size| object.len() >= size + least - 1 && is_segment(*size)) {
        return Some(size);
    }
    let rest = object
        .len()
        .checked_sub(last.len())
        .filter(|rest| *rest > 0)?;
    let is_outer = |word: &String| {
        outer
            .iter()
            .any(|segment| segment.iter().any(|own| is_same(own, word)))
    };
    let ends = same_words(last, &object[rest..]) && object[..rest].iter().all(is_outer);
    let kept = last.len().max(least - 1);
    (ends && object.len() > kept).then(|| object.len() - kept)
}

/// Returns the width of a name in columns.
pub(super) fn width(name: &[String]) -> usize {
    let letters: usize = name.iter().map(|word| word.len() + 1).sum();
    letters.saturating_sub(1)
}
