//! Answers that Intercom would never give: pages of HTML, half bodies, values of other types, lists that lie about themselves, huge bodies.

use intercom_destination::cloud::response::Response;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What happens to an answer on its way.
#[derive(Clone, Debug)]
pub enum Broken {
    Right,
    Bytes(Vec<u8>),
    /// Cut off after this share of its bytes.
    Cut(u8),
    /// Another value in the place of one of those in its body.
    Changed(prop::sample::Index, Value),
    /// A list with another count than items, or the same item several times.
    Lying(Value, usize),
    /// Ten megabytes of a kind.
    Huge(u8),
    Status(u16),
    Header(&'static str, String),
}

const HEADERS: [&str; 5] = ["link", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

fn value() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!("")),
        "[a-z0-9/ ]{0,30}".prop_map(Value::from),
    ];
    one.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            ("(id|data|errors|role|code|message)", inner).prop_map(|(key, value)| json!({ key: value })),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<i64>().prop_map(|n| n.to_string()), (0..30_i64).prop_map(|n| n.to_string()), ".{0,20}"]
}

pub fn broken() -> impl Strategy<Value = Broken> {
    prop_oneof![
        6 => Just(Broken::Right),
        3 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Broken::Bytes),
        3 => any::<u8>().prop_map(Broken::Cut),
        6 => (any::<prop::sample::Index>(), value()).prop_map(|(at, value)| Broken::Changed(at, value)),
        3 => (value(), 0..4_usize).prop_map(|(count, copies)| Broken::Lying(count, copies)),
        3 => any::<u16>().prop_map(Broken::Status),
        3 => (100..600_u16).prop_map(Broken::Status),
        3 => (prop::sample::select(&HEADERS[..]), text()).prop_map(|(name, value)| Broken::Header(name, value)),
    ]
}

/// Costly to read, so that there are few of them.
pub fn huge() -> impl Strategy<Value = Broken> {
    (0..4_u8).prop_map(Broken::Huge)
}

/// Whatever it is, nobody can tell from it what was done: not the answer to a write, and not that to a question.
pub fn unreadable() -> impl Strategy<Value = Broken> {
    prop_oneof![
        3 => Just(Broken::Right),
        1 => Just(Broken::Bytes(b"<html><body>502</body></html>".to_vec())),
        1 => (1..250_u8).prop_map(Broken::Cut),
        1 => prop::sample::select(&[500, 502, 503, 504, 408, 423][..]).prop_map(Broken::Status),
    ]
}

/// The same several times in a row, as in an outage: only then events are given back.
pub fn runs(one: impl Strategy<Value = Broken>) -> impl Strategy<Value = Vec<Broken>> {
    let runs = prop::collection::vec((one, 1..9_usize), 0..16);
    runs.prop_map(|runs| runs.into_iter().flat_map(|(broken, times)| vec![broken; times]).collect())
}

impl Broken {
    pub fn of(&self, mut response: Response) -> Response {
        match self {
            Broken::Right => {}
            Broken::Bytes(bytes) => response.body.clone_from(bytes),
            Broken::Cut(share) => response.body.truncate(response.body.len() * usize::from(*share) / 256),
            Broken::Changed(at, value) => edit(&mut response, |body| {
                let count = count(body);
                replace(body, &mut at.index(count), value);
            }),
            Broken::Lying(count, copies) => edit(&mut response, |body| {
                body["total_count"] = count.clone();
                if let Some(items) = body["data"].as_array() {
                    body["data"] = items.iter().flat_map(|item| vec![item.clone(); *copies]).collect();
                }
            }),
            Broken::Huge(kind) => response.body = ten_megabytes(*kind, &response.body),
            Broken::Status(status) => response.status = *status,
            Broken::Header(name, value) => {
                response.headers.retain(|(other, _)| other != name);
                response.headers.push(((*name).into(), value.clone()));
            }
        }
        response
    }
}

fn ten_megabytes(kind: u8, right: &[u8]) -> Vec<u8> {
    const SIZE: usize = 10 << 20;
    match kind {
        0 => vec![b'['; SIZE],
        1 => [right, &vec![b' '; SIZE]].concat(),
        2 => [b"{\"id\":\"", &vec![b'a'; SIZE][..], b"\"}"].concat(),
        _ => [b"{\"data\":[", &b"{\"id\":\"1\"},".repeat(SIZE / 11)[..], b"{}]}"].concat(),
    }
}

fn edit(response: &mut Response, change: impl FnOnce(&mut Value)) {
    let Ok(mut body) = serde_json::from_slice::<Value>(&response.body) else { return };
    if body.is_object() {
        change(&mut body);
        response.body = body.to_string().into_bytes();
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Puts `new` in the place of the value that many steps further on.
fn replace(value: &mut Value, left: &mut usize, new: &Value) -> bool {
    if *left == 0 {
        *value = new.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, left, new)),
        Value::Object(entries) => entries.values_mut().any(|item| replace(item, left, new)),
        _ => false,
    }
}
