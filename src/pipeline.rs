//! The whole line in one screen: a line a stage.

use crate::config::{Decimals, Job};
use crate::diag::{self, Diagnostic, Diagnostics, codes};
use crate::diff::Surface;
use crate::example::request::{self, ExampleRequest};
use crate::ir::{Api, AuthConfig, ConfiguredName, NameOverrides, PaginationConfig, Schema};
use crate::lower::{self, Keep};
use crate::openapi::{Document, Reader};
use crate::parallel;
use crate::passes;
use crate::progress::{Progress, Step};
use crate::render::{Files, Templates, causes};
use crate::resolve::Resolver;
use crate::rust::book;
use crate::rust::names::listing::{self, Listed};
use crate::rust::names::{self, Names};
use crate::rust::view;
use crate::rust::{self, Plan, Sizes};
use crate::samples::{self, Samples};
use crate::source::{self, Loaded, Revision};
use crate::tree::NodeId;
use crate::validate;
use std::path::Path;

/// What one run would put on disk.
#[derive(Debug, Default)]
pub struct Generated {
    /// The files of the crate.
    pub package: Files,
    /// The files of the book, when one was asked for.
    pub docs: Option<Files>,
}

impl Generated {
    /// The folders of a job with the files that belong into them.
    pub fn folders<'a>(&'a self, job: &'a Job) -> impl Iterator<Item = (&'a Path, &'a Files)> {
        let docs = job.docs.as_deref().zip(self.docs.as_ref());
        std::iter::once((job.out.as_path(), &self.package)).chain(docs)
    }
}

/// A stage whose result can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Nodes,
    Ir,
    Names,
    View,
}

/// Bytes to nodes: the description, changed by its overlays, with every file that it refers to. The
/// templates of the user's own are read with it.
pub fn load(job: &Job, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let mut loaded = source::load(&job.inputs(), diagnostics)?;
    if let Some(folder) = &job.templates {
        source::load_templates(&mut loaded, folder, diagnostics)?;
    }
    Some(loaded)
}

/// As [`load`], from a revision of the document's repository.
pub fn load_revision(
    job: &Job,
    revision: Revision,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    source::load_revision(revision, &job.inputs(), diagnostics)
}

/// Nodes to the IR; `None` when the document is no OpenAPI document.
pub fn lower(loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Api> {
    let nothing = Said {
        name_overrides: &NameOverrides::default(),
        auth: None,
        pages: &PaginationConfig::default(),
        allow_empty: &[],
        has_doubles: false,
    };
    lower_keeping(Keep::Nothing, loaded, nothing, diagnostics)
}

/// The IR of a job.
pub(crate) fn lower_for(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Api> {
    let mut api = lower_keeping(Keep::Nothing, loaded, said(job), diagnostics)?;
    passes::polling::run(&mut api, &job.options.polling, diagnostics);
    passes::idempotency::run(&mut api, &job.options.retry);
    Some(api)
}

/// What the configuration says of the IR.
fn said(job: &Job) -> Said<'_> {
    Said {
        name_overrides: &job.options.name_overrides,
        auth: job.options.auth.as_ref(),
        pages: &job.options.pagination,
        allow_empty: &job.options.allow_empty,
        has_doubles: job.options.decimals == Decimals::F64,
    }
}

struct Said<'a> {
    name_overrides: &'a NameOverrides,
    auth: Option<&'a AuthConfig>,
    pages: &'a PaginationConfig,
    allow_empty: &'a [ConfiguredName],
    /// Decimals are no more than floats.
    has_doubles: bool,
}

fn lower_keeping(
    keep: Keep,
    loaded: &Loaded,
    said: Said<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let root = loaded.tree.root(loaded.entry)?;
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let document = Document::read(root, resolver, &mut Reader::new(diagnostics))?;
    let mut api = lower::lower(&document, resolver, keep, diagnostics);
    api.left_out = loaded.left_out.clone();
    passes::credentials::run(&mut api, root, said.auth, diagnostics);
    passes::resources::run(&mut api, &said.name_overrides.groups);
    passes::name_overrides::run(&mut api, &loaded.tree, said.name_overrides, diagnostics);
    if said.has_doubles {
        passes::decimals_as_f64::run(&mut api);
    }
    passes::empty::run(&mut api, said.allow_empty, diagnostics);
    passes::run(&mut api, &loaded.tree, said.pages, diagnostics);
    // Last, as it reports nothing that another stage did.
    validate::run(&document, resolver, diagnostics);
    Some(api)
}

