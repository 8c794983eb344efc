//! What the plugin makes of settings and events, step by step, each error with its path in the settings: for tools. Visitors do
//! not download this.
//!
//! It stands on the same functions as [`crate::web::destination::Destination`], so the two cannot disagree.
//!
//! ```
//! use intercom_destination::{inspect::{Inspection, Key}, value::json::Json};
//! use serde_json::json;
//!
//! let subscription = json!({ "partnerAction": "trackEvent", "enabled": true, "subscribe": "type = \"track", "mapping": {} });
//! let inspection = Inspection::new(&Json::from(json!({ "appId": "abc123", "subscriptions": [subscription] })));
//! let problem = &inspection.problems[0];
//! assert_eq!(problem.error.kind.code(), "filter_unclosed_string");
//! let path = ["subscriptions", "0", "subscribe"].map(|key| key.parse().map_or(Key::Name(key.into()), Key::Index));
//! assert_eq!((problem.path.as_slice(), problem.offset), (path.as_slice(), Some(7)));
//! ```

mod path;

use crate::error::{Error, ErrorKind};
use crate::event_type::EventType;
use crate::filter::{self, Matcher};
use crate::location::Part;
use crate::name::Name;
use crate::subscription::{self, Definition, Subscription};
use crate::value::{Value, ValueKind};
use crate::web::actions::{self, Action};
use crate::web::call::Call;
use crate::web::settings;
use alloc::vec::Vec;
use path::{follow, in_mapping};

pub use path::Key;

/// An error and its path in the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong, and where as the plugin says it.
    pub error: Error,
    /// From the settings down; of what is not there, its parent. Empty for a location in a preset or in an event.
    pub path: Vec<Key>,
    /// UTF-16 code units before the location in the text at `path`, a filter.
    pub offset: Option<usize>,
}

/// What is known of a subscription before any event.
pub struct Check<V> {
    /// Its number in the settings, or among the presets.
    pub index: usize,
    /// Its name, or its number.
    pub name: alloc::string::String,
    /// `partnerAction` as it was written.
    pub action: alloc::string::String,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Bit `i` for the type `i` of [`EventType`]: what its filter could match.
    pub event_types: u8,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    working: Option<Working<V>>,
}

struct Working<V> {
    written: Definition<V, Action>,
    subscription: Subscription<V>,
}

/// Settings under inspection.
pub struct Inspection<V> {
    /// Whether the plugin runs with these settings.
    pub usable: bool,
    /// All there is to say of the settings, in the plugin's order.
    pub problems: Vec<Problem>,
    /// The subscriptions of the settings, or the presets where the settings have none.
    pub subscriptions: Vec<Check<V>>,
    is_preset: bool,
    context: Option<actions::Context<V>>,
}

/// What a working subscription makes of an event.
pub struct Step<'a, V> {
    /// The subscription.
    pub check: &'a Check<V>,
    /// Whether the event matched its filter.
    pub matched: bool,
    /// What the mapping gave, unless nothing matched or the mapping failed.
    pub payload: Option<V>,
    /// What is said to Intercom.
    pub call: Option<Call<V>>,
    /// What went wrong for this event.
    pub problems: Vec<Problem>,
}

impl<V: Value> Inspection<V> {
    /// Checks settings, which may be anything. Subscriptions are looked at even where a wrong setting keeps the plugin from
    /// running.
    pub fn new(settings: &V) -> Self {
        let mut errors = Vec::new();
        let read = settings::read(settings, &mut errors);
        let mut inspection = Inspection {
            usable: read.is_some(),
            problems: errors.into_iter().map(|error| Problem::of_settings(settings, error)).collect(),
            subscriptions: Vec::new(),
            is_preset: false,
            context: read.as_ref().map(actions::Context::new),
        };
        let list = settings.get(&V::array(&[V::name(Name::Subscriptions)]));
        if settings.kind() == ValueKind::Object && !matches!(list.kind(), ValueKind::Undefined | ValueKind::Null) {
            for (index, value) in list.items().iter().enumerate() {
                inspection.check(index, value);
            }
        } else {
            inspection.is_preset = true;
            for action in Action::ALL {
                let preset = action.preset().to_definition(*action);
                let mut check = Check {
                    index: *action as usize,
                    name: preset.name.clone(),
                    action: action.text().into(),
                    enabled: true,
                    event_types: 0,
                    problems: Vec::new(),
                    working: None,
                };
                inspection.compile(&mut check, preset, ValueKind::String);
                inspection.subscriptions.push(check);
            }
        }
        inspection
    }

