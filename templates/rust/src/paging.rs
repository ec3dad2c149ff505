//! How the pages of a list are gone through.

#![allow(
    dead_code,
    reason = "the same file serves every API, and no API has pages of all kinds"
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

/// How many pages in a row may have no items by default.
///
/// A server that filters after it has cut the pages sends some empty ones. A server that sends a new cursor
/// with an empty page for ever would keep the caller waiting without an end.
pub(crate) const MAX_EMPTY_PAGES: u64 = 100;

/// Where a body has something: the members that lead to it, one in the other.
pub(crate) type Path = &'static [&'static str];

/// How the pages of an operation follow each other.
pub(crate) struct Paging {
    /// The list of a page. Nothing leads to it where the body is the list.
    pub(crate) items: Path,
    pub(crate) next: Next,
    pub(crate) end: End,
}

/// What the next page is asked for with.
pub(crate) enum Next {
    /// The member of the page that has the value.
    Cursor(Place, Path),
    /// The member of the last item that has the value.
    LastItem(Place, Path),
    /// The number of the first page.
    Page(Place, i64),
    /// Counts items.
    Offset(Place),
    /// The URL that a header has.
    Link(fn(&HeaderMap) -> Option<String>),
    /// The URL that a member has.
    Url(Path),
}

/// Where a request says which page it asks for.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// A parameter of the query.
    Query(&'static str),
    /// A member of the JSON body, and what sets it.
    Body(Path, fn(&mut Request, &[&str], &str)),
}

impl Place {
    /// The value in a request, as a query has it.
    fn value(self, request: &Request) -> Option<String> {
        match self {
            Place::Query(name) => request.query_value(name),
            Place::Body(path, _) => {
                let body = request.body()?.as_bytes()?;
                find(body, path).ok().flatten().and_then(text)
            }
        }
    }

    /// Asks for another page: with a text or a number, as JSON and as a query has it.
    fn set(self, request: &mut Request, json: &str, text: &str) {
        match self {
            Place::Query(name) => request.query(name, text),
            Place::Body(path, put) => put(request, path, json),
        }
    }
}

/// What says that a page is the last, beside that there is nothing to ask for the next with.
pub(crate) enum End {
    Untold,
    /// Whether there are more.
    More(Path),
    /// The number of all pages, or of all items where these are counted.
    Total(Path),
}

/// The way from page to page.
pub(crate) struct Walk {
    pub(crate) paging: &'static Paging,
    state: State,
    /// How many pages were given, and how many may be.
    given: u64,
    pub(crate) limit: u64,
    /// What pages were asked for with, as hashes: a page that leads to one of them leads in a circle.
    asked: HashSet<u64>,
    hasher: RandomState,
    /// The items of the page before, as a hash, and how many they are.
    before: (u64, i64),
    /// How many pages in a row had no items, and how many may have none.
    empty: u64,
    pub(crate) empty_limit: u64,
}

enum State {
    /// The request of the next page.
    Ready(Box<Request>),
    /// The response is awaited. The request is kept for `resume` where it can be sent twice.
    Asking(Option<Box<Request>>, ResponseFuture<Reply>),
    /// The page that failed, and ended the stream. `resume` requests it again.
    Failed(Box<Request>),
    /// There is another page, but no request for it. This error ends the stream.
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

