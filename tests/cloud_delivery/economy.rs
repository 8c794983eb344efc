//! Nothing is sent that changes nothing.

use crate::events::*;
use crate::lives::restart;
use crate::world::{Failed, Fault, START, World};
use intercom_destination::cloud::delivery::{Config, RequestFailure};
use intercom_destination::cloud::intent::Intent;
use intercom_destination::cloud::outcome::Status;
use serde_json::json;

const SECONDS: i64 = START / 1000;

#[test]
fn updates_of_one_person_become_one_and_the_later_value_wins() {
    let mut world = World::new();
    let events = vec![
        identify(
            user("u-1"),
            json!({ "name": "Ada", "phone": "1", "last_seen_at": 20, "custom_attributes": { "a": 1, "b": 1 } }),
        ),
        track(user("u-1"), "x"),
        identify(user("u-1"), json!({ "name": "Bea", "last_seen_at": 10, "custom_attributes": { "b": 2 } })),
    ];
    assert!(world.deliver(events).iter().all(|outcome| outcome.status == Status::Delivered));
    assert_eq!(world.lines(), ["POST /contacts", "POST /events"]);
    let expected = json!({
        "role": "user", "external_id": "u-1", "name": "Bea", "phone": "1", "last_seen_at": 20,
        "custom_attributes": { "a": 1, "b": 2 },
    });
    assert_eq!(world.calls[0].body(), expected);
}

#[test]
fn an_equal_update_is_not_sent_again_within_the_hour() {
    let mut world = World::new();
    let at = |seconds: i64| identify(user("u-1"), json!({ "name": "Ada", "last_seen_at": SECONDS + seconds }));
    world.deliver(vec![at(0)]);
    world.deliver(vec![at(60)]);
    assert_eq!(world.calls.len(), 1);
    world.deliver(vec![at(3601)]);
    assert_eq!(world.calls.len(), 2, "the last_seen_at known at Intercom is over an hour behind");
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(world.calls.len(), 3);
    world.now += 3_600_001;
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(world.calls.len(), 4);
}

#[test]
fn where_others_write_too_an_equal_update_is_sent_again() {
    for (what, is_shared) in [("contact", false), ("contact", true), ("company", false), ("company", true)] {
        let default = Config::default();
        let window = |of: &str, window| if is_shared && what == of { 0 } else { window };
        let mut world = World::with(Config {
            equal_update_window: window("contact", default.equal_update_window),
            equal_company_window: window("company", default.equal_company_window),
            ..default
        });
        let write = match what {
            "contact" => identify(user("u-1"), json!({ "name": "Ada" })),
            _ => group(None, "c-1", json!({ "plan": "free" })),
        };
        world.deliver(vec![write.clone(), write.clone()]);
        assert_eq!(world.calls.len(), 1, "within a batch they are one");
        world.deliver(vec![write]);
        assert_eq!(world.calls.len(), if is_shared { 2 } else { 1 }, "{what}");
    }
}

#[test]
fn attributes_that_were_written_are_not_written_again_by_themselves() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({ "custom_attributes": { "plan": "gold", "size": 5 } }))]);
    world.deliver(vec![identify(user("u-1"), json!({ "custom_attributes": { "plan": "gold" } }))]);
    assert_eq!(world.calls.len(), 1);
}

#[test]
fn a_company_s_attributes_of_several_events_are_saved_together() {
    let mut world = World::new();
    let of = |attributes| group(None, "c-1", json!({ "custom_attributes": attributes }));
    world.deliver(vec![of(json!({ "plan": "free", "size": 5 })), of(json!({ "plan": "gold" }))]);
    assert_eq!(world.lines(), ["POST /companies"]);
    assert_eq!(world.intercom.companies["c-1"].1["custom_attributes"], json!({ "plan": "gold", "size": 5 }));
}

#[test]
fn companies_are_told_apart_by_their_ids() {
    let mut world = World::new();
    for id in ["c-1", "c-2"] {
        world.deliver(vec![group(None, id, json!({ "size": 1 }))]);
    }
    assert_eq!(world.intercom.companies.len(), 2);
}

