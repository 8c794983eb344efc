//! Inspections as JavaScript objects, in the shapes that `js/types/inspect.d.ts` tells of.

use super::handle::{Handle, js};
use super::report::told;
use crate::event_type::EventType;
use crate::inspect::{Check, Inspection, Key, Problem, Step};
use crate::value::Value;
use crate::web::actions::Action;
use crate::web::call::Call;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A value of the event or of the settings, as it is.
#[derive(Serialize)]
#[serde(transparent)]
struct Passed(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

impl From<Handle> for Passed {
    fn from(handle: Handle) -> Self {
        Passed(handle.into())
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum KeyReport<'a> {
    Name(&'a str),
    Index(usize),
}

#[derive(Serialize)]
struct ProblemReport<'a> {
    severity: &'static str,
    code: &'static str,
    sentence: String,
    expected: &'static str,
    found: &'a str,
    path: Vec<KeyReport<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
}

impl<'a> From<&'a Problem> for ProblemReport<'a> {
    fn from(problem: &'a Problem) -> Self {
        let Problem { error, path, offset } = problem;
        ProblemReport {
            severity: if error.kind.is_warning() { "warning" } else { "fault" },
            code: error.kind.code(),
            sentence: error.sentence(),
            expected: error.kind.expected(),
            found: &error.found,
            path: path
                .iter()
                .map(|key| match key {
                    Key::Name(name) => KeyReport::Name(name),
                    Key::Index(index) => KeyReport::Index(*index),
                })
                .collect(),
            offset: *offset,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SubscriptionReport<'a> {
    index: usize,
    name: &'a str,
    action: &'a str,
    enabled: bool,
    works: bool,
    event_types: Vec<&'static str>,
    problems: Vec<ProblemReport<'a>>,
}

#[derive(Serialize)]
struct CheckReport<'a> {
    usable: bool,
    problems: Vec<ProblemReport<'a>>,
    subscriptions: Vec<SubscriptionReport<'a>>,
    liquid: bool,
}

#[derive(Serialize)]
struct StepReport<'a> {
    index: usize,
    name: &'a str,
    action: &'a str,
    matched: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Passed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<Vec<Passed>>,
    problems: Vec<ProblemReport<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PresetReport {
    partner_action: &'static str,
    name: &'static str,
    enabled: bool,
    subscribe: &'static str,
    mapping: Passed,
}

fn reports<'a>(problems: &'a [Problem]) -> Vec<ProblemReport<'a>> {
    problems.iter().map(ProblemReport::from).collect()
}

fn subscription<'a>(inspection: &Inspection<Handle>, check: &'a Check<Handle>) -> SubscriptionReport<'a> {
    let wanted = EventType::ALL.iter().filter(|kind| check.event_types >> **kind as u8 & 1 == 1);
    SubscriptionReport {
        index: check.index,
        name: &check.name,
        action: &check.action,
        enabled: check.enabled,
        works: inspection.works(check),
        event_types: wanted.map(|kind| kind.text()).collect(),
        problems: reports(&check.problems),
    }
}

fn step<'a>(step: &'a Step<'_, Handle>) -> StepReport<'a> {
    StepReport {
        index: step.check.index,
        name: &step.check.name,
        action: &step.check.action,
        matched: step.matched,
        payload: step.payload.map(Passed::from),
        call: step.call.as_ref().map(said),
        problems: reports(&step.problems),
    }
}

/// The arguments of `window.Intercom`.
fn said(call: &Call<Handle>) -> Vec<Passed> {
    let mut said = vec![Handle::name(call.method())];
    match call {
        Call::Boot(payload) | Call::Update(payload) => said.push(*payload),
        Call::TrackEvent { name, metadata } => said.extend([*name, *metadata]),
        Call::Shutdown => {}
    }
    said.into_iter().map(Passed::from).collect()
}

/// The presets as a site would write them.
#[wasm_bindgen]
pub fn presets() -> JsValue {
    let report = |action: &Action| {
        let preset = action.preset();
        PresetReport {
            partner_action: action.text(),
            name: preset.name,
            enabled: true,
            subscribe: preset.subscribe,
            mapping: Passed::from(preset.to_mapping::<Handle>()),
        }
    };
    js::releasing(|| told(&Action::ALL.iter().map(report).collect::<Vec<_>>()))
}

/// Settings under inspection. Its handles are let go of with it, and so are all that were made after them: of several, the one
/// made last is freed first.
#[wasm_bindgen(js_name = Inspection)]
pub struct Inspected {
    inspection: Inspection<Handle>,
    from: u32,
}

impl Drop for Inspected {
    fn drop(&mut self) {
        js::release(self.from);
    }
}

#[wasm_bindgen(js_class = Inspection)]
impl Inspected {
    /// Checks settings, which may be anything.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue) -> Self {
        let from = js::mark();
        Inspected { inspection: Inspection::new(&Handle::from(settings)), from }
    }

    /// What is known before any event: a `Check`.
    pub fn check(&self) -> JsValue {
        let inspection = &self.inspection;
        told(&CheckReport {
            usable: inspection.usable,
            problems: reports(&inspection.problems),
            subscriptions: inspection.subscriptions.iter().map(|check| subscription(inspection, check)).collect(),
            liquid: inspection.uses_liquid(),
        })
    }

    /// What the subscriptions make of an event: a list of `Step`.
    pub fn inspect(&self, event: &JsValue) -> JsValue {
        js::releasing(|| {
            let steps = self.inspection.inspect(&Handle::from(event));
            told(&steps.iter().map(step).collect::<Vec<_>>())
        })
    }
}
