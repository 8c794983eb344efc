//! The engine on real JavaScript values: `node scripts/test.mjs web`.

#![cfg(target_arch = "wasm32")]

#[path = "../fixture/mod.rs"]
mod fixture;
mod fixtures;
mod hostile;
mod texts;
mod values;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// What the test files share: values written as JavaScript, and shown as text that tells everything apart.
mod page {
    use intercom_destination::wasm::handle::{Handle, js};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/wasm/show.js")]
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
}
