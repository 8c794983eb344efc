//! The façade: settings in, a destination out; an event in, what is to be delivered out.

use super::actions::report::Report;
use super::actions::{self, Action};
use super::code::{EVENT_UNREADABLE, NOT_SUBSCRIBED, OPTED_OUT};
use super::intent::{Event, Intent};
use super::outcome::{Outcome, Status, Warning};
use super::settings::{self, Settings};
use super::time::{self, Clock};
use crate::error::Error;
use crate::subscription::{Definition, Subscription};
use crate::value::{Value, ValueKind};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

/// What is read of every event, in the order of [`Head`]. The name among the `integrations` is the one that Segment and Customer.io
/// give this destination.
const READ: [&str; 6] =
    ["type", "messageId", "timestamp", "userId", "integrations.Intercom Cloud Mode (Actions)", "integrations.All"];

/// Compiled subscriptions and checked settings of one workspace.
///
/// ```
/// use intercom_destination::cloud::destination::{Destination, Prepared};
/// use intercom_destination::cloud::intent::Intent;
/// use intercom_destination::value::json::Json;
/// use serde_json::json;
///
/// let (destination, errors) = Destination::new(&Json::from(json!({ "region": "eu" })));
/// assert_eq!(errors, []);
/// let event = json!({
///     "type": "track", "event": "Order Completed", "userId": "u-1", "timestamp": "2026-01-02T03:04:05.678Z",
///     "properties": { "revenue": 19.99, "plan": "gold" },
/// });
/// let Prepared::Deliver(event) = destination.unwrap().prepare(&Json::from(event), 0) else { panic!() };
/// let [Intent::TrackEvent(track)] = &event.intents[..] else { panic!() };
/// assert_eq!(track.created_at, 1_767_323_045);
/// let metadata = json!({ "price": { "amount": 1999, "currency": "USD" }, "plan": "gold" });
/// assert_eq!(serde_json::Value::from(track.metadata.clone()), metadata);
/// ```
pub struct Destination<V> {
    /// What the site asked for.
    pub settings: Settings<V>,
    subscriptions: Vec<(Action, Subscription<V>)>,
    /// A plan for [`Value::get_each`].
    read: V,
}

/// What there is to do for an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Prepared {
    /// Something to deliver.
    Deliver(Event),
    /// Nothing: what became of it is known already.
    Finished(Outcome),
}

/// What is read of an event beside its subscriptions' fields.
struct Head<V> {
    kind: V,
    message_id: V,
    timestamp: V,
    user_id: V,
    own_switch: V,
    all_switch: V,
}

impl<V: Value> Destination<V> {
    /// Checks the settings and compiles the subscriptions.
    ///
    /// `None` when anything is wrong, a subscription included: on a server there is someone to mend it, and events that a broken
    /// subscription does not match would be lost. Warnings do no harm.
    pub fn new(settings: &V) -> (Option<Self>, Vec<Error>) {
        let mut errors = Vec::new();
        let Some(mut settings) = settings::read(settings, &mut errors) else { return (None, errors) };
        let definitions = settings.subscriptions.take().unwrap_or_else(presets);
        let mut subscriptions = Vec::with_capacity(definitions.len());
        for definition in &definitions {
            settings::unknown_fields(definition, &mut errors);
            if let Some(subscription) = Subscription::compile(definition, &mut errors) {
                subscriptions.push((definition.action, subscription));
            }
        }
        if errors.iter().any(|error| !error.kind.is_warning()) {
            return (None, errors);
        }
        let paths: Vec<V> = READ.iter().map(|path| V::array(&[V::path(&V::string(path))])).collect();
        (Some(Destination { settings, subscriptions, read: V::array(&paths) }), errors)
    }

    /// Whether a mapping needs Liquid.
    pub fn uses_liquid(&self) -> bool {
        self.subscriptions.iter().any(|(_, subscription)| subscription.mapping.uses_liquid())
    }

