//! Names of files.

use crate::naming::Words;
use crate::naming::shorten::{LONGEST, cut};

/// The words in ASCII: a module is a file, and rustc finds no file of another name.
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
    // A path has room for so much; what becomes equal by this is kept apart by a number.
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
