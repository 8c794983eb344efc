//! What holds whatever happens in whatever order. `PROPTEST_CASES` sets how many orders are tried; one that fails is printed, and its seed
//! is kept in `laws.seeds`, to be tried first from then on.

use crate::drawn::cases;
use crate::page::{Page, Widget, command, config, deferred, track, update};
use intercom_destination::name::Name;
use intercom_destination::value::{Value, json::Json};
use intercom_destination::web::call::Call;
use intercom_destination::web::limits;
use intercom_destination::web::session::{Input, Skip, State};
use proptest::prelude::*;
use serde_json::{Map, json};

#[derive(Clone, Debug)]
enum Step {
    /// A user among three, with a trait or the proof of who they are.
    Identify(u8, Option<(u8, u8)>),
    Group(u8),
    Track,
    Flood,
    Reset,
    /// An event that was made before the last reset.
    Late(bool),
    Trigger,
    Arrive,
    Fail,
    Pass(u16),
    Show,
    PageShows,
    PageUpdates,
    PageBoots,
    PageShutsDown,
    PageHidden,
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..3u8, proptest::option::of((0..4u8, 0..3u8))).prop_map(|(user, extra)| Step::Identify(user, extra)),
        3 => (0..3u8).prop_map(Step::Group),
        8 => Just(Step::Track),
        1 => Just(Step::Flood),
        4 => Just(Step::Reset),
        4 => any::<bool>().prop_map(Step::Late),
        1 => Just(Step::Trigger),
        2 => Just(Step::Arrive),
        1 => Just(Step::Fail),
        4 => (0..12_000u16).prop_map(Step::Pass),
        1 => Just(Step::Show),
        1 => Just(Step::PageShows),
        1 => Just(Step::PageUpdates),
        1 => Just(Step::PageBoots),
        1 => Just(Step::PageShutsDown),
        1 => Just(Step::PageHidden),
        1 => Just(Step::Close),
    ]
}

/// What a person would write down: who the visitor is, and what they did.
#[derive(Default)]
struct Notes {
    /// The updates of this visitor so far.
    updates: Vec<Json>,
    /// Whether the page itself has changed what Intercom knows since it was last told by us from the start.
    is_meddled: bool,
    tracked: usize,
}

impl Notes {
    fn picture(&self) -> Json {
        let mut picture = Json::Undefined;
        for update in &self.updates {
            let (known, named) = (picture.field(Name::UserId), update.field(Name::UserId));
            let is_other = known.truthy() && named.truthy() && known != named;
            picture = if is_other { update.clone() } else { picture.extend(update) };
        }
        picture
    }
}

fn payload(step: &Step, visitor: usize) -> Json {
    // Each update says whose it is, so that a stray one is seen.
    let mut payload = Map::from_iter([("visitor".to_owned(), json!(visitor))]);
    match step {
        Step::Identify(user, extra) => {
            payload.insert("user_id".into(), json!(format!("u-{user}")));
            match extra {
                Some((0, value)) => payload.insert("user_hash".into(), json!(format!("h-{user}-{value}"))),
                Some((1, _)) => payload.insert("name".into(), json!(null)),
                Some((key, value)) => payload.insert(format!("trait-{key}"), json!(value)),
                None => None,
            };
        }
        Step::Group(id) => {
            payload.insert("company".into(), json!({ "company_id": format!("g-{id}") }));
        }
        _ => {}
    }
    serde_json::Value::Object(payload).into()
}

struct Run {
    page: Page,
    notes: Notes,
    /// Whether the loader hands in events a moment after it tells of a reset.
    is_slow: bool,
    /// A reset whose `shutdown` may still be held; the notes are the last visitor's until it is said.
    is_held: bool,
    steps: usize,
}

impl Run {
    fn new(is_slow: bool, is_deferred: bool) -> Run {
        let page = Page::open_as(if is_deferred { deferred() } else { config() });
        Run { page, notes: Notes::default(), is_slow, is_held: false, steps: 0 }
    }

    fn next_visitor(&mut self) {
        if core::mem::take(&mut self.is_held) {
            self.notes = Notes { tracked: self.notes.tracked, ..Notes::default() };
        }
    }

    fn update(&mut self, step: &Step) {
        self.next_visitor();
        let payload = payload(step, self.page.visitor);
        self.notes.updates.push(payload.clone());
        self.page.say(Call::Update(payload));
    }

    fn track(&mut self) {
        self.next_visitor();
        self.notes.tracked += 1;
        let name = format!("{} of {}", self.notes.tracked, self.page.visitor);
        self.page.say(track(&name));
    }

