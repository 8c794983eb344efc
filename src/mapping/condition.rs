//! `@if` and `@excludeWhenNull`: what depends on whether a value is there.

use super::ast::Node;
use super::limits::Limits;
use super::literal;
use super::parse::Compiler;
use super::tree::Tree;
use crate::error::{self, Error};
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::boxed::Box;

/// `@if`: whether a value is there, and what follows from it.
pub struct If<V> {
    /// Whether an empty value counts as absent. `blank` reads as if it asked for the contrary, but Segment answers so.
    blank: bool,
    value: Node<V>,
    then: Node<V>,
    otherwise: Node<V>,
}

pub fn r#if<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, None)?;
    let exists = settings.take(Name::Exists);
    let blank = settings.take(Name::Blank);
    let then = settings.take(Name::Then);
    let otherwise = settings.take(Name::Else);
    literal::check(compiler, Name::Exists, &exists)?;
    literal::check(compiler, Name::Then, &then)?;
    literal::check(compiler, Name::Else, &otherwise)?;
    if !exists.raw.truthy() && !blank.raw.truthy() {
        return Err(compiler.fails(error::Kind::MappingCondition, ""));
    }
    // Segment does not look at an `else` of 0, false, "" or null.
    let otherwise = if otherwise.raw.truthy() { otherwise.node } else { Node::Constant(V::undefined()) };
    if exists.raw.kind() == Kind::Undefined {
        return Ok(Node::If(Box::new(If { blank: true, value: blank.node, then: then.node, otherwise })));
    }
    Ok(match (exists.node, then.node) {
        (Node::Path(path), Node::Path(_)) if is_same_path(&exists.raw, &then.raw) => {
            Node::Coalesce(path, Box::new(otherwise))
        }
        (value, then) => Node::If(Box::new(If { blank: false, value, then, otherwise })),
    })
}

fn is_same_path<V: Value>(a: &V, b: &V) -> bool {
    let key = V::array(&[V::name(Name::PathDirective)]);
    // A path may also come out of a directive around it, such as `@literal`.
    let path = a.get(&key);
    path.kind() == Kind::String && path.same(&b.get(&key))
}

impl<V: Value> If<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let value = self.value.resolve(payload)?;
        let exists = match value.kind() {
            Kind::Undefined | Kind::Null => false,
            _ => !self.blank || !value.into_raw().equals_empty_string(),
        };
        if exists { self.then.resolve(payload) } else { self.otherwise.resolve(payload) }
    }
}

pub fn exclude_when_null<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    Ok(match literal::literal(compiler, argument)? {
        Node::Constant(value) => Node::Constant(without_nulls(Tree::Leaf(value)).into_raw()),
        node => Node::ExcludeWhenNull(Box::new(node)),
    })
}

/// The value with every null property undefined, also those of objects in it, but not those of objects in arrays.
pub fn without_nulls<V: Value>(tree: Tree<V>) -> Tree<V> {
    clean(tree, &mut Limits::new())
}

fn clean<V: Value>(tree: Tree<V>, limits: &mut Limits) -> Tree<V> {
    match tree.kind() {
        Kind::Null => return Tree::Leaf(V::undefined()),
        Kind::Object if limits.enter() => {}
        _ => return tree,
    }
    let cleaned = match tree.open() {
        Tree::Object(entries) => {
            Tree::Object(entries.into_iter().map(|(key, tree)| (key, clean(tree, limits))).collect())
        }
        tree => tree,
    };
    limits.leave();
    cleaned
}
