//! Which declared types contain no float, so that their values have `Eq`.

use crate::ir::{Api, Extra, NumberFormat, Schema, SchemaKind, Shape, TypeId};

/// Whether each declared type contains a float, by [`TypeId`].
#[derive(Debug)]
pub struct TotalEq(Vec<bool>);

impl TotalEq {
    pub fn of(api: &Api) -> Self {
        let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
        let mut has_float = vec![false; api.types.len()];
        let mut found = Vec::new();
        for id in api.type_ids() {
            let mut contents = Contents::default();
            for schema in schemas(&api.ty(id).shape) {
                contents.add(schema);
            }
            for part in contents.types {
                users[part.0 as usize].push(id);
            }
            if contents.has_float {
                has_float[id.0 as usize] = true;
                found.push(id);
            }
        }
        // From the floats to their users, so that each type is visited once, in cycles too.
        while let Some(id) = found.pop() {
            for user in std::mem::take(&mut users[id.0 as usize]) {
                if !std::mem::replace(&mut has_float[user.0 as usize], true) {
                    found.push(user);
                }
            }
        }
        TotalEq(has_float)
    }

    /// Returns whether a declared type has `Eq`.
    pub fn has(&self, id: TypeId) -> bool {
        !self.0[id.0 as usize]
    }
}

/// What a type contains directly, also inside arrays, maps and tuples.
#[derive(Default)]
struct Contents {
    has_float: bool,
    types: Vec<TypeId>,
}

impl Contents {
    fn add(&mut self, schema: &Schema) {
        match &schema.kind {
            // Nothing says whether a type of the user has `Eq`.
            SchemaKind::Number(NumberFormat::Double) | SchemaKind::External(_) => {
                self.has_float = true;
            }
            SchemaKind::Declared(id) => self.types.push(*id),
            kind => kind.parts().iter().for_each(|part| self.add(part)),
        }
    }
}

fn schemas(shape: &Shape) -> Vec<&Schema> {
    match shape {
        Shape::Object(object) => {
            let extra = match &object.extra {
                Extra::Typed(values) => Some(&**values),
                Extra::Open | Extra::Closed => None,
            };
            let members = object.members.iter().map(|member| &member.schema);
            members.chain(extra).collect()
        }
        Shape::Union(union) => union.branches.iter().map(|branch| &branch.schema).collect(),
        Shape::Alias(target) => vec![target],
        Shape::Enum(_) => Vec::new(),
    }
}