    fn late(&mut self, is_update: bool) -> Result<(), TestCaseError> {
        if !self.is_slow || self.page.visitor == 0 || self.page.session.state() == State::Closed {
            return Ok(());
        }
        let last = self.page.visitor - 1;
        // It is let in for as long as the last visitor's session goes on, and only then.
        let is_held = self.is_held && self.page.session.deadline() < f64::INFINITY;
        let admitted = if is_update {
            let payload = payload(&Step::Track, last);
            let admitted = self.page.say_late(Call::Update(payload.clone()));
            if admitted {
                self.notes.updates.push(payload);
            }
            admitted
        } else {
            self.notes.tracked += 1;
            let name = format!("{} of {last}", self.notes.tracked);
            self.page.say_late(track(&name))
        };
        prop_assert!(!admitted || is_held, "an event of a session that is over");
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        self.steps += 1;
        let was = self.page.session.state();
        let fates = self.page.fates.len();
        match step {
            Step::Identify(..) | Step::Group(_) => self.update(step),
            Step::Track => self.track(),
            Step::Flood => (0..limits::QUEUE).for_each(|_| self.track()),
            Step::Late(is_update) => self.late(*is_update)?,
            Step::Reset => {
                // Two resets within one hold are one change of visitor.
                self.page.reset(self.is_slow);
                self.is_held = true;
                if !self.is_slow || was == State::Unavailable {
                    self.next_visitor();
                }
            }
            Step::Trigger => {
                self.page.input(Input::Triggered);
            }
            Step::Show => {
                self.next_visitor();
                let call = command("show");
                self.page.say(call);
            }
            Step::PageShows => {
                self.page.input(Input::PageCalled(Json::string("showArticle")));
            }
            Step::Arrive => self.page.arrive(),
            Step::Fail => {
                if self.page.widget.is_none() {
                    self.page.input(Input::WidgetFailed);
                }
            }
            Step::Pass(millis) => {
                let deadline = self.page.now + f64::from(*millis);
                let held = self.is_held;
                self.page.pass(f64::from(*millis));
                if held && deadline >= self.page.reset_at + limits::RESET_HOLD {
                    self.next_visitor();
                }
            }
            Step::PageUpdates => {
                self.notes.is_meddled = true;
                self.page.page_calls(update(json!({ "name": "the page's" })));
            }
            Step::PageBoots => {
                self.notes.is_meddled = true;
                self.page.page_calls(Call::Boot(json!({ "app_id": "abc123" }).into()));
            }
            Step::PageShutsDown => {
                self.notes.updates.clear();
                self.notes.is_meddled = true;
                self.page.page_calls(Call::Shutdown);
            }
            Step::PageHidden => {
                self.page.input(Input::PageHidden);
                self.next_visitor();
            }
            Step::Close => self.page.close(),
        }
        let state = self.page.session.state();
        if was == State::Waiting && state == State::Unavailable {
            self.next_visitor();
        }
        if was == State::Unavailable && state == State::Running {
            // Booted and told from the start.
            self.notes.is_meddled = false;
        }
        self.check(step, was, fates)
    }

    fn check(&self, step: &Step, was: State, fates: usize) -> Result<(), TestCaseError> {
        let state = self.page.session.state();
        let said = &self.page.fates[fates..];
        // An event's call has one fate.
        if matches!(step, Step::Identify(..) | Step::Group(_) | Step::Track | Step::Show) {
            prop_assert_eq!(said.len(), usize::from(was != State::Closed));
        }
        // No more waits than may.
        let waiting = self.page.queue.iter().filter(|(is_ours, call)| *is_ours && !matches!(call, Call::Boot(_)));
        prop_assert!(waiting.count() <= limits::QUEUE);
        if state == State::Closed {
            prop_assert!(self.page.queue.iter().all(|(is_ours, _)| !is_ours), "something of ours waits");
            return Ok(());
        }
        if state == State::Unavailable {
            prop_assert!(self.page.queue.iter().all(|(is_ours, _)| !is_ours), "something of ours waits");
        }
        // What is known is what was said.
        prop_assert_eq!(without_proof(self.page.session.visitor()), without_proof(&self.notes.picture()));
        let Some(widget) = &self.page.widget else { return Ok(()) };
        // The widget knows the visitor as we do.
        if state == State::Running && !self.notes.is_meddled {
            let expected = Json::from(json!({ "app_id": "abc123" })).extend(self.page.session.visitor());
            let session = widget.session.clone().unwrap_or(Json::Undefined);
            prop_assert!(session.equals(&expected), "the widget has {session:?}, not {expected:?}");
        }
        Ok(())
    }

