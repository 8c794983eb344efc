//! What an operation may look at and change: everything but the other people.

use super::Millis;
use super::companies::Companies;
use super::config::Config;
use super::io::Output;
use super::known::Known;
use super::people::LaneId;
use super::progress::{End, EventKey, Progress, Settled};
use super::queue::Queue;
use super::random::Random;
use crate::cloud::outcome::Warning;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// What all people share.
pub(super) struct Shared {
    pub config: Config,
    pub known: Known,
    pub progress: Progress,
    pub companies: Companies,
    pub random: Random,
    pub outputs: VecDeque<Output>,
    /// Lanes that another one woke.
    pub woken: Vec<LaneId>,
}

pub(super) struct Context<'a> {
    pub now: Millis,
    pub lane: LaneId,
    pub queue: &'a mut Queue,
    pub shared: &'a mut Shared,
}

impl Shared {
    /// Ends one intent of an event. If it is given back, its place in the person's order is kept.
    pub(super) fn end(&mut self, now: Millis, queue: &mut Queue, event: EventKey, end: End) {
        if let End::Retry { at, .. } = &end {
            self.progress.keep_place(event, *at, &mut queue.hold);
        }
        let settled = self.progress.end(event, end, &mut self.outputs);
        if let Some(Settled { message_id: Some(message), dropped }) = settled {
            self.known.put_message(&message, dropped, now);
        }
    }
}

impl Context<'_> {
    pub(super) fn end(&mut self, event: EventKey, end: End) {
        self.shared.end(self.now, self.queue, event, end);
    }

    pub(super) fn warn(&mut self, event: EventKey, warning: Warning) {
        self.shared.progress.warn(event, warning);
    }

    pub(super) fn config(&self) -> &Config {
        &self.shared.config
    }
}
