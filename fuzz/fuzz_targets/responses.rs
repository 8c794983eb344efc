//! Whatever Intercom answers, nothing panics, and every event ends with exactly one outcome.
#![no_main]

use intercom_destination::cloud::delivery::{Config, Delivery, Input, Output, RequestFailure};
use intercom_destination::cloud::destination::{Destination, Prepared};
use intercom_destination::cloud::dry_run;
use intercom_destination::cloud::outcome::Status;
use intercom_destination::cloud::response::Response;
use intercom_destination::value::json::Json;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};

const START: i64 = 1_767_225_600_000;

#[derive(Arbitrary, Debug)]
enum Reply<'a> {
    /// As an empty workspace responds.
    Right,
    /// As an empty workspace responds, with another status.
    Wrong(u16),
    Any {
        status: u16,
        header: (&'a str, &'a str),
        reset: i64,
        body: &'a [u8],
    },
    Failed(u8),
}

fuzz_target!(|replies: Vec<(Reply, u16)>| {
    let (destination, _) = Destination::new(&Json::from(json!({})));
    let destination = destination.unwrap();
    let events = [
        json!({ "type": "identify", "messageId": "1", "userId": "u-1", "traits": { "email": "a@example.com" } }),
        json!({ "type": "identify", "messageId": "2", "traits": { "email": "b@example.com" } }),
        json!({ "type": "group", "messageId": "3", "userId": "u-1", "groupId": "c-1", "traits": { "name": "Acme" } }),
        json!({ "type": "track", "messageId": "4", "userId": "u-2", "event": "Seen" }),
        json!({ "type": "delete", "messageId": "5", "userId": "u-1" }),
    ];
    let prepared = events.map(|event| match destination.prepare(&Json::from(event), START) {
        Prepared::Deliver(event) => event,
        Prepared::Finished(outcome) => panic!("{outcome:?}"),
    });
    let batch: Vec<_> = (0..).zip(prepared).collect();
    let count = batch.len();

    let mut replies = VecDeque::from(replies);
    let mut delivery =
        Delivery::new(Config { merge_leads: true, unarchive: true, create_attributes: true, ..Config::default() }, 7);
    let mut outcomes = BTreeMap::new();
    let mut now = START;
    delivery.handle_input(now, Input::EventsReceived(batch));
    for step in 0.. {
        assert!(step < 100_000, "it does not end");
        match delivery.poll_output() {
            Some(Output::SendRequest { id, request }) => {
                let mut response = dry_run::respond(now, id, &request);
                let (reply, late) = replies.pop_front().unwrap_or((Reply::Right, 0));
                now += i64::from(late);
                let failure = match reply {
                    Reply::Right => None,
                    Reply::Wrong(status) => {
                        response.status = status;
                        None
                    }
                    Reply::Any { status, header: (name, value), reset, body } => {
                        let headers = [(name.into(), value.into()), ("x-ratelimit-reset".into(), reset.to_string())];
                        response = Response { status, headers: headers.into(), body: body.into() };
                        None
                    }
                    Reply::Failed(0) => Some(RequestFailure::NotSent),
                    Reply::Failed(1) => Some(RequestFailure::Cut),
                    Reply::Failed(_) => Some(RequestFailure::TimedOut),
                };
                delivery.handle_input(
                    now,
                    match failure {
                        Some(failure) => Input::RequestFailed { request: id, failure },
                        None => Input::ResponseReceived { request: id, response },
                    },
                );
            }
            Some(Output::Finish { event, outcome }) => {
                assert_eq!(outcome.status == Status::Retry, outcome.retry_at.is_some());
                assert!(outcomes.insert(event, outcome).is_none(), "two outcomes");
            }
            Some(Output::ReadCache { .. } | Output::WriteCache { .. }) => panic!("there is no cache"),
            None => match delivery.poll_timeout() {
                Some(at) => {
                    now = now.max(at);
                    delivery.handle_input(now, Input::TimedOut);
                }
                None => break,
            },
        }
    }
    assert!(delivery.is_idle());
    assert_eq!(outcomes.len(), count);
});
