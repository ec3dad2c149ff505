//! Pagination of list operations.

use super::{ConfigPosition, Schema};
use crate::tree::NodeId;
use serde::Serialize;

/// The pagination of an operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pagination {
    /// The path of properties to the list; empty if the body is the list.
    pub items: Vec<String>,
    /// The schema of one item.
    pub item: Schema,
    pub next: NextPage,
    pub end: PageEnd,
}

/// The value that requests the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NextPage<P = PageParameter> {
    /// A property of the page.
    Cursor { parameter: P, at: Vec<String> },
    /// A property of the last item.
    LastItem { parameter: P, at: Vec<String> },
    /// The page number.
    Page { parameter: P, first: i64 },
    /// The number of items before the page.
    Offset { parameter: P },
    /// The URL in the header `Link` (RFC 8288).
    Link,
    /// A URL in a property of the page.
    Url { at: Vec<String> },
}

/// The part of the request that selects a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PageParameter {
    /// A query parameter.
    Query(String),
    /// The path of properties in the JSON body.
    Body(Vec<String>),
}

/// How the last page is recognized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PageEnd {
    /// The value for the next page is missing, or a page is empty or shorter than the one before.
    #[serde(rename = "untold")]
    Unstated,
    /// A boolean property that is true if there are more pages.
    More(Vec<String>),
    /// A property with the number of all pages, or of all items for an offset.
    Total(Vec<String>),
}

impl NextPage {
    /// Returns the part of the request that selects a page, or `None` if the page before contains a URL.
    pub fn parameter(&self) -> Option<&PageParameter> {
        match self {
            NextPage::Cursor { parameter, .. }
            | NextPage::LastItem { parameter, .. }
            | NextPage::Page { parameter, .. }
            | NextPage::Offset { parameter } => Some(parameter),
            NextPage::Link | NextPage::Url { .. } => None,
        }
    }

    /// Returns a short name for the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            NextPage::Cursor { .. } => "cursor",
            NextPage::LastItem { .. } => "last item",
            NextPage::Page { .. } => "page",
            NextPage::Offset { .. } => "offset",
            NextPage::Link => "link",
            NextPage::Url { .. } => "next URL",
        }
    }
}

/// The configured pagination of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaginationRule {
    /// The position of the rule in the configuration.
    #[serde(skip)]
    pub at: ConfigPosition,
    /// `None` turns pagination off for the operation.
    #[serde(rename = "wish")]
    pub hint: Option<PaginationHint>,
}

/// An unresolved [`Pagination`]: each path is a string with dots between properties, and a parameter may name a
/// query parameter or a property of the request body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaginationHint {
    /// `None` selects the only list of the page.
    pub items: Option<String>,
    pub next: NextPage<String>,
    pub end: PageEnd,
}

/// Rules by `operationId` or `METHOD /path`.
pub type PaginationConfig = indexmap::IndexMap<String, PaginationRule>;

/// The pagination that an extension declares. Parameters are in the query; properties are paths separated by dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaginationExtension {
    pub at: NodeId,
    /// The property with the items, or `None` for the only array.
    pub items: Option<String>,
    pub way: PageAdvance,
    /// The property that says whether there are more pages.
    pub more: Option<String>,
    /// The property with the number of pages.
    pub total: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAdvance {
    Cursor { parameter: String, next: String },
    LastItem { parameter: String, member: String },
    Page(String),
    Offset(String),
    Url(String),
}
