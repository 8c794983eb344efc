//! `@flatten` and `@merge`: making one object of others.

use super::ast::Node;
use super::limits::Limits;
use super::parse::Compiler;
use super::tree::Tree;
use super::{literal, lookup};
use crate::error::{self, Error};
use crate::name::Name;
use crate::path;
use crate::value::{Kind, Value};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// How many characters of a string are merged, each under its index.
const MAX_CHARACTERS: usize = 10_000;

/// `@flatten`: nested keys joined with a separator.
pub struct Flatten<V> {
    value: Node<V>,
    separator: Node<V>,
    omit_arrays: bool,
    place: String,
}

pub fn flatten<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, None)?;
    let value = settings.take(Name::Value);
    let separator = settings.take(Name::Separator);
    let omit_arrays = settings.take(Name::OmitArrays).raw.truthy();
    literal::require(compiler, &value)?;
    if compiler.strict() && !matches!(separator.raw.kind(), Kind::Undefined | Kind::String) {
        return Err(compiler.invalid_at(Name::Separator, error::Kind::MappingString, &separator.raw));
    }
    let never_text = separator.node.constant().is_some_and(|separator| separator.kind() != Kind::String);
    if never_text || !separator.raw.truthy() {
        return Err(compiler.fails_at(Name::Separator, error::Kind::MappingMissing, &separator.raw));
    }
    compiler.enter(V::name(Name::Separator));
    let place = compiler.place();
    compiler.leave();
    Ok(Node::Flatten(Box::new(Flatten { value: value.node, separator: separator.node, omit_arrays, place })))
}

impl<V: Value> Flatten<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let separator = lookup::resolve_text(&self.separator, payload, &self.place)?;
        let value = self.value.resolve_raw(payload)?;
        let mut entries = Vec::new();
        self.join(value, V::string(""), &separator, &mut entries, &mut Limits::new());
        Ok(Tree::Leaf(V::object(&entries)))
    }

    fn join(&self, value: V, prefix: V, separator: &V, entries: &mut Vec<(V, V)>, limits: &mut Limits) {
        let is_leaf = match value.kind() {
            Kind::Object => false,
            Kind::Array => self.omit_arrays,
            _ => true,
        };
        if is_leaf {
            entries.push((prefix, value));
        } else if limits.enter() {
            for (key, value) in value.entries() {
                let key = if prefix.truthy() { V::concat(&[prefix.clone(), separator.clone(), key]) } else { key };
                self.join(value, key, separator, entries, limits);
            }
            limits.leave();
        }
    }
}

/// `@merge`: the properties of several objects.
pub struct Merge<V> {
    objects: Vec<Node<V>>,
    /// Whether the first object wins.
    left: bool,
    /// A directive that says so instead.
    direction: Option<Node<V>>,
}

pub fn merge<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, Some(Name::Objects))?;
    let objects = settings.take(Name::Objects).raw;
    let direction = settings.take(Name::Direction);
    let word = direction.raw.text();
    if compiler.strict()
        && direction.raw.kind() != Kind::Undefined
        && !word.eq_ignore_ascii_case("left")
        && !word.eq_ignore_ascii_case("right")
    {
        return Err(compiler.invalid_at(Name::Direction, error::Kind::MappingDirection, &direction.raw));
    }
    if objects.kind() != Kind::Array {
        return Err(compiler.invalid_at(Name::Objects, error::Kind::MappingArray, &objects));
    }
    compiler.enter(V::name(Name::Objects));
    let mut nodes = Vec::new();
    for (at, object) in objects.items().iter().enumerate() {
        let at = V::number(at as f64);
        if compiler.strict() && object.kind() != Kind::Object {
            compiler.invalid_in(at.clone(), error::Kind::MappingObject, object);
        }
        nodes.push(compiler.child(at, object));
    }
    compiler.leave();
    if !direction.raw.truthy() {
        return Err(compiler.fails_at(Name::Direction, error::Kind::MappingDirection, &direction.raw));
    }
    if word != "left" && word.eq_ignore_ascii_case("left") {
        compiler.warn_at(Name::Direction, error::Kind::MappingLetterCase, &word);
    }
    let direction = if direction.node.constant().is_some() { None } else { Some(direction.node) };
    Ok(Node::Merge(Box::new(Merge { objects: nodes, left: word == "left", direction })))
}

impl<V: Value> Merge<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let left = match &self.direction {
            Some(direction) => direction.resolve_raw(payload)?.text() == "left",
            None => self.left,
        };
        let mut objects = Vec::with_capacity(self.objects.len());
        for object in &self.objects {
            objects.push(object.resolve_raw(payload)?);
        }
        if left {
            objects.reverse();
        }
        let mut entries = Vec::new();
        for object in objects {
            match object.kind() {
                Kind::Object | Kind::Array => entries.extend(object.entries()),
                Kind::String => entries.extend(characters(&object)),
                _ => {}
            }
        }
        Ok(Tree::Leaf(V::object(&entries)))
    }
}

/// What `Object.assign` takes from a string: its characters, each under its index.
fn characters<V: Value>(text: &V) -> Vec<(V, V)> {
    let length = text.get(&path::as_value(&["length".into()])).as_number();
    let length = (length as usize).min(MAX_CHARACTERS);
    let index = |at| V::concat(&[V::number(at as f64)]);
    (0..length).map(|at| (index(at), text.get(&V::array(&[index(at)])))).collect()
}
