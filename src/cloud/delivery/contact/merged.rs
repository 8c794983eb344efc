//! The updates of one person as one: the later value of each field wins.

use super::super::context::Context;
use super::super::queue::Update;
use super::{ContactWrite, State};
use crate::cloud::code;
use crate::cloud::intent::Fields;
use alloc::vec::Vec;
use serde_json::Value;

impl ContactWrite {
    /// Of updates that name the contact alike, in order, at least one.
    pub(crate) fn new(updates: Vec<Update>) -> ContactWrite {
        let mut write = ContactWrite {
            role: updates[0].contact.role,
            external_id: updates[0].contact.person.external_id.clone(),
            email: None,
            contact_id: updates[0].contact.person.contact_id.clone(),
            fields: Fields::new(),
            newest: updates.iter().filter_map(|update| update.timestamp).max(),
            updates,
            state: State::Start,
            target: None,
            leads: Vec::new(),
            others: Vec::new(),
            is_dirty: true,
            leaves_out_email: false,
            restarts: 0,
        };
        write.merge_fields();
        write
    }

    fn merge_fields(&mut self) {
        self.fields = Fields::new();
        for update in &self.updates {
            if update.contact.person.email.is_some() {
                self.email.clone_from(&update.contact.person.email);
            }
            for (name, value) in &update.contact.fields {
                merge(&mut self.fields, name, value);
            }
        }
    }

    /// With the setting `skipStale`: leaves out updates that are older than the newest one written.
    pub(super) fn skip_stale(&mut self, cx: &mut Context) {
        let newest = self.fact(cx).and_then(|fact| fact.newest);
        let Some(newest) = newest.filter(|_| cx.config().skip_stale) else { return };
        let is_stale = |update: &Update| update.timestamp.is_some_and(|timestamp| timestamp < newest);
        let (stale, fresh): (Vec<_>, Vec<_>) = self.updates.drain(..).partition(is_stale);
        for update in stale {
            cx.warn(update.event, code::STALE.warning());
            cx.end(update.event, super::End::Delivered);
        }
        self.updates = fresh;
        self.merge_fields();
    }

    /// `last_seen_at` never goes back.
    pub(super) fn keep_last_seen(&mut self, seen: Option<i64>) {
        let given = self.fields.get("last_seen_at").and_then(Value::as_i64);
        if let (Some(seen), Some(given)) = (seen, given)
            && given <= seen
        {
            self.fields.shift_remove("last_seen_at");
        }
    }
}

fn merge(fields: &mut Fields, name: &str, value: &Value) {
    match (fields.get_mut(name), value) {
        (Some(Value::Object(into)), Value::Object(from)) => {
            into.extend(from.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        (Some(Value::Number(into)), Value::Number(from)) if name == "last_seen_at" => {
            if from.as_f64() > into.as_f64() {
                *into = from.clone();
            }
        }
        (Some(into), value) => into.clone_from(value),
        (None, value) => drop(fields.insert(name.into(), value.clone())),
    }
}
