//! Prints files without unused items.

use super::file::File;
use super::items::{Impl, Item, ItemKind};
use super::mark::Used;
use super::scope::{Crate, Definition};
use super::uses::UseTree;
use std::collections::{HashMap, HashSet};

/// Returns the files that change, with their text unless the whole file is unused.
pub fn sweep(of: &Crate<'_>, used: &Used) -> Vec<(String, Option<String>)> {
    let mut kept: HashMap<(usize, usize, Option<usize>), bool> = HashMap::new();
    for (definition, is_used) in of.definitions.iter().zip(&used.definitions) {
        kept.insert(
            (definition.file, definition.item, definition.member),
            *is_used,
        );
    }
    let is_code = |definition: &Definition<'_>| {
        let kind = of.kind(definition);
        !matches!(kind, ItemKind::Use(_) | ItemKind::Mod | ItemKind::Attribute)
    };
    let definitions = of.definitions.iter().zip(&used.definitions);
    let live = definitions.filter(|(definition, is_used)| **is_used && is_code(definition));
    let live: HashSet<usize> = live.map(|(definition, _)| definition.file).collect();
    // A file that stays whole may declare a module without used items.
    let mut removable: HashSet<usize> = HashSet::new();
    for (file, of_file) in of.files.iter().enumerate() {
        let mods = of_file.items().iter();
        let mods = mods.filter(|item| matches!(item.kind, ItemKind::Mod));
        removable.extend(mods.flat_map(|item| of.files_of(file, item.name)));
    }
    let sweeper = Sweeper {
        of,
        used,
        kept,
        live,
    };
    let files = of
        .files
        .iter()
        .enumerate()
        .filter(|(_, file)| !file.items().is_empty());
    let files = files.map(|(index, file)| {
        let is_kept = !removable.contains(&index) || sweeper.live.contains(&index);
        (file.path.to_owned(), is_kept.then(|| sweeper.text(index)))
    });
    files.collect()
}

struct Sweeper<'c, 's> {
    of: &'c Crate<'s>,
    used: &'c Used,
    /// By file, item and member.
    kept: HashMap<(usize, usize, Option<usize>), bool>,
    /// The files with a used item.
    live: HashSet<usize>,
}

impl Sweeper<'_, '_> {
    fn text(&self, index: usize) -> String {
        let file = &self.of.files[index];
        let start = file
            .items()
            .first()
            .map_or(file.text.len(), |item| item.bytes.start);
        let mut text = file.text[..start].to_owned();
        for (at, item) in file.items().iter().enumerate() {
            let is_frame = matches!(item.kind, ItemKind::Use(_) | ItemKind::Mod);
            match self.item(index, at, item) {
                Some(left) => text.push_str(&left),
                // The empty line after a group of `use` and `mod` items stays.
                None if is_frame
                    && !text.is_empty()
                    && file.text[..item.bytes.end].ends_with("\n\n")
                    && !text.ends_with("\n\n") =>
                {
                    text.push('\n');
                }
                None => {}
            }
        }
        let trimmed = text.trim_end();
        format!("{trimmed}\n")
    }

    /// Prints what is left of an item.
    fn item(&self, index: usize, at: usize, item: &Item<'_>) -> Option<String> {
        let file = &self.of.files[index];
        let is_kept = match &item.kind {
            ItemKind::Use(start) => return self.import(index, at, item, *start),
            ItemKind::Impl(block) if block.of.is_none() => {
                return self.block(index, at, item, block);
            }
            ItemKind::Mod => {
                let mut files = self.of.files_of(index, item.name).iter();
                files.any(|file| self.live.contains(file))
            }
            _ => self.kept.get(&(index, at, None)) == Some(&true),
        };
        is_kept.then(|| file.text[item.bytes.clone()].to_owned())
    }

    /// Prints an `impl` block with the used members.
    fn block(&self, index: usize, at: usize, item: &Item<'_>, block: &Impl<'_>) -> Option<String> {
        let file = &self.of.files[index];
        let is_used = |member: usize| self.kept.get(&(index, at, Some(member))) == Some(&true);
        let members = block.members.iter().enumerate();
        let members: String = members
            .filter(|(member, _)| is_used(*member))
            .map(|(_, member)| &file.text[member.bytes.clone()])
            .collect();
        if members.is_empty() {
            return None;
        }
        Some(format!(
            "{}{}\n{}",
            &file.text[item.bytes.start..block.head],
            members.trim_end(),
            &file.text[block.tail..item.bytes.end]
        ))
    }

    fn import(&self, index: usize, at: usize, item: &Item<'_>, start: usize) -> Option<String> {
        let file: &File<'_> = &self.of.files[index];
        let number = file.uses.iter().position(|used| used.item == Some(at))?;
        let leaves = 0..file.uses[number].leaves.len();
        let flags: Vec<bool> = leaves
            .map(|leaf| self.used.leaves.contains(&(index, number, leaf)))
            .collect();
        let whole = &file.text[item.bytes.clone()];
        if flags.iter().all(|flag| *flag) {
            return Some(whole.to_owned());
        }
        let tree = UseTree::parse(&file.tokens()[start..item.tokens.end]);
        let tree = tree.retain(&mut flags.into_iter())?;
        let keyword = file.tokens()[start - 1].at;
        let line = file.text[..keyword].rfind('\n').map_or(0, |line| line + 1);
        let end = file.tokens()[item.tokens.end - 1].end();
        Some(format!(
            "{}{}{}",
            &file.text[item.bytes.start..line],
            tree.print(&file.text[line..keyword]),
            &file.text[end..item.bytes.end]
        ))
    }
}
