//! The definitions of a crate, and the modules that they are in.

use super::file::{File, move_to_declared_paths};
use super::items::{Item, ItemKind, Visibility};
use std::collections::HashMap;
use std::ops::Range;

/// An item, or a member of an `impl` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DefinitionId(pub usize);

#[derive(Debug)]
pub struct Definition<'s> {
    pub file: usize,
    pub item: usize,
    pub member: Option<usize>,
    pub name: &'s str,
    pub tokens: Range<usize>,
    pub is_public: bool,
    /// The type of a member.
    pub owner: Option<DefinitionId>,
}

/// A leaf of a `use` item: file, index in [`File::uses`], index of the leaf.
pub type LeafId = (usize, usize, usize);

pub type ModuleId = usize;

#[derive(Debug, Default)]
pub struct ModuleScope<'s> {
    files: Vec<usize>,
    pub names: HashMap<&'s str, Vec<DefinitionId>>,
    pub aliases: HashMap<&'s str, Vec<LeafId>>,
    pub parent: ModuleId,
    pub children: HashMap<String, ModuleId>,
}

/// The root is the first module.
pub const ROOT: ModuleId = 0;

#[derive(Debug)]
pub struct Crate<'s> {
    pub files: Vec<File<'s>>,
    pub definitions: Vec<Definition<'s>>,
    pub modules: Vec<ModuleScope<'s>>,
    /// The module of each file.
    pub module_of: Vec<ModuleId>,
    pub members: HashMap<(DefinitionId, &'s str), Vec<DefinitionId>>,
}

impl<'s> Crate<'s> {
    pub fn new(mut files: Vec<File<'s>>) -> Self {
        move_to_declared_paths(&mut files);
        let mut this = Crate {
            module_of: Vec::new(),
            files,
            definitions: Vec::new(),
            modules: vec![ModuleScope::default()],
            members: HashMap::new(),
        };
        for file in 0..this.files.len() {
            this.add_file(file);
        }
        this.add_members();
        this
    }

    fn add_file(&mut self, file: usize) {
        let names: Vec<String> = self.files[file]
            .module
            .split("::")
            .map(str::to_owned)
            .collect();
        let mut module = ROOT;
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let next = self.modules.len();
            let child = *self.modules[module].children.entry(name).or_insert(next);
            if child == next {
                self.modules.push(ModuleScope {
                    parent: module,
                    ..ModuleScope::default()
                });
            }
            module = child;
        }
        self.module_of.push(module);
        let of = &self.files[file];
        let scope = &mut self.modules[module];
        scope.files.push(file);
        for (index, used) in of.uses.iter().enumerate() {
            for (leaf, of) in used.leaves.iter().enumerate() {
                let aliases = scope.aliases.entry(of.alias);
                aliases.or_default().push((file, index, leaf));
            }
        }
        for (index, item) in of.items().iter().enumerate() {
            let id = DefinitionId(self.definitions.len());
            self.definitions
                .push(Definition::new(file, index, None, item));
            if !item.name.is_empty() && !matches!(item.kind, ItemKind::Mod) {
                scope.names.entry(item.name).or_default().push(id);
            }
        }
    }

    /// Adds the members of all `impl` blocks that are of no trait.
    fn add_members(&mut self) {
        let mut added = Vec::new();
        for (file, of) in self.files.iter().enumerate() {
            for (item, block) in of.blocks() {
                let owner = self.named(file, &block.ty).first().copied();
                for (member, of_block) in block.members.iter().enumerate() {
                    added.push(Definition {
                        owner,
                        ..Definition::new(file, item, Some(member), of_block)
                    });
                }
            }
        }
        for definition in added {
            if let Some(owner) = definition.owner {
                let members = self.members.entry((owner, definition.name)).or_default();
                members.push(DefinitionId(self.definitions.len()));
            }
            self.definitions.push(definition);
        }
    }

    /// Returns the kind of an item, or of the block of a member.
    pub fn kind(&self, definition: &Definition<'s>) -> &ItemKind<'s> {
        &self.files[definition.file].items()[definition.item].kind
    }

    /// Returns the files of a module that a file declares.
    pub fn files_of(&self, file: usize, name: &str) -> &[usize] {
        let children = &self.modules[self.module_of[file]].children;
        let module = children.get(name);
        module.map_or(&[], |module| &self.modules[*module].files)
    }
}

impl<'s> Definition<'s> {
    fn new(file: usize, item: usize, member: Option<usize>, of: &Item<'s>) -> Self {
        Definition {
            file,
            item,
            member,
            name: of.name,
            tokens: of.tokens.clone(),
            is_public: of.visibility == Visibility::Public,
            owner: None,
        }
    }
}