/// Types and operations of one crate. The largest published APIs have some tens of thousands; each takes
/// some ten kilobytes of memory until it is written, and no compiler would take a crate of more.
const MOST_DESCRIBED: usize = 200_000;

/// Nodes to files; `None` when there are errors, which the diagnostics tell.
pub fn generate(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Generated> {
    generate_watched(job, loaded, diagnostics, &Progress::default())
}

/// As [`generate`], for somebody who looks at how far it has come.
pub fn generate_watched(
    job: &Job,
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
    progress: &Progress,
) -> Option<Generated> {
    generate_unless(|| None, job, loaded, diagnostics, progress)
}

/// As [`generate_watched`], where there may be files already that need not be made: `kept` finds them, while
/// it is found what there is to say of the document.
pub fn generate_unless(
    kept: impl FnOnce() -> Option<Generated> + Send,
    job: &Job,
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
    progress: &Progress,
) -> Option<Generated> {
    let beside = || {
        let kept = kept();
        loaded.sources.prepare(&loaded.tree);
        kept
    };
    let understood = || understand(job, loaded, diagnostics, progress);
    let (kept, understood) = parallel::join(beside, understood);
    let (api, names) = understood?;
    if kept.is_some() {
        parallel::discard((api, names));
        return kept.filter(|_| !diagnostics.has_errors());
    }
    progress.print(described(&api));
    let calls = request::all(&api);
    let sizes = Sizes::of(&api);
    let plan = Plan {
        progress,
        ..plan(job, &api, &names, &sizes, &calls)
    };
    let generated = render(job, &plan, loaded);
    if let Err(fault) = &generated {
        diagnostics.push(template_fault(fault, loaded));
    }
    parallel::discard((api, names, calls));
    generated.ok().filter(|_| !diagnostics.has_errors())
}

/// What there is to say of a document, without the files that are made from it; whether it can be generated
/// from.
pub fn lint(
    job: &Job,
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
    progress: &Progress,
) -> bool {
    // Only what is printed tells whether templates of the user's own can be.
    if !loaded.templates.files.is_empty() {
        return generate_watched(job, loaded, diagnostics, progress).is_some();
    }
    let ((), understood) = parallel::join(
        || loaded.sources.prepare(&loaded.tree),
        || understand(job, loaded, diagnostics, progress),
    );
    let is_sound = understood.is_some() && !diagnostics.has_errors();
    parallel::discard(understood);
    is_sound
}

/// Nodes to the IR and its names, with all that there is to say of the document; `None` where there is no API, or more of one than a crate can hold.
fn understand(
    job: &Job,
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
    progress: &Progress,
) -> Option<(Api, Names)> {
    progress.enter(Step::Understand, 0);
    let api = lower_for(job, loaded, diagnostics)?;
    let count = described(&api);
    if count > MOST_DESCRIBED {
        let root = loaded.tree.root(loaded.entry)?;
        diagnostics.push(codes::too_much_described(root, count));
        return None;
    }
    progress.enter(Step::Name, 0);
    let names = names::resolve(&api, &job.options, diagnostics);
    passes::idempotency::report_unusable_keys(&api, &job.options.retry, diagnostics);
    if let Some(root) = loaded.tree.root(loaded.entry) {
        listing::report(&api, &names, root, diagnostics);
    }
    Some((api, names))
}

fn described(api: &Api) -> usize {
    api.types.len() + api.operations.len()
}

fn plan<'a>(
    job: &'a Job,
    api: &'a Api,
    names: &'a Names,
    sizes: &'a Sizes,
    calls: &'a [ExampleRequest],
) -> Plan<'a> {
    Plan {
        api,
        names,
        options: &job.options,
        calls,
        sizes,
        progress: &NOBODY_LOOKS,
    }
}

