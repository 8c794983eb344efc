//! What a dry run is told in place of Intercom's responses: a workspace that knows nobody and takes everything.

use super::delivery::{Millis, RequestId};
use super::request::{Method, Request};
use super::response::Response;
use alloc::string::ToString;
use serde_json::json;

/// The response of an empty workspace. Ids in it are made of the request's number.
pub fn respond(now: Millis, id: RequestId, request: &Request) -> Response {
    let (status, body) = match (request.method, request.path.as_str()) {
        (Method::Get, path) if path.starts_with("/contacts/find_by_external_id/") => {
            (404, json!({ "errors": [{ "code": "not_found" }] }))
        }
        (_, "/contacts/search") => (200, json!({ "type": "list", "data": [], "total_count": 0 })),
        (Method::Get | Method::Put, path) => (200, json!({ "id": path.rsplit('/').next() })),
        _ => (200, json!({ "id": alloc::format!("dryrun{id}") })),
    };
    // No pace is kept where nothing is sent.
    let headers = [("limit", 1_000_000), ("remaining", 1_000_000), ("reset", now / 1000 + 10)];
    Response {
        status,
        headers: headers.map(|(name, value)| (alloc::format!("x-ratelimit-{name}"), value.to_string())).into(),
        body: body.to_string().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::request::{self, Names};
    use serde_json::Value;

    fn answer(request: &Request) -> (u16, Value) {
        let response = respond(1_800_000_000_000, 7, request);
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }

    #[test]
    fn nobody_is_known_and_everything_is_taken() {
        assert_eq!(answer(&request::find_user("u-1")).0, 404);
        let search = request::search_user(Names { external_id: Some("u-1"), email: None });
        assert_eq!(answer(&search), (200, json!({ "type": "list", "data": [], "total_count": 0 })));
        assert_eq!(answer(&request::read_contact("c-1")), (200, json!({ "id": "c-1" })));
        let company = request::upsert_company("acme", &Default::default());
        assert_eq!(answer(&company), (200, json!({ "id": "dryrun7" })));
    }

    #[test]
    fn no_pace_is_kept() {
        let rate = respond(1_800_000_000_000, 7, &request::read_contact("c-1")).rate();
        assert_eq!((rate.limit, rate.remaining), (Some(1_000_000), Some(1_000_000)));
        assert_eq!(rate.reset, Some(1_800_000_010));
    }
}
