//! What goes on between one site and its Messenger: who the visitor is, and what Intercom's widget has been told of them.
//!
//! A state machine without I/O: facts go in ([`Input`]), commands come out ([`Output`]), the time is an argument. After each input
//! the caller carries out all outputs, in order, before those of the next one. The session never calls out, so that what the page
//! does meanwhile is just another input. `docs/session.md` has its states as a diagram and what each input does in each of them.
//!
//! All memory of a session is in this struct from the start, and its values are kept in places of their own ([`Value::keep`]):
//! in a page, what is allocated while an event is handled is freed when the event is done.

mod io;
mod notice;
mod reset;
mod state;
mod update_guard;
mod user_jwt;
mod visitor;

pub use io::{Config, Found, InFlight, Input, Output, Skip};
pub use notice::Notice;
pub use state::State;

use crate::name::Name;
use crate::value::Value;
use crate::web::call::Call;
use crate::web::limits;
use crate::web::messenger::{Speaker, looks};
use alloc::vec::Vec;
use reset::Reset;
use update_guard::UpdateGuard;
use user_jwt::UserJwt;
use visitor::{Subject, Visitor};

/// Milliseconds since 1970.
pub type Millis = f64;

/// The time of what is not due.
pub const NEVER: Millis = Millis::INFINITY;

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
    HeldUpdate,
    HeldAnonymousId,
    End,
}

/// What the widget has not been told, as its queue was full.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    Nothing,
    /// Something of the visitor.
    Visitor,
    /// Another user than the one before, of whom it knows nothing.
    AnotherUser,
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
    jwt: UserJwt<V>,
    /// How many calls of this destination wait in the stub's queue.
    queued: usize,
    /// What updates that found the queue full leave to be told when the widget comes.
    behind: Behind,
    /// Whether `boot`, by this destination, is the last that was said of the visitor, but for updates that went into it.
    is_boot_last: bool,
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
            jwt: UserJwt::new(),
            queued: 0,
            behind: Behind::Nothing,
            is_boot_last: false,
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
        if self.is_jwt_awaited() {
            return self.give_up_at;
        }
        let due = self.give_up_at.min(self.jwt.due);
        self.reset.as_ref().map_or(due, |reset| due.min(reset.held_until))
    }

    /// Takes what happened, and adds what is to be done. False for [`Input::EventCame`] if that event is not to be handled.
    pub fn handle_input(&mut self, now: Millis, input: Input<V>, out: &mut Vec<Output<V>>) -> bool {
        // Before it is open, the caller keeps events; afterwards nothing is to be done.
        let is_open = !matches!(self.state, State::Idle | State::Closed);
        match input {
            Input::Opened { page, copy, found, is_first } if self.state == State::Idle => {
                self.page_looks = looks(&copy, Speaker::Page).keep(self.place(Place::PageLooks));
                self.page = page.keep(self.place(Place::Page));
                self.open(&copy, found, is_first, out);
            }
            Input::Closed { is_last } if self.state != State::Closed => self.close(is_last, out),
            _ if !is_open => {}
            Input::Opened { .. } | Input::Closed { .. } => {}
            Input::Triggered => self.trigger(out),
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
                } else if due == self.jwt.due {
                    self.renew_jwt(out);
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
            Input::Called { call, .. } => {
                let shows = matches!(call, Call::Command { shows: true, .. });
                self.track(call, out);
                if shows {
                    self.trigger(out);
                }
            }
            Input::JwtCame { token, expires } => self.take_jwt(now, &token, expires, out),
            Input::PageCalled(method) => self.heed_page(&method, out),
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
        if !(self.config.has_user_jwt && self.awaits_jwt(&payload, &anonymous_id, out)) {
            self.say_update(now, payload, url, anonymous_id, out);
        }
    }

    fn say_update(&mut self, now: Millis, payload: V, url: V, anonymous_id: V, out: &mut Vec<Output<V>>) {
        let subject = self.visitor.subject(&payload);
        if subject == Subject::Other {
            self.jwt = UserJwt::new();
            self.change_visitor(out);
            if self.is_merging() && self.visitor().truthy() {
                self.end_session(out);
                // The event was asked whose it is before.
                self.visitor.is_id_known = true;
            }
            self.visitor.anonymous_id = anonymous_id.keep(self.place(Place::AnonymousId));
        }
        let payload = self.visitor.learn(payload, subject, self.place(Place::Visitor));
        let skip = if self.state == State::Unavailable {
            Skip::Unavailable
        } else if self.is_merging() {
            notice::of_update(&payload, &self.visitor, out);
            Skip::Merged
        } else if self.config.update_guard && self.guard.repeats(now, &payload, &url) {
            Skip::Repeat
        } else {
            let last = payload.keep(self.place(Place::LastUpdate));
            if self.guard.said(now, last, url.keep(self.place(Place::LastUrl))) {
                report(Notice::UpdateQuota, out);
            }
            notice::of_update(&payload, &self.visitor, out);
            let room = self.room();
            if room == Skip::QueueFull {
                self.fall_behind(subject);
            }
            room
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

    /// The visitor outlives what they did: all that is known of them is said when the widget comes.
    fn fall_behind(&mut self, subject: Subject) {
        if subject == Subject::Other {
            self.behind = Behind::AnotherUser;
        } else if self.behind == Behind::Nothing {
            self.behind = Behind::Visitor;
        }
    }

    /// Whether updates go into the `boot` that waits.
    fn is_merging(&self) -> bool {
        self.state == State::Deferred && self.is_boot_last
    }

    fn room(&self) -> Skip {
        if self.is_full() { Skip::QueueFull } else { Skip::No }
    }

    fn is_full(&self) -> bool {
        self.queued >= limits::QUEUE
    }

    #[inline(never)]
    fn say(&mut self, call: Call<V>, skip: Skip, out: &mut Vec<Output<V>>) {
        if matches!(self.state, State::Deferred | State::Waiting) && skip == Skip::No {
            self.queued += 1;
        }
        out.push(Output::Call(call, skip));
    }

    /// What someone else says of the visitor makes ours no repetition, and after their `shutdown` there is no visitor.
    fn heed_page(&mut self, method: &V, out: &mut Vec<Output<V>>) {
        match method.as_name() {
            Some(name @ (Name::Shutdown | Name::Boot | Name::Update)) => {
                // What is said from here on must come after it.
                self.is_boot_last = false;
                if name == Name::Shutdown { self.forget_visitor() } else { self.guard.forget() }
            }
            _ if self.state == State::Deferred => {
                let method = method.text();
                // `show`, `showArticle`, `startTour` and so on want the widget now.
                if method.starts_with("show") || method.starts_with("start") {
                    self.trigger(out);
                }
            }
            _ => {}
        }
    }

    #[inline(never)]
    fn forget_visitor(&mut self) {
        self.visitor.forget();
        self.guard.forget();
        self.behind = Behind::Nothing;
        self.jwt = UserJwt::new();
    }
}

fn report<V: Value>(notice: Notice, out: &mut Vec<Output<V>>) {
    out.push(Output::Report(notice, V::undefined()));
}
