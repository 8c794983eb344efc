//! A page with a loader, a stub, and a widget that keeps a session as Intercom's does: `boot` starts one, `update` merges, another user's
//! update replaces, `shutdown` ends it.

use intercom_destination::name::Name;
use intercom_destination::value::{Value, json::Json};
use intercom_destination::web::call::Call;
use intercom_destination::web::session::{Config, Found, InFlight, Input, Millis, Notice, Output, Session, Skip};
use serde_json::json;

/// A day in November 2023.
pub const START: Millis = 1_700_000_000_000.0;
pub const PATIENCE: Millis = 10_000.0;
const URL: &str = "https://shop.test/";

pub fn config() -> Config<Json> {
    Config {
        app: json!({ "app_id": "abc123" }).into(),
        widget_timeout: PATIENCE,
        shutdown_on_reset: true,
        update_guard: true,
        load: Json::Undefined,
        has_user_jwt: false,
    }
}

/// Of a site that loads the widget when something has happened.
pub fn deferred() -> Config<Json> {
    Config { load: Json::string("launcher"), ..config() }
}

pub fn update(attributes: serde_json::Value) -> Call<Json> {
    Call::Update(attributes.into())
}

pub fn track(name: &str) -> Call<Json> {
    Call::TrackEvent { name: Json::string(name), metadata: json!({}).into() }
}

/// An event's call of a method without arguments.
pub fn command(method: &str) -> Call<Json> {
    Call::Command { words: json!([method]).into(), shows: method != "hide" }
}

/// A call as a line: `boot {"app_id":"abc123"}`.
pub fn line(call: &Call<Json>) -> String {
    let text = |value: &Json| value.to_serde().map_or(String::new(), |value| format!(" {value}"));
    let words = call.words().items();
    words[0].text() + &words.get(1).map(text).unwrap_or_default()
}

/// Intercom's widget.
#[derive(Default)]
pub struct Widget {
    /// The attributes of the running session.
    pub session: Option<Json>,
    pub heard: Vec<Call<Json>>,
}

impl Widget {
    pub fn hear(&mut self, call: &Call<Json>) {
        match call {
            Call::Boot(settings) => self.session = Some(settings.clone()),
            Call::Update(attributes) => {
                let session = self.session.take().unwrap_or(Json::Undefined);
                let (known, named) = (session.field(Name::UserId), attributes.field(Name::UserId));
                let is_other = known.truthy() && named.truthy() && !known.same(&named);
                let base = if is_other { Json::from(json!({ "app_id": "abc123" })) } else { session };
                self.session = Some(base.extend(attributes));
            }
            Call::Shutdown => self.session = None,
            Call::TrackEvent { .. } | Call::Command { .. } | Call::ReattachActivator => {}
        }
        self.heard.push(call.clone());
    }
}

pub struct Page {
    pub session: Session<Json>,
    pub now: Millis,
    /// What the stub keeps, and whether it is ours.
    pub queue: Vec<(bool, Call<Json>)>,
    pub widget: Option<Widget>,
    pub settings: Json,
    pub notices: Vec<Notice>,
    /// The ids of the users for whom a token was asked for.
    pub asked: Vec<String>,
    /// Of each call that an event made, whether it was made.
    pub fates: Vec<(Call<Json>, Skip)>,
    /// The visitor's number, which the loader's anonymous id has in it.
    pub visitor: usize,
    pub reset_at: Millis,
    is_script_asked: bool,
}

impl Page {
    pub fn new(config: Config<Json>) -> Page {
        Page {
            session: Session::new(config),
            now: START,
            queue: Vec::new(),
            widget: None,
            settings: Json::Undefined,
            notices: Vec::new(),
            asked: Vec::new(),
            fates: Vec::new(),
            visitor: 0,
            reset_at: 0.0,
            is_script_asked: false,
        }
    }

    /// A page whose Intercom has been asked for.
    pub fn open() -> Page {
        Page::open_as(config())
    }

    pub fn open_as(config: Config<Json>) -> Page {
        let mut page = Page::new(config);
        page.open_with(json!({}), Found::Stub);
        page
    }

    pub fn open_with(&mut self, settings: serde_json::Value, found: Found) {
        let copy = Json::from(settings);
        if found != Found::Stub {
            self.widget = Some(Widget::default());
        }
        self.input(Input::Opened { page: copy.clone(), copy, found, is_first: true });
    }

