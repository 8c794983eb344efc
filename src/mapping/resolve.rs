//! What a compiled mapping gives for an event.

use super::compiler::texts;
use super::node::{Node, Op};
use super::payload::{Mode, Payload};
use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::name::Name;
use crate::value::limits::Limits;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

impl<V: Value> Node<V> {
    /// The value for `payload`: the event, or what `@arrayPath` and `@transform` put in its place.
    ///
    /// The first thing to fail is the `failure`. What is resolved after it means nothing.
    pub fn resolve(&self, payload: &V, failure: &mut Option<Error>) -> Payload<V> {
        match self.op {
            Op::Constant => Payload::Leaf(self.value.clone()),
            Op::Object | Op::List => {
                let mut children = Vec::with_capacity(self.children.len());
                let mut read = payload.get_each(&self.value, self.children.len()).into_iter();
                for (key, node) in &self.children {
                    let child = if node.is_planned() { read.next().map(Payload::Leaf) } else { None };
                    children.push((key.clone(), child.unwrap_or_else(|| node.resolve(payload, failure))));
                }
                Payload::Built(if self.op == Op::Object { ValueKind::Object } else { ValueKind::Array }, children)
            }
            Op::Path => Payload::Leaf(payload.get(&self.value)),
            Op::Coalesce => {
                let value = payload.get(&self.value);
                match value.kind() {
                    ValueKind::Undefined | ValueKind::Null => self.child(0).resolve(payload, failure),
                    _ => Payload::Leaf(value),
                }
            }
            Op::If => {
                let value = self.child(0).resolve_raw(payload, failure);
                let exists = match value.kind() {
                    ValueKind::Undefined | ValueKind::Null => false,
                    _ => !self.flag || !value.equals_empty_string(),
                };
                self.child(if exists { 1 } else { 2 }).resolve(payload, failure)
            }
            Op::ArrayPath => {
                let root = self.child(0).resolve_raw(payload, failure);
                let items = match root.kind() {
                    ValueKind::Array => root.items(),
                    ValueKind::Object => [root].into(),
                    _ => return Payload::Leaf(root),
                };
                let mut children = Vec::with_capacity(items.len());
                for item in &items {
                    children.push((V::undefined(), self.child(1).resolve(item, failure)));
                }
                Payload::Built(ValueKind::Array, children)
            }
            Op::Transform => {
                let payload = super::resolve::payload(payload, Some(self), failure);
                let applied = self.child(0).resolve(&payload, failure).build(Mode::Payload);
                self.child(1).resolve(&applied, failure)
            }
            _ => Payload::Leaf(self.resolve_leaf(payload, failure)),
        }
    }

    /// As [`Node::resolve`], as one value.
    pub fn resolve_raw(&self, payload: &V, failure: &mut Option<Error>) -> V {
        self.resolve(payload, failure).build(Mode::Raw)
    }

    fn child(&self, at: usize) -> &Node<V> {
        &self.children[at].1
    }

    /// What is a value of its own, if it has children, made of what these give.
    fn resolve_leaf(&self, payload: &V, failure: &mut Option<Error>) -> V {
        let mut values = Vec::with_capacity(self.children.len());
        for (_, node) in &self.children {
            let value = match self.op {
                Op::ExcludeWhenNull => node.resolve(payload, failure).build(Mode::WithoutNulls),
                _ => node.resolve_raw(payload, failure),
            };
            let is_text = values.is_empty() && matches!(self.op, Op::DynamicPath | Op::DynamicTemplate | Op::Flatten);
            if is_text && value.kind() != ValueKind::String {
                self.fail(V::string(value.kind().article()), failure);
                return value;
            }
            values.push(value);
        }
        let first = values.first().cloned().unwrap_or_else(V::undefined);
        match self.op {
            Op::ExcludeWhenNull => first,
            Op::DynamicPath => payload.get(&V::path(&first)),
            Op::DynamicTemplate => self.fill(&V::template(&first), payload, failure),
            Op::Template => self.fill(&self.value, payload, failure),
            Op::Case if first.kind() == ValueKind::String => {
                if self.keys.kind() != ValueKind::Undefined {
                    self.fail(self.value.clone(), failure);
                }
                first.to_case(self.flag)
            }
            Op::Case => first,
            Op::Replace => self.replace(first, failure),
            Op::Liquid => {
                let text = V::liquid(&self.value, payload);
                if text.kind() == ValueKind::Undefined {
                    self.fail(V::undefined(), failure);
                }
                text
            }
            Op::Flatten => {
                let mut entries = Vec::new();
                self.flatten(&values[1], &V::string(""), &first, &mut entries, &mut Limits::new());
                V::object(&entries)
            }
            Op::Merge => {
                let left = if self.child(0).op == Op::Constant { self.flag } else { first.same(&V::name(Name::Left)) };
                if left {
                    values[1..].reverse();
                }
                let mut entries = Vec::new();
                for object in &values[1..] {
                    entries.append(&mut object.entries());
                }
                V::object(&entries)
            }
            Op::Json => self.json(&first, failure),
            Op::Fail => {
                self.fail(self.value.clone(), failure);
                V::undefined()
            }
            _ => V::undefined(),
        }
    }

