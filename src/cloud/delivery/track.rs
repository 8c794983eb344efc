//! Submitting an event of a contact: by Intercom's id where it is known, else by user id, else by e-mail, where leads need a search.

use super::absence;
use super::context::Context;
use super::known::{ContactFact, ContactKey};
use super::operation::Step;
use super::progress::End;
use super::queue::{Intended, Sequence, Track};
use crate::cloud::code::{self, Code};
use crate::cloud::intent::{Person, Role};
use crate::cloud::limits::NAMES;
use crate::cloud::request::{self, EventOf};
use crate::cloud::response::{Answer, Contact, Expected, Refusal};
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Debug)]
pub(super) struct EventSubmission {
    at: Sequence,
    /// Until it has ended or is back in the queue.
    track: Option<Track>,
    of: Of,
    names_tried: u32,
}

/// How the last request named the contact.
#[derive(Clone, Debug, PartialEq)]
enum Of {
    /// By an id that was known, and what it was known by.
    KnownId(Option<ContactKey>, String),
    UserId(String),
    Email(String),
    /// Whoever has this e-mail is searched for, leads too.
    Search(String),
}

impl EventSubmission {
    pub(super) fn new(at: Sequence, track: Track) -> EventSubmission {
        EventSubmission { at, track: Some(track), of: Of::Email(String::new()), names_tried: 0 }
    }

    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        let Some(track) = &self.track else { return Step::Over };
        let person = track.track.person.clone();
        let known = cx.shared.known.contact_of(&person, cx.now);
        if known.is_none()
            && person.contact_id.is_none()
            && let Some(until) = absence::missed_until(cx, &person)
        {
            return self.put_back(cx, until);
        }
        self.of = match (person.contact_id, known, person.external_id, person.email) {
            (Some(id), ..) => Of::KnownId(None, id),
            (None, Some((key, id)), ..) => Of::KnownId(Some(key), id),
            (None, None, Some(id), _) => Of::UserId(id),
            (None, None, None, Some(email)) => match cx.shared.known.user_of_email(&email, cx.now) {
                Some(user) => Of::UserId(user),
                // One search asks for users and leads.
                None if absence::was_missed(cx, &Person { email: Some(email.clone()), ..Person::default() }) => {
                    Of::Search(email)
                }
                None => Of::Email(email),
            },
            (None, None, None, None) => return self.drop(cx, code::CONTACT_MISSING, None),
        };
        self.submit()
    }

    fn put_back(&mut self, cx: &mut Context, until: super::Millis) -> Step {
        match self.track.take() {
            Some(track) => absence::wait_until(cx, until, track.event, self.at, Intended::Track(track)),
            None => Step::Over,
        }
    }

    fn submit(&mut self) -> Step {
        let Some(track) = &self.track else { return Step::Over };
        self.names_tried += 1;
        let of = match &self.of {
            Of::KnownId(_, id) => EventOf::Id(id),
            Of::UserId(id) => EventOf::UserId(id),
            Of::Email(email) => EventOf::Email(email),
            Of::Search(email) => return Step::Send(request::search_email(email), Expected::Contacts),
        };
        Step::Send(request::create_event(&track.track, of), Expected::Anything)
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        match answer {
            Ok(Answer::Contacts(found)) => self.found(cx, found),
            Ok(_) => self.delivered(cx),
            Err(Refusal::NotFound | Refusal::CompanyNotFound) => self.not_found(cx),
            Err(Refusal::Merged { into }) => match into.filter(|_| self.names_tried < NAMES) {
                Some(id) => {
                    self.forget(cx);
                    self.of = Of::KnownId(None, id);
                    self.submit()
                }
                None => self.not_found(cx),
            },
            Err(Refusal::Conflict { .. }) => self.drop(cx, code::CONTACT_AMBIGUOUS, None),
            Err(Refusal::Invalid(invalid)) if invalid.message.contains("event names") => {
                self.drop(cx, code::EVENT_NAME_LIMIT, None)
            }
            Err(Refusal::Invalid(invalid)) => self.drop(cx, code::REFUSED, Some(invalid.summary())),
        }
    }

    fn delivered(&mut self, cx: &mut Context) -> Step {
        let Some(track) = self.track.take() else { return Step::Over };
        let (Of::KnownId(_, name) | Of::UserId(name) | Of::Email(name) | Of::Search(name)) = &self.of;
        if cx.shared.known.is_second_of(name, &track.track.name, track.track.created_at, cx.now) {
            cx.warn(track.event, code::EVENT_SAME_SECOND.warning());
        }
        cx.queue.absence = None;
        cx.end(track.event, End::Delivered);
        Step::Over
    }

    /// Tries the next name: an id may be stale, and a lead is not found by e-mail.
    fn not_found(&mut self, cx: &mut Context) -> Step {
        let Some(track) = &self.track else { return Step::Over };
        let person = &track.track.person;
        let next = match (&self.of, &person.external_id, &person.email) {
            (Of::KnownId(_, _), Some(id), _) => Some(Of::UserId(id.clone())),
            (Of::KnownId(Some(_), _), None, Some(email)) => Some(Of::Email(email.clone())),
            (Of::Email(email), ..) => Some(Of::Search(email.clone())),
            // The user of that e-mail is gone.
            (Of::UserId(_), None, Some(email)) => Some(Of::Email(email.clone())),
            _ => None,
        };
        self.forget(cx);
        match next.filter(|_| self.names_tried < NAMES) {
            Some(next) => {
                self.of = next;
                self.submit()
            }
            None => self.missed(cx),
        }
    }

    fn forget(&self, cx: &mut Context) {
        match &self.of {
            Of::KnownId(Some(key), _) => cx.shared.known.forget_contact(key),
            Of::UserId(id) => {
                cx.shared.known.forget_contact(&ContactKey::user(id));
                if let Some(email) = self.track.as_ref().and_then(|track| track.track.person.email.as_ref()) {
                    cx.shared.known.forget_contact(&ContactKey::email(email));
                }
            }
            _ => {}
        }
    }

    fn found(&mut self, cx: &mut Context, found: Vec<Contact>) -> Step {
        let Of::Search(email) = &self.of else { return self.missed(cx) };
        let is_it = |one: &&Contact| one.email.as_ref().is_some_and(|e| e.to_lowercase() == email.to_lowercase());
        let mut users = found.iter().filter(is_it).filter(|one| one.role == Some(Role::User));
        let lead = found.iter().filter(is_it).find(|one| one.role == Some(Role::Lead));
        let (user, second) = (users.next(), users.next());
        if second.is_some() {
            return self.drop(cx, code::CONTACT_AMBIGUOUS, None);
        }
        let Some(contact) = user.or(lead).filter(|_| self.names_tried < NAMES) else { return self.missed(cx) };
        let key = if user.is_some() { ContactKey::email(email) } else { ContactKey::lead(email) };
        let fact = ContactFact { id: contact.id.clone(), seen: contact.last_seen_at, ..ContactFact::default() };
        cx.shared.known.put_contact(&key, fact, cx.now);
        self.of = Of::KnownId(Some(key), contact.id.clone());
        self.submit()
    }

    fn missed(&mut self, cx: &mut Context) -> Step {
        let Some(track) = self.track.take() else { return Step::Over };
        if absence::is_time_up(cx, track.event) {
            cx.end(track.event, End::Dropped { code: code::CONTACT_MISSING, detail: None });
            return Step::Over;
        }
        let person = track.track.person.clone();
        absence::missed(cx, &person, track.event, self.at, Intended::Track(track))
    }

    fn drop(&mut self, cx: &mut Context, code: Code, detail: Option<String>) -> Step {
        self.abandon(cx, End::Dropped { code, detail });
        Step::Over
    }

    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        if let Some(track) = self.track.take() {
            cx.end(track.event, end);
        }
    }
}