static NOBODY_LOOKS: Progress = Progress::new();

/// Names to views to text.
fn render(job: &Job, plan: &Plan<'_>, loaded: &Loaded) -> Result<Generated, minijinja::Error> {
    let templates = Templates::new(&loaded.own_templates())?;
    let docs = || match job.docs {
        Some(_) => book::render(plan, &templates).map(Some),
        None => Ok(None),
    };
    let (docs, package) = parallel::join(docs, || rust::render(plan, &templates));
    Ok(Generated {
        package: package?,
        docs: docs?,
    })
}

/// What to say of a template that cannot be printed. Where one of the user's own has led to it, that one
/// is at fault.
fn template_fault(fault: &minijinja::Error, loaded: &Loaded) -> Diagnostic {
    let own = |fault: &minijinja::Error| {
        let mut files = loaded.templates.files.iter();
        let (_, id) = files.find(|(name, _)| Some(*name) == fault.name())?;
        let line = || {
            let file = loaded.sources.file(*id)?;
            Some(file.line_range(fault.line()?))
        };
        let range = fault.range().or_else(line).unwrap_or_default();
        Some(diag::Place::Bytes(*id, range))
    };
    match causes(fault).filter_map(own).last() {
        Some(place) => codes::own_template(place, fault),
        None => codes::template(fault),
    }
}

/// Every name of the crate of a job.
pub fn names(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Vec<Listed>> {
    let api = lower_for(job, loaded, diagnostics)?;
    let names = names::resolve(&api, &job.options, diagnostics);
    Some(listing::list(&api, &names))
}

/// One stage's result as text: nodes a line each, everything else as JSON.
pub fn dump(
    stage: Stage,
    job: &Job,
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if stage == Stage::Nodes {
        return Some(source::dump(loaded));
    }
    let api = lower_for(job, loaded, diagnostics)?;
    if stage == Stage::Ir {
        return Some(json(&api));
    }
    let names = names::resolve(&api, &job.options, diagnostics);
    if stage == Stage::Names {
        return Some(json(&names));
    }
    let calls = request::all(&api);
    let sizes = Sizes::of(&api);
    let plan = plan(job, &api, &names, &sizes, &calls);
    Some(json(&view::all(&plan)))
}

/// The code samples of a document as an overlay; `None` when there is no API.
pub fn samples(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Samples> {
    let api = lower_for(job, loaded, diagnostics)?;
    let names = names::resolve(&api, &job.options, diagnostics);
    let calls = request::all(&api);
    let sizes = Sizes::of(&api);
    Some(samples::overlay(
        plan(job, &api, &names, &sizes, &calls),
        loaded,
    ))
}

/// What callers of the crate can name; `None` when there are errors, which the diagnostics tell.
pub fn surface(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Surface> {
    let api = lower_for(job, loaded, diagnostics)?;
    let names = names::resolve(&api, &job.options, diagnostics);
    let sizes = Sizes::of(&api);
    let plan = plan(job, &api, &names, &sizes, &[]);
    (!diagnostics.has_errors()).then(|| Surface::of(plan))
}

/// Which Rust type stands for each schema of the description: what a tool asks that decodes the
/// description's own examples.
pub fn places(job: &Job, loaded: &Loaded, diagnostics: &mut Diagnostics) -> Option<Vec<Place>> {
    let api = lower_keeping(Keep::Places, loaded, said(job), diagnostics)?;
    let names = names::resolve(&api, &job.options, diagnostics);
    let sizes = Sizes::of(&api);
    let plan = plan(job, &api, &names, &sizes, &[]);
    let place = |(node, schema): &(NodeId, Schema)| Place {
        node: *node,
        ty: plan.ty(schema).to_string(),
        is_raw: plan.api.is_raw(schema),
    };
    Some(api.places.iter().map(place).collect())
}

/// A schema and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub node: NodeId,
    /// As code outside of the crate's `types` module says it: `types::Pet`, `Vec<String>`.
    pub ty: String,
    /// Any JSON value is taken: the type says nothing of it.
    pub is_raw: bool,
}

fn json(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string());
    text.push('\n');
    text
}
