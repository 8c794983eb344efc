//! Every operation of `Value` on JavaScript values.

use super::page::{eval, handle, show, start};
use intercom_destination::value::path;
use intercom_destination::value::{Search, Value, ValueKind};
use intercom_destination::wasm::handle::Handle;
use wasm_bindgen_test::*;

#[wasm_bindgen_test]
fn kinds_and_truthiness_are_those_of_javascript() {
    start();
    for (expression, kind, truthy) in [
        ("undefined", ValueKind::Undefined, false),
        ("document.all", ValueKind::Undefined, false),
        ("null", ValueKind::Null, false),
        ("false", ValueKind::False, false),
        ("true", ValueKind::True, true),
        ("0", ValueKind::Number, false),
        ("-0", ValueKind::Number, false),
        ("1e-9", ValueKind::Number, true),
        ("NaN", ValueKind::NotFinite, false),
        ("Infinity", ValueKind::NotFinite, true),
        ("''", ValueKind::String, false),
        ("'0'", ValueKind::String, true),
        ("'\\ud800'", ValueKind::String, true),
        ("{}", ValueKind::Object, true),
        ("Object.create(null)", ValueKind::Object, true),
        ("new (class Person { name = 'Ada' })", ValueKind::Object, true),
        ("Object.freeze({ a: 1 })", ValueKind::Object, true),
        ("new Proxy({}, {})", ValueKind::Object, true),
        ("[]", ValueKind::Array, true),
        ("new Proxy([], {})", ValueKind::Array, true),
        ("Array(3)", ValueKind::Array, true),
        ("new Date(0)", ValueKind::Date, true),
        ("new Date(NaN)", ValueKind::Other, true),
        ("0n", ValueKind::Other, false),
        ("5n", ValueKind::Other, true),
        ("Symbol('s')", ValueKind::Other, true),
        ("() => {}", ValueKind::Other, true),
        ("class {}", ValueKind::Other, true),
        ("/x/", ValueKind::Other, true),
        ("new Map", ValueKind::Other, true),
        ("new Error", ValueKind::Other, true),
        ("new String('a')", ValueKind::Other, true),
        ("new Uint8Array(2)", ValueKind::Other, true),
        ("document.body", ValueKind::Other, true),
        ("((p) => (p.revoke(), p.proxy))(Proxy.revocable({}, {}))", ValueKind::Other, true),
        ("{ get [Symbol.toStringTag]() { throw 1 } }", ValueKind::Object, true),
        ("new (class { get [Symbol.toStringTag]() { throw 1 } })", ValueKind::Other, true),
    ] {
        let value = handle(expression);
        assert_eq!((value.kind(), value.truthy()), (kind, truthy), "{expression}");
    }
}

#[wasm_bindgen_test]
fn values_come_back_as_they_went_in() {
    start();
    for expression in ["undefined", "null", "true", "false", "-0", "NaN", "'\\ud800'", "5n", "Symbol.iterator", "[,1]"]
    {
        let value = eval(expression);
        assert!(js_sys::Object::is(&Handle::from(&value).into(), &value), "{expression}");
    }
    assert_eq!(show(Handle::number(-0.0)), "-0");
    assert_eq!(show(Handle::boolean(true)), "true");
    assert_eq!(show(Handle::null()), "null");
    assert_eq!(show(Handle::undefined()), "undefined");
    for number in [0.1, -1.5, 1e300, f64::INFINITY] {
        assert_eq!(Handle::number(number).as_number(), number);
    }
    for other in ["'5'", "true", "null", "5n", "[5]", "new Date(5)", "{ valueOf: () => 5 }"] {
        assert!(handle(other).as_number().is_nan(), "{other}");
    }
}

#[wasm_bindgen_test]
fn text_crosses_the_boundary_whole() {
    start();
    for text in ["", "a", "äöü €", "👩‍👩‍👧", "nul \0 inside", "\u{feff}bom", &"é".repeat(500_000)] {
        assert_eq!(Handle::string(text).text(), text);
        assert_eq!(
            handle(&format!("{text:?}").replace("\\0", "\\u0000").replace("\\u{feff}", "\\ufeff")).kind(),
            ValueKind::String
        );
    }
    assert_eq!(handle("'a\\ud800b'").text(), "a\u{fffd}b");
    assert_eq!(handle("'\\ufeffa'").text(), "\u{feff}a");
    for other in ["5", "null", "['a']", "{ toString: () => 'a' }", "new String('a')", "Symbol('a')"] {
        assert_eq!(handle(other).text(), "", "{other}");
    }
}

