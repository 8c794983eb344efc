//! The boundary's memory, natively: the allocator and the lists that JavaScript writes, on a memory of the test's own. `npm run miri` runs
//! this under Miri, which notices what is read, written or taken outside of where it may be.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, unsafe_code, dead_code, reason = "the files of the boundary are taken as they are")]

extern crate alloc;

#[path = "../../src/wasm/arena.rs"]
mod arena;
#[path = "../../src/wasm/written.rs"]
mod written;

use arena::{Arena, Memory};
use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

const PAGE: usize = 65_536;

/// Pages of the host's memory, of which none are taken at first. A module has its pages from address 0; here they are from `start`.
struct Pages {
    start: usize,
    taken: Cell<usize>,
    told: Cell<usize>,
    block: *mut u8,
    layout: Layout,
}

impl Pages {
    fn new(most: usize) -> Self {
        let layout = Layout::from_size_align(most * PAGE, PAGE).expect("a layout of whole pages");
        // SAFETY: the layout is not empty.
        let block = unsafe { std::alloc::alloc(layout) };
        Pages { start: block.expose_provenance() / PAGE, taken: Cell::new(0), told: Cell::new(0), block, layout }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: it was allocated with this layout, and the arena that uses it borrows it.
        unsafe { std::alloc::dealloc(self.block, self.layout) };
    }
}

impl Memory for &Pages {
    fn pages(&self) -> usize {
        self.start + self.taken.get()
    }

    fn grow(&self, pages: usize) -> usize {
        if (self.taken.get() + pages) * PAGE > self.layout.size() {
            return usize::MAX;
        }
        self.taken.set(self.taken.get() + pages);
        self.pages() - pages
    }

    fn grown(&self) {
        self.told.set(self.told.get() + 1);
    }
}

#[allow(clippy::mut_from_ref, reason = "each call gives memory of its own")]
fn block<'a>(arena: &'a Arena<&Pages>, size: usize) -> &'a mut [u8] {
    let layout = Layout::from_size_align(size, 8).expect("a layout");
    // SAFETY: the layout is not empty.
    let start = unsafe { arena.alloc(layout) };
    assert!(!start.is_null() && start.addr().is_multiple_of(8), "{start:?}");
    // SAFETY: the block is of this size.
    unsafe { start.write_bytes(0xaa, size) };
    // SAFETY: it has just been filled, and is given out once.
    unsafe { std::slice::from_raw_parts_mut(start, size) }
}

#[test]
fn blocks_are_apart_and_hold_what_is_written() {
    let pages = Pages::new(8);
    let arena = Arena::new(&pages);
    let sizes = [1, 7, 8, 9, 4096, 65_000, 65_536, 65_537, 3];
    let blocks: Vec<_> = sizes.iter().map(|&size| block(&arena, size)).collect();
    for (place, block) in blocks.into_iter().enumerate() {
        assert_eq!(block.len(), sizes[place]);
        assert!(block.iter().all(|&byte| byte == 0xaa), "block {place}");
        block.fill(place as u8);
    }
    assert!(pages.told.get() >= 3);
}

#[test]
fn what_was_taken_since_a_mark_is_given_again() {
    let pages = Pages::new(2);
    let arena = Arena::new(&pages);
    let kept = block(&arena, 24);
    kept.fill(1);
    let mark = arena.mark();
    let first = block(&arena, 100).as_ptr().addr();
    // SAFETY: the block is not used again.
    unsafe { arena.reset(mark) };
    assert_eq!(block(&arena, 8).as_ptr().addr(), first);
    assert!(kept.iter().all(|&byte| byte == 1));
}

#[test]
fn a_step_before_any_memory_is_taken_frees_nothing_of_what_was_before() {
    let pages = Pages::new(2);
    let arena = Arena::new(&pages);
    let mark = arena.mark();
    let first = block(&arena, 16);
    // SAFETY: a mark of 0 frees nothing.
    unsafe { arena.reset(mark) };
    let second = block(&arena, 16);
    second.fill(2);
    assert!(first.iter().all(|&byte| byte == 0xaa));
}

#[test]
fn pages_that_another_took_are_left_alone() {
    let pages = Pages::new(4);
    let arena = Arena::new(&pages);
    block(&arena, 65_000);
    let taken = (&pages).grow(1) * PAGE;
    let after = block(&arena, 1000);
    let start = after.as_ptr().addr();
    assert!(start >= taken + PAGE, "{start} is in the page at {taken}");
}

#[test]
fn where_no_page_is_left_there_is_no_block() {
    let pages = Pages::new(1);
    let arena = Arena::new(&pages);
    block(&arena, 65_000);
    // SAFETY: the layout is not empty.
    assert!(unsafe { arena.alloc(Layout::from_size_align(4096, 8).expect("a layout")) }.is_null());
    block(&arena, 8);
}

/// JavaScript's half: it writes what there is room for, and keeps the rest for a second step.
fn list_of(words: &[u32]) -> Vec<u32> {
    let all = |at: *mut u32| {
        for (place, &word) in words.iter().enumerate() {
            // SAFETY: there is room for all words, as the caller said.
            let to = unsafe { at.add(place) };
            // SAFETY: as above.
            unsafe { to.write(word) };
        }
    };
    let write = |at: *mut u32, room: usize| {
        if words.len() <= room {
            all(at);
        }
        words.len()
    };
    // SAFETY: `write` and `all` write what they say.
    unsafe { written::list(write, all) }
}

#[test]
fn lists_of_any_length_come_whole() {
    for length in [0, 1, 15, 16, 17, 1000] {
        let words: Vec<u32> = (0..length).collect();
        assert_eq!(list_of(&words), words);
    }
}

#[test]
fn fewer_items_than_there_is_room_for_are_no_more() {
    let write = |at: *mut u8| {
        // SAFETY: there is room for four.
        unsafe { at.write(7) };
        1
    };
    // SAFETY: one item is written, as it says.
    assert_eq!(unsafe { written::up_to(4, write) }, [7]);
}
