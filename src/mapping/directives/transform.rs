//! `@transform`: a mapping, resolved on what another one gives.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::node::{Failure, Node};
use crate::mapping::payload::{Mode, Payload};
use crate::mapping::resolve::payload as object;
use crate::mapping::root;
use crate::mapping::rule::{ANY, OBJECT, Rule, TRUTHY, When, option};
use crate::name::Name;
use crate::value::Value;
use alloc::boxed::Box;
use core::mem::{replace, take};

static RULES: [Rule; 3] = [
    option(When::Always, Name::Apply, OBJECT, ErrorKind::MappingObject),
    option(When::Always, Name::Mapping, ANY | TRUTHY, ErrorKind::MappingObject),
    option(When::Check, Name::Mapping, OBJECT, ErrorKind::MappingObject),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, Some(Name::Apply))?;
    let keys = V::array(&compiler.keys);
    let apply = apply(compiler, &options.written(Name::Apply));
    let mut node = Node::directive(resolve);
    node.fault = ErrorKind::MappingObject;
    node.keys = keys;
    Ok(node.with(apply).with(options.take(Name::Mapping)))
}

/// The mapping that is applied first.
fn apply<V: Value>(compiler: &mut Compiler<V>, apply: &V) -> Box<Node<V>> {
    compiler.keys.push(V::name(Name::Apply));
    // Segment checks it with the mapping around it, as if the root key were any key, and by itself when it gets there.
    let mut node = if compiler.strict { compiler.node(apply) } else { Node::undefined() };
    if !compiler.strict || root::directive(apply).is_some() && compiler.is_usable() {
        let strict = replace(&mut compiler.strict, true);
        let broken = take(&mut compiler.broken);
        node = compiler.root(apply);
        compiler.strict = strict;
        if replace(&mut compiler.broken, broken) {
            node = compiler.last_fault();
        }
    }
    compiler.keys.pop();
    node
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let payload = object(payload, Some(node), failure);
    let applied = node.child(0).resolve(&payload, failure).build(Mode::Payload);
    node.child(1).resolve(&applied, failure)
}
