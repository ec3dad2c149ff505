//! How the pages of a list follow each other.

use super::{ConfigPosition, Schema};
use serde::Serialize;

/// What is known of an operation that gives a list page by page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pagination {
    /// The members that lead to the list, one in the other; none where the body is the list.
    pub items: Vec<String>,
    /// What one item is.
    pub item: Schema,
    pub next: NextPage,
    pub end: PageEnd,
}

/// What the next page is asked for with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NextPage<P = PageParameter> {
    /// The value that a member of the page has.
    Cursor { parameter: P, at: Vec<String> },
    /// The value that a member of the last item has.
    LastItem { parameter: P, at: Vec<String> },
    /// The number of the page.
    Page { parameter: P, first: i64 },
    /// The number of items before the page.
    Offset { parameter: P },
    /// The URL in the header `Link` (RFC 8288).
    Link,
    /// The URL that a member of the page has.
    Url { at: Vec<String> },
}

/// Where a request says which page it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PageParameter {
    /// A parameter of the query.
    Query(String),
    /// The members of the JSON body that lead to it.
    Body(Vec<String>),
}

/// What tells of the last page that it is the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PageEnd {
    /// There is nothing to ask for the next with, or a page is empty or shorter than the one before.
    #[serde(rename = "untold")]
    Unstated,
    /// A member that says whether there are more.
    More(Vec<String>),
    /// A member with the number of all pages, or of all items where these are counted.
    Total(Vec<String>),
}

impl NextPage {
    /// Where the request says which page it asks for; `None` where the page before has a URL.
    pub fn parameter(&self) -> Option<&PageParameter> {
        match self {
            NextPage::Cursor { parameter, .. }
            | NextPage::LastItem { parameter, .. }
            | NextPage::Page { parameter, .. }
            | NextPage::Offset { parameter } => Some(parameter),
            NextPage::Link | NextPage::Url { .. } => None,
        }
    }

    /// One word for the kind.
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

/// What the user says of one operation's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaginationRule {
    /// Where it is said: a file, or a place in it.
    #[serde(skip)]
    pub at: ConfigPosition,
    /// `None`: there are no pages, whatever it looks like.
    #[serde(rename = "wish")]
    pub hint: Option<PaginationHint>,
}

/// As [`Pagination`], with each path as one text that has dots between the members, and as one text too what
/// is either a parameter of the query or a member of the request's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaginationHint {
    /// `None`: the only list of the page.
    pub items: Option<String>,
    pub next: NextPage<String>,
    pub end: PageEnd,
}

/// By the `operationId`, or by `METHOD /path`.
pub type PaginationConfig = indexmap::IndexMap<String, PaginationRule>;
