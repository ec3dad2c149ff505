//! `lib.rs` and `client.rs`.

use super::access::{CredentialView, Main, access};
use super::arguments::Setter;
use super::docs::{Text, spaced};
use super::{Gated, resource};
use crate::config::{Dates, Decimals};
use crate::ir::{ContentKind, Docs, Framing, KeyLocation, NextPage, PageParameter, SecurityKind};
use crate::rust::feature_table::FeaturesView;
use crate::rust::names::ResourceNames;
use crate::rust::plan::credentials::{Credential, shape};
use crate::rust::snippets::{call, program};
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Library {
    pub docs: Vec<String>,
    pub has_types: bool,
    pub has_resources: bool,
    pub has_webhooks: bool,
    pub has_signatures: bool,
    pub has_servers: bool,
    pub has_base64: bool,
    pub has_base64_url: bool,
    /// Whether some response can be read as a stream of bytes.
    pub has_downloads: bool,
    pub has_headers: bool,
    /// Whether some operation has an idempotency key.
    pub has_keys: bool,
    /// Whether the client sets parameters for all operations that have them.
    pub has_client_parameters: bool,
    /// Whether some operation is retried although its method is not idempotent.
    pub repeats_more: bool,
    /// The statuses that are retried, as a phrase.
    pub retried_statuses: String,
    /// Whether some response is a stream of events or of lines, and whether streaming sets a property of
    /// the request body.
    pub has_events: bool,
    pub has_lines: bool,
    pub has_patch: bool,
    pub has_streams: bool,
    pub has_mock: bool,
    /// Whether some list is paginated, and whether some pages are linked by the `Link` header.
    pub has_pages: bool,
    pub has_link: bool,
    pub has_multipart: bool,
    /// Whether the caller chooses the media type of some body.
    pub has_media_bodies: bool,
    /// Whether some operation can be polled until its work is done.
    pub has_waits: bool,
    /// Whether some body can be read from a file.
    pub has_uploads: bool,
    pub has_date_time: bool,
    /// Whether the crate has a type for dates without a time.
    pub has_date: bool,
    pub has_decimal: bool,
    /// Whether some integers are strings in JSON.
    pub has_quoted: bool,
    pub has_uuid: bool,
    /// Whether public signatures use types of optional dependencies, which the crate re-exports.
    pub re_exports_jiff: bool,
    pub re_exports_chrono: bool,
    pub re_exports_time: bool,
    pub re_exports_rust_decimal: bool,
    pub re_exports_bigdecimal: bool,
    /// Whether decimals convert from and to the numbers of another crate.
    pub has_conversions: bool,
    pub has_secret: bool,
    /// Whether some secret can come from a provider, and some from an OAuth 2.0 grant.
    pub has_providers: bool,
    pub has_oauth: bool,
    /// The user's own modules, sorted.
    pub extra_modules: Vec<String>,
    /// Lints on mixed scripts that need an `allow`, because names use several scripts.
    pub lints: Vec<String>,
    /// The lines of the quick start, of the section on testing, and of the blocking example.
    pub quick_start: Vec<String>,
    pub test_example: Vec<String>,
    pub blocking_example: Vec<String>,
    /// The lines of the section on pagination; empty without an example.
    pub pages_example: Vec<String>,
    /// The constant with the query parameters that hold credentials, laid out.
    pub query_credentials: String,
    pub features: Option<FeaturesView>,
    /// The attribute of the webhooks module; empty if the module is always compiled.
    pub webhooks_cfg: String,
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

pub fn library(plan: Plan<'_>, has_webhooks: bool) -> Library {
    let api = plan.api;
    let docs = Docs {
        summary: None,
        ..api.info.docs.clone()
    };
    let head = Docs {
        summary: api.info.docs.summary.clone(),
        ..Docs::default()
    };
    let title = api.info.title.trim().trim_end_matches('.');
    let lead = format!("Client for the {}.", crate::prose::escaped(title));
    let has_calls = !api.operations.is_empty();
    let kinds = || {
        let schemes = api.security_schemes.values().filter(|_| has_calls);
        schemes.map(|scheme| &scheme.kind)
    };
    let streams = || {
        api.operations
            .iter()
            .flat_map(|operation| operation.streams())
    };
    let is = |framing: Framing| streams().any(|(_, items)| items.framing == framing);
    let pagings = || {
        api.operations
            .iter()
            .filter_map(|operation| operation.paging.as_ref())
    };
    Library {
        docs: Text::new()
            .paragraph(&lead)
            .prose(&head)
            .prose(&docs)
            .finish(),
        has_types: !api.types.is_empty(),
        has_resources: !api.operations.is_empty(),
        has_webhooks,
        has_signatures: plan.options.signatures.is_some(),
        has_servers: !api.operations.is_empty() && plan.has_servers(),
        has_base64: plan.uses_base64(),
        has_base64_url: plan.uses_base64_url(),
        // Unknown until the operations have their views.
        has_downloads: false,
        has_headers: plan
            .api
            .operations
            .iter()
            .any(|operation| !operation.headers().is_empty())
            || !plan.api.error_headers.is_empty(),
        has_keys: plan.api.makes_keys(),
        has_client_parameters: !plan.api.client_parameters.is_empty(),
        repeats_more: plan.api.retries_more_than_methods(),
        retried_statuses: plan.retried_statuses(),
        has_events: is(Framing::Events),
        has_lines: is(Framing::Lines),
        has_patch: api.operation_ids().any(|id| api.is_stream_by_flag(id))
            || pagings()
                .any(|paging| matches!(paging.next.parameter(), Some(PageParameter::Body(_)))),
        has_streams: streams().next().is_some(),
        has_mock: plan.options.mock && !api.operations.is_empty(),
        has_pages: pagings().next().is_some(),
        has_link: pagings().any(|paging| paging.next == NextPage::Link),
        has_waits: api
            .operations
            .iter()
            .any(|operation| operation.polling.is_some()),
        has_media_bodies: plan.takes_media_bodies(),
        has_multipart: plan.sends(&[ContentKind::Multipart]),
        has_uploads: plan.sends(&[ContentKind::Multipart, ContentKind::Bytes]),
        has_date_time: plan.uses_date_time(),
        has_date: plan.uses_date(),
        has_quoted: plan.uses_quoted(),
        has_uuid: plan.uses_uuid(),
        re_exports_jiff: plan.uses_dates_of(Dates::Jiff),
        re_exports_chrono: plan.uses_dates_of(Dates::Chrono),
        re_exports_time: plan.uses_dates_of(Dates::Time),
        re_exports_rust_decimal: plan.calculates_with(Decimals::RustDecimal),
        re_exports_bigdecimal: plan.calculates_with(Decimals::Bigdecimal),
        has_decimal: plan.uses_decimal(),
        has_conversions: plan.calculates_with(Decimals::RustDecimal)
            || plan.calculates_with(Decimals::Bigdecimal),
        has_providers: kinds().any(|kind| shape(kind).is_some()),
        has_oauth: kinds().any(|kind| matches!(kind, SecurityKind::OAuth2 { .. })),
        has_secret: plan.uses_password() || !api.operations.is_empty(),
        extra_modules: plan.options.extra_modules.clone(),
        lints: plan.lints(),
        quick_start: spaced(program::quick_start(plan).source()),
        test_example: spaced(program::memory_test(plan).source()),
        blocking_example: spaced(program::blocking_start(plan).source()),
        pages_example: spaced(call::pages_doctest(plan).source()),
        query_credentials: query_credentials(plan),
        features: crate::rust::feature_table::view(plan),
        webhooks_cfg: layout::cfg("", &plan.names.features.of_webhooks().unwrap_or_default()),
    }
}

pub fn client(plan: Plan<'_>) -> Client {
    let api = plan.api;
    let access = access(plan);
    let accessors = api
        .groups
        .iter()
        .zip(&plan.names.resources)
        .enumerate()
        .map(|(index, (group, names))| Accessor {
            docs: resource::about(group),
            cfg: layout::cfg(
                "    ",
                &plan.names.features.of_group(index).unwrap_or_default(),
            ),
            signature: layout::signature(
                "    ",
                &format!("pub fn {}", names.accessor),
                &["&self".to_owned()],
                Some(&names.ident),
            ),
            ident: names.ident.clone(),
        });
    // `new` takes no base URL, so it requires one in the description.
    let main = access.main.filter(|_| api.base_url().is_some());
    Client {
        docs: Text::new()
            .paragraph(&format!("A client of the {}.", crate::prose::escaped(&api.info.title)))
            .paragraph("Clones are cheap and share connections: make one client, and clone it to where it is needed.")
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
    if let Some(bytes) = plan.options.gzip_requests {
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
        None => "The API's description names no address.".to_owned(),
        Some(path) => format!(
            "The API's description names no address, but the path {}: the base URL has to end in it.",
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
