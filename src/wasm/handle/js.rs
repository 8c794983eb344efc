//! The way to a handle from `wasm-bindgen`'s own values, for tests and tools that use them.

use super::Handle;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/engine/imports.js")]
extern "C" {
    fn attach(memory: &JsValue, listener: &JsValue);
}

#[wasm_bindgen(module = "/js/engine/values.js")]
extern "C" {
    fn add(value: &JsValue) -> u32;
    fn value(handle: u32) -> JsValue;
    /// What [`release`] needs to let go of every handle made from here on.
    pub fn mark() -> u32;
    /// Lets go of the handles made since `mark`, none of which may be used again.
    pub fn release(from: u32);
}

// js/engine/values.js imports this file, and wasm-bindgen copies those only that are named here.
#[wasm_bindgen(module = "/js/limits.js")]
extern "C" {
    #[allow(dead_code)]
    #[wasm_bindgen(thread_local_v2, js_name = ITEMS)]
    static ITEMS: JsValue;
}

/// Runs a step that keeps no handle it makes.
pub fn releasing<T>(step: impl FnOnce() -> T) -> T {
    let from = mark();
    let result = step();
    release(from);
    result
}

/// Prepares the JavaScript half; `listener` is an object that may have the function `liquid`.
pub fn start(listener: &JsValue) {
    attach(&wasm_bindgen::memory(), listener);
    super::intern_texts();
}

impl From<&JsValue> for Handle {
    fn from(js: &JsValue) -> Self {
        Handle(add(js))
    }
}

impl From<Handle> for JsValue {
    fn from(handle: Handle) -> Self {
        value(handle.0)
    }
}
