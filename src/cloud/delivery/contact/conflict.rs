//! A 409 names a contact: the person meant, whom the search did not show, or somebody else who has the e-mail.

use super::super::context::Context;
use super::super::operation::Step;
use super::super::progress::End;
use super::lookup::target;
use super::{ContactWrite, State, Target};
use crate::cloud::code;
use crate::cloud::intent::Role;
use crate::cloud::limits::{GIVEN_BACK, MERGED_LINKS};
use crate::cloud::request;
use crate::cloud::response::{Answer, Contact, Expected, Refusal};
use alloc::string::String;

impl ContactWrite {
    pub(super) fn conflicted(&mut self, cx: &mut Context, id: Option<String>, is_archived: bool) -> Step {
        let Some(id) = id else { return self.try_later(cx) };
        if self.others.contains(&id) {
            return self.leave_out_email(cx);
        }
        if is_archived {
            if !cx.config().unarchive {
                return self.drop_all(cx, End::Dropped { code: code::CONTACT_ARCHIVED, detail: None });
            }
            self.state = State::Unarchive { id: id.clone() };
            return Step::Send(request::unarchive_contact(&id), Expected::Anything);
        }
        let is_update = self.target.as_ref();
        if is_update.is_some_and(|target| target.has_external_id && target.role == Role::User) {
            // The contact has its external id, so it can only be the e-mail.
            self.others.push(id);
            return self.leave_out_email(cx);
        }
        let has_one_name = self.external_id.is_some() && (self.email.is_none() || self.leaves_out_email);
        if has_one_name && is_update.is_none() && !self.fields.contains_key("last_seen_at") {
            self.target = Some(Target { id, role: Role::User, has_external_id: true, seen: None });
            return self.proceed(cx);
        }
        self.check(id, 0)
    }

    fn check(&mut self, id: String, hops: u32) -> Step {
        let read = request::read_contact(&id);
        self.state = State::CheckConflict { id, hops };
        Step::Send(read, Expected::Contact)
    }

    pub(super) fn checked_conflict(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>, hops: u32) -> Step {
        match answer {
            Ok(Answer::Contact(contact)) => self.settle_conflict(cx, &contact),
            Err(Refusal::Merged { into: Some(into) }) if hops < MERGED_LINKS => self.check(into, hops + 1),
            _ => self.try_later(cx),
        }
    }

    fn settle_conflict(&mut self, cx: &mut Context, contact: &Contact) -> Step {
        if !self.is_same_person(contact) {
            self.others.push(contact.id.clone());
            return self.leave_out_email(cx);
        }
        // What was to be converted becomes part of the user instead.
        if let Some(lead) = self.target.take().filter(|target| target.role == Role::Lead) {
            self.leads.insert(0, lead.id);
        }
        self.target = Some(target(contact, contact.external_id == self.external_id));
        self.proceed(cx)
    }

    /// The e-mail is another contact's: the rest is saved.
    pub(super) fn leave_out_email(&mut self, cx: &mut Context) -> Step {
        if self.leaves_out_email || self.email.is_none() || self.external_id.is_none() {
            return self.try_later(cx);
        }
        self.leaves_out_email = true;
        self.warn_all(cx, code::CONTACT_CONFLICT.warning_about("email"));
        self.proceed(cx)
    }

    fn try_later(&mut self, cx: &mut Context) -> Step {
        Step::GiveBack(code::CONTACT_CONFLICT, cx.now + cx.shared.random.around(GIVEN_BACK))
    }

    pub(super) fn unarchived(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>, id: String) -> Step {
        if answer.is_err() {
            return self.drop_all(cx, End::Dropped { code: code::CONTACT_ARCHIVED, detail: None });
        }
        let read = request::read_contact(&id);
        self.state = State::CheckUnarchived { id };
        Step::Send(read, Expected::Contact)
    }

    pub(super) fn checked_unarchived(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>, id: String) -> Step {
        match answer {
            Ok(Answer::Contact(contact)) if self.is_same_person(&contact) => self.settle_conflict(cx, &contact),
            Ok(Answer::Contact(_)) => {
                self.others.push(id.clone());
                self.state = State::Rearchive;
                Step::Send(request::archive_contact(&id), Expected::Anything)
            }
            _ => self.try_later(cx),
        }
    }
}
