//! What belongs to the workspace rather than to one contact: attributes, companies, and events as they come in.

use super::contacts::{Contact, Status};
use super::{Fault, Intercom, Reply};
use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attribute {
    Text,
    Gold,
}

impl Intercom {
    pub fn attributes_are(&mut self, names: &[(&str, Attribute)]) {
        self.attributes = Some(names.iter().map(|(name, kind)| ((*name).into(), *kind)).collect());
    }

    pub(super) fn check_custom(&self, body: &Value) -> Result<(), Fault> {
        let Some(known) = &self.attributes else { return Ok(()) };
        for (name, value) in body["custom_attributes"].as_object().into_iter().flatten() {
            let text = match known.get(name) {
                None => format!("Custom attribute '{name}' does not exist"),
                Some(Attribute::Gold) if *value != json!("gold") && !value.is_null() => {
                    format!("Custom attribute '{name}' must be one of: gold")
                }
                Some(_) => continue,
            };
            return Err((400, "parameter_invalid", text));
        }
        if body["owner_id"].as_i64().is_some_and(|owner| owner != 1) {
            let text = "The owner specified is not a member of the workspace".into();
            return Err((400, "parameter_invalid", text));
        }
        Ok(())
    }

    pub(super) fn upsert_company(&mut self, body: &Value) -> Reply {
        self.check_custom(body)?;
        let company_id = body["company_id"].as_str().unwrap();
        let id = format!("c{:023x}", self.companies.len());
        let (id, fields) = self.companies.entry(company_id.into()).or_insert((id, Map::new()));
        for (name, value) in body.as_object().unwrap() {
            match (fields.get_mut(name), value) {
                (Some(Value::Object(into)), Value::Object(from)) => into.extend(from.clone()),
                _ => drop(fields.insert(name.clone(), value.clone())),
            }
        }
        Ok(json!({ "type": "company", "id": id }))
    }

    pub(super) fn track(&mut self, body: &Value) -> Reply {
        let user = || (404, "not_found", String::from("User Not Found"));
        let is_it = |one: &&mut Contact| {
            let by_email = body["email"].as_str().is_some_and(|email| one.text("email") == Some(email));
            let by_id = body["user_id"].as_str().is_some_and(|id| one.text("external_id") == Some(id));
            one.status == Status::Live && (body["id"] == *one.id || one.role == "user" && (by_id || by_email))
        };
        let mut found: Vec<_> = self.contacts.iter_mut().filter(is_it).collect();
        if found.len() > 1 {
            return Err((409, "conflict", "Multiple existing users match this email address".into()));
        }
        let contact = found.pop().ok_or_else(user)?;
        let event = (body["event_name"].as_str().unwrap().to_string(), body["created_at"].as_i64().unwrap());
        if contact.events.contains(&event) {
            self.duplicates += 1;
        } else {
            contact.events.push(event);
        }
        Ok(Value::Null)
    }

    pub(super) fn create_attribute(&mut self, body: &Value) -> Reply {
        let name = body["name"].as_str().unwrap().to_string();
        if let Some(known) = &mut self.attributes {
            known.insert(name, Attribute::Text);
        }
        Ok(json!({}))
    }
}