    fn check(&mut self, index: usize, value: &V) {
        let field = |name| value.get(&V::array(&[V::name(name)]));
        let own = [Key::Name("subscriptions".into()), Key::Index(index)];
        let mut check = Check {
            index,
            name: subscription::name(value, index),
            action: field(Name::PartnerAction).text(),
            enabled: field(Name::Enabled).truthy(),
            event_types: 0,
            problems: self.problems.iter().filter(|problem| problem.path.starts_with(&own)).cloned().collect(),
            working: None,
        };
        // What can be wrong with it here is among the problems already.
        match subscription::read(value, index, Action::from_text, ErrorKind::ActionUnknown, &mut Vec::new()) {
            Some(subscription) => self.compile(&mut check, subscription, field(Name::Subscribe).kind()),
            None => {
                let filter: Option<Matcher<V>> = filter::compile(&field(Name::Subscribe).text(), &mut Vec::new());
                check.event_types = filter.map_or(0, |filter| filter.event_types());
            }
        }
        self.subscriptions.push(check);
    }

    /// `filter` is the kind of what stands where the filter should.
    fn compile(&mut self, check: &mut Check<V>, written: Definition<V, Action>, filter: ValueKind) {
        let mut errors = Vec::new();
        let compiled = Subscription::compile(&written, &mut errors);
        for error in errors {
            let problem = self.problem(check.index, &written, filter, error);
            self.problems.push(problem.clone());
            check.problems.push(problem);
        }
        if let Some(subscription) = compiled {
            check.event_types = subscription.filter.event_types();
            check.working = Some(Working { written, subscription });
        } else {
            let filter: Option<Matcher<V>> = filter::compile(&written.subscribe, &mut Vec::new());
            check.event_types = filter.map_or(0, |filter| filter.event_types());
        }
    }

    /// An error of the subscription `index`. `filter` is the kind of what stands where the filter should.
    fn problem(&self, index: usize, written: &Definition<V, Action>, filter: ValueKind, error: Error) -> Problem {
        let mut offset = None;
        let mut path = Vec::new();
        if !self.is_preset {
            path.extend([Key::Name("subscriptions".into()), Key::Index(index)]);
            match &error.at.part {
                Part::Filter { .. } if filter == ValueKind::Undefined => {}
                Part::Filter { column } => {
                    path.push(Key::Name("subscribe".into()));
                    offset = (filter == ValueKind::String).then(|| path::offset(&written.subscribe, column - 1));
                }
                Part::Mapping { keys } | Part::Payload { keys } => {
                    path.push(Key::Name("mapping".into()));
                    path.extend(in_mapping(&written.mapping, keys));
                }
                Part::Event | Part::Setting { .. } => path.clear(),
            }
        }
        Problem { error, path, offset }
    }

    /// Whether events are tried against this subscription.
    pub fn works(&self, check: &Check<V>) -> bool {
        self.usable && check.working.is_some()
    }

    /// Whether a mapping needs Liquid.
    pub fn uses_liquid(&self) -> bool {
        self.subscriptions
            .iter()
            .filter_map(|check| check.working.as_ref())
            .any(|it| it.subscription.mapping.uses_liquid())
    }

    /// What each working subscription makes of an event, in the order in which the plugin goes through them.
    pub fn inspect(&self, event: &V) -> Vec<Step<'_, V>> {
        let Some(context) = &self.context else { return Vec::new() };
        let mut steps = Vec::new();
        for action in Action::ALL {
            for check in &self.subscriptions {
                if let Some(working) = check.working.as_ref().filter(|working| working.written.action == *action) {
                    steps.push(self.step(check, working, context, event));
                }
            }
        }
        steps
    }

    fn step<'a>(
        &self,
        check: &'a Check<V>,
        working: &Working<V>,
        context: &actions::Context<V>,
        event: &V,
    ) -> Step<'a, V> {
        let subscription = &working.subscription;
        let mut step = Step { check, matched: false, payload: None, call: None, problems: Vec::new() };
        step.matched = wants(subscription.filter.event_types(), event) && subscription.filter.matches(event);
        if step.matched {
            let mut errors = Vec::new();
            if let Some(payload) = subscription.resolve(event, &mut errors) {
                step.payload = Some(payload.value());
                step.call = actions::perform(working.written.action, payload, context, &mut errors);
            }
            subscription.own(&mut errors);
            let problem = |error| self.problem(check.index, &working.written, ValueKind::String, error);
            step.problems = errors.into_iter().map(problem).collect();
        }
        step
    }
}

/// Whether a plugin for these types is given the event at all: loaders call what is named for the type.
fn wants<V: Value>(types: u8, event: &V) -> bool {
    let name = event.get(&V::array(&[V::name(Name::Type)])).text();
    types & EventType::bit(&name) != 0
}

impl Problem {
    /// An error that is not of one subscription.
    fn of_settings<V: Value>(settings: &V, error: Error) -> Problem {
        let path = match &error.at.part {
            Part::Setting { keys } => follow(settings, keys),
            _ => Vec::new(),
        };
        Problem { error, path, offset: None }
    }
}
