//! Pages of types.

use super::page::{Book, Page, PageLink, title, type_anchor};
use super::schema_section::{self, ShapeView};
use super::text;
use crate::ir::TypeId;
use serde::Serialize;

/// A page of types.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TypesPage {
    #[serde(skip)]
    pub path: String,
    #[serde(skip)]
    pub title: String,
    /// The page's heading; empty if the first type's heading is the page's.
    pub headings: Vec<String>,
    /// Links to types that have their own pages.
    pub index: Vec<IndexRow>,
    pub types: Vec<TypeView>,
}

/// A row of the table of types.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexRow {
    pub link: String,
    pub about: String,
}

/// One type.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TypeView {
    /// The heading with its markers and its anchor.
    pub heading: String,
    pub deprecated: bool,
    pub description: Vec<String>,
    /// Sentences with links to the operations and types that use the type, or whether it is used in requests and
    /// responses.
    pub usage: Vec<String>,
    /// The URL of the section on inferred parts, for an inferred type.
    pub inferred: Option<String>,
    /// A list of one, because a template iterates it without naming it.
    pub shapes: Vec<ShapeView>,
    pub examples: Vec<Vec<String>>,
}

impl TypesPage {
    /// Returns the page's entry in a list of pages.
    pub fn link(&self) -> PageLink {
        PageLink::new(title(&self.title, "Type"), &self.path)
    }
}

/// Returns all pages of types: a single page, or an index and a page for each root type.
pub fn pages(book: &Book<'_>) -> Vec<TypesPage> {
    let ids = || book.plan.api.type_ids();
    if ids().next().is_none() {
        return Vec::new();
    }
    let path = "types.md".to_owned();
    let page = book.page(&path);
    let mut first = TypesPage {
        title: "Types".to_owned(),
        headings: vec!["# Types".to_owned()],
        index: Vec::new(),
        types: Vec::new(),
        path: path.clone(),
    };
    if !book.split {
        first.types = ids().map(|id| view(page, id, 2)).collect();
        return vec![first];
    }
    let mut pages: Vec<TypesPage> = Vec::new();
    let roots = ids().filter(|id| book.plan.names.ty(*id).root == *id);
    for root in roots {
        let docs = &book.plan.api.ty(root).docs;
        first.index.push(IndexRow {
            link: page.type_link(root),
            about: text::brief(docs),
        });
        let path = book.type_page(root);
        let types = ids().filter(|id| book.plan.names.ty(*id).root == root);
        let types = types
            .map(|id| view(book.page(&path), id, if id == root { 1 } else { 2 }))
            .collect();
        let title = book.plan.names.ty(root).ident.clone();
        pages.push(TypesPage {
            path,
            title,
            headings: Vec::new(),
            index: Vec::new(),
            types,
        });
    }
    pages.insert(0, first);
    pages
}

fn view(page: Page<'_>, id: TypeId, level: usize) -> TypeView {
    let plan = page.book.plan;
    let def = plan.api.ty(id);
    let ident = &plan.names.ty(id).ident;
    let anchor = type_anchor(ident);
    let summary = def
        .docs
        .summary
        .as_deref()
        .filter(|_| def.docs.description.is_none());
    let mut description = summary
        .map(|text| text::blocks(text, level, &anchor))
        .unwrap_or_default();
    description.extend(text::description(&def.docs, level, &anchor));
    let directions = match (def.usage.request, def.usage.response) {
        (true, true) => "Used in requests and responses.",
        (true, false) => "Used in requests.",
        (false, true) => "Used in responses.",
        (false, false) => "",
    };
    let mut usage = page.book.uses.sentences(page, id);
    if usage.is_empty() && !directions.is_empty() {
        usage.push(directions.to_owned());
    }
    let examples = def
        .examples
        .iter()
        .take(2)
        .map(|value| text::fenced("json", &pretty(value)));
    TypeView {
        heading: format!("{} {ident} {{#{}}}", "#".repeat(level), anchor),
        deprecated: def.deprecated,
        description,
        usage,
        inferred: def.inferred.then(|| page.inferred_link()),
        shapes: vec![schema_section::of_type(page, id)],
        examples: examples.collect(),
    }
}

/// Returns JSON, pretty-printed.
pub fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}
