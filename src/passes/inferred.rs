//! `x-sdkgen-inferred`: what nobody documented of a response is optional, whatever the schema says.
//!
//! The mark is about responses. A type that requests use too keeps its required members, so that a mark
//! never changes what its `new` asks for; a response that lacks one of them is read leniently.

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
