//! Files of resources: a file for each group of operations.

use super::docs::Text;
use super::operation::{self, Context, OperationView};
use crate::ir::Group;
use crate::rust::names::ResourceNames;
use crate::rust::{Plan, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Resource {
    pub module: String,
    pub ident: String,
    /// Of the file.
    pub module_docs: Vec<String>,
    /// Of the struct.
    pub docs: Vec<String>,
    pub uses: Vec<String>,
    pub operations: Vec<OperationView>,
}

pub fn all(plan: Plan<'_>) -> Vec<Resource> {
    let mut resources = Vec::new();
    for (group, names) in plan.api.groups.iter().zip(&plan.names.resources) {
        let context = Context {
            plan,
            resource: &names.ident,
        };
        let operations: Vec<OperationView> = group
            .operations
            .iter()
            .map(|id| operation::view(&context, *id))
            .collect();
        let about = about(group);
        resources.push(Resource {
            module: names.module.clone(),
            ident: names.ident.clone(),
            module_docs: about.clone(),
            docs: [
                about,
                Text::new()
                    .paragraph(&format!("Made by [`Client::{}`].", names.accessor))
                    .after_gap(),
            ]
            .concat(),
            uses: uses(&operations),
            operations,
        });
    }
    resources.sort_by(|one, other| layout::module_order(&one.module, &other.module));
    resources
}

/// The `pub use` lines of `resources/mod.rs`.
pub fn exports(plan: Plan<'_>) -> Vec<String> {
    let line = |names: &ResourceNames| format!("pub use self::{}::{};", names.module, names.ident);
    let mut lines: Vec<String> = plan.names.resources.iter().map(line).collect();
    layout::sort_uses(&mut lines);
    lines
}

/// What a group is about, in its own words or in ours.
pub fn about(group: &Group) -> Vec<String> {
    let otherwise = format!(
        "The operations of {}.",
        crate::ir::describe::code(&group.name)
    );
    Text::new().prose_or(&group.docs, &otherwise).finish()
}

/// The imports, a line each, of what the file says.
fn uses(operations: &[OperationView]) -> Vec<String> {
    let any = |test: fn(&OperationView) -> bool| operations.iter().any(test);
    let says = |text: &str| operations.iter().any(|operation| operation.says(text));
    let mut names = vec![
        "Client",
        "runtime::CallOptions",
        "runtime::Operation",
        "runtime::RawResponseFuture",
        "runtime::Request",
        "runtime::ResponseFuture",
        "runtime::Result",
        "runtime::decode",
    ];
    if any(|operation| operation.descriptor.has_errors) {
        names.push("error::ErrorBody");
    }
    if any(|operation| operation.descriptor.says_status) {
        names.push("runtime::Status");
    }
    if any(|operation| operation.sending.reader.is_some() || operation.headers.is_some()) {
        names.push("runtime::Reply");
    }
    if any(|operation| operation.headers.is_some()) {
        names.push("headers");
    }
    for (text, name) in [
        ("<Body>", "runtime::Body"),
        ("(Body)", "runtime::Body"),
        ("Enveloped<", "runtime::Enveloped"),
        ("Style::", "runtime::Style"),
        ("types::", "types"),
    ] {
        if says(text) && !names.contains(&name) {
            names.push(name);
        }
    }
    if any(|operation| operation.is_binary) {
        names.push("download::Download");
    }
    if any(|operation| operation.form.is_some()) {
        names.extend(["multipart::Multipart", "multipart::Part"]);
    }
    let own = names.into_iter().map(|name| format!("use crate::{name};"));
    super::imports([super::std_imports(says("BTreeMap<")), own.collect()])
}
