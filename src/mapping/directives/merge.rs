//! `@merge`: one object of several. Of equal keys the one further to the `direction` wins.

use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler, Stage, shown};
use crate::mapping::node::{Failure, Node};
use crate::mapping::payload::Payload;
use crate::mapping::rule::{ABSENT, ANY, ARRAY, Rule, STRING, TRUTHY, When, option, says};
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::boxed::Box;
use alloc::vec::Vec;

static RULES: [Rule; 3] = [
    option(When::Check, Name::Direction, STRING | ABSENT, ErrorKind::MappingDirection)
        .of_words(Name::Left, Name::Right),
    option(When::Always, Name::Objects, ARRAY, ErrorKind::MappingArray),
    option(When::Event, Name::Direction, ANY | TRUTHY, ErrorKind::MappingDirection),
];

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    let mut options = compiler.options(argument, &RULES, Some(Name::Objects))?;
    let objects = objects(compiler, &options.written(Name::Objects));
    compiler.check_options(&options, &RULES, Stage::Event)?;
    let direction = options.written(Name::Direction);
    if !direction.same(&V::name(Name::Left)) && says(&direction, Name::Left) {
        compiler.fails_at(Name::Direction, ErrorKind::MappingLetterCase, &direction);
    }
    let mut node = Node::directive(resolve).with(options.take(Name::Direction));
    node.children.extend(objects);
    Ok(node)
}

/// The objects, which Segment checks although they stand in an array.
fn objects<V: Value>(compiler: &mut Compiler<V>, objects: &V) -> Vec<(V, Box<Node<V>>)> {
    let mut nodes = Vec::new();
    compiler.keys.push(V::name(Name::Objects));
    for object in objects.items() {
        compiler.keys.push(V::number(nodes.len() as f64));
        if compiler.strict && object.kind() != ValueKind::Object {
            compiler.invalid(ErrorKind::MappingObject, shown(ErrorKind::MappingObject, &object));
        }
        nodes.push((V::undefined(), compiler.node(&object)));
        compiler.keys.pop();
    }
    compiler.keys.pop();
    nodes
}

fn resolve<V: Value>(node: &Node<V>, payload: &V, failure: &mut Failure) -> Payload<V> {
    let direction = node.child(0).resolve_raw(payload, failure);
    let mut objects = Vec::with_capacity(node.children.len());
    for (_, object) in &node.children[1..] {
        objects.push(object.resolve_raw(payload, failure));
    }
    if direction.same(&V::name(Name::Left)) {
        objects.reverse();
    }
    let mut entries = Vec::new();
    for object in objects {
        entries.append(&mut object.entries());
    }
    Payload::Leaf(V::object(&entries))
}
