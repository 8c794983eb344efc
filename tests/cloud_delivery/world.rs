//! A delivery, its Intercom and its host, driven in virtual time.

use crate::intercom::Intercom;
use intercom_destination::cloud::delivery::{Config, Delivery, Input, Output, RequestFailure, RequestId};
use intercom_destination::cloud::intent::Event;
use intercom_destination::cloud::outcome::{Outcome, Status};
use intercom_destination::cloud::request::Request;
use intercom_destination::cloud::response::Response;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

/// 2026-01-01T00:00:00Z.
pub const START: i64 = 1_767_225_600_000;

/// What goes wrong with a request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Intercom never sees it, and the host learns of it this way.
    Before(Failed),
    /// Intercom does it, and this is learnt in place of the answer.
    After(Failed),
}

#[derive(Clone, Debug)]
pub enum Failed {
    Network(RequestFailure),
    Answer(Response),
}

pub fn status(status: u16) -> Failed {
    Failed::Answer(Response { status, headers: Vec::new(), body: b"<html>".to_vec() })
}

/// A refusal as Intercom writes it.
pub fn refusal(status: u16, code: &str) -> Response {
    let body = json!({ "errors": [{ "code": code, "message": "", "field": null }] });
    Response { status, headers: Vec::new(), body: body.to_string().into_bytes() }
}

