//! Web mode's half of an inspection: which calls of `window.Intercom` an event comes to.

use super::{Actions, Check, Working};
use crate::error::{Error, ErrorKind};
use crate::event_type::EventType;
use crate::name::Name;
use crate::subscription::{Definition, Preset};
use crate::value::Value;
use crate::web::actions::{self, Action};
use crate::web::call::Call;
use crate::web::session::{Config, Found, InFlight, Input, Millis, Notice, Output, Session};
use crate::web::settings::{self, Settings};
use alloc::vec::Vec;
use core::cell::RefCell;

/// Web mode's settings under inspection.
pub type Inspection<V> = super::Inspection<V, Action>;
/// What a working subscription says to Intercom.
pub type Step<'a, V> = super::Step<'a, V, Action, Said<V>>;

/// What comes of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<V> {
    /// The call as it is made, with what the session adds to it.
    pub call: Call<V>,
    /// What the site is told of it, and the key that this is about.
    pub notices: Vec<(Notice, V)>,
}

/// What inspecting an event takes.
pub struct Context<V> {
    actions: actions::Context<V>,
    /// Of a page on which all goes well, and the time there.
    session: RefCell<(Session<V>, Millis)>,
}

impl<V: Value> Context<V> {
    fn new(settings: &Settings<V>) -> Self {
        let config = Config::from(settings);
        let mut session =
            Session::new(Config { shutdown_on_reset: true, update_guard: false, has_user_jwt: false, ..config });
        let (page, copy) = (V::undefined(), V::undefined());
        session.handle_input(0.0, Input::Opened { page, copy, found: Found::Booted, is_first: false }, &mut Vec::new());
        Context { actions: actions::Context::new(settings), session: RefCell::new((session, 0.0)) }
    }

    fn say(&self, call: Call<V>) -> Option<Said<V>> {
        let (session, now) = &mut *self.session.borrow_mut();
        // Time enough between any two updates.
        *now += 3_600_000.0;
        let mut outputs = Vec::new();
        session.handle_input(
            *now,
            Input::Called { call, url: V::undefined(), anonymous_id: V::undefined() },
            &mut outputs,
        );
        let mut notices = Vec::new();
        let mut said = None;
        for output in outputs {
            match output {
                Output::Call(call, _) => said = Some(call),
                Output::Report(notice, subject) => notices.push((notice, subject)),
                _ => {}
            }
        }
        said.map(|call| Said { call, notices })
    }

    fn reset(&self) {
        let (session, now) = &mut *self.session.borrow_mut();
        let reset = Input::Reset { at: *now, in_flight: InFlight::Nothing, copy: V::undefined() };
        session.handle_input(*now, reset, &mut Vec::new());
    }
}

impl Actions for Action {
    type Context<V: Value> = Context<V>;
    const ALL: &'static [Action] = Action::ALL;
    const UNKNOWN: ErrorKind = ErrorKind::ActionUnknown;

    fn from_key(key: &str) -> Option<Action> {
        Action::from_text(key)
    }

    fn key(self) -> &'static str {
        self.text()
    }

    fn preset(self) -> Option<Preset> {
        Action::preset(self).copied()
    }

    fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<Context<V>> {
        settings::read(settings, errors).as_ref().map(Context::new)
    }

    fn examine<V: Value>(written: &Definition<V, Action>, errors: &mut Vec<Error>) -> bool {
        actions::is_fit(written, errors)
    }
}

impl<V: Value> Inspection<V> {
    /// What each working subscription makes of an event, in the order in which the plugin goes through them.
    pub fn inspect(&self, event: &V) -> Vec<Step<'_, V>> {
        let Some(context) = &self.context else { return Vec::new() };
        let mut steps = Vec::new();
        for action in Action::ALL {
            for check in &self.subscriptions {
                if let Some(working) = check.working.as_ref().filter(|working| working.written.action == *action) {
                    steps.push(self.step(check, working, context, event));
                }
            }
        }
        steps
    }

    /// Another visitor comes.
    pub fn reset(&self) {
        if let Some(context) = &self.context {
            context.reset();
        }
    }

    fn step<'a>(
        &self,
        check: &'a Check<V, Action>,
        working: &Working<V, Action>,
        context: &Context<V>,
        event: &V,
    ) -> Step<'a, V> {
        let filter = &working.subscription.filter;
        if !wants(filter.event_types(), event) || !filter.matches(event) {
            return Step::unmatched(check);
        }
        self.resolve(check, working, event, |payload, errors| {
            context.say(actions::perform(working.written.action, payload, &context.actions, errors)?)
        })
    }
}

/// Whether a plugin for these types is given the event at all.
fn wants<V: Value>(types: u8, event: &V) -> bool {
    let name = event.field(Name::Type).text();
    types & EventType::bit(&name) != 0
}
