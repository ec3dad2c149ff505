//! Pagination: requests one page after the other.

#![allow(
    dead_code,
    reason = "the same file is used for every API, and no API has every kind of pagination"
)]

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll, ready},
};

use http::HeaderMap;
use serde_core::de::{Deserialize, DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    error::{Error, Result},
    runtime::{Reply, Request, ResponseFuture, decode::Fault, without_mark},
};

/// The default limit of consecutive pages without items.
///
/// A server that filters items after splitting them into pages returns some empty ones. A server that returns
/// a new cursor with an empty page forever would block the caller forever.
pub(crate) const MAX_EMPTY_PAGES: u64 = 100;

/// The path of a value in a body: one property inside the other.
pub(crate) type Path = &'static [&'static str];

/// How an operation is paginated.
pub(crate) struct Paging {
    /// The list of items in a page. The path is empty if the body itself is the list.
    pub(crate) items: Path,
    pub(crate) next: Next,
    pub(crate) end: End,
}

/// How the next page is requested.
pub(crate) enum Next {
    /// With the cursor in a property of the page.
    Cursor(PageParameter, Path),
    /// With the cursor in a property of the last item.
    LastItem(PageParameter, Path),
    /// With a page number. The first page has this number.
    Page(PageParameter, i64),
    /// With the number of items before it.
    Offset(PageParameter),
    /// With the URL in a header.
    Link(fn(&HeaderMap) -> Option<String>),
    /// With the URL in a property.
    Url(Path),
}

/// The part of a request that chooses the page.
#[derive(Clone, Copy)]
pub(crate) enum PageParameter {
    /// In a query parameter.
    Query(&'static str),
    /// In a property of the JSON body, and the function that sets it.
    Body(Path, fn(&mut Request, &[&str], &str)),
}

impl PageParameter {
    /// Returns the value in a request, as it appears in a query.
    fn value(self, request: &Request) -> Option<String> {
        match self {
            PageParameter::Query(name) => request.query_value(name),
            PageParameter::Body(path, _) => {
                let body = request.body()?.as_bytes()?;
                find(body, path).ok().flatten().and_then(text)
            }
        }
    }

    /// Requests another page, with a value as JSON and as it appears in a query.
    fn set(self, request: &mut Request, json: &str, text: &str) {
        match self {
            PageParameter::Query(name) => request.query(name, text),
            PageParameter::Body(path, put) => put(request, path, json),
        }
    }
}

/// How the last page is recognized, other than by a missing cursor or URL.
pub(crate) enum End {
    Untold,
    /// By a boolean: whether there are more pages.
    More(Path),
    /// By the number of all pages, or of all items if items are counted.
    Total(Path),
}

/// The state of pagination.
pub(crate) struct Walk {
    pub(crate) paging: &'static Paging,
    state: State,
    /// The number of pages returned, and its limit.
    given: u64,
    pub(crate) limit: u64,
    /// Hashes of the values that pages were requested with. A page that leads to one of them leads in a
    /// circle.
    asked: HashSet<u64>,
    hasher: RandomState,
    /// The hash of the items of the previous page, and their number.
    before: (u64, i64),
    /// The number of consecutive pages without items, and its limit.
    empty: u64,
    pub(crate) empty_limit: u64,
}

enum State {
    /// The next page can be requested.
    Ready(Box<Request>),
    /// The page was requested. The request is kept for `resume` if it can be sent twice.
    Asking(Option<Box<Request>>, ResponseFuture<Reply>),
    /// The request of a page failed, which ended the stream. `resume` repeats it.
    Failed(Box<Request>),
    /// There is another page, but it cannot be requested. This error ends the stream.
    Broken(Error),
    Over,
}

impl Walk {
    pub(crate) fn new(request: Request, paging: &'static Paging) -> Self {
        Self {
            paging,
            state: State::Ready(Box::new(request)),
            given: 0,
            limit: u64::MAX,
            asked: HashSet::new(),
            hasher: RandomState::new(),
            before: (0, 0),
            empty: 0,
            empty_limit: MAX_EMPTY_PAGES,
        }
    }

    pub(crate) fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        decode: impl FnOnce(&Reply) -> Result<T>,
    ) -> Poll<Option<Result<T>>> {
        let Some(reply) = ready!(self.poll_reply(cx)) else {
            return Poll::Ready(None);
        };
        let page = reply.and_then(|reply| {
            let page = decode(&reply)?;
            self.go_on(&reply)?;
            Ok(page)
        });
        if page.is_err() {
            self.fail();
        }
        Poll::Ready(Some(page))
    }

