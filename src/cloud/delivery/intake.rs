//! Events on their way in: batches wait for the cache in the order in which they came, then each intent goes to its person's lane.

use super::hold::Arrival;
use super::io::{EventId, ReadId};
use super::known::{ContactKey, attribute_key, company_key, message_key, unclear_key};
use super::people::LaneId;
use super::progress::{self, End, EventKey};
use super::queue::{Group, Intended, Removal, Sequence, Track, Update};
use super::timer::Timer;
use super::{Delivery, Millis, Output};
use crate::cloud::intent::{Event, Fields, Intent, Person};
use crate::cloud::limits::CACHE_TIMEOUT;
use crate::cloud::request::Model;
use alloc::collections::{BTreeSet, VecDeque};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Default)]
pub(super) struct Intake {
    waiting: VecDeque<Batch>,
    reads: ReadId,
    arrivals: Arrival,
}

struct Batch {
    events: Vec<(EventId, Event)>,
    /// The read that it waits for, and until when.
    read: Option<(ReadId, Millis)>,
}

impl Intake {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

impl Delivery {
    pub(super) fn receive(&mut self, now: Millis, events: Vec<(EventId, Event)>) {
        self.stopped = None;
        let read = if self.shared.config.has_cache { self.read_cache(now, &events) } else { None };
        self.intake.waiting.push_back(Batch { events, read });
        self.enter_waiting(now);
    }

    fn read_cache(&mut self, now: Millis, events: &[(EventId, Event)]) -> Option<(ReadId, Millis)> {
        let mut keys = BTreeSet::new();
        for (_, event) in events {
            collect_keys(event, &mut keys);
        }
        let keys: Vec<String> = keys.into_iter().filter(|key| !self.shared.known.has(key, now)).collect();
        if keys.is_empty() {
            return None;
        }
        self.intake.reads += 1;
        let id = self.intake.reads;
        self.shared.outputs.push_back(Output::ReadCache { id, keys });
        let until = now + CACHE_TIMEOUT;
        self.timers.set(until, Timer::Cache);
        Some((id, until))
    }

    pub(super) fn cache_answered(&mut self, now: Millis, read: ReadId, entries: Vec<(String, String)>) {
        for (key, value) in entries {
            self.shared.known.learn(key, &value, now);
        }
        for batch in &mut self.intake.waiting {
            batch.read = batch.read.filter(|(id, _)| *id != read);
        }
        self.enter_waiting(now);
    }

    pub(super) fn cache_timed_out(&mut self, now: Millis) {
        for batch in &mut self.intake.waiting {
            batch.read = batch.read.filter(|(_, until)| *until > now);
        }
        self.enter_waiting(now);
    }

    /// Batches enter in the order in which they came: a later one may be about the same people.
    fn enter_waiting(&mut self, now: Millis) {
        while self.intake.waiting.front().is_some_and(|batch| batch.read.is_none()) {
            let Some(batch) = self.intake.waiting.pop_front() else { return };
            for (id, event) in batch.events {
                self.enter(now, id, event);
            }
        }
    }

    fn enter(&mut self, now: Millis, id: EventId, event: Event) {
        let Event { message_id, timestamp, intents, warnings } = event;
        let before = message_id.as_deref().and_then(|message| self.shared.known.end_of_message(message, now));
        if intents.is_empty() || before.is_some() {
            let outcome = progress::outcome(before.unwrap_or(End::Delivered), warnings);
            self.shared.outputs.push_back(Output::Finish { event: id, outcome });
            return;
        }
        let lanes: Vec<LaneId> = intents.iter().map(|intent| self.lane_of(now, intent)).collect();
        let arrival = self.arrival(message_id.as_deref(), &lanes);
        let Some(key) = self.shared.progress.enter(id, message_id, arrival, &intents, warnings) else { return };
        for (index, intent) in intents.into_iter().enumerate() {
            // Lanes may have become one since.
            let lane = if lanes.len() == 1 { lanes[0] } else { self.lane_of(now, &intent) };
            self.enter_intent(lane, key, (arrival, index), timestamp, intent);
        }
    }