    pub fn input(&mut self, input: Input<Json>) -> bool {
        let mut outputs = Vec::new();
        let answer = self.session.handle_input(self.now, input, &mut outputs);
        for output in outputs {
            self.carry_out(output);
        }
        if core::mem::take(&mut self.is_script_asked) {
            self.input(Input::ScriptInserted);
        }
        answer
    }

    fn carry_out(&mut self, output: Output<Json>) {
        match output {
            Output::SetSettings(settings) => self.settings = settings,
            Output::AwaitTrigger(_) => {}
            Output::AskForJwt(user_id) => self.asked.push(user_id.text()),
            Output::InsertScript => self.is_script_asked = true,
            Output::ClearQueue => self.queue.retain(|(is_ours, _)| !is_ours),
            Output::Report(notice, _) => self.notices.push(notice),
            Output::Call(call, skip) => {
                if !matches!(call, Call::Boot(_) | Call::Shutdown | Call::ReattachActivator) {
                    self.fates.push((call.clone(), skip));
                }
                if let (Call::Update(attributes), Skip::Merged) = (&call, skip) {
                    self.describe_visitor(attributes);
                }
                if skip != Skip::No {
                    return;
                }
                match &mut self.widget {
                    Some(widget) => widget.hear(&call),
                    None => self.queue.push((true, call)),
                }
            }
        }
    }

    fn describe_visitor(&mut self, attributes: &Json) {
        let boot = self.queue.iter_mut().rev().find_map(|(is_ours, call)| match call {
            Call::Boot(settings) if *is_ours => Some(settings),
            _ => None,
        });
        let boot = boot.expect("a boot that waits");
        *boot = boot.clone().extend(attributes);
    }

    fn anonymous_id(&self) -> Json {
        Json::string(&format!("a-{}", self.visitor))
    }

    /// An event of this visitor; whether it was let in.
    pub fn say(&mut self, call: Call<Json>) -> bool {
        let (id, timestamp) = (self.anonymous_id(), self.now);
        self.event(call, id, timestamp)
    }

    /// An event that was made before the last reset, and comes only now.
    pub fn say_late(&mut self, call: Call<Json>) -> bool {
        let id = Json::string(&format!("a-{}", self.visitor - 1));
        let at = self.reset_at;
        self.event(call, id, at)
    }

    fn event(&mut self, call: Call<Json>, anonymous_id: Json, timestamp: Millis) -> bool {
        let current = self.anonymous_id();
        let origin = Input::EventCame { anonymous_id: anonymous_id.clone(), timestamp, current };
        if self.session.asks_for_origin() && !self.input(origin) {
            return false;
        }
        self.input(Input::Called { call, url: Json::string(URL), anonymous_id })
    }

    /// The widget comes, and takes what waits.
    pub fn arrive(&mut self) {
        if self.widget.is_some() {
            return;
        }
        let mut widget = Widget::default();
        for (_, call) in self.queue.drain(..) {
            widget.hear(&call);
        }
        self.widget = Some(widget);
        self.input(Input::WidgetArrived);
    }

    /// Time passes.
    pub fn pass(&mut self, millis: Millis) {
        let end = self.now + millis;
        while self.session.deadline() <= end {
            self.now = self.now.max(self.session.deadline());
            self.input(Input::TimedOut);
        }
        self.now = end;
    }

    pub fn reset(&mut self, has_events_in_flight: bool) {
        self.visitor += 1;
        self.reset_at = self.now;
        let copy = self.settings.clone();
        let in_flight = if has_events_in_flight { InFlight::Of(Json::Undefined) } else { InFlight::Nothing };
        self.input(Input::Reset { at: self.now, in_flight, copy });
    }

    /// The page calls Intercom itself.
    pub fn page_calls(&mut self, call: Call<Json>) {
        self.input(Input::PageCalled(call.words().items().remove(0)));
        match &mut self.widget {
            Some(widget) => widget.hear(&call),
            None => self.queue.push((false, call)),
        }
    }

    pub fn close(&mut self) {
        self.input(Input::Closed { is_last: true });
    }

    /// What the widget has heard, a line each.
    pub fn heard(&self) -> Vec<String> {
        self.widget.iter().flat_map(|widget| &widget.heard).map(line).collect()
    }
}
