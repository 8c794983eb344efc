//! Laws of a delivery, on people and orders that proptest makes up. `PROPTEST_CASES` sets how many cases each law is tried on; a case that
//! fails is printed and its seed is kept in `laws.seeds`, to be tried first from then on.

use crate::broken::{Broken, broken, huge, runs, unreadable};
use crate::days::deliver_all;
use crate::drawn::cases;
use crate::events::*;
use crate::lives::{Life, Mix, Weather, contacts_of, live, lives, lives_with_deletes, mix, restart, state, weather};
use crate::world::{START, World};
use intercom_destination::cloud::delivery::{Config, Delivery};
use intercom_destination::cloud::outcome::{Outcome, Status};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// For so long, in milliseconds, an event that comes again is recognised.
const DAY: i64 = 24 * 60 * 60 * 1000;

proptest! {
    #![proptest_config(cases("cloud_delivery", 300))]

    /// `World` itself refuses a second outcome for one event, and an end with events left.
    #[test]
    fn every_event_gets_exactly_one_outcome(lives in lives_with_deletes(), mix in mix(), weather in weather()) {
        let batches = mix.events(&lives);
        let mut world = weather.world(&lives);
        let mut handed = 0;
        for (at, events) in batches {
            world.drive_until(at);
            handed += world.hand_in(events).len();
        }
        world.drive();
        prop_assert_eq!(world.outcomes.len(), handed);
        for outcome in world.outcomes.values() {
            prop_assert_eq!(outcome.status == Status::Retry, outcome.retry_at.is_some());
            prop_assert!(outcome.status == Status::Delivered || outcome.code.is_some() && outcome.message.is_some());
        }
    }

    #[test]
    fn a_replay_changes_nothing(lives in lives_with_deletes(), mix in mix(), other in mix(), weather in weather()) {
        let mut world = live(&lives, &mix, &weather);
        prop_assume!(world.now - START < DAY);
        let (contacts, companies) = (world.intercom.contacts.clone(), world.intercom.companies.clone());
        let calls = world.calls.len();
        let ended = ends(world.outcomes.values());
        if weather.has_cache {
            restart(&mut world, true);
        }
        let events = other.events(&lives).into_values().flatten().collect();
        let outcomes = world.deliver(events);
        prop_assert_eq!(ends(outcomes.iter()), ended);
        prop_assert_eq!(&world.intercom.contacts, &contacts);
        prop_assert_eq!(&world.intercom.companies, &companies);
        prop_assert_eq!(world.calls.len(), calls);
    }

    #[test]
    fn an_event_that_is_there_twice_is_delivered_once(lives in lives_with_deletes(), mix in mix(), weather in weather()) {
        let mut twice = mix.events(&lives);
        for events in twice.values_mut() {
            *events = events.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
        }
        let mut world = weather.world(&lives);
        deliver_all(&mut world, twice);
        prop_assert_eq!(state(&world), state(&live(&lives, &mix, &weather)));
    }

    #[test]
    fn how_people_s_events_are_mixed_makes_no_difference(
        lives in lives_with_deletes(), mix in mix(), weather in weather()
    ) {
        let plain = live(&lives, &Mix::plain(), &Weather::calm());
        let mixed = live(&lives, &mix, &weather);
        prop_assert_eq!(state(&mixed), state(&plain));
    }

    #[test]
    fn each_person_is_there_once_with_everything_in_order(lives in lives(), mix in mix(), weather in weather()) {
        let world = live(&lives, &mix, &weather);
        for (i, life) in lives.iter().enumerate() {
            check_person(&world, i, life)?;
        }
    }

    /// Only the first requests go before the limit is known.
    #[test]
    fn the_limit_is_never_exceeded(
        limit in 1..60_u32, share in prop_oneof![Just(1.0), 0.05..1.0], longest_trip in 2..4000_u64,
        batches in prop::collection::vec((0..30_u32, 0..15_000_i64), 1..6), seed in any::<u64>(),
    ) {
        let mut world = World::with(Config { rate_share: share, ..Config::default() });
        world.intercom.limit = limit;
        let mut draw = crate::days::Draw::new(seed);
        world.latency = Box::new(move |_| (1 + draw.next() % longest_trip) as i64);
        let mut due = BTreeMap::new();
        let (mut at, mut people) = (world.now, 0);
        for (size, gap) in batches {
            at += gap;
            let events: Vec<_> = (people..people + size).map(|i| {
                world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
                track(user(&format!("u-{i}")), "a").id(&format!("m-{i}"))
            }).collect();
            people += size;
            due.insert(at, events);
        }
        deliver_all(&mut world, due);
        prop_assert_eq!(world.intercom.limited, 0);
        let most = ((f64::from(limit) * share) as u32).max(1);
        prop_assert!(world.intercom.busiest <= most, "{} of {}", world.intercom.busiest, most);
    }
}

