//! An allocator for what happens here: settings are compiled once and stay, and all that an event allocates is garbage when
//! the event is done. So memory is handed out in one direction, and taken back in one step.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr::with_exposed_provenance_mut;

const PAGE: usize = 65_536;
/// Blocks start at multiples of this, which no type here exceeds.
const ALIGNMENT: usize = 8;

/// Where an arena gets its memory: the wasm's own, or a test's.
pub trait Memory {
    /// How many pages there are, of 64 KiB each, from address 0.
    fn pages(&self) -> usize;

    /// Adds pages that nobody else uses, and gives how many there were before, or `usize::MAX` where there are none to be had.
    fn grow(&self, pages: usize) -> usize;

    /// Tells those who keep a view of the memory that it is void now.
    fn grown(&self);
}

/// The next free byte, and the end of the memory.
pub struct Arena<M> {
    memory: M,
    next: Cell<usize>,
    end: Cell<usize>,
}

// SAFETY: there are no threads in this wasm, and tests keep to one.
unsafe impl<M> Sync for Arena<M> {}

impl<M: Memory> Arena<M> {
    /// Without memory; it takes its first at the first allocation.
    pub const fn new(memory: M) -> Self {
        Arena { memory, next: Cell::new(0), end: Cell::new(0) }
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
            let before = self.memory.grow(pages);
            if before == usize::MAX {
                return 0;
            }
            if self.end.get() != before * PAGE {
                self.next.set(before * PAGE);
            }
            self.end.set(self.memory.pages() * PAGE);
            self.memory.grown();
        }
        let block = self.next.get();
        self.next.set(block + size);
        block
    }
}

// SAFETY: a block is inside of memory that `grow` gave, starts at a multiple of `ALIGNMENT`, and overlaps none that is in use: `next` goes
// back in `reset` only, whose callers use no such block any more.
unsafe impl<M: Memory> GlobalAlloc for Arena<M> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        with_exposed_provenance_mut(self.take(layout.size()))
    }

    #[inline(always)]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
