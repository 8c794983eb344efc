//! What a compiled mapping gives for an event.

use super::compiler::texts;
use super::node::{Failure, Node, Op};
use super::payload::{Mode, Payload};
use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

impl<V: Value> Node<V> {
    /// The value for `payload`: the event, or what `@arrayPath` and `@transform` put in its place.
    pub(super) fn resolve(&self, payload: &V, failure: &mut Failure) -> Payload<V> {
        match self.op {
            Op::Constant => Payload::Leaf(self.value.clone()),
            Op::Object => Payload::Built(ValueKind::Object, self.resolve_children(payload, failure)),
            Op::List => Payload::Built(ValueKind::Array, self.resolve_children(payload, failure)),
            Op::Path => Payload::Leaf(payload.get(&self.value)),
            Op::Coalesce => {
                let value = payload.get(&self.value);
                match value.kind() {
                    ValueKind::Undefined | ValueKind::Null => self.child(0).resolve(payload, failure),
                    _ => Payload::Leaf(value),
                }
            }
            Op::Directive(resolve) => resolve(self, payload, failure),
            Op::Fail => {
                self.fail(self.value.clone(), failure);
                Payload::Leaf(V::undefined())
            }
        }
    }

    fn resolve_children(&self, payload: &V, failure: &mut Failure) -> Vec<(V, Payload<V>)> {
        let mut children = Vec::with_capacity(self.children.len());
        let mut read = payload.get_each(&self.value, self.children.len()).into_iter();
        for (key, node) in &self.children {
            let child = if node.planned { read.next().map(Payload::Leaf) } else { None };
            children.push((key.clone(), child.unwrap_or_else(|| node.resolve(payload, failure))));
        }
        children
    }

    /// As [`Node::resolve`], as one value.
    pub(super) fn resolve_raw(&self, payload: &V, failure: &mut Failure) -> V {
        self.resolve(payload, failure).build(Mode::Raw)
    }

    /// What the child gives, which must be a string; fails and gives nothing when it is none.
    pub(super) fn resolve_text(&self, index: usize, payload: &V, failure: &mut Failure) -> Option<V> {
        let text = self.child(index).resolve_raw(payload, failure);
        if text.kind() == ValueKind::String {
            return Some(text);
        }
        self.fail(V::string(text.kind().article()), failure);
        None
    }

    /// Fails as this node does, where `found` stands.
    pub(super) fn fail(&self, found: V, failure: &mut Failure) {
        if failure.is_none() {
            let part = Part::Payload { keys: texts(&self.keys.items()) };
            *failure = Some(Error::new(self.fault, part, &found.text()));
        }
    }
}

/// What a whole mapping is resolved on: an object, an empty one where there is nothing. For anything else `transform` fails, or the
/// event where there is none.
pub(super) fn payload<V: Value>(value: &V, transform: Option<&Node<V>>, failure: &mut Failure) -> V {
    match value.kind() {
        ValueKind::Object => return value.clone(),
        ValueKind::Undefined => {}
        kind => match transform {
            Some(node) => node.fail(V::string(kind.article()), failure),
            None => *failure = Some(Error::new(ErrorKind::MappingObject, Part::Event, kind.article())),
        },
    }
    V::object(&[])
}