proptest! {
    #![proptest_config(cases("cloud_delivery", 300))]

    #[test]
    fn no_answer_however_broken_panics_or_loses_an_event(
        lives in lives_with_deletes(), mix in mix(), weather in weather(), answers in prop::collection::vec(broken(), 0..40),
        is_eager in any::<bool>(),
    ) {
        try_answers(&lives, &mix, &weather, answers, is_eager)?;
    }

    #[test]
    fn a_host_that_stops_at_any_time_loses_and_doubles_nothing(
        lives in lives(), mix in mix(), weather in weather(), stops in prop::collection::btree_set(0..20_000_i64, 1..12),
    ) {
        let mut world = weather.world(&lives);
        world.stops = stops.into_iter().map(|at| world.now + at).collect();
        deliver_all(&mut world, mix.events(&lives));
        for (i, life) in lives.iter().enumerate() {
            check_person(&world, i, life)?;
        }
        prop_assert_eq!(state(&world), state(&live(&lives, &Mix::plain(), &Weather::calm())));
    }

    #[test]
    fn answers_that_cannot_be_read_lose_and_double_nothing(
        lives in lives(), mix in mix(), weather in weather(), answers in runs(unreadable()),
    ) {
        let mut world = weather.world(&lives);
        break_answers(&mut world, answers);
        deliver_all(&mut world, mix.events(&lives));
        for (i, life) in lives.iter().enumerate() {
            check_person(&world, i, life)?;
        }
        prop_assert_eq!(state(&world), state(&live(&lives, &Mix::plain(), &Weather::calm())));
    }

    #[test]
    fn lists_that_lie_about_their_length_double_nobody(
        lives in lives(), mix in mix(), weather in weather(), counts in prop::collection::vec(0..9_u32, 1..60),
    ) {
        let mut world = weather.world(&lives);
        break_answers(&mut world, counts.into_iter().map(|count| Broken::Lying(json!(count), 1)).collect());
        deliver_all(&mut world, mix.events(&lives));
        prop_assert_eq!(state(&world), state(&live(&lives, &Mix::plain(), &Weather::calm())));
    }
}

proptest! {
    #![proptest_config(cases("cloud_delivery", 4))]

    #[test]
    fn answers_of_ten_megabytes_neither_panic_nor_lose_an_event(
        lives in lives(), answers in prop::collection::vec(huge(), 1..4),
    ) {
        try_answers(&lives, &Mix::plain(), &Weather::calm(), answers, true)?;
    }
}

/// The answers to the first requests are changed one after the other; those after them are right.
fn break_answers(world: &mut World, answers: Vec<Broken>) {
    let mut answers = answers.into_iter();
    world.distort = Box::new(move |response| match answers.next() {
        Some(broken) => broken.of(response),
        None => response,
    });
}

/// Whatever the answers make of the events, each has its outcome, and those that are given back can be delivered later.
fn try_answers(
    lives: &[Life],
    mix: &Mix,
    weather: &Weather,
    answers: Vec<Broken>,
    is_eager: bool,
) -> Result<(), TestCaseError> {
    let config = Config { unarchive: is_eager, create_attributes: is_eager, skip_stale: is_eager, ..Config::default() };
    let mut world = weather.world(lives);
    world.delivery = Delivery::new(Config { has_cache: weather.has_cache, ..config }, weather.seed);
    break_answers(&mut world, answers);
    let due = mix.events(lives);
    let count: usize = due.values().map(Vec::len).sum();
    deliver_all(&mut world, due);
    let ended = world.outcomes.values().filter(|outcome| outcome.status != Status::Retry);
    prop_assert_eq!(ended.count(), count);
    for outcome in world.outcomes.values() {
        prop_assert!(outcome.status != Status::Dropped || outcome.code.is_some() && outcome.message.is_some());
    }
    Ok(())
}

/// One contact, of the right role, with the last name and all events in the order in which they were handed in.
pub fn check_person(world: &World, i: usize, life: &Life) -> Result<(), TestCaseError> {
    let contacts = contacts_of(world, i);
    prop_assert_eq!(contacts.len(), 1, "contacts of {}: {:?}", i, contacts);
    let contact = contacts[0];
    prop_assert_eq!(&contact.role, if life.is_user() { "user" } else { "lead" });
    prop_assert_eq!(contact.fields.get("name"), Some(&life.name(i)));
    prop_assert_eq!(contact.event_names(), life.tracks(i));
    Ok(())
}

/// How events ended, in an order that does not depend on theirs: `None` is delivered, all else is what they were dropped for.
fn ends<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Vec<Option<&'static str>> {
    let mut ends: Vec<_> =
        outcomes.filter(|outcome| outcome.status != Status::Retry).map(|outcome| outcome.code).collect();
    ends.sort_unstable();
    ends
}
