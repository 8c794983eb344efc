//! What is known of Intercom's side: ids, what was written, what is missing. Bounded, with a time to live, and offered to the host's cache.

use super::Millis;
use super::generations::Generations;
use super::progress::End;
use crate::cloud::code::{CODES, Code};
use crate::cloud::intent::{Person, Role};
use crate::cloud::request::Model;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

pub(super) const MINUTE: Millis = 60_000;
pub(super) const DAY: Millis = 24 * 60 * MINUTE;

/// A contact's key in the memory: by the site's own id, by a user's e-mail, or by a lead's e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContactKey(String);

impl ContactKey {
    /// `None` for a person who is named by Intercom's id alone.
    pub(super) fn of(role: Role, external_id: Option<&str>, email: Option<&str>) -> Option<ContactKey> {
        Some(match (role, external_id, email) {
            (Role::User, Some(id), _) => ContactKey::user(id),
            (Role::User, None, email) => ContactKey::email(email?),
            (Role::Lead, _, email) => ContactKey::lead(email?),
        })
    }

    pub(super) fn user(external_id: &str) -> ContactKey {
        ContactKey(format!("user:{external_id}"))
    }

    pub(super) fn email(email: &str) -> ContactKey {
        ContactKey(format!("email:{}", email.to_lowercase()))
    }

