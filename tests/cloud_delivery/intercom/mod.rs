//! A small, naive Intercom: it keeps contacts, companies and events, with a search that is behind, conflicts, windows and faults.
//! The full stand-in, in JavaScript, is in `tests/intercom/`; this one runs in the same process and in virtual time.

mod contacts;
mod workspace;

pub use contacts::{Contact, Status};
pub use workspace::Attribute;

use contacts::missing;
use intercom_destination::cloud::request::{Method, Request};
use intercom_destination::cloud::response::Response;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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

/// Status, code and message.
type Fault = (u16, &'static str, String);
type Reply = Result<Value, Fault>;

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
