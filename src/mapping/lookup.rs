//! `@path` and `@arrayPath`: reading the event.

use super::ast::Node;
use super::parse::{self, Compiler};
use super::tree::Tree;
use crate::error::{self, Error};
use crate::path;
use crate::value::{Kind, Value};
use alloc::boxed::Box;
use alloc::string::String;

/// A text that directives read, as far as it is known at load.
pub enum Text<V> {
    Known(V),
    /// A directive that gives it.
    Dynamic(Node<V>),
    /// Something that never gives text.
    Never(Node<V>),
}

/// The argument of `@path` and `@template`.
pub fn text<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Text<V>, Error> {
    if compiler.strict() && argument.kind() != Kind::String && !parse::is_directive(argument) {
        return Err(compiler.invalid(error::Kind::MappingString, argument.kind().article()));
    }
    Ok(match compiler.node(argument) {
        Node::Constant(value) if value.kind() == Kind::String => Text::Known(value),
        Node::Constant(value) => return Err(compiler.fails(error::Kind::MappingString, value.kind().article())),
        node @ Node::Fail(_) => Text::Never(node),
        node => Text::Dynamic(node),
    })
}

/// The text that `node` gives for this payload.
pub fn resolve_text<V: Value>(node: &Node<V>, payload: &V, place: &str) -> Result<V, Error> {
    let value = node.resolve(payload)?;
    match value {
        Tree::Leaf(value) if value.kind() == Kind::String => Ok(value),
        other => Err(Error::new(error::Kind::MappingString, place, other.kind().article())),
    }
}

/// `@path` with a path that depends on the event.
pub struct DynamicPath<V> {
    path: Node<V>,
    place: String,
}

pub fn path<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    Ok(match text(compiler, argument)? {
        Text::Known(text) => Node::Path(path::compile(&text.text())),
        Text::Dynamic(path) => Node::DynamicPath(Box::new(DynamicPath { path, place: compiler.place() })),
        Text::Never(node) => node,
    })
}

impl<V: Value> DynamicPath<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let text = resolve_text(&self.path, payload, &self.place)?;
        Ok(Tree::Leaf(payload.get(&path::compile(&text.text()))))
    }
}

/// `@arrayPath`: a shape for each item of what stands at a path.
pub struct ArrayPath<V> {
    root: Node<V>,
    shape: Node<V>,
}

pub fn array_path<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    if argument.kind() != Kind::Array {
        return Err(compiler.invalid(error::Kind::MappingArray, argument.kind().article()));
    }
    let mut items = argument.items().into_iter();
    let (root, shape) = (items.next(), items.next());
    let root = root.unwrap_or_else(V::undefined);
    let shape = shape.filter(|shape| shape.kind() == Kind::Object && !shape.entries().is_empty());
    let shape = shape.map(|shape| compiler.child(V::number(1.0), &shape));
    let root = if root.kind() == Kind::String {
        Node::Path(path::compile(&root.text()))
    } else if compiler.strict() && !parse::is_directive(&root) {
        return Err(compiler.invalid_in(V::number(0.0), error::Kind::MappingString, &root));
    } else {
        compiler.child(V::number(0.0), &root)
    };
    Ok(match shape {
        Some(shape) => Node::ArrayPath(Box::new(ArrayPath { root, shape })),
        None => root,
    })
}

impl<V: Value> ArrayPath<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let root = self.root.resolve_raw(payload)?;
        let items = match root.kind() {
            Kind::Array => root.items(),
            Kind::Object => [root].into(),
            _ => return Ok(Tree::Leaf(root)),
        };
        let mut resolved = alloc::vec::Vec::with_capacity(items.len());
        for item in &items {
            resolved.push(self.shape.resolve(item)?);
        }
        Ok(Tree::List(resolved))
    }
}
