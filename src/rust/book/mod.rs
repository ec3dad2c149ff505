//! The book: mdBook sources with the documentation of a generated crate.
//!
//! As everywhere, code decides and templates print: each page has a view of strings, booleans and lists.
//! All text from the description passes through [`crate::prose`], which removes HTML, unsafe links and
//! template syntax. Anchors that other pages link to are explicit, so that rewording a heading breaks no
//! link.

mod authentication;
mod curl;
mod errors;
mod guides;
mod llms;
mod operation;
mod page;
mod recipes;
mod resource;
mod response;
mod samples;
mod schema_section;
mod start;
mod table;
mod text;
mod types;
mod uses;
mod webhooks;

pub use samples::{Sample, samples};

use crate::progress::Progress;
use crate::render::{Files, Templates};
use crate::rust::Plan;
use minijinja::Error;
use page::{Book, PageLink};

/// The views of the book's templates, for their JSON Schema.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "only its schema is asked for")]
pub struct Pages {
    /// `docs/book.toml.j2`.
    settings: start::BookSettings,
    /// `docs/SUMMARY.md.j2`.
    summary: start::Summary,
    /// `docs/index.md.j2`.
    start: start::StartPage,
    /// `docs/authentication.md.j2`.
    authentication: authentication::AuthenticationPage,
    /// `docs/errors.md.j2`.
    errors: errors::ErrorsPage,
    /// `docs/ways.md.j2`.
    ways: recipes::WaysPage,
    /// `docs/pagination.md.j2`.
    pagination: guides::OperationsPage,
    /// `docs/streaming.md.j2`.
    streaming: guides::OperationsPage,
    /// `docs/testing.md.j2`.
    testing: guides::TestingPage,
    /// `docs/webhooks.md.j2`.
    webhooks: webhooks::WebhooksPage,
    /// `docs/resource.md.j2`.
    resource: resource::ResourcePage,
    /// `docs/types.md.j2`.
    types: types::TypesPage,
    /// `docs/llms.txt.j2`.
    llms: llms::Llms,
}

/// Paths below `src` and their contents, in the order of the table of contents.
type Texts = Vec<(String, String)>;

/// Renders the whole book: `book.toml`, the stylesheet, `src/SUMMARY.md`, the pages below `src`, and the
/// files for programs.
///
/// # Errors
///
/// Returns an error if a template does not match its view.
pub fn render(
    plan: &Plan<'_>,
    templates: &Templates<'_>,
    progress: &Progress,
) -> Result<Files, Error> {
    let book = Book::new(*plan);
    let resources = resource::pages(&book);
    let types = types::pages(&book);
    let (mut guides, mut pages) = guide_pages(&book, templates)?;
    let changelog = guides::changelog(&book);
    if changelog.is_some() {
        guides.push(PageLink::new("Changelog", guides::CHANGELOG));
    }
    let type_links = types.iter().map(types::TypesPage::link);
    let type_links: Vec<PageLink> = type_links.collect();
    let summary = start::summary(&book, &guides, &resources, &type_links);
    let llms = llms::index(&book, &guides, type_links.first());
    let mut files = Files::default();
    let settings = start::settings(&book);
    files.insert(
        "book.toml",
        templates.render("docs/book.toml.j2", settings)?,
    );
    files.insert("sdkgen.css", templates.render("docs/sdkgen.css.j2", ())?);
    files.insert("sdkgen.js", templates.render("docs/sdkgen.js.j2", ())?);
    for resource in resources {
        let text = templates.render("docs/resource.md.j2", &resource)?;
        progress.add(resource.operations.len());
        pages.push((resource.path, text::finish(&text)));
    }
    for page in types {
        let text = templates.render("docs/types.md.j2", &page)?;
        progress.add(page.types.len());
        pages.push((page.path, text::finish(&text)));
    }
    let whole = llms::join_pages(&llms.title, &pages);
    let summary = templates.render("docs/SUMMARY.md.j2", summary)?;
    let index = templates.render("docs/llms.txt.j2", llms)?;
    pages.extend([
        ("SUMMARY.md".to_owned(), text::finish(&summary)),
        (llms::INDEX.to_owned(), text::finish(&index)),
        (llms::WHOLE.to_owned(), whole),
    ]);
    // mdBook expands the include here, and not in the whole book in one file.
    pages.extend(changelog.map(|text| (guides::CHANGELOG.to_owned(), text)));
    for (path, text) in pages {
        files.insert(format!("src/{path}"), text);
    }
    Ok(files)
}

/// Renders the guide pages. Returns their entries in the table of contents, except the start page's, and
/// their paths and contents.
fn guide_pages(
    book: &Book<'_>,
    templates: &Templates<'_>,
) -> Result<(Vec<PageLink>, Texts), Error> {
    let mut items = Vec::new();
    let mut pages = Vec::new();
    let mut print = |title: &str, path: &str, text: String| {
        items.push(PageLink::new(title, path));
        pages.push((path.to_owned(), text::finish(&text)));
    };
    let start = start::page(book);
    print(
        "",
        page::START,
        templates.render("docs/index.md.j2", start)?,
    );
    let page = authentication::page(book);
    let text = templates.render("docs/authentication.md.j2", page)?;
    print("Authentication", authentication::PATH, text);
    let text = templates.render("docs/errors.md.j2", errors::page(book))?;
    print("Errors", errors::PATH, text);
    if let Some(page) = guides::pagination(book) {
        let text = templates.render("docs/pagination.md.j2", page)?;
        print("Pagination", guides::PAGINATION, text);
    }
    if let Some(page) = guides::streaming(book) {
        let text = templates.render("docs/streaming.md.j2", page)?;
        print("Streaming", guides::STREAMING, text);
    }
    if let Some(page) = guides::testing(book) {
        let text = templates.render("docs/testing.md.j2", page)?;
        print("Testing", guides::TESTING, text);
    }
    if let Some(page) = recipes::page(book) {
        let text = templates.render("docs/ways.md.j2", page)?;
        print("Features", recipes::PATH, text);
    }
    if let Some(page) = webhooks::page(book) {
        let text = templates.render("docs/webhooks.md.j2", page)?;
        print("Webhooks", webhooks::PATH, text);
    }
    Ok((items.split_off(1), pages))
}
