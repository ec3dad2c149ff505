//! An allocator with counters. The number of allocations measures steps: unlike time, it hardly varies between
//! machines and runs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static LIVE: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);
static COUNT: AtomicI64 = AtomicI64::new(0);
static MOST_LIVE: AtomicI64 = AtomicI64::new(i64::MAX);
static MOST_COUNT: AtomicI64 = AtomicI64::new(i64::MAX);

/// The resources that some work takes.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    pub allocations: i64,
    /// The peak of allocated bytes.
    pub bytes: i64,
}

/// Does the work, and aborts the process as soon as it takes more than `most`.
pub fn measured<T>(most: Taken, work: impl FnOnce() -> T) -> (T, Taken) {
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    COUNT.store(0, Relaxed);
    MOST_LIVE.store(before + most.bytes, Relaxed);
    MOST_COUNT.store(most.allocations, Relaxed);
    let result = work();
    MOST_LIVE.store(i64::MAX, Relaxed);
    MOST_COUNT.store(i64::MAX, Relaxed);
    let taken = Taken {
        allocations: COUNT.load(Relaxed),
        bytes: PEAK.load(Relaxed) - before,
    };
    (result, taken)
}

/// The system's allocator, with counters and limits.
struct Counting;

fn add(bytes: usize) {
    let live = LIVE.fetch_add(bytes as i64, Relaxed) + bytes as i64;
    PEAK.fetch_max(live, Relaxed);
    if live > MOST_LIVE.load(Relaxed) {
        exceeded(b"limit exceeded: bytes of memory\n");
    }
    if COUNT.fetch_add(1, Relaxed) >= MOST_COUNT.load(Relaxed) {
        exceeded(b"limit exceeded: allocations\n");
    }
}

fn take(bytes: usize) {
    LIVE.fetch_sub(bytes as i64, Relaxed);
}

/// Ends the process. Must not allocate.
fn exceeded(message: &[u8]) -> ! {
    // The process ends even if stderr is closed.
    let _ = std::io::stderr().write_all(message);
    std::process::abort()
}

// SAFETY: each method forwards its arguments to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        add(size);
        take(layout.size());
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        take(layout.size());
        unsafe { System.dealloc(memory, layout) }
    }
}
