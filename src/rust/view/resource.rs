//! Files of resources: a file for each group of operations.

use super::Gated;
use super::docs::Text;
use super::operation::{self, Context, OperationView};
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
    /// The feature that brings it.
    #[serde(skip)]
    gate: Gate,
    pub ident: String,
    /// Of the file.
    pub module_docs: Vec<String>,
    /// Of the struct.
    pub docs: Vec<String>,
    /// The imports of the file of the resource.
    pub uses: Vec<String>,
    /// The imports of the file of its builders.
    pub builder_uses: Vec<String>,
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
    parallel::map(&all, |(context, id)| operation::view(context, *id))
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
    let otherwise = format!("The operations of {}.", crate::describe::code(&group.name));
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

/// What the template of every resource names.
const ALWAYS: [&str; 3] = ["Client", "runtime::Operation", "runtime::Request"];

/// What the template of the builders names.
const ALWAYS_OF_BUILDERS: [&str; 7] = [
    "runtime::HttpRequestFuture",
    "runtime::RequestOptions",
    "runtime::RawResponseFuture",
    "runtime::Request",
    "runtime::ResponseFuture",
    "runtime::Result",
    "runtime::decode",
];

/// Returns the `use` lines of a file, from what its template names and what its operations do.
fn uses<'a>(always: &[&str], imports: impl Iterator<Item = &'a BTreeSet<String>>) -> Vec<String> {
    let always = always.iter().map(|name| format!("crate::{name}"));
    let paths: BTreeSet<String> = imports.flatten().cloned().chain(always).collect();
    use_lines(paths)
}
