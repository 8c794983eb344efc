//! `@liquid`: a Liquid template, rendered.

use crate::error::ErrorKind;
use crate::limits::LIQUID;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::node::{Failure, Node};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{Rule, STRING, When, argument, is_longer};
use crate::value::{Search, Value, ValueKind};

const ARGUMENT: Rule = argument(When::Always, STRING, ErrorKind::MappingString);

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, template: &V) -> Compiled<V> {
    compiler.check(&ARGUMENT, template)?;
    if is_longer(template, LIQUID) {
        return Err(compiler.fails(ErrorKind::MappingLiquidLength, V::undefined()));
    }
    if !["{{", "{%"].iter().any(|open| template.search(Search::Contains, &V::string(open))) {
        return Ok(Node::constant(template.clone()));
    }
    compiler.liquid = true;
    let mut node = Node::directive(resolve);
    node.fault = ErrorKind::MappingLiquid;
    node.keys = V::array(&compiler.keys);
    node.value = template.clone();
    Ok(node)
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let text = V::liquid(&node.value, payload);
    if text.kind() == ValueKind::Undefined {
        node.fail(V::undefined(), failure);
    }
    Payload::Leaf(text)
}
