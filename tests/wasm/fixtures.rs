//! The files that the host's tests run, on JavaScript values.

use super::page::{show_js, start};
use intercom_destination::error::Error;
use intercom_destination::filter::{self, Matcher};
use intercom_destination::location::Part;
use intercom_destination::mapping;
use intercom_destination::value::{Value, ValueKind};
use intercom_destination::wasm::handle::Handle;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::*;

macro_rules! fixture {
    ($name:literal) => {
        ($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/", $name, ".json")))
    };
}

const FIXTURES: &[(&str, &str)] = &include!("listed.rs");

fn fixtures(folder: &str) -> Vec<(&'static str, JsValue)> {
    let of_folder = FIXTURES.iter().filter(|(name, _)| name.starts_with(folder));
    let fixtures: Vec<_> = of_folder.map(|(name, text)| (*name, JSON::parse(text).expect(name))).collect();
    assert!(fixtures.len() > 100, "{folder}");
    fixtures
}

fn field(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn text(object: &JsValue, key: &str) -> String {
    field(object, key).as_string().unwrap_or_else(|| panic!("no {key} in {}", show_js(object)))
}

fn describe(error: &Error) -> JsValue {
    let out = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&out, &key.into(), &value).unwrap();
    set("code", error.kind.code().into());
    match &error.at.part {
        Part::Filter { column } => set("column", (*column as f64).into()),
        Part::Setting { keys } | Part::Mapping { keys } | Part::Payload { keys } => {
            set("keys", keys.iter().map(JsValue::from).collect::<Array>().into())
        }
        Part::Event => false,
    };
    set("message", error.to_string().into());
    out.into()
}

/// The errors of one severity; nothing where there are none.
fn describe_all(errors: &[Error], warnings: bool) -> JsValue {
    let list: Array = errors.iter().filter(|error| error.kind.is_warning() == warnings).map(describe).collect();
    if list.length() > 0 { list.into() } else { JsValue::UNDEFINED }
}

/// What differs, to be shown all at once.
struct Wrong(Vec<String>);

impl Wrong {
    fn check(&mut self, what: &str, expected: &JsValue, found: &JsValue) {
        let (expected, found) = (show_js(expected), show_js(found));
        if expected != found {
            self.0.push(format!("{what} is {found}, expected {expected}"));
        }
    }

    fn finish(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[wasm_bindgen_test]
fn filters_match_as_on_the_host() {
    start();
    let mut wrong = Wrong(Vec::new());
    for (name, fixture) in fixtures("filter/") {
        let mut errors = Vec::new();
        let source = text(&fixture, "filter");
        let filter = filter::parse(&source, &mut errors);
        wrong.check(name, &field(&fixture, "expectErrors"), &describe_all(&errors, false));
        wrong.check(name, &field(&fixture, "expectWarnings"), &describe_all(&errors, true));
        let Some(filter) = filter else { continue };
        wrong.check(name, &field(&fixture, "display"), &filter.to_string().into());
        let matcher: Matcher<Handle> = filter::compile(&source, &mut Vec::new()).unwrap();
        for case in Array::from(&field(&fixture, "cases")).iter() {
            let event = field(&case, "event");
            let found = matcher.matches(&Handle::from(&event));
            wrong.check(&format!("{name} for {}", show_js(&event)), &field(&case, "expect"), &found.into());
        }
    }
    wrong.finish();
}

#[wasm_bindgen_test]
fn mappings_resolve_as_on_the_host() {
    start();
    let template = Handle::string("{{ 1 }}");
    let has_liquid = Handle::liquid(&template, &Handle::undefined()).kind() != ValueKind::Undefined;
    let mut wrong = Wrong(Vec::new());
    for (name, fixture) in fixtures("mapping/") {
        match field(&fixture, "needs").as_string().as_deref() {
            None => {}
            Some("liquid") if has_liquid => {}
            Some("liquid") => continue,
            Some(needs) => panic!("{name} needs {needs}"),
        }
        let mut errors = Vec::new();
        let mapping = mapping::compile(&Handle::from(&field(&fixture, "mapping")), &mut errors);
        wrong.check(name, &field(&fixture, "expectErrors"), &describe_all(&errors, false));
        wrong.check(name, &field(&fixture, "expectWarnings"), &describe_all(&errors, true));
        let cases = match field(&fixture, "cases") {
            cases if !cases.is_undefined() => Array::from(&cases),
            _ if !field(&fixture, "event").is_undefined() => Array::of1(&fixture),
            _ => Array::new(),
        };
        wrong.check(&format!("{name}: whether it is used"), &(cases.length() > 0).into(), &mapping.is_some().into());
        let Some(mapping) = mapping else { continue };
        for case in cases.iter() {
            let event = field(&case, "event");
            let before = show_js(&event);
            let (found, failure) = match mapping.resolve(&Handle::from(&event)) {
                Ok(tree) => (tree.into_value().into(), JsValue::UNDEFINED),
                Err(error) => (JsValue::UNDEFINED, describe(&error)),
            };
            let what = format!("{name} for {before}");
            wrong.check(&what, &field(&case, "expect"), &as_json(&found));
            wrong.check(&what, &field(&case, "expectFailure"), &failure);
            assert_eq!(show_js(&event), before, "{name} changed the event");
        }
    }
    wrong.finish();
}

/// A fixture cannot say undefined, and its dates are strings.
fn as_json(value: &JsValue) -> JsValue {
    match JSON::stringify(value).unwrap().as_string() {
        Some(text) => JSON::parse(&text).unwrap(),
        None => JsValue::UNDEFINED,
    }
}
