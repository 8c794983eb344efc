//! What goes into a delivery and what comes out of it.

use super::Millis;
use crate::cloud::intent::Event;
use crate::cloud::outcome::Outcome;
use crate::cloud::request::Request;
use crate::cloud::response::Response;
use alloc::string::String;
use alloc::vec::Vec;

/// The caller's own number of an event. The delivery only gives it back.
pub type EventId = u64;
/// A request on its way.
pub type RequestId = u64;
/// A question to the cache.
pub type ReadId = u64;

/// A fact that a delivery is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Events to deliver, in the order in which they happened. Several batches may be on their way at once.
    EventsReceived(Vec<(EventId, Event)>),
    /// The response to a request. One to a request that is not on its way is ignored.
    ResponseReceived {
        /// From [`Output::SendRequest`].
        request: RequestId,
        /// As it came.
        response: Response,
    },
    /// A request got no response.
    RequestFailed {
        /// From [`Output::SendRequest`].
        request: RequestId,
        /// Whether Intercom may have seen it.
        failure: RequestFailure,
    },
    /// The cache's answer; what it does not have is left out. An empty answer is right when the cache fails, too.
    CacheAnswered {
        /// From [`Output::ReadCache`].
        read: ReadId,
        /// Keys and values as they were given to [`Output::WriteCache`].
        entries: Vec<(String, String)>,
    },
    /// The host has no more time: what is not on its way is given back, and nothing is sent until new events come.
    Stopped,
    /// The share of the rate limit is another one from now on, above 0 and at most 1: others who use the token came or went.
    RateShareChanged(f64),
    /// The time of [`poll_timeout`](super::Delivery::poll_timeout) has come.
    TimedOut,
}

/// Why a request got no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestFailure {
    /// It did not leave the host: no connection, no address.
    NotSent,
    /// The connection broke, before or within the response.
    Cut,
    /// No response came in time.
    TimedOut,
}

/// A command to the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send this request, and tell the response or the failure.
    SendRequest {
        /// To tell the response with.
        id: RequestId,
        /// Method, path and body.
        request: Request,
    },
    /// Look these keys up in the cache. Only with [`Config::has_cache`](super::Config::has_cache).
    ReadCache {
        /// To tell the answer with.
        id: ReadId,
        /// Texts of at most a few hundred bytes. They have user ids and e-mail addresses in them.
        keys: Vec<String>,
    },
    /// Put a value into the cache. No answer is expected. Only with [`Config::has_cache`](super::Config::has_cache).
    WriteCache {
        /// The key.
        key: String,
        /// The value; `None` removes the key.
        value: Option<String>,
        /// How long it may be kept.
        time_to_live: Millis,
    },
    /// An event is done with.
    Finish {
        /// From [`Input::EventsReceived`].
        event: EventId,
        /// What became of it.
        outcome: Outcome,
    },
}
