//! What `Value` does with strings, JSON, numbers and dates in text.

use super::page::{eval, handle, show, start};
use intercom_destination::value::{LetterCase, Value};
use intercom_destination::wasm::handle::Handle;
use wasm_bindgen_test::*;

#[wasm_bindgen_test]
fn parts_are_joined_as_javascript_writes_them() {
    start();
    let concat = |expression: &str| show(Handle::concat(&handle(expression).items()));
    assert_eq!(concat("[]"), "\"\"");
    assert_eq!(concat("['a', 1, null, undefined, true, -0, 1e21, 0.1]"), "\"a1true01e+210.1\"");
    assert_eq!(concat("[[1, [2, null]], {}, 5n, () => 1]"), "\"1,2,[object Object]5() => 1\"");
    assert_eq!(concat("['\\ud83d', '\\udc4d']"), "\"👍\"");
    assert_eq!(concat("['a', Object.create(null)]"), "undefined");
    assert_eq!(concat("['a', { toString() { throw 1 } }]"), "undefined");
    assert_eq!(concat("['a', Symbol('s')]"), "undefined");
    assert_eq!(concat("Array(8).fill('x'.repeat(2 ** 28))"), "undefined");
}

#[wasm_bindgen_test]
fn a_part_may_call_back_into_the_wasm_and_grow_its_memory() {
    start();
    js_sys::Reflect::set(&eval("window"), &"wasmMemory".into(), &wasm_bindgen::memory()).unwrap();
    let parts = handle("['a', { toString() { wasmMemory.grow(1); return 'b' } }, 'c']").items();
    assert_eq!(Handle::concat(&parts).text(), "abc");
}

#[wasm_bindgen_test]
fn case_changes_in_strings_only() {
    start();
    assert_eq!(show(handle("'straße É'").to_case(LetterCase::Upper)), "\"STRASSE É\"");
    assert_eq!(show(handle("'ÀB'").to_case(LetterCase::Lower)), "\"àb\"");
    assert_eq!(show(handle("['A']").to_case(LetterCase::Lower)), "[\"A\"]");
    assert_eq!(show(handle("5").to_case(LetterCase::Upper)), "5");
}

#[wasm_bindgen_test]
fn replacing_is_that_of_javascript_with_a_literal_pattern() {
    start();
    for (text, literal, ignore_case, global, replacement, expected) in [
        ("a.b.c", ".", false, true, "-", "a-b-c"),
        ("a.b.c", ".", false, false, "-", "a-b.c"),
        ("aXbx", "x", true, true, "", "ab"),
        ("aXbx", "x", false, true, "", "aXb"),
        ("ab", "b", false, true, "[$&]", "a[b]"),
        ("ab", "b", false, true, "$$", "a$"),
        ("abc", "b", false, true, "<$`|$'>", "a<a|c>c"),
        ("ab", "b", false, true, "$1$0", "a$1$0"),
        ("ab", "x", false, true, "y", "ab"),
        ("ab", "", false, true, "-", "-a-b-"),
        ("line\nbreak", "\n", false, true, " ", "line break"),
    ] {
        let pattern = Handle::pattern(&Handle::string(literal), ignore_case, global);
        let found = Handle::string(text).replace(&pattern, &Handle::string(replacement));
        assert_eq!(found.text(), expected, "{text} {literal} {replacement}");
    }
    for sign in ('!'..='~').filter(|sign| !sign.is_ascii_alphanumeric()) {
        let pattern = Handle::pattern(&Handle::string(&sign.to_string()), false, true);
        let found = Handle::string(&format!("a{sign}b{sign}")).replace(&pattern, &Handle::string("_"));
        assert_eq!(found.text(), "a_b_", "{sign}");
        assert_eq!(Handle::string("ab").replace(&pattern, &Handle::string("_")).text(), "ab", "{sign}");
    }
    let pattern = Handle::pattern(&Handle::string("a"), false, true);
    assert_eq!(show(handle("['a']").replace(&pattern, &Handle::string("b"))), "[\"a\"]");
}