    /// The number of a new event, or the one that an event had which was given back.
    fn arrival(&mut self, message_id: Option<&str>, lanes: &[LaneId]) -> Arrival {
        let mut known = None;
        for lane in lanes {
            let (Some(lane), Some(message)) = (self.people.get(*lane), message_id) else { continue };
            known = lane.queue.hold.take(message).or(known);
        }
        known.unwrap_or_else(|| {
            self.intake.arrivals += 1;
            self.intake.arrivals
        })
    }

    /// The lane of an intent's person.
    fn lane_of(&mut self, now: Millis, intent: &Intent) -> LaneId {
        let names = self.names(now, intent);
        let (lane, absorbed) = self.people.lane_of(names);
        if !absorbed.is_empty() {
            self.redirect(lane);
        }
        lane
    }

    fn enter_intent(&mut self, lane: LaneId, event: EventKey, at: Sequence, timestamp: Option<Millis>, intent: Intent) {
        let intended = match intent {
            Intent::IdentifyContact(contact) => Intended::Update(Update { event, timestamp, contact }),
            Intent::TrackEvent(track) => Intended::Track(Track { event, track }),
            Intent::IdentifyCompany(company) => {
                self.shared.companies.add(&company.company_id, at, company.fields.clone());
                Intended::Group(Group { event, company, saved: None })
            }
            Intent::Delete(person) => Intended::Removal(Removal { event, person }),
        };
        if let Some(open) = self.people.get(lane) {
            open.queue.push(at, intended);
        }
        self.wake(lane);
    }

    /// The names that tell whose an intent is, as far as the batch and the memory know.
    fn names(&mut self, now: Millis, intent: &Intent) -> Vec<String> {
        let person = match intent {
            Intent::IdentifyContact(contact) => &contact.person,
            Intent::TrackEvent(track) => &track.person,
            Intent::Delete(person) => person,
            Intent::IdentifyCompany(company) => match &company.person {
                Some(person) => person,
                None => return alloc::vec![company_key(&company.company_id)],
            },
        };
        let mut names = Vec::new();
        if let Some(id) = &person.external_id {
            names.push(ContactKey::user(id).as_str().into());
        }
        if let Some(id) = &person.contact_id {
            names.push(format!("id:{id}"));
        }
        // Only what writes the e-mail, or has no better name, is about whoever else has it.
        if let Some(email) = &person.email
            && (names.is_empty() || matches!(intent, Intent::IdentifyContact(_) | Intent::Delete(_)))
        {
            names.push(ContactKey::email(email).as_str().into());
            if let Some(user) = self.shared.known.user_of_email(email, now) {
                names.push(ContactKey::user(&user).as_str().into());
            }
        }
        names
    }
}

/// All that the memory may need to know for an event.
fn collect_keys(event: &Event, keys: &mut BTreeSet<String>) {
    if let Some(message) = &event.message_id {
        keys.insert(message_key(message));
    }
    for intent in &event.intents {
        match intent {
            Intent::IdentifyContact(contact) => {
                collect_person(&contact.person, keys);
                collect_attributes(Model::Contact, &contact.fields, keys);
            }
            Intent::TrackEvent(track) => collect_person(&track.person, keys),
            Intent::Delete(person) => collect_person(person, keys),
            Intent::IdentifyCompany(company) => {
                keys.insert(company_key(&company.company_id));
                collect_attributes(Model::Company, &company.fields, keys);
                if let Some(person) = &company.person {
                    collect_person(person, keys);
                }
            }
        }
    }
}

fn collect_person(person: &Person, keys: &mut BTreeSet<String>) {
    if let Some(id) = &person.external_id {
        keys.insert(ContactKey::user(id).as_str().into());
    }
    if let Some(email) = &person.email {
        keys.insert(ContactKey::email(email).as_str().into());
        keys.insert(ContactKey::lead(email).as_str().into());
        keys.insert(unclear_key(email));
    }
}

fn collect_attributes(model: Model, fields: &Fields, keys: &mut BTreeSet<String>) {
    let Some(attributes) = fields.get("custom_attributes").and_then(serde_json::Value::as_object) else { return };
    keys.extend(attributes.keys().map(|name| attribute_key(model, name)));
}
