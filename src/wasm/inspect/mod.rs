//! Inspections as JavaScript objects, in the shapes that `js/types/inspect.d.ts` tells of.

#[cfg(all(feature = "cloud", not(target_os = "none")))]
mod cloud;
#[cfg(feature = "inspect")]
mod web;

use super::handle::{Handle, js};
use super::report::told;
use crate::event_type::EventType;
use crate::inspect::{Actions, Check, Inspection, Key, Problem, Step};
use alloc::string::String;
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

/// What is wrong, and where.
#[derive(Serialize)]
pub struct ProblemReport<'a> {
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

/// [`Problem`]s as reports.
pub fn reports<'a>(problems: &'a [Problem]) -> Vec<ProblemReport<'a>> {
    problems.iter().map(ProblemReport::from).collect()
}

fn subscription<'a, A: Actions>(
    inspection: &Inspection<Handle, A>,
    check: &'a Check<Handle, A>,
) -> SubscriptionReport<'a> {
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

/// What is known before any event: a `Check`.
fn check<A: Actions>(inspection: &Inspection<Handle, A>) -> JsValue {
    told(&CheckReport {
        usable: inspection.usable,
        problems: reports(&inspection.problems),
        subscriptions: inspection.subscriptions.iter().map(|check| subscription(inspection, check)).collect(),
        liquid: inspection.uses_liquid(),
    })
}

/// A `Step`; `said` gives the arguments of `window.Intercom`.
fn step<'a, A, C>(step: &'a Step<'_, Handle, A, C>, said: fn(&C) -> Vec<Passed>) -> StepReport<'a> {
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

/// The presets as a site would write them.
fn presets<A: Actions>() -> JsValue {
    let report = |action: &A| {
        let preset = action.preset()?;
        Some(PresetReport {
            partner_action: action.key(),
            name: preset.name,
            enabled: true,
            subscribe: preset.subscribe,
            mapping: Passed::from(preset.to_mapping::<Handle>()),
        })
    };
    js::releasing(|| told(&A::ALL.iter().filter_map(report).collect::<Vec<_>>()))
}
