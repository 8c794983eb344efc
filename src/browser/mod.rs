//! The only code that knows JavaScript: handles to its values, what is exported to it, and what is said to Intercom.
//!
//! Every import and export takes and gives numbers only, so that no glue code is needed between the two: a value of
//! JavaScript is a [`value::Handle`], text is copied through the wasm's memory.

mod messenger;
mod plugin;
pub mod value;

#[cfg(target_os = "none")]
mod runtime {
    use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

    // Without threads there is no one to share the allocator with.
    #[global_allocator]
    static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
        unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo) -> ! {
        core::arch::wasm32::unreachable()
    }
}
