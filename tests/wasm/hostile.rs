//! What a page may put into an event: nothing of it throws, changes, or stops the next event.

use super::page::{eval, handle, show, start};
use intercom_destination::error::Error;
use intercom_destination::value::path;
use intercom_destination::value::{LetterCase, Search, Value};
use intercom_destination::wasm::handle::Handle;
use intercom_destination::web::actions::Action;
use intercom_destination::web::destination::Destination;
use wasm_bindgen_test::*;

const HOSTILE: [&str; 26] = [
    "Symbol('s')",
    "10n ** 20n",
    "() => { throw 1 }",
    "class { static get a() { throw 1 } }",
    "new Date(NaN)",
    "new Map([['a', 1]])",
    "new Proxy({ a: 1 }, new Proxy({}, { get() { throw 1 } }))",
    "new Proxy([1], new Proxy({}, { get() { throw 1 } }))",
    "new Proxy(() => {}, {})",
    "((p) => (p.revoke(), p.proxy))(Proxy.revocable({}, {}))",
    "((p) => (p.revoke(), p.proxy))(Proxy.revocable([], {}))",
    "((o) => (o.a = o))({})",
    "((a) => (a.push(a), a))([])",
    "{ get a() { throw new Error('secret') } }",
    "{ toString() { throw 1 }, valueOf() { throw 1 }, toJSON() { throw 1 } }",
    "{ get [Symbol.toStringTag]() { throw 1 } }",
    "{ [Symbol.toPrimitive]() { throw 1 } }",
    "Object.create(null)",
    "JSON.parse('{ \"__proto__\": { \"polluted\": 1 }, \"constructor\": { \"prototype\": { \"polluted\": 1 } } }')",
    "Object.freeze({ a: Object.freeze([1]) })",
    "{ a: '\\ud800', '\\udc00': 1 }",
    "[, , 1]",
    "new Array(2 ** 32 - 1)",
    "Array.from({ length: 5000 }).reduce((inner) => ({ a: inner }), 1)",
    "'x'.repeat(1e6)",
    "document",
];

#[wasm_bindgen_test]
fn no_operation_throws_whatever_the_value() {
    start();
    let path = path::compile::<Handle>("$.a.a");
    for expression in HOSTILE {
        let value = handle(expression);
        let (_, _) = (value.kind(), value.truthy());
        let _ = (value.as_number(), value.text(), value.parse_number(), value.millis(), value.equals_empty_string());
        let _ = (value.get(&path), value.items(), value.same(&value), value.search(Search::Contains, &value));
        let pattern = Handle::pattern(&Handle::string("x"), true, true);
        let _ =
            (value.to_case(LetterCase::Upper), value.replace(&pattern, &value), value.to_json(), value.parse_json());
        let _ = Handle::concat(&[value, Handle::string("a")]);
        let _ = Handle::array(&[value]);
        let _ = Handle::object(&value.entries());
        assert_eq!(show(handle("{ a: { a: 5 } }").get(&path)), "5", "after {expression}");
    }
    assert_eq!(show(handle("({}).polluted")), "undefined");
}

fn destination() -> Destination<Handle> {
    let (destination, errors) = Destination::new(&handle("{ appId: 'abc123', richLinkProperties: ['link'] }"));
    assert_eq!(errors, []);
    destination.unwrap()
}

/// The calls as text, and what was warned about.
fn handled(destination: &Destination<Handle>, event: &str) -> (Vec<String>, Vec<Error>) {
    let event = eval(event);
    let mut shown = Vec::new();
    let mut errors = Vec::new();
    for action in Action::ALL {
        let (calls, warnings) = destination.handle(*action, &Handle::from(&event));
        errors.extend(warnings);
        shown.extend(calls.into_iter().map(|call| {
            let words = call.words().items();
            let arguments = words[1..].iter().map(|word| format!(" {}", show(*word)));
            words[0].text() + &arguments.collect::<String>()
        }));
    }
    (shown, errors)
}

