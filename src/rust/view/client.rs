//! `lib.rs` and `client.rs`.

use super::access::{CredentialView, Main, access};
use super::docs::{Text, spaced};
use super::gated::Gated;
use super::resource;
use super::setter::Setter;
use super::workflow::{self, WorkflowView};
use crate::ir::{KeyLocation, SecurityKind};
use crate::rust::code::{Doctest, Parameter};
use crate::rust::dependencies::Dependency;
use crate::rust::feature_table::FeaturesView;
use crate::rust::modules::{Module, ModuleGate, Modules};
use crate::rust::names::ResourceNames;
use crate::rust::plan::credentials::{Credential, shape};
use crate::rust::snippets::{call, program};
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Library {
    pub docs: Vec<String>,
    pub has_resources: bool,
    /// Whether some operation is retried although its method is not idempotent.
    pub repeats_more: bool,
    /// The statuses that are retried, as a phrase.
    pub retried_statuses: String,
    pub has_mock: bool,
    /// Whether some list is paginated.
    pub has_pages: bool,
    /// The user's own modules, sorted.
    pub extra_modules: Vec<String>,
    /// The declarations of modules.
    pub modules: Vec<Gated>,
    /// The paths of re-exported items, below the root of the crate.
    pub exports: Vec<String>,
    /// The dependencies whose types are in public signatures, which the crate re-exports.
    pub public_dependencies: Vec<&'static str>,
    /// Lints on mixed scripts that need an `allow`, because names use several scripts.
    pub lints: Vec<String>,
    /// The lines of the quick start, of the section on testing, and of the blocking example.
    pub quick_start: Vec<String>,
    pub test_example: Vec<String>,
    pub blocking_example: Vec<String>,
    /// The target of tracing spans and events.
    pub tracing_target: String,
    /// The description of the API, beyond its first sentence.
    pub about: Vec<String>,
    /// The program of the main use of the API, with a paragraph about it.
    pub workflow: Option<WorkflowView>,
    /// The lines of the section on pagination; empty without an example.
    pub pages_example: Vec<String>,
    /// The constant with the query parameters that hold credentials, laid out.
    pub query_credentials: String,
    pub features: Option<FeaturesView>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Client {
    pub docs: Vec<String>,
    pub example: Vec<String>,
    /// The constant; `None` if the description has no absolute URL.
    pub base_url: Option<String>,
    /// The documentation of a missing base URL.
    pub no_base_url: Vec<String>,
    pub resources: Vec<Accessor>,
    pub uses: Vec<Gated>,
    pub credentials: Vec<CredentialView>,
    /// Setters of parameters that the client sends with all operations that have them.
    pub parameters: Vec<Setter>,
    /// The credential that `new` and `from_env` take.
    pub main: Option<Main>,
    pub has_main: bool,
    /// The constant with the statuses that are retried, laid out; empty if they are the default.
    pub retried: String,
    /// The body of `Client::builder`, laid out.
    pub builder: String,
    /// The constant with the location of each credential, laid out; empty without credentials.
    pub schemes: String,
    /// Whether every operation requires the credential, so that `build` returns an error without it.
    pub needs_credential: bool,
    /// The statement of `build` that reports a missing credential, laid out.
    pub needed: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Accessor {
    pub docs: Vec<String>,
    /// The attribute with the feature that enables it; empty if it is always compiled.
    pub cfg: String,
    pub signature: String,
    pub ident: String,
}

pub fn library(plan: Plan<'_>, modules: &Modules, dependencies: &[Dependency]) -> Library {
    let api = plan.api;
    // The summary, else the first sentence, comes first; the rest of a long description comes last.
    let (head, rest) = crate::describe::headline(&api.info.docs);
    let title = api.info.title.trim().trim_end_matches('.');
    let lead = format!("Client for the {}.", crate::prose::escaped(title));
    let public = dependencies.iter();
    let public = public.filter(|dependency| dependency.is_public);
    Library {
        docs: Text::new().paragraph(&lead).prose(&head).finish(),
        tracing_target: format!("{}::runtime::trace", plan.crate_name()),
        about: Text::new().prose(&rest).finish(),
        workflow: workflow::view(plan, Doctest::source),
        has_resources: !api.operations.is_empty(),
        repeats_more: plan.api.retries_more_than_methods(),
        retried_statuses: plan.retried_statuses(),
        has_mock: plan.options.keys.mock && !api.operations.is_empty(),
        has_pages: plan.paginations().next().is_some(),
        extra_modules: plan.options.extra_modules.clone(),
        lints: plan.lints(),
        quick_start: spaced(program::quick_start(plan).source()),
        test_example: spaced(program::memory_test(plan).source()),
        blocking_example: spaced(program::blocking_start(plan).source()),
        pages_example: spaced(call::pages_doctest(plan).source()),
        query_credentials: query_credentials(plan),
        features: crate::rust::feature_table::view(plan),
        modules: modules
            .iter()
            .map(|module| declaration(plan, module))
            .collect(),
        exports: modules.exports(),
        public_dependencies: public.map(|dependency| dependency.name).collect(),
    }
}

/// Returns the declaration of a module, with the features that enable it.
fn declaration(plan: Plan<'_>, module: &Module) -> Gated {
    let gate = match module.gate {
        ModuleGate::Always => None,
        ModuleGate::Feature(feature) => Some(vec![feature.to_owned()]),
        ModuleGate::Webhooks => plan.names.features.of_webhooks(),
    };
    let visibility = if module.is_public { "pub " } else { "" };
    Gated::new(&gate, format!("{visibility}mod {};", module.name))
}

pub fn client(plan: Plan<'_>) -> Client {
    let api = plan.api;
    let access = access(plan);
    let accessors = plan
        .names
        .resources
        .iter()
        .enumerate()
        .map(|(index, names)| Accessor {
            docs: resource::about(plan, index),
            cfg: layout::cfg(
                "    ",
                &plan.names.features.of_group(index).unwrap_or_default(),
            ),
            signature: layout::signature(
                "    ",
                &format!("pub fn {}", names.accessor),
                &[Parameter::REF_SELF],
                Some(&names.ident),
            ),
            ident: names.ident.clone(),
        });
    // `new` takes no base URL, so it requires one in the description.
    let main = access.main.filter(|_| api.base_url().is_some());
    Client {
        docs: Text::new()
            .paragraph(&format!("A client for the {}.", crate::prose::escaped(&api.info.title)))
            .paragraph("Cloning is cheap, and clones share connections: create one client and clone it where you need it.")
            .finish(),
        example: spaced(program::quick_start(plan).source()),
        base_url: api
            .base_url()
            .map(|url| layout::constant("", "const BASE_URL: &str", &url)),
        no_base_url: Text::new().paragraph(&no_base_url(plan)).finish(),
        resources: accessors.collect(),
        uses: uses(plan, &access.credentials, main.is_some()),
        needs_credential: access.credentials.len() == 1 && plan.needs_credential(),
        needed: plan.credentials().next().map(|first| missing_credential(plan, first)).unwrap_or_default(),
        retried: retried(plan),
        builder: builder(plan),
        schemes: schemes(plan),
        parameters: super::access::parameters(plan),
        has_main: main.is_some(),
        main,
        credentials: access.credentials,
    }
}

fn retried(plan: Plan<'_>) -> String {
    let retry = &plan.options.retry;
    if !retry.has_own_statuses() {
        return String::new();
    }
    let list =
        |statuses: &[u16]| Expr::slice(statuses.iter().map(Expr::literal).collect::<Vec<_>>());
    let fields = [
        ("statuses", list(retry.statuses())),
        ("with_retry_after", list(retry.statuses_with_retry_after())),
    ];
    let fields = fields.map(|(name, list)| layout::field_value("    ", name, &list));
    format!(
        "const RETRIED: Retried = Retried {{\n{}\n}};",
        fields.join("\n")
    )
}

fn builder(plan: Plan<'_>) -> String {
    let defaults = ["BASE_URL", "USER_AGENT"].map(Expr::variable);
    let mut builder = Expr::call("ClientBuilder::with_defaults", defaults);
    if !scheme_places(plan).is_empty() {
        builder = builder.method("schemes", [Expr::variable("SCHEMES")]);
    }
    if plan.options.retry.has_own_statuses() {
        builder = builder.method("retried", [Expr::variable("RETRIED")]);
    }
    if let Some(bytes) = plan.options.keys.gzip_requests {
        builder = builder.method("gzip_from", [Expr::literal(bytes)]);
    }
    layout::tail("        ", &builder)
}

/// Returns the schemes with the places of their credentials.
fn scheme_places(plan: Plan<'_>) -> Vec<Expr> {
    let schemes = plan.api.security_schemes.iter();
    let places = schemes.filter_map(|(name, scheme)| {
        let place = match scheme.kind {
            SecurityKind::Basic => Expr::call("Shape::Header", [Expr::string("authorization")]),
            _ => shape(&scheme.kind)?,
        };
        Some(Expr::call("Scheme", [Expr::string(name), place]))
    });
    places.collect()
}

fn schemes(plan: Plan<'_>) -> String {
    let places = scheme_places(plan);
    if places.is_empty() {
        return String::new();
    }
    layout::assignment("", "const SCHEMES: &[Scheme]", &Expr::slice(places))
}

fn query_credentials(plan: Plan<'_>) -> String {
    let schemes = plan.api.security_schemes.values();
    let names = schemes.filter_map(|scheme| match &scheme.kind {
        SecurityKind::ApiKey {
            location: KeyLocation::Query,
            name,
            ..
        } => Some(name),
        _ => None,
    });
    layout::assignment("", "const CREDENTIALS: &[&str]", &Expr::strings(names))
}

fn no_base_url(plan: Plan<'_>) -> String {
    match plan.api.relative_base() {
        None => "The API description has no server URL, so a base URL has to be set.".to_owned(),
        Some(path) => format!(
            "The API description has no server URL but the path {}, so a base URL that ends in it has to be set.",
            crate::describe::code(&path)
        ),
    }
}

fn uses(plan: Plan<'_>, credentials: &[CredentialView], has_main: bool) -> Vec<Gated> {
    let resource = |(index, names): (usize, &ResourceNames)| {
        let line = format!("use crate::resources::{};", names.ident);
        Gated::new(&plan.names.features.of_group(index), line)
    };
    let mut names = vec!["ClientBuilder", "Core", "Result"];
    if !credentials.is_empty() {
        names.extend(["Credential", "Scheme", "Secret", "Shape"]);
    }
    let mut sources = credentials
        .iter()
        .flat_map(|credential| &credential.sources);
    if sources.next().is_some() {
        names.extend(["Provided", "TokenProvider"]);
    }
    if has_main {
        names.push("Error");
    }
    if plan.options.retry.has_own_statuses() {
        names.push("Retried");
    }
    let runtime = |name| Gated::new(&None, format!("use crate::runtime::{name};"));
    let mut lines: Vec<Gated> = names.into_iter().map(runtime).collect();
    if plan.names.sources.iter().any(|names| names.grant.is_some()) {
        lines.push(Gated::new(&None, "use crate::oauth::Grant;".to_owned()));
    }
    lines.extend(plan.names.resources.iter().enumerate().map(resource));
    layout::sort_uses(&mut lines);
    lines
}

/// Returns the statement of `build` that reports a missing credential, with the setter and the variable
/// that supply it.
fn missing_credential(plan: Plan<'_>, credential: Credential<'_>) -> String {
    let label = credential.label();
    let env = &plan.options.auth_env;
    let source = if credential.is_basic() {
        String::new()
    } else {
        format!(" ({env})")
    };
    let message = Expr::string(&format!(
        "no {label}{source} is set: call `{}(…)` or `without_credentials()`",
        credential.ident
    ));
    let call = Expr::variable("self").method("fail_auth", [message]);
    layout::statement("            ", &call)
}
