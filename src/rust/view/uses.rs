//! The imports of the two files of a resource: that of its methods, and that of their builders.

use super::operation::OperationView;

/// What either file imports if its code says a text.
const SAID: &[(&str, &str)] = &[
    ("<Body>", "runtime::Body"),
    ("(Body)", "runtime::Body"),
    ("MediaBody", "media_body::MediaBody"),
    ("Enveloped<", "runtime::Enveloped"),
    ("Style::", "runtime::Style"),
    ("types::", "types"),
    ("idempotency::", "idempotency"),
    ("headers::", "headers"),
];

/// What the file of the builders imports besides.
const SAID_OF_BUILDERS: &[(&str, &str)] = &[
    ("decode::", "runtime::decode"),
    ("EventStream", "events::EventStream"),
    ("LineStream", "lines::LineStream"),
    ("patch::", "patch"),
    ("link::", "link"),
    ("Waiter::", "waiter::Waiter"),
];

pub fn of_resource(operations: &[OperationView]) -> Vec<String> {
    let any = |test: fn(&OperationView) -> bool| operations.iter().any(test);
    let code = operations.iter().flat_map(OperationView::lines_of_method);
    let code: Vec<&str> = code.collect();
    let mut names = vec!["Client", "runtime::Operation", "runtime::Request"];
    if any(|operation| operation.descriptor.has_errors) {
        names.push("error::ErrorBody");
    }
    if any(|operation| operation.descriptor.says_status) {
        names.push("runtime::Status");
    }
    if any(|operation| operation.headers.is_some()) {
        names.extend(["runtime::Reply", "runtime::Result"]);
    }
    if any(|operation| operation.form.is_some()) {
        names.extend(["multipart::Multipart", "multipart::Part"]);
    }
    imports(&code, names, SAID.iter(), Vec::new())
}

pub fn of_builders(operations: &[OperationView]) -> Vec<String> {
    let any = |test: fn(&OperationView) -> bool| operations.iter().any(test);
    let code = operations.iter().flat_map(OperationView::lines_of_builder);
    let code: Vec<&str> = code.collect();
    let mut names = vec![
        "runtime::CallOptions",
        "runtime::RawResponseFuture",
        "runtime::Request",
        "runtime::ResponseFuture",
        "runtime::Result",
    ];
    if any(|operation| operation.sending.reader.is_some() || operation.headers.is_some()) {
        names.push("runtime::Reply");
    }
    if any(|operation| operation.is_binary) {
        names.push("download::Download");
    }
    if any(|operation| operation.pages.is_some()) {
        names.extend(["pages", "paging"]);
    }
    let mut waits = operations.iter().flat_map(|operation| &operation.wait);
    if waits.any(|wait| !wait.until.is_empty()) {
        names.push("waiter");
    }
    let own = operations.iter().flat_map(|operation| &operation.own_types);
    let own =
        own.filter(|ident| !ident.is_empty() && code.iter().any(|line| says_word(line, ident)));
    let own = own.map(|ident| format!("use super::{ident};")).collect();
    imports(&code, names, SAID.iter().chain(SAID_OF_BUILDERS), own)
}

/// The lines that import these names, and those that the code says.
fn imports<'a>(
    code: &[&str],
    mut names: Vec<&'a str>,
    said: impl Iterator<Item = &'a (&'a str, &'a str)>,
    own: Vec<String>,
) -> Vec<String> {
    let says = |text: &str| code.iter().any(|line| line.contains(text));
    for (text, name) in said {
        if says(text) && !names.contains(name) {
            names.push(name);
        }
    }
    let serde = says("impl Serialize").then(|| "use serde_core::Serialize;".to_owned());
    let names = names.into_iter().map(|name| format!("use crate::{name};"));
    super::imports([
        super::std_imports(says("BTreeMap<")),
        serde.into_iter().collect(),
        own.into_iter().chain(names).collect(),
    ])
}

/// Whether a line has an identifier, not only one that begins or ends with it.
fn says_word(line: &str, ident: &str) -> bool {
    let joins = |c: char| c == '_' || c.is_alphanumeric();
    line.match_indices(ident).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + ident.len()..]);
        !before.ends_with(joins) && !after.starts_with(joins)
    })
}
