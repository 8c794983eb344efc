//! One visitor after the other.
//!
//! A loader tells of a reset at once, and of events a moment later: events that were sent before the reset come after it. So the
//! `shutdown` is held for a short time, in which the last visitor's events still reach their session. It ends early when the next
//! visitor's first event comes. What comes later still is dropped: no event is told to another visitor than its own.

use super::{InFlight, Millis, NEVER, Notice, Output, Place, Session, Skip, State, report};
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use crate::web::limits::RESET_HOLD;
use crate::web::messenger::{Speaker, looks};
use alloc::vec::Vec;

/// The last reset.
pub(super) struct Reset<V> {
    pub at: Millis,
    /// Until when the `shutdown` is held; [`NEVER`] once it is said.
    pub held_until: Millis,
    /// The anonymous id of the one who leaves, if it is known.
    last: V,
}

impl<V: Value> Session<V> {
    /// Whether [`super::Input::EventCame`] is to be said of the next event: of a visitor's first one, and of all after a reset.
    pub fn asks_for_origin(&self) -> bool {
        !self.visitor.is_id_known || self.reset.is_some()
    }

    /// When the last reset was; of events before it, [`super::Input::EventCame`] needs the loader's own anonymous id.
    pub fn reset_at(&self) -> Millis {
        self.reset.as_ref().map_or(0.0, |reset| reset.at)
    }

    pub(super) fn admits(&mut self, id: V, timestamp: Millis, current: &V, out: &mut Vec<Output<V>>) -> bool {
        let is_text = |value: &V| value.kind() == ValueKind::String;
        let place = self.place(Place::LastId);
        if let Some(reset) = &mut self.reset {
            let is_held = reset.held_until < NEVER;
            let is_last = is_text(&id) && id.same(&reset.last);
            let has_current = is_text(current);
            // Without ids, what comes within the same millisecond is the next visitor's: an identify must not be lost.
            let is_before = timestamp < reset.at || timestamp == reset.at && (is_last || has_current);
            if is_before && (is_last || !has_current || !id.same(current)) {
                if !is_held || is_text(&reset.last) && is_text(&id) && !is_last {
                    report(Notice::EventAfterReset, out);
                    return false;
                }
                reset.last = id.keep(place);
            } else {
                self.change_visitor(out);
            }
        }
        self.visitor.is_id_known = true;
        self.visitor.anonymous_id = id.keep(self.place(Place::AnonymousId));
        true
    }

    pub(super) fn begin_reset(
        &mut self,
        now: Millis,
        at: Millis,
        in_flight: InFlight<V>,
        copy: &V,
        out: &mut Vec<Output<V>>,
    ) {
        // The last visitor's must not come back, whatever holds the shutdown.
        if self.page.truthy() {
            self.page = self.page_looks.clone();
        }
        self.set_boot(&looks(copy, Speaker::Page));
        out.push(Output::SetSettings(self.boot.clone()));
        if let InFlight::Of(given) = in_flight {
            let last = if self.visitor.is_id_known { self.visitor.anonymous_id.clone() } else { given };
            let last = last.keep(self.place(Place::LastId));
            self.reset = Some(Reset { at, held_until: now + RESET_HOLD, last });
        } else {
            self.end_session(out);
        }
        if self.state == State::Unavailable {
            self.change_visitor(out);
        }
    }

    /// Ends a hold, if there is one.
    pub(super) fn change_visitor(&mut self, out: &mut Vec<Output<V>>) {
        if let Some(reset) = &mut self.reset
            && reset.held_until < NEVER
        {
            reset.held_until = NEVER;
            self.end_session(out);
        }
    }

    pub(super) fn end_session(&mut self, out: &mut Vec<Output<V>>) {
        self.forget_visitor();
        if self.state == State::Unavailable {
            return;
        }
        if self.is_full() {
            // Nothing has reached the widget: there is no session to end.
            self.queued = 0;
            out.push(Output::ClearQueue);
            report(Notice::QueueFull, out);
        } else {
            self.say(Call::Shutdown, Skip::No, out);
        }
        self.boot(out);
    }
}