#[wasm_bindgen_test]
fn json_is_written_and_read_and_never_throws() {
    start();
    for (expression, expected) in [
        ("{ b: [1, undefined], a: undefined }", r#""{\"b\":[1,null]}""#),
        ("new Date(0)", r#""\"1970-01-01T00:00:00.000Z\"""#),
        ("NaN", r#""null""#),
        ("undefined", "undefined"),
        ("() => {}", "undefined"),
        ("5n", "undefined"),
        ("((o) => (o.o = o))({})", "undefined"),
        ("{ toJSON() { throw 1 } }", "undefined"),
        ("{ get a() { throw 1 } }", "undefined"),
    ] {
        assert_eq!(show(handle(expression).to_json()), expected, "{expression}");
    }
    for (expression, expected) in [
        (r#"'{"b":[1,null]}'"#, "{b: [1, null]}"),
        ("' 5 '", "5"),
        ("'{'", "\"{\""),
        ("''", "\"\""),
        ("5", "5"),
        ("['[1]']", "[\"[1]\"]"),
    ] {
        assert_eq!(show(handle(expression).parse_json()), expected, "{expression}");
    }
}

#[wasm_bindgen_test]
fn numbers_are_read_from_numeric_strings_only() {
    start();
    for (expression, expected) in [
        ("'12'", "12"),
        ("' 1.5\\n'", "1.5"),
        ("'-0'", "-0"),
        ("'1e3'", "1000"),
        ("'.5'", "0.5"),
        ("''", "NaN"),
        ("' \\t'", "NaN"),
        ("'12 EUR'", "NaN"),
        ("'1,5'", "NaN"),
        ("'Infinity'", "NaN"),
        ("'1e999'", "NaN"),
        ("'NaN'", "NaN"),
        ("12", "NaN"),
        ("['12']", "NaN"),
        ("true", "NaN"),
    ] {
        assert_eq!(show(Handle::number(handle(expression).parse_number())), expected, "{expression}");
    }
}

#[wasm_bindgen_test]
fn dates_without_a_zone_are_utc() {
    start();
    const MIDNIGHT: f64 = 1_577_923_200_000.0;
    const LATER: f64 = 1_577_934_245_000.0;
    const HOUR: f64 = 3_600_000.0;
    for (text, expected) in [
        ("2020-01-02", MIDNIGHT),
        ("2020/1/2", MIDNIGHT),
        ("20200102", MIDNIGHT),
        ("2020-01", MIDNIGHT - 24.0 * HOUR),
        ("2020", MIDNIGHT - 24.0 * HOUR),
        ("2020-01-02T03:04:05", LATER),
        ("2020-01-02 03:04:05", LATER),
        ("2020-01-02T03:04:05.678", LATER + 678.0),
        ("2020-01-02T03:04:05.678901", LATER + 678.0),
        ("2020-01-02T03:04:05Z", LATER),
        ("2020-01-02T03:04:05.678Z", LATER + 678.0),
        ("2020-01-02T03:04:05+01:00", LATER - HOUR),
        ("2020-01-02T03:04:05-0100", LATER + HOUR),
        ("Thu, 02 Jan 2020 03:04:05 GMT", LATER),
        ("Thu, 02 Jan 2020 03:04:05 +0100", LATER - HOUR),
        ("Thu, 02 Jan 2020 03:04:05 EST", LATER + 5.0 * HOUR),
        ("Thu, 02 Jan 2020 03:04:05", LATER),
        ("Thu Jan 02 2020 03:04:05 GMT+0100 (Central European Standard Time)", LATER - HOUR),
        ("January 2, 2020", MIDNIGHT),
        ("Jan 2 2020 03:04:05", LATER),
        ("1/2/2020", MIDNIGHT),
    ] {
        assert_eq!(Handle::string(text).millis(), expected, "{text}");
    }
    for text in ["", " ", "soon", "2020-13-45T99:99:99Z", "Z", "UTC"] {
        assert!(Handle::string(text).millis().is_nan(), "{text}");
    }
    assert_eq!(handle("new Date(1577934245678)").millis(), LATER + 678.0);
    assert_eq!(handle("5").millis(), 5000.0);
    for other in ["new Date(NaN)", "null", "[2020]", "{ valueOf: () => 5 }", "{ [Symbol.toStringTag]: 'Date' }"] {
        assert!(handle(other).millis().is_nan(), "{other}");
    }
    assert!(handle("Object.assign(new Date(5), { valueOf() { throw 1 } })").millis().is_nan());
}
