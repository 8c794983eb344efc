//! The write itself: create, convert or update, then what was refused, then what is known from now on.

use super::super::context::Context;
use super::super::known::{ContactFact, ContactKey};
use super::super::operation::Step;
use super::super::progress::End;
use super::super::refused_fields::{Lost, lose, unknown_warning};
use super::{ContactWrite, State, Target};
use crate::cloud::code;
use crate::cloud::intent::Role;
use crate::cloud::request::{self, Model, Names};
use crate::cloud::response::{Answer, Contact, Expected, Invalid, Refusal};
use alloc::string::String;

impl ContactWrite {
    /// The next request, from what is known by now.
    pub(super) fn proceed(&mut self, cx: &mut Context) -> Step {
        let Some(target) = self.target.clone() else {
            self.state = State::Create;
            let create = request::create_contact(self.role, self.names(), &self.fields);
            return Step::Send(create, Expected::Contact);
        };
        let must_convert = self.role == Role::User && target.role == Role::Lead;
        if !must_convert && let Some(lead) = self.leads.first() {
            self.state = State::Merge;
            return Step::Send(request::merge_contacts(lead, &target.id), Expected::Contact);
        }
        if !self.is_dirty {
            return self.finish(cx);
        }
        self.keep_last_seen(target.seen);
        self.state = State::Update;
        let update = request::update_contact(&target.id, Some(self.role), self.names(), &self.fields);
        Step::Send(update, Expected::Contact)
    }

