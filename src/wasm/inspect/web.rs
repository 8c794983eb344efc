//! Web mode's settings under inspection, for `js/inspect/`.

use super::super::handle::{Handle, js};
use super::super::report::told;
use super::{Passed, check, presets, step};
use crate::inspect::web::Inspection;
use crate::value::Value;
use crate::web::actions::Action;
use crate::web::call::Call;
use alloc::vec;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

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

    /// What the subscriptions make of an event: a list of `Step`.
    pub fn inspect(&self, event: &JsValue) -> JsValue {
        js::releasing(|| {
            let steps = self.inspection.inspect(&Handle::from(event));
            told(&steps.iter().map(|it| step(it, said)).collect::<Vec<_>>())
        })
    }
}
