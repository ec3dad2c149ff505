//! What the result of a method is called in an example: `completion` of `create_completion`.

use super::super::Words;
use super::vocabulary::{is_article, is_preposition, is_verb, plural, singular, usual};

/// Verbs whose result is the object that they name.
const RETURNING: [&str; 12] = [
    "add", "create", "find", "get", "list", "place", "replace", "search", "start", "submit",
    "update", "upload",
];

/// Words that say too little without the word before them.
const VAGUE: [&str; 14] = [
    "content", "data", "detail", "group", "id", "info", "item", "list", "object", "result",
    "setting", "status", "type", "value",
];

/// Words of a method that describe its object from behind.
const ADVERBS: [&str; 6] = ["all", "batch", "beta", "bulk", "current", "my"];

/// What a method returns, as far as its name does not say it.
pub struct Returned<'a> {
    /// The words of the type's name; `None` if the type has no name.
    pub ty: Option<&'a [String]>,
    pub is_list: bool,
}

/// Returns the noun for the result of a method of a resource; `None` if the names do not say what it is.
pub fn noun(method: &[String], resource: &[String], returned: &Returned<'_>) -> Option<Words> {
    let verb = method.first().filter(|first| is_verb(first));
    let verb = verb.map(|verb| usual(verb));
    let object = method.iter().skip(usize::from(verb.is_some()));
    let object: Vec<&String> = object
        .take_while(|word| !is_preposition(word))
        .filter(|word| !is_article(word) && !ADVERBS.contains(&word.as_str()))
        .collect();
    let object = match object.is_empty() {
        true => resource.iter().collect(),
        false => object,
    };
    let last = object.last()?;
    let one = singular(last);
    let is_named = |ty: &[String]| ty.iter().any(|word| singular(word) == one);
    let is_returned = match verb {
        Some(verb) if !RETURNING.contains(&verb) => returned.ty.is_some_and(is_named),
        _ => true,
    };
    if !is_returned {
        return None;
    }
    let is_many = returned.is_list || matches!(verb, Some("list" | "search"));
    let head = match (is_many, verb.is_none()) {
        (true, _) => plural(last),
        // A method that is only a noun says itself whether it returns one.
        (false, true) => (*last).clone(),
        (false, false) => one.into_owned(),
    };
    let before = object.len().checked_sub(2).map(|index| object[index]);
    let before = before.filter(|_| VAGUE.contains(&&*singular(last)));
    Some(before.into_iter().cloned().chain([head]).collect())
}

/// Returns the words of a method as a heading: the resource is the object of a method that is only a verb.
pub fn heading(method: &[String], resource: &[String], is_list: bool) -> Words {
    let mut words = method.to_vec();
    if let [verb] = method
        && is_verb(verb)
    {
        words.extend_from_slice(resource);
        let is_many = is_list || matches!(usual(verb), "list" | "search");
        if let Some(last) = words.last_mut() {
            *last = match is_many {
                true => plural(last),
                false => singular(last).into_owned(),
            };
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Returned, heading, noun};
    use crate::naming::words;

    fn named(resource: &str, method: &str, ty: &str, is_list: bool) -> String {
        let ty = words(ty);
        let ty = Some(&ty[..]).filter(|ty| !ty.is_empty());
        let returned = Returned { ty, is_list };
        let noun = noun(&words(method), &words(resource), &returned);
        noun.map_or("-".to_owned(), |words| words.join("_"))
    }

    #[test]
    fn results_are_called_after_the_resource() {
        let cases = [
            ("calls", "list", "", true, "calls"),
            ("calls", "get", "CallDetail", false, "call"),
            ("calls", "cancel", "Call", false, "call"),
            ("calls", "delete", "Deleted", false, "-"),
            (
                "chat",
                "create_completion",
                "CreateChatCompletionResponse",
                false,
                "completion",
            ),
            (
                "message_batches",
                "list_beta",
                "BetaListResponse",
                false,
                "batches",
            ),
            ("message_batches", "get_results", "", false, "result"),
            (
                "audiobooks",
                "get_for_user",
                "PagingAudiobook",
                false,
                "audiobook",
            ),
            ("threads", "cancel_run", "RunObject", false, "run"),
            ("vector_stores", "list_data", "", true, "data"),
            ("orders", "list_line_items", "", true, "line_items"),
            ("lists", "search_things", "SearchResult", false, "things"),
            ("usage", "costs", "UsageResponse", false, "costs"),
        ];
        for (resource, method, ty, is_list, expected) in cases {
            let found = named(resource, method, ty, is_list);
            assert_eq!(found, expected, "{resource}.{method}");
        }
    }

    #[test]
    fn headings_name_the_object() {
        let cases = [
            ("charges", "list", true, "list charges"),
            ("charges", "create", false, "create charge"),
            ("charges", "search", false, "search charges"),
            ("charges", "create_refund", false, "create refund"),
            ("charges", "metrics", false, "metrics"),
        ];
        for (resource, method, is_list, expected) in cases {
            let found = heading(&words(method), &words(resource), is_list);
            assert_eq!(found.join(" "), expected);
        }
    }
}
