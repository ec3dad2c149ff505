//! The modules of a crate, and the items that paths in them refer to.

use super::items::{Impl, Item, ItemKind, Visibility, items};
use super::lexer::{Token, tokens};
use super::references::{Names, Reference, path_at, references_of_file};
use super::uses::{Leaf, UseTree};
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A file of the crate.
#[derive(Debug)]
pub struct File<'s> {
    pub path: &'s str,
    pub text: &'s str,
    /// The path of the module, such as `runtime::json`.
    pub module: String,
    pub uses: Vec<Use<'s>>,
    pub code: Code<'s>,
}

/// The code of a file.
#[derive(Debug)]
pub enum Code<'s> {
    /// Stays as it is: what it refers to.
    Whole(HashSet<Reference<'s>, RandomState>),
    /// May lose items.
    Items(Vec<Token<'s>>, Vec<Item<'s>>),
}

/// The names of one `use` item.
#[derive(Debug)]
pub struct Use<'s> {
    /// The index of the item, in a file that may lose items.
    pub item: Option<usize>,
    pub leaves: Vec<Leaf<'s>>,
}

/// An item, or a member of an `impl` block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(pub usize);

#[derive(Debug)]
pub struct Node<'s> {
    pub file: usize,
    pub item: usize,
    pub member: Option<usize>,
    pub name: &'s str,
    pub tokens: Range<usize>,
    pub is_public: bool,
    /// The type of a member.
    pub owner: Option<NodeId>,
}

/// A leaf of a `use` item: file, index in [`File::uses`], index of the leaf.
pub type LeafId = (usize, usize, usize);

/// The items and the `use` items that a path refers to.
#[derive(Debug, Default)]
pub struct Found {
    pub nodes: Vec<NodeId>,
    pub leaves: Vec<LeafId>,
}

/// The meaning of a part of a path.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Module(ModuleId),
    Node(NodeId),
}

type ModuleId = usize;

#[derive(Debug, Default)]
struct Module<'s> {
    files: Vec<usize>,
    names: HashMap<&'s str, Vec<NodeId>>,
    aliases: HashMap<&'s str, Vec<LeafId>>,
    parent: ModuleId,
    children: HashMap<String, ModuleId>,
}

/// The root is the first module.
const ROOT: ModuleId = 0;

#[derive(Debug)]
pub struct Crate<'s> {
    pub files: Vec<File<'s>>,
    pub nodes: Vec<Node<'s>>,
    modules: Vec<Module<'s>>,
    /// The module of each file.
    module_of: Vec<ModuleId>,
    members: HashMap<(NodeId, &'s str), Vec<NodeId>>,
}

impl<'s> Crate<'s> {
    pub fn new(mut files: Vec<File<'s>>) -> Self {
        move_to_declared_paths(&mut files);
        let mut this = Crate {
            module_of: Vec::new(),
            files,
            nodes: Vec::new(),
            modules: vec![Module::default()],
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
                self.modules.push(Module {
                    parent: module,
                    ..Module::default()
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
            let id = NodeId(self.nodes.len());
            self.nodes.push(Node::new(file, index, None, item));
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
                    added.push(Node {
                        owner,
                        ..Node::new(file, item, Some(member), of_block)
                    });
                }
            }
        }
        for node in added {
            if let Some(owner) = node.owner {
                let members = self.members.entry((owner, node.name)).or_default();
                members.push(NodeId(self.nodes.len()));
            }
            self.nodes.push(node);
        }
    }

    /// Returns the items that the tokens of a type or of a trait name.
    pub fn named(&self, file: usize, range: &Range<usize>) -> Vec<NodeId> {
        let tokens = &self.files[file].tokens()[range.clone()];
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match tokens[at].is_ident() {
                true => {
                    let (path, end) = path_at(tokens, at);
                    found.extend(self.resolve(file, &path, None).nodes);
                    at = end;
                }
                false => at += 1,
            }
        }
        found
    }

    /// Resolves a path in a file. `owner` is the meaning of `Self`.
    pub fn resolve(&self, file: usize, path: &[&'s str], owner: Option<NodeId>) -> Found {
        let mut found = Found::default();
        let Some((first, rest)) = path.split_first() else {
            return found;
        };
        let starts = match *first {
            "Self" => owner.into_iter().map(Meaning::Node).collect(),
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
                    Meaning::Node(owner) => {
                        let members = self.members.get(&(owner, *part));
                        found.nodes.extend(members.into_iter().flatten());
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
        let nodes = scope.names.get(name).into_iter().flatten().copied();
        let nodes: Vec<NodeId> = nodes
            .filter(|node| is_last || !self.is_value(*node))
            .collect();
        let mut meanings: Vec<Meaning> = nodes.iter().copied().map(Meaning::Node).collect();
        found.nodes.extend(nodes);
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
                let nodes = self.modules[module].names.get(name).into_iter().flatten();
                let nodes: Vec<NodeId> = nodes.copied().collect();
                found.nodes.extend(&nodes);
                nodes.into_iter().map(Meaning::Node).collect()
            }
            Some((first, rest)) => {
                let starts = self.start(module, first, false, found, depth);
                self.walk(starts, rest, found, depth)
            }
        }
    }

    fn is_value(&self, id: NodeId) -> bool {
        let node = &self.nodes[id.0];
        matches!(
            self.files[node.file].items()[node.item].kind,
            ItemKind::Value
        )
    }

    /// Returns the items that a leaf refers to.
    pub fn leaf_target(&self, id: LeafId) -> Vec<NodeId> {
        let meanings = self.leaf_meanings(id, &mut Found::default(), 0);
        let nodes = meanings.into_iter().filter_map(|meaning| match meaning {
            Meaning::Node(node) => Some(node),
            Meaning::Module(_) => None,
        });
        nodes.collect()
    }

    /// Returns the files of a module that a file declares.
    pub fn files_of(&self, file: usize, name: &str) -> &[usize] {
        let children = &self.modules[self.module_of[file]].children;
        let module = children.get(name);
        module.map_or(&[], |module| &self.modules[*module].files)
    }
}