    pub(super) fn lead(email: &str) -> ContactKey {
        ContactKey(format!("lead:{}", email.to_lowercase()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// One fact of the memory, as the cache keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Fact {
    Contact(ContactFact),
    /// The e-mail is that of the user with this external id.
    UserOfEmail(String),
    Company(CompanyFact),
    /// Something that has no more to say than that it is so.
    Holds,
    /// A lead's create got no clear answer; until then a search need not show it.
    Unclear(Millis),
    Missing(MissingFact),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ContactFact {
    /// Intercom's id.
    pub id: String,
    /// `last_seen_at` at Intercom, in seconds.
    pub seen: Option<i64>,
    /// The e-mail for which leads were looked for.
    pub leads_of: Option<String>,
    /// The timestamp of the newest identify that was written.
    pub newest: Option<Millis>,
    /// Not for the cache: a program that ended may have written something else before the cache heard of it.
    #[serde(skip)]
    pub written: Written,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct CompanyFact {
    pub id: String,
    /// Not for the cache: a program that ended may have written something else before the cache heard of it.
    #[serde(skip)]
    pub written: Written,
}

/// A contact that was looked for and is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct MissingFact {
    pub since: Millis,
    /// When it is worth looking again.
    pub until: Millis,
}

/// Hashes of the fields that were written last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written {
    pub at: Millis,
    fields: Vec<(u64, u64)>,
}

impl Written {
    /// Whether all of these were written within the window.
    pub(super) fn has(&self, fields: &[(u64, u64)], now: Millis, window: Millis) -> bool {
        now - self.at < window && fields.iter().all(|field| self.fields.contains(field))
    }

    pub(super) fn add(&mut self, fields: &[(u64, u64)], now: Millis) {
        self.fields.retain(|(key, _)| fields.iter().all(|(other, _)| key != other));
        self.fields.extend_from_slice(fields);
        self.at = now;
    }

    /// What these fields are at Intercom is not known any more.
    pub(super) fn forget(&mut self, fields: &[(u64, u64)]) {
        self.fields.retain(|(key, _)| fields.iter().all(|(other, _)| key != other));
    }
}

/// A change that the host's cache has to learn of.
pub(super) struct CacheWrite {
    pub key: String,
    pub value: Option<String>,
    pub time_to_live: Millis,
}

pub(super) struct Known {
    facts: Generations<Fact>,
    /// One entry or two for each event, with what it was dropped for: apart, so that events do not push contacts out.
    events: Generations<Option<Code>>,
    has_cache: bool,
    pub writes: Vec<CacheWrite>,
}

impl Known {
    pub(super) fn new(memory: usize, has_cache: bool) -> Known {
        Known { facts: Generations::new(memory), events: Generations::new(memory), has_cache, writes: Vec::new() }
    }

    fn get(&mut self, key: &str, now: Millis) -> Option<&mut Fact> {
        self.facts.get(key, now)
    }

    fn put(&mut self, key: String, fact: Fact, now: Millis, time_to_live: Millis) {
        if self.has_cache {
            let value = serde_json::to_string(&fact).ok();
            self.writes.push(CacheWrite { key: key.clone(), value, time_to_live });
        }
        self.facts.put(key, fact, now + time_to_live);
    }

    fn remove(&mut self, key: &str) {
        if self.facts.remove(key) && self.has_cache {
            self.writes.push(CacheWrite { key: key.into(), value: None, time_to_live: 0 });
        }
    }

    /// Takes over what the cache has; what is known already is newer, and what can't be read is not there.
    pub(super) fn learn(&mut self, key: String, value: &str, now: Millis) {
        if key.starts_with(MESSAGE) {
            let dropped = CODES.iter().find(|code| code.code == value).copied();
            return self.events.put(key, dropped, now + DAY);
        }
        let Ok(fact) = serde_json::from_str(value) else { return };
        if self.get(&key, now).is_none() {
            self.facts.put(key, fact, now + DAY);
        }
    }

    pub(super) fn has(&mut self, key: &str, now: Millis) -> bool {
        self.get(key, now).is_some()
    }

    pub(super) fn contact(&mut self, key: &ContactKey, now: Millis) -> Option<&ContactFact> {
        match self.get(key.as_str(), now)? {
            Fact::Contact(fact) => Some(fact),
            _ => None,
        }
    }

    pub(super) fn put_contact(&mut self, key: &ContactKey, fact: ContactFact, now: Millis) {
        self.put(key.as_str().into(), Fact::Contact(fact), now, DAY);
    }

    pub(super) fn forget_contact(&mut self, key: &ContactKey) {
        self.remove(key.as_str());
    }

    pub(super) fn user_of_email(&mut self, email: &str, now: Millis) -> Option<String> {
        match self.get(ContactKey::email(email).as_str(), now)? {
            Fact::UserOfEmail(external_id) => Some(external_id.clone()),
            _ => None,
        }
    }

    pub(super) fn put_user_of_email(&mut self, email: &str, external_id: &str, now: Millis) {
        if self.user_of_email(email, now).is_none_or(|known| known != external_id) {
            self.put(ContactKey::email(email).0, Fact::UserOfEmail(external_id.into()), now, DAY);
        }
    }

    /// The contact that these names mean, if its id is known, with the key it is known by.
    pub(super) fn contact_of(&mut self, person: &Person, now: Millis) -> Option<(ContactKey, String)> {
        let email = person.email.as_deref();
        let keys = match &person.external_id {
            Some(id) => [Some(ContactKey::user(id)), None],
            None => {
                let user = email.and_then(|email| self.user_of_email(email, now));
                let by_user = user.map(|id| ContactKey::user(&id)).or(email.map(ContactKey::email));
                [email.map(ContactKey::lead), by_user]
            }
        };
        keys.into_iter().flatten().find_map(|key| {
            let id = self.contact(&key, now)?.id.clone();
            Some((key, id))
        })
    }

    pub(super) fn unclear_lead(&mut self, email: &str, now: Millis) -> Option<Millis> {
        match self.get(&unclear_key(email), now)? {
            Fact::Unclear(until) => Some(*until).filter(|until| *until > now),
            _ => None,
        }
    }

    pub(super) fn put_unclear_lead(&mut self, email: &str, until: Millis, now: Millis) {
        self.put(unclear_key(email), Fact::Unclear(until), now, until - now);
    }

    pub(super) fn forget_unclear_lead(&mut self, email: &str) {
        self.remove(&unclear_key(email));
    }

    pub(super) fn missing(&mut self, key: &str, now: Millis) -> Option<MissingFact> {
        match self.get(&format!("missing:{key}"), now)? {
            Fact::Missing(fact) => Some(fact.clone()),
            _ => None,
        }
    }

    pub(super) fn put_missing(&mut self, key: &str, fact: MissingFact, now: Millis) {
        self.put(format!("missing:{key}"), Fact::Missing(fact), now, DAY);
    }

    pub(super) fn forget_missing(&mut self, key: &str) {
        self.remove(&format!("missing:{key}"));
    }

    pub(super) fn company(&mut self, company_id: &str, now: Millis) -> Option<&CompanyFact> {
        match self.get(&company_key(company_id), now)? {
            Fact::Company(fact) => Some(fact),
            _ => None,
        }
    }

    pub(super) fn put_company(&mut self, company_id: &str, fact: CompanyFact, now: Millis) {
        self.put(company_key(company_id), Fact::Company(fact), now, DAY);
    }

    pub(super) fn forget_company(&mut self, company_id: &str) {
        self.remove(&company_key(company_id));
    }

    /// Remembers that something holds; false if it was known.
    pub(super) fn note(&mut self, key: String, now: Millis, time_to_live: Millis) -> bool {
        if self.has(&key, now) {
            return false;
        }
        self.put(key, Fact::Holds, now, time_to_live);
        true
    }

    /// The event was delivered, or dropped for that: a replay of it changes nothing.
    pub(super) fn put_message(&mut self, message_id: &str, dropped: Option<Code>, now: Millis) {
        let key = message_key(message_id);
        if self.has_cache {
            let value = dropped.map_or_else(String::new, |code| code.code.into());
            self.writes.push(CacheWrite { key: key.clone(), value: Some(value), time_to_live: DAY });
        }
        self.events.put(key, dropped, now + DAY);
    }

    /// How an event with this message id ended before.
    pub(super) fn end_of_message(&mut self, message_id: &str, now: Millis) -> Option<End> {
        let dropped = *self.events.get(&message_key(message_id), now)?;
        Some(dropped.map_or(End::Delivered, |code| End::Dropped { code, detail: None }))
    }

    /// Whether an event of this name, contact and second was sent before; it is from now on.
    pub(super) fn is_second_of(&mut self, contact: &str, event: &str, second: i64, now: Millis) -> bool {
        let key = format!("event:{contact}:{second}:{event}");
        let is_second = self.events.get(&key, now).is_some();
        self.events.put(key, None, now + DAY);
        is_second
    }
}

const MESSAGE: &str = "message:";

pub(super) fn company_key(company_id: &str) -> String {
    format!("company:{company_id}")
}

pub(super) fn unclear_key(email: &str) -> String {
    format!("unclear:{}", email.to_lowercase())
}

pub(super) fn message_key(message_id: &str) -> String {
    format!("{MESSAGE}{message_id}")
}

pub(super) fn attached_key(contact: &str, company: &str) -> String {
    format!("attached:{contact}:{company}")
}

pub(super) fn attribute_key(model: Model, name: &str) -> String {
    format!("attribute:{}:{name}", model.as_str())
}
