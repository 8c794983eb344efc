//! Contacts: who is there, what requests do to them, and what searches show of them.

use super::{Fault, Intercom, Reply};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub id: String,
    pub role: String,
    pub fields: Map<String, Value>,
    pub custom: Map<String, Value>,
    pub companies: BTreeSet<String>,
    pub status: Status,
    /// In the order of arrival: name, created_at.
    pub events: Vec<(String, i64)>,
    /// What searches see: since when.
    visible_at: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Live,
    Archived,
    Merged(String),
    Deleted,
}

impl Contact {
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    /// Of its events, in the order in which they arrived.
    pub fn event_names(&self) -> Vec<&str> {
        self.events.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Searches never show it.
    pub fn hide(&mut self) {
        self.visible_at = i64::MAX;
    }

    pub(super) fn view(&self) -> Value {
        let mut view = self.fields.clone();
        view.insert("type".into(), json!("contact"));
        view.insert("id".into(), json!(self.id));
        view.insert("role".into(), json!(self.role));
        view.insert("custom_attributes".into(), Value::Object(self.custom.clone()));
        Value::Object(view)
    }
}

impl Intercom {
    /// A contact that is there already, visible to searches.
    pub fn seed(&mut self, body: Value) -> String {
        let id = format!("{:024x}", 0x6600 + self.contacts.len());
        let mut fields = body.as_object().unwrap().clone();
        let role = fields.remove("role").map_or("user".into(), |role| role.as_str().unwrap().into());
        let custom = fields.remove("custom_attributes").and_then(|all| all.as_object().cloned()).unwrap_or_default();
        self.contacts.push(Contact {
            id: id.clone(),
            role,
            fields,
            custom,
            companies: BTreeSet::new(),
            status: Status::Live,
            events: Vec::new(),
            visible_at: i64::MIN,
        });
        id
    }

    pub fn contact(&self, id: &str) -> &Contact {
        self.contacts.iter().find(|one| one.id == id).unwrap()
    }

    pub fn contact_mut(&mut self, id: &str) -> &mut Contact {
        self.contacts.iter_mut().find(|one| one.id == id).unwrap()
    }

    pub fn user(&self, external_id: &str) -> Option<&Contact> {
        self.live().find(|one| one.role == "user" && one.text("external_id") == Some(external_id))
    }

    pub fn leads(&self, email: &str) -> Vec<&Contact> {
        self.live().filter(|one| one.role == "lead" && one.text("email") == Some(email)).collect()
    }

    pub fn live(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.iter().filter(|one| one.status == Status::Live)
    }

    pub(super) fn open(&self, id: &str) -> Result<usize, Fault> {
        let at = self.contacts.iter().position(|one| one.id == id && one.status == Status::Live);
        at.ok_or_else(missing)
    }

    pub(super) fn set_status(&mut self, id: &str, status: Status) -> Reply {
        let at = self.open(id)?;
        self.contacts[at].status = status;
        Ok(json!({ "id": id }))
    }

    pub(super) fn unarchive(&mut self, id: &str) -> Reply {
        let contact = self.contacts.iter_mut().find(|one| one.id == id).ok_or_else(missing)?;
        if matches!(contact.status, Status::Merged(_)) {
            return Err((400, "client_error", "User has been merged and is not restorable.".into()));
        }
        contact.status = Status::Live;
        Ok(json!({ "id": id }))
    }

    fn conflict(&self, own: Option<usize>, names: &Map<String, Value>) -> Option<Fault> {
        let holds = |one: &Contact, field: &str| {
            let lower = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_lowercase);
            names.get(field).is_some() && lower(names.get(field)) == lower(one.fields.get(field))
        };
        let (at, other) = self.contacts.iter().enumerate().find(|(at, one)| {
            let is_there = matches!(one.status, Status::Live | Status::Archived);
            let has_own = names.contains_key("external_id") && one.fields.contains_key("external_id");
            let by_email = holds(one, "email") && !(self.shares_emails && has_own);
            Some(*at) != own && one.role == "user" && is_there && (holds(one, "external_id") || by_email)
        })?;
        let archived = if self.contacts[at].status == Status::Archived { "An archived" } else { "A" };
        let id = if self.conflicts_have_ids { format!(" with id={}", other.id) } else { String::new() };
        Some((409, "conflict", format!("{archived} contact matching those details already exists{id}")))
    }

