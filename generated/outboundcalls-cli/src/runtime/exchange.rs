//! A request on its way, without the types of its operation.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use futures_core::Stream;
use sdk::bytes::Bytes;
use sdk::http::{HeaderMap, StatusCode};
use sdk::transport::Body;
use sdk::{Error, HttpRequestFuture, RawResponseFuture};
use serde_core::Serialize;
use serde_json::Value;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Values that arrive one by one.
pub type Values = Pin<Box<dyn Stream<Item = Result<Value, Error>> + Send>>;

/// A request in one of the ways in which it can be sent. Nothing is sent before it is awaited.
pub enum Exchange {
    Build(HttpRequestFuture),
    Send(BoxFuture<Result<Response, Error>>),
    Stream(BoxFuture<Result<Values, Error>>),
    Download(BoxFuture<Result<(Response, Body), Error>>),
}

/// A successful response.
#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Response {
    /// Returns the body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        let text = self
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body);
        serde_json::from_slice(text).ok()
    }

    /// Returns the media type, without parameters.
    pub fn media_type(&self) -> &str {
        let value = self
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        value
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim()
    }

    /// Returns whether the media type is JSON.
    pub fn is_json(&self) -> bool {
        let media_type = self.media_type().to_ascii_lowercase();
        media_type.ends_with("/json") || media_type.ends_with("+json")
    }
}

impl Exchange {
    pub fn build(request: HttpRequestFuture) -> Self {
        Self::Build(request)
    }

    pub fn send<T: 'static>(response: RawResponseFuture<T>) -> Self {
        Self::Send(Box::pin(async move {
            let response = response.await?;
            Ok(Response {
                status: response.status(),
                headers: response.headers().clone(),
                body: response.body().clone(),
            })
        }))
    }

    /// The items of all pages.
    pub fn items<S, T>(items: S) -> Self
    where
        S: Stream<Item = Result<T, Error>> + Send + 'static,
        T: Serialize,
    {
        Self::Stream(Box::pin(async move {
            Ok(values(items, |item: &T| to_value(item)))
        }))
    }

    /// The values of a stream.
    pub fn opened<F, S, T, E>(stream: F) -> Self
    where
        F: Future<Output = Result<S, Error>> + Send + 'static,
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Serialize + 'static,
        Error: From<E>,
    {
        Self::opened_with(stream, |value: &T| to_value(value))
    }

    pub fn opened_with<F, S, T, E>(stream: F, value: fn(&T) -> Value) -> Self
    where
        F: Future<Output = Result<S, Error>> + Send + 'static,
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: 'static,
        Error: From<E>,
    {
        Self::Stream(Box::pin(async move { Ok(values(stream.await?, value)) }))
    }
}

/// Returns the value as JSON; a text of the reason if it has none.
pub fn to_value<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::from(error.to_string()))
}

fn values<S, T, E>(stream: S, value: impl Fn(&T) -> Value + Send + 'static) -> Values
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    Error: From<E>,
{
    Box::pin(Mapped {
        stream: Box::pin(stream),
        value,
    })
}

struct Mapped<S, F> {
    stream: Pin<Box<S>>,
    value: F,
}

impl<S, F> Unpin for Mapped<S, F> {}

impl<S, T, E, F> Stream for Mapped<S, F>
where
    S: Stream<Item = Result<T, E>>,
    F: Fn(&T) -> Value,
    Error: From<E>,
{
    type Item = Result<Value, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = self.stream.as_mut().poll_next(context);
        next.map(|next| Some(next?.map(|value| (self.value)(&value)).map_err(Error::from)))
    }
}

/// Returns the next value of a stream.
pub async fn next(values: &mut Values) -> Option<Result<Value, Error>> {
    poll_fn(|context| values.as_mut().poll_next(context)).await
}
