//! Scopes, in which names are unique: a module, the fields of a struct, the variants of an enum.

use super::ident::IdentCase;
use super::words::Words;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// The names in one scope.
///
/// Names are assigned in the order of the claims and never change, so a later claim does not rename an earlier
/// one. Names are compared in lower case: rustdoc creates a file for each type, and some file systems do not
/// distinguish `Call` from `CALL`.
#[derive(Debug, Clone)]
pub struct NameScope {
    case: IdentCase,
    taken: HashSet<String, RandomState>,
    /// The last number tried for a name, so that a thousand equal claims take a thousand steps.
    numbers: HashMap<String, u32, RandomState>,
}

/// The result of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The words of the candidate, with the number as the last word if there is one.
    pub words: Words,
    /// The identifier in the scope's case; unique in the scope.
    pub ident: String,
    /// The index of the candidate.
    pub candidate: usize,
    /// The number that makes the name unique, if every candidate was taken.
    pub number: Option<u32>,
}

impl Claimed {
    /// Returns whether the first candidate was free.
    pub fn is_first_candidate(&self) -> bool {
        self.candidate == 0 && self.number.is_none()
    }
}

impl NameScope {
    /// Creates an empty scope.
    pub fn new(case: IdentCase) -> Self {
        NameScope {
            case,
            taken: HashSet::default(),
            numbers: HashMap::default(),
        }
    }

    /// Creates a scope with reserved identifiers.
    pub fn with_reserved<'a>(case: IdentCase, reserved: impl IntoIterator<Item = &'a str>) -> Self {
        let mut scope = NameScope::new(case);
        reserved.into_iter().for_each(|ident| scope.reserve(ident));
        scope
    }

    /// Returns the identifier of the words without claiming it.
    pub fn ident(&self, words: &[String]) -> String {
        self.case.ident(words)
    }

    /// Reserves an identifier that the generated code uses.
    pub fn reserve(&mut self, ident: &str) {
        self.taken.insert(key(ident));
    }

    /// Claims a text as it is. Returns whether it was free.
    pub fn claim_text(&mut self, text: &str) -> bool {
        self.taken.insert(key(text))
    }

    /// Claims the identifier of the words if it is free.
    pub fn claim_free(&mut self, words: &Words) -> Option<Claimed> {
        self.take(words).map(|ident| Claimed {
            words: words.clone(),
            ident,
            candidate: 0,
            number: None,
        })
    }

    /// Claims exactly this identifier, prescribed by the user. Returns `None` if it is taken, invalid or in
    /// another case.
    pub fn claim_exact(&mut self, name: &str) -> Option<Claimed> {
        let free = self.case.fits(name) && self.taken.insert(key(name));
        let words = super::words::words(name);
        free.then(|| Claimed {
            words,
            ident: name.to_owned(),
            candidate: 0,
            number: None,
        })
    }

    /// Claims the first free candidate, else the last one with a number from 2 on.
    ///
    /// Pass the plain name first, then the name with its context, then with that of the parent.
    pub fn claim(&mut self, candidates: &[Words]) -> Claimed {
        for (candidate, words) in candidates.iter().enumerate() {
            if let Some(ident) = self.take(words) {
                return Claimed {
                    words: words.clone(),
                    ident,
                    candidate,
                    number: None,
                };
            }
        }
        let Some(last) = candidates.last() else {
            return self.claim(&[vec!["empty".to_owned()]]);
        };
        let candidate = candidates.len() - 1;
        let base = self.case.ident(last);
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
                    candidate,
                    number: Some(number),
                };
            }
        }
    }

    fn take(&mut self, words: &[String]) -> Option<String> {
        let ident = self.case.ident(words);
        self.taken.insert(key(&ident)).then_some(ident)
    }
}

fn key(ident: &str) -> String {
    match ident.is_ascii() {
        true => ident.to_ascii_lowercase(),
        false => ident.to_lowercase(),
    }
}
