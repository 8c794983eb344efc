//! What is exported to JavaScript: destinations by number, events by handle, and what happens on the page.
//!
//! Exports take and give numbers, so they need no wrapper of wasm-bindgen's, which would cost visitors 330 bytes in all.

use super::handle::{self, Handle};
use super::messenger;
use super::numbers::fact;
use crate::name::Name;
use crate::value::Value;
use crate::web::actions::Action;
use crate::web::destination::Destination;
use crate::web::session::{Found, InFlight, Input, Session, State};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;

struct Site {
    destination: Destination<Handle>,
    session: RefCell<Session<Handle>>,
}

struct Registry(RefCell<Vec<Option<&'static Site>>>);

// SAFETY: there are no threads in this wasm.
unsafe impl Sync for Registry {}

static SITES: Registry = Registry(RefCell::new(Vec::new()));

/// The site is taken out of the registry, so that nothing is borrowed while JavaScript runs.
fn site(id: usize) -> Option<&'static Site> {
    *SITES.0.borrow().get(id)?
}

/// Prepares the boundary; to be called once, before anything else.
#[unsafe(no_mangle)]
pub extern "C" fn start() {
    handle::intern_texts();
}

/// Makes a destination of these settings; gives those that the page works with, or undefined where they are unusable. Faults are
/// reported. Destinations are numbered from 0.
#[unsafe(no_mangle)]
pub extern "C" fn create(settings: u32) -> u32 {
    let settings = Handle(settings);
    let (destination, errors) = Destination::new(&settings);
    let site = destination.map(|destination| {
        let session = RefCell::new(destination.session());
        // The allocator takes nothing back, so nothing is lost by keeping it.
        &*Box::leak(Box::new(Site { destination, session }))
    });
    let mut sites = SITES.0.borrow_mut();
    sites.push(site);
    let id = sites.len() - 1;
    drop(sites);
    messenger::tell(id, &errors);
    site.map_or(Handle::undefined(), |site| site.destination.settings.for_page(&settings)).0
}

/// Forgets a destination; its number is not used again.
#[unsafe(no_mangle)]
pub extern "C" fn destroy(id: usize) {
    if let Some(site) = SITES.0.borrow_mut().get_mut(id) {
        *site = None;
    }
}

/// Which event types an action wants, bit `i` for the type `i` of the filter language, or -1 when no plugin is to be made for it.
#[unsafe(no_mangle)]
pub extern "C" fn event_types(id: usize, action: usize) -> i32 {
    match (site(id), Action::from_number(action)) {
        (Some(Site { destination, .. }), Some(action)) if destination.enables(action) => {
            i32::from(destination.event_types(action))
        }
        _ => -1,
    }
}

/// Whether Liquid has to be there before the first event.
#[unsafe(no_mangle)]
pub extern "C" fn uses_liquid(id: usize) -> bool {
    site(id).is_some_and(|site| site.destination.uses_liquid())
}

/// Runs a step that keeps nothing it allocates. Another one within it, by a getter or a callback, begins and ends between two
/// of its own.
fn keeping_nothing(step: impl FnOnce()) {
    // SAFETY: a session keeps its values in JavaScript's places (`Value::keep`), and destinations do not change.
    unsafe { super::runtime::freeing_all(step) }
}

/// Gives the session what happened, and carries out what it says once it is not borrowed any more. Whether an event is admitted.
#[inline(never)]
fn input(id: usize, site: &Site, now: f64, input: Input<Handle>) -> bool {
    let mut outputs = Vec::new();
    // It is borrowed only while a Date with a `valueOf` of its own is read, which runs code of the page.
    let Ok(mut session) = site.session.try_borrow_mut() else { return false };
    let before = session.deadline();
    let is_admitted = session.handle_input(now, input, &mut outputs);
    let deadline = session.deadline();
    drop(session);
    for output in &outputs {
        messenger::carry_out(id, output);
    }
    if deadline != before {
        messenger::wake(id, deadline);
    }
    is_admitted
}

