//! What a session is told, and what it has done.

use super::{Millis, Notice};
use crate::web::call::Call;

/// What a session needs to know of the site's settings.
#[derive(Clone, Debug)]
pub struct Config<V> {
    /// What `boot` says in any case: `app_id`, `api_base` and so on.
    pub app: V,
    /// How long the widget may take.
    pub widget_timeout: Millis,
    /// Whether a reset ends the visitor's session.
    pub shutdown_on_reset: bool,
    /// Whether an update that repeats the last one is held back.
    pub update_guard: bool,
    /// What is to happen before the widget's script is asked for; undefined if nothing.
    pub load: V,
    /// Whether the site gives a JWT for each user.
    pub has_user_jwt: bool,
}

/// What is found on the page in place of the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or a stub whose queue waits for the widget.
    Stub,
    /// A widget that is not booted.
    Idle,
    /// A widget that is booted.
    Booted,
}

/// What a loader may still hand in of the visitor who leaves.
#[derive(Clone, Debug)]
pub enum InFlight<V> {
    /// Nothing.
    Nothing,
    /// Events, with this anonymous id if it is a string.
    Of(V),
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Input<V> {
    /// Intercom is wanted on the page.
    Opened {
        /// What the page has as `window.intercomSettings`; given back when the session is closed.
        page: V,
        /// A copy of it that the session may read.
        copy: V,
        /// What is there already.
        found: Found,
        /// Whether nobody has said `boot` to a stub yet.
        is_first: bool,
    },
    /// What [`Output::AwaitTrigger`] waits for has happened.
    Triggered,
    /// The widget's script was asked for.
    ScriptInserted,
    /// The widget is there.
    WidgetArrived,
    /// The widget will not come, as far as one can tell.
    WidgetFailed,
    /// The time that [`super::Session::deadline`] named has come.
    TimedOut,
    /// The page is about to be left.
    PageHidden,
    /// An event makes this call, on the page with that URL.
    Called {
        /// An update or a `trackEvent`.
        call: Call<V>,
        /// A string; only updates need it.
        url: V,
        /// The event's `anonymousId`; only updates need it.
        anonymous_id: V,
    },
    /// An event came after a reset; the answer is whether it is to be handled.
    EventCame {
        /// Its `anonymousId`.
        anonymous_id: V,
        /// Its `timestamp`; NaN if there is none.
        timestamp: Millis,
        /// The anonymous id that the loader has now, if it tells.
        current: V,
    },
    /// Someone else called this method of `window.Intercom`.
    PageCalled(V),
    /// The visitor leaves. `copy` is one of `window.intercomSettings` as it is now.
    Reset {
        /// When the loader was told.
        at: Millis,
        /// What may still come of this visitor.
        in_flight: InFlight<V>,
        /// What the session may read.
        copy: V,
    },
    /// The site has answered [`Output::AskForJwt`].
    JwtCame {
        /// A string; undefined if there is none.
        token: V,
        /// When Intercom refuses it; NaN if it does not say.
        expires: Millis,
    },
    /// The destination is no longer wanted.
    Closed {
        /// Whether no other destination uses this page's Intercom.
        is_last: bool,
    },
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Output<V> {
    /// Set `window.intercomSettings`.
    SetSettings(V),
    /// Wait for what the setting `load` names.
    AwaitTrigger(V),
    /// Bring in the widget's script, once the page is complete.
    InsertScript,
    /// Say this to `window.Intercom`, unless there is a reason to do otherwise.
    Call(Call<V>, Skip),
    /// Ask the site for a JWT of the user with this id. Events wait for [`Input::JwtCame`].
    AskForJwt(V),
    /// Take what this destination said back out of the stub's queue.
    ClearQueue,
    /// Tell the site. The value is what the notice is about: a key.
    Report(Notice, V),
}

/// Whether a call is not made, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Skip {
    /// It is made.
    No = 0,
    /// It repeats the last update.
    Repeat = 1,
    /// The queue is full.
    QueueFull = 2,
    /// The widget is unavailable.
    Unavailable = 3,
    /// It is an update: the last `boot` of this destination that waits in the stub's queue says it.
    Merged = 4,
}
