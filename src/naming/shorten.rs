//! Names that are too long.

use super::Words;

/// A longer name says its whole way through the types around it; the outermost and the last step
/// are enough, unless two would be one.
pub const LONG: usize = 40;

/// A name beyond this is one that nobody reads, and that no line of code has room for.
pub const LONGEST: usize = 52;

/// A name as it is, unless it is longer than any line has room for.
pub fn bounded(words: Words) -> Words {
    if length(&words) > LONGEST {
        abbreviated(&words, LONGEST, LONGEST / 2)
    } else {
        words
    }
}

/// A word beyond this is cut where the name that it is in is too long.
const LONGEST_WORD: usize = 30;

/// The beginning and the end of a name, as many words of each as have room: so much of the `longest`
/// name is for the end, which tells the name from its like, and for the beginning what is left.
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
    // What is left out between them must not leave a stutter: `available phone number`, `phone number`.
    if beginning.len() < before.len() {
        let repeated = (1..=beginning.len().min(end.len())).rev();
        let mut repeated = repeated.filter(|count| beginning.ends_with(&end[..*count]));
        beginning = &beginning[..beginning.len() - repeated.next().unwrap_or(0)];
    }
    let kept = beginning.iter().chain(end);
    kept.map(|word| cut(word, LONGEST_WORD)).collect()
}

/// The letters of a word that fit into so many bytes.
pub fn cut(word: &str, len: usize) -> String {
    let fitting = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = fitting.take_while(|end| *end <= len).last();
    word[..end.unwrap_or_default()].to_owned()
}

pub fn length(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}
