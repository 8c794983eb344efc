//! `@excludeWhenNull`: anything, without what is null in it.

use super::literal;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::{Mode, Payload};
use crate::value::Value;

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let node = literal::compile(compiler, argument)?;
    Ok(match node.op {
        Op::Constant => Node::constant(Payload::Leaf(node.value.clone()).build(Mode::WithoutNulls)),
        _ => Node::directive(resolve).with(node),
    })
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    Payload::Leaf(node.child(0).resolve(payload, failure).build(Mode::WithoutNulls))
}
