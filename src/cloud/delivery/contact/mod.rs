//! Writing a contact: find out whether it is there, then create or update it, so that nobody is doubled and nobody else is overwritten.
//!
//! | state | request | goes on with |
//! |---|---|---|
//! | `Search` | search by external id or e-mail | `Create`, `Update`, `Merge` |
//! | `Create` | POST /contacts | over; 409: `CheckConflict`, `Unarchive` |
//! | `Update` | PUT /contacts/{id} | over, `Merge`; 409: `CheckConflict`; 404, 410: `Search` |
//! | `CheckConflict` | GET the contact that a 409 names | ours: `Update`; another's: the same write without the e-mail |
//! | `Merge` | POST /contacts/merge | `Merge`, `Update` |
//! | `Unarchive`, `CheckUnarchived`, `Rearchive` | with the setting `unarchive`: bring back, look, archive again if it is another's | `Update`; the same write without the e-mail |
//! | `CreateAttribute` | POST /data_attributes | the same write again |

mod conflict;
mod lookup;
mod merged;
mod write;

use super::context::Context;
use super::known::{ContactFact, ContactKey};
use super::operation::Step;
use super::progress::End;
use super::queue::Update;
use crate::cloud::intent::{Fields, Role};
use crate::cloud::outcome::Warning;
use crate::cloud::response::{Answer, Contact, Refusal};
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Debug)]
pub(in crate::cloud::delivery) struct ContactWrite {
    updates: Vec<Update>,
    role: Role,
    external_id: Option<String>,
    email: Option<String>,
    contact_id: Option<String>,
    fields: Fields,
    newest: Option<super::Millis>,
    state: State,
    target: Option<Target>,
    /// Leads with this e-mail that are to become part of the user.
    leads: Vec<String>,
    /// Contacts that are known to be other people.
    others: Vec<String>,
    /// Fields are still to be written.
    is_dirty: bool,
    leaves_out_email: bool,
    restarts: u32,
}

/// The contact to write to.
#[derive(Clone, Debug)]
struct Target {
    id: String,
    role: Role,
    /// It is known to have this external id already.
    has_external_id: bool,
    seen: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Start,
    Search,
    Create,
    Update,
    CheckConflict { id: String, hops: u32 },
    Merge,
    Unarchive { id: String },
    CheckUnarchived { id: String },
    Rearchive,
    CreateAttribute,
}

impl ContactWrite {
    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        self.look_up(cx)
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        match (core::mem::replace(&mut self.state, State::Start), answer) {
            (State::Search, Ok(Answer::Contacts(found))) => self.found(cx, found),
            (State::Search, Err(refusal)) => self.refuse(cx, &refusal),
            (State::Create, Ok(Answer::Contact(contact))) => self.wrote(cx, contact),
            (State::Create, Err(refusal)) => self.create_refused(cx, refusal),
            (State::Update, Ok(Answer::Contact(contact))) => self.wrote(cx, contact),
            (State::Update, Err(refusal)) => self.update_refused(cx, refusal),
            (State::CheckConflict { hops, .. }, answer) => self.checked_conflict(cx, answer, hops),
            (State::Merge, answer) => self.merged(cx, answer),
            (State::Unarchive { id }, answer) => self.unarchived(cx, answer, id),
            (State::CheckUnarchived { id }, answer) => self.checked_unarchived(cx, answer, id),
            (State::Rearchive, _) => self.leave_out_email(cx),
            (State::CreateAttribute, _) => self.proceed(cx),
            (State::Start | State::Search | State::Create | State::Update, _) => self.look_up(cx),
        }
    }

    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        for update in self.updates.drain(..) {
            cx.end(update.event, end.clone());
        }
    }

    fn key(&self) -> Option<ContactKey> {
        ContactKey::of(self.role, self.external_id.as_deref(), self.email.as_deref())
    }

    fn fact(&self, cx: &mut Context) -> Option<ContactFact> {
        let key = self.key()?;
        cx.shared.known.contact(&key, cx.now).cloned()
    }

    /// Every update says it, for it may be the only one whose outcome anybody reads.
    fn warn_all(&self, cx: &mut Context, warning: Warning) {
        for update in &self.updates {
            cx.warn(update.event, warning.clone());
        }
    }

    fn drop_all(&mut self, cx: &mut Context, end: End) -> Step {
        self.abandon(cx, end);
        Step::Over
    }

    /// Whether a contact with this e-mail is looked for under leads, too.
    fn wants_leads(&self, cx: &Context) -> bool {
        self.role == Role::User && self.email.is_some() && !self.leaves_out_email && cx.config().merge_leads
    }

    fn is_email(&self, other: &Contact) -> bool {
        let lower = |email: &Option<String>| email.as_ref().map(|email| email.to_lowercase());
        self.email.is_some() && lower(&self.email) == lower(&other.email)
    }

    /// Whether a contact that has one of these names is the person meant: never one with another external id.
    fn is_same_person(&self, other: &Contact) -> bool {
        if other.role == Some(Role::Lead) {
            return false;
        }
        match (&self.external_id, &other.external_id) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (Some(_), None) => true,
            (None, _) => self.is_email(other),
        }
    }
}
