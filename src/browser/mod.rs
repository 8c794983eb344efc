//! The only code that knows JavaScript: handles to its values, what is exported to it, and what is said to Intercom.
//!
//! Every import and export takes and gives numbers only, so that no glue code is needed between the two: a value of
//! JavaScript is a [`value::Handle`], text is copied through the wasm's memory.

#[cfg(target_os = "none")]
mod allocator;
#[cfg(feature = "inspect")]
mod inspect;
mod messenger;
#[cfg(feature = "oracle")]
mod oracle;
mod plugin;
pub mod value;

#[cfg(target_os = "none")]
mod runtime {
    use super::allocator::Allocator;

    #[global_allocator]
    static ALLOCATOR: Allocator = Allocator::new();

    /// Runs `step` and frees all it allocated.
    ///
    /// # Safety
    /// Nothing that `step` allocates may be kept.
    pub unsafe fn freeing_all(step: impl FnOnce()) {
        let mark = ALLOCATOR.mark();
        step();
        unsafe { ALLOCATOR.reset(mark) };
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo) -> ! {
        core::arch::wasm32::unreachable()
    }
}
