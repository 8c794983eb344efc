//! `@template`: a text with `{{path}}` and `{{{path}}}` filled in. The text may be a directive's.

use super::path::text;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::node::{Failure, Node, Op};
use crate::mapping::payload::Payload;
use crate::value::{Value, ValueKind};

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let text = text(compiler, argument)?;
    let mut node = match text.op {
        Op::Constant => {
            let template = V::template(&text.value);
            if template.items().len() == 1 {
                return Ok(text);
            }
            let mut node = Node::directive(resolve);
            node.value = template;
            node
        }
        Op::Fail => return Ok(text),
        _ => Node::directive(resolve_dynamic).with(text),
    };
    node.keys = V::array(&compiler.keys);
    Ok(node)
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    fill(node, &node.value, payload, failure)
}

fn resolve_dynamic<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    match node.resolve_text(0, payload, failure) {
        Some(text) => fill(node, &V::template(&text), payload, failure),
        None => Payload::Leaf(V::undefined()),
    }
}

fn fill<V: Value>(node: &Node<V>, template: &V, payload: &V, failure: &mut Failure) -> Payload<V> {
    // Segment fills a template of nothing with an empty object, which `{{.}}` shows.
    let filled = match payload.kind() {
        ValueKind::Undefined => V::fill(template, &V::object(&[])),
        _ => V::fill(template, payload),
    };
    if filled.kind() == ValueKind::Undefined {
        node.fail(V::string(ValueKind::Other.article()), failure);
    }
    Payload::Leaf(filled)
}
