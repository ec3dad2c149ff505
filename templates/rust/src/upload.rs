//! Bodies from files and readers, which are read while they are sent.

use std::{
    fs::File,
    future::Future,
    io::{self, Read},
    path::{Path, PathBuf},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    io::{AsyncRead, ReadBuf},
    runtime::Handle,
    task::JoinHandle,
};

use crate::runtime::Body;

/// The size of a read.
const CHUNK: usize = 64 * 1024;

impl Body {
    /// Creates a body from the file at this path. The file is opened for each attempt, so the request can be
    /// retried.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such file, or outside of a Tokio runtime.
    pub async fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let opened = path.clone();
        let length = joined(blocking(move || File::open(opened)?.metadata())?.await)?.len();
        let chunks = move || Self::stream(FileChunks::new(path.clone(), length));
        Ok(Self::repeatable(chunks).with_length(length))
    }

    /// Creates a body from a reader. The request cannot be retried. [`Body::with_length`] adds a
    /// `Content-Length` header.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(ReaderChunks {
            reader: Box::pin(reader),
            buffer: Vec::new(),
        })
    }
}

/// Reads on the threads that Tokio has for blocking work, since files have no asynchronous reads. Outside of
/// a runtime, Tokio would panic.
fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<JoinHandle<io::Result<T>>> {
    match Handle::try_current() {
        Ok(runtime) => Ok(runtime.spawn_blocking(work)),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn joined<T>(result: Result<io::Result<T>, tokio::task::JoinError>) -> io::Result<T> {
    result.map_err(io::Error::other)?
}

/// The chunks of a file, up to its length when it was opened.
enum FileChunks {
    Closed(PathBuf, u64),
    Open(io::Take<File>),
    Reading(JoinHandle<io::Result<(io::Take<File>, Bytes)>>),
    Done,
}

impl FileChunks {
    fn new(path: PathBuf, length: u64) -> Self {
        Self::Closed(path, length)
    }
}

fn read(mut file: io::Take<File>) -> io::Result<(io::Take<File>, Bytes)> {
    let mut buffer = Vec::with_capacity(CHUNK);
    let chunk = u64::try_from(CHUNK).unwrap_or(u64::MAX);
    file.by_ref().take(chunk).read_to_end(&mut buffer)?;
    Ok((file, buffer.into()))
}

impl Stream for FileChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let started = match std::mem::replace(&mut *self, Self::Done) {
                Self::Done => return Poll::Ready(None),
                Self::Closed(path, length) => {
                    blocking(move || read(File::open(path)?.take(length)))
                }
                Self::Open(file) => blocking(move || read(file)),
                Self::Reading(mut reading) => {
                    let Poll::Ready(result) = Pin::new(&mut reading).poll(cx) else {
                        *self = Self::Reading(reading);
                        return Poll::Pending;
                    };
                    return Poll::Ready(match joined(result) {
                        Ok((_, chunk)) if chunk.is_empty() => None,
                        Ok((file, chunk)) => {
                            *self = Self::Open(file);
                            Some(Ok(chunk))
                        }
                        Err(error) => Some(Err(error)),
                    });
                }
            };
            match started {
                Ok(reading) => *self = Self::Reading(reading),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

struct ReaderChunks {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: Vec<u8>,
}

impl Stream for ReaderChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        this.buffer.resize(CHUNK, 0);
        let mut buffer = ReadBuf::new(&mut this.buffer);
        ready!(this.reader.as_mut().poll_read(cx, &mut buffer))?;
        let filled = buffer.filled();
        Poll::Ready((!filled.is_empty()).then(|| Ok(Bytes::copy_from_slice(filled))))
    }
}
