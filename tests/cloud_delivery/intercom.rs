//! A small, naive Intercom: it keeps contacts, companies and events, with a search that is behind, conflicts, windows and faults.
//! The full stand-in, in JavaScript, is in `tests/intercom/`; this one runs in the same process and in virtual time.

use intercom_destination::cloud::request::{Method, Request};
use intercom_destination::cloud::response::Response;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

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

    /// Searches never show it.
    pub fn hide(&mut self) {
        self.visible_at = i64::MAX;
    }

    fn view(&self) -> Value {
        let mut view = self.fields.clone();
        view.insert("type".into(), json!("contact"));
        view.insert("id".into(), json!(self.id));
        view.insert("role".into(), json!(self.role));
        view.insert("custom_attributes".into(), Value::Object(self.custom.clone()));
        Value::Object(view)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attribute {
    Text,
    Gold,
}

pub struct Intercom {
    pub contacts: Vec<Contact>,
    /// By the site's id: Intercom's id, fields.
    pub companies: BTreeMap<String, (String, Map<String, Value>)>,
    /// `None`: all there are.
    pub attributes: Option<BTreeMap<String, Attribute>>,
    pub search_lag: i64,
    pub token_is_valid: bool,
    pub limit: u32,
    pub shares_emails: bool,
    pub conflicts_have_ids: bool,
    window: (i64, u32),
    /// 429s that the windows caused.
    pub limited: u32,
    /// Most calls in one window.
    pub busiest: u32,
    pub duplicates: u32,
}

pub type Reply = Result<Value, (u16, &'static str, String)>;

impl Default for Intercom {
    fn default() -> Intercom {
        Intercom {
            contacts: Vec::new(),
            companies: BTreeMap::new(),
            attributes: None,
            search_lag: 0,
            token_is_valid: true,
            limit: 1666,
            shares_emails: false,
            conflicts_have_ids: true,
            window: (0, 0),
            limited: 0,
            busiest: 0,
            duplicates: 0,
        }
    }
}

impl Intercom {
    pub fn attributes_are(&mut self, names: &[(&str, Attribute)]) {
        self.attributes = Some(names.iter().map(|(name, kind)| ((*name).into(), *kind)).collect());
    }

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

    /// Answers a request; `None` for the headers when the token is refused.
    pub fn handle(&mut self, now: i64, request: &Request) -> Response {
        if !self.token_is_valid {
            return respond(Err((401, "unauthorized", "Access Token Invalid".into())), Vec::new());
        }
        let number = now.div_euclid(10_000);
        if self.window.0 != number {
            self.window = (number, 0);
        }
        let is_over = self.window.1 >= self.limit;
        self.window.1 += u32::from(!is_over);
        self.busiest = self.busiest.max(self.window.1);
        let headers = [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", (self.limit - self.window.1).to_string()),
            ("x-ratelimit-reset", ((number + 1) * 10).to_string()),
        ]
        .map(|(name, value)| (name.to_string(), value))
        .to_vec();
        if is_over {
            self.limited += 1;
            return respond(Err((429, "rate_limit_exceeded", "Exceeded rate limit".into())), headers);
        }
        let body = request.body.as_deref().map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
        let reply = self.route(now, request, &body);
        let mut response = respond(reply, headers);
        if request.path == "/events" && response.status == 200 {
            (response.status, response.body) = (202, Vec::new());
        }
        response
    }

    fn route(&mut self, now: i64, request: &Request, body: &Value) -> Reply {
        let path: Vec<String> = request.path.trim_matches('/').split('/').map(decoded).collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match (request.method, path.as_slice()) {
            (Method::Get, ["me"]) => Ok(json!({ "app": { "region": "US" } })),
            (Method::Post, ["contacts"]) => self.create(now, body),
            (Method::Post, ["contacts", "search"]) => Ok(self.search(now, &body["query"])),
            (Method::Post, ["contacts", "merge"]) => self.merge(body),
            (Method::Get, ["contacts", "find_by_external_id", id]) => self.user(id).map(Contact::view).ok_or(missing()),
            (Method::Get, ["contacts", id]) => self.open(id).map(|at| self.contacts[at].view()),
            (Method::Put, ["contacts", id]) => self.update(id, body),
            (Method::Delete, ["contacts", id]) => self.set_status(id, Status::Deleted),
            (Method::Post, ["contacts", id, "archive"]) => self.set_status(id, Status::Archived),
            (Method::Post, ["contacts", id, "unarchive"]) => self.unarchive(id),
            (Method::Post, ["contacts", id, "companies"]) => self.attach(id, body),
            (Method::Post, ["companies"]) => self.upsert_company(body),
            (Method::Post, ["events"]) => self.track(body),
            (Method::Post, ["data_attributes"]) => self.create_attribute(body),
            _ => Err((404, "not_found", "Resource Not Found".into())),
        }
    }

    fn open(&self, id: &str) -> Result<usize, (u16, &'static str, String)> {
        let at = self.contacts.iter().position(|one| one.id == id && one.status == Status::Live);
        at.ok_or_else(missing)
    }

    fn set_status(&mut self, id: &str, status: Status) -> Reply {
        let at = self.open(id)?;
        self.contacts[at].status = status;
        Ok(json!({ "id": id }))
    }

    fn unarchive(&mut self, id: &str) -> Reply {
        let contact = self.contacts.iter_mut().find(|one| one.id == id).ok_or_else(missing)?;
        if matches!(contact.status, Status::Merged(_)) {
            return Err((400, "client_error", "User has been merged and is not restorable.".into()));
        }
        contact.status = Status::Live;
        Ok(json!({ "id": id }))
    }

    fn conflict(&self, own: Option<usize>, names: &Map<String, Value>) -> Option<(u16, &'static str, String)> {
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

    fn check_custom(&self, body: &Value) -> Result<(), (u16, &'static str, String)> {
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

    fn create(&mut self, now: i64, body: &Value) -> Reply {
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

    fn update(&mut self, id: &str, body: &Value) -> Reply {
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

    fn search(&self, now: i64, query: &Value) -> Value {
        let data: Vec<Value> =
            self.live().filter(|one| one.visible_at <= now && matches(one, query)).map(Contact::view).collect();
        json!({ "type": "list", "total_count": data.len(), "data": data })
    }

    fn merge(&mut self, body: &Value) -> Reply {
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

    fn attach(&mut self, id: &str, body: &Value) -> Reply {
        let at = self.open(id)?;
        let company = body["id"].as_str().unwrap().to_string();
        if !self.companies.values().any(|(id, _)| *id == company) {
            return Err((404, "company_not_found", "Company Not Found".into()));
        }
        self.contacts[at].companies.insert(company.clone());
        Ok(json!({ "id": company }))
    }

    fn upsert_company(&mut self, body: &Value) -> Reply {
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

    fn track(&mut self, body: &Value) -> Reply {
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

    fn create_attribute(&mut self, body: &Value) -> Reply {
        let name = body["name"].as_str().unwrap().to_string();
        if let Some(known) = &mut self.attributes {
            known.insert(name, Attribute::Text);
        }
        Ok(json!({}))
    }
}

fn missing() -> (u16, &'static str, String) {
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

fn respond(reply: Reply, headers: Vec<(String, String)>) -> Response {
    let (status, body) = match reply {
        Ok(body) => (200, body),
        Err((status, code, message)) => {
            let error = json!({ "code": code, "message": message, "field": null });
            (status, json!({ "type": "error.list", "request_id": null, "errors": [error] }))
        }
    };
    Response { status, headers, body: body.to_string().into_bytes() }
}

fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        if *byte == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}
