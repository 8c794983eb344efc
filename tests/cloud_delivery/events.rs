//! Events as the actions make them.

use crate::world::START;
use intercom_destination::cloud::intent::{
    Event, Fields, IdentifyCompany, IdentifyContact, Intent, Person, Role, TrackEvent,
};
use serde_json::Value;

pub fn user(id: &str) -> Person {
    Person { external_id: Some(id.into()), ..Person::default() }
}

pub fn user_with_email(id: &str, email: &str) -> Person {
    Person { external_id: Some(id.into()), email: Some(email.into()), contact_id: None }
}

pub fn email(email: &str) -> Person {
    Person { email: Some(email.into()), ..Person::default() }
}

pub fn contact_id(id: &str) -> Person {
    Person { contact_id: Some(id.into()), ..Person::default() }
}

pub fn fields(value: Value) -> Fields {
    value.as_object().cloned().unwrap_or_default()
}

pub fn event(intents: Vec<Intent>) -> Event {
    Event { message_id: None, timestamp: Some(START), intents, warnings: Vec::new() }
}

pub fn identify(person: Person, given: Value) -> Event {
    contact(Role::User, person, given)
}

pub fn lead(address: &str, given: Value) -> Event {
    contact(Role::Lead, email(address), given)
}

fn contact(role: Role, person: Person, given: Value) -> Event {
    event(vec![Intent::IdentifyContact(IdentifyContact { role, person, fields: fields(given) })])
}

pub fn group(person: Option<Person>, company_id: &str, given: Value) -> Event {
    let company = IdentifyCompany { person, company_id: company_id.into(), fields: fields(given) };
    event(vec![Intent::IdentifyCompany(company)])
}

pub fn track(person: Person, name: &str) -> Event {
    track_at(person, name, START / 1000)
}

pub fn track_at(person: Person, name: &str, created_at: i64) -> Event {
    let track = TrackEvent { person, name: name.into(), created_at, metadata: Fields::new() };
    event(vec![Intent::TrackEvent(track)])
}

pub fn delete(person: Person) -> Event {
    event(vec![Intent::Delete(person)])
}

pub trait With {
    fn id(self, message_id: &str) -> Self;
    fn at(self, timestamp: i64) -> Self;
}

impl With for Event {
    fn id(mut self, message_id: &str) -> Event {
        self.message_id = Some(message_id.into());
        self
    }

    fn at(mut self, timestamp: i64) -> Event {
        self.timestamp = Some(timestamp);
        self
    }
}
