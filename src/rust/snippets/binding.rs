//! The variable that an example binds a result to.

use crate::ir::{ContentKind, OperationId, SchemaKind};
use crate::naming::{IdentCase, NameScope, method, words};
use crate::rust::Plan;
use crate::rust::plan::{Decoder, PlainDecoder, ResultPlan};

/// Names that examples use for something else.
const TAKEN: [&str; 7] = [
    "body",
    "builder",
    "client",
    "env",
    "secret",
    "transport",
    "url",
];

const LOCATION: Decoder<'_> = Decoder::Plain(PlainDecoder::Location);

/// Returns the variable for the result of an operation: `calls`, or `response` if no noun fits. `None` if there
/// is no result.
pub fn binding(plan: Plan<'_>, id: OperationId) -> Option<String> {
    let noun = match &plan.operation(id).result {
        ResultPlan::Choice { .. } => vec!["output".to_owned()],
        ResultPlan::One { decoding, .. } if decoding.decoder == LOCATION => {
            vec!["location".to_owned()]
        }
        _ => decoded(plan, id)?,
    };
    let mut scope = NameScope::with_reserved(IdentCase::Snake, TAKEN);
    Some(scope.claim(&[noun, vec!["response".to_owned()]]).ident)
}

/// The noun for the decoded body of the first success.
fn decoded(plan: Plan<'_>, id: OperationId) -> Option<Vec<String>> {
    let operation = plan.api.operation(id);
    let mut contents = operation
        .successes()
        .flat_map(|response| &response.contents);
    let content = contents.next()?;
    let mut schema = &content.schema;
    if let SchemaKind::Envelope(_, inner) = &schema.kind {
        schema = inner;
    }
    let (ty, is_list) = match (content.kind, plan.api.resolved(schema)) {
        (ContentKind::Text, _) => return Some(vec!["text".to_owned()]),
        (ContentKind::Bytes | ContentKind::Multipart, _) => return Some(vec!["bytes".to_owned()]),
        (_, SchemaKind::Array(_)) => (None, true),
        (_, SchemaKind::Declared(id)) => (Some(&plan.names.ty(*id).words[..]), false),
        _ => return Some(vec!["response".to_owned()]),
    };
    let is_list = is_list || operation.paging.is_some();
    let method = words(&plan.names.operation(id).method);
    let resource = words(&plan.names.resources[operation.group].accessor);
    let returned = method::Returned { ty, is_list };
    let noun = method::noun(&method, &resource, &returned);
    Some(noun.unwrap_or_else(|| vec!["response".to_owned()]))
}
