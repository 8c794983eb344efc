//! Answers that fail, and the limits.

use crate::events::*;
use crate::world::{Failed, Fault, START, World, status};
use intercom_destination::cloud::delivery::{Config, RequestFailure};
use intercom_destination::cloud::outcome::Status;
use intercom_destination::cloud::response::Response;
use serde_json::json;

#[test]
fn a_request_without_a_usable_answer_goes_again() {
    let kinds = [
        Failed::Network(RequestFailure::NotSent),
        Failed::Network(RequestFailure::Cut),
        Failed::Network(RequestFailure::TimedOut),
        status(500),
        status(503),
        status(408),
        status(200),
    ];
    for failed in kinds {
        for is_written in [true, false] {
            let mut world = World::new();
            let (mut requests, failed) = (0, failed.clone());
            world.faults = Box::new(move |_| {
                requests += 1;
                let fault = if is_written { Fault::After(failed.clone()) } else { Fault::Before(failed.clone()) };
                (requests % 2 == 1).then_some(fault)
            });
            let events = vec![
                identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada", "last_seen_at": 5 })),
                group(Some(user("u-1")), "c-1", json!({})),
                track(user("u-1"), "a"),
            ];
            let outcomes = world.deliver(events);
            assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered), "{outcomes:?}");
            assert_eq!(world.intercom.contacts.len(), 1);
            let contact = world.intercom.user("u-1").unwrap();
            assert_eq!((contact.events.len(), contact.companies.len()), (1, 1));
        }
    }
}

#[test]
fn pauses_between_tries_double() {
    let mut world = World::with(Config { patience: 60_000, ..Config::default() });
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    let times: Vec<i64> = world.calls.iter().map(|call| call.at).collect();
    let pauses: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0] - 200).collect();
    assert_eq!(pauses.len(), 4);
    for (pause, around) in pauses.iter().zip([1000, 2000, 4000, 8000]) {
        assert!((around * 3 / 4..=around * 5 / 4).contains(pause), "{pauses:?}");
    }
    let mut world = World::with(Config { patience: 2000, ..Config::default() });
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    assert_eq!(world.calls.len(), 2, "a third try would come after the patience");
}

#[test]
fn what_a_refused_token_gives_back_is_due_in_a_minute() {
    let mut world = World::new();
    world.intercom.token_is_valid = false;
    let outcome = world.deliver(vec![identify(user("u-1"), json!({}))]).remove(0);
    assert!((45_000..=76_000).contains(&(outcome.retry_at.unwrap() - START)), "{outcome:?}");
}

#[test]
fn an_event_ends_when_all_of_its_intents_have() {
    let mut world = World::new();
    let both = [identify(user("u-1"), json!({})), track(user("u-1"), "a")];
    world.faults = Box::new(|request| (request.path == "/events").then(|| Fault::Before(status(400))));
    let outcome = world.deliver(vec![event(both.into_iter().flat_map(|one| one.intents).collect())]).remove(0);
    assert_eq!((outcome.status, outcome.code), (Status::Dropped, Some("refused")));
}

#[test]
fn an_outage_gives_everything_back_with_a_time_and_in_order() {
    let mut world = World::new();
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    let outcomes =
        world.deliver(vec![identify(user("u-1"), json!({})), track(user("u-1"), "a"), track(user("u-2"), "b")]);
    assert_eq!(outcomes[0].code, Some("unavailable"));
    assert_eq!(outcomes[1].code, Some("behind_another"));
    assert_eq!(outcomes[2].code, Some("unavailable"));
    for outcome in &outcomes {
        assert_eq!(outcome.status, Status::Retry);
        assert!(outcome.retry_at.unwrap() > world.now + 30_000);
    }
    assert!(world.now - START < 31_000, "an event is not kept longer than the patience");
    assert!(world.calls.len() <= 10);
}

#[test]
fn a_rate_limit_stops_all_until_it_says_so() {
    let mut world = World::new();
    for i in 0..50 {
        world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
    }
    let mut is_first = true;
    world.faults = Box::new(move |_| {
        let headers = vec![("retry-after".to_string(), "5".to_string())];
        let answer = Response { status: 429, headers, body: Vec::new() };
        std::mem::take(&mut is_first).then_some(Fault::Before(Failed::Answer(answer)))
    });
    let outcomes = world.deliver((0..50).map(|i| track(user(&format!("u-{i}")), "a")).collect());
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered));
    assert!(world.calls[1..].iter().all(|call| call.at >= START + 5_000), "{:?}", world.calls[1]);
}

#[test]
fn a_limit_longer_than_the_patience_gives_everything_back() {
    let mut world = World::new();
    world.faults = Box::new(move |_| {
        let headers = vec![("retry-after".to_string(), "600".to_string())];
        Some(Fault::Before(Failed::Answer(Response { status: 429, headers, body: Vec::new() })))
    });
    let outcomes = world.deliver((0..50).map(|i| track(user(&format!("u-{i}")), "a")).collect());
    for outcome in &outcomes {
        assert_eq!((outcome.status, outcome.code), (Status::Retry, Some("rate_limited")));
        assert!(outcome.retry_at.unwrap() >= START + 600_000);
    }
    assert_eq!(world.calls.len(), 1);
}

