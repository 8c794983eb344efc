//! Cloud mode's half of an inspection: which subscriptions an event matches, and what their mappings give. A dry run shows the
//! requests.

use super::Actions;
use crate::cloud::actions::Action;
use crate::cloud::settings;
use crate::error::{Error, ErrorKind};
use crate::subscription::{Definition, Preset};
use crate::value::Value;
use alloc::vec::Vec;

/// Cloud mode's settings under inspection.
pub type Inspection<V> = super::Inspection<V, Action>;
/// What a working subscription makes of an event.
pub type Step<'a, V> = super::Step<'a, V, Action, ()>;

impl Actions for Action {
    type Context<V: Value> = ();
    const ALL: &'static [Action] = &Action::ALL;
    const UNKNOWN: ErrorKind = ErrorKind::CloudActionUnknown;
    const IS_STRICT: bool = true;

    fn from_key(key: &str) -> Option<Action> {
        Action::from_key(key)
    }

    fn key(self) -> &'static str {
        Action::key(self)
    }

    fn preset(self) -> Option<Preset> {
        Some(Action::preset(self))
    }

    fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<()> {
        settings::read(settings, errors).map(|_| ())
    }

    fn examine<V: Value>(written: &Definition<V, Action>, errors: &mut Vec<Error>) -> bool {
        settings::unknown_fields(written, errors);
        true
    }
}

impl<V: Value> Inspection<V> {
    /// What each working subscription makes of an event, in their order.
    pub fn inspect(&self, event: &V) -> Vec<Step<'_, V>> {
        let mut steps = Vec::new();
        for check in &self.subscriptions {
            let Some(working) = &check.working else { continue };
            steps.push(match working.subscription.filter.matches(event) {
                true => self.resolve(check, working, event, |_, _| None),
                false => Step::unmatched(check),
            });
        }
        steps
    }
}
