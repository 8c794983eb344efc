//! Saving a company. All that waits to be saved of it goes in one request, and what changes nothing goes in none.

use super::companies::{Saved, Turn};
use super::context::Context;
use super::hash;
use super::known::{CompanyFact, attached_key};
use super::operation::Step;
use super::progress::End;
use super::queue::{Group, Intended, Sequence};
use super::refused_fields::{Lost, leave_out_known, lose, unknown_warning};
use crate::cloud::code;
use crate::cloud::intent::Fields;
use crate::cloud::outcome::Warning;
use crate::cloud::request::{self, Model};
use crate::cloud::response::{Answer, Expected, Refusal};
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::Value;

#[derive(Debug)]
pub(super) struct CompanySave {
    at: Sequence,
    group: Option<Group>,
    /// The parts of all events that are saved with this one, in order.
    parts: Vec<(Sequence, Fields, Vec<Warning>)>,
    fields: Fields,
}

impl CompanySave {
    pub(super) fn new(at: Sequence, group: Group) -> CompanySave {
        CompanySave { at, group: Some(group), parts: Vec::new(), fields: Fields::new() }
    }

    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        let Some(group) = &self.group else { return Step::Over };
        match cx.shared.companies.turn(&group.company.company_id, self.at, cx.lane) {
            Turn::Wait => Step::Park,
            Turn::Saved(saved) => self.saved(cx, saved),
            Turn::Save(parts) => {
                self.parts = parts.into_iter().map(|(at, fields)| (at, fields, Vec::new())).collect();
                if self.parts.iter().all(|(at, ..)| *at != self.at) {
                    self.parts.push((self.at, group.company.fields.clone(), Vec::new()));
                }
                self.fields = merged(&self.parts);
                self.save(cx)
            }
        }
    }

    fn save(&mut self, cx: &mut Context) -> Step {
        let Some(group) = &self.group else { return Step::Over };
        let company_id = group.company.company_id.clone();
        leave_out_known(cx, Model::Company, &mut self.fields);
        let (now, window) = (cx.now, cx.config().equal_company_window);
        let hashes = hash::of_fields(&self.fields);
        let known = cx.shared.known.company(&company_id, now);
        if let Some(fact) = known.filter(|fact| fact.written.has(&hashes, now, window)) {
            let id = fact.id.clone();
            return self.settle(cx, Ok(id));
        }
        Step::Send(request::upsert_company(&company_id, &self.fields), Expected::Company)
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        match answer {
            Ok(Answer::Company(id)) => {
                self.remember(cx, &id);
                self.settle(cx, Ok(id))
            }
            // An attribute was made.
            Ok(_) => self.save(cx),
            Err(Refusal::Invalid(invalid)) => match lose(cx, Model::Company, &mut self.fields, &invalid) {
                Some(Lost::Unknown { create: Some(create), .. }) => Step::Send(create, Expected::Anything),
                Some(Lost::Unknown { name, create: None }) => {
                    self.warn_who_has(&name, &unknown_warning(&name));
                    self.save(cx)
                }
                Some(Lost::Refused { warning }) => {
                    self.parts.iter_mut().for_each(|(_, _, warnings)| warnings.push(warning.clone()));
                    self.save(cx)
                }
                None => self.refused(cx, invalid.summary()),
            },
            Err(Refusal::NotFound | Refusal::CompanyNotFound) => self.refused(cx, String::from("404")),
            Err(Refusal::Merged { .. }) => self.refused(cx, String::from("410")),
            Err(Refusal::Conflict { .. }) => self.refused(cx, String::from("409")),
        }
    }

    fn refused(&mut self, cx: &mut Context, detail: String) -> Step {
        self.settle(cx, Err(End::Dropped { code: code::REFUSED, detail: Some(detail) }))
    }

    fn remember(&self, cx: &mut Context, id: &str) {
        let Some(group) = &self.group else { return };
        let company_id = &group.company.company_id;
        let known = cx.shared.known.company(company_id, cx.now).filter(|fact| fact.id == id);
        let mut written = known.map(|fact| fact.written.clone()).unwrap_or_default();
        written.add(&hash::of_fields(&self.fields), cx.now);
        cx.shared.known.put_company(company_id, CompanyFact { id: id.into(), written }, cx.now);
    }

    /// It may have been saved or not: what comes after it is not equal to what was known before it.
    pub(super) fn unclear(&self, cx: &mut Context) {
        let Some(company_id) = self.group.as_ref().map(|group| &group.company.company_id) else { return };
        let Some(mut fact) = cx.shared.known.company(company_id, cx.now).cloned() else { return };
        fact.written.forget(&hash::of_fields(&self.fields));
        cx.shared.known.put_company(company_id, fact, cx.now);
    }

    fn warn_who_has(&mut self, name: &str, warning: &Warning) {
        for (_, fields, warnings) in &mut self.parts {
            let attributes = fields.get("custom_attributes");
            if attributes.is_some_and(|attributes| attributes.get(name).is_some()) {
                warnings.push(warning.clone());
            }
        }
    }

    /// Tells all that had a part in it, then goes on with this event.
    fn settle(&mut self, cx: &mut Context, result: Result<String, End>) -> Step {
        self.tell(cx, &result);
        self.begin(cx)
    }

    fn tell(&mut self, cx: &mut Context, result: &Result<String, End>) {
        let Some(group) = &self.group else { return };
        let parts = core::mem::take(&mut self.parts).into_iter();
        let parts = parts.map(|(at, _, warnings)| (at, Saved { result: result.clone(), warnings })).collect();
        let waiting = cx.shared.companies.settle(&group.company.company_id, parts);
        cx.shared.woken.extend(waiting);
    }

    fn saved(&mut self, cx: &mut Context, saved: Saved) -> Step {
        let Some(mut group) = self.group.take() else { return Step::Over };
        for warning in saved.warnings {
            cx.warn(group.event, warning);
        }
        match saved.result {
            Err(end) => cx.end(group.event, end),
            Ok(_) if group.company.person.is_none() => {
                cx.warn(group.event, code::NOBODY_ATTACHED.warning());
                cx.end(group.event, End::Delivered);
            }
            Ok(id) if is_attached(cx, &group, &id) => cx.end(group.event, End::Delivered),
            Ok(id) => {
                group.saved = Some(id);
                cx.queue.push(self.at, Intended::Group(group));
            }
        }
        Step::Over
    }

    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        let is_saving = !self.parts.is_empty();
        if is_saving {
            self.tell(cx, &Err(end.clone()));
        }
        let Some(group) = self.group.take() else { return };
        cx.shared.companies.withdraw(&group.company.company_id, self.at);
        cx.end(group.event, end);
    }
}

fn is_attached(cx: &mut Context, group: &Group, company: &str) -> bool {
    let Some(person) = &group.company.person else { return false };
    let known = cx.shared.known.contact_of(person, cx.now).map(|(_, id)| id);
    let contact = person.contact_id.clone().or(known);
    contact.is_some_and(|contact| cx.shared.known.has(&attached_key(&contact, company), cx.now))
}

fn merged(parts: &[(Sequence, Fields, Vec<Warning>)]) -> Fields {
    let mut all = Fields::new();
    for (name, value) in parts.iter().flat_map(|(_, fields, _)| fields) {
        match (all.get_mut(name), value) {
            (Some(Value::Object(into)), Value::Object(from)) => {
                into.extend(from.iter().map(|(key, value)| (key.clone(), value.clone())));
            }
            _ => drop(all.insert(name.clone(), value.clone())),
        }
    }
    all
}
