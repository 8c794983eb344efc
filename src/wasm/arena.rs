//! An allocator for what happens here: settings are compiled once and stay, and all that an event allocates is garbage when
//! the event is done. So memory is handed out in one direction, and taken back in one step.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr::null_mut;
use wasm_bindgen::prelude::*;

const PAGE: usize = 65_536;
/// Blocks start at multiples of this, which no type here exceeds.
const ALIGNMENT: usize = 8;

#[wasm_bindgen(raw_module = "host")]
extern "C" {
    /// Tells JavaScript, whose views of the memory are void now.
    fn grown();
}

/// The next free byte, and the end of the memory.
pub struct Arena {
    next: Cell<usize>,
    end: Cell<usize>,
}

// There are no threads in this wasm.
unsafe impl Sync for Arena {}

impl Arena {
    /// Without memory; it takes its first at the first allocation.
    pub const fn new() -> Self {
        Arena { next: Cell::new(0), end: Cell::new(0) }
    }

    /// What [`Arena::reset`] needs to free all that is allocated from here on.
    pub fn mark(&self) -> usize {
        self.next.get()
    }

    /// Frees everything allocated since `mark`.
    ///
    /// # Safety
    /// Nothing allocated since then may be used again.
    pub unsafe fn reset(&self, mark: usize) {
        // The very first allocation after a mark of 0 only took the memory.
        if mark > 0 {
            self.next.set(mark);
        }
    }

    #[inline(never)]
    fn take(&self, size: usize) -> usize {
        let size = (size + ALIGNMENT - 1) & !(ALIGNMENT - 1);
        if size > self.end.get() - self.next.get() {
            let pages = size.div_ceil(PAGE);
            let before = memory_grow(0, pages);
            if before == usize::MAX {
                return 0;
            }
            if self.end.get() != before * PAGE {
                self.next.set(before * PAGE);
            }
            self.end.set(memory_size(0) * PAGE);
            grown();
        }
        let block = self.next.get();
        self.next.set(block + size);
        block
    }
}

unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match self.take(layout.size()) {
            0 => null_mut(),
            block => block as *mut u8,
        }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