    /// Ends the pages after an error: whoever reads on would send the same request without an end.
    fn fail(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(request) => State::Failed(request),
            state => state,
        };
    }

    /// Requests the page that failed again with the next poll.
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

    /// Goes on to the page behind this one. The error is that this one was there before.
    fn go_on(&mut self, reply: &Reply) -> Result<()> {
        let request = match std::mem::replace(&mut self.state, State::Over) {
            State::Ready(request) => Some(request),
            _ => None,
        };
        let fault = |why: String| reply.undecodable(Fault::of_whole(why, false));
        if self.is_same(reply).map_err(|why| reply.undecodable(why))? {
            return Err(fault("the page is the same as the one before".to_owned()));
        }
        self.given += 1;
        let Some(mut request) = request else {
            let why = "the next page cannot be asked for: the body was sent, and is gone";
            self.state = State::Broken(fault(why.to_owned()));
            return Ok(());
        };
        self.state = match self.turn(&mut request, reply) {
            Ok(false) => State::Over,
            Ok(true) if self.empty > self.empty_limit => State::Broken(fault(format!(
                "more than {} pages in a row are empty: raise `max_empty_pages` if that is right",
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

    /// Whether a server that counts has given the same items again, which it does for ever where it
    /// takes no notice of the number.
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

    /// Turns the request to the page behind this one, and tells whether there is one.
    fn turn(&mut self, request: &mut Request, reply: &Reply) -> Result<bool, Fault> {
        let more = match self.paging.end {
            End::More(path) => find(reply.body(), path)?.map(RawValue::get),
            End::Untold | End::Total(_) => None,
        };
        match more {
            Some("false") => Ok(false),
            Some("true") if !self.step(request, reply, true)? => Err(Fault::of_whole(
                "there are more pages, but nothing to ask for them with",
                false,
            )),
            Some("true") => Ok(true),
            _ => self.step(request, reply, false),
        }
    }

    /// The same, but for what tells whether there are more.
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
        let (place, next, all) = match self.paging.next {
            Next::Cursor(place, path) => return self.turn_to(request, place, find(body, path)?),
            Next::LastItem(place, path) => {
                let last = list.last().map(|item| descend(body, item, path));
                return self.turn_to(request, place, last.transpose()?.flatten());
            }
            Next::Link(read) => return self.follow(request, read(reply.headers())),
            Next::Url(path) => return self.follow(request, told(path)?),
            Next::Page(place, first) => {
                let page = number(request, place).unwrap_or(first);
                let all = total.map(|total: i64| total.saturating_add(first));
                (place, page.saturating_add(1), all)
            }
            Next::Offset(place) => {
                let offset = number(request, place).unwrap_or(0);
                (place, offset.saturating_add(count), total)
            }
        };
        // Where nothing tells, a page is the last that has fewer items than the one before.
        let is_last = match all {
            Some(all) => next >= all,
            None => !more && count < self.before.1,
        };
        self.before.1 = count;
        let next = next.to_string();
        place.set(request, &next, &next);
        Ok(count > 0 && !is_last)
    }

    fn turn_to(
        &mut self,
        request: &mut Request,
        place: Place,
        cursor: Option<&RawValue>,
    ) -> Result<bool, Fault> {
        let Some((json, cursor)) = cursor.and_then(|json| Some((json, text(json)?))) else {
            return Ok(false);
        };
        if let Some(own) = place.value(request) {
            self.asked.insert(self.hasher.hash_one(own));
        }
        place.set(request, json.get(), &cursor);
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

    /// Whether pages go on where nothing was asked for with this before.
    fn once(&mut self, text: &str) -> Result<bool, Fault> {
        match self.asked.insert(self.hasher.hash_one(text)) {
            true => Ok(true),
            false => Err(Fault::of_whole(
                "the page leads to one that was there before",
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

/// A response that is decoded later.
fn whole(reply: &Reply) -> Result<Reply> {
    Ok(reply.clone())
}

/// The items of a page; none where there is no list.
pub(crate) fn items<T: DeserializeOwned>(reply: &Reply, path: Path) -> Result<Vec<T>> {
    let body = reply.body();
    let items = find(body, path).and_then(|list| match list {
        Some(list) => read(body, list),
        None => Ok(Vec::new()),
    });
    items.map_err(|fault| reply.undecodable(fault))
}

/// The items of a page, as they are written.
fn list(body: &[u8], path: Path) -> Result<Vec<&RawValue>, Fault> {
    match find(body, path)? {
        Some(list) => read(body, list),
        None => Ok(Vec::new()),
    }
}

/// What the members lead to; `None` where one is not there, or is null.
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

/// Reads a part of a body where it stands, so that the place of a fault is known.
fn read<'a, T: Deserialize<'a>>(body: &[u8], part: &'a RawValue) -> Result<T, Fault> {
    let offset = part.get().as_ptr().addr() - body.as_ptr().addr();
    let value = serde_json::from_str(part.get());
    value.map_err(|error| Fault::of_part(body, offset, &error))
}

/// A text or a number, as a query has it; `None` for an empty text and everything else.
fn text(value: &RawValue) -> Option<String> {
    let json = value.get();
    let text = match json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        true => json.to_owned(),
        false => serde_json::from_str(json).ok()?,
    };
    (!text.is_empty()).then_some(text)
}

fn number(request: &Request, place: Place) -> Option<i64> {
    let text = place.value(request)?;
    // Where the API calls it a number, it is one with a point.
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}