    fn fill(&self, template: &V, payload: &V, failure: &mut Option<Error>) -> V {
        // Segment fills a template of nothing with an empty object, which `{{.}}` shows.
        let filled = match payload.kind() {
            ValueKind::Undefined => V::fill(template, &V::object(&[])),
            _ => V::fill(template, payload),
        };
        if filled.kind() == ValueKind::Undefined {
            self.fail(V::string(ValueKind::Other.article()), failure);
        }
        filled
    }

    fn replace(&self, mut value: V, failure: &mut Option<Error>) -> V {
        if matches!(value.kind(), ValueKind::True | ValueKind::False | ValueKind::Number | ValueKind::NotFinite) {
            value = V::concat(&[value]);
        }
        let steps = &self.children[1..];
        if value.kind() != ValueKind::String || steps.is_empty() {
            return V::string("");
        }
        if self.keys.kind() != ValueKind::Undefined {
            self.fail(self.value.clone(), failure);
        }
        for (pattern, by) in steps {
            value = value.replace(pattern, &by.value);
        }
        value
    }

    fn flatten(&self, value: &V, prefix: &V, separator: &V, entries: &mut Vec<(V, V)>, limits: &mut Limits) {
        let is_leaf = match value.kind() {
            ValueKind::Object => false,
            ValueKind::Array => self.flag,
            _ => true,
        };
        if is_leaf {
            entries.push((prefix.clone(), value.clone()));
        } else if limits.enter() {
            for (mut key, value) in value.entries() {
                if prefix.truthy() {
                    key = V::concat(&[prefix.clone(), separator.clone(), key]);
                }
                self.flatten(&value, &key, separator, entries, limits);
            }
            limits.leave();
        }
    }

    fn json(&self, value: &V, failure: &mut Option<Error>) -> V {
        match self.value.as_name() {
            Some(Name::Encode) => {
                let text = value.to_json();
                // Cyclic objects and BigInts have no JSON, which is not the same as having nothing.
                if matches!(value.kind(), ValueKind::Object | ValueKind::Array) && text.kind() == ValueKind::Undefined {
                    self.fail(V::string(value.kind().article()), failure);
                }
                text
            }
            Some(_) => value.parse_json(),
            None => V::undefined(),
        }
    }

    fn fail(&self, found: V, failure: &mut Option<Error>) {
        if failure.is_none() {
            let part = Part::Payload { keys: texts(&self.keys.items()) };
            *failure = Some(Error::new(self.fault, part, &found.text()));
        }
    }

    /// Fails as `fault` does, where it resolves to text.
    pub fn fail_as(&mut self, fault: Node<V>) {
        self.fault = fault.fault;
        self.keys = fault.keys;
        self.value = fault.value;
    }
}

/// What a whole mapping is resolved on: an object, an empty one where there is nothing. For anything else `transform` fails, or the
/// event where there is none.
pub fn payload<V: Value>(value: &V, transform: Option<&Node<V>>, failure: &mut Option<Error>) -> V {
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
