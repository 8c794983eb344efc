//! The states of a session, and how it gets from one to another.

use super::{Behind, Found, NEVER, Notice, Output, Place, Session, Skip, report};
use crate::name::Name;
use crate::text_enum::text_enum;
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use crate::web::messenger::{Speaker, looks};
use alloc::vec::Vec;

text_enum! {
    /// Where a session is.
    pub enum State {
        /// Intercom is not wanted yet.
        Idle "Idle"
        /// The widget's script is not asked for yet. Calls wait in the stub's queue, and updates are merged into its `boot`.
        Deferred "Deferred"
        /// The widget's script is on its way; calls wait in the stub's queue.
        Waiting "Waiting"
        /// The widget hears what is said.
        Running "Running"
        /// The widget did not come. Nothing waits, and who the visitor is is remembered.
        Unavailable "Unavailable"
        /// The destination is gone.
        Closed "Closed"
    }
}

impl<V: Value> Session<V> {
    pub(super) fn open(&mut self, copy: &V, found: Found, is_first: bool, out: &mut Vec<Output<V>>) {
        let page_app_id = copy.field(Name::AppIdOfIntercom);
        let is_ours = page_app_id.same(&self.config.app.field(Name::AppIdOfIntercom));
        let mut page = copy.clone();
        if !is_ours && page_app_id.kind() == ValueKind::String {
            page = looks(copy, Speaker::Page);
            report(Notice::OtherWorkspace, out);
        }
        self.set_boot(&page);
        out.push(Output::SetSettings(self.boot.clone()));
        if found == Found::Stub {
            let load = self.config.load.clone();
            let is_deferred = load.kind() != ValueKind::Undefined;
            self.state = if is_deferred { State::Deferred } else { State::Waiting };
            if is_first {
                self.boot(out);
            }
            return out.push(if is_deferred { Output::AwaitTrigger(load) } else { Output::InsertScript });
        }
        self.state = State::Running;
        if found == Found::Idle || !is_ours {
            self.boot(out);
        }
        self.say(Call::ReattachActivator, Skip::No, out);
        self.say(Call::Update(self.boot.clone()), Skip::No, out);
    }

    pub(super) fn boot(&mut self, out: &mut Vec<Output<V>>) {
        self.is_boot_last = true;
        // It is not counted: the queue is for what events say.
        out.push(Output::Call(Call::Boot(self.boot.clone()), Skip::No));
    }

    pub(super) fn set_boot(&mut self, page: &V) {
        self.boot = V::object(&[]).extend(page).extend(&self.config.app).keep(self.place(Place::Boot));
    }

    /// Asks for the widget's script.
    pub(super) fn trigger(&mut self, out: &mut Vec<Output<V>>) {
        if self.state == State::Deferred {
            self.state = State::Waiting;
            out.push(Output::InsertScript);
        }
    }

    pub(super) fn arrive(&mut self, out: &mut Vec<Output<V>>) {
        let state = self.state;
        if !matches!(state, State::Deferred | State::Waiting | State::Unavailable) {
            return;
        }
        self.state = State::Running;
        self.give_up_at = NEVER;
        self.queued = 0;
        let behind = core::mem::replace(&mut self.behind, Behind::Nothing);
        if behind == Behind::AnotherUser {
            self.say(Call::Shutdown, Skip::No, out);
        }
        if behind == Behind::AnotherUser || state == State::Unavailable {
            self.boot(out);
        }
        if (behind != Behind::Nothing || state == State::Unavailable) && self.visitor().truthy() {
            // The picture itself grows on.
            let visitor = V::object(&[]).extend(self.visitor());
            self.say(Call::Update(visitor), Skip::No, out);
        }
    }

    pub(super) fn give_up(&mut self, out: &mut Vec<Output<V>>) {
        self.give_up_at = NEVER;
        if self.state != State::Waiting {
            return;
        }
        self.state = State::Unavailable;
        self.queued = 0;
        self.behind = Behind::Nothing;
        self.guard.forget();
        out.push(Output::ClearQueue);
        report(Notice::WidgetUnavailable, out);
        // Nobody is there to hear a shutdown.
        self.change_visitor(out);
    }

    pub(super) fn close(&mut self, is_last: bool, out: &mut Vec<Output<V>>) {
        if is_last {
            match self.state {
                // The widget must not hear of a visitor of whom the site has taken leave.
                State::Deferred | State::Waiting => out.push(Output::ClearQueue),
                State::Running => self.say(Call::Shutdown, Skip::No, out),
                _ => {}
            }
            if self.state != State::Idle {
                out.push(Output::SetSettings(self.page.clone()));
            }
        } else {
            self.change_visitor(out);
        }
        self.state = State::Closed;
        self.forget_visitor();
        self.give_up_at = NEVER;
        self.reset = None;
    }
}
