//! `@if`: `then` or `else`, by whether a value exists or is not blank.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, JSON, Rule, When, option};
use crate::name::Name;
use crate::value::{Value, ValueKind};

static RULES: [Rule; 3] = [
    option(When::Check, Name::Exists, JSON | ABSENT, ErrorKind::MappingJson),
    option(When::Check, Name::Then, JSON | ABSENT, ErrorKind::MappingJson),
    option(When::Check, Name::Else, JSON | ABSENT, ErrorKind::MappingJson),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, None)?;
    let exists = options.written(Name::Exists);
    if !exists.truthy() && !options.written(Name::Blank).truthy() {
        return Err(compiler.fails(ErrorKind::MappingCondition, V::undefined()));
    }
    let then = options.take(Name::Then);
    // Segment does not look at an `else` of 0, false, "" or null.
    let is_else = options.written(Name::Else).truthy();
    let otherwise = if is_else { options.take(Name::Else) } else { Node::undefined() };
    if exists.kind() == ValueKind::Undefined {
        let value = options.take(Name::Blank);
        return Ok(Node::directive(resolve_blank).with(value).with(then).with(otherwise));
    }
    let value = options.take(Name::Exists);
    let is_path = matches!((&value.op, &then.op), (Op::Path, Op::Path));
    Ok(if is_path && value.value.to_json().same(&then.value.to_json()) {
        Node::new(Op::Coalesce, value.value.clone()).with(otherwise)
    } else {
        Node::directive(resolve_exists).with(value).with(then).with(otherwise)
    })
}

fn resolve_exists<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let value = node.child(0).resolve_raw(payload, failure);
    let exists = !matches!(value.kind(), ValueKind::Undefined | ValueKind::Null);
    node.child(if exists { 1 } else { 2 }).resolve(payload, failure)
}

/// An empty value counts as absent.
fn resolve_blank<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let value = node.child(0).resolve_raw(payload, failure);
    let is_absent = matches!(value.kind(), ValueKind::Undefined | ValueKind::Null) || value.equals_empty_string();
    node.child(if is_absent { 2 } else { 1 }).resolve(payload, failure)
}
