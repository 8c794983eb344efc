//! Web mode's half of an inspection: which calls of `window.Intercom` an event comes to.

use super::{Actions, Check, Working};
use crate::error::{Error, ErrorKind};
use crate::event_type::EventType;
use crate::name::Name;
use crate::subscription::Preset;
use crate::value::Value;
use crate::web::actions::{self, Action};
use crate::web::call::Call;
use crate::web::settings;
use alloc::vec::Vec;

/// Web mode's settings under inspection.
pub type Inspection<V> = super::Inspection<V, Action>;
/// What a working subscription says to Intercom.
pub type Step<'a, V> = super::Step<'a, V, Action, Call<V>>;

impl Actions for Action {
    type Context<V: Value> = actions::Context<V>;
    const ALL: &'static [Action] = Action::ALL;
    const UNKNOWN: ErrorKind = ErrorKind::ActionUnknown;

    fn from_key(key: &str) -> Option<Action> {
        Action::from_text(key)
    }

    fn key(self) -> &'static str {
        self.text()
    }

    fn preset(self) -> Preset {
        *Action::preset(self)
    }

    fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<actions::Context<V>> {
        settings::read(settings, errors).as_ref().map(actions::Context::new)
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

    fn step<'a>(
        &self,
        check: &'a Check<V, Action>,
        working: &Working<V, Action>,
        context: &actions::Context<V>,
        event: &V,
    ) -> Step<'a, V> {
        let filter = &working.subscription.filter;
        if !wants(filter.event_types(), event) || !filter.matches(event) {
            return Step::unmatched(check);
        }
        self.resolve(check, working, event, |payload, errors| {
            actions::perform(working.written.action, payload, context, errors)
        })
    }
}

/// Whether a plugin for these types is given the event at all: loaders call what is named for the type.
fn wants<V: Value>(types: u8, event: &V) -> bool {
    let name = event.get(&V::array(&[V::name(Name::Type)])).text();
    types & EventType::bit(&name) != 0
}
