//! The generated crate's `README.md` and its example program.

use crate::describe;
use crate::ir::{ErrorStatus, TypeId};
use crate::rust::Plan;
use crate::rust::dependencies::Dependency;
use crate::rust::feature_table::FeaturesView;
use crate::rust::snippets::{call, memory, program, workflow};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Readme {
    pub name: String,
    pub title: String,
    pub description: Vec<String>,
    /// A whole program.
    pub quick_start: Vec<String>,
    pub version: String,
    pub env: Option<String>,
    pub base_url_env: String,
    /// The builder's setters of parameters that operations share, as a phrase.
    pub client_parameters: String,
    /// All operations; empty if the README lists `groups` instead.
    pub resources: Vec<ReadmeRow>,
    /// All resources of an API that has too many operations to list.
    pub groups: Vec<GroupRow>,
    pub errors: Vec<String>,
    /// Whether some operation is retried although its method is not idempotent.
    pub repeats_more: bool,
    /// The statuses that are retried, as a phrase.
    pub retried_statuses: String,
    /// Some envelope is not documented.
    pub has_envelopes: bool,
    pub has_webhooks: bool,
    pub has_signatures: bool,
    pub test_example: Vec<String>,
    /// Lines that change one property of a sample; empty without a type that has a text property.
    pub sample_example: Vec<String>,
    pub blocking_example: Vec<String>,
    pub features: Option<FeaturesView>,
    pub dependencies: Vec<String>,
    pub license: String,
    pub is_mit: bool,
    pub is_apache: bool,
    /// The target of tracing spans and events.
    pub tracing_target: String,
    pub has_mock: bool,
    /// The main use of the API, for the README.
    pub workflow_about: String,
    pub workflow: Vec<String>,
    /// The program of `examples/quickstart.rs`; `None` without operations.
    pub program: Option<Vec<String>>,
    /// The program of `examples/workflow.rs`.
    pub workflow_program: Option<Vec<String>>,
}

/// A row of the table of operations.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadmeRow {
    pub call: String,
    pub line: String,
    pub about: String,
}

/// A row of the table of resources.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupRow {
    /// The expression that returns the resource.
    pub accessor: String,
    /// The number of its operations.
    pub operations: usize,
    pub about: String,
}

/// The number of operations from which on the README lists resources instead. Nobody reads a table of
/// thousands of rows, and crates.io does not render a README of megabytes.
const MANY_OPERATIONS: usize = 200;

pub fn readme(plan: Plan<'_>, dependencies: &[Dependency]) -> Readme {
    let api = plan.api;
    let package = &plan.options.package;
    let name = plan.crate_name();
    let is_large = api.operations.len() >= MANY_OPERATIONS;
    let words: Vec<&str> = package.license.split_whitespace().collect();
    let description = api.info.docs.description.as_deref().unwrap_or_default();
    let summary = api
        .info
        .docs
        .summary
        .clone()
        .unwrap_or_else(|| description.to_owned());
    let errors = api.errors.iter().zip(&plan.names.predicates);
    let flow = plan.client.workflow.as_ref();
    Readme {
        tracing_target: format!("{name}::runtime::trace"),
        has_mock: plan.options.keys.mock && !api.operations.is_empty(),
        workflow_about: flow.map_or_else(String::new, |flow| workflow::about(plan, flow)),
        workflow: flow.map_or_else(Vec::new, |flow| workflow::doctest(plan, flow).visible()),
        workflow_program: flow.map(|flow| workflow::program(plan, flow)),
        title: crate::prose::escaped(&api.info.title),
        description: crate::prose::book_markdown(&crate::prose::first_sentence(&summary), 2)
            .lines()
            .map(str::to_owned)
            .collect(),
        quick_start: program::quick_start(plan).visible(),
        version: plan.minor_version(),
        env: plan.main_env().map(str::to_owned),
        base_url_env: plan.client.base_url_env.clone(),
        client_parameters: client_parameters(plan),
        resources: if is_large { Vec::new() } else { rows(plan) },
        groups: if is_large { groups(plan) } else { Vec::new() },
        errors: errors.map(status_row).collect(),
        repeats_more: plan.api.retries_more_than_methods(),
        retried_statuses: plan.retried_statuses(),
        has_envelopes: plan.uses_envelopes(),
        has_webhooks: plan.has_webhooks(),
        has_signatures: plan.options.signatures.is_some(),
        test_example: program::memory_test(plan).visible(),
        sample_example: memory::sampled_value(plan).visible(),
        blocking_example: program::blocking_start(plan).visible(),
        features: crate::rust::feature_table::view(plan),
        dependencies: dependency_rows(dependencies),
        license: package.license.clone(),
        is_mit: words.contains(&"MIT"),
        is_apache: words.contains(&"Apache-2.0"),
        program: program(plan, &name),
        name: package.name.clone(),
    }
}

/// Returns a row of the table of documented statuses. A README cannot link to items.
fn status_row((error, predicate): (&ErrorStatus, &String)) -> String {
    let meaning = describe::meaning(error);
    format!("| {} | {meaning} | `Error::{predicate}` |", error.status)
}

