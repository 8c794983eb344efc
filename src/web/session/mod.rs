//! What goes on between one site and its Messenger: who the visitor is, and what Intercom's widget has been told of them.
//!
//! A state machine without I/O: facts go in ([`Input`]), commands come out ([`Output`]), the time is an argument. After each input
//! the caller carries out all outputs, in order, before those of the next one. The session never calls out, so that what the page
//! does meanwhile is just another input. `docs/session.md` has its states as a diagram and what each input does in each of them.
//!
//! All memory of a session is in this struct from the start, and its values are kept in places of their own ([`Value::keep`]):
//! in a page, what is allocated while an event is handled is freed when the event is done.

mod notice;
mod reset;
mod state;
mod update_guard;
mod visitor;

pub use notice::Notice;
pub use state::State;

use crate::name::Name;
use crate::text_enum::{lines, position};
use crate::value::Value;
use crate::web::call::Call;
use alloc::vec::Vec;
use reset::Reset;
use update_guard::UpdateGuard;
use visitor::{Subject, Visitor};

/// Milliseconds since 1970.
pub type Millis = f64;

/// The time of what is not due.
pub const NEVER: Millis = Millis::INFINITY;

/// How many calls wait for the widget.
pub const QUEUE_LIMIT: usize = 1000;

/// The places of the values that a session keeps.
#[derive(Clone, Copy)]
enum Place {
    Page,
    PageLooks,
    Boot,
    Visitor,
    LastUpdate,
    LastUrl,
    AnonymousId,
    LastId,
    End,
}

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
    /// The widget's script was asked for.
    ScriptInserted,
    /// The widget is there.
    WidgetArrived,
    /// The widget will not come, as far as one can tell.
    WidgetFailed,
    /// The time that [`Session::deadline`] named has come.
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
    /// Someone else called `window.Intercom`.
    PageCalled(Option<Name>),
    /// The visitor leaves. `copy` is one of `window.intercomSettings` as it is now.
    Reset {
        /// When the loader was told.
        at: Millis,
        /// What may still come of this visitor.
        in_flight: InFlight<V>,
        /// What the session may read.
        copy: V,
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
    /// Bring in the widget's script, once the page is complete.
    InsertScript,
    /// Say this to `window.Intercom`, unless there is a reason not to.
    Call(Call<V>, Skip),
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
}

/// One site's session with the Messenger of its page.
pub struct Session<V> {
    config: Config<V>,
    state: State,
    first_place: usize,
    /// What the page had as settings before, and gets back.
    page: V,
    /// The part of it that is about no one.
    page_looks: V,
    /// What `boot` says.
    boot: V,
    visitor: Visitor<V>,
    guard: UpdateGuard<V>,
    reset: Option<Reset<V>>,
    /// How many calls of this destination wait in the stub's queue.
    queued: usize,
    /// Whether an update found the queue full, so that the widget has to be told the visitor once more.
    is_behind: bool,
    /// Whether one of those named another user than the one before, of whom the widget knows nothing then.
    is_other_behind: bool,
    /// When to give up the widget.
    give_up_at: Millis,
}

impl<V: Value> Session<V> {
    /// A session that waits for [`Input::Opened`].
    pub fn new(config: Config<V>) -> Self {
        Session {
            config,
            state: State::Idle,
            first_place: V::reserve(Place::End as usize),
            page: V::undefined(),
            page_looks: V::undefined(),
            boot: V::undefined(),
            visitor: Visitor::new(),
            guard: UpdateGuard::new(),
            reset: None,
            queued: 0,
            is_behind: false,
            is_other_behind: false,
            give_up_at: NEVER,
        }
    }

    /// Where it is.
    pub fn state(&self) -> State {
        self.state
    }

    /// Who the visitor is, as far as events have said since the last reset: all updates in one.
    pub fn visitor(&self) -> &V {
        &self.visitor.attributes
    }

    /// When [`Input::TimedOut`] is due; [`NEVER`] if nothing is.
    pub fn deadline(&self) -> Millis {
        self.reset.as_ref().map_or(self.give_up_at, |reset| self.give_up_at.min(reset.held_until))
    }

