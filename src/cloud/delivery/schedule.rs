//! Which lane sends next: lanes stand in line, and the first goes when the rate limit lets it.

use super::attach::Attachment;
use super::contact::ContactWrite;
use super::context::Context;
use super::operation::{Operation, Phase, Step, Work};
use super::people::LaneId;
use super::progress::End;
use super::queue::{Intended, Next, Sequence};
use super::remove::ContactRemoval;
use super::save::CompanySave;
use super::timer::Timer;
use super::track::EventSubmission;
use super::{Delivery, Millis, Output};
use crate::cloud::code::{self, Code};
use crate::cloud::limits::GIVEN_BACK;
use alloc::vec::Vec;

impl Delivery {
    /// Puts a lane in line; it will be looked at when its turn comes.
    pub(super) fn wake(&mut self, id: LaneId) {
        let Some(lane) = self.people.get(id) else { return };
        lane.wake_at = None;
        if !lane.is_ready {
            lane.is_ready = true;
            self.ready.push_back(id);
        }
    }

    /// After lanes became one: requests on their way belong to the one that is left.
    pub(super) fn redirect(&mut self, id: LaneId) {
        let Some(lane) = self.people.get(id) else { return };
        lane.wake_at = None;
        for operation in &lane.running {
            if let Phase::Sent(request, ..) = operation.phase {
                self.in_flight.insert(request, id);
            }
        }
    }

    pub(super) fn run(&mut self, now: Millis) {
        self.gate = None;
        while let Some(id) = self.ready.front().copied() {
            let has_request = self.prepare(now, id);
            for woken in core::mem::take(&mut self.shared.woken) {
                self.wake(woken);
            }
            if !has_request {
                self.leave_line(now);
                continue;
            }
            if self.in_flight.len() >= self.shared.config.concurrency.max(1) {
                return;
            }
            if let Some(at) = self.rate.wait(now, self.in_flight.len()) {
                if at < Millis::MAX && at - now > self.shared.config.patience {
                    self.give_back(now, id, code::RATE_LIMITED, at);
                    continue;
                }
                self.gate = Some(at);
                return;
            }
            self.send(now, id);
        }
    }

    /// The lane at the front has nothing to send now.
    fn leave_line(&mut self, now: Millis) {
        let Some(id) = self.ready.pop_front() else { return };
        let Some(lane) = self.people.get(id) else { return };
        lane.is_ready = false;
        let paused = lane.running.iter().filter_map(|operation| match operation.phase {
            Phase::Paused(until, ..) => Some(until),
            _ => None,
        });
        // While an operation waits, nothing else lets go of them, and their time would be over again and again.
        lane.queue.hold.pass(now);
        let absence = lane.queue.absence.filter(|absence| lane.running.is_empty() && absence.until > now);
        let hold = lane.queue.hold.passes_at();
        let wake_at = paused.chain(absence.map(|absence| absence.until)).chain(hold).min();
        if let Some(at) = wake_at {
            lane.wake_at = Some(at);
            self.timers.set(at, Timer::Lane(id));
        }
        self.people.close(id);
    }

    /// Brings a lane to where it has a request to send, if it can. False: it has none now.
    fn prepare(&mut self, now: Millis, id: LaneId) -> bool {
        loop {
            let Some(lane) = self.people.get(id) else { return false };
            let is_sent = |operation: &Operation| matches!(operation.phase, Phase::Sent(..));
            if let Some(code) = self.stopped.filter(|_| !lane.running.iter().any(is_sent)) {
                let at = now + self.shared.random.around(GIVEN_BACK);
                self.give_back(now, id, code, at);
                return false;
            }
            let mut waits = false;
            for operation in &mut lane.running {
                match &operation.phase {
                    Phase::Ready(..) => return true,
                    Phase::Paused(until, request, expected) if *until <= now => {
                        operation.phase = Phase::Ready(request.clone(), *expected);
                        return true;
                    }
                    Phase::Sent(..) | Phase::Paused(..) | Phase::Parked => waits = true,
                }
            }
            if waits && !self.resume_parked(now, id) {
                return false;
            }
            if !waits && !self.start_next(now, id) {
                return false;
            }
        }
    }

    /// Goes on with an operation that waited for another lane. False: there is none, or it still waits.
    fn resume_parked(&mut self, now: Millis, id: LaneId) -> bool {
        let Some(lane) = self.people.get(id) else { return false };
        let parked = lane.running.iter().position(|operation| matches!(operation.phase, Phase::Parked));
        let Some(parked) = parked else { return false };
        let mut operation = lane.running.remove(parked);
        let step = self.with_context(now, id, |cx| operation.work.begin(cx)).unwrap_or(Step::Over);
        let is_parked = matches!(step, Step::Park);
        self.take_step(now, id, operation, step);
        !is_parked
    }

