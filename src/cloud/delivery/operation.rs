//! One piece of work for one person: a few requests, one after the other, each depending on the last response.

use super::Millis;
use super::attach::Attachment;
use super::contact::ContactWrite;
use super::context::Context;
use super::io::RequestId;
use super::progress::End;
use super::remove::ContactRemoval;
use super::save::CompanySave;
use super::track::EventSubmission;
use crate::cloud::code::Code;
use crate::cloud::request::Request;
use crate::cloud::response::{Answer, Expected, Refusal};

/// What an operation wants next.
#[derive(Debug)]
pub(super) enum Step {
    Send(Request, Expected),
    /// It is over: its intents have ended or are back in the queue.
    Over,
    /// It goes on when another lane wakes it.
    Park,
    /// Its intents, and all others of this person, are to be given back.
    GiveBack(Code, Millis),
}

#[derive(Debug)]
pub(super) enum Work {
    Contact(ContactWrite),
    Track(EventSubmission),
    Save(CompanySave),
    Attach(Attachment),
    Remove(ContactRemoval),
}

macro_rules! each {
    ($work:expr, $one:ident => $call:expr) => {
        match $work {
            Work::Contact($one) => $call,
            Work::Track($one) => $call,
            Work::Save($one) => $call,
            Work::Attach($one) => $call,
            Work::Remove($one) => $call,
        }
    };
}

impl Work {
    /// Starts, or goes on after a park.
    pub(super) fn begin(&mut self, cx: &mut Context) -> Step {
        each!(self, work => work.begin(cx))
    }

    pub(super) fn answered(&mut self, cx: &mut Context, answer: Result<Answer, Refusal>) -> Step {
        each!(self, work => work.answered(cx, answer))
    }

    /// The last request may have been done or not. `None`: it may simply be sent again.
    pub(super) fn unclear(&mut self, cx: &mut Context) -> Option<Step> {
        match self {
            Work::Contact(work) => work.unclear(cx),
            Work::Save(work) => {
                work.unclear(cx);
                None
            }
            _ => None,
        }
    }

    /// Ends all its intents that way.
    pub(super) fn abandon(&mut self, cx: &mut Context, end: End) {
        each!(self, work => work.abandon(cx, end))
    }
}

/// A piece of work and where it stands.
#[derive(Debug)]
pub(super) struct Operation {
    pub work: Work,
    pub phase: Phase,
    pub started: Millis,
    /// How often the current request was sent.
    pub tries: u32,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// A request that has yet to be sent.
    Ready(Request, Expected),
    /// A request that is on its way.
    Sent(RequestId, Request, Expected),
    /// A request that is sent again at that time.
    Paused(Millis, Request, Expected),
    /// Until another lane wakes it.
    Parked,
}

impl Operation {
    pub(super) fn new(work: Work, now: Millis) -> Operation {
        Operation { work, phase: Phase::Parked, started: now, tries: 0 }
    }

    /// The e-mail of the lead that its request creates.
    pub(super) fn created_lead(&self) -> Option<&str> {
        match &self.work {
            Work::Contact(work) => work.created_lead(),
            _ => None,
        }
    }

    pub(super) fn is_waiting_for(&self, request: RequestId) -> bool {
        matches!(self.phase, Phase::Sent(id, ..) if id == request)
    }
}
