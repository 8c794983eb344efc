//! Requests to Intercom's REST API as data: method, path and body. The host adds the address, the token and the headers.

use super::intent::{Fields, Role, TrackEvent};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;
use serde_json::{Value, json};

/// The headers that every request needs besides `Authorization` and `Intercom-Version`.
pub const HEADERS: [(&str, &str); 2] = [("Accept", "application/json"), ("Content-Type", "application/json")];

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    /// As it is written in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, percent-encoded, with a leading slash.
    pub path: String,
    /// JSON, or nothing.
    pub body: Option<String>,
}

impl Request {
    fn new(method: Method, path: impl Into<String>) -> Request {
        Request { method, path: path.into(), body: None }
    }

    fn with(method: Method, path: impl Into<String>, body: impl Into<Value>) -> Request {
        Request { method, path: path.into(), body: Some(body.into().to_string()) }
    }
}

/// The fields of a contact that name it, as a request carries them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// The site's own id of a user.
    pub external_id: Option<&'a str>,
    /// The e-mail address.
    pub email: Option<&'a str>,
}

/// Who the token belongs to, and in which region.
pub fn me() -> Request {
    Request::new(Method::Get, "/me")
}

/// Create a contact.
pub fn create_contact(role: Role, names: Names, fields: &Fields) -> Request {
    Request::with(Method::Post, "/contacts", contact_body(Some(role), names, fields))
}

/// Update a contact. With a role, a lead becomes a user.
pub fn update_contact(id: &str, role: Option<Role>, names: Names, fields: &Fields) -> Request {
    Request::with(Method::Put, contact_path(id), contact_body(role, names, fields))
}

fn contact_body(role: Option<Role>, names: Names, fields: &Fields) -> Value {
    let mut body = Fields::new();
    let named = [("role", role.map(role_text)), ("external_id", names.external_id), ("email", names.email)];
    for (key, value) in named {
        if let Some(value) = value {
            body.insert(key.into(), value.into());
        }
    }
    body.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
    body.into()
}

fn role_text(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Lead => "lead",
    }
}

/// The contact with that id of Intercom's.
pub fn read_contact(id: &str) -> Request {
    Request::new(Method::Get, contact_path(id))
}

/// The user with that id of the site's. Never a lead.
pub fn find_user(external_id: &str) -> Request {
    Request::new(Method::Get, format!("/contacts/find_by_external_id/{}", encoded(external_id)))
}

/// Contacts with that external id or that e-mail, both as given; Intercom's index is minutes behind.
pub fn search_user(names: Names) -> Request {
    let mut filters = email_filters(names.email);
    if let Some(external_id) = names.external_id {
        filters.insert(0, filter("external_id", external_id));
    }
    search(any_of(filters))
}

/// Leads with that e-mail.
pub fn search_leads(email: &str) -> Request {
    let email = any_of(email_filters(Some(email)));
    search(json!({ "operator": "AND", "value": [filter("role", "lead"), email] }))
}

/// Contacts with that e-mail, whatever their role.
pub fn search_email(email: &str) -> Request {
    search(any_of(email_filters(Some(email))))
}

/// No public source says whether a search by e-mail minds the case, so an address in capitals is also asked for in small letters.
fn email_filters(email: Option<&str>) -> Vec<Value> {
    let Some(email) = email else { return Vec::new() };
    let small = email.to_lowercase();
    let mut filters = alloc::vec![filter("email", email)];
    if small != email {
        filters.push(filter("email", &small));
    }
    filters
}

fn filter(field: &str, value: &str) -> Value {
    json!({ "field": field, "operator": "=", "value": value })
}

fn any_of(mut filters: Vec<Value>) -> Value {
    if filters.len() == 1 { filters.remove(0) } else { json!({ "operator": "OR", "value": filters }) }
}

fn search(query: Value) -> Request {
    Request::with(Method::Post, "/contacts/search", json!({ "query": query }))
}

/// Make a lead part of a user; the lead's id is gone afterwards.
pub fn merge_contacts(lead: &str, user: &str) -> Request {
    Request::with(Method::Post, "/contacts/merge", json!({ "from": lead, "into": user }))
}

/// Archive a contact.
pub fn archive_contact(id: &str) -> Request {
    Request::new(Method::Post, format!("{}/archive", contact_path(id)))
}

/// Bring an archived contact back.
pub fn unarchive_contact(id: &str) -> Request {
    Request::new(Method::Post, format!("{}/unarchive", contact_path(id)))
}

/// Delete a contact for good.
pub fn delete_contact(id: &str) -> Request {
    Request::new(Method::Delete, contact_path(id))
}

