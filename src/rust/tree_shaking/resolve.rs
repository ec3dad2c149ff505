//! Resolves paths to the definitions and the `use` items that they refer to.

use super::items::ItemKind;
use super::references::path_at;
use super::scope::{Crate, DefinitionId, LeafId, ModuleId, ROOT};
use std::ops::Range;

/// The items and the `use` items that a path refers to.
#[derive(Debug, Default)]
pub struct Found {
    pub definitions: Vec<DefinitionId>,
    pub leaves: Vec<LeafId>,
}

/// The meaning of a part of a path.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Module(ModuleId),
    Definition(DefinitionId),
}

impl<'s> Crate<'s> {
    /// Returns the items that the tokens of a type or of a trait name.
    pub fn named(&self, file: usize, range: &Range<usize>) -> Vec<DefinitionId> {
        let tokens = &self.files[file].tokens()[range.clone()];
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match tokens[at].is_ident() {
                true => {
                    let (path, end) = path_at(tokens, at);
                    found.extend(self.resolve(file, &path, None).definitions);
                    at = end;
                }
                false => at += 1,
            }
        }
        found
    }

    /// Resolves a path in a file. `owner` is the meaning of `Self`.
    pub fn resolve(&self, file: usize, path: &[&'s str], owner: Option<DefinitionId>) -> Found {
        let mut found = Found::default();
        let Some((first, rest)) = path.split_first() else {
            return found;
        };
        let starts = match *first {
            "Self" => owner.into_iter().map(Meaning::Definition).collect(),
            first => self.start(self.module_of[file], first, rest.is_empty(), &mut found, 0),
        };
        // A single name is no module, but a variable or a field of the same name.
        let is_module = |meaning: &Meaning| matches!(meaning, Meaning::Module(_));
        if rest.is_empty() && !starts.is_empty() && starts.iter().all(is_module) {
            return Found::default();
        }
        self.walk(starts, rest, &mut found, 0);
        found
    }

    /// Returns the meanings of the first part of a path.
    fn start(
        &self,
        module: ModuleId,
        first: &'s str,
        is_last: bool,
        found: &mut Found,
        depth: usize,
    ) -> Vec<Meaning> {
        match first {
            "crate" => vec![Meaning::Module(ROOT)],
            "self" => vec![Meaning::Module(module)],
            "super" => vec![Meaning::Module(self.modules[module].parent)],
            name => self.lookup(module, name, is_last, found, depth),
        }
    }

    /// Follows the further parts of a path.
    fn walk(
        &self,
        starts: Vec<Meaning>,
        rest: &[&'s str],
        found: &mut Found,
        depth: usize,
    ) -> Vec<Meaning> {
        let mut current = starts;
        for (index, part) in rest.iter().enumerate() {
            let is_last = index + 1 == rest.len();
            let mut next = Vec::new();
            for meaning in current {
                match meaning {
                    Meaning::Module(module) if *part == "super" => {
                        next.push(Meaning::Module(self.modules[module].parent));
                    }
                    Meaning::Module(module) => {
                        next.extend(self.lookup(module, part, is_last, found, depth));
                    }
                    Meaning::Definition(owner) => {
                        let members = self.members.get(&(owner, *part));
                        found.definitions.extend(members.into_iter().flatten());
                    }
                }
            }
            current = next;
        }
        current
    }

    /// Returns the meanings of a name in a module. Only the last part of a path can be a function or a constant.
    fn lookup(
        &self,
        module: ModuleId,
        name: &'s str,
        is_last: bool,
        found: &mut Found,
        depth: usize,
    ) -> Vec<Meaning> {
        // `use` items that refer to each other have no meaning.
        if depth > 8 {
            return Vec::new();
        }
        let scope = &self.modules[module];
        let definitions = scope.names.get(name).into_iter().flatten().copied();
        let definitions: Vec<DefinitionId> = definitions
            .filter(|definition| is_last || !self.is_value(*definition))
            .collect();
        let mut meanings: Vec<Meaning> = definitions
            .iter()
            .copied()
            .map(Meaning::Definition)
            .collect();
        found.definitions.extend(definitions);
        for id in scope.aliases.get(name).into_iter().flatten() {
            found.leaves.push(*id);
            meanings.extend(self.leaf_meanings(*id, found, depth + 1));
        }
        meanings.extend(scope.children.get(name).copied().map(Meaning::Module));
        meanings
    }

    /// Returns the meanings of the path of a leaf.
    fn leaf_meanings(&self, id: LeafId, found: &mut Found, depth: usize) -> Vec<Meaning> {
        let (file, index, leaf) = id;
        let module = self.module_of[file];
        let path = &self.files[file].uses[index].leaves[leaf].path;
        match path.split_first() {
            None => Vec::new(),
            // A single name is an item of the module itself, such as a macro, or another crate.
            Some((name, [])) => {
                let definitions = self.modules[module].names.get(name).into_iter().flatten();
                let definitions: Vec<DefinitionId> = definitions.copied().collect();
                found.definitions.extend(&definitions);
                definitions.into_iter().map(Meaning::Definition).collect()
            }
            Some((first, rest)) => {
                let starts = self.start(module, first, false, found, depth);
                self.walk(starts, rest, found, depth)
            }
        }
    }

    fn is_value(&self, id: DefinitionId) -> bool {
        matches!(self.kind(&self.definitions[id.0]), ItemKind::Value)
    }

    /// Returns the items that a leaf refers to.
    pub fn leaf_target(&self, id: LeafId) -> Vec<DefinitionId> {
        let meanings = self.leaf_meanings(id, &mut Found::default(), 0);
        let definitions = meanings.into_iter().filter_map(|meaning| match meaning {
            Meaning::Definition(definition) => Some(definition),
            Meaning::Module(_) => None,
        });
        definitions.collect()
    }
}
