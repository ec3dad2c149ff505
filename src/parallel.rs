//! Work that falls into independent parts, done on all cores.

use std::iter;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much as the main thread has: types nest deeper than a thread's usual stack may.
const STACK: usize = 64 << 20;

/// A thread takes longer to start than fewer items take to be done.
const FEW: usize = 8;

/// The results of `work` over the items, in the order of the items.
///
/// Items differ much in weight, so each thread takes the next one when it is done with its last. A panic in
/// `work` goes on in the caller.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(8);
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

/// Two results, the first made on a thread of its own.
pub fn join<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let started = thread.spawn_scoped(scope, one);
        let handle = started.expect("the machine has room for a few threads");
        let other = other();
        match handle.join() {
            Ok(one) => (one, other),
            Err(cause) => std::panic::resume_unwind(cause),
        }
    })
}

/// Drops a value on a thread of its own: to take a large tree apart takes as long as a stage does, and nobody
/// has to wait for it.
pub fn discard<T: Send + 'static>(value: T) {
    // Without a thread the value is dropped here.
    let thread = thread::Builder::new().stack_size(STACK);
    let _ = thread.spawn(move || drop(value));
}

/// What each of some threads gives, the caller's own among them.
fn on_threads<R: Send>(threads: usize, part: impl Fn() -> Vec<R> + Sync) -> Vec<Vec<R>> {
    thread::scope(|scope| {
        let part = &part;
        let start = |_| {
            let thread = thread::Builder::new().stack_size(STACK);
            let started = thread.spawn_scoped(scope, part);
            started.expect("the machine has room for a few threads")
        };
        let handles: Vec<_> = (1..threads).map(start).collect();
        let own = part();
        let joined = handles.into_iter().map(|handle| match handle.join() {
            Ok(results) => results,
            Err(cause) => std::panic::resume_unwind(cause),
        });
        joined.chain([own]).collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        assert_eq!(
            super::map(&items, |item| item * 2),
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert_eq!(super::map(&items[..3], |item| item + 1), [1, 2, 3]);
    }
}