#[wasm_bindgen_test]
fn paths_see_own_properties_only() {
    start();
    for (expression, at, expected) in [
        ("{ a: { b: [{ c: 1 }] } }", "$.a.b[0].c", "1"),
        ("{ a: { 'b c': 1 } }", "$.a['b c']", "1"),
        ("{ a: 1 }", "", "{a: 1}"),
        ("{ a: 0 }", "$.a.b", "0"),
        ("{ a: '' }", "$.a.b", "\"\""),
        ("{ a: null }", "$.a.b", "null"),
        ("{ a: NaN }", "$.a.b", "NaN"),
        ("{ a: 0n }", "$.a.b", "0n"),
        ("{ a: 1 }", "$.a.b", "undefined"),
        ("{ a: [1, 2] }", "$.a.length", "2"),
        ("{ a: 'xyz' }", "$.a.length", "3"),
        ("{ a: 'xyz' }", "$.a[1]", "\"y\""),
        ("{ a: [, 1] }", "$.a[0]", "undefined"),
        ("{}", "$.toString", "undefined"),
        ("{}", "$.constructor", "undefined"),
        ("{}", "$.__proto__", "undefined"),
        ("{ constructor: 1 }", "$.constructor", "1"),
        ("new (class { own = 1; get inherited() { return 2 } })", "$.own", "1"),
        ("new (class { own = 1; get inherited() { return 2 } })", "$.inherited", "undefined"),
        ("Object.create({ a: 1 })", "$.a", "undefined"),
        ("Object.assign(Object.create(null), { a: 1 })", "$.a", "1"),
        ("{ get a() { return 1 } }", "$.a", "1"),
        ("{ get a() { throw 1 } }", "$.a", "undefined"),
        ("{ a: Object.defineProperty({}, 'hidden', { value: 1 }) }", "$.a.hidden", "1"),
        ("{ a: Object.assign(() => {}, { b: 1 }) }", "$.a.b", "1"),
        ("new Proxy({ a: 1 }, {})", "$.a", "1"),
        ("new Proxy({ a: 1 }, { get() { throw 1 } })", "$.a", "undefined"),
        ("new Proxy({ a: 1 }, { getOwnPropertyDescriptor() { throw 1 } })", "$.a", "undefined"),
        ("((p) => (p.revoke(), p.proxy))(Proxy.revocable({ a: 1 }, {}))", "$.a", "undefined"),
    ] {
        assert_eq!(show(handle(expression).get(&path::compile(at))), expected, "{at} of {expression}");
    }
}

#[wasm_bindgen_test]
fn entries_are_those_of_object_entries() {
    start();
    for (expression, expected) in [
        ("{ b: 1, 2: 2, a: undefined, 1: 3 }", "1=3 2=2 b=1 a=undefined"),
        ("Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 2 } })", "own=1"),
        ("{ [Symbol('s')]: 1, a: 1 }", "a=1"),
        ("{ get a() { throw 1 }, get b() { return 2 } }", "a=undefined b=2"),
        ("JSON.parse('{ \"__proto__\": 1, \"constructor\": 2 }')", "constructor=2"),
        ("new (class { a = 1; b() {} })", "a=1"),
        ("['x', , 'y']", "0=\"x\" 2=\"y\""),
        ("new Proxy({ a: 1 }, { ownKeys() { throw 1 } })", ""),
        ("((p) => (p.revoke(), p.proxy))(Proxy.revocable({ a: 1 }, {}))", ""),
        ("'text'", "0=\"t\" 1=\"e\" 2=\"x\" 3=\"t\""),
        ("new Map([[1, 2]])", ""),
        ("new Date(0)", ""),
        ("Object.assign(() => {}, { a: 1 })", ""),
        ("undefined", ""),
    ] {
        let entries = handle(expression).entries();
        let shown: Vec<String> =
            entries.into_iter().map(|(key, value)| format!("{}={}", key.text(), show(value))).collect();
        assert_eq!(shown.join(" "), expected, "{expression}");
    }
}

