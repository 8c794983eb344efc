//! The fixtures that run natively, on JavaScript's values.

use super::fixture::{Fixture, Side, cases, double};
use super::page::start;
use include_dir::{Dir, include_dir};
use intercom_destination::wasm::handle::Handle;
use js_sys::JSON;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::*;

/// A browser cannot list a folder.
static FIXTURES: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/fixtures");

// The compiler does not notice a new file in a folder, but another value of a variable: `npm run test:web` puts the files' names into it.
const _: Option<&str> = option_env!("FIXTURES");

impl Side for Handle {
    fn parsed(value: &Value) -> Self {
        Handle::from(&JSON::parse(&value.to_string()).unwrap())
    }

    fn date(millis: f64) -> Self {
        Handle::from(&JsValue::from(js_sys::Date::new(&millis.into())))
    }

    fn stringified(&self) -> Option<Value> {
        let text = JSON::stringify(&JsValue::from(*self)).unwrap().as_string()?;
        Some(serde_json::from_str(&text).unwrap())
    }
}

/// Runs the fixtures of a folder, and shows all that differs at once.
fn run(folder: &str, run: impl Fn(&mut Fixture)) {
    start();
    let files = FIXTURES.get_dir(folder).unwrap().files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".json")?;
        Some((name, file.contents_utf8()?))
    });
    let mut fixtures: Vec<_> = files.map(|(name, text)| Fixture::new(name, text)).collect();
    assert!(fixtures.len() > 10, "{folder}");
    fixtures.iter_mut().for_each(run);
    let differences: Vec<_> = fixtures.iter().flat_map(Fixture::differences).cloned().collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[wasm_bindgen_test]
fn filters_match_as_natively() {
    run("filter", cases::filter::<Handle>);
}

#[wasm_bindgen_test]
fn mappings_resolve_as_natively() {
    run("mapping", cases::mapping::<Handle>);
}

#[wasm_bindgen_test]
fn actions_make_the_same_calls_as_natively() {
    run("actions", cases::web::actions::<Handle>);
}

#[wasm_bindgen_test]
fn settings_are_checked_as_natively() {
    run("settings", cases::web::settings::<Handle>);
}

#[wasm_bindgen_test]
fn the_double_differs_from_javascript_s_values_as_listed() {
    start();
    double::check::<Handle>();
}

#[cfg(feature = "cloud")]
#[wasm_bindgen_test]
fn fields_of_cloud_mode_are_taken_as_natively() {
    run("cloud/fields", cases::cloud::fields::<Handle>);
}

#[cfg(feature = "cloud")]
#[wasm_bindgen_test]
fn events_of_cloud_mode_ask_for_the_same_as_natively() {
    run("cloud/events", cases::cloud::events::<Handle>);
}

#[cfg(feature = "cloud")]
#[wasm_bindgen_test]
fn settings_of_cloud_mode_are_checked_as_natively() {
    run("cloud/settings", cases::cloud::settings::<Handle>);
}
