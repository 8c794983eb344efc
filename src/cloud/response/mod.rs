//! What a response of Intercom's REST API means. The status decides first, codes and texts second; no body is trusted.

mod body;

pub use body::{Contact, Workspace};

use crate::cloud::limits::RESPONSE;
use alloc::string::String;
use alloc::vec::Vec;
use body::{Admin, Company, Error, Errors, List};
use serde::Deserialize;

/// The headers that are read, in small letters. The host need hand over no others.
pub const READ_HEADERS: [&str; 5] =
    ["link", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

/// A response as the host got it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names in any case; others than [`READ_HEADERS`] are ignored.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// What the body of a successful response has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One contact.
    Contact,
    /// A list of contacts.
    Contacts,
    /// One company.
    Company,
    /// The token's owner with the workspace.
    Workspace,
    /// Nothing, or any JSON: the status says it all. A page of HTML is from somebody else.
    Anything,
}

/// A successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One contact.
    Contact(Contact),
    /// Contacts that a search found.
    Contacts(Vec<Contact>),
    /// Intercom's id of a company.
    Company(String),
    /// The token's workspace.
    Workspace(Workspace),
    /// Done.
    Done,
}

/// Why a request did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing was done, and the same request may go again: 429.
    Limited,
    /// It may have been done or not, and the same request may go again: 408, 423, 5xx but 501, and a success that can't be read.
    Unclear,
    /// The token is refused or lacks a permission: 401, 403.
    Unauthorized,
    /// The same request would be refused again.
    Refused(Refusal),
}

/// A final refusal of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 404, and it is not a company that is missing.
    NotFound,
    /// 404 `company_not_found`.
    CompanyNotFound,
    /// 410: the contact was merged into another one, whose id is here where the response has it.
    Merged {
        /// From the `Link` header.
        into: Option<String>,
    },
    /// 409: a contact with these names exists.
    Conflict {
        /// From the text; in no field.
        id: Option<String>,
        /// The text says that the contact is archived.
        is_archived: bool,
    },
    /// Any other status.
    Invalid(Invalid),
}

/// What the first error of an `error.list` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    /// The status.
    pub status: u16,
    /// Intercom's code, empty if there is none.
    pub code: String,
    /// Its text, which may have personal data in it.
    pub message: String,
    /// The field it is about.
    pub field: Option<String>,
}

/// The limits that a response tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateHeaders {
    /// Calls in a window.
    pub limit: Option<u32>,
    /// Calls that are left in this window.
    pub remaining: Option<u32>,
    /// When the next window begins, in seconds since 1970.
    pub reset: Option<i64>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
}

impl Response {
    /// What it means, when a success has to have `expected` for its body.
    pub fn read(&self, expected: Expected) -> Result<Answer, Failure> {
        match self.status {
            200..=299 => self.success(expected).ok_or(Failure::Unclear),
            401 | 403 => Err(Failure::Unauthorized),
            429 => Err(Failure::Limited),
            501 => Err(Failure::Refused(Refusal::Invalid(self.error()))),
            408 | 423 | 500.. | ..=399 => Err(Failure::Unclear),
            _ => Err(Failure::Refused(self.refusal())),
        }
    }

    fn success(&self, expected: Expected) -> Option<Answer> {
        match expected {
            Expected::Anything if self.body.is_empty() => Some(Answer::Done),
            Expected::Anything => self.json::<serde::de::IgnoredAny>().map(|_| Answer::Done),
            Expected::Contact => self.json().map(Answer::Contact),
            Expected::Contacts => self.json::<List>().map(|list| Answer::Contacts(list.data)),
            Expected::Workspace => self.json::<Admin>().map(|admin| Answer::Workspace(admin.app)),
            Expected::Company => self.json::<Company>().map(|company| Answer::Company(company.id)),
        }
    }

