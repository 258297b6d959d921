//! An allocator that counts, so that a kind can say how often and how much it allocates.
//!
//! It hands everything to the allocator of the system and counts only between [`start`] and [`stop`]; times are taken
//! without counting. One measurement at a time.

// An allocator cannot be written without `unsafe`. This one only passes its arguments on; nothing else in the package
// is allowed to use it.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static COUNTS: AtomicBool = AtomicBool::new(false);
static CALLS: AtomicU64 = AtomicU64::new(0);
/// Bytes taken since the start minus bytes given back.
static HELD: AtomicI64 = AtomicI64::new(0);
static MOST_HELD: AtomicI64 = AtomicI64::new(0);

struct Counting;

fn count(taken: usize, given_back: usize) {
    let change = taken as i64 - given_back as i64;
    let held = HELD.fetch_add(change, Relaxed) + change;
    MOST_HELD.fetch_max(held, Relaxed);
    CALLS.fetch_add(u64::from(taken > 0), Relaxed);
}

// SAFETY: every call goes to the system's allocator with the arguments it came with.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if COUNTS.load(Relaxed) {
            count(layout.size(), 0);
        }
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if COUNTS.load(Relaxed) {
            count(0, layout.size());
        }
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if COUNTS.load(Relaxed) {
            count(size, layout.size());
        }
        // SAFETY: as the caller promised.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What was allocated between start and stop.
#[derive(Clone, Copy, Debug)]
pub struct Allocations {
    /// How often memory was asked for.
    pub calls: u64,
    /// Most bytes held at once, above those held at the start.
    pub peak_bytes: i64,
}

/// Begins to count from zero.
pub fn start() {
    for counter in [&HELD, &MOST_HELD] {
        counter.store(0, Relaxed);
    }
    CALLS.store(0, Relaxed);
    COUNTS.store(true, Relaxed);
}

/// Ends counting.
pub fn stop() -> Allocations {
    COUNTS.store(false, Relaxed);
    Allocations { calls: CALLS.load(Relaxed), peak_bytes: MOST_HELD.load(Relaxed) }
}
