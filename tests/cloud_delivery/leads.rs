//! Leads are not doubled, and become users.

use crate::events::*;
use crate::world::{Failed, Fault, START, World, status};
use intercom_destination::cloud::delivery::{Config, Delivery, Input, Output, RequestFailure};
use intercom_destination::cloud::outcome::Status;
use intercom_destination::cloud::request::{Method, Request};
use serde_json::json;

const EMAIL: &str = "a@example.com";

fn creates_a_contact(request: &Request) -> bool {
    request.method == Method::Post && request.path == "/contacts"
}

#[test]
fn a_lead_seen_again_before_the_search_shows_it_is_updated() {
    let mut world = World::new();
    world.intercom.search_lag = 120;
    world.deliver(vec![lead(EMAIL, json!({ "name": "Ada" }))]);
    world.deliver(vec![lead("A@Example.com", json!({ "name": "Bea" }))]);
    assert_eq!(world.intercom.contacts.len(), 1);
    assert_eq!(world.intercom.contacts[0].text("name"), Some("Bea"));
    assert_eq!(world.calls.len(), 3, "{:?}", world.lines());
    assert_eq!(world.calls[1].body()["external_id"], json!(null));
}

#[test]
fn a_lead_that_is_there_is_found() {
    let mut world = World::new();
    world.intercom.seed(json!({ "role": "lead", "email": EMAIL }));
    world.deliver(vec![lead(EMAIL, json!({ "name": "Ada" }))]);
    assert_eq!(world.intercom.contacts.len(), 1);
}

#[test]
fn a_lead_with_a_user_s_e_mail_never_touches_the_user() {
    let mut world = World::new();
    let user = world.intercom.seed(json!({ "external_id": "u-1", "email": EMAIL, "name": "Ada" }));
    world.deliver(vec![lead(EMAIL, json!({ "name": "Mallory" }))]);
    assert_eq!(world.intercom.contact(&user).text("name"), Some("Ada"));
    assert_eq!(world.intercom.leads(EMAIL)[0].text("name"), Some("Mallory"));
}

#[test]
fn a_lead_whose_id_became_a_user_is_not_written_to() {
    let mut world = World::new();
    world.deliver(vec![lead(EMAIL, json!({ "name": "Ada" }))]);
    world.intercom.contacts[0].role = "user".into();
    world.deliver(vec![lead(EMAIL, json!({ "name": "Mallory" }))]);
    assert_eq!(world.intercom.contacts[0].text("name"), Some("Ada"));
    assert_eq!(world.intercom.leads(EMAIL).len(), 1);
}

#[test]
fn an_unclear_create_is_not_repeated_before_the_search_can_show_it() {
    for failed in
        [Failed::Network(RequestFailure::Cut), Failed::Network(RequestFailure::TimedOut), status(200), status(503)]
    {
        for is_written in [true, false] {
            let mut world = World::new();
            world.intercom.search_lag = 120;
            let (mut creates, failed) = (0, failed.clone());
            world.faults = Box::new(move |request| {
                creates += u32::from(creates_a_contact(request));
                let fault = if is_written { Fault::After(failed.clone()) } else { Fault::Before(failed.clone()) };
                (creates == 1 && creates_a_contact(request)).then_some(fault)
            });
            let events = vec![lead(EMAIL, json!({ "name": "Ada" })), track(email(EMAIL), "a")];
            let first = world.deliver(events.clone());
            assert_eq!((first[0].status, first[0].code), (Status::Retry, Some("lead_unclear")));
            assert_eq!(first[0].retry_at, Some(world.now + 300_000));
            // Others of that person wait as well, and cost nothing.
            let calls = world.calls.len();
            let user = world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({}))]);
            assert_eq!((user[0].status, user[0].code), (Status::Retry, Some("lead_unclear")));
            assert_eq!(world.calls.len(), calls);
            world.now += 300_000;
            let outcomes = world.deliver(events);
            assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered), "{outcomes:?}");
            assert_eq!(world.intercom.contacts.len(), 1);
            assert_eq!(world.intercom.contacts[0].events.len(), 1);
        }
    }
}

#[test]
fn a_program_that_ends_before_a_create_is_answered_does_not_create_again() {
    let config = Config { has_cache: true, ..Config::default() };
    let mut world = World::with(config.clone());
    world.intercom.search_lag = 120;
    let events = vec![lead(EMAIL, json!({ "name": "Ada" })), track(email(EMAIL), "a")];
    world.hand_in(events.clone());
    while world.intercom.contacts.is_empty() {
        world.step();
    }
    world.end_program(config);
    let created = world.now;
    let first = world.deliver(events.clone());
    assert_eq!((first[0].status, first[0].code), (Status::Retry, Some("lead_unclear")));
    let outcomes = world.deliver_fully(events);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered), "{outcomes:?}");
    assert!(world.now > created + 120_000);
    assert_eq!(world.intercom.contacts.len(), 1);
    assert_eq!(world.intercom.contacts[0].events.len(), 1);
}