    pub(super) fn create(&mut self, now: i64, body: &Value) -> Reply {
        let given = body.as_object().unwrap();
        let is_user = body["role"] == "user";
        if is_user && let Some(conflict) = self.conflict(None, given) {
            return Err(conflict);
        }
        self.check_custom(body)?;
        let id = self.seed(body.clone());
        let lag = self.search_lag;
        self.contact_mut(&id).visible_at = now + lag * 1000;
        Ok(self.contact(&id).view())
    }

    pub(super) fn update(&mut self, id: &str, body: &Value) -> Reply {
        let at = self.open(id)?;
        if body["role"] == "lead" && self.contacts[at].role == "user" {
            return Err((400, "client_error", "Contact with user role can't be converted to a lead".into()));
        }
        if body["role"] == "user"
            && let Some(conflict) = self.conflict(Some(at), body.as_object().unwrap())
        {
            return Err(conflict);
        }
        self.check_custom(body)?;
        let contact = &mut self.contacts[at];
        for (name, value) in body.as_object().unwrap() {
            match name.as_str() {
                "role" => contact.role = value.as_str().unwrap().into(),
                "custom_attributes" => contact.custom.extend(value.as_object().unwrap().clone()),
                _ => drop(contact.fields.insert(name.clone(), value.clone())),
            }
        }
        Ok(contact.view())
    }

    pub(super) fn search(&self, now: i64, query: &Value) -> Value {
        let data: Vec<Value> =
            self.live().filter(|one| one.visible_at <= now && matches(one, query)).map(Contact::view).collect();
        json!({ "type": "list", "total_count": data.len(), "data": data })
    }

    pub(super) fn merge(&mut self, body: &Value) -> Reply {
        let lead = self.open(body["from"].as_str().unwrap())?;
        let user = self.open(body["into"].as_str().unwrap())?;
        if self.contacts[lead].role != "lead" || self.contacts[user].role != "user" {
            return Err((400, "invalid_merge", "Only a lead can be merged, and only into a user".into()));
        }
        let id = self.contacts[user].id.clone();
        let taken = std::mem::replace(&mut self.contacts[lead].status, Status::Merged(id));
        assert_eq!(taken, Status::Live);
        let from = self.contacts[lead].clone();
        let into = &mut self.contacts[user];
        // The worst of what it may do: the lead's values replace the user's.
        let fields = from.fields.into_iter().filter(|(name, _)| !matches!(name.as_str(), "external_id" | "email"));
        into.fields.extend(fields);
        into.custom.extend(from.custom);
        into.companies.extend(from.companies);
        into.events.splice(0..0, from.events);
        Ok(into.view())
    }

    pub(super) fn attach(&mut self, id: &str, body: &Value) -> Reply {
        let at = self.open(id)?;
        let company = body["id"].as_str().unwrap().to_string();
        if !self.companies.values().any(|(id, _)| *id == company) {
            return Err((404, "company_not_found", "Company Not Found".into()));
        }
        self.contacts[at].companies.insert(company.clone());
        Ok(json!({ "id": company }))
    }
}

pub(super) fn missing() -> Fault {
    (404, "not_found", "Contact Not Found".into())
}

fn matches(contact: &Contact, query: &Value) -> bool {
    let parts = || query["value"].as_array().unwrap().iter();
    match query["operator"].as_str().unwrap() {
        "AND" => parts().all(|part| matches(contact, part)),
        "OR" => parts().any(|part| matches(contact, part)),
        _ if query["field"] == "role" => query["value"] == *contact.role,
        _ => contact.fields.get(query["field"].as_str().unwrap()) == Some(&query["value"]),
    }
}