#[test]
fn an_e_mail_alone_means_the_user_who_is_known_to_have_it() {
    let mut world = World::new();
    let written = world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({}))]);
    assert_eq!(written[0].status, Status::Delivered);
    let calls = world.calls.len();
    world.deliver(vec![track(email("A@example.com"), "a")]);
    assert_eq!(world.lines()[calls..], ["POST /events"]);
    assert_eq!(world.calls[calls].body()["id"], *world.intercom.user("u-1").unwrap().id);
}

#[test]
fn last_seen_at_never_goes_back() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "external_id": "u-1", "last_seen_at": 100 }));
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada", "last_seen_at": 50 }))]);
    assert_eq!(world.intercom.contact(&id).fields["last_seen_at"], 100);
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea", "last_seen_at": 150 }))]);
    assert_eq!(world.intercom.contact(&id).fields["last_seen_at"], 150);
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Cem", "last_seen_at": 120 }))]);
    assert_eq!(world.intercom.contact(&id).fields["last_seen_at"], 150);
    assert_eq!(world.intercom.contact(&id).text("name"), Some("Cem"));
}

#[test]
fn companies_of_a_batch_are_saved_once_in_the_order_of_the_events() {
    let mut world = World::new();
    let mut events = Vec::new();
    for i in 0..20 {
        world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
        events.push(group(Some(user(&format!("u-{i}"))), "c-1", json!({ "size": i })));
    }
    world.deliver(events);
    assert_eq!(world.lines().iter().filter(|line| *line == "POST /companies").count(), 1);
    assert_eq!(world.intercom.companies["c-1"].1["size"], 19);
    assert!(world.intercom.contacts.iter().all(|contact| contact.companies.len() == 1));
}

#[test]
fn a_replay_changes_nothing() {
    let mut world = World::new();
    let events = vec![
        identify(user("u-1"), json!({ "name": "Ada" })).id("m-1"),
        track(user("u-1"), "a").id("m-2"),
        group(Some(user("u-1")), "c-1", json!({ "size": 1 })).id("m-3"),
        identify(user("u-1"), json!({ "name": "Bea" })).id("m-4"),
    ];
    let twice: Vec<_> = events.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
    assert!(world.deliver(twice).iter().all(|outcome| outcome.status == Status::Delivered));
    let calls = world.calls.len();
    assert_eq!(calls, 4);
    assert!(world.deliver(events).iter().all(|outcome| outcome.status == Status::Delivered));
    assert_eq!(world.calls.len(), calls);
}

#[test]
fn a_replay_of_what_was_dropped_is_dropped_for_the_same_reason() {
    let mut world = World::with(Config { has_cache: true, give_up_after: 0, ..Config::default() });
    let event = track(user("u-1"), "a").id("m-1");
    let mut outcome = world.deliver(vec![event.clone()]).remove(0);
    while let Some(at) = outcome.retry_at {
        world.drive_until(at);
        outcome = world.deliver(vec![event.clone()]).remove(0);
    }
    assert_eq!((outcome.status, outcome.code), (Status::Dropped, Some("contact_missing")));
    let calls = world.calls.len();
    assert_eq!(world.deliver(vec![event.clone()]), vec![outcome.clone()]);
    restart(&mut world, true);
    assert_eq!(world.deliver(vec![event]), vec![outcome]);
    assert_eq!(world.calls.len(), calls);
}

#[test]
fn a_stale_identify_is_skipped_with_the_setting_only() {
    for skip_stale in [true, false] {
        let mut world = World::with(Config { skip_stale, ..Config::default() });
        world.deliver(vec![identify(user("u-1"), json!({ "name": "New" })).at(START + 10)]);
        let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Old" })).at(START)]);
        assert_eq!(outcomes[0].status, Status::Delivered);
        assert_eq!(outcomes[0].warnings.first().map(|warning| warning.code), skip_stale.then_some("stale"));
        let name = if skip_stale { "New" } else { "Old" };
        assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some(name));
    }
}