    /// What there is to do for this event. `now` is the host's time, milliseconds since 1970.
    ///
    /// An action that can't be performed costs its own request only, and is told as a warning where another one can.
    pub fn prepare(&self, event: &V, now: i64) -> Prepared {
        if event.kind() != ValueKind::Object {
            return finished(Status::Dropped, EVENT_UNREADABLE.warning(), Vec::new());
        }
        let Some(head) = self.head(event) else {
            return finished(Status::Dropped, EVENT_UNREADABLE.warning(), Vec::new());
        };
        if head.is_opted_out() {
            return finished(Status::Delivered, OPTED_OUT.warning(), Vec::new());
        }
        let clock = Clock { now, timestamp: time::millis(&head.timestamp) };
        let mut report = Report::default();
        let mut intents = Vec::new();
        let mut refusals = Vec::new();
        for asked in self.ask(event, &head, &clock, &mut report) {
            match asked {
                Ok(intent) => intents.push(self.adapt(intent)),
                Err(refusal) => refusals.push(refusal),
            }
        }
        let mut warnings = report.warnings;
        if !intents.is_empty() {
            warnings.append(&mut refusals);
            let message_id = Some(head.message_id.text()).filter(|id| !id.is_empty());
            return Prepared::Deliver(Event { message_id, timestamp: clock.timestamp, intents, warnings });
        }
        if refusals.is_empty() {
            return finished(Status::Delivered, NOT_SUBSCRIBED.warning(), warnings);
        }
        let refusal = refusals.remove(0);
        warnings.append(&mut refusals);
        finished(Status::Dropped, refusal, warnings)
    }

    fn head(&self, event: &V) -> Option<Head<V>> {
        let read: [V; READ.len()] = event.get_each(&self.read, READ.len()).try_into().ok()?;
        let [kind, message_id, timestamp, user_id, own_switch, all_switch] = read;
        Some(Head { kind, message_id, timestamp, user_id, own_switch, all_switch })
    }

    /// What each subscription that matches asks for, in their order, and the deletion that needs no subscription.
    fn ask(&self, event: &V, head: &Head<V>, clock: &Clock, report: &mut Report) -> Vec<Result<Intent, Warning>> {
        let mut asked = Vec::new();
        if self.settings.handle_delete && head.kind.text() == "delete" {
            asked.push(actions::delete(head.user_id()));
        }
        for (action, subscription) in &self.subscriptions {
            if !subscription.filter.matches(event) {
                continue;
            }
            let mut errors = Vec::new();
            match subscription.resolve(event, &mut errors) {
                Some(payload) => asked.push(action.perform(payload, clock, report)),
                None => {
                    subscription.own(&mut errors);
                    asked.extend(errors.iter().map(|error| Err(warning(error))));
                }
            }
        }
        asked
    }

    /// From a certain version of the API on, an owner's id is text.
    fn adapt(&self, mut intent: Intent) -> Intent {
        if let Intent::IdentifyContact(contact) = &mut intent
            && self.settings.owner_is_text
            && let Some(owner) = contact.fields.get_mut("owner_id")
        {
            *owner = owner.to_string().into();
        }
        intent
    }
}

impl<V: Value> Head<V> {
    fn is_opted_out(&self) -> bool {
        match self.own_switch.kind() {
            ValueKind::Undefined | ValueKind::Null => self.all_switch.kind() == ValueKind::False,
            kind => kind == ValueKind::False,
        }
    }

    fn user_id(&self) -> Option<String> {
        let id = match self.user_id.kind() {
            ValueKind::Number => V::concat(core::slice::from_ref(&self.user_id)).text(),
            _ => self.user_id.text(),
        };
        (!id.is_empty()).then_some(id)
    }
}

fn presets<V: Value>() -> Vec<Definition<V, Action>> {
    Action::ALL.iter().map(|action| action.preset().to_definition(*action)).collect()
}

fn warning(error: &Error) -> Warning {
    Warning { code: error.kind.code(), message: error.sentence() }
}

fn finished(status: Status, reason: Warning, warnings: Vec<Warning>) -> Prepared {
    let Warning { code, message } = reason;
    Prepared::Finished(Outcome { status, code: Some(code), message: Some(message), retry_at: None, warnings })
}
