//! The conditions under which a definition is used although no path refers to it.

use super::items::ItemKind;
use super::scope::{Crate, Definition, DefinitionId};
use std::collections::HashMap;

/// When a definition is used because something else is.
#[derive(Debug)]
pub enum UseCondition {
    Always,
    Never,
    /// All of these are used.
    AllOf(Vec<DefinitionId>),
    /// One of these is used.
    AnyOf(Vec<DefinitionId>),
    /// This type is used, and a method of the name is called.
    CalledOn(DefinitionId),
}

/// Returns the condition of each definition, in order.
pub fn conditions(of: &Crate<'_>) -> Vec<UseCondition> {
    let groups = Groups::new(of);
    let definitions = of.definitions.iter();
    let conditions = definitions.map(|definition| match definition.member {
        Some(_) => of.member_condition(definition),
        None => of.item_condition(definition, &groups),
    });
    conditions.collect()
}

/// The definitions that belong together.
#[derive(Debug)]
struct Groups {
    /// The members of each `impl` block, by file and item.
    members: HashMap<(usize, usize), Vec<DefinitionId>>,
    /// The items of each file that have a name, modules excepted.
    named: Vec<Vec<DefinitionId>>,
}

impl Groups {
    fn new(of: &Crate<'_>) -> Self {
        let mut groups = Groups {
            members: HashMap::new(),
            named: vec![Vec::new(); of.files.len()],
        };
        for (index, definition) in of.definitions.iter().enumerate() {
            let id = DefinitionId(index);
            if definition.member.is_some() {
                let block = (definition.file, definition.item);
                groups.members.entry(block).or_default().push(id);
                continue;
            }
            let is_module = matches!(of.kind(definition), ItemKind::Mod);
            if !is_module && !["", "_"].contains(&definition.name) {
                groups.named[definition.file].push(id);
            }
        }
        groups
    }

    /// Returns the condition of an item without a name, such as the call of a macro: a named item beside it is used.
    fn beside(&self, file: usize) -> UseCondition {
        match self.named[file].as_slice() {
            [] => UseCondition::Always,
            named => UseCondition::AnyOf(named.to_vec()),
        }
    }
}

impl<'s> Crate<'s> {
    /// Returns the condition of a member of an `impl` block that is of no trait.
    fn member_condition(&self, member: &Definition<'s>) -> UseCondition {
        match member.owner {
            None => UseCondition::Always,
            Some(owner) if member.is_public && self.definitions[owner.0].is_public => {
                UseCondition::AllOf(vec![owner])
            }
            Some(owner) if self.has_receiver(member) => UseCondition::CalledOn(owner),
            Some(_) => UseCondition::Never,
        }
    }

    fn item_condition(&self, item: &Definition<'s>, groups: &Groups) -> UseCondition {
        match self.kind(item) {
            ItemKind::Attribute => UseCondition::Always,
            ItemKind::Impl(block) => match &block.of {
                Some(of) => {
                    let mut named = self.named(item.file, of);
                    named.extend(self.named(item.file, &block.ty));
                    UseCondition::AllOf(named)
                }
                None => {
                    let members = groups.members.get(&(item.file, item.item));
                    UseCondition::AnyOf(members.cloned().unwrap_or_default())
                }
            },
            ItemKind::MacroCall => groups.beside(item.file),
            ItemKind::Value if item.name == "_" => groups.beside(item.file),
            _ => UseCondition::Never,
        }
    }

    /// Returns whether a member is a method. Other functions are called by a path.
    fn has_receiver(&self, definition: &Definition<'s>) -> bool {
        let tokens = &self.files[definition.file].tokens()[definition.tokens.clone()];
        let mut after_name = tokens.iter().skip_while(|token| !token.is("fn"));
        let open = after_name.find(|token| token.is("("));
        open.is_some() && after_name.take(4).any(|token| token.is("self"))
    }
}
