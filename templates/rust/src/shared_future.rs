//! A task that several callers wait for and that runs once.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use crate::runtime::BoxFuture;

/// A future that is polled by any task that waits for it. If one of them is dropped, another continues. The
/// future is dropped with the last.
pub(crate) struct SharedFuture<T> {
    progress: Mutex<Progress<T>>,
    waiting: Arc<Waiting>,
    tickets: AtomicU64,
}

enum Progress<T> {
    Under(BoxFuture<'static, T>),
    Done(T),
}

/// The wakers of the waiting tasks.
#[derive(Default)]
struct Waiting(Mutex<BTreeMap<u64, Waker>>);

impl<T> SharedFuture<T> {
    pub(crate) fn new(work: BoxFuture<'static, T>) -> Arc<Self> {
        Arc::new(Self {
            progress: Mutex::new(Progress::Under(work)),
            waiting: Arc::default(),
            tickets: AtomicU64::new(0),
        })
    }
}

impl Wake for Waiting {
    /// Wakes all: any of them may be dropped before it polls.
    fn wake(self: Arc<Self>) {
        let waiting = std::mem::take(&mut *lock(&self.0));
        for waker in waiting.into_values() {
            waker.wake();
        }
    }
}

/// A task that waits for a [`SharedFuture`].
pub(crate) struct SharedFutureHandle<T> {
    future: Arc<SharedFuture<T>>,
    ticket: u64,
}

impl<T> SharedFutureHandle<T> {
    pub(crate) fn new(future: Arc<SharedFuture<T>>) -> Self {
        let ticket = future.tickets.fetch_add(1, Ordering::Relaxed);
        Self { future, ticket }
    }
}

impl<T: Clone> Future for SharedFutureHandle<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let future = &self.future;
        lock(&future.waiting.0).insert(self.ticket, cx.waker().clone());
        let mut progress = lock(&future.progress);
        let work = match &mut *progress {
            Progress::Under(work) => work,
            Progress::Done(output) => return Poll::Ready(output.clone()),
        };
        let waker = Waker::from(future.waiting.clone());
        let Poll::Ready(output) = work.as_mut().poll(&mut Context::from_waker(&waker)) else {
            return Poll::Pending;
        };
        *progress = Progress::Done(output.clone());
        drop(progress);
        waker.wake();
        Poll::Ready(output)
    }
}

impl<T> Drop for SharedFutureHandle<T> {
    /// This may be the task that the future would wake, so another takes over.
    fn drop(&mut self) {
        lock(&self.future.waiting.0).remove(&self.ticket);
        self.future.waiting.clone().wake();
    }
}

/// The data behind these locks is valid even after a panic of the future.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