/// Create or update a company by the site's own id.
pub fn upsert_company(company_id: &str, fields: &Fields) -> Request {
    let mut body = Fields::new();
    body.insert("company_id".into(), company_id.into());
    body.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
    Request::with(Method::Post, "/companies", body)
}

/// Attach a contact to a company; both ids are Intercom's.
pub fn attach_company(contact: &str, company: &str) -> Request {
    Request::with(Method::Post, format!("{}/companies", contact_path(contact)), json!({ "id": company }))
}

/// How an event names its contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventOf<'a> {
    /// By Intercom's id.
    Id(&'a str),
    /// By the site's own id of a user.
    UserId(&'a str),
    /// By a user's e-mail.
    Email(&'a str),
}

/// Submit an event.
pub fn create_event(event: &TrackEvent, of: EventOf) -> Request {
    let (key, name) = match of {
        EventOf::Id(id) => ("id", id),
        EventOf::UserId(id) => ("user_id", id),
        EventOf::Email(email) => ("email", email),
    };
    let mut body = json!({ "event_name": event.name, "created_at": event.created_at, key: name });
    if !event.metadata.is_empty() {
        body["metadata"] = event.metadata.clone().into();
    }
    Request::with(Method::Post, "/events", body)
}

/// Whose custom attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Model {
    /// Contacts.
    Contact,
    /// Companies.
    Company,
}

impl Model {
    /// As Intercom calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Model::Contact => "contact",
            Model::Company => "company",
        }
    }
}

/// Make a custom attribute that fits the value; `None` for a value that says no type.
pub fn create_attribute(model: Model, name: &str, value: &Value) -> Option<Request> {
    let data_type = match value {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let body = json!({ "name": name, "model": model.as_str(), "data_type": data_type });
    Some(Request::with(Method::Post, "/data_attributes", body))
}

fn contact_path(id: &str) -> String {
    format!("/contacts/{}", encoded(id))
}

/// One segment of a path: everything but letters, digits and `-._~` percent-encoded. A segment of dots alone would be resolved away.
fn encoded(text: &str) -> String {
    let is_dots = matches!(text, "." | "..");
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => segment.push(byte as char),
            b'.' if !is_dots => segment.push('.'),
            _ => write!(segment, "%{byte:02X}").unwrap(),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::intent::Person;

    #[test]
    fn an_id_cannot_leave_its_segment_of_the_path() {
        assert_eq!(find_user("a/../b?c#d é").path, "/contacts/find_by_external_id/a%2F..%2Fb%3Fc%23d%20%C3%A9");
        assert_eq!(read_contact("..").path, "/contacts/%2E%2E");
    }

    #[test]
    fn a_search_asks_for_an_address_in_capitals_in_small_letters_too() {
        let body = |request: Request| serde_json::from_str::<Value>(&request.body.unwrap()).unwrap();
        let one = search_user(Names { external_id: None, email: Some("a@example.com") });
        assert_eq!(body(one)["query"], json!({ "field": "email", "operator": "=", "value": "a@example.com" }));
        let two = search_user(Names { external_id: Some("u-1"), email: Some("A@example.com") });
        assert_eq!(body(two)["query"]["value"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn an_attribute_s_type_is_that_of_its_value() {
        let made = |value: Value| create_attribute(Model::Contact, "x", &value).map(|request| request.body.unwrap());
        assert!(made(json!(1)).unwrap().contains("integer"));
        assert!(made(json!(1.5)).unwrap().contains("float"));
        assert_eq!(made(json!(null)), None);
    }

    #[test]
    fn an_attribute_is_made_for_contacts_or_for_companies() {
        for (model, name) in [(Model::Contact, "contact"), (Model::Company, "company")] {
            let body = create_attribute(model, "plan", &json!("gold")).unwrap().body.unwrap();
            let expected = json!({ "name": "plan", "model": name, "data_type": "string" });
            assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
        }
    }

    #[test]
    fn an_event_without_metadata_says_none() {
        let event = |metadata: Value| TrackEvent {
            person: Person::default(),
            name: "Order".into(),
            created_at: 5,
            metadata: metadata.as_object().unwrap().clone(),
        };
        let body = |metadata| {
            let request = create_event(&event(metadata), EventOf::UserId("u-1"));
            serde_json::from_str::<Value>(&request.body.unwrap()).unwrap()
        };
        assert_eq!(body(json!({})), json!({ "event_name": "Order", "created_at": 5, "user_id": "u-1" }));
        assert_eq!(body(json!({ "plan": "gold" }))["metadata"], json!({ "plan": "gold" }));
    }
}
