//! What the plugin makes of settings and events, step by step, each error with its path in the settings: for tools. Visitors do
//! not download this.
//!
//! Each mode's half stands on the same functions as its destination, so the two cannot disagree.
//!
//! ```
//! use intercom_destination::{inspect::{Key, web::Inspection}, value::json::Json};
//! use serde_json::json;
//!
//! let subscription = json!({ "partnerAction": "trackEvent", "enabled": true, "subscribe": "type = \"track", "mapping": {} });
//! let inspection = Inspection::new(&Json::from(json!({ "appId": "abc123", "subscriptions": [subscription] })));
//! let problem = &inspection.problems[0];
//! assert_eq!(problem.error.kind.code(), "filter_unclosed_string");
//! let path = ["subscriptions", "0", "subscribe"].map(|key| key.parse().map_or(Key::Name(key.into()), Key::Index));
//! assert_eq!((problem.path.as_slice(), problem.offset), (path.as_slice(), Some(7)));
//! ```

#[cfg(feature = "cloud")]
pub mod cloud;
mod path;
#[cfg(feature = "web")]
pub mod web;

use crate::error::{Error, ErrorKind};
use crate::filter::{self, Matcher};
use crate::location::Part;
use crate::mapping::Payload;
use crate::name::Name;
use crate::subscription::{self, Definition, Preset, Subscription};
use crate::value::{Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;
use path::{follow, in_mapping};

pub use path::Key;

/// The actions of a mode, and what is the mode's own in checking settings.
pub trait Actions: Copy + 'static {
    /// What an inspection keeps of the settings.
    type Context<V: Value>;
    /// All of them, in the order of the presets.
    const ALL: &'static [Self];
    /// What is wrong with a `partnerAction` that is none of them.
    const UNKNOWN: ErrorKind;

    /// Whether one fault in a subscription keeps the mode from running.
    const IS_STRICT: bool = false;

    /// The action that `key` is the `partnerAction` of.
    fn from_key(key: &str) -> Option<Self>;
    /// Its `partnerAction`.
    fn key(self) -> &'static str;
    /// The trigger and mapping that apply when a site names no subscriptions, if the action has any.
    fn preset(self) -> Option<Preset>;
    /// Checks all settings but what subscriptions hold; `None` where the mode does not run with them.
    fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<Self::Context<V>>;
    /// What the mode says of an enabled subscription before it is compiled, and whether it can ever be used.
    fn examine<V: Value>(written: &Definition<V, Self>, errors: &mut Vec<Error>) -> bool;
}

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
pub struct Check<V, A> {
    /// Its number in the settings, or among the presets.
    pub index: usize,
    /// Its name, or its number.
    pub name: String,
    /// `partnerAction` as it was written.
    pub action: String,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Bit `i` for the type `i` of [`crate::event_type::EventType`]: what its filter could match.
    pub event_types: u8,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    working: Option<Working<V, A>>,
}

struct Working<V, A> {
    written: Definition<V, A>,
    subscription: Subscription<V>,
}

/// Settings under inspection.
pub struct Inspection<V: Value, A: Actions> {
    /// Whether the plugin runs with these settings.
    pub usable: bool,
    /// All there is to say of the settings, in the plugin's order.
    pub problems: Vec<Problem>,
    /// The subscriptions of the settings, or the presets where the settings have none.
    pub subscriptions: Vec<Check<V, A>>,
    /// What the mode keeps of the settings, if it runs with them.
    pub context: Option<A::Context<V>>,
    is_preset: bool,
}

/// What a working subscription makes of an event. `C` is what its action makes of the payload.
pub struct Step<'a, V, A, C> {
    /// The subscription.
    pub check: &'a Check<V, A>,
    /// Whether the event matched its filter.
    pub matched: bool,
    /// What the mapping gave, unless nothing matched or the mapping failed.
    pub payload: Option<V>,
    /// What is said to Intercom.
    pub call: Option<C>,
    /// What went wrong for this event.
    pub problems: Vec<Problem>,
}