#[wasm_bindgen_test]
fn items_are_an_array_s_with_holes_as_undefined() {
    start();
    for (expression, expected) in [
        ("[1, 'a', null]", "1 \"a\" null"),
        ("[, 1, ,]", "undefined 1 undefined"),
        ("Object.defineProperty([1, 2], 0, { get() { throw 1 } })", "undefined 2"),
        ("new Proxy([1, 2], {})", "1 2"),
        ("new Proxy([1], { get() { throw 1 } })", ""),
        ("{ length: 2, 0: 1 }", ""),
        ("new Set([1])", ""),
        ("'ab'", ""),
    ] {
        let shown: Vec<String> = handle(expression).items().into_iter().map(show).collect();
        assert_eq!(shown.join(" "), expected, "{expression}");
    }
    assert_eq!(handle("new Array(2 ** 32 - 1)").items().len(), 10_000);
    assert_eq!(
        handle("Object.fromEntries(Array.from(Array(20000).keys(), (i) => ['k' + i, i]))").entries().len(),
        10_000
    );
}

#[wasm_bindgen_test]
fn arrays_and_objects_are_built_in_one_step() {
    start();
    let entry = |key: &str, value: f64| (Handle::string(key), Handle::number(value));
    let built = Handle::object(&[entry("b", 1.0), entry("1", 2.0), entry("a", 3.0), entry("b", 4.0)]);
    assert_eq!(show(built), "{1: 2, b: 4, a: 3}");
    assert_eq!(show(Handle::object(&[(Handle::string("a"), Handle::undefined())])), "{a: undefined}");
    assert_eq!(show(Handle::object(&[])), "{}");
    assert_eq!(
        show(Handle::array(&[Handle::null(), Handle::undefined(), Handle::string("é")])),
        "[null, undefined, \"é\"]"
    );
    assert_eq!(show(Handle::array(&[])), "[]");
    let keys = ["__proto__", "constructor", "prototype", "toString"];
    let odd = Handle::object(&keys.map(|key| (Handle::string(key), handle("{ polluted: 1 }"))));
    assert_eq!(show(odd), "{constructor: {polluted: 1}, prototype: {polluted: 1}, toString: {polluted: 1}}");
    assert_eq!(show(handle("({}).polluted")), "undefined");
}

#[wasm_bindgen_test]
fn same_is_strict_equality() {
    start();
    for (a, b, expected) in [
        ("1", "1", true),
        ("0", "-0", true),
        ("NaN", "NaN", false),
        ("'a'", "'a'", true),
        ("'1'", "1", false),
        ("null", "undefined", false),
        ("true", "1", false),
        ("{}", "{}", false),
        ("window.document", "window.document", true),
        ("5n", "5n", true),
    ] {
        assert_eq!(handle(a).same(&handle(b)), expected, "{a} === {b}");
    }
}

#[wasm_bindgen_test]
fn some_values_equal_the_empty_string() {
    start();
    for (expression, expected) in [
        ("''", true),
        ("0", true),
        ("false", true),
        ("[]", true),
        ("[[]]", true),
        ("[null]", true),
        ("0n", true),
        ("' '", false),
        ("null", false),
        ("undefined", false),
        ("NaN", false),
        ("{}", false),
        ("Symbol('s')", false),
        ("{ toString() { throw 1 } }", false),
        ("Object.create(null)", false),
    ] {
        assert_eq!(handle(expression).equals_empty_string(), expected, "{expression}");
    }
}

#[wasm_bindgen_test]
fn strings_are_searched_and_nothing_else() {
    start();
    let found = |text: &str, needle: &str| {
        [Search::Contains, Search::Prefix, Search::Suffix].map(|how| handle(text).search(how, &handle(needle)))
    };
    assert_eq!(found("'abcab'", "'bc'"), [true, false, false]);
    assert_eq!(found("'abcab'", "'ab'"), [true, true, true]);
    assert_eq!(found("'abcab'", "''"), [true, true, true]);
    assert_eq!(found("'abc'", "'B'"), [false; 3]);
    assert_eq!(found("'👍'", "'\\ud83d'"), [true, true, false]);
    assert_eq!(found("['ab']", "'ab'"), [false; 3]);
    assert_eq!(found("'a1'", "1"), [false; 3]);
}
