//! Pagination: lists that the API returns page by page.
//!
//! The methods `pages` and `items` of a builder return [`Pages`] and [`Items`]. Both are a [`Stream`], and
//! can also be read without a crate for streams. Each page is requested on demand, with the options and
//! retries of the first request.

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
/// while let Some(page) = pages.try_next().await? {
///     println!("{page:?}");
/// }
/// ```
///
/// The stream ends after its first error. [`resume`](Self::resume) requests the failed page again. If a page
/// leads back to an earlier page, the stream returns an error.
#[must_use = "no page is requested until it is awaited"]
pub struct Pages<T> {
    walk: Walk,
    decode: Decoder<T>,
}

impl<T> Pages<T> {
    pub(crate) fn new(request: Request, decode: Decoder<T>, paging: &'static Paging) -> Self {
        let walk = Walk::new(request, paging);
        Self { walk, decode }
    }

    /// Sets the largest number of pages. If there are more, the stream ends with an error and requests no
    /// further page.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.limit = pages;
        self
    }

    /// Sets how many consecutive pages may be empty. The default is 100. If there are more, the stream ends
    /// with an error, since such a server may never return a last page.
    pub fn max_empty_pages(mut self, pages: u64) -> Self {
        self.walk.empty_limit = pages;
        self
    }

    /// Requests the failed page again at the next poll, so that no page is skipped.
    ///
    /// It has no effect unless the stream ended with an error of a request or its response. Wait before you
    /// resume: the client has already retried what its [`RetryPolicy`](crate::RetryPolicy) covers.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    /// Returns the next page, or `None` after the last page and after an error. No page is lost if the future
    /// is dropped.
    ///
    /// # Errors
    ///
    /// Returns the error of the request. Returns [`Error::Decode`](crate::Error::Decode) if a page leads back
    /// to an earlier page or to another host, or if a limit on pages is exceeded.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
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
/// while let Some(item) = items.try_next().await? {
///     println!("{item:?}");
/// }
/// ```
///
/// The stream ends after its first error. [`resume`](Self::resume) requests the failed page again.
#[must_use = "no page is requested until it is awaited"]
pub struct Items<T> {
    walk: Walk,
    decode: fn(&Reply, paging::Path) -> Result<Vec<T>>,
    /// The items of the last page that were not returned yet.
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

    /// Sets the largest number of pages. If there are more, the stream ends with an error and requests no
    /// further page.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.limit = pages;
        self
    }

    /// Sets how many consecutive pages may be empty. The default is 100. If there are more, the stream ends
    /// with an error, since such a server may never return a last page.
    pub fn max_empty_pages(mut self, pages: u64) -> Self {
        self.walk.empty_limit = pages;
        self
    }

    /// Requests the failed page again at the next poll, so that no page is skipped.
    ///
    /// It has no effect unless the stream ended with an error of a request or its response. Wait before you
    /// resume: the client has already retried what its [`RetryPolicy`](crate::RetryPolicy) covers.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    /// Returns the next item, or `None` after the last item and after an error. No item is lost if the future
    /// is dropped.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<T>> {
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

/// No field is pinned, whatever the type of the items.
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
