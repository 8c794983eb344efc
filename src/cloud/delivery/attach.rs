//! Attaching a contact to a company that is saved.

use super::absence;
use super::context::Context;
use super::known::{ContactFact, ContactKey, DAY, attached_key};
use super::operation::Step;
use super::progress::End;
use super::queue::{Group, Intended, Sequence};
use crate::cloud::code::{self, Code};
use crate::cloud::intent::{Person, Role};
use crate::cloud::limits::{LOOKUPS, MERGED_LINKS};
use crate::cloud::request::{self, Request};
use crate::cloud::response::{Answer, Contact, Expected, Refusal};
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Debug)]
pub(super) struct Attachment {
    at: Sequence,
    group: Option<Group>,
    contact: Option<String>,
    lookups: u32,
    hops: u32,
}

impl Attachment {
    pub(super) fn new(at: Sequence, group: Group) -> Attachment {
        Attachment { at, group: Some(group), contact: None, lookups: 0, hops: 0 }
    }

    fn person(&self) -> Person {
        self.group.as_ref().and_then(|group| group.company.person.clone()).unwrap_or_default()
    }

    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        let person = self.person();
        let known = cx.shared.known.contact_of(&person, cx.now).map(|(_, id)| id);
        if let Some(contact) = person.contact_id.clone().filter(|_| self.lookups == 0).or(known) {
            self.contact = Some(contact);
            return self.attach(cx);
        }
        if let Some(until) = absence::missed_until(cx, &person) {
            let Some(group) = self.group.take() else { return Step::Over };
            return absence::wait_until(cx, until, group.event, self.at, Intended::Group(group));
        }
        match find(&person) {
            Some((request, expected)) => Step::Send(request, expected),
            None => self.missed(cx),
        }
    }

    fn attach(&mut self, cx: &mut Context) -> Step {
        let (Some(contact), Some(company)) = (&self.contact, self.group.as_ref().and_then(|group| group.saved.clone()))
        else {
            return Step::Over;
        };
        if cx.shared.known.has(&attached_key(contact, &company), cx.now) {
            return self.delivered(cx);
        }
        Step::Send(request::attach_company(contact, &company), Expected::Company)
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        let was_attaching = self.contact.is_some();
        match answer {
            Ok(Answer::Contact(contact)) => self.use_contact(cx, contact),
            Ok(Answer::Contacts(found)) => self.found(cx, found),
            Ok(_) => self.attached(cx),
            Err(Refusal::CompanyNotFound) => self.save_again(cx),
            Err(Refusal::NotFound) if was_attaching => self.look_again(cx),
            Err(Refusal::Merged { into: Some(id) }) if self.hops < MERGED_LINKS => {
                self.hops += 1;
                self.contact = Some(id);
                self.attach(cx)
            }
            Err(Refusal::NotFound | Refusal::Merged { .. }) => self.missed(cx),
            Err(Refusal::Invalid(invalid)) if invalid.code == "contact_company_limit_exceeded" => {
                self.warn(cx, code::COMPANY_LIMIT);
                self.delivered(cx)
            }
            Err(Refusal::Invalid(invalid)) => self.refused(cx, invalid.summary()),
            Err(Refusal::Conflict { .. }) => self.refused(cx, String::from("409")),
        }
    }

    /// The user with that e-mail; if there is none, the lead.
    fn found(&mut self, cx: &mut Context, found: Vec<Contact>) -> Step {
        let email = self.person().email.map(|email| email.to_lowercase());
        let is_it = |one: &Contact| one.email.as_ref().map(|email| email.to_lowercase()) == email;
        let (users, others): (Vec<_>, Vec<_>) =
            found.into_iter().filter(is_it).partition(|one| one.role == Some(Role::User));
        if users.len() > 1 {
            self.warn(cx, code::CONTACT_AMBIGUOUS);
            return self.delivered(cx);
        }
        let lead = others.into_iter().find(|one| one.role == Some(Role::Lead));
        match users.into_iter().next().or(lead) {
            Some(contact) => self.use_contact(cx, contact),
            None => self.missed(cx),
        }
    }

    fn use_contact(&mut self, cx: &mut Context, contact: Contact) -> Step {
        let person = self.person();
        let role = contact.role.unwrap_or(Role::User);
        if let Some(key) = ContactKey::of(role, person.external_id.as_deref(), person.email.as_deref()) {
            let fact = ContactFact { id: contact.id.clone(), seen: contact.last_seen_at, ..ContactFact::default() };
            cx.shared.known.put_contact(&key, fact, cx.now);
        }
        cx.queue.absence = None;
        self.contact = Some(contact.id);
        self.attach(cx)
    }

    fn attached(&mut self, cx: &mut Context) -> Step {
        let company = self.group.as_ref().and_then(|group| group.saved.clone());
        if let (Some(contact), Some(company)) = (&self.contact, company) {
            cx.shared.known.note(attached_key(contact, &company), cx.now, DAY);
        }
        cx.queue.absence = None;
        self.delivered(cx)
    }

    /// The company was deleted meanwhile.
    fn save_again(&mut self, cx: &mut Context) -> Step {
        let Some(mut group) = self.group.take() else { return Step::Over };
        let company_id = &group.company.company_id;
        cx.shared.known.forget_company(company_id);
        cx.shared.companies.add(company_id, self.at, group.company.fields.clone());
        group.saved = None;
        cx.queue.push(self.at, Intended::Group(group));
        Step::Over
    }

    /// The contact's id was stale.
    fn look_again(&mut self, cx: &mut Context) -> Step {
        let person = self.person();
        if let Some((key, _)) = cx.shared.known.contact_of(&person, cx.now) {
            cx.shared.known.forget_contact(&key);
        }
        self.contact = None;
        self.lookups += 1;
        if self.lookups < LOOKUPS { self.begin(cx) } else { self.missed(cx) }
    }

    fn missed(&mut self, cx: &mut Context) -> Step {
        let Some(group) = self.group.take() else { return Step::Over };
        if absence::is_time_up(cx, group.event) {
            cx.warn(group.event, code::CONTACT_MISSING.warning());
            cx.end(group.event, End::Delivered);
            return Step::Over;
        }
        let person = group.company.person.clone().unwrap_or_default();
        absence::missed(cx, &person, group.event, self.at, Intended::Group(group))
    }

    fn warn(&self, cx: &mut Context, code: Code) {
        if let Some(group) = &self.group {
            cx.warn(group.event, code.warning());
        }
    }

    fn delivered(&mut self, cx: &mut Context) -> Step {
        self.abandon(cx, End::Delivered);
        Step::Over
    }

    fn refused(&mut self, cx: &mut Context, detail: String) -> Step {
        self.abandon(cx, End::Dropped { code: code::REFUSED, detail: Some(detail) });
        Step::Over
    }

    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        if let Some(group) = self.group.take() {
            cx.end(group.event, end);
        }
    }
}

/// The request that finds a contact whose id is not known.
pub(super) fn find(person: &Person) -> Option<(Request, Expected)> {
    match (&person.external_id, &person.email) {
        (Some(id), _) => Some((request::find_user(id), Expected::Contact)),
        (None, Some(email)) => Some((request::search_email(email), Expected::Contacts)),
        (None, None) => None,
    }
}
