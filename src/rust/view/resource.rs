//! Files of resources: one for each group of operations.

use super::docs::Text;
use super::gated::Gated;
use super::operation::{self, OperationView, ResourceContext};
use crate::ir::{Group, OperationId};
use crate::parallel;
use crate::rust::code::use_lines;
use crate::rust::names::ResourceNames;
use crate::rust::names::features::Gate;
use crate::rust::{Plan, layout};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Resource {
    pub module: String,
    /// The features that enable the resource.
    #[serde(skip)]
    gate: Gate,
    pub ident: String,
    /// The docs of the file.
    pub module_docs: Vec<String>,
    /// The docs of the struct.
    pub docs: Vec<String>,
    /// The imports of the file of the resource.
    pub uses: Vec<String>,
    /// The imports of the file of its builders.
    pub builder_uses: Vec<String>,
    pub operations: Vec<OperationView>,
}

/// The properties of a resource's file that other files depend on.
pub struct ResourceFacts {
    pub module: String,
    /// The module, as the index declares it.
    pub gated: Gated,
}

impl ResourceFacts {
    pub fn of(resource: &Resource) -> Self {
        ResourceFacts {
            module: resource.module.clone(),
            gated: Gated::new(&resource.gate, resource.module.clone()),
        }
    }
}

/// The number of operations from which on a batch is printed: enough for all cores. Batches limit memory,
/// because the views of a large API take more of it than anything else.
const BATCH: usize = 1_000;

/// Returns all views, in the order of their modules.
pub fn all(plan: Plan<'_>) -> Vec<Resource> {
    let mut resources = of(plan, 0..plan.api.groups.len());
    resources.sort_by(|one, other| layout::module_order(&one.module, &other.module));
    resources
}

/// Runs `work` on each view and returns the results in the order of their modules. Only one batch of
/// views is in memory at a time.
pub fn each<T: Send>(
    plan: Plan<'_>,
    work: impl Fn(&Resource) -> T + Sync,
) -> Vec<(ResourceFacts, T)> {
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
            (ResourceFacts::of(resource), work(resource))
        }));
        start = end;
    }
    results.sort_by(|(one, _), (other, _)| layout::module_order(&one.module, &other.module));
    results
}

/// Returns the views of these groups.
fn of(plan: Plan<'_>, range: Range<usize>) -> Vec<Resource> {
    let mut views = operations(plan, range.clone()).into_iter();
    let resource = |index: usize| {
        let (group, names) = (&plan.api.groups[index], &plan.names.resources[index]);
        let operations: Vec<OperationView> = views.by_ref().take(group.operations.len()).collect();
        let about = about(plan, index);
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
            uses: uses(
                &ALWAYS,
                operations.iter().map(|operation| &operation.imports),
            ),
            builder_uses: uses(
                &ALWAYS_OF_BUILDERS,
                operations
                    .iter()
                    .map(|operation| &operation.builder_imports),
            ),
            operations,
        }
    };
    range.map(resource).collect()
}

/// Returns the operations of these groups, one group after the other.
fn operations(plan: Plan<'_>, range: Range<usize>) -> Vec<OperationView> {
    let all: Vec<(ResourceContext<'_>, OperationId)> = range
        .flat_map(|index| {
            let context = ResourceContext {
                plan,
                resource: &plan.names.resources[index].ident,
            };
            let operations = plan.api.groups[index].operations.iter();
            operations.map(move |id| (context, *id))
        })
        .collect();
    parallel::map(&all, |(context, id)| operation::view(context, *id))
}

/// Returns the `pub use` lines of `resources/mod.rs`.
pub fn exports(plan: Plan<'_>) -> Vec<Gated> {
    let line = |(index, names): (usize, &ResourceNames)| {
        let line = format!("pub use self::{}::{};", names.module, names.ident);
        Gated::new(&plan.names.features.of_group(index), line)
    };
    let mut lines: Vec<Gated> = plan.names.resources.iter().enumerate().map(line).collect();
    layout::sort_uses(&mut lines);
    lines
}

/// Returns the description of a group, or a generated one.
pub fn about(plan: Plan<'_>, index: usize) -> Vec<String> {
    let group = &plan.api.groups[index];
    let text = Text::new().about(&group.name, &group.docs, &plan.group_summary(index));
    text.finish()
}

/// Returns a sentence with the accessor of the resource's type, and with the feature that enables it.
fn origin(plan: Plan<'_>, group: usize) -> String {
    let accessor = &plan.names.resources[group].accessor;
    match plan.names.features.of_group(group) {
        None => format!("Returned by [`Client::{accessor}`]."),
        Some(features) => {
            let feature = features.concat();
            format!("Returned by [`Client::{accessor}`], with the feature `{feature}`.")
        }
    }
}

/// The imports that the template of every resource uses.
const ALWAYS: [&str; 3] = ["Client", "runtime::Operation", "runtime::Request"];

/// The imports that the template of every builders file uses.
const ALWAYS_OF_BUILDERS: [&str; 3] = [
    "runtime::Request",
    "runtime::decode",
    "runtime::request_builder",
];

/// Returns the `use` lines of a file: the imports of its template and of its operations.
fn uses<'a>(always: &[&str], imports: impl Iterator<Item = &'a BTreeSet<String>>) -> Vec<String> {
    let always = always.iter().map(|name| format!("crate::{name}"));
    let paths: BTreeSet<String> = imports.flatten().cloned().chain(always).collect();
    use_lines(paths)
}
