//! Whether the contact is there: from memory, or by one search that asks for leads with the e-mail, too.

use super::super::context::Context;
use super::super::known::ContactKey;
use super::super::operation::Step;
use super::super::progress::End;
use super::super::refused_fields::leave_out_known;
use super::{ContactWrite, State, Target};
use crate::cloud::code;
use crate::cloud::intent::{Fields, Role};
use crate::cloud::limits::{GIVEN_BACK, LAST_SEEN_BEHIND, RESTARTS};
use crate::cloud::request::{self, Model, Names};
use crate::cloud::response::{Contact, Expected};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde_json::Value;

impl ContactWrite {
    pub(super) fn look_up(&mut self, cx: &mut Context) -> Step {
        self.restarts += 1;
        // The first time is no fresh start.
        if self.restarts > RESTARTS + 1 {
            let at = cx.now + cx.shared.random.around(GIVEN_BACK);
            return Step::GiveBack(code::CONTACT_CONFLICT, at);
        }
        leave_out_known(cx, Model::Contact, &mut self.fields);
        if let Some(id) = self.contact_id.clone() {
            self.target = Some(Target { id, role: self.role, has_external_id: false, seen: None });
            return self.proceed(cx);
        }
        self.skip_stale(cx);
        if self.updates.is_empty() {
            return Step::Over;
        }
        if let Some(until) = self.unclear_lead(cx) {
            return Step::GiveBack(code::LEAD_UNCLEAR, until);
        }
        match self.role {
            Role::Lead => self.look_up_lead(cx),
            Role::User => self.look_up_user(cx),
        }
    }

    /// A lead whose create got no clear answer is not searched for before the search can show it.
    fn unclear_lead(&self, cx: &mut Context) -> Option<i64> {
        let email = self.email.as_deref()?;
        if self.role == Role::User && !self.wants_leads(cx) {
            return None;
        }
        cx.shared.known.unclear_lead(email, cx.now)
    }

    fn look_up_lead(&mut self, cx: &mut Context) -> Step {
        let Some(email) = self.email.clone() else { return self.proceed(cx) };
        match self.fact(cx) {
            Some(fact) => {
                let target = Target { id: fact.id, role: Role::Lead, has_external_id: true, seen: fact.seen };
                self.proceed_unless_equal(cx, target)
            }
            None => self.send_search(request::search_leads(&email)),
        }
    }

    fn look_up_user(&mut self, cx: &mut Context) -> Step {
        let email = self.email.clone().filter(|_| self.wants_leads(cx));
        let lead = email.as_deref().and_then(|email| {
            let key = ContactKey::lead(email);
            cx.shared.known.contact(&key, cx.now).map(|lead| lead.id.clone())
        });
        let fact = self.fact(cx);
        let has_looked = |email: &str| fact.as_ref().is_some_and(|fact| fact.leads_of.as_deref() == Some(email));
        let must_search = lead.is_none() && email.as_deref().is_some_and(|email| !has_looked(&email.to_lowercase()));
        if must_search {
            return self.search(cx);
        }
        let target = fact.map(|fact| Target { id: fact.id, role: Role::User, has_external_id: true, seen: fact.seen });
        match (target, lead) {
            (Some(target), None) => self.proceed_unless_equal(cx, target),
            (Some(target), Some(lead)) => {
                self.target = Some(target);
                self.leads = vec![lead];
                self.proceed(cx)
            }
            (None, Some(lead)) => {
                self.target = Some(Target { id: lead, role: Role::Lead, has_external_id: false, seen: None });
                self.proceed(cx)
            }
            (None, None) => self.proceed(cx),
        }
    }

    /// Nothing is sent for an update that changes nothing.
    fn proceed_unless_equal(&mut self, cx: &mut Context, target: Target) -> Step {
        let Some(fact) = self.fact(cx) else { return self.proceed(cx) };
        let ahead = self.fields.get("last_seen_at").and_then(Value::as_i64).map(|given| match fact.seen {
            Some(seen) => given - seen,
            None => i64::MAX,
        });
        let is_recent = ahead.is_none_or(|ahead| ahead <= LAST_SEEN_BEHIND / 1000);
        if is_recent && fact.written.has(&self.hashes(), cx.now, cx.config().equal_update_window) {
            return self.finish(cx);
        }
        self.target = Some(target);
        self.proceed(cx)
    }

    pub(super) fn hashes(&self) -> Vec<(u64, u64)> {
        let mut hashes = super::super::hash::of_fields(&self.fields);
        if let Some(email) = self.email.as_ref().filter(|_| !self.leaves_out_email) {
            let mut names = Fields::new();
            names.insert("email".into(), email.as_str().into());
            hashes.extend(super::super::hash::of_fields(&names));
        }
        hashes
    }

    fn search(&mut self, cx: &mut Context) -> Step {
        let fact = self.fact(cx);
        let email = self.email.clone();
        match (fact, email) {
            // The user is known: only leads are missing.
            (Some(_), Some(email)) => self.send_search(request::search_leads(&email)),
            (_, email) => {
                let names = Names { external_id: self.external_id.as_deref(), email: email.as_deref() };
                let search = request::search_user(names);
                self.send_search(search)
            }
        }
    }

    fn send_search(&mut self, search: request::Request) -> Step {
        self.state = State::Search;
        Step::Send(search, Expected::Contacts)
    }

    /// What a search found, by what each contact itself says: which is the person, which are leads, which are others.
    pub(super) fn found(&mut self, cx: &mut Context, found: Vec<Contact>) -> Step {
        if self.role == Role::Lead {
            let lead = found.into_iter().find(|one| one.role == Some(Role::Lead) && self.is_email(one));
            self.target = lead.map(|lead| target(&lead, true));
            return self.proceed(cx);
        }
        let is_ours = |one: &&Contact| one.external_id.is_some() && one.external_id == self.external_id;
        let users = || found.iter().filter(|one| one.role == Some(Role::User));
        let ours = users().find(is_ours).or_else(|| users().find(|one| self.is_email(one) && self.is_same_person(one)));
        self.target = match ours {
            Some(user) => Some(target(user, user.external_id == self.external_id)),
            None => self.fact(cx).map(|fact| Target {
                id: fact.id,
                role: Role::User,
                has_external_id: true,
                seen: fact.seen,
            }),
        };
        let target_id = self.target.as_ref().map(|target| target.id.clone());
        self.others = users().map(|one| one.id.clone()).filter(|id| Some(id) != target_id.as_ref()).collect();
        if self.wants_leads(cx) {
            let leads = found.iter().filter(|one| one.role == Some(Role::Lead) && self.is_email(one));
            self.leads = leads.map(|lead| lead.id.clone()).collect();
        }
        if self.target.is_none() && !self.leads.is_empty() {
            let id: String = self.leads.remove(0);
            let seen = found.iter().find(|one| one.id == id).and_then(|lead| lead.last_seen_at);
            self.target = Some(Target { id, role: Role::Lead, has_external_id: false, seen });
        }
        self.proceed(cx)
    }

    /// All is at Intercom.
    pub(super) fn finish(&mut self, cx: &mut Context) -> Step {
        cx.queue.absence = None;
        self.abandon(cx, End::Delivered);
        Step::Over
    }
}

pub(super) fn target(contact: &Contact, has_external_id: bool) -> Target {
    Target {
        id: contact.id.clone(),
        role: contact.role.unwrap_or(Role::User),
        has_external_id,
        seen: contact.last_seen_at,
    }
}
