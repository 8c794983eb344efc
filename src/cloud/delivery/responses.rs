//! What a response or its absence does to the operation that waits for it.

use super::backoff;
use super::io::{RequestFailure, RequestId};
use super::operation::{Operation, Phase, Step};
use super::people::LaneId;
use super::{Delivery, Millis};
use crate::cloud::code::{self, Code};
use crate::cloud::limits::{GIVEN_BACK, TRIES};
use crate::cloud::response::{Failure, RateHeaders, Response};

impl Delivery {
    pub(super) fn response_received(&mut self, now: Millis, request: RequestId, response: &Response) {
        let Some((id, operation)) = self.take_sent(request) else { return };
        let headers = response.rate();
        self.rate.answered(now, request, headers, self.in_flight.len());
        let Phase::Sent(_, _, expected) = &operation.phase else { return };
        let answer = response.read(*expected);
        if answer != Err(Failure::Limited) {
            self.rate.accepted();
        }
        match answer {
            Ok(answer) => self.go_on(now, id, operation, Ok(answer)),
            Err(Failure::Refused(refusal)) => self.go_on(now, id, operation, Err(refusal)),
            Err(Failure::Limited) => self.limited(now, id, operation, headers),
            Err(Failure::Unclear) => self.unclear(now, id, operation),
            Err(Failure::Unauthorized) => self.refused(now, id, operation),
        }
        self.wake(id);
    }

    pub(super) fn request_failed(&mut self, now: Millis, request: RequestId, failure: RequestFailure) {
        let Some((id, operation)) = self.take_sent(request) else { return };
        match failure {
            RequestFailure::NotSent => self.pause(now, id, operation),
            RequestFailure::Cut | RequestFailure::TimedOut => self.unclear(now, id, operation),
        }
        self.wake(id);
    }

    fn take_sent(&mut self, request: RequestId) -> Option<(LaneId, Operation)> {
        let id = self.in_flight.remove(&request)?;
        let lane = self.people.get(id)?;
        let at = lane.running.iter().position(|operation| operation.is_waiting_for(request))?;
        let operation = lane.running.remove(at);
        if let Some(email) = operation.created_lead() {
            self.shared.known.forget_unclear_lead(email);
        }
        Some((id, operation))
    }

    fn go_on(
        &mut self,
        now: Millis,
        id: LaneId,
        mut operation: Operation,
        answer: Result<crate::cloud::response::Answer, crate::cloud::response::Refusal>,
    ) {
        let step = self.with_context(now, id, |cx| operation.work.answered(cx, answer)).unwrap_or(Step::Over);
        self.take_step(now, id, operation, step);
    }

    fn limited(&mut self, now: Millis, id: LaneId, mut operation: Operation, headers: RateHeaders) {
        let until = self.rate.limited(now, headers, &mut self.shared.random);
        if until - operation.started > self.shared.config.patience {
            return self.take_step(now, id, operation, Step::GiveBack(code::RATE_LIMITED, until));
        }
        if let Phase::Sent(_, request, expected) = operation.phase {
            operation.phase = Phase::Ready(request, expected);
            self.put_back(id, operation);
        }
    }

    /// It may have been done or not.
    fn unclear(&mut self, now: Millis, id: LaneId, mut operation: Operation) {
        let step = self.with_context(now, id, |cx| operation.work.unclear(cx)).flatten();
        match step {
            Some(step) => self.take_step(now, id, operation, step),
            None => self.pause(now, id, operation),
        }
    }

    /// The same request goes again after a pause, or the events are given back.
    fn pause(&mut self, now: Millis, id: LaneId, mut operation: Operation) {
        operation.tries += 1;
        let until = now + backoff::pause(operation.tries, &mut self.shared.random);
        let is_too_late = until - operation.started > self.shared.config.patience;
        if operation.tries >= TRIES || is_too_late {
            let at = now + self.shared.random.around(GIVEN_BACK);
            return self.take_step(now, id, operation, Step::GiveBack(code::UNAVAILABLE, at));
        }
        if let Phase::Sent(_, request, expected) = operation.phase {
            operation.phase = Phase::Paused(until, request, expected);
            self.put_back(id, operation);
        }
    }

    fn put_back(&mut self, id: LaneId, operation: Operation) {
        if let Some(lane) = self.people.get(id) {
            lane.running.push(operation);
        }
    }

    /// The token is refused: nothing more is sent, and all that is not on its way is given back.
    fn refused(&mut self, now: Millis, id: LaneId, operation: Operation) {
        let at = now + self.shared.random.around(GIVEN_BACK);
        self.take_step(now, id, operation, Step::GiveBack(code::UNAUTHORIZED, at));
        self.stop(code::UNAUTHORIZED);
    }

    /// Every lane gives back what is not on its way.
    pub(super) fn stop(&mut self, code: Code) {
        self.stopped = Some(code);
        for lane in self.people.ids() {
            self.wake(lane);
        }
    }
}
