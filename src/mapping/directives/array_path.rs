//! `@arrayPath`: a shape, resolved on each item at a path. The path may be a directive's value.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, shown};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ARRAY, Rule, TEXT, When, argument};
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

const ARGUMENT: Rule = argument(When::Always, ARRAY, ErrorKind::MappingArray);
const PATH: Rule = argument(When::Check, TEXT, ErrorKind::MappingString);

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    compiler.check(&ARGUMENT, argument)?;
    let items = argument.items();
    let item = |at| items.get(at).cloned().unwrap_or_else(V::undefined);
    let (path, shape) = (item(0), item(1));
    let shape = (shape.kind() == ValueKind::Object && !shape.entries().is_empty())
        .then(|| compiler.child(V::number(1.0), &shape));
    let root = if path.kind() == ValueKind::String {
        Node::new(Op::Path, V::path(&path))
    } else if compiler.strict && !PATH.accepts(&path) {
        compiler.keys.push(V::number(0.0));
        let fault = compiler.invalid(ErrorKind::MappingString, shown(ErrorKind::MappingString, &path));
        compiler.keys.pop();
        return Err(fault);
    } else {
        compiler.child(V::number(0.0), &path)
    };
    Ok(match shape {
        Some(shape) => Node::directive(resolve).with(root).with(shape),
        None => root,
    })
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let root = node.child(0).resolve_raw(payload, failure);
    let items = match root.kind() {
        ValueKind::Array => root.items(),
        ValueKind::Object => [root].into(),
        _ => return Payload::Leaf(root),
    };
    let mut children = Vec::with_capacity(items.len());
    for item in &items {
        children.push((V::undefined(), node.child(1).resolve(item, failure)));
    }
    Payload::Built(ValueKind::Array, children)
}