#[wasm_bindgen_test]
fn hostile_values_in_every_place_leave_the_next_event_right() {
    start();
    let destination = destination();
    for expression in HOSTILE {
        for event in [
            format!("({expression})"),
            format!("{{ type: 'track', event: ({expression}), properties: {{ a: 1 }} }}"),
            format!("{{ type: 'track', event: 'E', properties: ({expression}) }}"),
            format!(
                "{{ type: 'track', event: 'E', properties: {{ a: ({expression}), link: ({expression}), revenue: ({expression}) }} }}"
            ),
            format!("{{ type: 'identify', userId: ({expression}), traits: ({expression}), context: ({expression}) }}"),
            format!(
                "{{ type: 'identify', traits: {{ createdAt: ({expression}), company: ({expression}), companies: [({expression})] }} }}"
            ),
            format!("{{ type: ({expression}) }}"),
            format!(
                "{{ type: 'group', groupId: ({expression}), traits: {{ name: ({expression}), createdAt: ({expression}) }} }}"
            ),
        ] {
            handled(&destination, &event);
            let next = handled(&destination, "{ type: 'track', event: 'Next', properties: { revenue: 19.99 } }");
            let expected = "trackEvent \"Next\" {price: {amount: 1999, currency: \"USD\"}}".to_string();
            assert_eq!(next, (vec![expected], vec![]), "after {event}");
        }
    }
    assert_eq!(show(handle("({}).polluted")), "undefined");
}

#[wasm_bindgen_test]
fn what_can_be_sent_of_a_hostile_event_is_sent() {
    start();
    let destination = destination();
    for (event, expected) in [
        (
            "{ type: 'track', event: 'E', properties: { get a() { throw 1 }, b: 2, list: [1], o: {}, link: { url: 'u' } } }",
            "trackEvent \"E\" {b: 2, link: {url: \"u\"}}",
        ),
        (
            "((o) => (o.properties.self = o))({ type: 'track', event: 'E', properties: { a: 1 } }) && { type: 'track', event: 'E' }",
            "trackEvent \"E\" {}",
        ),
        (
            "((o) => (o.properties.self = o, o))({ type: 'track', event: 'E', properties: { a: 1 } })",
            "trackEvent \"E\" {a: 1}",
        ),
        (
            "{ type: 'track', event: 'E', properties: JSON.parse('{ \"__proto__\": { \"x\": 1 }, \"constructor\": 5, \"a\": null }') }",
            "trackEvent \"E\" {constructor: 5, a: null}",
        ),
        ("{ type: 'track', event: 'E', properties: { a: '\\ud800' } }", "trackEvent \"E\" {a: \"\\ud800\"}"),
        (
            "Object.freeze({ type: 'track', event: 'E', properties: Object.freeze({ a: 1 }) })",
            "trackEvent \"E\" {a: 1}",
        ),
        ("new (class { type = 'track'; event = 'E'; properties = new (class { a = 1 }) })", "trackEvent \"E\" {a: 1}"),
        (
            "new Proxy({ type: 'track', event: 'E', properties: new Proxy({ a: 1 }, {}) }, {})",
            "trackEvent \"E\" {a: 1}",
        ),
        ("Object.assign(Object.create(null), { type: 'page', userId: 'u-1' })", "update {user_id: \"u-1\"}"),
        (
            "{ type: 'identify', userId: 'u-1', traits: { createdAt: new Date(1577934245678), name: undefined, email: null } }",
            "update {user_id: \"u-1\", email: null, created_at: 1577934245}",
        ),
    ] {
        assert_eq!(handled(&destination, event), (vec![expected.to_string()], vec![]), "{event}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_event_makes_no_call() {
    start();
    let destination = destination();
    for event in [
        "undefined",
        "null",
        "5",
        "'track'",
        "[]",
        "() => {}",
        "Symbol('track')",
        "{ type: ['track'] }",
        "{ type: 'screen' }",
    ] {
        assert_eq!(handled(&destination, event), (vec![], vec![]), "{event}");
    }
}
