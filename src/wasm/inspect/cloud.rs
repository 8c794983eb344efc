//! Cloud mode's settings under inspection, for `js/cloud/inspector.js`.

use super::super::handle::{Handle, js};
use super::super::report::told;
use super::{check, presets, step};
use crate::cloud::actions::Action;
use crate::inspect::cloud::Inspection;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

/// The presets as a site would write them.
#[wasm_bindgen(js_name = presets)]
pub fn cloud_presets() -> JsValue {
    presets::<Action>()
}

/// Settings under inspection. Its handles are never let go of, as those of `Cloud`, which are made after them.
#[wasm_bindgen(js_name = CloudInspection)]
pub struct Inspected(Inspection<Handle>);

#[wasm_bindgen(js_class = CloudInspection)]
impl Inspected {
    /// Checks settings, which may be anything.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue) -> Self {
        Inspected(Inspection::new(&Handle::from(settings)))
    }

    /// What is known before any event: a `Check`.
    pub fn check(&self) -> JsValue {
        check(&self.0)
    }

    /// What the subscriptions make of an event: a list of `Step` without calls.
    pub fn inspect(&self, event: &JsValue) -> JsValue {
        js::releasing(|| {
            let steps = self.0.inspect(&Handle::from(event));
            told(&steps.iter().map(|it| step(it, |()| Vec::new())).collect::<Vec<_>>())
        })
    }
}
