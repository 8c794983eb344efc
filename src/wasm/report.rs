//! What the builds with wasm-bindgen's glue share: how they start, and how they tell JavaScript of Rust's data.

use super::handle::js;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Prepares the boundary; to be called once, before anything else. `listener` is an object that may have the function `liquid`.
#[wasm_bindgen]
pub fn prepare(listener: &JsValue) {
    js::start(listener);
}

/// Nothing of ours is a shape that has no JavaScript, so this does not fail; undefined would say so if it did.
pub fn told(report: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(report).unwrap_or_default()
}