    fn refusal(&self) -> Refusal {
        let error = self.error();
        match (self.status, error.code.as_str()) {
            (404, "company_not_found") => Refusal::CompanyNotFound,
            (404, _) => Refusal::NotFound,
            (410, _) => Refusal::Merged { into: self.header("link").and_then(linked_contact) },
            (409, _) | (_, "conflict") => Refusal::Conflict {
                id: conflicting_id(&error.message),
                is_archived: error.message.to_ascii_lowercase().contains("archived contact"),
            },
            _ => Refusal::Invalid(error),
        }
    }

    fn error(&self) -> Invalid {
        let first = self.json::<Errors>().and_then(|list| list.errors.into_iter().next()).unwrap_or_default();
        let Error { code, message, field } = first;
        Invalid { status: self.status, code: code.unwrap_or_default(), message: message.unwrap_or_default(), field }
    }

    fn json<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        // A page of 50 contacts with 250 attributes each has about 2 MB.
        if self.body.len() > RESPONSE { None } else { serde_json::from_slice(&self.body).ok() }
    }

    /// The rate-limit headers; what is absent or no number is `None`.
    pub fn rate(&self) -> RateHeaders {
        let mut rate = RateHeaders::default();
        for (name, value) in &self.headers {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "x-ratelimit-limit" => rate.limit = value.parse().ok(),
                "x-ratelimit-remaining" => rate.remaining = value.parse().ok(),
                "x-ratelimit-reset" => rate.reset = value.parse().ok(),
                "retry-after" => rate.retry_after = value.parse().ok(),
                _ => {}
            }
        }
        rate
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.as_str())
    }
}

impl Invalid {
    /// Status and code, without the text; `""` for a code that is no word.
    pub fn summary(&self) -> String {
        let is_word = !self.code.is_empty()
            && self.code.len() <= 64
            && self.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        alloc::format!("{}{}{}", self.status, if is_word { " " } else { "" }, if is_word { &*self.code } else { "" })
    }
}

/// "… already exists with id=ID".
fn conflicting_id(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("id=")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    Some(rest[..end].into()).filter(|id: &String| !id.is_empty())
}

