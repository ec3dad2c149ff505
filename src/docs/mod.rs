//! The book: mdBook sources for the documentation of a generated crate.
//!
//! As everywhere, code decides and templates print: each page has a view of strings, booleans and
//! lists. Text of the description comes onto a page through [`crate::prose`] only, so that no HTML,
//! no link and no template mark of a document gets through; anchors that other pages link to are
//! written out, so that they stay when a heading's words change.

mod answer;
mod authentication;
mod book;
mod curl;
mod errors;
mod operation;
mod resource;
mod shape;
mod start;
mod table;
mod text;
mod types;
mod ways;
mod webhooks;

use crate::render::{Files, Templates};
use crate::rust::Plan;
use book::Book;

/// The views of the book's templates, for their schema.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "only its schema is asked for")]
pub struct Pages {
    /// `docs/book.toml.j2`.
    settings: start::Settings,
    /// `docs/SUMMARY.md.j2`.
    summary: start::Summary,
    /// `docs/index.md.j2`.
    start: start::StartPage,
    /// `docs/authentication.md.j2`.
    authentication: authentication::AuthenticationPage,
    /// `docs/errors.md.j2`.
    errors: errors::ErrorsPage,
    /// `docs/ways.md.j2`.
    ways: ways::WaysPage,
    /// `docs/webhooks.md.j2`.
    webhooks: webhooks::WebhooksPage,
    /// `docs/resource.md.j2`.
    resource: resource::ResourcePage,
    /// `docs/types.md.j2`.
    types: types::TypesPage,
}

/// Prints the whole book: `book.toml`, `src/SUMMARY.md`, and the pages below `src`.
///
/// # Errors
///
/// A template and its view do not fit together.
pub fn render(plan: &Plan<'_>, templates: &Templates<'_>) -> Result<Files, minijinja::Error> {
    let book = Book::new(*plan);
    let resources = resource::pages(&book);
    let types = types::pages(&book);
    let webhooks = webhooks::page(&book);
    let ways = ways::page(&book);
    let mut files = Files::default();
    files.insert(
        "book.toml",
        templates.render("docs/book.toml.j2", start::settings(&book))?,
    );
    let summary = start::summary(
        &book,
        &resources,
        &types,
        ways.is_some(),
        webhooks.is_some(),
    );
    let mut print = |path: &str, text: String| {
        files.insert(format!("src/{path}"), text::finish(&text));
    };
    print(
        "SUMMARY.md",
        templates.render("docs/SUMMARY.md.j2", summary)?,
    );
    print(
        "index.md",
        templates.render("docs/index.md.j2", start::page(&book))?,
    );
    let authentication = authentication::page(&book);
    print(
        authentication::PATH,
        templates.render("docs/authentication.md.j2", authentication)?,
    );
    print(
        errors::PATH,
        templates.render("docs/errors.md.j2", errors::page(&book))?,
    );
    if let Some(ways) = ways {
        print(ways::PATH, templates.render("docs/ways.md.j2", ways)?);
    }
    if let Some(webhooks) = webhooks {
        print(
            webhooks::PATH,
            templates.render("docs/webhooks.md.j2", webhooks)?,
        );
    }
    for resource in resources {
        print(
            &resource.path,
            templates.render("docs/resource.md.j2", &resource)?,
        );
    }
    for page in types {
        print(&page.path, templates.render("docs/types.md.j2", &page)?);
    }
    Ok(files)
}
