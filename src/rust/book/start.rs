//! The start page, the table of contents and the book's settings.

use super::page::{Book, PageLink, START, title};
use super::resource::{self, ResourcePage, ResourceRow};
use super::text;
use crate::prose;
use crate::rust::feature_table::{self, FeaturesView};
use crate::rust::snippets::program;
use serde::Serialize;

/// The prefix of anchors for headings in the API's description.
const ABOUT: &str = "api";

/// The start page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StartPage {
    pub heading: String,
    pub summary: Vec<String>,
    pub description: Vec<String>,
    /// Contact, licence and terms of the API, as list items.
    pub about: Vec<String>,
    pub package: String,
    pub version: String,
    pub features: Option<FeaturesView>,
    /// The quick start, as code blocks.
    pub quick_start: Vec<String>,
    pub env: Option<String>,
    pub resources: Vec<ResourceRow>,
    pub has_inferred: bool,
    /// The heading of the section about inferred parts.
    pub inferred: String,
    pub has_envelopes: bool,
    pub has_webhooks: bool,
    pub has_types: bool,
}

pub fn page(book: &Book<'_>) -> StartPage {
    let plan = book.plan;
    let info = &plan.api.info;
    let quick_start = program::quick_start(plan).visible();
    StartPage {
        heading: text::heading(&info.title),
        summary: info
            .docs
            .summary
            .as_deref()
            .map(|summary| text::blocks(summary, 1, ABOUT))
            .unwrap_or_default(),
        description: text::description(&info.docs, 1, ABOUT),
        about: about(book),
        package: plan.options.package.name.clone(),
        version: plan.minor_version(),
        features: feature_table::view(plan),
        quick_start: if quick_start.is_empty() {
            Vec::new()
        } else {
            text::fenced("rust,ignore", &quick_start.join("\n"))
        },
        env: plan.main_env().map(str::to_owned),
        resources: resource::rows(book)
            .into_iter()
            .map(|(_, row)| row)
            .collect(),
        has_inferred: book.has_inferred(),
        inferred: format!("## What is inferred {{#{}}}", super::page::INFERRED),
        has_envelopes: plan.uses_envelopes(),
        has_webhooks: !plan.api.webhooks.is_empty() || plan.options.signatures.is_some(),
        has_types: !plan.api.types.is_empty(),
    }
}

fn about(book: &Book<'_>) -> Vec<String> {
    let info = &book.plan.api.info;
    let mut about = Vec::new();
    if !info.version.is_empty() {
        about.push(format!(
            "Version of the API: {}",
            prose::code_span(&info.version)
        ));
    }
    let linked = |label: &str, text: &str| {
        // Parsing the line as prose turns a URL into a link only if its scheme is safe.
        let line = prose::book_markdown(&format!("{label}: {}", prose::escaped(text)), 0);
        line.replace('\n', " ")
    };
    if let Some(terms) = &info.terms_of_service {
        about.push(linked("Terms of service", terms));
    }
    if let Some(contact) = &info.contact {
        let parts = [&contact.name, &contact.email, &contact.url];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        if !parts.is_empty() {
            about.push(linked("Contact", &parts.join(", ")));
        }
    }
    if let Some(license) = &info.license {
        let parts = [
            Some(&license.name),
            license.identifier.as_ref(),
            license.url.as_ref(),
        ];
        let mut parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.dedup();
        about.push(linked(
            "Licence of the API's description",
            &parts.join(", "),
        ));
    }
    about
}

/// The table of contents.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    pub start: String,
    pub guides: Vec<String>,
    pub resources: Vec<String>,
    pub types: Vec<String>,
    /// The pages below the index of types.
    pub type_pages: Vec<String>,
}

/// Returns the table of contents; `guides` are its first entries, and `types` its last ones.
pub fn summary(
    book: &Book<'_>,
    guides: &[PageLink],
    resources: &[ResourcePage],
    types: &[PageLink],
) -> Summary {
    let (first, others) = types.split_at(types.len().min(1));
    let links = |links: &[PageLink]| links.iter().map(PageLink::markdown).collect();
    let start = PageLink::new(title(&book.plan.api.info.title, "Start"), START);
    let resources = resources.iter();
    let resources = resources.map(|page| PageLink::new(&page.title, &page.path).markdown());
    Summary {
        start: start.markdown(),
        guides: links(guides),
        resources: resources.collect(),
        types: links(first),
        type_pages: links(others),
    }
}

/// `book.toml`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BookSettings {
    /// TOML strings.
    pub title: String,
    pub description: String,
    /// Whether each type has a page, so that the book has too many pages for a print page and a full search index.
    pub is_large: bool,
}

pub fn settings(book: &Book<'_>) -> BookSettings {
    let name = book.plan.crate_name();
    BookSettings {
        title: format!("\"{}\"", title(&book.plan.api.info.title, &name)),
        description: format!("\"Rust client crate {name}\""),
        is_large: book.split,
    }
}
