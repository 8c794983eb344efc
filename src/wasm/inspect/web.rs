//! Web mode's settings under inspection, for `js/inspect/`.

use super::super::handle::{Handle, js};
use super::super::report::told;
use super::{Passed, StepReport, check, presets, step};
use crate::inspect::web::{Inspection, Said};
use crate::value::Value;
use crate::web::actions::Action;
use alloc::vec::Vec;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The number of a notice, and what it is about.
#[derive(Serialize)]
struct NoticeReport {
    notice: usize,
    subject: Passed,
}

#[derive(Serialize)]
struct EventReport<'a> {
    steps: Vec<StepReport<'a>>,
    notices: Vec<NoticeReport>,
}

/// The arguments of `window.Intercom`.
fn said(said: &Said<Handle>) -> Vec<Passed> {
    said.call.words().items().into_iter().map(Passed::from).collect()
}

/// The presets as a site would write them.
#[wasm_bindgen(js_name = presets)]
pub fn web_presets() -> JsValue {
    presets::<Action>()
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
        check(&self.inspection)
    }

    /// What the subscriptions make of an event: a list of `Step`, and the notices of their calls.
    pub fn inspect(&self, event: &JsValue) -> JsValue {
        js::releasing(|| {
            let steps = self.inspection.inspect(&Handle::from(event));
            let notices = steps.iter().filter_map(|step| step.call.as_ref()).flat_map(|said| &said.notices);
            told(&EventReport {
                notices: notices
                    .map(|(notice, subject)| NoticeReport { notice: *notice as usize, subject: Passed::from(*subject) })
                    .collect(),
                steps: steps.iter().map(|it| step(it, said)).collect(),
            })
        })
    }

    /// Another visitor comes.
    pub fn reset(&self) {
        js::releasing(|| self.inspection.reset());
    }
}
