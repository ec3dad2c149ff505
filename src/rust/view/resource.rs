//! Files of resources: a file for each group of operations.

use super::Gated;
use super::docs::Text;
use super::operation::{self, Context, OperationView};
use crate::ir::{Framing, Group, OperationId};
use crate::parallel;
use crate::rust::names::ResourceNames;
use crate::rust::names::features::Gate;
use crate::rust::{Plan, layout};
use serde::Serialize;
use std::ops::Range;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Resource {
    pub module: String,
    /// The feature that brings it.
    #[serde(skip)]
    gate: Gate,
    pub ident: String,
    /// Of the file.
    pub module_docs: Vec<String>,
    /// Of the struct.
    pub docs: Vec<String>,
    pub uses: Vec<String>,
    pub operations: Vec<OperationView>,
}

/// What other files depend on of a resource's file.
pub struct Facts {
    pub module: String,
    /// Its module, as the index declares it.
    pub gated: Gated,
    /// Some response may be read while it arrives.
    pub has_downloads: bool,
}

impl Facts {
    pub fn of(resource: &Resource) -> Self {
        let mut operations = resource.operations.iter();
        Facts {
            module: resource.module.clone(),
            gated: Gated::new(&resource.gate, resource.module.clone()),
            has_downloads: operations.any(|operation| operation.is_binary),
        }
    }
}

/// From how many operations on files are printed before the next views are made: enough for all cores. The views
/// of a large API take more memory than anything else.
const BATCH: usize = 1_000;

/// All views, in the order of their modules.
pub fn all(plan: Plan<'_>) -> Vec<Resource> {
    let mut resources = of(plan, 0..plan.api.groups.len());
    resources.sort_by(|one, other| layout::module_order(&one.module, &other.module));
    resources
}

/// The results of `work` over the views, in the order of their modules. Only a part of the views is there at a time.
pub fn each<T: Send>(plan: Plan<'_>, work: impl Fn(&Resource) -> T + Sync) -> Vec<(Facts, T)> {
    let groups = &plan.api.groups;
    let mut results = Vec::new();
    let mut start = 0;
    while start < groups.len() {
        let mut count = 0;
        let is_full = |group: &Group| {
            count += group.operations.len();
            count >= BATCH
        };
        let last = groups[start..].iter().position(is_full);
        let end = last.map_or(groups.len(), |last| start + last + 1);
        let resources = of(plan, start..end);
        results.extend(parallel::map(&resources, |resource| {
            (Facts::of(resource), work(resource))
        }));
        start = end;
    }
    results.sort_by(|(one, _), (other, _)| layout::module_order(&one.module, &other.module));
    results
}

/// The views of these groups.
fn of(plan: Plan<'_>, range: Range<usize>) -> Vec<Resource> {
    let mut views = operations(plan, range.clone()).into_iter();
    let resource = |index: usize| {
        let (group, names) = (&plan.api.groups[index], &plan.names.resources[index]);
        let operations: Vec<OperationView> = views.by_ref().take(group.operations.len()).collect();
        let about = about(group);
        Resource {
            module: names.module.clone(),
            gate: plan.names.features.of_group(index),
            ident: names.ident.clone(),
            module_docs: about.clone(),
            docs: [
                about,
                Text::new().paragraph(&origin(plan, index)).after_gap(),
            ]
            .concat(),
            uses: uses(&operations),
            operations,
        }
    };
    range.map(resource).collect()
}

/// The operations of these groups, one group after the other.
fn operations(plan: Plan<'_>, range: Range<usize>) -> Vec<OperationView> {
    let all: Vec<(Context<'_>, OperationId)> = range
        .flat_map(|index| {
            let context = Context {
                plan,
                resource: &plan.names.resources[index].ident,
            };
            let operations = plan.api.groups[index].operations.iter();
            operations.map(move |id| (context, *id))
        })
        .collect();
    parallel::map(&all, |(context, id)| {
        let view = operation::view(context, *id);
        plan.progress.add(1);
        view
    })
}

/// The `pub use` lines of `resources/mod.rs`.
pub fn exports(plan: Plan<'_>) -> Vec<Gated> {
    let line = |(index, names): (usize, &ResourceNames)| {
        let line = format!("pub use self::{}::{};", names.module, names.ident);
        Gated::new(&plan.names.features.of_group(index), line)
    };
    let mut lines: Vec<Gated> = plan.names.resources.iter().enumerate().map(line).collect();
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

/// Where values of the resource's type come from, and with which feature.
fn origin(plan: Plan<'_>, group: usize) -> String {
    let accessor = &plan.names.resources[group].accessor;
    match plan.names.features.of_group(group) {
        None => format!("Made by [`Client::{accessor}`]."),
        Some(features) => {
            let feature = features.concat();
            format!("Made by [`Client::{accessor}`], which comes with the feature `{feature}`.")
        }
    }
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
    if any(|operation| operation.has_key) {
        names.push("idempotency");
    }
    for (text, name) in [
        ("<Body>", "runtime::Body"),
        ("(Body)", "runtime::Body"),
        ("MediaBody", "media_body::MediaBody"),
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
    for stream in operations.iter().flat_map(|operation| &operation.streams) {
        let name = match stream.framing {
            Framing::Events => "events::EventStream",
            Framing::Lines => "lines::LineStream",
        };
        let patch = stream.sets_flag.then_some("patch");
        for name in patch.into_iter().chain([name]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if any(|operation| operation.wait.is_some()) {
        names.push("waiter::Waiter");
    }
    let waits = operations
        .iter()
        .filter_map(|operation| operation.wait.as_ref());
    if waits.into_iter().any(|wait| !wait.until.is_empty()) {
        names.push("waiter");
    }
    if any(|operation| operation.pages.is_some()) {
        names.extend(["pages", "paging"]);
    }
    if any(|operation| operation.pages.as_ref().is_some_and(|pages| pages.has_link)) {
        names.push("link");
    }
    let has_patch = |operation: &OperationView| {
        let pages = operation.pages.as_ref();
        pages.is_some_and(|pages| pages.has_patch)
    };
    if any(has_patch) && !names.contains(&"patch") {
        names.push("patch");
    }
    if any(|operation| operation.form.is_some()) {
        names.extend(["multipart::Multipart", "multipart::Part"]);
    }
    let own = names.into_iter().map(|name| format!("use crate::{name};"));
    let serde = says("impl Serialize").then(|| "use serde_core::Serialize;".to_owned());
    super::imports([
        super::std_imports(says("BTreeMap<")),
        serde.into_iter().collect(),
        own.collect(),
    ])
}
