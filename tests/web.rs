//! The engine on real JavaScript values: `wasm-pack test --headless --chrome`.
//!
//! A browser cannot list a folder, so the fixtures are listed in `web/listed.rs`; on the host this file checks that list.

#[cfg(target_arch = "wasm32")]
#[path = "web/fixtures.rs"]
mod fixtures;
#[cfg(target_arch = "wasm32")]
#[path = "web/hostile.rs"]
mod hostile;
#[cfg(target_arch = "wasm32")]
#[path = "web/texts.rs"]
mod texts;
#[cfg(target_arch = "wasm32")]
#[path = "web/values.rs"]
mod values;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
#[path = "web/listing.rs"]
mod listing;

/// What the test files share: values written as JavaScript, and shown as text that tells everything apart.
#[cfg(target_arch = "wasm32")]
mod page {
    use intercom_destination::browser::value::{Handle, js};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/web/show.js")]
    extern "C" {
        #[wasm_bindgen(js_name = show)]
        fn show_value(value: &JsValue) -> String;
    }

    /// Makes the JavaScript half ready, which voids earlier handles.
    pub fn start() {
        js::start(&JsValue::UNDEFINED);
    }

    /// The value of a JavaScript expression.
    pub fn eval(expression: &str) -> JsValue {
        js_sys::Function::new_no_args(&format!("return ({expression})")).call0(&JsValue::UNDEFINED).expect(expression)
    }

    pub fn handle(expression: &str) -> Handle {
        Handle::from(&eval(expression))
    }

    pub fn show(handle: Handle) -> String {
        show_value(&handle.into())
    }

    pub fn show_js(value: &JsValue) -> String {
        show_value(value)
    }
}