#[test]
fn the_cache_learns_of_a_create_before_it_is_sent_and_only_then() {
    let mut delivery = Delivery::new(Config { has_cache: true, ..Config::default() }, 1);
    let mut world = World::new();
    let mut outputs = Vec::new();
    let mut now = START;
    delivery.handle_input(now, Input::EventsReceived(vec![(1, lead(EMAIL, json!({})))]));
    delivery.handle_input(now, Input::CacheAnswered { read: 1, entries: Vec::new() });
    while let Some(output) = delivery.poll_output() {
        if let Output::SendRequest { id, request } = &output {
            now += 1;
            let response = world.intercom.handle(now, request);
            delivery.handle_input(now, Input::ResponseReceived { request: *id, response });
        }
        outputs.push(match output {
            Output::SendRequest { request, .. } => request.path,
            Output::WriteCache { key, value, .. } => format!("{key} {}", value.is_some()),
            Output::ReadCache { .. } => "read".into(),
            Output::Finish { .. } => "finish".into(),
        });
    }
    let mark = format!("unclear:{EMAIL}");
    let expected =
        ["read", "/contacts/search", &format!("{mark} true"), "/contacts", "finish", &format!("{mark} false")];
    assert_eq!(outputs[..6], expected, "{outputs:?}");
}

#[test]
fn a_create_that_never_left_the_host_is_repeated_at_once() {
    let mut world = World::new();
    let mut creates = 0;
    world.faults = Box::new(move |request| {
        creates += u32::from(creates_a_contact(request));
        let fault = Fault::Before(Failed::Network(RequestFailure::NotSent));
        (creates == 1 && creates_a_contact(request)).then_some(fault)
    });
    assert_eq!(world.deliver(vec![lead(EMAIL, json!({}))])[0].status, Status::Delivered);
}

#[test]
fn a_lead_s_event_goes_by_its_id() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "role": "lead", "email": EMAIL }));
    assert_eq!(world.deliver(vec![track(email(EMAIL), "a")])[0].status, Status::Delivered);
    assert_eq!(world.intercom.contact(&id).events.len(), 1);
    let before = world.calls.len();
    world.deliver(vec![track(email(EMAIL), "b")]);
    assert_eq!(world.calls.len(), before + 1);
}

#[test]
fn a_lead_becomes_the_user_with_its_events_and_the_user_s_fields() {
    for search_lag in [0, 120] {
        let mut world = World::new();
        world.intercom.search_lag = search_lag;
        let seen = lead(EMAIL, json!({ "name": "Lead", "phone": "1" }));
        world.deliver(vec![seen, track(email(EMAIL), "a")]);
        world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({ "name": "Ada" }))]);
        assert_eq!(world.intercom.live().count(), 1);
        let user = world.intercom.user("u-1").unwrap();
        assert_eq!((user.text("name"), user.text("phone"), user.events.len()), (Some("Ada"), Some("1"), 1));
        assert_eq!(world.calls.len(), 4, "search, create, event, convert: {:?}", world.lines());
    }
}

#[test]
fn one_search_answers_for_the_user_and_the_lead() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1", "email": EMAIL, "name": "Old" }));
    world.intercom.seed(json!({ "role": "lead", "email": EMAIL, "name": "Lead" }));
    world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({ "name": "Ada" }))]);
    assert_eq!(world.lines()[..2], ["POST /contacts/search", "POST /contacts/merge"]);
    assert_eq!(world.calls.len(), 3);
    assert_eq!(world.intercom.live().count(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"), "the user's own fields win");
}

#[test]
fn several_leads_become_one_user() {
    let mut world = World::new();
    for name in ["x", "y", "z"] {
        world.intercom.seed(json!({ "role": "lead", "email": EMAIL, "name": name }));
    }
    world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({ "name": "Ada" }))]);
    assert_eq!(world.intercom.live().count(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}

#[test]
fn a_lead_is_merged_when_the_search_did_not_show_the_user() {
    let mut world = World::new();
    world.deliver(vec![lead(EMAIL, json!({ "name": "Lead" })), track(email(EMAIL), "a")]);
    world.intercom.seed(json!({ "external_id": "u-1", "name": "Old" }));
    world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({ "name": "Ada" }))]);
    assert_eq!(world.intercom.live().count(), 1);
    let user = world.intercom.user("u-1").unwrap();
    assert_eq!((user.text("name"), user.text("email"), user.events.len()), (Some("Ada"), Some(EMAIL), 1));
}

#[test]
fn without_the_setting_leads_stay() {
    let mut world = World::with(Config { merge_leads: false, ..Config::default() });
    world.intercom.seed(json!({ "role": "lead", "email": EMAIL }));
    world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({}))]);
    assert_eq!(world.lines(), ["POST /contacts"]);
    assert_eq!(world.intercom.leads(EMAIL).len(), 1);
}

#[test]
fn a_merge_whose_answer_was_lost_is_not_a_failure() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1", "email": EMAIL }));
    world.intercom.seed(json!({ "role": "lead", "email": EMAIL, "name": "Lead" }));
    let mut merges = 0;
    world.faults = Box::new(move |request| {
        merges += u32::from(request.path == "/contacts/merge");
        let fault = Fault::After(Failed::Network(RequestFailure::Cut));
        (merges == 1 && request.path == "/contacts/merge").then_some(fault)
    });
    let outcomes = world.deliver(vec![identify(user_with_email("u-1", EMAIL), json!({ "name": "Ada" }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert!(outcomes[0].warnings.is_empty());
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}
