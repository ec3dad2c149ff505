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
pub(crate) struct Flight<T> {
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

impl<T> Flight<T> {
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

/// A task that waits for a [`Flight`].
pub(crate) struct Landing<T> {
    flight: Arc<Flight<T>>,
    ticket: u64,
}

impl<T> Landing<T> {
    pub(crate) fn new(flight: Arc<Flight<T>>) -> Self {
        let ticket = flight.tickets.fetch_add(1, Ordering::Relaxed);
        Self { flight, ticket }
    }
}

impl<T: Clone> Future for Landing<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let flight = &self.flight;
        lock(&flight.waiting.0).insert(self.ticket, cx.waker().clone());
        let mut progress = lock(&flight.progress);
        let work = match &mut *progress {
            Progress::Under(work) => work,
            Progress::Done(output) => return Poll::Ready(output.clone()),
        };
        let waker = Waker::from(flight.waiting.clone());
        let Poll::Ready(output) = work.as_mut().poll(&mut Context::from_waker(&waker)) else {
            return Poll::Pending;
        };
        *progress = Progress::Done(output.clone());
        drop(progress);
        waker.wake();
        Poll::Ready(output)
    }
}

impl<T> Drop for Landing<T> {
    /// This may be the task that the future would wake, so another takes over.
    fn drop(&mut self) {
        lock(&self.flight.waiting.0).remove(&self.ticket);
        self.flight.waiting.clone().wake();
    }
}

/// The data behind these locks is valid even after a panic of the future.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
