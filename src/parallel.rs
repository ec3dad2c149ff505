//! Runs independent work on all cores.
//!
//! On a single core, the caller's thread does everything: a second thread would save no time, and memory would move
//! between the heaps of threads.
//!
//! The system may refuse a thread if a limit on processes or memory is reached. Then the caller's thread does the
//! work, with the same result.

use std::iter;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{self, Scope, ScopedJoinHandle};

/// The stack size of the main thread. Types nest deeper than the default stack of a thread allows.
const STACK: usize = 64 << 20;

/// The number of items below which starting threads is not worth it.
const FEW: usize = 8;

/// The number of threads to use. Cached, because asking the system reads several files.
static CORES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// Returns the results of `work`, in the order of the items.
///
/// The cost of items varies widely, so each thread takes the next item when it has finished one. A panic in `work`
/// is propagated to the caller.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = (*CORES).min(8);
    if threads == 1 || items.len() < FEW {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let part = || {
        let taken = iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let indices = taken.take_while(|index| *index < items.len());
        indices.map(|index| (index, work(&items[index]))).collect()
    };
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    for (index, result) in on_threads(threads, part).into_iter().flatten() {
        results[index] = Some(result);
    }
    results.into_iter().flatten().collect()
}

/// Returns both results. The first is computed on another thread, if there is a core for it.
pub fn join<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    // If the thread does not start, its closure is dropped. The slot lets the caller take the work back.
    let slot = Mutex::new(Some(one));
    let run = || {
        let one = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        one.map(|one| one())
    };
    thread::scope(|scope| {
        let handle = (*CORES > 1).then(|| start(scope, run)).flatten();
        let other = other();
        let one = handle.map_or_else(run, joined);
        (one.expect("the work is taken once"), other)
    })
}

/// Drops a value on another thread. Dropping a large tree takes as long as a stage, and nobody has to wait for it.
pub fn discard<T: Send + 'static>(value: T) {
    // Without a thread, the value is dropped here.
    let thread = thread::Builder::new().stack_size(STACK);
    let _ = thread.spawn(move || drop(value));
}

/// Returns the results of up to `threads` threads, including the caller's.
fn on_threads<R: Send>(threads: usize, part: impl Fn() -> Vec<R> + Sync) -> Vec<Vec<R>> {
    thread::scope(|scope| {
        let handles: Vec<_> = (1..threads).map_while(|_| start(scope, &part)).collect();
        let own = part();
        handles.into_iter().map(joined).chain([own]).collect()
    })
}

/// Starts a thread, or returns `None` if the system refuses.
fn start<'scope, R: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> R + Send + 'scope,
) -> Option<ScopedJoinHandle<'scope, R>> {
    #[cfg(test)]
    if tests::REFUSES_THREADS.get() {
        return None;
    }
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn_scoped(scope, work).ok()
}

/// Returns the result of a thread, or propagates its panic.
fn joined<R>(handle: ScopedJoinHandle<'_, R>) -> R {
    let result = handle.join();
    result.unwrap_or_else(|cause| std::panic::resume_unwind(cause))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::thread;

    thread_local! {
        /// Whether `start` fails on this thread.
        pub static REFUSES_THREADS: Cell<bool> = const { Cell::new(false) };
    }

    /// Runs a check with and without threads.
    fn both_ways(check: impl Fn()) {
        for refuses in [false, true] {
            REFUSES_THREADS.set(refuses);
            check();
        }
        REFUSES_THREADS.set(false);
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        both_ways(|| {
            let items: Vec<usize> = (0..1_000).collect();
            assert_eq!(
                super::map(&items, |item| item * 2),
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
            assert_eq!(super::map(&items[..3], |item| item + 1), [1, 2, 3]);
        });
    }

    #[test]
    fn work_is_done_once_with_threads_and_without() {
        both_ways(|| {
            let here = thread::current().id();
            let (one, other) = super::join(|| thread::current().id(), || thread::current().id());
            assert_eq!(other, here);
            let has_one = *super::CORES == 1 || REFUSES_THREADS.get();
            assert_eq!(one == here, has_one);
        });
    }

    #[test]
    fn panics_are_propagated() {
        both_ways(|| {
            let joined = || super::join(|| panic!("a defect"), || ());
            assert!(std::panic::catch_unwind(joined).is_err());
        });
    }
}
