//! Reports response headers whose structure the client does not decode.

use crate::diag::{Diagnostics, codes};
use crate::ir::Api;
use crate::tree::Tree;

pub fn run(api: &Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        if let Some(at) = header.at.filter(|_| header.loses_structure(api)) {
            let what = "the structure of this header: callers receive a string";
            diagnostics.push(codes::not_generated(tree.node(at), what));
        }
    }
}
