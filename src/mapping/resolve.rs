//! What a compiled mapping gives for an event.

use super::ast::Node;
use super::tree::Tree;
use crate::error::Error;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

impl<V: Value> Node<V> {
    /// The value for `payload`: the event, or what `@arrayPath` and `@transform` put in its place.
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        match self {
            Node::Constant(value) => Ok(Tree::Leaf(value.clone())),
            Node::Object(entries) => {
                let mut resolved = Vec::with_capacity(entries.len());
                for (key, node) in entries {
                    resolved.push((key.clone(), node.resolve(payload)?));
                }
                Ok(Tree::Object(resolved))
            }
            Node::List(items) => {
                let mut resolved = Vec::with_capacity(items.len());
                for node in items {
                    resolved.push(node.resolve(payload)?);
                }
                Ok(Tree::List(resolved))
            }
            Node::Path(path) => Ok(Tree::Leaf(payload.get(path))),
            Node::Coalesce(path, otherwise) => {
                let value = payload.get(path);
                match value.kind() {
                    Kind::Undefined | Kind::Null => otherwise.resolve(payload),
                    _ => Ok(Tree::Leaf(value)),
                }
            }
            Node::DynamicPath(path) => path.resolve(payload),
            Node::ArrayPath(path) => path.resolve(payload),
            Node::If(condition) => condition.resolve(payload),
            Node::ExcludeWhenNull(node) => Ok(super::condition::without_nulls(node.resolve(payload)?)),
            Node::Case(case) => case.resolve(payload),
            Node::Replace(replace) => replace.resolve(payload),
            Node::Template(template) => template.resolve(payload),
            Node::DynamicTemplate(template) => template.resolve(payload),
            Node::Liquid(liquid) => liquid.resolve(payload),
            Node::Flatten(flatten) => flatten.resolve(payload),
            Node::Merge(merge) => merge.resolve(payload),
            Node::Json(json) => json.resolve(payload),
            Node::Transform(transform) => transform.resolve(payload),
            Node::Fail(error) => Err(error.as_ref().clone()),
        }
    }

    /// As [`Node::resolve`], as one value.
    pub fn resolve_raw(&self, payload: &V) -> Result<V, Error> {
        Ok(self.resolve(payload)?.into_raw())
    }
}