    /// Ends the stream after an error: a caller that reads on would repeat the request without end.
    fn fail(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(request) => State::Failed(request),
            state => state,
        };
    }

    /// Repeats the failed request at the next poll.
    pub(crate) fn resume(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Over) {
            State::Failed(request) => State::Ready(request),
            state => state,
        };
    }

    fn poll_reply(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Reply>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Ready(request) => {
                    self.state = match request.try_clone() {
                        Some(copy) => State::Asking(Some(request), copy.send(whole)),
                        None => State::Asking(None, request.send(whole)),
                    };
                }
                State::Asking(request, mut call) => {
                    let polled = Pin::new(&mut call).poll(cx);
                    self.state = match (request, &polled) {
                        (request, Poll::Pending) => State::Asking(request, call),
                        (Some(request), Poll::Ready(_)) => State::Ready(request),
                        (None, Poll::Ready(_)) => State::Over,
                    };
                    return polled.map(Some);
                }
                State::Broken(error) => return Poll::Ready(Some(Err(error))),
                State::Failed(request) => {
                    self.state = State::Failed(request);
                    return Poll::Ready(None);
                }
                State::Over => return Poll::Ready(None),
            }
        }
    }

    /// Prepares the request of the next page. Fails if that page was requested before.
    fn go_on(&mut self, reply: &Reply) -> Result<()> {
        let request = match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(request) => Some(request),
            _ => None,
        };
        let fault = |why: String| reply.undecodable(Fault::of_whole(why, false));
        if self.is_same(reply).map_err(|why| reply.undecodable(why))? {
            return Err(fault("the page is the same as the previous one".to_owned()));
        }
        self.given += 1;
        let Some(mut request) = request else {
            let why = "the next page cannot be requested: the body was a stream, which can be sent only once";
            self.state = State::Broken(fault(why.to_owned()));
            return Ok(());
        };
        self.state = match self.turn(&mut request, reply) {
            Ok(false) => State::Over,
            Ok(true) if self.empty > self.empty_limit => State::Broken(fault(format!(
                "more than {} consecutive pages are empty: if that is expected, raise `max_empty_pages`",
                self.empty_limit
            ))),
            Ok(true) if self.given < self.limit => State::Ready(request),
            Ok(true) => State::Broken(fault(format!(
                "there are more pages than the limit of {}",
                self.limit
            ))),
            Err(why) => State::Broken(reply.undecodable(why)),
        };
        Ok(())
    }

    /// Returns whether a server returned the same items again, as servers do that ignore the page number.
    fn is_same(&mut self, reply: &Reply) -> Result<bool, Fault> {
        if !matches!(self.paging.next, Next::Page(..) | Next::Offset(_)) {
            return Ok(false);
        }
        let (body, path) = (reply.body(), self.paging.items);
        let items = find(body, path)?.map(RawValue::get);
        let (before, count) = self.before;
        let hash = self.hasher.hash_one(items);
        self.before.0 = hash;
        Ok(count > 0 && hash == before)
    }

    /// Changes the request to that of the next page. Returns whether there is one.
    fn turn(&mut self, request: &mut Request, reply: &Reply) -> Result<bool, Fault> {
        let more = match self.paging.end {
            End::More(path) => find(reply.body(), path)?.map(RawValue::get),
            End::Untold | End::Total(_) => None,
        };
        match more {
            Some("false") => Ok(false),
            Some("true") if !self.step(request, reply, true)? => Err(Fault::of_whole(
                "there are more pages, but the response does not say how to request them",
                false,
            )),
            Some("true") => Ok(true),
            _ => self.step(request, reply, false),
        }
    }

    /// Does the same, given whether there are more pages.
    fn step(&mut self, request: &mut Request, reply: &Reply, more: bool) -> Result<bool, Fault> {
        let body = reply.body();
        let told = |path| Ok(find(body, path)?.and_then(text));
        let total = match self.paging.end {
            End::Total(path) => told(path)?.and_then(|total| total.parse().ok()),
            End::Untold | End::More(_) => None,
        };
        let list = list(body, self.paging.items)?;
        let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
        self.empty = if list.is_empty() { self.empty + 1 } else { 0 };
        let (parameter, next, all) = match self.paging.next {
            Next::Cursor(parameter, path) => {
                return self.turn_to(request, parameter, find(body, path)?);
            }
            Next::LastItem(parameter, path) => {
                let last = list.last().map(|item| descend(body, item, path));
                return self.turn_to(request, parameter, last.transpose()?.flatten());
            }
            Next::Link(read) => return self.follow(request, read(reply.headers())),
            Next::Url(path) => return self.follow(request, told(path)?),
            Next::Page(parameter, first) => {
                let page = number(request, parameter).unwrap_or(first);
                let all = total.map(|total: i64| total.saturating_add(first));
                (parameter, page.saturating_add(1), all)
            }
            Next::Offset(parameter) => {
                let offset = number(request, parameter).unwrap_or(0);
                (parameter, offset.saturating_add(count), total)
            }
        };
        // If the response does not say, a page with fewer items than the previous one is the last.
        let is_last = match all {
            Some(all) => next >= all,
            None => !more && count < self.before.1,
        };
        self.before.1 = count;
        let next = next.to_string();
        parameter.set(request, &next, &next);
        Ok(count > 0 && !is_last)
    }

    fn turn_to(
        &mut self,
        request: &mut Request,
        parameter: PageParameter,
        cursor: Option<&RawValue>,
    ) -> Result<bool, Fault> {
        let Some((json, cursor)) = cursor.and_then(|json| Some((json, text(json)?))) else {
            return Ok(false);
        };
        if let Some(own) = parameter.value(request) {
            self.asked.insert(self.hasher.hash_one(own));
        }
        parameter.set(request, json.get(), &cursor);
        self.once(&cursor)
    }

    fn follow(&mut self, request: &mut Request, link: Option<String>) -> Result<bool, Fault> {
        let Some(link) = link.filter(|link| !link.is_empty()) else {
            return Ok(false);
        };
        let fault = |why| Fault::of_whole(format!("the address of the next page {why}"), false);
        let url = request.follow(&link).map_err(fault)?;
        self.once(&url)
    }

    /// Returns whether no page was requested with this value before.
    fn once(&mut self, text: &str) -> Result<bool, Fault> {
        match self.asked.insert(self.hasher.hash_one(text)) {
            true => Ok(true),
            false => Err(Fault::of_whole(
                "the page leads back to an earlier page",
                false,
            )),
        }
    }

    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_over = matches!(self.state, State::Over | State::Failed(_));
        f.debug_struct(name)
            .field("given", &self.given)
            .field("is_over", &is_over)
            .finish_non_exhaustive()
    }
}

