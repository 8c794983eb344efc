//! `@path`: the value at a path, which may be a directive's text.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, shown};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{Rule, TEXT, When, argument};
use crate::value::{Value, ValueKind};

const ARGUMENT: Rule = argument(When::Check, TEXT, ErrorKind::MappingString);

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let text = text(compiler, argument)?;
    Ok(match text.op {
        Op::Constant => Node::new(Op::Path, V::path(&text.value)),
        Op::Fail => text,
        _ => {
            let mut node = Node::directive(resolve);
            node.keys = V::array(&compiler.keys);
            node.with(text)
        }
    })
}

/// An argument that is a text, or a directive for one.
pub(super) fn text<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    compiler.check(&ARGUMENT, argument)?;
    let text = compiler.node(argument);
    if matches!(text.op, Op::Constant) && text.value.kind() != ValueKind::String {
        return Err(compiler.fails(ErrorKind::MappingString, shown(ErrorKind::MappingString, &text.value)));
    }
    Ok(text)
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let path = node.resolve_text(0, payload, failure);
    Payload::Leaf(path.map_or(V::undefined(), |path| payload.get(&V::path(&path))))
}