    /// Takes what happened, and adds what is to be done. False for [`Input::EventCame`] if that event is not to be handled.
    pub fn handle_input(&mut self, now: Millis, input: Input<V>, out: &mut Vec<Output<V>>) -> bool {
        // Before it is open, the caller keeps events; afterwards nothing is to be done.
        let is_open = !matches!(self.state, State::Idle | State::Closed);
        match input {
            Input::Opened { page, copy, found, is_first } if self.state == State::Idle => {
                self.page_looks = looks(&copy).keep(self.place(Place::PageLooks));
                self.page = page.keep(self.place(Place::Page));
                self.open(&copy, found, is_first, out);
            }
            Input::Closed { is_last } if self.state != State::Closed => self.close(is_last, out),
            _ if !is_open => {}
            Input::Opened { .. } | Input::Closed { .. } => {}
            Input::ScriptInserted => {
                if self.state == State::Waiting {
                    self.give_up_at = now + self.config.widget_timeout;
                }
            }
            Input::WidgetArrived => self.arrive(out),
            Input::WidgetFailed => self.give_up(out),
            Input::TimedOut => {
                let due = self.deadline();
                if due == self.give_up_at {
                    self.give_up(out);
                } else {
                    self.change_visitor(out);
                }
            }
            Input::PageHidden => self.change_visitor(out),
            Input::EventCame { anonymous_id, timestamp, current } => {
                return self.admits(anonymous_id, timestamp, &current, out);
            }
            Input::Called { call: Call::Update(payload), url, anonymous_id } => {
                self.update(now, payload, url, anonymous_id, out);
            }
            Input::Called { call, .. } => self.track(call, out),
            Input::PageCalled(method) => self.heed_page(method),
            Input::Reset { at, in_flight, copy } => {
                if self.config.shutdown_on_reset {
                    self.begin_reset(now, at, in_flight, &copy, out);
                }
            }
        }
        true
    }

    fn place(&self, place: Place) -> usize {
        self.first_place + place as usize
    }

    fn update(&mut self, now: Millis, payload: V, url: V, anonymous_id: V, out: &mut Vec<Output<V>>) {
        let subject = self.visitor.subject(&payload);
        if subject == Subject::Other {
            self.change_visitor(out);
            self.visitor.anonymous_id = anonymous_id.keep(self.place(Place::AnonymousId));
        }
        let payload = self.visitor.learn(payload, subject, self.place(Place::Visitor));
        let skip = if self.state == State::Unavailable {
            Skip::Unavailable
        } else if self.config.update_guard && self.guard.repeats(now, &payload, &url) {
            Skip::Repeat
        } else {
            let last = payload.keep(self.place(Place::LastUpdate));
            if self.guard.said(now, last, url.keep(self.place(Place::LastUrl))) {
                report(Notice::UpdateQuota, out);
            }
            notice::of_update(&payload, &self.visitor, out);
            // The visitor outlives what they did: all that is known of them is said when the widget comes.
            self.is_behind |= self.is_full();
            self.is_other_behind |= self.is_full() && subject == Subject::Other;
            self.room()
        };
        self.say(Call::Update(payload), skip, out);
    }

    fn track(&mut self, call: Call<V>, out: &mut Vec<Output<V>>) {
        let mut skip = Skip::Unavailable;
        if self.state != State::Unavailable {
            skip = self.room();
            if skip == Skip::QueueFull {
                report(Notice::QueueFull, out);
            }
            if let Call::TrackEvent { metadata, .. } = &call {
                notice::of_metadata(metadata, out);
            }
        }
        self.say(call, skip, out);
    }

    fn room(&self) -> Skip {
        if self.is_full() { Skip::QueueFull } else { Skip::No }
    }

    fn is_full(&self) -> bool {
        self.queued >= QUEUE_LIMIT
    }

    #[inline(never)]
    fn say(&mut self, call: Call<V>, skip: Skip, out: &mut Vec<Output<V>>) {
        if self.state == State::Waiting && skip == Skip::No {
            self.queued += 1;
        }
        out.push(Output::Call(call, skip));
    }

    /// What someone else says of the visitor makes ours no repetition, and after their `shutdown` there is no visitor.
    fn heed_page(&mut self, method: Option<Name>) {
        match method {
            Some(Name::Shutdown) => self.forget_visitor(),
            Some(Name::Boot | Name::Update) => self.guard.forget(),
            _ => {}
        }
    }

    fn forget_visitor(&mut self) {
        self.visitor.forget();
        self.guard.forget();
        self.is_behind = false;
        self.is_other_behind = false;
    }
}

/// Keys of the Messenger's settings that say how it looks and works; all others describe a visitor.
const LOOKS_COUNT: usize = 10;
const LOOKS: &str = lines!(
    "custom_launcher_selector",
    "alignment",
    "horizontal_padding",
    "vertical_padding",
    "z_index",
    "hide_default_launcher",
    "session_duration",
    "theme_mode",
    "action_color",
    "background_color"
);

/// The part of a page's own settings that is about no one.
fn looks<V: Value>(settings: &V) -> V {
    let mut looks = V::object(&[]);
    for (key, value) in settings.entries() {
        if position(LOOKS, &key.text()) < LOOKS_COUNT {
            looks = looks.with(&key, &value);
        }
    }
    looks
}

fn report<V: Value>(notice: Notice, out: &mut Vec<Output<V>>) {
    out.push(Output::Report(notice, V::undefined()));
}
