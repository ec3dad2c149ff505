//! Shortens names that are too long.

use super::Words;

/// Longer names omit intermediate steps of their path, unless two names would become equal.
pub const LONG: usize = 40;

/// The maximum length of a name.
pub const LONGEST: usize = 52;

/// Shortens a name that is longer than [`LONGEST`].
pub fn bounded(words: Words) -> Words {
    if length(&words) > LONGEST {
        abbreviated(&words, LONGEST, LONGEST / 2)
    } else {
        words
    }
}

/// The maximum length of a word in a shortened name.
const LONGEST_WORD: usize = 30;

/// Returns the first and the last words of a name that fit into `longest` bytes. `for_end` of them are reserved
/// for the end, which distinguishes the name.
pub fn abbreviated(words: &[String], longest: usize, for_end: usize) -> Words {
    let fitting = |words: &mut dyn Iterator<Item = &String>, budget: usize| {
        let mut used = 0;
        words
            .take_while(|word| {
                used += word.len();
                used <= budget
            })
            .count()
    };
    let last = fitting(&mut words.iter().rev(), for_end).max(1);
    let (before, end) = words.split_at(words.len().saturating_sub(last));
    let room = longest.saturating_sub(length(end)).min(longest * 2 / 3);
    let mut beginning = &before[..fitting(&mut before.iter(), room).max(1).min(before.len())];
    // Prevents a repetition after the omitted words, as in `available phone number`, `phone number`.
    if beginning.len() < before.len() {
        let repeated = (1..=beginning.len().min(end.len())).rev();
        let mut repeated = repeated.filter(|count| beginning.ends_with(&end[..*count]));
        beginning = &beginning[..beginning.len() - repeated.next().unwrap_or(0)];
    }
    let kept = beginning.iter().chain(end);
    kept.map(|word| cut(word, LONGEST_WORD)).collect()
}

/// Truncates a word to at most `len` bytes.
pub fn cut(word: &str, len: usize) -> String {
    let fitting = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = fitting.take_while(|end| *end <= len).last();
    word[..end.unwrap_or_default()].to_owned()
}

pub fn length(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}