/// `</contacts/ID>; rel="canonical"`.
fn linked_contact(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/contacts/")?;
    let (id, _) = rest.split_once('>')?;
    Some(id.into()).filter(|id: &String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::intent::Role;
    use alloc::format;

    fn response(status: u16, body: &str) -> Response {
        Response { status, headers: Vec::new(), body: body.into() }
    }

    fn error(status: u16, code: &str, message: &str) -> Response {
        response(status, &format!(r#"{{"errors":[{{"code":"{code}","message":"{message}","field":null}}]}}"#))
    }

    #[test]
    fn a_success_that_cannot_be_read_is_an_answer_lost() {
        for body in
            ["", "null", "[]", "\"ok\"", "<html>", r#"{"id":5}"#, r#"{"id":""}"#, r#"{"id":"a","external_id":{}}"#]
        {
            assert_eq!(response(200, body).read(Expected::Contact), Err(Failure::Unclear), "{body}");
        }
        assert_eq!(response(202, "").read(Expected::Anything), Ok(Answer::Done));
        assert_eq!(response(202, "<html>").read(Expected::Anything), Err(Failure::Unclear));
        assert_eq!(response(200, r#"{"data":7}"#).read(Expected::Contacts), Err(Failure::Unclear));
        let large = response(200, &format!(r#"{{"id":"a","name":"{}"}}"#, "x".repeat(10 << 20)));
        assert_eq!(large.read(Expected::Contact), Err(Failure::Unclear));
    }

    #[test]
    fn a_contact_is_read_with_what_it_has() {
        let read = response(200, r#"{"id":"a","external_id":"","email":null,"role":"lead","last_seen_at":7.9,"x":[]}"#);
        let contact =
            Contact { id: "a".into(), external_id: None, email: None, role: Some(Role::Lead), last_seen_at: Some(7) };
        assert_eq!(read.read(Expected::Contact), Ok(Answer::Contact(contact)));
    }

    #[test]
    fn the_id_of_a_conflict_is_in_its_text() {
        let read = |message: &str| match error(409, "conflict", message).read(Expected::Contact) {
            Err(Failure::Refused(Refusal::Conflict { id, is_archived })) => (id, is_archived),
            other => panic!("{other:?}"),
        };
        let text = "contact matching those details already exists";
        assert_eq!(read(&format!("A {text} with id=66a0f1")), (Some("66a0f1".into()), false));
        assert_eq!(read(&format!("An archived {text} with id=66a0f1")), (Some("66a0f1".into()), true));
        assert_eq!(read(text), (None, false));
        assert_eq!(read("id="), (None, false));
    }

    #[test]
    fn the_status_decides_before_the_body() {
        let read = |status| response(status, "<html>").read(Expected::Contact).unwrap_err();
        assert_eq!(read(404), Failure::Refused(Refusal::NotFound));
        assert_eq!(read(401), Failure::Unauthorized);
        assert_eq!(read(403), Failure::Unauthorized);
        assert_eq!(read(429), Failure::Limited);
        for status in [0, 100, 302, 408, 423, 500, 502, 503, 504, 599, 999] {
            assert_eq!(read(status), Failure::Unclear, "{status}");
        }
        for status in [400, 402, 405, 406, 413, 415, 422, 501] {
            assert!(matches!(read(status), Failure::Refused(Refusal::Invalid(_))), "{status}");
        }
        let missing = error(404, "company_not_found", "Company Not Found").read(Expected::Company);
        assert_eq!(missing, Err(Failure::Refused(Refusal::CompanyNotFound)));
    }

    #[test]
    fn a_refusal_is_told_by_its_status_and_a_code_that_is_a_word() {
        let summary =
            |code: &str| Invalid { status: 422, code: code.into(), message: "secret".into(), field: None }.summary();
        assert_eq!(summary("parameter_invalid"), "422 parameter_invalid");
        assert_eq!(summary(&"x".repeat(64)), format!("422 {}", "x".repeat(64)));
        for code in [String::new(), "Ada Lovelace".into(), "ada@example.com".into(), "x".repeat(65)] {
            assert_eq!(summary(&code), "422");
        }
    }

    #[test]
    fn a_body_beyond_the_greatest_length_is_not_read() {
        let found = r#"{"id":"1"}"#;
        let read = |length: usize| {
            let padding = length - found.len();
            response(200, &format!("{found}{}", " ".repeat(padding))).read(Expected::Company).is_ok()
        };
        assert_eq!((read(RESPONSE), read(RESPONSE + 1)), (true, false));
    }

    #[test]
    fn a_merged_contact_s_link_names_the_other_one() {
        let mut gone = error(410, "contact_merged", "");
        assert_eq!(gone.read(Expected::Contact), Err(Failure::Refused(Refusal::Merged { into: None })));
        gone.headers.push(("Link".into(), r#"</contacts/66a0f1>; rel="canonical""#.into()));
        assert_eq!(
            gone.read(Expected::Contact),
            Err(Failure::Refused(Refusal::Merged { into: Some("66a0f1".into()) }))
        );
        for link in ["</contacts/>", "</contacts/66a0f1/../x>", "</companies/66a0f1>"] {
            gone.headers = [("Link".into(), link.into())].into();
            assert_eq!(gone.read(Expected::Contact), Err(Failure::Refused(Refusal::Merged { into: None })), "{link}");
        }
    }

    #[test]
    fn rate_headers_are_numbers_or_nothing() {
        let mut limited = response(429, "");
        limited.headers = [("X-RateLimit-Limit", "166"), ("x-ratelimit-remaining", "-1"), ("Retry-After", "soon")]
            .map(|(name, value)| (name.into(), value.into()))
            .into();
        assert_eq!(limited.rate(), RateHeaders { limit: Some(166), ..RateHeaders::default() });
    }
}
