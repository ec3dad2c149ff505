//! The crate of an API: the only way from the IR into the back end.

use super::names::listing::{self, Listed};
use super::names::{self, Names};
use super::{Plan, Sizes, book, files};
use crate::config::Options;
use crate::diag::Diagnostics;
use crate::example::request::{self, ExampleRequest};
use crate::ir::Api;
use crate::parallel;
use crate::progress::Progress;
use crate::render::{Files, Templates};
use crate::tree::Node;
use minijinja::Error;

/// An API with the names of its crate.
///
/// Naming reports the last findings about a document, and files are rendered only if there are no files to
/// reuse. So these are two steps.
#[derive(Debug)]
pub struct Package<'a> {
    api: Api,
    names: Names,
    options: &'a Options,
}

impl<'a> Package<'a> {
    /// Names everything in the crate.
    pub fn new(api: Api, options: &'a Options, diagnostics: &mut Diagnostics) -> Self {
        let names = names::resolve(&api, options, diagnostics);
        Package {
            api,
            names,
            options,
        }
    }

    /// Reports the names that read badly, at the root of the document.
    pub fn report_names(&self, root: Node<'_>, diagnostics: &mut Diagnostics) {
        listing::report(&self.api, &self.names, root, diagnostics);
    }

    /// Renders the crate, and its book if asked for.
    ///
    /// # Errors
    ///
    /// Returns the error of a template of the user's own.
    pub fn generate(
        &self,
        templates: &Templates<'_>,
        has_book: bool,
        progress: &Progress,
    ) -> Result<(Files, Option<Files>), Error> {
        progress.print(self.api.types.len() + self.api.operations.len());
        self.with_calls(|plan| {
            let book = || match has_book {
                true => book::render(plan, templates, progress).map(Some),
                false => Ok(None),
            };
            let (book, package) = parallel::join(book, || files::render(plan, templates, progress));
            Ok((package?, book?))
        })
    }

    /// Drops the crate on another thread.
    pub fn discard(self) {
        parallel::discard((self.api, self.names));
    }

    pub fn api(&self) -> &Api {
        &self.api
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Lists every name of the crate.
    pub fn listing(&self) -> Vec<Listed> {
        listing::list(&self.api, &self.names)
    }

    /// Runs `work` with a plan that has the example calls of all operations.
    pub fn with_calls<R>(&self, work: impl FnOnce(&Plan<'_>) -> R) -> R {
        let calls = request::all(&self.api);
        let result = self.with_plan(&calls, work);
        parallel::discard(calls);
        result
    }

    /// Runs `work` with a plan.
    pub fn with_plan<R>(&self, calls: &[ExampleRequest], work: impl FnOnce(&Plan<'_>) -> R) -> R {
        let sizes = Sizes::of(&self.api);
        work(&Plan {
            api: &self.api,
            names: &self.names,
            options: self.options,
            calls,
            sizes: &sizes,
        })
    }
}
