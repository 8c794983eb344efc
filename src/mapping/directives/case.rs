//! `@case`: a text in lower or upper case; anything else as it is.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, Stage};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, ANY, Rule, STRING, TEXT, TRUTHY, When, option};
use crate::name::Name;
use crate::value::{LetterCase, Value, ValueKind};

static RULES: [Rule; 3] = [
    option(When::Check, Name::Operator, STRING | ABSENT, ErrorKind::MappingCase),
    option(When::Check, Name::Value, TEXT | ABSENT, ErrorKind::MappingString),
    option(When::Event, Name::Operator, ANY | TRUTHY, ErrorKind::MappingCase),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, None)?;
    compiler.check_options(&options, &RULES, Stage::Event)?;
    if !options.written(Name::Value).truthy() {
        return Ok(Node::undefined());
    }
    let operator = options.written(Name::Operator);
    let node = if operator.same(&V::name(Name::Upper)) {
        Node::directive(resolve_upper)
    } else if operator.same(&V::name(Name::Lower)) {
        Node::directive(resolve_lower)
    } else {
        compiler.fails_at(Name::Operator, ErrorKind::MappingCase, &operator);
        let mut node = compiler.last_fault();
        node.op = Op::Directive(resolve_unknown);
        node
    };
    Ok(node.with(options.take(Name::Value)))
}

fn resolve_upper<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    Payload::Leaf(node.child(0).resolve_raw(payload, failure).to_case(LetterCase::Upper))
}

fn resolve_lower<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    Payload::Leaf(node.child(0).resolve_raw(payload, failure).to_case(LetterCase::Lower))
}

/// Any other operator fails once there is text.
fn resolve_unknown<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let value = node.child(0).resolve_raw(payload, failure);
    if value.kind() == ValueKind::String {
        node.fail(node.value.clone(), failure);
    }
    Payload::Leaf(value)
}
