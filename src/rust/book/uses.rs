//! Where types are used: the operations that send or return them, and the types that contain them.

use super::operation;
use super::page::Page;
use crate::ir::{Api, Content, OperationId, Schema, TypeId};
use std::collections::HashMap;

/// The most links of one kind.
const MOST: usize = 10;

/// The uses of one type, without those by way of another type.
#[derive(Debug, Default)]
pub struct TypeUses {
    sent_by: Vec<OperationId>,
    returned_by: Vec<OperationId>,
    contained_in: Vec<TypeId>,
}

/// The uses of all types.
#[derive(Debug, Default)]
pub struct Uses(HashMap<TypeId, TypeUses>);

impl Uses {
    pub fn of(api: &Api) -> Self {
        let mut uses = Uses::default();
        for id in api.operation_ids() {
            let operation = api.operation(id);
            let sent = operation.body.iter().flat_map(|body| &body.contents);
            let parameters = operation.parameters.iter().map(|it| &it.schema);
            for schema in parameters.chain(sent.flat_map(schemas)) {
                uses.add(schema, |found| push(&mut found.sent_by, id));
            }
            let returned = operation.successes().flat_map(|it| &it.contents);
            for schema in returned.flat_map(schemas) {
                uses.add(schema, |found| push(&mut found.returned_by, id));
            }
        }
        for id in api.type_ids() {
            api.ty(id).shape.each_schema(&mut |schema| {
                uses.add(schema, |found| push(&mut found.contained_in, id));
            });
        }
        uses
    }

    /// Adds a use of each type that a schema refers to directly.
    fn add(&mut self, schema: &Schema, mut add: impl FnMut(&mut TypeUses)) {
        schema.each_type(&mut |id| add(self.0.entry(id).or_default()));
    }

    /// Returns sentences with links to the uses of a type.
    pub fn sentences(&self, page: Page<'_>, id: TypeId) -> Vec<String> {
        let Some(uses) = self.0.get(&id) else {
            return Vec::new();
        };
        let operations = |ids: &[OperationId]| -> Vec<String> {
            ids.iter().map(|id| operation::link(page, *id)).collect()
        };
        let types = uses.contained_in.iter().filter(|other| **other != id);
        let types: Vec<String> = types.map(|other| page.type_link(*other)).collect();
        let kinds = [
            ("Returned by", operations(&uses.returned_by)),
            ("Sent by", operations(&uses.sent_by)),
            ("Part of", types),
        ];
        let kinds = kinds.iter().filter(|(_, links)| !links.is_empty());
        kinds.map(|(lead, links)| sentence(lead, links)).collect()
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    // An operation's uses of a type come one after the other.
    if list.last() != Some(&item) {
        list.push(item);
    }
}

/// Returns the schemas of a content: its own, and those of its parts.
fn schemas(content: &Content) -> impl Iterator<Item = &Schema> {
    let parts = content.parts.iter().flat_map(|parts| &parts.members);
    std::iter::once(&content.schema).chain(parts.map(|part| &part.schema))
}

fn sentence(lead: &str, links: &[String]) -> String {
    let shown = links.iter().take(MOST).cloned().collect::<Vec<_>>();
    let shown = shown.join(", ");
    match links.len().saturating_sub(MOST) {
        0 => format!("{lead} {shown}."),
        more => format!("{lead} {shown}, and {more} more."),
    }
}
