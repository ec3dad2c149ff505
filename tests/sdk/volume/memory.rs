//! The memory of this process, as the system and the allocator count it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static LIVE: AtomicI64 = AtomicI64::new(0);

/// Returns the number of allocated bytes.
pub fn live() -> i64 {
    LIVE.load(Relaxed)
}

/// Returns the peak memory of this process in bytes.
pub fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("a system that tells it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibi = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibi.expect("a number") * 1024
}

/// The system's allocator, with a counter.
struct Counting;

fn add(bytes: usize) {
    LIVE.fetch_add(bytes as i64, Relaxed);
}

fn take(bytes: usize) {
    LIVE.fetch_sub(bytes as i64, Relaxed);
}

// SAFETY: every method forwards to the system's allocator.
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
