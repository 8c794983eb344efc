//! People as proptest makes them up, the order in which their events come, and what Intercom has of them in the end.

use crate::days::{Draw, deliver_all, faults};
use crate::events::*;
use crate::intercom::Contact;
use crate::world::{START, World};
use intercom_destination::cloud::delivery::{Config, Delivery};
use intercom_destination::cloud::intent::{Event, Intent};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What one person does, in order.
#[derive(Clone, Debug)]
pub struct Life {
    pub kind: Kind,
    /// Intercom has the contact already.
    pub is_known: bool,
    pub deeds: Vec<Deed>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    User,
    UserWithEmail,
    Lead,
    /// A lead who becomes a user after so many deeds.
    Convert(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    Identify(u8),
    Track,
    Group(u8),
    Delete,
}

/// How the events of several people are mixed and cut into batches.
#[derive(Clone, Debug)]
pub struct Mix {
    picks: Vec<u8>,
    gaps: Vec<u8>,
}

/// What is around the delivery.
#[derive(Clone, Debug)]
pub struct Weather {
    pub search_lag: i64,
    /// Chance of a fault for each request.
    pub faults: f64,
    pub longest_trip: i64,
    pub has_cache: bool,
    pub seed: u64,
}

fn life(deletes: u32) -> impl Strategy<Value = Life> {
    let kind = prop_oneof![
        2 => Just(Kind::User),
        3 => Just(Kind::UserWithEmail),
        2 => Just(Kind::Lead),
        2 => (1..4_usize).prop_map(Kind::Convert),
    ];
    let deed = prop_oneof![
        2 => (0..3_u8).prop_map(Deed::Identify),
        3 => Just(Deed::Track),
        1 => (0..3_u8).prop_map(Deed::Group),
        deletes => Just(Deed::Delete),
    ];
    // Someone who is never identified is nobody at Intercom, so each person is, once at least.
    (kind, any::<bool>(), prop::collection::vec(deed, 0..7), any::<prop::sample::Index>()).prop_map(
        |(kind, is_known, mut deeds, at)| {
            deeds.insert(at.index(deeds.len() + 1), Deed::Identify(0));
            Life { kind, is_known, deeds }
        },
    )
}

pub fn lives() -> impl Strategy<Value = Vec<Life>> {
    prop::collection::vec(life(0), 1..7)
}

/// Some of these people are deleted, and some come again after that.
pub fn lives_with_deletes() -> impl Strategy<Value = Vec<Life>> {
    prop::collection::vec(life(1), 1..7)
}

pub fn mix() -> impl Strategy<Value = Mix> {
    let gaps = prop_oneof![4 => Just(0), 1 => 1..4_u8];
    (prop::collection::vec(any::<u8>(), 1..24), prop::collection::vec(gaps, 1..24))
        .prop_map(|(picks, gaps)| Mix { picks, gaps })
}

pub fn weather() -> impl Strategy<Value = Weather> {
    let faults = prop_oneof![Just(0.0), Just(0.05), Just(0.3)];
    let longest_trip = prop_oneof![Just(20), Just(200), Just(3_000)];
    (prop_oneof![Just(0), Just(120_i64)], faults, longest_trip, any::<bool>(), any::<u64>()).prop_map(
        |(search_lag, faults, longest_trip, has_cache, seed)| Weather {
            search_lag,
            faults,
            longest_trip,
            has_cache,
            seed,
        },
    )
}

impl Life {
    pub fn is_user(&self) -> bool {
        self.kind != Kind::Lead
    }

    fn events(&self, i: usize) -> Vec<Event> {
        let mut deeds = self.deeds.clone();
        if let Kind::Convert(after) = self.kind {
            // A conversion is an identify, with both names.
            deeds.insert(after.min(deeds.len()), Deed::Identify(1));
            // A lead is made by an identify, too.
            deeds.insert(0, Deed::Identify(0));
        }
        (0..deeds.len()).map(|step| self.event(i, step, deeds[step])).collect()
    }

    fn event(&self, i: usize, step: usize, deed: Deed) -> Event {
        let is_lead = match self.kind {
            Kind::Lead => true,
            Kind::Convert(after) => step <= after.min(self.deeds.len()),
            Kind::User | Kind::UserWithEmail => false,
        };
        // Intercom counts events of one name and second as one, so that each has its own second.
        let at = START + step as i64 * 1000;
        let person = || if is_lead { email(&address(i)) } else { user(&user_id(i)) };
        let event = match deed {
            Deed::Identify(name) => {
                let given = json!({ "name": format!("Name {name}"), "last_seen_at": at / 1000 });
                match (is_lead, self.kind) {
                    (true, _) => lead(&address(i), given),
                    (false, Kind::User) => identify(person(), given),
                    (false, _) => identify(user_with_email(&user_id(i), &address(i)), given),
                }
            }
            Deed::Track => track_at(person(), &format!("event {step}"), at / 1000),
            Deed::Group(company) => {
                let given = json!({ "name": format!("Company {company}"), "size": company });
                group(Some(person()), &format!("c-{company}"), given)
            }
            Deed::Delete => delete(person()),
        };
        event.id(&format!("m-{i}-{step}")).at(at)
    }

