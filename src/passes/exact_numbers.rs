//! Finds unions and properties whose values may exceed a 64-bit integer or a float, so that buffering a value
//! to inspect it loses no digits.

use crate::ir::{Api, Schema, Shape, TypeId};

pub fn run(api: &mut Api) {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut open = Vec::new();
    for id in api.type_ids() {
        api.ty(id).shape.each_schema(&mut |schema| {
            schema.each_type(&mut |used| users[used.0 as usize].push(id));
            if is_exact(schema) {
                open.push(id);
            }
        });
    }
    let mut exact = vec![false; api.types.len()];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut exact[id.0 as usize], true) {
            open.extend(&users[id.0 as usize]);
        }
    }
    let holds = |schema: &Schema| {
        let mut found = is_exact(schema);
        schema.each_type(&mut |id| found |= exact[id.0 as usize]);
        found
    };
    for (def, exact) in api.types.iter_mut().zip(&exact) {
        match &mut def.shape {
            Shape::Union(union) => union.exact = *exact,
            Shape::Object(object) => {
                for member in &mut object.members {
                    member.exact = holds(&member.schema);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }
}

fn is_exact(schema: &Schema) -> bool {
    schema.kind.is_exact() || schema.kind.parts().iter().any(is_exact)
}
