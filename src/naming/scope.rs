//! One place where names must differ: a module, a struct's fields, an enum's variants.

use super::ident::Style;
use super::words::Words;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// The names taken at one place.
///
/// Names are given in the order of the claims and never change afterwards, so a claim at the end
/// renames nothing before it. Two names are the same when their identifiers are equal in lower
/// case: rustdoc makes a file of each type, and not every file system tells `Call` from `CALL`.
#[derive(Debug, Clone)]
pub struct Scope {
    style: Style,
    taken: HashSet<String, RandomState>,
    /// The last number tried for a name, so that a thousand equal claims take a thousand steps.
    numbers: HashMap<String, u32, RandomState>,
}

/// What a claim got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The words of the wish, with the number as a last word where one was needed.
    pub words: Words,
    /// The identifier that the words make in the scope's style; unique in the scope.
    pub ident: String,
    /// Which of the wishes was taken.
    pub wish: usize,
    /// The number that keeps the name apart, where every wish was taken.
    pub number: Option<u32>,
}

impl Claimed {
    /// Whether the first wish came true as it was.
    pub fn is_first_wish(&self) -> bool {
        self.wish == 0 && self.number.is_none()
    }
}

impl Scope {
    /// A scope where every name is free.
    pub fn new(style: Style) -> Self {
        Scope {
            style,
            taken: HashSet::default(),
            numbers: HashMap::default(),
        }
    }

    /// A scope where these identifiers are taken.
    pub fn with_reserved<'a>(style: Style, reserved: impl IntoIterator<Item = &'a str>) -> Self {
        let mut scope = Scope::new(style);
        reserved.into_iter().for_each(|ident| scope.reserve(ident));
        scope
    }

    /// The identifier of these words, whoever has it.
    pub fn ident(&self, words: &[String]) -> String {
        self.style.ident(words)
    }

    /// Takes an identifier that stands in the printed code anyway.
    pub fn reserve(&mut self, ident: &str) {
        self.taken.insert(key(ident));
    }

    /// Takes the identifier of these words, unless it is taken.
    pub fn claim_free(&mut self, words: &Words) -> Option<Claimed> {
        self.take(words).map(|ident| Claimed {
            words: words.clone(),
            ident,
            wish: 0,
            number: None,
        })
    }

    /// Takes exactly this identifier (a name pinned by the user), unless it is taken, none, or of another
    /// style.
    pub fn claim_exact(&mut self, name: &str) -> Option<Claimed> {
        let free = self.style.fits(name) && self.taken.insert(key(name));
        let words = super::words::words(name);
        free.then(|| Claimed {
            words,
            ident: name.to_owned(),
            wish: 0,
            number: None,
        })
    }

    /// Takes the first wish that is free, else the last one with a number from 2 upwards.
    ///
    /// Give the own name first, then with its context, then with the parent's name.
    pub fn claim(&mut self, wishes: &[Words]) -> Claimed {
        for (wish, words) in wishes.iter().enumerate() {
            if let Some(ident) = self.take(words) {
                return Claimed {
                    words: words.clone(),
                    ident,
                    wish,
                    number: None,
                };
            }
        }
        let Some(last) = wishes.last() else {
            return self.claim(&[vec!["empty".to_owned()]]);
        };
        let wish = wishes.len() - 1;
        let base = self.style.ident(last);
        let mut number = self.numbers.get(&base).copied().unwrap_or(1);
        loop {
            number += 1;
            let mut words = last.clone();
            words.push(number.to_string());
            if let Some(ident) = self.take(&words) {
                self.numbers.insert(base, number);
                return Claimed {
                    words,
                    ident,
                    wish,
                    number: Some(number),
                };
            }
        }
    }

    fn take(&mut self, words: &[String]) -> Option<String> {
        let ident = self.style.ident(words);
        self.taken.insert(key(&ident)).then_some(ident)
    }
}

fn key(ident: &str) -> String {
    match ident.is_ascii() {
        true => ident.to_ascii_lowercase(),
        false => ident.to_lowercase(),
    }
}