/// Returns the response, which is decoded later.
fn whole(reply: &Reply) -> Result<Reply> {
    Ok(reply.clone())
}

/// Decodes the items of a page. A page without a list has none.
pub(crate) fn items<T: DeserializeOwned>(reply: &Reply, path: Path) -> Result<Vec<T>> {
    let body = reply.body();
    let items = find(body, path).and_then(|list| match list {
        Some(list) => read(body, list),
        None => Ok(Vec::new()),
    });
    items.map_err(|fault| reply.undecodable(fault))
}

/// Returns the items of a page as JSON text.
fn list(body: &[u8], path: Path) -> Result<Vec<&RawValue>, Fault> {
    match find(body, path)? {
        Some(list) => read(body, list),
        None => Ok(Vec::new()),
    }
}

/// Returns the value at a path, or `None` if a property is missing or null.
fn find(body: &[u8], path: Path) -> Result<Option<&RawValue>, Fault> {
    let whole = serde_json::from_slice(without_mark(body));
    let whole = whole.map_err(|error| Fault::of_part(body, 0, &error))?;
    descend(body, whole, path)
}

fn descend<'a>(
    body: &'a [u8],
    from: &'a RawValue,
    path: Path,
) -> Result<Option<&'a RawValue>, Fault> {
    let mut found = from;
    for name in path {
        let members: Option<BTreeMap<String, &RawValue>> = read(body, found)?;
        match members.and_then(|mut members| members.remove(*name)) {
            Some(member) => found = member,
            None => return Ok(None),
        }
    }
    Ok((found.get() != "null").then_some(found))
}

/// Decodes a part of a body in place, so that the position of an error is known.
fn read<'a, T: Deserialize<'a>>(body: &[u8], part: &'a RawValue) -> Result<T, Fault> {
    let offset = part.get().as_ptr().addr() - body.as_ptr().addr();
    let value = serde_json::from_str(part.get());
    value.map_err(|error| Fault::of_part(body, offset, &error))
}

/// Returns a string or a number as it appears in a query, or `None` for an empty string and anything else.
fn text(value: &RawValue) -> Option<String> {
    let json = value.get();
    let text = match json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        true => json.to_owned(),
        false => serde_json::from_str(json).ok()?,
    };
    (!text.is_empty()).then_some(text)
}

fn number(request: &Request, parameter: PageParameter) -> Option<i64> {
    let text = parameter.value(request)?;
    // If the API declares the property a number, it has a decimal point.
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}
