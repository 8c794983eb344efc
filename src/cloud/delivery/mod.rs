//! A delivery takes events to Intercom: a state machine without I/O, without a clock and without the token.
//!
//! **Invariant: every event that is received ends with exactly one [`Output::Finish`], whatever the responses are.**
//!
//! The order of calls: [`handle_input`](Delivery::handle_input) with what happened, then [`poll_output`](Delivery::poll_output) until it
//! gives nothing, then wait for the next response, or until [`poll_timeout`](Delivery::poll_timeout) and tell [`Input::TimedOut`]. The time is
//! an argument, in milliseconds since 1970, and never goes back. One delivery serves all batches of a workspace; they share order, memory and
//! rate limit.
//!
//! Each person has a lane (`people`) with a queue (`queue`) and runs one operation at a time (`operation`): writing a contact
//! (`contact`), submitting an event (`track`), saving a company (`save`), attaching to it (`attach`) or deleting a contact (`remove`).
//! Lanes that want to send stand in line for the rate limit (`rate_limit`).

mod absence;
mod attach;
mod backoff;
mod companies;
mod config;
mod contact;
mod context;
mod generations;
mod hash;
mod hold;
mod intake;
mod io;
mod known;
mod operation;
mod people;
mod progress;
mod queue;
mod random;
mod rate_limit;
mod refused_fields;
mod remove;
mod responses;
mod save;
mod schedule;
mod timer;
mod track;

pub use config::Config;
pub use io::{EventId, Input, Output, ReadId, RequestFailure, RequestId};

use crate::cloud::code::{self, Code};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use companies::Companies;
use context::Shared;
use intake::Intake;
use known::Known;
use people::{LaneId, People};
use progress::Progress;
use random::Random;
use rate_limit::RateLimit;
use std::collections::HashMap;
use timer::{Timer, Timers};

/// A point in time, in milliseconds since 1970, or a span of it.
pub type Millis = i64;

/// See the [module](self).
pub struct Delivery {
    shared: Shared,
    intake: Intake,
    people: People,
    /// Lanes that have something to do, in line.
    ready: VecDeque<LaneId>,
    in_flight: HashMap<RequestId, LaneId>,
    requests: RequestId,
    rate: RateLimit,
    /// When the line may go on.
    gate: Option<Millis>,
    /// Why nothing more is sent until new events come.
    stopped: Option<Code>,
    timers: Timers,
}

impl Delivery {
    /// A delivery with an empty memory. The seed is for jitter.
    pub fn new(config: Config, seed: u64) -> Delivery {
        Delivery {
            intake: Intake::default(),
            people: People::default(),
            ready: VecDeque::new(),
            in_flight: HashMap::new(),
            requests: 0,
            rate: RateLimit::new(config.rate_share),
            gate: None,
            stopped: None,
            timers: Timers::default(),
            shared: Shared {
                known: Known::new(config.memory, config.has_cache),
                config,
                progress: Progress::default(),
                companies: Companies::default(),
                random: Random::new(seed),
                outputs: VecDeque::new(),
                woken: Vec::new(),
            },
        }
    }

    /// Tells what happened.
    pub fn handle_input(&mut self, now: Millis, input: Input) {
        match input {
            Input::EventsReceived(events) => self.receive(now, events),
            Input::ResponseReceived { request, response } => self.response_received(now, request, &response),
            Input::RequestFailed { request, failure } => self.request_failed(now, request, failure),
            Input::CacheAnswered { read, entries } => self.cache_answered(now, read, entries),
            Input::Stopped => self.stop(code::STOPPED),
            Input::RateShareChanged(share) => self.rate.set_share(share),
            Input::TimedOut => {}
        }
        self.fire_timers(now);
        self.run(now);
        self.write_cache();
    }

    /// The next command, until there is none.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.shared.outputs.pop_front()
    }

    /// When [`Input::TimedOut`] is due, if nothing else happens before; `None` while no event is being delivered.
    pub fn poll_timeout(&self) -> Option<Millis> {
        if self.is_idle() {
            return None;
        }
        let timer = self.timers.first().map(|(at, _)| at);
        match (timer, self.gate.filter(|at| *at < Millis::MAX)) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    /// Whether no event is being delivered.
    pub fn is_idle(&self) -> bool {
        self.intake.is_empty() && self.shared.progress.is_empty()
    }

    fn fire_timers(&mut self, now: Millis) {
        while let Some((at, timer)) = self.timers.first() {
            match timer {
                Timer::Lane(lane) if !self.is_waiting(lane, at) => {}
                _ if at > now => return,
                Timer::Lane(lane) => self.wake(lane),
                Timer::Cache => self.cache_timed_out(now),
            }
            self.timers.drop_first();
        }
    }

    /// Whether a timer still means something: a lane may have been woken by something else.
    fn is_waiting(&mut self, lane: LaneId, at: Millis) -> bool {
        self.people.get(lane).is_some_and(|lane| lane.wake_at == Some(at))
    }

    /// What is written before a request comes before it in the outputs, and the host waits for it.
    fn write_cache(&mut self) {
        for write in self.shared.known.writes.drain(..) {
            let known::CacheWrite { key, value, time_to_live } = write;
            self.shared.outputs.push_back(Output::WriteCache { key, value, time_to_live });
        }
    }
}
