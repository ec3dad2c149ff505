//! The modules of a crate: the reason for each, and what it exports and depends on.

use super::Plan;
use super::dependencies::{self, Dependency};
use super::formats::{FORMAT_TYPES, FormatType};
use crate::config::webhooks::Algorithm;
use crate::config::{Dates, Decimals};
use crate::ir::{
    ContentKind, Framing, NextPage, PageParameter, Presence, SecurityKind, Shape, StringFormat,
};

/// A module that `lib.rs` declares.
#[derive(Clone, Copy)]
pub struct Module {
    pub name: &'static str,
    source: ModuleSource,
    pub is_public: bool,
    pub gate: ModuleGate,
    /// The items that the root of the crate re-exports.
    exports: &'static [&'static str],
    dependencies: &'static [Dependency],
    reason: Reason,
}

/// The reason for a module.
#[derive(Clone, Copy)]
enum Reason {
    When(Condition),
    /// A schema has the format.
    Format(StringFormat),
}

/// A condition of a crate.
type Condition = fn(Plan<'_>) -> bool;

/// The origin of a module's code.
#[derive(Clone, Copy)]
enum ModuleSource {
    /// A file below `templates/rust/src`, copied unchanged.
    Copied(&'static str),
    /// A template, or the folder of the runtime.
    Rendered,
}

/// The features that enable a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleGate {
    Always,
    Feature(&'static str),
    /// The features of the groups with webhooks.
    Webhooks,
}

/// Returns a module that is copied, from the file of the same name unless [`Module::from`] names another.
const fn copied(name: &'static str, is_needed: Condition) -> Module {
    Module {
        source: ModuleSource::Copied(name),
        ..rendered(name, is_needed)
    }
}

const fn rendered(name: &'static str, is_needed: Condition) -> Module {
    Module {
        name,
        source: ModuleSource::Rendered,
        is_public: false,
        gate: ModuleGate::Always,
        exports: &[],
        dependencies: &[],
        reason: Reason::When(is_needed),
    }
}

impl Module {
    const fn from(self, file: &'static str) -> Self {
        Module {
            source: ModuleSource::Copied(file),
            ..self
        }
    }

    const fn public(self) -> Self {
        Module {
            is_public: true,
            ..self
        }
    }

    const fn gate(self, gate: ModuleGate) -> Self {
        Module { gate, ..self }
    }

    const fn exports(self, exports: &'static [&'static str]) -> Self {
        Module { exports, ..self }
    }

    const fn depends_on(self, dependencies: &'static [Dependency]) -> Self {
        Module {
            dependencies,
            ..self
        }
    }
}

impl Module {
    /// Returns the module that defines the type of a string format.
    fn of_format(row: &'static FormatType) -> Option<Self> {
        let module = row.module.as_ref()?;
        Some(Module {
            reason: Reason::Format(row.format),
            ..copied(module.name, |_| true)
                .exports(std::slice::from_ref(&row.ident))
                .depends_on(module.dependency.as_slice())
        })
    }

    fn is_needed(self, plan: Plan<'_>) -> bool {
        match self.reason {
            Reason::When(is_needed) => is_needed(plan),
            Reason::Format(format) => plan.has_strings(format),
        }
    }
}

/// All modules except for those of string formats. Rows of one name are alternatives.
static MODULES: &[Module] = &[
    rendered("blocking", has_operations)
        .public()
        .gate(ModuleGate::Feature("blocking")),
    rendered("client", has_operations).exports(&["Client"]),
    copied("client_parameters", |plan| {
        !plan.api.client_parameters.is_empty()
    }),
    copied("date", |plan| plan.has_dates(StringFormat::Date)).exports(&["Date"]),
    copied("date_time", |plan| has_date_times_of(plan, Dates::Jiff))
        .exports(&["DateTime"])
        .depends_on(&[dependencies::JIFF]),
    copied("date_time", |plan| has_date_times_of(plan, Dates::Chrono))
        .from("date_time_chrono")
        .exports(&["DateTime"])
        .depends_on(&[dependencies::CHRONO]),
    copied("date_time", |plan| has_date_times_of(plan, Dates::Time))
        .from("date_time_time")
        .exports(&["DateTime"])
        .depends_on(&[dependencies::TIME]),
    copied("day", |plan| has_days_of(plan, Dates::Jiff))
        .from("day_jiff")
        .depends_on(&[dependencies::JIFF]),
    copied("day", |plan| has_days_of(plan, Dates::Chrono))
        .from("day_chrono")
        .depends_on(&[dependencies::CHRONO]),
    copied("day", |plan| has_days_of(plan, Dates::Time))
        .from("day_time")
        .depends_on(&[dependencies::TIME]),
    copied("decimal", |plan| plan.has_decimals()).exports(&["Decimal", "ParseDecimalError"]),
    copied("decimal_conversions", |plan| {
        has_decimals_of(plan, Decimals::RustDecimal)
    })
    .from("decimal_rust_decimal")
    .depends_on(&[dependencies::RUST_DECIMAL]),
    copied("decimal_conversions", |plan| {
        has_decimals_of(plan, Decimals::Bigdecimal)
    })
    .from("decimal_bigdecimal")
    .depends_on(&[dependencies::BIGDECIMAL]),
    copied("download", |plan| plan.has_downloads()).exports(&["Download"]),
    copied("encoded", |plan| {
        plan.has_strings(StringFormat::Base64) || plan.has_strings(StringFormat::Base64Url)
    })
    .depends_on(&[dependencies::BASE64]),
    rendered("error", |_| true)
        .public()
        .exports(&["Error", "ErrorBody", "Result"]),
    copied("events", |plan| plan.has_streams_of(Framing::Events))
        .exports(&["Event", "EventStream"]),
    copied("headers", |plan| plan.has_headers()),
    copied("idempotency", |plan| plan.api.makes_keys()).depends_on(&[dependencies::GETRANDOM]),
    copied("lines", |plan| plan.has_streams_of(Framing::Lines)).exports(&["LineStream"]),
    copied("link", |plan| {
        plan.paginations()
            .any(|paging| paging.next == NextPage::Link)
    }),
    copied("media_body", |plan| plan.takes_media_bodies()).exports(&["MediaBody"]),
    rendered("mock", |plan| {
        plan.options.keys.mock && has_operations(plan)
    })
    .public()
    .gate(ModuleGate::Feature("mock")),
    copied("multipart", |plan| plan.sends(&[ContentKind::Multipart])).exports(&["Part"]),
    copied("nullable", has_nullable_setters).exports(&["IntoNullable"]),
    copied("oauth", has_oauth).exports(&["Grant"]),
    copied("pages", has_pages).public(),
    copied("paging", has_pages),
    copied("patch", sets_body_properties),
    copied("quoted", |plan| plan.has_quoted_integers()).exports(&["Quoted"]),
    rendered("recorder", has_operations).gate(ModuleGate::Feature("recorder")),
    rendered("resources", has_operations).public(),
    rendered("runtime", |_| true),
    rendered("servers", |plan| has_operations(plan) && plan.has_servers()).public(),
    copied("shared_future", has_oauth),
    rendered("signature", |plan| {
        is_signed(plan, |hash| hash != Algorithm::Sha1)
    })
    .gate(ModuleGate::Webhooks)
    .depends_on(&[dependencies::HMAC, dependencies::SHA2]),
    rendered("signature", |plan| {
        is_signed(plan, |hash| hash == Algorithm::Sha1)
    })
    .gate(ModuleGate::Webhooks)
    .depends_on(&[dependencies::HMAC, dependencies::SHA1]),
    copied("stream", |plan| {
        plan.has_streams_of(Framing::Events) || plan.has_streams_of(Framing::Lines)
    })
    .exports(&["StreamError"]),
    copied("token", has_oauth),
    copied("transport", has_operations).public(),
    rendered("types", |plan| !plan.api.types.is_empty()).public(),
    copied("upload", |plan| {
        plan.sends(&[ContentKind::Multipart, ContentKind::Bytes])
    })
    .gate(ModuleGate::Feature("reqwest")),
    copied("waiter", |plan| {
        let mut operations = plan.api.operations.iter();
        operations.any(|operation| operation.polling.is_some())
    })
    .exports(&["WaitError", "Waiter"]),
    rendered("webhooks", |plan| plan.has_webhooks())
        .public()
        .gate(ModuleGate::Webhooks),
];

/// The items of the runtime that the root of the crate re-exports.
static RUNTIME_EXPORTS: &[(&str, Condition)] = &[
    ("ClientBuilder", has_operations),
    ("Deviation", has_operations),
    ("HttpRequestFuture", has_operations),
    ("RawResponse", has_operations),
    ("RawResponseFuture", has_operations),
    ("RequestOptions", has_operations),
    ("ResponseFuture", has_operations),
    ("RetryPolicy", has_operations),
    ("Secret", |plan| {
        has_operations(plan) || plan.has_strings(StringFormat::Password)
    }),
    ("TokenProvider", |plan| plan.has_token_providers()),
];

fn has_operations(plan: Plan<'_>) -> bool {
    !plan.api.operations.is_empty()
}

/// Returns whether a request has a property that may be absent, null or a value.
fn has_nullable_setters(plan: Plan<'_>) -> bool {
    plan.api.types.iter().any(|def| match &def.shape {
        Shape::Object(object) => object
            .members
            .iter()
            .any(|member| def.presence(member) == Presence::OptionalNullable && !member.read_only),
        _ => false,
    })
}

fn has_pages(plan: Plan<'_>) -> bool {
    plan.paginations().next().is_some()
}

fn has_days_of(plan: Plan<'_>, dates: Dates) -> bool {
    plan.options.keys.dates == dates && plan.has_dates(StringFormat::Date)
}

fn has_date_times_of(plan: Plan<'_>, dates: Dates) -> bool {
    plan.options.keys.dates == dates && plan.has_dates(StringFormat::DateTime)
}

/// Returns whether the decimal type converts from and to the numbers of this crate.
fn has_decimals_of(plan: Plan<'_>, decimals: Decimals) -> bool {
    plan.options.keys.decimals == decimals && plan.has_decimals()
}

fn has_oauth(plan: Plan<'_>) -> bool {
    let mut schemes = plan.api.security_schemes.values();
    has_operations(plan) && schemes.any(|scheme| matches!(scheme.kind, SecurityKind::OAuth2 { .. }))
}

/// Returns whether the client changes properties of encoded bodies: to stream a response, or to request the next page.
fn sets_body_properties(plan: Plan<'_>) -> bool {
    let is_body = |parameter: &PageParameter| matches!(parameter, PageParameter::Body(_));
    plan.api
        .operation_ids()
        .any(|id| plan.api.is_stream_by_flag(id))
        || plan
            .paginations()
            .any(|paging| paging.next.parameter().is_some_and(is_body))
}

fn is_signed(plan: Plan<'_>, is_hash: fn(Algorithm) -> bool) -> bool {
    let scheme = plan.options.signatures.as_ref();
    scheme.is_some_and(|scheme| is_hash(scheme.algorithm))
}

/// The modules and exports of one crate.
pub struct Modules {
    modules: Vec<Module>,
    runtime_exports: Vec<&'static str>,
}

/// Returns every module that a crate may have.
fn all() -> impl Iterator<Item = Module> {
    let of_formats = FORMAT_TYPES.iter().filter_map(Module::of_format);
    MODULES.iter().copied().chain(of_formats)
}

impl Modules {
    pub fn of(plan: Plan<'_>) -> Self {
        let mut modules: Vec<_> = all().filter(|module| module.is_needed(plan)).collect();
        modules.sort_by_key(|module| module.name);
        let exports = RUNTIME_EXPORTS.iter();
        let exports = exports.filter(|(_, is_needed)| is_needed(plan));
        Modules {
            modules,
            runtime_exports: exports.map(|(name, _)| *name).collect(),
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.modules.iter().any(|module| module.name == name)
    }

    /// Returns the modules, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Module> {
        self.modules.iter()
    }

    /// Returns the files that are copied: path in the crate, and name below `templates/`.
    pub fn copied(&self) -> impl Iterator<Item = (String, String)> {
        self.modules.iter().filter_map(|module| {
            let ModuleSource::Copied(file) = module.source else {
                return None;
            };
            let path = format!("src/{}.rs", module.name);
            Some((path, format!("rust/src/{file}.rs")))
        })
    }

    /// Returns the paths of re-exported items, below the root of the crate, sorted.
    pub fn exports(&self) -> Vec<String> {
        let of_modules = self.modules.iter().flat_map(|module| {
            let exports = module.exports.iter();
            exports.map(|item| format!("{}::{item}", module.name))
        });
        let of_runtime = self.runtime_exports.iter();
        let of_runtime = of_runtime.map(|item| format!("runtime::{item}"));
        let mut exports: Vec<String> = of_modules.chain(of_runtime).collect();
        exports.sort_unstable();
        exports
    }

    /// Returns the dependencies, sorted by name.
    pub fn dependencies(&self) -> Vec<Dependency> {
        let of_modules = self.modules.iter().flat_map(|module| module.dependencies);
        let mut all: Vec<Dependency> = dependencies::ALWAYS
            .iter()
            .chain(of_modules)
            .copied()
            .collect();
        all.sort_by_key(|dependency| dependency.name);
        all.dedup_by_key(|dependency| dependency.name);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{ModuleSource, all};
    use crate::config::{Overrides, Settings};
    use crate::generator::Run;
    use crate::naming::reserved::ROOT_MODULES;
    use crate::pipeline::Compilation;
    use crate::render::Templates;
    use crate::rust::formats::dependency_names;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    #[test]
    fn every_copied_file_has_one_row() {
        let templates = Templates::new(&BTreeMap::new()).unwrap();
        let names = templates.copied().iter();
        let names = names.filter_map(|(name, _)| name.strip_prefix("rust/src/"));
        let copied: BTreeSet<&str> = names.filter_map(|name| name.strip_suffix(".rs")).collect();
        let rows = all().filter_map(|module| match module.source {
            ModuleSource::Copied(file) => Some(file),
            ModuleSource::Rendered => None,
        });
        let rows: Vec<&str> = rows.collect();
        assert_eq!(rows.iter().copied().collect::<BTreeSet<_>>(), copied);
        assert_eq!(rows.len(), copied.len());
    }

    #[test]
    fn every_file_of_a_crate_has_a_row() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/spec/sdkgen.yaml");
        let settings = Settings::read(Some(Path::new(path)), Overrides::default()).unwrap();
        let mut run = Run::new(settings.into_iter().next().unwrap()).unwrap();
        let generated = Compilation::new(&run.job(), &run.loaded).generate(&mut run.diagnostics);
        let files = generated.unwrap().package.0;
        let modules = files.keys().filter_map(|path| {
            let file = path.strip_prefix("src/")?.strip_suffix(".rs")?;
            Some(file.split('/').next().unwrap_or(file))
        });
        let modules: BTreeSet<&str> = modules.filter(|name| *name != "lib").collect();
        let rows: BTreeSet<&str> = all().map(|module| module.name).collect();
        let reserved: BTreeSet<&str> = ROOT_MODULES.iter().copied().collect();
        assert_eq!(rows, reserved, "`naming::reserved` lists the modules");
        let missing: Vec<_> = modules.difference(&rows).collect();
        assert!(missing.is_empty(), "modules without a row: {missing:?}");
        assert!(modules.contains("webhooks") && modules.contains("types"));
        for name in modules {
            let line = format!("mod {name};\n");
            assert!(
                files["src/lib.rs"].contains(&line),
                "lib.rs has no `{line}`"
            );
        }
    }

    #[test]
    fn no_feature_is_named_after_a_dependency() {
        let names: Vec<&str> = dependency_names().collect();
        for dependency in all().flat_map(|module| module.dependencies) {
            assert!(names.contains(&dependency.name), "{}", dependency.name);
        }
    }
}
