//! Makes inferred response properties optional (`x-sdkgen-inferred`).
//!
//! The mark applies to responses. A type that requests use too keeps its required properties, so that a mark
//! never changes the arguments of `new`; a response without them is decoded leniently.

use crate::ir::{Api, Shape};

pub fn run(api: &mut Api) {
    let received = api.types.iter_mut().filter(|def| !def.usage.request);
    for def in received {
        let Shape::Object(object) = &mut def.shape else {
            continue;
        };
        for member in object.members.iter_mut().filter(|member| member.inferred) {
            member.required = false;
            member.constant = None;
        }
    }
}