    /// What the widget heard from beginning to end.
    fn judge(&self) -> Result<(), TestCaseError> {
        let Some(widget) = &self.page.widget else { return Ok(()) };
        let mut last = 0;
        let mut visitor = None;
        for call in &widget.heard {
            let whose = match call {
                Call::Shutdown => {
                    visitor = None;
                    continue;
                }
                Call::TrackEvent { name, .. } => {
                    let text = name.text();
                    let (number, whose) = text.split_once(" of ").expect("a number");
                    let number: usize = number.parse().expect("a number");
                    prop_assert!(number > last, "{text} came after {last}");
                    last = number;
                    whose.parse().expect("a number")
                }
                Call::Boot(attributes) | Call::Update(attributes) => match visitor_of(attributes) {
                    Some(whose) => whose,
                    None => continue,
                },
                Call::Command { .. } | Call::ReattachActivator => continue,
            };
            prop_assert!(visitor.is_none_or(|visitor| visitor == whose), "{whose} in the session of {visitor:?}");
            visitor = Some(whose);
        }
        Ok(())
    }
}

/// Proofs are carried along, which the notes do not know of.
fn without_proof(picture: &Json) -> Json {
    let entries: Vec<_> = picture.entries().into_iter().filter(|(key, _)| key.text() != "user_hash").collect();
    if entries.is_empty() { Json::Undefined } else { Json::object(&entries) }
}

/// Whose update this is; the page's own are no one's.
fn visitor_of(attributes: &Json) -> Option<usize> {
    let visitor = attributes.get(&Json::path(&Json::string("visitor"))).as_number();
    (visitor >= 0.0).then_some(visitor as usize)
}

proptest! {
    #![proptest_config(cases("session", 600))]

    #[test]
    fn the_widget_knows_the_visitor_and_no_one_else(
        is_slow in any::<bool>(),
        is_deferred in any::<bool>(),
        steps in proptest::collection::vec(step(), 1..80),
    ) {
        let mut run = Run::new(is_slow, is_deferred);
        for step in &steps {
            run.take(step)?;
        }
        run.judge()?;
    }

    #[test]
    fn what_the_page_says_itself_is_noticed(steps in proptest::collection::vec(step(), 1..40), how in 0..3u8, is_deferred in any::<bool>()) {
        let mut run = Run::new(false, is_deferred);
        for step in steps.iter().filter(|step| !matches!(step, Step::Close)) {
            run.take(step)?;
        }
        run.page.arrive();
        run.take(&Step::Identify(7, None))?;
        run.take(&Step::Identify(7, None))?;
        prop_assert_eq!(run.page.fates.last().unwrap().1, Skip::Repeat);
        run.take(&[Step::PageUpdates, Step::PageBoots, Step::PageShutsDown][usize::from(how)])?;
        run.take(&Step::Identify(7, None))?;
        prop_assert_eq!(run.page.fates.last().unwrap().1, Skip::No);
    }

    #[test]
    fn a_widget_that_is_loaded_later_ends_up_knowing_the_same(
        is_slow in any::<bool>(),
        steps in proptest::collection::vec(step(), 1..60),
    ) {
        let told = |is_deferred: bool| -> Result<Vec<Told>, TestCaseError> {
            let mut run = Run::new(is_slow, is_deferred);
            for step in steps.iter().filter(|step| !matters_by_time(step)) {
                run.take(step)?;
            }
            run.page.input(Input::Triggered);
            run.page.arrive();
            run.page.pass(HOLD);
            Ok(sessions(&run.page.widget.as_ref().unwrap().heard))
        };
        prop_assert_eq!(told(true)?, told(false)?);
    }
}

/// What the widget is told of one visitor: who they are in the end, and the names of their events.
type Told = (Json, Vec<String>);

/// More than a reset is held.
const HOLD: f64 = 300.0;

/// Whether it is a matter of when the widget comes what becomes of this step.
fn matters_by_time(step: &Step) -> bool {
    matches!(step, Step::Arrive | Step::Fail | Step::Pass(_) | Step::Flood | Step::Close)
}

/// Sessions as Intercom has them: another user's update begins a new one.
fn sessions(heard: &[Call<Json>]) -> Vec<Told> {
    let mut widget = Widget::default();
    let mut all: Vec<Told> = Vec::new();
    let mut is_new = true;
    for call in heard {
        let known = widget.session.as_ref().map(|session| session.field(Name::UserId));
        widget.hear(call);
        let session = widget.session.clone().unwrap_or(Json::Undefined);
        let named = session.field(Name::UserId);
        let is_other = known.is_some_and(|known| known.truthy() && !known.same(&named));
        if (is_new || is_other) && widget.session.is_some() {
            all.push((Json::Undefined, Vec::new()));
        }
        is_new = widget.session.is_none();
        let Some((told, events)) = all.last_mut() else { continue };
        if !is_new {
            *told = session;
        }
        if let Call::TrackEvent { name, .. } = call {
            events.push(name.text());
        }
    }
    // Nothing is known of some, as the session before them was ended for the next.
    all.retain(|(told, events)| !events.is_empty() || told.entries().len() > 1);
    all
}