/// Something happened on the page; `what` is one of [`fact`], and `js/engine/numbers.js` says what `value`, `flag`, `time`
/// and `other` are for it. One export for all: each costs visitors a hundred bytes.
#[unsafe(no_mangle)]
pub extern "C" fn happened(id: usize, now: f64, what: u32, value: u32, flag: bool, time: f64, other: u32) {
    let Some(site) = site(id) else { return };
    keeping_nothing(|| {
        let value = Handle(value);
        // A copy of a page's own object, which may do anything when it is read.
        let copy = || Handle::object(&[]).extend(&value);
        let what = match what {
            fact::OPENED_ON_STUB..=fact::OPENED_ON_BOOTED_WIDGET => {
                let found = match what {
                    fact::OPENED_ON_STUB => Found::Stub,
                    fact::OPENED_ON_IDLE_WIDGET => Found::Idle,
                    _ => Found::Booted,
                };
                Input::Opened { page: value, copy: copy(), found, is_first: flag }
            }
            fact::SCRIPT_INSERTED => Input::ScriptInserted,
            fact::WIDGET_ARRIVED => Input::WidgetArrived,
            fact::WIDGET_FAILED => Input::WidgetFailed,
            fact::TIMED_OUT => Input::TimedOut,
            fact::PAGE_HIDDEN => Input::PageHidden,
            fact::PAGE_CALLED => Input::PageCalled(value),
            fact::RESET => {
                let in_flight = if flag { InFlight::Of(Handle(other)) } else { InFlight::Nothing };
                Input::Reset { at: time, in_flight, copy: copy() }
            }
            fact::TRIGGERED => Input::Triggered,
            fact::JWT_CAME => Input::JwtCame { token: value, expires: time },
            fact::CLOSED.. => Input::Closed { is_last: flag },
        };
        input(id, site, now, what);
    });
}

/// Says what one action makes of an event, when every call of it is known.
#[unsafe(no_mangle)]
pub extern "C" fn handle(id: usize, action: usize, event: u32) {
    let (Some(site), Some(action)) = (site(id), Action::from_number(action)) else { return };
    let is_update = action.is_update();
    let (asks_for_origin, reset_at, is_unavailable) = match site.session.try_borrow() {
        Ok(session) => (session.asks_for_origin(), session.reset_at(), session.state() == State::Unavailable),
        Err(_) => return,
    };
    // Who the visitor is is remembered for a widget that comes after all; what they do is not.
    if is_unavailable && !is_update {
        return;
    }
    // Destinations do not change, and calls and errors end here.
    keeping_nothing(|| {
        let event = Handle(event);
        if asks_for_origin {
            let anonymous_id = event.field(Name::AnonymousId);
            let timestamp = if reset_at > 0.0 { event.field(Name::Timestamp).millis() } else { f64::NAN };
            // Loaders read it from where browsers keep things, which takes time.
            let current = if timestamp <= reset_at { messenger::current_anonymous_id(id) } else { Handle::undefined() };
            if !input(id, site, 0.0, Input::EventCame { anonymous_id, timestamp, current }) {
                return;
            }
        }
        let (calls, errors) = site.destination.handle(action, &event);
        for call in calls {
            let (now, url, anonymous_id) = if is_update {
                (messenger::time(), messenger::page_url(), event.field(Name::AnonymousId))
            } else {
                (0.0, Handle::undefined(), Handle::undefined())
            };
            input(id, site, now, Input::Called { call, url, anonymous_id });
        }
        messenger::tell(id, &errors);
    });
}

/// Which subscriptions of an action an event matches, by name, as a handle. Only `debug` asks.
#[unsafe(no_mangle)]
pub extern "C" fn matching(id: usize, action: usize, event: u32) -> u32 {
    let mut names = Handle::undefined();
    if let (Some(site), Some(action)) = (site(id), Action::from_number(action)) {
        keeping_nothing(|| names = site.destination.matching(action, &Handle(event)));
    }
    names.0
}
