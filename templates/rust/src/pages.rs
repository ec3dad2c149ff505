//! Lists that the API gives page by page.
//!
//! Both are made by the calls that give pages, and are a [`Stream`] that can be read without any
//! crate for streams. Each page is asked for when it is needed, by a call as any other, with the
//! same options and retries.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use serde_core::de::DeserializeOwned;

use crate::{
    error::Result,
    paging::{self, Paging, Walk},
    runtime::{Decoder, Reply, Request},
};

/// The pages of a list, one after the other.
///
/// ```ignore
/// while let Some(page) = pages.next().await? {
///     println!("{page:?}");
/// }
/// ```
///
/// A page that cannot be had is an error, and is asked for again by the next call of
/// [`next`](Self::next), so who goes on after errors should count them. Pages that lead back to one
/// that was there are an error that ends them.
#[must_use = "no page is asked for unless it is awaited"]
pub struct Pages<T> {
    walk: Walk,
    decode: Decoder<T>,
}

impl<T> Pages<T> {
    pub(crate) fn new(request: Request, decode: Decoder<T>, paging: &'static Paging) -> Self {
        let walk = Walk::new(request, paging);
        Self { walk, decode }
    }

    /// How many pages there may be. One more is an error, and is not asked for.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.limit = pages;
        self
    }

    /// Sets how many pages in a row may have no items. The default is 100. If there are more, the stream
    /// ends with an error: such a server may never come to an end.
    pub fn max_empty_pages(mut self, pages: u64) -> Self {
        self.walk.empty_limit = pages;
        self
    }

    /// The next page; `None` behind the last. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// Fails as the call itself does, and where pages go round in a circle, are more than they may
    /// be, or lead to another host.
    pub async fn next(&mut self) -> Result<Option<T>> {
        poll_fn(|cx| self.poll_page(cx)).await.transpose()
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        self.walk.poll(cx, self.decode)
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.walk.debug("Pages", f)
    }
}

/// The items of all pages of a list, one after the other.
///
/// ```ignore
/// while let Some(item) = items.next().await? {
///     println!("{item:?}");
/// }
/// ```
///
/// For errors, the same holds as for [`Pages`].
#[must_use = "no page is asked for unless it is awaited"]
pub struct Items<T> {
    walk: Walk,
    decode: fn(&Reply, paging::Path) -> Result<Vec<T>>,
    /// Of the page that came last.
    ready: std::vec::IntoIter<T>,
}

impl<T> Items<T> {
    pub(crate) fn new(request: Request, paging: &'static Paging) -> Self
    where
        T: DeserializeOwned,
    {
        Self {
            walk: Walk::new(request, paging),
            decode: paging::items,
            ready: Vec::new().into_iter(),
        }
    }

    /// How many pages there may be. One more is an error, and is not asked for.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.limit = pages;
        self
    }

    /// Sets how many pages in a row may have no items. The default is 100. If there are more, the stream
    /// ends with an error: such a server may never come to an end.
    pub fn max_empty_pages(mut self, pages: u64) -> Self {
        self.walk.empty_limit = pages;
        self
    }

    /// The next item; `None` behind the last. Nothing is lost when the future is dropped.
    ///
    /// # Errors
    ///
    /// Fails as [`Pages::next`] does.
    pub async fn next(&mut self) -> Result<Option<T>> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let (decode, path) = (self.decode, self.walk.paging.items);
            match ready!(self.walk.poll(cx, |reply| decode(reply, path))) {
                Some(Ok(items)) => self.ready = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in it is pinned, whatever the items are.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.walk.debug("Items", f)
    }
}
