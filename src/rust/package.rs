//! A complete crate: the only entry from the IR into the Rust back end.

use super::names::listing::{self, Listed};
use super::names::{self, Names};
use super::plan::{ClientPlan, OperationPlan};
use super::{Plan, Sizes, TotalEq, book, cli, files};
use crate::config::Options;
use crate::diag::Diagnostics;
use crate::example::request::{self, ExampleRequest};
use crate::ir::{Api, OperationId};
use crate::parallel;
use crate::progress::Progress;
use crate::render::{Files, Templates};
use crate::tree::Node;
use minijinja::Error;

/// The rendered files of an API.
#[derive(Debug)]
pub struct Rendered {
    pub package: Files,
    pub book: Option<Files>,
    pub cli: Option<Files>,
}

/// An API with the names of its crate.
///
/// Two steps, because naming reports the last diagnostics about a document, but files are rendered only
/// if the previous output cannot be reused.
#[derive(Debug)]
pub struct Package<'a> {
    api: Api,
    names: Names,
    options: &'a Options,
}

impl<'a> Package<'a> {
    /// Resolves all names in the crate.
    pub fn new(api: Api, options: &'a Options, diagnostics: &mut Diagnostics) -> Self {
        let names = names::resolve(&api, options, diagnostics);
        Package {
            api,
            names,
            options,
        }
    }

    /// Reports names that read badly, at the root of the document.
    pub fn report_names(&self, root: Node<'_>, diagnostics: &mut Diagnostics) {
        listing::report(&self.api, &self.names, root, diagnostics);
    }

    /// Renders the crate, its book if requested, and its command-line program if configured.
    ///
    /// # Errors
    ///
    /// Returns the error of a custom template.
    pub fn generate(
        &self,
        templates: &Templates<'_>,
        has_book: bool,
        progress: &Progress,
    ) -> Result<Rendered, Error> {
        progress.print(self.api.types.len() + self.api.operations.len());
        self.with_calls(|plan| {
            let book = || match has_book {
                true => book::render(plan, templates, progress).map(Some),
                false => Ok(None),
            };
            let (book, package) = parallel::join(book, || files::render(plan, templates, progress));
            Ok(Rendered {
                package: package?,
                book: book?,
                cli: cli::render(plan, templates)?,
            })
        })
    }

    /// Drops the crate on a background thread, because freeing a large tree takes time.
    pub fn discard(self) {
        parallel::discard((self.api, self.names));
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Lists all names in the crate.
    pub fn listing(&self) -> Vec<Listed> {
        listing::list(&self.api, &self.names)
    }

    /// Runs `work` with a plan that includes the example requests of all operations.
    pub fn with_calls<R>(&self, work: impl FnOnce(&Plan<'_>) -> R) -> R {
        let calls = request::all(&self.api);
        let result = self.with_plan(&calls, work);
        parallel::discard(calls);
        result
    }

    /// Runs `work` with a plan that includes these example requests.
    pub fn with_plan<R>(&self, calls: &[ExampleRequest], work: impl FnOnce(&Plan<'_>) -> R) -> R {
        let sizes = Sizes::of(&self.api);
        let total_eq = TotalEq::of(&self.api);
        let plan = Plan {
            api: &self.api,
            names: &self.names,
            options: self.options,
            calls,
            sizes: &sizes,
            total_eq: &total_eq,
            operations: &[],
            client: &ClientPlan::default(),
        };
        let ids: Vec<OperationId> = self.api.operation_ids().collect();
        let operations = parallel::map(&ids, |id| OperationPlan::of(plan, *id));
        let plan = Plan {
            operations: &operations,
            ..plan
        };
        let client = ClientPlan::of(plan);
        work(&Plan {
            client: &client,
            ..plan
        })
    }
}