    /// Takes the lane's next work and starts it. False: there is none now.
    fn start_next(&mut self, now: Millis, id: LaneId) -> bool {
        let Some(lane) = self.people.get(id) else { return false };
        lane.queue.hold.pass(now);
        let known = &mut self.shared.known;
        let next =
            lane.queue.next(now, |person| person.contact_id.is_some() || known.contact_of(person, now).is_some());
        let work = match next {
            Next::Update(updates) => Work::Contact(ContactWrite::new(updates)),
            Next::Track(at, track) => Work::Track(EventSubmission::new(at, track)),
            Next::Save(at, group) => Work::Save(CompanySave::new(at, group)),
            Next::Attach(at, group) => Work::Attach(Attachment::new(at, group)),
            Next::Remove(removal) => Work::Remove(ContactRemoval::new(removal)),
            Next::Nothing => {
                self.give_back_held(now, id);
                return false;
            }
        };
        let mut operation = Operation::new(work, now);
        let step = self.with_context(now, id, |cx| operation.work.begin(cx)).unwrap_or(Step::Over);
        self.take_step(now, id, operation, step);
        true
    }

    /// Puts an operation where its step says it belongs.
    pub(super) fn take_step(&mut self, now: Millis, id: LaneId, mut operation: Operation, step: Step) {
        match step {
            Step::Over => return,
            Step::Send(request, expected) => {
                operation.tries = 0;
                operation.phase = Phase::Ready(request, expected);
            }
            Step::Park => operation.phase = Phase::Parked,
            Step::GiveBack(code, at) => {
                self.with_context(now, id, |cx| operation.work.abandon(cx, End::Retry { code, at }));
                return self.give_back_queue(now, id, at);
            }
        }
        if let Some(lane) = self.people.get(id) {
            lane.running.push(operation);
        }
    }

    fn send(&mut self, now: Millis, id: LaneId) {
        self.mark_lead(now, id);
        let Some(lane) = self.people.get(id) else { return };
        for operation in &mut lane.running {
            if let Phase::Ready(request, expected) = &operation.phase {
                self.requests += 1;
                let request = request.clone();
                operation.phase = Phase::Sent(self.requests, request.clone(), *expected);
                self.in_flight.insert(self.requests, id);
                self.rate.sent(now, self.requests);
                self.shared.outputs.push_back(Output::SendRequest { id: self.requests, request });
                return;
            }
        }
    }

    /// The cache learns of a lead's create before it is sent: a program that ends before the answer comes would create it again.
    fn mark_lead(&mut self, now: Millis, id: LaneId) {
        if !self.shared.config.has_cache {
            return;
        }
        let Some(lane) = self.people.get(id) else { return };
        let ready = lane.running.iter().find(|operation| matches!(operation.phase, Phase::Ready(..)));
        if let Some(email) = ready.and_then(Operation::created_lead) {
            self.shared.known.put_unclear_lead(email, now + self.shared.config.search_lag, now);
            self.write_cache();
        }
    }

    /// Gives back all that a lane has and that is not on its way.
    pub(super) fn give_back(&mut self, now: Millis, id: LaneId, code: Code, at: Millis) {
        let Some(lane) = self.people.get(id) else { return };
        let (sent, given): (Vec<_>, Vec<_>) = core::mem::take(&mut lane.running)
            .into_iter()
            .partition(|operation| matches!(operation.phase, Phase::Sent(..)));
        lane.running = sent;
        for mut operation in given {
            self.with_context(now, id, |cx| operation.work.abandon(cx, End::Retry { code, at }));
        }
        let Some(lane) = self.people.get(id) else { return };
        let queued = lane.queue.drain();
        self.end_queued(now, id, queued, code, at);
    }

    /// What comes after an event that is given back is given back, too: the order is kept.
    fn give_back_queue(&mut self, now: Millis, id: LaneId, at: Millis) {
        let Some(lane) = self.people.get(id) else { return };
        let queued = lane.queue.drain();
        self.end_queued(now, id, queued, code::BEHIND_ANOTHER, at);
    }

    /// What waits behind events that are expected much later is given back as well.
    fn give_back_held(&mut self, now: Millis, id: LaneId) {
        let Some(lane) = self.people.get(id) else { return };
        let patience = self.shared.config.patience;
        let Some(until) = lane.queue.hold.until().filter(|until| until - now > patience) else { return };
        if lane.queue.absence.is_none_or(|absence| absence.until <= now) {
            self.give_back_queue(now, id, until);
        }
    }

    fn end_queued(&mut self, now: Millis, id: LaneId, queued: Vec<(Sequence, Intended)>, code: Code, at: Millis) {
        let Some(lane) = self.people.get(id) else { return };
        for (sequence, intended) in queued {
            let event = match intended {
                Intended::Update(update) => update.event,
                Intended::Track(track) => track.event,
                Intended::Removal(removal) => removal.event,
                Intended::Group(group) => {
                    self.shared.companies.withdraw(&group.company.company_id, sequence);
                    group.event
                }
            };
            self.shared.end(now, &mut lane.queue, event, End::Retry { code, at });
        }
    }

    pub(super) fn with_context<T>(
        &mut self,
        now: Millis,
        id: LaneId,
        act: impl FnOnce(&mut Context) -> T,
    ) -> Option<T> {
        let lane = self.people.get(id)?;
        let mut cx = Context { now, lane: id, queue: &mut lane.queue, shared: &mut self.shared };
        Some(act(&mut cx))
    }
}
