//! Work that falls into independent parts, done on all cores.

use std::num::NonZero;
use std::thread;

/// As much as the main thread has: types nest deeper than a thread's usual stack may.
const STACK: usize = 64 << 20;

/// The results of `work` over the items, in the order of the items.
///
/// Parts of equal length would differ in weight, as large files stand together; so each thread takes
/// every n-th item. A panic in `work` goes on in the caller.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(8);
    // A thread takes longer to start than a few items take to be done.
    if threads == 1 || items.len() < 64 {
        return items.iter().map(work).collect();
    }
    let part = |first: usize| -> Vec<R> {
        items
            .iter()
            .skip(first)
            .step_by(threads)
            .map(&work)
            .collect()
    };
    let parts = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|first| {
                let thread = thread::Builder::new().stack_size(STACK);
                let started = thread.spawn_scoped(scope, move || part(first));
                started.expect("the machine has room for a few threads")
            })
            .collect();
        let joined = handles.into_iter().map(|handle| match handle.join() {
            Ok(results) => results,
            Err(cause) => std::panic::resume_unwind(cause),
        });
        joined.collect::<Vec<_>>()
    });
    let mut parts: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    (0..items.len())
        .filter_map(|index| parts[index % threads].next())
        .collect()
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
