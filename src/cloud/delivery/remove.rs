//! Deleting a contact for good: find it, then delete it by Intercom's id, then forget it.

use super::attach::find;
use super::context::Context;
use super::known::ContactKey;
use super::operation::Step;
use super::progress::End;
use super::queue::Removal;
use crate::cloud::code::{self, Code};
use crate::cloud::intent::Person;
use crate::cloud::limits::MERGED_LINKS;
use crate::cloud::request;
use crate::cloud::response::{Answer, Contact, Expected, Refusal};
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Debug)]
pub(super) struct ContactRemoval {
    removal: Option<Removal>,
    state: State,
    hops: u32,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Find,
    /// By an id from memory, which may be stale.
    DeleteKnown,
    Delete,
}

impl ContactRemoval {
    pub(super) fn new(removal: Removal) -> ContactRemoval {
        ContactRemoval { removal: Some(removal), state: State::Find, hops: 0 }
    }

    fn person(&self) -> Person {
        self.removal.as_ref().map(|removal| removal.person.clone()).unwrap_or_default()
    }

    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        let person = self.person();
        let known = cx.shared.known.contact_of(&person, cx.now).map(|(_, id)| id);
        match person.contact_id.clone().or(known) {
            Some(id) => self.delete(id, State::DeleteKnown),
            None => self.look(cx),
        }
    }

    fn look(&mut self, cx: &mut Context) -> Step {
        self.state = State::Find;
        match find(&self.person()) {
            Some((request, expected)) => Step::Send(request, expected),
            None => self.nobody(cx),
        }
    }

    fn delete(&mut self, id: String, state: State) -> Step {
        self.state = state;
        Step::Send(request::delete_contact(&id), Expected::Anything)
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        match answer {
            Ok(Answer::Contact(contact)) => self.delete(contact.id, State::Delete),
            Ok(Answer::Contacts(found)) => self.found(cx, found),
            Ok(_) => self.deleted(cx),
            Err(Refusal::Merged { into: Some(id) }) if self.hops < MERGED_LINKS => {
                self.hops += 1;
                self.delete(id, State::Delete)
            }
            Err(Refusal::NotFound | Refusal::Merged { .. } | Refusal::CompanyNotFound) => {
                self.forget(cx);
                if self.state == State::DeleteKnown { self.look(cx) } else { self.nobody(cx) }
            }
            Err(Refusal::Invalid(invalid)) => self.drop(cx, code::REFUSED, Some(invalid.summary())),
            Err(Refusal::Conflict { .. }) => self.drop(cx, code::REFUSED, Some(String::from("409"))),
        }
    }

    fn found(&mut self, cx: &mut Context, found: Vec<Contact>) -> Step {
        let email = self.person().email.map(|email| email.to_lowercase());
        let is_it = |one: &Contact| one.email.as_ref().map(|email| email.to_lowercase()) == email;
        let mut found = found.into_iter().filter(is_it);
        match (found.next(), found.next()) {
            (None, _) => self.nobody(cx),
            (Some(contact), None) => self.delete(contact.id, State::Delete),
            (Some(_), Some(_)) => self.drop(cx, code::CONTACT_AMBIGUOUS, None),
        }
    }

    fn deleted(&mut self, cx: &mut Context) -> Step {
        self.forget(cx);
        self.abandon(cx, End::Delivered);
        Step::Over
    }

    fn nobody(&mut self, cx: &mut Context) -> Step {
        if let Some(removal) = &self.removal {
            cx.warn(removal.event, code::NOTHING_DELETED.warning());
        }
        self.abandon(cx, End::Delivered);
        Step::Over
    }

    /// Nothing is kept of a person who is deleted.
    fn forget(&self, cx: &mut Context) {
        let person = self.person();
        if let Some(id) = &person.external_id {
            cx.shared.known.forget_contact(&ContactKey::user(id));
        }
        if let Some(email) = &person.email {
            cx.shared.known.forget_contact(&ContactKey::email(email));
            cx.shared.known.forget_contact(&ContactKey::lead(email));
        }
    }

    fn drop(&mut self, cx: &mut Context, code: Code, detail: Option<String>) -> Step {
        self.abandon(cx, End::Dropped { code, detail });
        Step::Over
    }

    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        if let Some(removal) = self.removal.take() {
            cx.end(removal.event, end);
        }
    }
}
