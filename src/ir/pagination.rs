//! How the pages of a list follow each other.

use super::{At, Schema};
use crate::tree::NodeId;
use serde::Serialize;

/// What is known of an operation that gives a list page by page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paging {
    /// The members that lead to the list, one in the other; none where the body is the list.
    pub items: Vec<String>,
    /// What one item is.
    pub item: Schema,
    pub next: Next,
    pub end: End,
}

/// What the next page is asked for with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Next<P = Place> {
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
pub enum Place {
    /// A parameter of the query.
    Query(String),
    /// The members of the JSON body that lead to it.
    Body(Vec<String>),
}

/// What tells of the last page that it is the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// There is nothing to ask for the next with, or a page is empty or shorter than the one before.
    Untold,
    /// A member that says whether there are more.
    More(Vec<String>),
    /// A member with the number of all pages, or of all items where these are counted.
    Total(Vec<String>),
}

impl Next {
    /// Where the request says which page it asks for; `None` where the page before has a URL.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Next::Cursor { parameter, .. }
            | Next::LastItem { parameter, .. }
            | Next::Page { parameter, .. }
            | Next::Offset { parameter } => Some(parameter),
            Next::Link | Next::Url { .. } => None,
        }
    }

    /// One word for the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Next::Cursor { .. } => "cursor",
            Next::LastItem { .. } => "last item",
            Next::Page { .. } => "page",
            Next::Offset { .. } => "offset",
            Next::Link => "link",
            Next::Url { .. } => "next URL",
        }
    }
}

/// What the user says of one operation's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Where it is said: a file, or a place in it.
    #[serde(skip)]
    pub at: At,
    /// `None`: there are no pages, whatever it looks like.
    pub wish: Option<Wish>,
}

/// As [`Paging`], with each path as one text that has dots between the members, and as one text too what
/// is either a parameter of the query or a member of the request's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wish {
    /// `None`: the only list of the page.
    pub items: Option<String>,
    pub next: Next<String>,
    pub end: End,
}

/// By the `operationId`, or by `METHOD /path`.
pub type Rules = indexmap::IndexMap<String, Rule>;

/// How the pages of a list follow each other, as an extension says it. Parameters are those of the
/// query; members are paths with dots between their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hinted {
    pub at: NodeId,
    /// The member with the list; `None`: the only one.
    pub items: Option<String>,
    pub way: PageLink,
    /// The member that says whether there are more.
    pub more: Option<String>,
    /// The member with the number of all pages.
    pub total: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLink {
    Cursor { parameter: String, next: String },
    LastItem { parameter: String, member: String },
    Page(String),
    Offset(String),
    Url(String),
}
