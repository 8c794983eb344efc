//! Saying [`Call`]s to `window.Intercom`, and faults to whoever listens.

use super::handle::Handle;
use crate::error::Error;
use crate::value::Value;
use crate::web::call::Call;
use wasm_bindgen::prelude::*;

/// The handle no value has.
const NO_ARGUMENT: Handle = Handle(0);

#[cfg_attr(target_os = "none", wasm_bindgen(raw_module = "host"))]
#[cfg_attr(not(target_os = "none"), wasm_bindgen(module = "/js/engine/imports.js"))]
extern "C" {
    fn call(method: u32, first: u32, second: u32);
    fn report(is_warning: bool, code: u32, sentence: u32);
}

/// Says it. The widget's own faults are caught on the other side.
pub fn say(what: Call<Handle>) {
    let method = Handle::name(what.method());
    let (first, second) = match what {
        Call::Boot(settings) => (settings, NO_ARGUMENT),
        Call::Update(attributes) => (attributes, NO_ARGUMENT),
        Call::TrackEvent { name, metadata } => (name, metadata),
        Call::Shutdown => (NO_ARGUMENT, NO_ARGUMENT),
    };
    call(method.0, first.0, second.0);
}

/// Reports each error; what is reported twice is the listener's to drop.
pub fn tell(errors: &[Error]) {
    for error in errors {
        report(error.kind.is_warning(), Handle::string(error.kind.code()).0, Handle::string(&error.sentence()).0);
    }
}
