//! `@flatten`: an object of one level, whose keys are the joined keys of the nested ones.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, Stage};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, ANY, JSON, Rule, STRING, TRUTHY, When, option};
use crate::name::Name;
use crate::value::walk::Limits;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

static RULES: [Rule; 4] = [
    option(When::Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(When::Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(When::Check, Name::Separator, STRING | ABSENT, ErrorKind::MappingString),
    option(When::Event, Name::Separator, ANY | TRUTHY, ErrorKind::MappingMissing),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, None)?;
    compiler.check_options(&options, &RULES, Stage::Event)?;
    let separator = options.take(Name::Separator);
    if matches!(separator.op, Op::Constant) && separator.value.kind() != ValueKind::String {
        return Err(compiler.fails_at(Name::Separator, ErrorKind::MappingMissing, &separator.value));
    }
    let omits_arrays = options.written(Name::OmitArrays).truthy();
    let mut node = Node::directive(if omits_arrays { resolve_objects } else { resolve_all });
    compiler.keys.push(V::name(Name::Separator));
    node.keys = V::array(&compiler.keys);
    compiler.keys.pop();
    Ok(node.with(separator).with(options.take(Name::Value)))
}

/// What is flattened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nested {
    Objects,
    ObjectsAndArrays,
}

fn resolve_objects<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    resolve(node, payload, failure, Nested::Objects)
}

fn resolve_all<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    resolve(node, payload, failure, Nested::ObjectsAndArrays)
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure, nested: Nested) -> Payload<V> {
    let Some(separator) = node.resolve_text(0, payload, failure) else { return Payload::Leaf(V::undefined()) };
    let value = node.child(1).resolve_raw(payload, failure);
    let mut flat = Flat { separator, nested, entries: Vec::new(), limits: Limits::new() };
    flat.add(&V::string(""), &value);
    Payload::Leaf(V::object(&flat.entries))
}

struct Flat<V> {
    separator: V,
    nested: Nested,
    entries: Vec<(V, V)>,
    limits: Limits,
}

impl<V: Value> Flat<V> {
    fn add(&mut self, prefix: &V, value: &V) {
        let is_leaf = match value.kind() {
            ValueKind::Object => false,
            ValueKind::Array => self.nested == Nested::Objects,
            _ => true,
        };
        if is_leaf {
            self.entries.push((prefix.clone(), value.clone()));
        } else if self.limits.enter() {
            for (mut key, value) in value.entries() {
                if prefix.truthy() {
                    key = V::concat(&[prefix.clone(), self.separator.clone(), key]);
                }
                self.add(&key, &value);
            }
            self.limits.leave();
        }
    }
}
