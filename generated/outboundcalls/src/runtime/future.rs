//! Futures of requests.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::{
    body::Body,
    error::Result,
    execute::{build, execute},
    request::Request,
    response::{Decoder, RawResponse, Reply},
    transport::BoxFuture,
};

/// A request that is being sent: a future of [`Result<T>`].
///
/// Nothing is sent before it is polled. Dropping it cancels the request, but the server may already have
/// received it.
#[must_use = "a request is not sent unless it is awaited"]
pub struct ResponseFuture<T> {
    reply: BoxFuture<'static, Result<Reply>>,
    decode: Decoder<T>,
}

impl<T> ResponseFuture<T> {
    pub(super) fn new(request: Request, decode: Decoder<T>) -> Self {
        Self {
            reply: Box::pin(execute(request)),
            decode,
        }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        self.reply
            .as_mut()
            .poll(cx)
            .map(|reply| reply.and_then(|reply| reply.decode(decode)))
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}

/// A request that is being sent: a future of [`Result<RawResponse<T>>`](RawResponse).
///
/// Nothing is sent before it is polled. Dropping it cancels the request, but the server may already have
/// received it.
#[must_use = "a request is not sent unless it is awaited"]
pub struct RawResponseFuture<T> {
    reply: BoxFuture<'static, Result<Reply>>,
    decode: Decoder<T>,
}

impl<T> RawResponseFuture<T> {
    pub(super) fn new(request: Request, decode: Decoder<T>) -> Self {
        Self {
            reply: Box::pin(execute(request)),
            decode,
        }
    }
}

impl<T> Future for RawResponseFuture<T> {
    type Output = Result<RawResponse<T>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        self.reply
            .as_mut()
            .poll(cx)
            .map(|reply| reply.map(|reply| RawResponse::of(reply, decode)))
    }
}

impl<T> fmt::Debug for RawResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawResponseFuture")
    }
}

/// A request that is built but not sent: a future of [`Result<http::Request<Body>>`](Body).
///
/// It is a future because a provider may have to supply a credential.
#[must_use = "a request is not built unless it is awaited"]
pub struct HttpRequestFuture {
    request: BoxFuture<'static, Result<http::Request<Body>>>,
}

impl HttpRequestFuture {
    pub(super) fn new(request: Request) -> Self {
        Self {
            request: Box::pin(build(request)),
        }
    }
}

impl Future for HttpRequestFuture {
    type Output = Result<http::Request<Body>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.request.as_mut().poll(cx)
    }
}

impl fmt::Debug for HttpRequestFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpRequestFuture")
    }
}
