//! The line from a description to files, a stage a line.

mod inspect;

pub use inspect::{Stage, TypedSchema};

use crate::config::{Decimals, Job, Options};
use crate::diag::{Diagnostics, codes};
use crate::ir::Api;
use crate::load::{self, Loaded};
use crate::lower::{self, Keep};
use crate::openapi::{Document, Reader};
use crate::parallel;
use crate::passes;
use crate::progress::{Progress, Step};
use crate::render::{Files, Templates};
use crate::resolve::Resolver;
use crate::rust;
use crate::source::Revision;
use crate::validate;
use std::fmt;
use std::path::Path;

/// The generated files of one run.
#[derive(Debug, Default)]
pub struct Generated {
    /// The files of the crate.
    pub package: Files,
    /// The files of the book, if the job has a folder for it.
    pub docs: Option<Files>,
    /// The files of the command-line program, if the job has a folder for it.
    pub cli: Option<Files>,
}

impl Generated {
    /// Returns the folders of a job with their files.
    pub fn folders<'a>(&'a self, job: &'a Job) -> impl Iterator<Item = (&'a Path, &'a Files)> {
        let docs = job.docs.as_deref().zip(self.docs.as_ref());
        let cli = job.cli.as_deref().zip(self.cli.as_ref());
        let package = (job.out.as_path(), &self.package);
        std::iter::once(package).chain(docs).chain(cli)
    }
}

/// Reads the description, its overlays, every file that it refers to, and the user's own templates.
pub fn load(job: &Job, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let mut loaded = load::load(&job.inputs(), diagnostics)?;
    if let Some(folder) = &job.templates {
        load::load_templates(&mut loaded, folder, diagnostics)?;
    }
    Some(loaded)
}

/// Reads a description as `load` does, from a revision of its repository.
pub fn load_revision(
    job: &Job,
    revision: Revision,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    load::load_revision(revision, &job.inputs(), diagnostics)
}

/// Returns the IR of a description with every fact that the passes add, or `None` if it is not an OpenAPI
/// document.
pub fn api(loaded: &Loaded, options: &Options, diagnostics: &mut Diagnostics) -> Option<Api> {
    api_keeping(Keep::Nothing, loaded, options, diagnostics)
}

fn api_keeping(
    keep: Keep,
    loaded: &Loaded,
    options: &Options,
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
    passes::run(&mut api, root, &configuration(options), diagnostics);
    // Last, as it reports nothing that another stage did.
    validate::run(&document, resolver, diagnostics);
    Some(api)
}

fn configuration(options: &Options) -> passes::Configuration<'_> {
    passes::Configuration {
        auth: options.auth.as_ref(),
        names: &options.name_overrides,
        allow_empty: &options.allow_empty,
        pagination: &options.pagination,
        polling: &options.polling,
        retry: &options.retry,
        streams: &options.streams,
        client_parameters: &options.client_parameters,
        quick_start: options.quick_start.as_ref(),
        types: &options.types,
        derives: &options.derives,
        decimals_are_f64: options.keys.decimals == Decimals::F64,
    }
}

/// A description that was read, and what to generate from it.
pub struct Compilation<'a> {
    job: &'a Job,
    loaded: &'a Loaded,
    progress: &'a Progress,
    find_reusable: FindReusable<'a>,
}

/// Looks for files of an earlier run that this run need not generate again.
type FindReusable<'a> = Box<dyn FnOnce() -> Option<Generated> + Send + 'a>;

static NO_PROGRESS: Progress = Progress::new();

/// How many types and operations a crate may have. The largest published APIs have some tens of thousands;
/// each takes some ten kilobytes of memory until it is written, and no compiler would take a crate of more.
const MOST_DESCRIBED: usize = 200_000;

impl<'a> Compilation<'a> {
    pub fn new(job: &'a Job, loaded: &'a Loaded) -> Self {
        Compilation {
            job,
            loaded,
            progress: &NO_PROGRESS,
            find_reusable: Box::new(|| None),
        }
    }

    /// Reports progress to another thread.
    pub fn progress(self, progress: &'a Progress) -> Self {
        Compilation { progress, ..self }
    }

    /// Reuses the files that `find` returns. It runs while the description is checked.
    pub fn reuse(self, find: impl FnOnce() -> Option<Generated> + Send + 'a) -> Self {
        let find_reusable = Box::new(find);
        Compilation {
            find_reusable,
            ..self
        }
    }

    /// Generates the files, or returns `None` if the diagnostics have errors.
    pub fn generate(self, diagnostics: &mut Diagnostics) -> Option<Generated> {
        let Compilation {
            job,
            loaded,
            progress,
            find_reusable,
        } = self;
        let beside = || {
            let reusable = find_reusable();
            loaded.sources.prepare(&loaded.tree);
            reusable
        };
        let (reusable, package) =
            parallel::join(beside, || package(job, loaded, progress, diagnostics));
        let package = package?;
        let generated = match reusable {
            Some(generated) => Some(generated),
            None => print(job, loaded, progress, &package, diagnostics),
        };
        package.discard();
        generated.filter(|_| !diagnostics.has_errors())
    }

    /// Reports everything about the description without generating files. Returns whether it has no errors.
    pub fn lint(self, diagnostics: &mut Diagnostics) -> bool {
        let Compilation {
            job,
            loaded,
            progress,
            ..
        } = self;
        // The user's own templates have to be rendered to be checked.
        if !loaded.templates.files.is_empty() {
            return self.generate(diagnostics).is_some();
        }
        let ((), package) = parallel::join(
            || loaded.sources.prepare(&loaded.tree),
            || package(job, loaded, progress, diagnostics),
        );
        let is_sound = package.is_some() && !diagnostics.has_errors();
        if let Some(package) = package {
            package.discard();
        }
        is_sound
    }
}

/// Returns the crate with its names. The diagnostics are complete then, those of the user's own templates
/// excepted.
fn package<'a>(
    job: &'a Job,
    loaded: &'a Loaded,
    progress: &Progress,
    diagnostics: &mut Diagnostics,
) -> Option<rust::Package<'a>> {
    progress.enter(Step::Understand, 0);
    let api = api(loaded, &job.options, diagnostics)?;
    let root = loaded.tree.root(loaded.entry)?;
    let count = api.types.len() + api.operations.len();
    if count > MOST_DESCRIBED {
        diagnostics.push(codes::too_many_items(root, count));
        return None;
    }
    progress.enter(Step::Name, 0);
    let package = rust::Package::new(api, &job.options, diagnostics);
    package.report_names(root, diagnostics);
    Some(package)
}

/// Renders the crate, and the book if the job has a folder for it.
fn print(
    job: &Job,
    loaded: &Loaded,
    progress: &Progress,
    package: &rust::Package<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let render = || {
        let templates = Templates::new(&loaded.own_templates())?;
        package.generate(&templates, job.docs.is_some(), progress)
    };
    match render() {
        Ok(rendered) => Some(Generated {
            package: rendered.package,
            docs: rendered.book,
            cli: rendered.cli,
        }),
        Err(fault) => {
            diagnostics.push(loaded.template_fault(&fault));
            None
        }
    }
}

impl fmt::Debug for Compilation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut compilation = f.debug_struct("Compilation");
        compilation.field("job", &self.job).finish_non_exhaustive()
    }
}