impl<'s> Node<'s> {
    fn new(file: usize, item: usize, member: Option<usize>, of: &Item<'s>) -> Self {
        Node {
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

impl<'s> File<'s> {
    /// Parses a file that stays as it is.
    pub fn whole(path: &'s str, text: &'s str) -> Self {
        let tokens = tokens(text);
        let all = tokens.iter().enumerate();
        let uses = all.filter(|(_, token)| token.is("use"));
        let uses = uses.map(|(at, _)| Use::new(None, &tokens[at + 1..]));
        let uses: Vec<Use<'s>> = uses.collect();
        let of_crate = ["crate", "self", "super"];
        let leaves = uses.iter().flat_map(|used| &used.leaves);
        let leaves = leaves.filter(|leaf| {
            leaf.path
                .first()
                .is_some_and(|first| of_crate.contains(first))
        });
        let mut starts: Names<'_> = leaves.map(|leaf| leaf.alias).collect();
        starts.extend(of_crate);
        let declared = tokens.windows(2).filter(|pair| pair[0].is("mod"));
        starts.extend(declared.map(|pair| pair[1].text));
        let code = Code::Whole(references_of_file(&tokens, &starts));
        File {
            path,
            text,
            module: module(path),
            uses,
            code,
        }
    }

    /// Parses a file that may lose items.
    pub fn divided(path: &'s str, text: &'s str) -> Self {
        let tokens = tokens(text);
        let items = items(text, &tokens);
        let uses = items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| match item.kind {
                ItemKind::Use(start) => Some(Use::new(Some(index), &tokens[start..])),
                _ => None,
            });
        File {
            path,
            text,
            module: module(path),
            uses: uses.collect(),
            code: Code::Items(tokens, items),
        }
    }

    pub fn items(&self) -> &[Item<'s>] {
        match &self.code {
            Code::Whole(_) => &[],
            Code::Items(_, items) => items,
        }
    }

    pub fn tokens(&self) -> &[Token<'s>] {
        match &self.code {
            Code::Whole(_) => &[],
            Code::Items(tokens, _) => tokens,
        }
    }

    /// Returns the `impl` blocks that are of no trait, with the indices of their items.
    fn blocks(&self) -> impl Iterator<Item = (usize, &Impl<'s>)> {
        let items = self.items().iter().enumerate();
        items.filter_map(|(index, item)| match &item.kind {
            ItemKind::Impl(block) if block.of.is_none() => Some((index, block)),
            _ => None,
        })
    }
}

impl<'s> Use<'s> {
    fn new(item: Option<usize>, tokens: &[Token<'s>]) -> Self {
        Use {
            item,
            leaves: UseTree::parse(tokens).leaves(),
        }
    }
}

/// A `mod` item can name another file in `#[cfg_attr(…, path = "…")]`: the file is one more of the module.
fn move_to_declared_paths(files: &mut [File<'_>]) {
    let mut moved = Vec::new();
    for file in &*files {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mods = file
            .items()
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Mod));
        for item in mods {
            let tokens = &file.tokens()[item.tokens.clone()];
            let path = tokens.iter().position(|token| token.is("path"));
            if let Some(literal) = path.and_then(|at| tokens.get(at + 2)) {
                let path = format!("{folder}/{}", literal.text.trim_matches('"'));
                moved.push((path, format!("{}::{}", file.module, item.name)));
            }
        }
    }
    for (path, module) in moved {
        let file = files.iter_mut().find(|file| file.path == path);
        if let Some(file) = file {
            file.module = module;
        }
    }
}

/// Returns the module of a file: `src/runtime/mod.rs` is `runtime`.
fn module(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" => String::new(),
        path => path.replace('/', "::"),
    }
}
