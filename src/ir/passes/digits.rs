//! Which unions have values with numbers of more digits than a 64-bit integer or a float holds, so that
//! whoever holds such a value in memory, to see which branch it is of, must not lose any.

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
    for (def, exact) in api.types.iter_mut().zip(exact) {
        if let Shape::Union(union) = &mut def.shape {
            union.exact = exact;
        }
    }
}

fn is_exact(schema: &Schema) -> bool {
    schema.kind.is_exact() || schema.kind.parts().iter().any(is_exact)
}