    /// The names of this person's tracks, in order.
    pub fn tracks(&self, i: usize) -> Vec<String> {
        let intents = self.events(i).into_iter().flat_map(|event| event.intents);
        intents
            .filter_map(|intent| if let Intent::TrackEvent(track) = intent { Some(track.name) } else { None })
            .collect()
    }

    /// The name in this person's last identify.
    pub fn name(&self, i: usize) -> Value {
        let intents = self.events(i).into_iter().flat_map(|event| event.intents).rev();
        let mut names = intents.filter_map(|intent| match intent {
            Intent::IdentifyContact(contact) => contact.fields.get("name").cloned(),
            _ => None,
        });
        names.next().unwrap()
    }
}

pub fn address(i: usize) -> String {
    format!("p{i}@example.com")
}

pub fn user_id(i: usize) -> String {
    format!("u-{i}")
}

impl Mix {
    /// One person after the other, all in one batch.
    pub fn plain() -> Mix {
        Mix { picks: vec![0], gaps: vec![0] }
    }

    /// The events of all with the times at which they are handed in. Each person's stay in order.
    pub fn events(&self, lives: &[Life]) -> BTreeMap<i64, Vec<Event>> {
        let mut left: Vec<_> = lives.iter().enumerate().map(|(i, life)| life.events(i).into_iter()).collect();
        let (mut picks, mut gaps) = (self.picks.iter().cycle(), self.gaps.iter().cycle());
        let (mut due, mut at) = (BTreeMap::<i64, Vec<Event>>::new(), START);
        loop {
            left.retain(|events| events.len() > 0);
            if left.is_empty() {
                return due;
            }
            let pick = usize::from(*picks.next().unwrap()) % left.len();
            at += [0, 400, 5_000, 150_000][usize::from(*gaps.next().unwrap())];
            due.entry(at).or_default().extend(left[pick].next());
        }
    }
}

impl Weather {
    pub fn calm() -> Weather {
        Weather { search_lag: 0, faults: 0.0, longest_trip: 200, has_cache: false, seed: 1 }
    }

    /// A world with that weather, and with those of the people who are known before.
    pub fn world(&self, lives: &[Life]) -> World {
        let mut world = World::with(Config { has_cache: self.has_cache, ..Config::default() });
        world.intercom.search_lag = self.search_lag;
        world.faults = faults(self.faults, self.seed);
        let (mut draw, longest) = (Draw::new(self.seed ^ 1), self.longest_trip as u64);
        world.latency = Box::new(move |_| (1 + draw.next() % longest) as i64);
        for (i, life) in lives.iter().enumerate().filter(|(_, life)| life.is_known) {
            let mut body = match life.kind {
                Kind::User | Kind::UserWithEmail => json!({ "external_id": user_id(i) }),
                Kind::Lead | Kind::Convert(_) => json!({ "role": "lead" }),
            };
            if life.kind != Kind::User {
                body["email"] = json!(address(i));
            }
            world.intercom.seed(body);
        }
        world
    }
}

/// Delivers everything to the end: what was given back is handed in again.
pub fn live(lives: &[Life], mix: &Mix, weather: &Weather) -> World {
    let mut world = weather.world(lives);
    deliver_all(&mut world, mix.events(lives));
    world
}

/// The program starts anew; what it has of before is the cache.
pub fn restart(world: &mut World, has_cache: bool) {
    world.delivery = Delivery::new(Config { has_cache, ..Config::default() }, 8);
}

/// All that Intercom has, without ids of its own. How recently somebody was seen depends on which updates differ in nothing else.
pub fn state(world: &World) -> Value {
    let companies: BTreeMap<&str, &str> =
        world.intercom.companies.iter().map(|(company_id, (id, _))| (id.as_str(), company_id.as_str())).collect();
    let mut contacts: Vec<Value> = Vec::new();
    for contact in world.intercom.live() {
        let mut fields = contact.fields.clone();
        fields.remove("last_seen_at");
        let mut attached: Vec<&str> = contact.companies.iter().map(|id| companies[id.as_str()]).collect();
        attached.sort_unstable();
        contacts.push(json!({
            "role": contact.role, "fields": sorted(fields), "companies": attached, "events": contact.events,
        }));
    }
    contacts.sort_by_key(Value::to_string);
    let companies: Vec<_> = world.intercom.companies.values().map(|(_, fields)| sorted(fields.clone())).collect();
    json!({ "contacts": contacts, "companies": companies })
}

fn sorted(fields: serde_json::Map<String, Value>) -> BTreeMap<String, Value> {
    fields.into_iter().collect()
}

/// The live contacts that a person has: one, if all is well.
pub fn contacts_of(world: &World, i: usize) -> Vec<&Contact> {
    let (address, user_id) = (address(i), user_id(i));
    let is_theirs = |one: &&Contact| one.text("email") == Some(&address) || one.text("external_id") == Some(&user_id);
    world.intercom.live().filter(is_theirs).collect()
}
