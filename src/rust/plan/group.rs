//! What the operations of a resource do, for resources that the document does not describe.

use super::Plan;
use crate::naming::method::{is_plural, is_verb, plural};
use crate::prose::escaped;

/// The number of operations that a sentence lists.
const SHOWN: usize = 6;

impl Plan<'_> {
    /// Describes a group of operations by their verbs: "Create, list and cancel message batches."
    pub fn group_summary(self, group: usize) -> String {
        let group = &self.api.groups[group];
        let methods = group.operations.iter();
        let methods: Vec<Vec<&str>> = methods
            .map(|id| self.names.operation(*id).method.trim_start_matches("r#"))
            .map(|method| method.split('_').collect())
            .collect();
        summary(&group.noun, &methods)
    }
}

/// Describes methods of a resource, each by its words. A method without an object acts on the resource.
fn summary(noun: &[String], methods: &[Vec<&str>]) -> String {
    let mut verbs: Vec<&str> = Vec::new();
    let mut phrases: Vec<String> = Vec::new();
    for words in methods {
        match words[..] {
            [verb] if is_verb(verb) => verbs.push(verb),
            _ => phrases.push(words.join(" ")),
        }
    }
    let mut parts = Vec::new();
    if !verbs.is_empty() {
        let object = object(noun, &verbs);
        parts.push(format!("{} {object}", listed(&verbs)));
    }
    let left_out = phrases
        .len()
        .saturating_sub(SHOWN.saturating_sub(verbs.len()).max(1));
    phrases.truncate(phrases.len() - left_out);
    if left_out > 0 {
        phrases.push(format!("{left_out} more"));
    }
    if !phrases.is_empty() {
        let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
        parts.push(listed(&phrases));
    }
    let text = escaped(&parts.join("; "));
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    format!("{}.", first.chain(chars).collect::<String>())
}

/// Returns the resource as an object of the verbs: a plural if there are several of it.
fn object(noun: &[String], verbs: &[&str]) -> String {
    let Some((last, before)) = noun.split_last() else {
        return "resources".to_owned();
    };
    let has_several = verbs.iter().any(|verb| matches!(*verb, "list" | "create"));
    let last = match (is_plural(last), has_several) {
        (true, _) => last.clone(),
        (false, true) => plural(last),
        (false, false) => return format!("the {}", noun.join(" ")),
    };
    let words: Vec<&str> = before.iter().map(String::as_str).chain([&*last]).collect();
    words.join(" ")
}

/// Joins items with commas and "and".
fn listed(items: &[&str]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        items => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::summary;

    fn check(noun: &str, methods: &str, expected: &str) {
        let noun: Vec<String> = noun.split(' ').map(str::to_owned).collect();
        let methods: Vec<Vec<&str>> = methods
            .split(' ')
            .map(|method| method.split('_').collect())
            .collect();
        assert_eq!(summary(&noun, &methods), expected);
    }

    #[test]
    fn verbs_and_noun_make_a_sentence() {
        check(
            "message batches",
            "create list cancel",
            "Create, list and cancel message batches.",
        );
        check("charge", "create", "Create charges.");
        check("account", "get", "Get the account.");
        check(
            "charges",
            "list get list_refunds create_refund",
            "List and get charges; list refunds and create refund.",
        );
        check("chat", "list_messages usage", "List messages and usage.");
        check(
            "pulls",
            "a_b c_d e_f g_h i_j k_l m_n o_p",
            "A b, c d, e f, g h, i j, k l and 2 more.",
        );
    }
}