impl<V: Value, A: Actions> Inspection<V, A> {
    /// Checks settings, which may be anything. Subscriptions are looked at even where a wrong setting keeps the plugin from
    /// running.
    pub fn new(settings: &V) -> Self {
        let mut errors = Vec::new();
        let context = A::read(settings, &mut errors);
        let mut inspection = Inspection {
            usable: context.is_some(),
            problems: errors.into_iter().map(|error| Problem::of_settings(settings, error)).collect(),
            subscriptions: Vec::new(),
            is_preset: false,
            context,
        };
        let list = settings.field(Name::Subscriptions);
        if settings.kind() == ValueKind::Object && !matches!(list.kind(), ValueKind::Undefined | ValueKind::Null) {
            for (index, value) in list.items().iter().enumerate() {
                inspection.check(index, value);
            }
        } else {
            inspection.is_preset = true;
            let presets = A::ALL.iter().filter_map(|action| Some((action, action.preset()?)));
            for (index, (action, preset)) in presets.enumerate() {
                let preset = preset.to_definition(*action);
                let mut check = Check {
                    index,
                    name: preset.name.clone(),
                    action: action.key().into(),
                    enabled: true,
                    event_types: 0,
                    problems: Vec::new(),
                    working: None,
                };
                inspection.compile(&mut check, preset, ValueKind::String);
                inspection.subscriptions.push(check);
            }
        }
        let has_fault = inspection.problems.iter().any(|problem| !problem.error.kind.is_warning());
        inspection.usable &= !(A::IS_STRICT && has_fault);
        inspection
    }

    fn check(&mut self, index: usize, value: &V) {
        let own = [Key::Name("subscriptions".into()), Key::Index(index)];
        let mut check = Check {
            index,
            name: subscription::name(value, index),
            action: value.field(Name::PartnerAction).text(),
            enabled: value.field(Name::Enabled).truthy(),
            event_types: 0,
            problems: self.problems.iter().filter(|problem| problem.path.starts_with(&own)).cloned().collect(),
            working: None,
        };
        // What can be wrong with it here is among the problems already.
        match subscription::read(value, index, A::from_key, A::UNKNOWN, &mut Vec::new()) {
            Some(subscription) => self.compile(&mut check, subscription, value.field(Name::Subscribe).kind()),
            None => {
                let filter: Option<Matcher<V>> = filter::compile(&value.field(Name::Subscribe).text(), &mut Vec::new());
                check.event_types = filter.map_or(0, |filter| filter.event_types());
            }
        }
        self.subscriptions.push(check);
    }

    /// `filter` is the kind of what stands where the filter should.
    fn compile(&mut self, check: &mut Check<V, A>, written: Definition<V, A>, filter: ValueKind) {
        let mut errors = Vec::new();
        let is_fit = A::examine(&written, &mut errors);
        let compiled = Subscription::compile(&written, &mut errors).filter(|_| is_fit);
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
    fn problem(&self, index: usize, written: &Definition<V, A>, filter: ValueKind, error: Error) -> Problem {
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
    pub fn works(&self, check: &Check<V, A>) -> bool {
        self.usable && check.working.is_some()
    }

    /// Whether a mapping needs Liquid.
    pub fn uses_liquid(&self) -> bool {
        self.subscriptions
            .iter()
            .filter_map(|check| check.working.as_ref())
            .any(|it| it.subscription.mapping.uses_liquid())
    }

    /// What a subscription that matched makes of an event: `act` is given the payload.
    fn resolve<'a, C>(
        &self,
        check: &'a Check<V, A>,
        working: &Working<V, A>,
        event: &V,
        act: impl FnOnce(Payload<V>, &mut Vec<Error>) -> Option<C>,
    ) -> Step<'a, V, A, C> {
        let mut step = Step { matched: true, ..Step::unmatched(check) };
        let mut errors = Vec::new();
        if let Some(payload) = working.subscription.resolve(event, &mut errors) {
            step.payload = Some(payload.value());
            step.call = act(payload, &mut errors);
        }
        working.subscription.own(&mut errors);
        let problem = |error| self.problem(check.index, &working.written, ValueKind::String, error);
        step.problems = errors.into_iter().map(problem).collect();
        step
    }
}

impl<'a, V, A, C> Step<'a, V, A, C> {
    fn unmatched(check: &'a Check<V, A>) -> Self {
        Step { check, matched: false, payload: None, call: None, problems: Vec::new() }
    }
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
