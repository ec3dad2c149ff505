//! Finds the items that a crate uses, from the code that is made for the API.

use super::condition::{UseCondition, conditions};
use super::file::Code;
use super::items::ItemKind;
use super::references::{Reference, references};
use super::scope::{Crate, DefinitionId, LeafId};
use super::traits::calls_foreign;
use std::collections::HashSet;

/// The used items of a crate.
#[derive(Debug)]
pub struct Used {
    /// By [`DefinitionId`].
    pub definitions: Vec<bool>,
    pub leaves: HashSet<LeafId>,
}

/// Finds the items that are used by files which stay whole, and by each other.
pub fn used(of: &Crate<'_>) -> Used {
    let mut marker = Marker {
        of,
        used: Used {
            definitions: vec![false; of.definitions.len()],
            leaves: HashSet::new(),
        },
        conditions: conditions(of),
        methods: HashSet::new(),
        called: vec![HashSet::new(); of.files.len()],
        pending: Vec::new(),
    };
    for (file, of) in of.files.iter().enumerate() {
        if let Code::Whole(references) = &of.code {
            references
                .iter()
                .for_each(|reference| marker.follow(file, reference, None));
        }
    }
    loop {
        while let Some(definition) = marker.pending.pop() {
            marker.scan(definition);
        }
        marker.mark_dependents();
        marker.mark_traits();
        if marker.pending.is_empty() {
            return marker.used;
        }
    }
}

struct Marker<'c, 's> {
    of: &'c Crate<'s>,
    used: Used,
    /// By [`DefinitionId`].
    conditions: Vec<UseCondition>,
    /// The names of all called methods.
    methods: HashSet<&'s str>,
    /// The names that may be methods of traits in scope, and the called macros, by file.
    called: Vec<HashSet<&'s str>>,
    /// Used items that are not yet scanned.
    pending: Vec<DefinitionId>,
}

impl<'s> Marker<'_, 's> {
    fn mark(&mut self, definition: DefinitionId) {
        if !std::mem::replace(&mut self.used.definitions[definition.0], true) {
            self.pending.push(definition);
        }
    }

    fn mark_all(&mut self, definitions: Vec<DefinitionId>) {
        for definition in definitions {
            self.mark(definition);
        }
    }

    /// Marks everything that a used item refers to.
    fn scan(&mut self, id: DefinitionId) {
        let definition = &self.of.definitions[id.0];
        let file = &self.of.files[definition.file];
        let (range, owner) = match self.of.kind(definition) {
            // The members of the block are definitions of their own.
            ItemKind::Impl(block) if block.of.is_none() && definition.member.is_none() => {
                (block.head_tokens.clone(), None)
            }
            ItemKind::Impl(block) => {
                let owner = self.of.named(definition.file, &block.ty);
                (definition.tokens.clone(), owner.first().copied())
            }
            ItemKind::Type => (definition.tokens.clone(), Some(id)),
            _ => (definition.tokens.clone(), None),
        };
        for reference in references(&file.tokens()[range]) {
            self.follow(definition.file, &reference, owner);
        }
    }

    fn follow(&mut self, file: usize, reference: &Reference<'s>, owner: Option<DefinitionId>) {
        match reference {
            Reference::Path(path) => {
                let found = self.of.resolve(file, path, owner);
                self.mark_all(found.definitions);
                self.used.leaves.extend(found.leaves);
            }
            Reference::Method(name) => {
                self.methods.insert(name);
                self.called[file].insert(name);
            }
            Reference::Called(name) => {
                self.called[file].insert(name);
            }
        }
    }

    /// Marks what is used because something else is: methods of used types, implementations of used traits for
    /// used types, and calls of macros beside used items.
    fn mark_dependents(&mut self) {
        for index in 0..self.conditions.len() {
            if !self.used.definitions[index] && self.is_needed(index) {
                self.mark(DefinitionId(index));
            }
        }
    }

    fn is_needed(&self, index: usize) -> bool {
        let is_used = |id: &DefinitionId| self.used.definitions[id.0];
        match &self.conditions[index] {
            UseCondition::Always => true,
            UseCondition::Never => false,
            UseCondition::AllOf(all) => all.iter().all(is_used),
            UseCondition::AnyOf(any) => any.iter().any(is_used),
            UseCondition::CalledOn(owner) => {
                is_used(owner) && self.methods.contains(self.of.definitions[index].name)
            }
        }
    }

    /// Marks the `use` items of traits whose methods are called.
    fn mark_traits(&mut self) {
        let mut marked = Vec::new();
        for (file, of) in self.of.files.iter().enumerate() {
            let uses = of.uses.iter().enumerate();
            for (index, used) in uses.filter(|(_, used)| used.item.is_some()) {
                for (leaf, imported) in used.leaves.iter().enumerate() {
                    let id = (file, index, leaf);
                    if self.used.leaves.contains(&id) {
                        continue;
                    }
                    let target = self.of.leaf_target(id);
                    if self.calls_trait(file, &imported.path, &target) {
                        marked.push((id, target));
                    }
                }
            }
        }
        for (id, target) in marked {
            self.used.leaves.insert(id);
            self.mark_all(target);
        }
    }

    /// Returns whether a file calls methods of an imported trait.
    fn calls_trait(&self, file: usize, path: &[&str], target: &[DefinitionId]) -> bool {
        let called = &self.called[file];
        if target.is_empty() {
            return calls_foreign(called, path);
        }
        let mut methods = target.iter().flat_map(|id| self.of.trait_methods(*id));
        methods.any(|method| called.contains(method))
    }
}
