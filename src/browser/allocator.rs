//! A small allocator for a small heap: blocks of powers of two, each size with a list of the free ones.
//!
//! Handling an event allocates and frees a few short lists; both are a handful of instructions here, whatever was
//! allocated before. Memory is never given back, as wasm cannot.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr::null_mut;

const PAGE: usize = 65_536;
/// Blocks start at multiples of this, which no type here exceeds.
const SMALLEST: usize = 8;

/// Free blocks by size, as linked lists through the blocks themselves, and the memory not yet used for any.
pub struct Allocator {
    free: [Cell<*mut u8>; usize::BITS as usize],
    next: Cell<usize>,
    end: Cell<usize>,
}

// There are no threads in this wasm.
unsafe impl Sync for Allocator {}

impl Allocator {
    /// Without memory; it takes its first at the first allocation.
    pub const fn new() -> Self {
        Allocator {
            free: [const { Cell::new(null_mut()) }; usize::BITS as usize],
            next: Cell::new(0),
            end: Cell::new(0),
        }
    }

    fn list(&self, layout: Layout) -> (usize, &Cell<*mut u8>) {
        let size = layout.size().max(SMALLEST).next_power_of_two();
        (size, &self.free[size.trailing_zeros() as usize & 31])
    }

    fn carve(&self, size: usize) -> *mut u8 {
        if self.end.get() - self.next.get() < size {
            let pages = size.div_ceil(PAGE);
            let end = memory_size(0) * PAGE;
            if memory_grow(0, pages) == usize::MAX {
                return null_mut();
            }
            // Memory that grew since belongs to someone else only if someone else grows it: no one does.
            if end != self.end.get() {
                self.next.set(end);
            }
            self.end.set(end + pages * PAGE);
        }
        let block = self.next.get();
        self.next.set(block + size);
        block as *mut u8
    }
}

unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, list) = self.list(layout);
        let block = list.get();
        if block.is_null() {
            return self.carve(size);
        }
        // A free block begins with the address of the next one.
        list.set(unsafe { block.cast::<*mut u8>().read() });
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let (_, list) = self.list(layout);
        unsafe { block.cast::<*mut u8>().write(list.get()) };
        list.set(block);
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // Safety: the caller vouches for `new_size`, and alignments here never exceed a block's.
        let wanted = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        if self.list(layout).0 == self.list(wanted).0 {
            return block;
        }
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                block.copy_to_nonoverlapping(moved, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
