//! What is exported to JavaScript: destinations by number, events by handle.

use super::handle::{self, Handle};
use super::messenger;
use crate::value::Value;
use crate::web::actions::Action;
use crate::web::destination::Destination;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;
use wasm_bindgen::prelude::*;

struct Registry(RefCell<Vec<Option<&'static Destination<Handle>>>>);

// There are no threads in this wasm.
unsafe impl Sync for Registry {}

static DESTINATIONS: Registry = Registry(RefCell::new(Vec::new()));

/// The destination is taken out of the registry, so that nothing is borrowed while JavaScript runs.
fn destination(id: usize) -> Option<&'static Destination<Handle>> {
    *DESTINATIONS.0.borrow().get(id)?
}

/// Prepares the boundary; to be called once, before anything else.
#[wasm_bindgen]
pub fn start() {
    handle::intern_texts();
}

/// Makes a destination of these settings; its number, or -1 when a setting is wrong. Faults are reported.
#[wasm_bindgen]
pub fn create(settings: u32) -> i32 {
    let (destination, errors) = Destination::new(&Handle(settings));
    messenger::tell(&errors);
    let Some(destination) = destination else { return -1 };
    let mut destinations = DESTINATIONS.0.borrow_mut();
    // The allocator takes nothing back, so nothing is lost by keeping it.
    destinations.push(Some(Box::leak(Box::new(destination))));
    destinations.len() as i32 - 1
}

/// Forgets a destination; its number is not used again.
#[wasm_bindgen]
pub fn destroy(id: usize) {
    if let Some(destination) = DESTINATIONS.0.borrow_mut().get_mut(id) {
        *destination = None;
    }
}

/// Which event types an action wants, bit `i` for the type `i` of the filter language, or -1 when no plugin is to be made for it.
#[wasm_bindgen]
pub fn event_types(id: usize, action: usize) -> i32 {
    match (destination(id), Action::from_number(action)) {
        (Some(destination), Some(action)) if destination.enables(action) => i32::from(destination.event_types(action)),
        _ => -1,
    }
}

/// Whether Liquid has to be there before the first event.
#[wasm_bindgen]
pub fn uses_liquid(id: usize) -> bool {
    destination(id).is_some_and(|destination| destination.uses_liquid())
}

/// The settings for `boot`, as a handle.
#[wasm_bindgen]
pub fn boot_settings(id: usize) -> u32 {
    destination(id).map_or(Handle::undefined(), |destination| destination.boot_settings()).0
}

/// Runs a step that keeps nothing it allocates. Another one within it, by a getter or a callback, begins and ends between two
/// of its own.
fn keeping_nothing(step: impl FnOnce()) {
    #[cfg(target_os = "none")]
    unsafe {
        super::runtime::freeing_all(step);
    }
    #[cfg(not(target_os = "none"))]
    step();
}

/// Says what one action makes of an event, when every call of it is known.
#[wasm_bindgen]
pub fn handle(id: usize, action: usize, event: u32) {
    let (Some(destination), Some(action)) = (destination(id), Action::from_number(action)) else { return };
    // Destinations do not change, and calls and errors end here.
    keeping_nothing(|| {
        let (calls, errors) = destination.handle(action, &Handle(event));
        for call in calls {
            messenger::say(call);
        }
        messenger::tell(&errors);
    });
}

/// Which subscriptions of an action an event matches, by name, as a handle. Only `debug` asks.
#[wasm_bindgen]
pub fn matching(id: usize, action: usize, event: u32) -> u32 {
    let mut names = Handle::undefined();
    if let (Some(destination), Some(action)) = (destination(id), Action::from_number(action)) {
        keeping_nothing(|| names = destination.matching(action, &Handle(event)));
    }
    names.0
}
