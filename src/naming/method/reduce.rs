//! Removes the words from a phrase that its resource already contains.

use super::path::Segment;
use super::phrase::{MARKERS, POSSESSORS, Phrase, PhraseContext};
use super::vocabulary::{is_participle, is_plural, is_preposition, is_same, plural, singular};
use crate::naming::Words;

impl PhraseContext<'_> {
    /// Returns the name of a phrase without the words of the resource.
    pub(super) fn reduced(&self, mut phrase: Phrase) -> Words {
        self.drop_possessors(&mut phrase);
        let is_list = phrase.verb == ["get"]
            && match self.shape.lists {
                true => phrase.object.last().is_none_or(|last| is_plural(last)),
                // A `POST` with a body may replace a query.
                false => {
                    self.facts.method == "POST"
                        && phrase.object.last().is_some_and(|last| is_plural(last))
                        && self.is_noun(&phrase.object)
                }
            };
        if is_list {
            phrase.verb = vec!["list".to_owned()];
        }
        self.drop_clause(&mut phrase);
        self.move_containers(&mut phrase);
        let (object, suffix) = self.without_noun(&phrase.object);
        phrase.object = object;
        phrase.clause.splice(0..0, suffix);
        self.completed(phrase.words())
    }

    /// Removes `my` and `current user's` if the path expresses it.
    fn drop_possessors(&self, phrase: &mut Phrase) {
        let own = |words: &&Words| {
            words.len() == 1 && ["me", "self", "user"].contains(&words[0].as_str())
        };
        if !self.literals().iter().any(own) {
            return;
        }
        while phrase.object.len() > 1
            && POSSESSORS.contains(&&*singular(&phrase.object[0]))
            && !self.is_noun(&phrase.object[..1])
        {
            phrase.object.remove(0);
        }
    }

    /// Turns a container before or after the object into a clause.
    fn move_containers(&self, phrase: &mut Phrase) {
        let object = &mut phrase.object;
        let free = phrase.clause.is_empty();
        if free && object.len() > 1 && self.is_container(&object[..1]) && !self.is_noun(object) {
            let container = object.remove(0);
            phrase.clause = vec!["for".to_owned(), singular(&container).into_owned()];
        }
        // `collection add` of `/collections/{collection}/add`.
        let is_action = phrase.verb.len() == 1 && self.last_word() == phrase.verb.first();
        if free
            && is_action
            && phrase.ends_in_verb
            && object.len() == 1
            && self.is_container(object)
        {
            phrase.clause = vec!["for".to_owned(), singular(&object.remove(0)).into_owned()];
        }
        // `api keys` of keys.
        if object.len() > 1 && object[0] == "api" && self.is_noun(&object[1..]) {
            object.remove(0);
        }
        // `set allowed actions repository`.
        let trails = object
            .last()
            .is_some_and(|last| self.is_long_container(last));
        if phrase.clause.is_empty() && object.len() > 2 && trails {
            phrase.clause.push("for".to_owned());
            phrase.clause.extend(object.pop());
        }
    }

    /// Adjusts the verb of a name, and the number of its object.
    fn completed(&self, mut name: Words) -> Words {
        let last = self.facts.segments.last().and_then(Segment::literal);
        let last = last.and_then(|words| words.last());
        if name == ["get"] && last.is_some_and(|last| is_plural(last)) {
            name = vec!["list".to_owned()];
        }
        if name[0] == "list" && self.shape.lists {
            let end = name
                .iter()
                .position(|word| is_preposition(word) || MARKERS.contains(&word.as_str()));
            let end = end.unwrap_or(name.len());
            if end > 1 && !is_participle(&name[end - 1]) {
                name[end - 1] = plural(&name[end - 1]);
            }
        }
        // Frameworks use fixed verbs for the operations of every resource.
        let is_bare = self.shape.containers.is_empty() && self.shape.name.len() == 1;
        let by_shape = self.shape.name[0].as_str();
        let words: Vec<&str> = name.iter().map(String::as_str).collect();
        let is_same_as_shape = matches!(
            (words.as_slice(), by_shape),
            (["find"] | ["find", "all"], "list")
                | (["find"] | ["find", "one"], "get")
                | (["store" | "insert"], "create")
                | (["remove"], "delete")
        );
        if is_bare && is_same_as_shape {
            name = self.shape.name.clone();
        }
        // `exists` is already a verb.
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

    /// Removes a clause that repeats the resource or the only key.
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
            "by" | "with" if self.is_only_key(own, &phrase.object) => further.is_empty(),
            "for" | "in" | "of" | "on" | "from" | "to" | "with" => {
                self.is_noun(own) && !phrase.object.is_empty() && !self.is_noun(&phrase.object)
            }
            _ => false,
        };
        if repeats {
            // `delete attestations by id` deletes a single one.
            if preposition == "by"
                && self.facts.is_item()
                && let Some(last) = phrase.object.last_mut()
            {
                *last = singular(last).into_owned();
            }
            phrase.clause = further.to_vec();
        }
    }

    /// Returns whether the words name the last parameter of the path.
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

    /// Returns an object without the resource's noun, and a clause for the words before it.
    fn without_noun(&self, object: &[String]) -> (Words, Words) {
        if object.is_empty() || self.is_noun(object) {
            return (Words::new(), Words::new());
        }
        // `radar summary` of the resource `radar http`.
        let begins = object.len() > 1
            && self.noun.len() > 1
            && is_same(&object[0], &self.noun[0])
            && !self.is_noun(&object[1..]);
        let object = if begins { &object[1..] } else { object };
        let places = (1..object.len()).rev();
        let mut places =
            places.flat_map(|size| (0..=object.len() - size).map(move |at| (at, size)));
        let kept = (object.to_vec(), Words::new());
        let Some((at, size)) = places.find(|(at, size)| self.is_noun(&object[*at..at + size]))
        else {
            return kept;
        };
        let (before, after) = (&object[..at], &object[at + size..]);
        match (before.is_empty(), after.is_empty()) {
            (false, true) if self.is_container(before) => (Words::new(), whose(before)),
            (true, false) if self.is_possessor(after) => (Words::new(), whose(after)),
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
}

/// Returns a clause such as `for project`.
fn whose(words: &[String]) -> Words {
    let words = words.iter().map(|word| singular(word).into_owned());
    std::iter::once("for".to_owned()).chain(words).collect()
}
