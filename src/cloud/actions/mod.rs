//! The actions: what a resolved mapping asks of Intercom, and each one's preset as data.

mod delete;
mod identify_company;
mod identify_contact;
pub mod report;
mod track_event;

pub use delete::perform as delete;

use super::field::{self, Field};
use super::intent::{Fields, Intent, Person};
use super::outcome::Warning;
use super::time::Clock;
use crate::mapping::Payload;
use crate::subscription::Preset;
use crate::value::Value;
use alloc::string::String;
use report::Report;

/// What a subscription does with its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `identifyContact`
    IdentifyContact,
    /// `groupIdentifyCompany`, or Segment's `groupIdentifyContact`
    IdentifyCompany,
    /// `trackEvent`
    TrackEvent,
}

/// The values of `partnerAction`, each with its action. The last one is Segment's own name of an action that has a better one.
pub const PARTNER_ACTIONS: [(&str, Action); 4] = [
    ("identifyContact", Action::IdentifyContact),
    ("groupIdentifyCompany", Action::IdentifyCompany),
    ("trackEvent", Action::TrackEvent),
    ("groupIdentifyContact", Action::IdentifyCompany),
];

impl Action {
    /// Every action, in the order of the presets.
    pub const ALL: [Action; 3] = [Action::IdentifyContact, Action::IdentifyCompany, Action::TrackEvent];

    /// The action that `key` is the `partnerAction` of.
    pub fn from_key(key: &str) -> Option<Action> {
        PARTNER_ACTIONS.iter().find(|(known, _)| *known == key).map(|(_, action)| *action)
    }

    /// Its `partnerAction`.
    pub fn key(self) -> &'static str {
        PARTNER_ACTIONS[self as usize].0
    }

    /// The trigger and mapping that apply when a site names no subscriptions.
    pub fn preset(self) -> Preset {
        match self {
            Action::IdentifyContact => identify_contact::PRESET,
            Action::IdentifyCompany => identify_company::PRESET,
            Action::TrackEvent => track_event::PRESET,
        }
    }

    /// The fields that a mapping may give.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Action::IdentifyContact => identify_contact::FIELDS,
            Action::IdentifyCompany => identify_company::FIELDS,
            Action::TrackEvent => track_event::FIELDS,
        }
    }

    /// What the payload of one event asks for.
    ///
    /// # Errors
    /// Why it can't be asked for at all. What merely had to be left out or changed is reported.
    pub fn perform<V: Value>(self, payload: Payload<V>, clock: &Clock, report: &mut Report) -> Result<Intent, Warning> {
        let fields = field::read(self.fields(), payload, report);
        match self {
            Action::IdentifyContact => identify_contact::perform(fields, report),
            Action::IdentifyCompany => identify_company::perform(fields),
            Action::TrackEvent => track_event::perform(fields, clock, report),
        }
    }
}

/// Takes a text out of the fields.
fn take_text(fields: &mut Fields, key: &str) -> Option<String> {
    match fields.shift_remove(key)? {
        serde_json::Value::String(text) => Some(text),
        _ => None,
    }
}

/// Whom a company or an event belongs to. The e-mail address counts only where no id is given: beside one it may be the company's
/// own, or that of somebody who was invited.
fn person(external_id: Option<String>, email: Option<String>, contact_id: Option<String>) -> Option<Person> {
    let email = email.filter(|_| external_id.is_none() && contact_id.is_none());
    let person = Person { external_id, email, contact_id };
    (person != Person::default()).then_some(person)
}

/// An object without entries asks for nothing.
fn drop_empty(fields: &mut Fields, key: &str) {
    if fields.get(key).and_then(|value| value.as_object()).is_some_and(|object| object.is_empty()) {
        fields.shift_remove(key);
    }
}