    fn names(&self) -> Names<'_> {
        let email = self.email.as_deref().filter(|_| !self.leaves_out_email);
        Names { external_id: self.external_id.as_deref(), email }
    }

    pub(super) fn wrote(&mut self, cx: &mut Context, contact: Contact) -> Step {
        let was_lead = self.target.as_ref().is_some_and(|target| target.role == Role::Lead);
        if self.role == Role::User && was_lead {
            self.forget_lead(cx);
        }
        self.is_dirty = false;
        self.remember(cx, &contact);
        let seen = contact.last_seen_at;
        self.target = Some(Target { id: contact.id, role: self.role, has_external_id: true, seen });
        self.proceed(cx)
    }

    fn remember(&self, cx: &mut Context, contact: &Contact) {
        let Some(key) = self.key() else { return };
        let before = self.fact(cx).filter(|fact| fact.id == contact.id);
        let mut written = before.as_ref().map(|fact| fact.written.clone()).unwrap_or_default();
        written.add(&self.hashes(), cx.now);
        let given = self.fields.get("last_seen_at").and_then(serde_json::Value::as_i64);
        let known = before.as_ref().and_then(|fact| fact.seen);
        let leads_of = if self.wants_leads(cx) { self.email.as_ref().map(|email| email.to_lowercase()) } else { None };
        let fact = ContactFact {
            id: contact.id.clone(),
            seen: contact.last_seen_at.max(given).max(known),
            leads_of: leads_of.or(before.as_ref().and_then(|fact| fact.leads_of.clone())),
            newest: self.newest.max(before.and_then(|fact| fact.newest)),
            written,
        };
        cx.shared.known.put_contact(&key, fact, cx.now);
        let email = self.email.as_deref().filter(|_| self.role == Role::User && !self.leaves_out_email);
        if let (Some(email), Some(external_id)) = (email, &self.external_id) {
            cx.shared.known.put_user_of_email(email, external_id, cx.now);
        }
        cx.shared.known.forget_missing(key.as_str());
    }

    pub(super) fn forget_lead(&self, cx: &mut Context) {
        if let Some(email) = &self.email {
            cx.shared.known.forget_contact(&ContactKey::lead(email));
        }
    }

    pub(super) fn create_refused(&mut self, cx: &mut Context, refusal: Refusal) -> Step {
        match refusal {
            Refusal::Conflict { id, is_archived } => self.conflicted(cx, id, is_archived),
            Refusal::Invalid(invalid) => self.invalid(cx, &invalid),
            refusal => self.refuse(cx, &refusal),
        }
    }

    pub(super) fn update_refused(&mut self, cx: &mut Context, refusal: Refusal) -> Step {
        match refusal {
            Refusal::Conflict { id, is_archived } => self.conflicted(cx, id, is_archived),
            Refusal::Invalid(invalid) if self.role == Role::Lead && invalid.message.contains("converted to a lead") => {
                self.lost_target(cx)
            }
            Refusal::Invalid(invalid) => self.invalid(cx, &invalid),
            Refusal::NotFound | Refusal::Merged { .. } | Refusal::CompanyNotFound => self.lost_target(cx),
        }
    }

    /// The id that was known is nobody's any more: look again, as if it had never been known.
    fn lost_target(&mut self, cx: &mut Context) -> Step {
        if self.contact_id.is_some() {
            return self.drop_all(cx, End::Dropped { code: code::CONTACT_MISSING, detail: None });
        }
        if let Some(target) = self.target.take() {
            if target.role == Role::Lead {
                self.forget_lead(cx);
            }
            self.leads.retain(|lead| *lead != target.id);
        }
        if let Some(key) = self.key() {
            cx.shared.known.forget_contact(&key);
        }
        self.look_up(cx)
    }

    /// One bad field loses itself; the same write goes again without it.
    fn invalid(&mut self, cx: &mut Context, invalid: &Invalid) -> Step {
        match lose(cx, Model::Contact, &mut self.fields, invalid) {
            Some(Lost::Unknown { create: Some(create), .. }) => {
                self.state = State::CreateAttribute;
                return Step::Send(create, Expected::Anything);
            }
            Some(Lost::Unknown { name, create: None }) => {
                self.warn_who_has(cx, &name, unknown_warning(&name));
            }
            Some(Lost::Refused { warning }) => self.warn_all(cx, warning),
            None if self.can_lose_email(invalid) => {
                self.leaves_out_email = true;
                self.warn_all(cx, code::FIELD_REFUSED.warning_about("email"));
            }
            None => return self.refuse(cx, &Refusal::Invalid(invalid.clone())),
        }
        self.proceed(cx)
    }

    fn can_lose_email(&self, invalid: &Invalid) -> bool {
        let is_about_it = invalid.field.as_deref() == Some("email") || invalid.message.to_lowercase().contains("email");
        is_about_it && self.email.is_some() && !self.leaves_out_email && self.external_id.is_some()
    }

    fn warn_who_has(&self, cx: &mut Context, name: &str, warning: crate::cloud::outcome::Warning) {
        for update in &self.updates {
            let attributes = update.contact.fields.get("custom_attributes");
            if attributes.is_some_and(|attributes| attributes.get(name).is_some()) {
                cx.warn(update.event, warning.clone());
            }
        }
    }

    pub(super) fn refuse(&mut self, cx: &mut Context, refusal: &Refusal) -> Step {
        let detail = match refusal {
            Refusal::Invalid(invalid) => invalid.summary(),
            Refusal::NotFound | Refusal::CompanyNotFound => String::from("404"),
            Refusal::Merged { .. } => String::from("410"),
            Refusal::Conflict { .. } => String::from("409"),
        };
        self.drop_all(cx, End::Dropped { code: code::REFUSED, detail: Some(detail) })
    }

    /// The e-mail of the lead that the request creates.
    pub(in crate::cloud::delivery) fn created_lead(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.role == Role::Lead && self.state == State::Create)
    }

    /// A lead that may have been created is not created again: wait until a search must show it. An update that may have been done is
    /// neither known nor unknown: what comes after it is not equal to what was known before it.
    pub(in crate::cloud::delivery) fn unclear(&mut self, cx: &mut Context) -> Option<Step> {
        if self.state == State::Update
            && let (Some(key), Some(mut fact)) = (self.key(), self.fact(cx))
        {
            fact.written.forget(&self.hashes());
            cx.shared.known.put_contact(&key, fact, cx.now);
        }
        let email = self.created_lead()?;
        let until = cx.now + cx.config().search_lag;
        cx.shared.known.put_unclear_lead(email, until, cx.now);
        Some(Step::GiveBack(code::LEAD_UNCLEAR, until))
    }
}

impl ContactWrite {
    pub(super) fn merged(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        if !self.leads.is_empty() {
            self.leads.remove(0);
        }
        match answer {
            // Intercom may have taken the lead's values: ours are written over them.
            Ok(Answer::Contact(contact)) => {
                self.is_dirty = true;
                if let Some(target) = &mut self.target {
                    target.seen = target.seen.max(contact.last_seen_at);
                }
            }
            // The lead is gone: it was merged before, perhaps by a request whose answer was lost.
            Err(Refusal::NotFound | Refusal::Merged { .. }) => self.is_dirty = true,
            _ => self.warn_all(cx, code::LEAD_NOT_MERGED.warning()),
        }
        self.forget_lead(cx);
        self.proceed(cx)
    }
}
