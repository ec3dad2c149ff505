//! The files of a crate, parsed as far as it is necessary.

use super::items::{Impl, Item, ItemKind, items};
use super::lexer::{Token, tokens};
use super::references::{NameSet, Reference, references_of_file};
use super::uses::{Leaf, UseTree};
use foldhash::fast::RandomState;
use std::collections::HashSet;

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
        let mut starts: NameSet<'_> = leaves.map(|leaf| leaf.alias).collect();
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
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &Impl<'s>)> {
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
pub fn move_to_declared_paths(files: &mut [File<'_>]) {
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
