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