#[test]
fn an_event_with_several_intents_ends_once() {
    let mut world = World::new();
    let mut both = identify(user("u-1"), json!({}));
    both.intents.extend(track(user("u-1"), "a").intents);
    both.intents.extend(group(Some(user("u-1")), "c-1", json!({})).intents);
    assert_eq!(both.intents.iter().filter(|intent| matches!(intent, Intent::TrackEvent(_))).count(), 1);
    assert_eq!(world.deliver(vec![both]).len(), 1);
    assert_eq!(world.calls.len(), 4);
}

#[test]
fn two_events_of_a_name_in_one_second_are_told() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let outcomes = world.deliver(vec![track(user("u-1"), "a"), track(user("u-1"), "a"), track(user("u-1"), "b")]);
    let warned: Vec<_> = outcomes.iter().map(|outcome| outcome.warnings.len()).collect();
    assert_eq!(warned, [0, 1, 0]);
    assert_eq!(outcomes[1].warnings[0].code, "event_same_second");
}

#[test]
fn another_machine_knows_what_the_cache_has() {
    let config = || Config { has_cache: true, ..Config::default() };
    let mut first = World::with(config());
    let identified = identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" })).id("m-1");
    let grouped = group(Some(user("u-1")), "c-1", json!({ "size": 1 }));
    first.deliver(vec![identified.clone(), grouped.clone(), lead("l@example.com", json!({ "name": "Lin" }))]);
    let mut second = World::with(config());
    second.intercom = std::mem::take(&mut first.intercom);
    second.cache = std::mem::take(&mut first.cache);
    second.deliver(vec![
        identified,
        identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" })).id("m-2"),
        lead("l@example.com", json!({ "name": "Lin" })),
        group(None, "c-1", json!({ "size": 1 })),
    ]);
    let ada = &second.intercom.user("u-1").unwrap().id;
    let lin = &second.intercom.leads("l@example.com")[0].id;
    let lines = [format!("PUT /contacts/{ada}"), format!("PUT /contacts/{lin}"), "POST /companies".into()];
    assert_eq!(second.lines(), lines, "the ids, not what the fields are");
    second.calls.clear();
    second.deliver(vec![track(user("u-1"), "a"), track(email("l@example.com"), "a")]);
    assert_eq!(second.lines(), ["POST /events", "POST /events"]);
    assert!(second.calls.iter().all(|call| call.body()["id"].is_string()));
}

#[test]
fn what_a_program_wrote_last_is_not_taken_for_what_the_cache_has_of_it() {
    let config = || Config { has_cache: true, ..Config::default() };
    let mut world = World::with(config());
    let write = |name: &str| {
        let company = json!({ "plan": name });
        vec![identify(user("u-1"), json!({ "name": name })), group(Some(user("u-1")), "c-1", company)]
    };
    world.deliver(write("Ada"));
    let before = world.cache.clone();
    world.deliver(write("Bea"));
    world.cache = before;
    world.end_program(config());
    world.deliver(write("Ada"));
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
    assert_eq!(world.intercom.companies["c-1"].1["plan"], "Ada");
}

#[test]
fn a_cache_that_never_answers_is_not_waited_for() {
    let mut world = World::with(Config { has_cache: true, ..Config::default() });
    world.is_cache_dead = true;
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({}))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert!(world.now - START < 15_000);
}

/// Writes are done from then on, and their answers are lost.
fn lose_answers(world: &mut World) {
    world.faults = Box::new(|_| Some(Fault::After(Failed::Network(RequestFailure::Cut))));
}

#[test]
fn what_an_update_without_an_answer_may_have_written_is_not_taken_for_unchanged() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    lose_answers(&mut world);
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(outcomes[0].status, Status::Retry);
    world.faults = Box::new(|_| None);
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}

#[test]
fn what_saving_a_company_without_an_answer_may_have_written_is_not_taken_for_unchanged() {
    let mut world = World::new();
    world.deliver(vec![group(None, "c-1", json!({ "name": "Acme" }))]);
    lose_answers(&mut world);
    let outcomes = world.deliver(vec![group(None, "c-1", json!({ "name": "Bolt" }))]);
    assert_eq!(outcomes[0].status, Status::Retry);
    world.faults = Box::new(|_| None);
    world.deliver(vec![group(None, "c-1", json!({ "name": "Acme" }))]);
    assert_eq!(world.intercom.companies["c-1"].1["name"], "Acme");
}
