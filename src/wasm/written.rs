//! Lists that JavaScript writes into the wasm's memory.

use alloc::vec::Vec;

/// What is written: 32-bit words, in which every value is valid.
///
/// # Safety
/// The type is made of `u32`s, without anything between them.
pub unsafe trait Words: Copy {}

// SAFETY: it is one.
unsafe impl Words for u32 {}

/// A list of at most `room` items: `write` gets where they go, and gives their number.
///
/// # Safety
/// `write` writes as many items as it says, and `room` at most.
pub unsafe fn up_to<T>(room: usize, write: impl FnOnce(*mut T) -> usize) -> Vec<T> {
    let mut out = Vec::with_capacity(room);
    let count = write(out.as_mut_ptr());
    // SAFETY: so many have just been written, and there is room for them.
    unsafe { out.set_len(count) };
    out
}

/// A list of any length: `write` gets where its words go, for how many there is room, and gives how many there are; when there are too many,
/// it writes none, and `write_all` is asked.
///
/// # Safety
/// `write` writes what it says if there is room, and `write_all` as many words as `write` said.
pub unsafe fn list<T: Words>(write: impl FnOnce(*mut u32, usize) -> usize, write_all: impl FnOnce(*mut u32)) -> Vec<T> {
    const FEW: usize = 16;
    let words = size_of::<T>() / size_of::<u32>();
    let mut out: Vec<T> = Vec::with_capacity(FEW);
    let count = write(out.as_mut_ptr().cast(), FEW * words) / words;
    if count > FEW {
        out = Vec::with_capacity(count);
        write_all(out.as_mut_ptr().cast());
    }
    // SAFETY: so many items have just been written, each of them words without invalid values.
    unsafe { out.set_len(count) };
    out
}
