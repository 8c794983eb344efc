//! `@replace`: a text with one or two patterns, plain text, replaced.

use crate::error::ErrorKind;
use crate::limits::PATTERN;
use crate::mapping::compiler::{Compiled, Compiler, Options, Stage};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, ANY, BOOLEAN, JSON, Rule, SHORT, STRING, TEXT, TRUTHY, When, is_longer, option};
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::boxed::Box;

static RULES: [Rule; 10] = [
    option(When::Check, Name::Pattern, STRING, ErrorKind::MappingString),
    option(When::Check, Name::Pattern, STRING | TRUTHY | SHORT, ErrorKind::MappingLength),
    option(When::Check, Name::Replacement, STRING | ABSENT, ErrorKind::MappingString),
    option(When::Check, Name::Replacement, ANY | SHORT, ErrorKind::MappingLength),
    option(When::Check, Name::IgnoreCase, BOOLEAN | ABSENT, ErrorKind::MappingBoolean),
    option(When::Check, Name::Global, BOOLEAN | ABSENT, ErrorKind::MappingBoolean),
    option(When::Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(When::Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(When::Check, Name::Value, TEXT, ErrorKind::MappingString),
    option(When::Event, Name::Pattern, ANY | TRUTHY, ErrorKind::MappingString),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, None)?;
    compiler.check_options(&options, &RULES, Stage::Event)?;
    if !options.written(Name::Value).truthy() {
        return Ok(Node::undefined());
    }
    let node = Node::directive(resolve).with(options.take(Name::Value));
    Ok(replacements(compiler, node, &options))
}

/// Adds the patterns, as keys of what replaces them. Without any, all text becomes empty.
fn replacements<V: Value>(compiler: &mut Compiler<V>, mut node: Box<Node<V>>, options: &Options<V>) -> Box<Node<V>> {
    let ignore_case = options.written(Name::IgnoreCase);
    let global = options.written(Name::Global);
    let is_flag =
        |flag: &V| matches!(flag.kind(), ValueKind::Undefined | ValueKind::Null | ValueKind::True | ValueKind::False);
    if !is_flag(&ignore_case) || !is_flag(&global) {
        return node;
    }
    for (pattern_name, by_name) in [(Name::Pattern, Name::Replacement), (Name::Pattern2, Name::Replacement2)] {
        let pattern = options.written(pattern_name);
        let mut by = options.written(by_name);
        if matches!(by.kind(), ValueKind::Undefined | ValueKind::Null) {
            by = V::string("");
        }
        if pattern.kind() != ValueKind::String || !pattern.truthy() || by.kind() != ValueKind::String {
            break;
        }
        for (name, text) in [(pattern_name, &pattern), (by_name, &by)] {
            if is_longer(text, PATTERN) {
                compiler.fails_at(name, ErrorKind::MappingLength, text);
                let mut failing = compiler.last_fault();
                failing.op = Op::Directive(resolve_too_long);
                failing.children = node.children;
                node = failing;
            }
        }
        let pattern = V::pattern(&pattern, ignore_case.truthy(), global.kind() != ValueKind::False);
        node.children.push((pattern, Node::constant(by)));
    }
    node
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let Some(mut value) = text(node, payload, failure) else { return Payload::Leaf(V::string("")) };
    for (pattern, by) in &node.children[1..] {
        value = value.replace(pattern, &by.value);
    }
    Payload::Leaf(value)
}

/// Fails once there is text.
fn resolve_too_long<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    if text(node, payload, failure).is_some() {
        node.fail(node.value.clone(), failure);
    }
    Payload::Leaf(V::string(""))
}

/// The text to replace in, if there is any and something to replace.
fn text<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Option<V> {
    let mut value = node.child(0).resolve_raw(payload, failure);
    if matches!(value.kind(), ValueKind::True | ValueKind::False | ValueKind::Number | ValueKind::NotFinite) {
        value = V::concat(&[value]);
    }
    (value.kind() == ValueKind::String && node.children.len() > 1).then_some(value)
}
