//! `@json`: a value as JSON text, or what a JSON text says.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, Stage};
use crate::mapping::node::{Failure, Node};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, ANY, JSON, Rule, STRING, TRUTHY, When, option, says};
use crate::name::Name;
use crate::value::{Value, ValueKind};

static RULES: [Rule; 5] = [
    option(When::Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(When::Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(When::Check, Name::Mode, STRING, ErrorKind::MappingMode).of_words(Name::Encode, Name::Decode),
    option(When::Event, Name::Mode, ANY | TRUTHY, ErrorKind::MappingMode),
    option(When::Event, Name::Value, ANY | TRUTHY, ErrorKind::MappingMissing),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, None)?;
    compiler.check_options(&options, &RULES, Stage::Event)?;
    let mode = options.written(Name::Mode);
    let mut node = if mode.same(&V::name(Name::Encode)) {
        Node::directive(resolve_encode)
    } else if mode.same(&V::name(Name::Decode)) {
        Node::directive(resolve_decode)
    } else {
        // Another spelling or word, for which Segment gives nothing.
        let is_known = says(&mode, Name::Encode) || says(&mode, Name::Decode);
        let fault = if is_known { ErrorKind::MappingLetterCase } else { ErrorKind::MappingMode };
        compiler.fails_at(Name::Mode, fault, &mode);
        Node::directive(resolve_nothing)
    };
    node.fault = ErrorKind::MappingJson;
    node.keys = V::array(&compiler.keys);
    Ok(node.with(options.take(Name::Value)))
}

fn resolve_encode<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let value = node.child(0).resolve_raw(payload, failure);
    let text = value.to_json();
    // Cyclic objects and BigInts have no JSON, which is not the same as having nothing.
    if matches!(value.kind(), ValueKind::Object | ValueKind::Array) && text.kind() == ValueKind::Undefined {
        node.fail(V::string(value.kind().article()), failure);
    }
    Payload::Leaf(text)
}

fn resolve_decode<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    Payload::Leaf(node.child(0).resolve_raw(payload, failure).parse_json())
}

fn resolve_nothing<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    // It may fail.
    node.child(0).resolve_raw(payload, failure);
    Payload::Leaf(V::undefined())
}
