//! Shortens names to valid file names.

use crate::naming::Words;
use crate::naming::shorten::{LONGEST, cut};

/// Transliterates words to ASCII, because rustc does not find a module's file under another name.
pub fn ascii(words: &[String]) -> Words {
    let spell = |word: &String| match word.is_ascii() {
        true => vec![word.clone()],
        false => word
            .chars()
            .map(|c| {
                if c.is_ascii() {
                    c.to_string()
                } else {
                    format!("u{:x}", c as u32)
                }
            })
            .collect(),
    };
    // File systems limit path lengths. Names that become equal are deduplicated with a number.
    let mut used = 0;
    let fits = |word: &String| {
        used += word.len() + 1;
        used <= LONGEST + 12
    };
    let spelt: Words = words.iter().flat_map(spell).take_while(fits).collect();
    match spelt.is_empty() {
        true => words
            .iter()
            .take(1)
            .map(|word| cut(word, LONGEST))
            .collect(),
        false => spelt,
    }
}