/// The contact is gone: it was merged into that one.
pub fn merged(into: &str) -> Fault {
    let headers = vec![("Link".into(), format!(r#"</contacts/{into}>; rel="canonical""#))];
    Fault::Before(Failed::Answer(Response { headers, ..refusal(410, "contact_merged") }))
}

#[derive(Clone, Debug)]
pub struct Call {
    pub at: i64,
    pub request: Request,
    pub status: Option<u16>,
    /// A fault took the answer.
    pub is_eaten: bool,
}

impl Call {
    pub fn line(&self) -> String {
        format!("{} {}", self.request.method.as_str(), self.request.path)
    }

    pub fn body(&self) -> serde_json::Value {
        self.request.body.as_deref().map_or(serde_json::Value::Null, |body| serde_json::from_str(body).unwrap())
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Arrival(RequestId),
    Answer(RequestId),
}

pub type Faults = Box<dyn FnMut(&Request) -> Option<Fault>>;

pub type Distortion = Box<dyn FnMut(Response) -> Response>;

pub struct World {
    pub now: i64,
    pub intercom: Intercom,
    pub delivery: Delivery,
    pub calls: Vec<Call>,
    pub outcomes: BTreeMap<u64, Outcome>,
    pub finished_at: BTreeMap<u64, i64>,
    pub cache: HashMap<String, String>,
    pub is_cache_dead: bool,
    /// When the host stops the delivery.
    pub stops: BTreeSet<i64>,
    /// How long a request takes, there and back.
    pub latency: Box<dyn FnMut(&Request) -> i64>,
    pub faults: Faults,
    /// What happens to an answer on its way.
    pub distort: Distortion,
    /// Most requests that were on their way at once.
    pub most_in_flight: usize,
    happenings: BinaryHeap<Reverse<(i64, u64, Happening)>>,
    requests: HashMap<RequestId, (usize, i64)>,
    answers: HashMap<RequestId, Failed>,
    count: u64,
}

impl World {
    pub fn new() -> World {
        World::with(Config::default())
    }

    pub fn with(config: Config) -> World {
        World {
            now: START,
            intercom: Intercom::default(),
            delivery: Delivery::new(config, 7),
            calls: Vec::new(),
            outcomes: BTreeMap::new(),
            finished_at: BTreeMap::new(),
            cache: HashMap::new(),
            is_cache_dead: false,
            stops: BTreeSet::new(),
            latency: Box::new(|_| 200),
            faults: Box::new(|_| None),
            distort: Box::new(|response| response),
            most_in_flight: 0,
            happenings: BinaryHeap::new(),
            requests: HashMap::new(),
            answers: HashMap::new(),
            count: 0,
        }
    }

    /// Hands events in, and gives their numbers.
    pub fn hand_in(&mut self, events: Vec<Event>) -> Vec<u64> {
        let numbered: Vec<_> = events
            .into_iter()
            .map(|event| {
                self.count += 1;
                (self.count, event)
            })
            .collect();
        let ids = numbered.iter().map(|(id, _)| *id).collect();
        self.input(Input::EventsReceived(numbered));
        ids
    }

    pub fn stop(&mut self) {
        self.input(Input::Stopped);
    }

    /// Hands events in and waits for their outcomes.
    pub fn deliver(&mut self, events: Vec<Event>) -> Vec<Outcome> {
        let ids = self.hand_in(events);
        self.drive();
        ids.iter().map(|id| self.outcomes[id].clone()).collect()
    }

    /// Delivers, and hands in again what is to be sent again, as a host does, until nothing is.
    pub fn deliver_fully(&mut self, events: Vec<Event>) -> Vec<Outcome> {
        let mut last = self.deliver(events.clone());
        for _ in 0..1000 {
            let again: Vec<usize> = (0..last.len()).filter(|at| last[*at].status == Status::Retry).collect();
            let Some(at) = again.iter().filter_map(|at| last[*at].retry_at).max() else { return last };
            self.now = self.now.max(at);
            let outcomes = self.deliver(again.iter().map(|at| events[*at].clone()).collect());
            for (at, outcome) in again.into_iter().zip(outcomes) {
                last[at] = outcome;
            }
        }
        panic!("still not delivered: {last:?}");
    }

    /// The program ends with requests on their way and starts anew; what it has of before is the cache.
    pub fn end_program(&mut self, config: Config) {
        self.delivery = Delivery::new(config, 8);
        self.happenings.clear();
        self.requests.clear();
        self.answers.clear();
    }

    /// Until nothing is on its way.
    pub fn drive(&mut self) {
        for _ in 0..2_000_000 {
            if !self.step() {
                assert!(self.delivery.is_idle(), "events are left without anything to wait for");
                return;
            }
        }
        panic!("no end in sight");
    }

    /// Until that time.
    pub fn drive_until(&mut self, end: i64) {
        while self.next_at().is_some_and(|at| at <= end) {
            self.step();
        }
        self.now = self.now.max(end);
    }

    pub fn next_at(&self) -> Option<i64> {
        let timer = if self.delivery.is_idle() { None } else { self.delivery.poll_timeout() };
        let happening = self.happenings.peek().map(|Reverse((at, ..))| *at);
        let stop = timer.or(happening).and(self.stops.first().copied());
        [timer, happening, stop].into_iter().flatten().min()
    }

    /// Goes on to the next thing that happens. False: nothing does.
    pub fn step(&mut self) -> bool {
        let Some(at) = self.next_at() else { return false };
        self.now = self.now.max(at);
        if self.stops.first().is_some_and(|stop| *stop <= at) {
            self.stops.pop_first();
            self.stop();
            return true;
        }
        if self.happenings.peek().is_none_or(|Reverse((due, ..))| *due > at) {
            self.input(Input::TimedOut);
            return true;
        }
        match self.happenings.pop() {
            Some(Reverse((_, _, Happening::Arrival(id)))) => self.arrive(id),
            Some(Reverse((_, _, Happening::Answer(id)))) => self.answer(id),
            None => return false,
        }
        true
    }

    fn arrive(&mut self, id: RequestId) {
        let (call, trip) = self.requests[&id];
        let request = self.calls[call].request.clone();
        let learnt = match (self.faults)(&request) {
            Some(Fault::Before(failed)) => {
                self.calls[call].is_eaten = true;
                failed
            }
            fault => {
                let response = self.intercom.handle(self.now, &request);
                self.calls[call].status = Some(response.status);
                match fault {
                    Some(Fault::After(failed)) => {
                        self.calls[call].is_eaten = true;
                        failed
                    }
                    _ => Failed::Answer((self.distort)(response)),
                }
            }
        };
        self.answers.insert(id, learnt);
        self.happenings.push(Reverse((self.now + trip, id, Happening::Answer(id))));
    }

    fn answer(&mut self, request: RequestId) {
        self.requests.remove(&request);
        match self.answers.remove(&request).unwrap() {
            Failed::Answer(response) => self.input(Input::ResponseReceived { request, response }),
            Failed::Network(failure) => self.input(Input::RequestFailed { request, failure }),
        }
    }

    pub fn input(&mut self, input: Input) {
        self.delivery.handle_input(self.now, input);
        while let Some(output) = self.delivery.poll_output() {
            match output {
                Output::SendRequest { id, request } => self.send(id, request),
                Output::ReadCache { .. } if self.is_cache_dead => {}
                Output::ReadCache { id, keys } => {
                    let found = keys.into_iter().filter_map(|key| Some((key.clone(), self.cache.get(&key)?.clone())));
                    let entries = found.collect();
                    self.delivery.handle_input(self.now, Input::CacheAnswered { read: id, entries });
                }
                Output::WriteCache { key, value: Some(value), .. } => drop(self.cache.insert(key, value)),
                Output::WriteCache { key, value: None, .. } => drop(self.cache.remove(&key)),
                Output::Finish { event, outcome } => {
                    assert_eq!(self.outcomes.insert(event, outcome), None, "two outcomes for one event");
                    self.finished_at.insert(event, self.now);
                }
            }
        }
        // A host would spin.
        let timeout = self.delivery.poll_timeout();
        assert!(timeout.is_none_or(|at| at > self.now), "it wants to be woken at {timeout:?}, and it is {}", self.now);
        assert!(timeout.is_none_or(|at| at < i64::MAX), "it wants to be woken when time ends");
    }

    fn send(&mut self, id: RequestId, request: Request) {
        let latency = (self.latency)(&request);
        self.requests.insert(id, (self.calls.len(), latency - latency / 2));
        self.most_in_flight = self.most_in_flight.max(self.requests.len());
        self.calls.push(Call { at: self.now, request, status: None, is_eaten: false });
        self.happenings.push(Reverse((self.now + latency / 2, id, Happening::Arrival(id))));
    }

    /// Method and path of all requests so far.
    pub fn lines(&self) -> Vec<String> {
        self.calls.iter().map(Call::line).collect()
    }
}
