//! The only code that knows JavaScript: handles to its values, what is exported to it, and what is said to Intercom.
//!
//! Every import and export takes and gives numbers only, so that no glue code is needed between the two: a value of
//! JavaScript is a [`handle::Handle`], text is copied through the wasm's memory.

#![allow(unreachable_pub, reason = "what is exported to JavaScript is public without being reachable from Rust")]

#[cfg(target_os = "none")]
#[cfg_attr(not(feature = "web"), allow(dead_code, reason = "what has no values of JavaScript frees nothing"))]
mod arena;
#[cfg(all(feature = "cloud", not(target_os = "none")))]
mod cloud;
#[cfg(all(feature = "forward", target_os = "none"))]
mod forwarding;
#[cfg(any(feature = "web", feature = "cloud", not(target_os = "none")))]
pub mod handle;
#[cfg(any(feature = "inspect", all(feature = "cloud", not(target_os = "none"))))]
mod inspect;
#[cfg(all(feature = "web", target_os = "none"))]
mod messenger;
#[cfg(all(feature = "web", target_os = "none"))]
mod numbers;
#[cfg(all(feature = "oracle", feature = "web", target_os = "none"))]
mod oracle;
#[cfg(any(feature = "inspect", all(feature = "cloud", not(target_os = "none"))))]
mod report;
#[cfg(all(feature = "web", target_os = "none"))]
#[allow(missing_docs, reason = "only the linker reads them")]
pub mod sentences;
#[cfg(all(feature = "web", target_os = "none"))]
mod web;
#[cfg(any(feature = "web", feature = "cloud"))]
mod written;

#[cfg(target_os = "none")]
mod runtime {
    use super::arena::{Arena, Memory};
    use core::arch::wasm32::{memory_grow, memory_size};

    mod host {
        use wasm_bindgen::prelude::*;

        #[wasm_bindgen(raw_module = "host")]
        extern "C" {
            pub fn grown();
        }
    }

    /// The wasm's only memory.
    struct Own;

    impl Memory for Own {
        fn pages(&self) -> usize {
            memory_size(0)
        }

        fn grow(&self, pages: usize) -> usize {
            memory_grow(0, pages)
        }

        fn grown(&self) {
            host::grown();
        }
    }

    #[global_allocator]
    static ARENA: Arena<Own> = Arena::new(Own);

    /// Runs `step` and frees all it allocated.
    ///
    /// # Safety
    /// Nothing that `step` allocates may be kept.
    #[cfg(feature = "web")]
    pub unsafe fn freeing_all(step: impl FnOnce()) {
        let mark = ARENA.mark();
        step();
        // SAFETY: the caller keeps nothing that `step` allocated.
        unsafe { ARENA.reset(mark) };
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo) -> ! {
        core::arch::wasm32::unreachable()
    }
}