#[test]
fn the_windows_are_never_overdrawn() {
    for (limit, rate_share) in [(1, 1.0), (3, 1.0), (20, 1.0), (20, 0.5), (1666, 1.0)] {
        let mut world = World::with(Config { rate_share, ..Config::default() });
        world.intercom.limit = limit;
        for i in 0..60 {
            world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
        }
        let outcomes = world.deliver((0..60).map(|i| track(user(&format!("u-{i}")), "a")).collect());
        assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered), "{limit} {outcomes:?}");
        assert_eq!(world.intercom.limited, 0, "limit {limit}, share {rate_share}");
        let mut windows = std::collections::BTreeMap::<i64, u32>::new();
        world.calls.iter().for_each(|call| *windows.entry((call.at + 100) / 10_000).or_default() += 1);
        let most = f64::from(*windows.values().max().unwrap());
        assert!(most <= (f64::from(limit) * rate_share).max(1.0), "{most} of {limit}");
    }
}

#[test]
fn a_refused_token_stops_the_batch() {
    for refused in [401, 403] {
        let mut world = World::new();
        let mut requests = 0;
        world.faults = Box::new(move |_| {
            requests += 1;
            (requests > 5).then_some(Fault::Before(status(refused)))
        });
        for i in 0..100 {
            world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
        }
        let outcomes = world.deliver((0..100).map(|i| track(user(&format!("u-{i}")), "a")).collect());
        let delivered = outcomes.iter().filter(|outcome| outcome.status == Status::Delivered).count();
        let refused = outcomes.iter().filter(|outcome| outcome.code == Some("unauthorized")).count();
        assert_eq!((delivered, refused), (5, 95));
        assert!(outcomes.iter().all(|outcome| outcome.status != Status::Dropped));
        assert!(world.calls.len() <= 5 + 16, "{}", world.calls.len());
        world.faults = Box::new(|_| None);
        let again = world.deliver((5..100).map(|i| track(user(&format!("u-{i}")), "a")).collect());
        assert!(again.iter().all(|outcome| outcome.status == Status::Delivered));
    }
}

#[test]
fn a_refusal_that_cannot_be_read_is_final_by_its_status() {
    let mut world = World::new();
    world.faults = Box::new(|_| Some(Fault::Before(status(422))));
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" })), track(user("u-1"), "a")]);
    assert_eq!((outcomes[0].status, outcomes[0].code), (Status::Dropped, Some("refused")));
    assert!(outcomes[0].message.as_ref().unwrap().contains("422"));
    assert_eq!(world.calls.len(), 2, "each is tried once");
}

#[test]
fn a_host_that_stops_gets_back_what_is_not_on_its_way() {
    let mut world = World::new();
    world.latency = Box::new(|_| 1000);
    for i in 0..40 {
        world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
    }
    let events: Vec<_> = (0..40).flat_map(|i| ["a", "b"].map(|name| track(user(&format!("u-{i}")), name))).collect();
    let ids = world.hand_in(events.clone());
    world.drive_until(START + 1500);
    let before = world.calls.len();
    world.stop();
    assert!(ids.len() - world.outcomes.len() <= 2 * 16, "only what is on its way and what waits behind it is left");
    world.drive();
    assert_eq!(world.calls.len(), before, "nothing is sent after it");
    let (delivered, given): (Vec<_>, Vec<_>) =
        ids.iter().map(|id| &world.outcomes[id]).partition(|outcome| outcome.status == Status::Delivered);
    assert_eq!(delivered.len(), before);
    assert!(
        given.iter().all(|outcome| (outcome.status, outcome.code) == (Status::Retry, Some("stopped"))),
        "{given:?}"
    );
    world.deliver_fully(events);
    for i in 0..40 {
        let contact = world.intercom.user(&format!("u-{i}")).unwrap();
        assert_eq!(contact.events.len(), 2, "none is lost, none doubled");
    }
}

#[test]
fn what_comes_behind_an_event_that_is_expected_much_later_is_given_back_at_once() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    let [first, second] = ["a", "b"].map(|name| track(user("u-1"), name).id(name));
    let expected = world.deliver(vec![first.clone()])[0].retry_at;
    world.faults = Box::new(|_| None);
    let now = world.now;
    let outcome = world.deliver(vec![second.clone()]).remove(0);
    assert_eq!((outcome.status, outcome.code), (Status::Retry, Some("behind_another")));
    assert_eq!((outcome.retry_at, world.now), (expected, now));
    world.deliver_fully(vec![second, first]);
    assert_eq!(world.intercom.user("u-1").unwrap().event_names(), ["a", "b"]);
}

#[test]
fn an_event_that_comes_again_elsewhere_does_not_hold_up_the_next_one_for_ever() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    let [first, second] = ["a", "b"].map(|name| track(user("u-1"), name).id(name));
    let mut outcome = world.deliver(vec![first, second.clone()])[1].clone();
    world.faults = Box::new(|_| None);
    let mut rounds = 0;
    while let Some(at) = outcome.retry_at {
        rounds += 1;
        assert!(rounds <= 3, "still given back: {outcome:?}");
        world.now = world.now.max(at);
        world.stops = [world.now + 5000].into();
        outcome = world.deliver(vec![second.clone()])[0].clone();
    }
    assert_eq!(outcome.status, Status::Delivered);
}
