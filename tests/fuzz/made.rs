//! The documents of a run, each identified by kind, seed and number.

use super::choices::Choices;
use super::graphs;
use super::seeds::Seeds;
use crate::support::repository;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Kind {
    /// Random graphs of schemas and operations
    Graphs,
    /// Mutated fixtures, and documents of the corpus if SDKGEN_CORPUS is set
    Documents,
}

/// Creates the documents of a kind and a seed.
pub struct Maker {
    kind: Kind,
    seed: u64,
    seeds: Seeds,
}

impl Maker {
    pub fn new(kind: Kind, seed: u64) -> Self {
        let corpus = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty());
        Maker {
            kind,
            seed,
            seeds: Seeds::new(repository(), corpus.as_deref().map(Path::new)),
        }
    }

    pub fn document(&self, number: u64) -> Value {
        let mut choices = Choices::from_seed(self.seed, number);
        match self.kind {
            Kind::Graphs => graphs::document(&mut choices),
            Kind::Documents => self.seeds.mutated(&mut choices),
        }
    }
}