fn rows(plan: Plan<'_>) -> Vec<ReadmeRow> {
    let mut rows = Vec::new();
    for (group, resource) in plan.api.groups.iter().zip(&plan.names.resources) {
        for id in &group.operations {
            let operation = plan.api.operation(*id);
            let names = plan.names.operation(*id);
            let docs = &operation.docs;
            let about = docs
                .summary
                .as_deref()
                .or(docs.description.as_deref())
                .unwrap_or_default();
            rows.push(ReadmeRow {
                call: format!(
                    "`client.{}().{}({})`",
                    resource.accessor,
                    names.method,
                    plan.operation(*id)
                        .positional()
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
                line: crate::prose::piped(&describe::request_line(operation)),
                about: crate::prose::first_sentence(about),
            });
        }
    }
    rows
}

fn groups(plan: Plan<'_>) -> Vec<GroupRow> {
    let groups = plan.api.groups.iter().zip(&plan.names.resources);
    groups
        .map(|(group, resource)| {
            let docs = &group.docs;
            let about = docs.summary.as_deref().or(docs.description.as_deref());
            GroupRow {
                accessor: format!("`client.{}()`", resource.accessor),
                operations: group.operations.len(),
                about: crate::prose::first_sentence(about.unwrap_or_default()),
            }
        })
        .collect()
}

fn dependency_rows(dependencies: &[Dependency]) -> Vec<String> {
    let mut list = vec![
        (
            "reqwest, tokio",
            "the default transport (feature `reqwest`), with HTTP/2, and TLS by rustls or the system (`rustls`, `native-tls`); `blocking` needs only Tokio",
        ),
        (
            "brotli-decompressor, flate2, zstd-safe",
            "compressed responses (features `brotli`, `gzip` and `deflate`, `zstd`); zstd-safe needs a C compiler, the others are pure Rust",
        ),
        (
            "gloo-timers, send_wrapper, web-time",
            "`fetch` instead of sockets, only in a browser",
        ),
        (
            "serde_core, serde_json",
            "JSON, without derive macros, which compile slowly",
        ),
        (
            "tower-service",
            "tower middleware around a transport (feature `tower`)",
        ),
        (
            "tracing",
            "spans for requests and attempts, with OpenTelemetry's names (feature `tracing`)",
        ),
    ];
    let others = dependencies.iter();
    list.extend(others.filter_map(|dependency| Some((dependency.name, dependency.reason?))));
    list.sort();
    list.into_iter()
        .map(|(name, why)| format!("| {name} | {why} |"))
        .collect()
}

fn client_parameters(plan: Plan<'_>) -> String {
    let setters = plan.client_parameters().map(|it| format!("`{}`", it.ident));
    crate::describe::series(&setters.collect::<Vec<_>>())
}

/// Returns `examples/quickstart.rs`: the quick start with the base URL from the environment.
fn program(plan: Plan<'_>, name: &str) -> Option<Vec<String>> {
    let id = plan.client.showcase?;
    let shown = call::example(plan, id);
    let prefix = &plan.client.base_url_env;
    let mut lines = vec![
        "//! Creates a client and sends one request.".to_owned(),
        "//!".to_owned(),
        format!("//! Set `{prefix}` to use another server, for example one on this machine."),
        String::new(),
    ];
    let is_used = |index: usize| {
        let names = plan.names.ty(TypeId(index as u32));
        shown.types.contains(&names.ident)
    };
    let mut types = plan.api.types.iter().enumerate();
    let has_old_type = types.any(|(index, def)| def.deprecated && is_used(index));
    if plan.api.operation(id).deprecated || has_old_type {
        lines.push("#![allow(deprecated)]".to_owned());
        lines.push(String::new());
    }
    lines.extend([
        "use std::env;".to_owned(),
        "use std::error::Error;".to_owned(),
        String::new(),
    ]);
    let mut uses = shown.use_lines(name);
    uses.push(format!("use {name}::Client;"));
    crate::rust::layout::sort_uses(&mut uses);
    lines.extend(uses);
    lines.extend([
        String::new(),
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn Error>> {".to_owned(),
        "    let mut builder = Client::builder();".to_owned(),
        format!(
            "    if let Ok(url) = env::var({}) {{",
            crate::rust::literal::string(prefix)
        ),
        "        builder = builder.base_url(url);".to_owned(),
        "    }".to_owned(),
    ]);
    if let (Some(main), Some(env)) = (plan.main_credential(), plan.main_env()) {
        lines.push(format!(
            "    if let Ok(secret) = env::var({}) {{",
            crate::rust::literal::string(env)
        ));
        lines.push(format!("        builder = builder.{}(secret);", main.ident));
        lines.push("    }".to_owned());
    }
    for shared in plan.needed_parameters(id) {
        let builder = crate::rust::Expr::variable("builder");
        let set = builder.method(shared.ident.to_owned(), [shared.example_code(plan)]);
        let text = crate::rust::layout::assignment("    ", "builder", &set);
        lines.extend(text.lines().map(str::to_owned));
    }
    lines.push("    let client = builder.build()?;".to_owned());
    lines.push(String::new());
    lines.extend(shown.statements_with("    ", |call| call.awaited().tried()));
    lines.extend(shown.printed.iter().map(|line| format!("    {line}")));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    Some(lines)
}
