//! Compiles mappings, and says everything that is wrong with them.
//!
//! Segment checks a mapping before each use, but not all of it: the items of arrays and the objects inside `@literal` and
//! `@excludeWhenNull` are not looked at. Where it looks, a fault makes the whole mapping unusable; where it does not, and for
//! the faults it does not know, an event fails only when it gets there. [`Compiler::strict`] tells the two apart.

use super::ast::Node;
use super::limits::MAX_DEPTH;
use super::{condition, literal, lookup, object, template, text, transform};
use crate::error::{Error, Kind};
use crate::value::{self, Value};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::replace;

/// Where the compiler is, and what it found.
pub struct Compiler<'a> {
    errors: &'a mut Vec<Error>,
    place: String,
    prefix: usize,
    depth: usize,
    strict: bool,
    broken: bool,
    too_deep: bool,
    liquid: bool,
}

/// One option of a directive: as written, and compiled.
pub struct Setting<V> {
    pub raw: V,
    pub node: Node<V>,
}

/// The options of a directive, each taken once.
pub struct Settings<V>(Vec<(String, Setting<V>)>);

impl<V: Value> Settings<V> {
    /// The option called `name`, undefined when there is none.
    pub fn take(&mut self, name: &str) -> Setting<V> {
        match self.0.iter().position(|(known, _)| known == name) {
            Some(at) => self.0.swap_remove(at).1,
            None => Setting { raw: V::undefined(), node: Node::Constant(V::undefined()) },
        }
    }
}

impl<'a> Compiler<'a> {
    pub fn new(place: &str, errors: &'a mut Vec<Error>) -> Self {
        let prefix = place.len();
        let place = place.into();
        Compiler { errors, place, prefix, depth: 0, strict: true, broken: false, too_deep: false, liquid: false }
    }

    /// Whether Segment checks what stands here, so that a fault makes the whole mapping unusable.
    pub fn strict(&self) -> bool {
        self.strict
    }

    /// Whether the mapping can be used at all.
    pub fn is_usable(&self) -> bool {
        !self.broken && !self.too_deep
    }

    pub fn uses_liquid(&self) -> bool {
        self.liquid
    }

    pub fn use_liquid(&mut self) {
        self.liquid = true;
    }

    /// Where this is, as people read it.
    pub fn place(&self) -> String {
        self.place.clone()
    }

    /// Reports a fault that Segment's check finds, where it looks.
    pub fn invalid(&mut self, kind: Kind, found: impl Into<String>) -> Error {
        self.broken |= self.strict;
        self.fails(kind, found)
    }

    /// Reports a fault that Segment finds only at the events that get here.
    pub fn fails(&mut self, kind: Kind, found: impl Into<String>) -> Error {
        let error = Error::new(kind, self.place.as_str(), found);
        self.errors.push(error.clone());
        error
    }

    /// [`Compiler::invalid`] for the option or item called `key`.
    pub fn invalid_at<V: Value>(&mut self, key: &str, kind: Kind, found: &V) -> Error {
        let outer = self.enter(key);
        let error = match kind {
            Kind::MappingLength | Kind::MappingMissing => self.invalid(kind, ""),
            // A word says more than that it is one.
            Kind::MappingCase | Kind::MappingMode | Kind::MappingDirection if found.kind() == value::Kind::String => {
                self.invalid(kind, found.text())
            }
            _ => self.invalid(kind, found.kind().article()),
        };
        self.leave(outer);
        error
    }

    /// [`Compiler::fails`] for the option or item called `key`.
    pub fn fails_at<V: Value>(&mut self, key: &str, kind: Kind, found: &V) -> Error {
        let strict = replace(&mut self.strict, false);
        let error = self.invalid_at(key, kind, found);
        self.strict = strict;
        error
    }

    /// Warns about a word in the option called `key`.
    pub fn warn_at(&mut self, key: &str, kind: Kind, found: &str) {
        let outer = self.enter(key);
        self.errors.push(Error::new(kind, self.place.as_str(), found));
        self.leave(outer);
    }

    /// Steps into `key`; what is returned leads back.
    pub fn enter(&mut self, key: &str) -> usize {
        let outer = self.place.len();
        if outer > 0 {
            self.place.push(if outer == self.prefix { ' ' } else { '.' });
        }
        self.place.push_str(key);
        outer
    }

    pub fn leave(&mut self, outer: usize) {
        self.place.truncate(outer);
    }

    /// The value at `key`, compiled.
    pub fn child<V: Value>(&mut self, key: &str, value: &V) -> Node<V> {
        let outer = self.enter(key);
        let node = self.node(value);
        self.leave(outer);
        node
    }

    /// Any value of a mapping, compiled.
    pub fn node<V: Value>(&mut self, value: &V) -> Node<V> {
        if self.too_deep {
            return Node::Constant(V::undefined());
        }
        let is_object = match value.kind() {
            value::Kind::Object => true,
            value::Kind::Array => false,
            _ => return Node::Constant(value.clone()),
        };
        if self.depth == MAX_DEPTH {
            // A mapping that refers to itself has no end, so nothing after this is looked at.
            self.too_deep = true;
            return Node::Fail(Box::new(self.fails(Kind::MappingTooDeep, "")));
        }
        self.depth += 1;
        let node = if is_object { self.object(value) } else { self.list(value) };
        self.depth -= 1;
        node
    }

    /// Compiles with `check` where Segment does not look by itself (`strict` false) or looks again (true), and whether that
    /// found nothing wrong.
    pub fn with<V: Value>(&mut self, strict: bool, value: &V, check: fn(&mut Self, &V) -> Node<V>) -> (Node<V>, bool) {
        let outer = replace(&mut self.strict, strict);
        let broken = replace(&mut self.broken, false);
        let node = check(self, value);
        self.strict = outer;
        (node, !replace(&mut self.broken, broken))
    }

    /// The last fault as a node, when one was reported.
    pub fn last_fault<V: Value>(&self) -> Node<V> {
        match self.errors.last() {
            Some(error) => Node::Fail(Box::new(error.clone())),
            None => Node::Constant(V::undefined()),
        }
    }

    /// The options of a directive, all compiled but `raw`, which the directive compiles in its own way.
    pub fn settings<V: Value>(&mut self, value: &V, raw: Option<&str>) -> Result<Settings<V>, Error> {
        if value.kind() != value::Kind::Object {
            return Err(self.invalid(Kind::MappingObject, value.kind().article()));
        }
        let mut settings = Vec::new();
        for (key, value) in value.entries() {
            let name = key.text();
            if self.strict && name.starts_with('@') {
                return Err(self.invalid(Kind::MappingObject, name));
            }
            let node = if raw == Some(&name) { Node::Constant(V::undefined()) } else { self.child(&name, &value) };
            settings.push((name, Setting { raw: value, node }));
        }
        Ok(Settings(settings))
    }

    fn object<V: Value>(&mut self, value: &V) -> Node<V> {
        let entries: Vec<(String, V, V)> =
            value.entries().into_iter().map(|(key, value)| (key.text(), key, value)).collect();
        let mut directives = entries.iter().filter(|(name, ..)| name.starts_with('@'));
        if let Some((name, _, argument)) = directives.next() {
            let others = entries.iter().any(|(name, ..)| !name.starts_with('@') && name != "_metadata");
            if others || directives.next().is_some() {
                let error = self.invalid(Kind::MappingDirectiveAlone, name.as_str());
                if self.strict {
                    return Node::Fail(Box::new(error));
                }
            }
            if !others {
                let outer = self.enter(name);
                let node = self.directive(name, argument).unwrap_or_else(|error| Node::Fail(Box::new(error)));
                self.leave(outer);
                return node;
            }
        }
        let mut children = Vec::with_capacity(entries.len());
        for (name, key, value) in entries {
            children.push((key, self.child(&name, &value)));
        }
        let constants: Vec<(V, V)> =
            children.iter().filter_map(|(key, node)| Some((key.clone(), node.constant()?.clone()))).collect();
        if constants.len() == children.len() { Node::Constant(V::object(&constants)) } else { Node::Object(children) }
    }

    fn list<V: Value>(&mut self, value: &V) -> Node<V> {
        let strict = replace(&mut self.strict, false);
        let mut children = Vec::new();
        for (key, value) in value.items().into_iter().enumerate() {
            children.push(self.child(&index::<V>(key), &value));
        }
        self.strict = strict;
        let constants: Vec<V> = children.iter().filter_map(|node| node.constant().cloned()).collect();
        if constants.len() == children.len() { Node::Constant(V::array(&constants)) } else { Node::List(children) }
    }

    fn directive<V: Value>(&mut self, name: &str, argument: &V) -> Result<Node<V>, Error> {
        match name {
            "@path" => lookup::path(self, argument),
            "@template" => template::template(self, argument),
            "@if" => condition::r#if(self, argument),
            "@case" => text::case(self, argument),
            "@replace" => text::replace(self, argument),
            "@arrayPath" => lookup::array_path(self, argument),
            "@literal" => literal::literal(self, argument),
            "@flatten" => object::flatten(self, argument),
            "@json" => literal::json(self, argument),
            "@merge" => object::merge(self, argument),
            "@transform" => transform::transform(self, argument),
            "@excludeWhenNull" => condition::exclude_when_null(self, argument),
            "@liquid" => template::liquid(self, argument),
            _ => Err(self.invalid(Kind::MappingDirective, name)),
        }
    }
}

impl<V> Node<V> {
    /// The value, when no event changes it.
    pub fn constant(&self) -> Option<&V> {
        match self {
            Node::Constant(value) => Some(value),
            _ => None,
        }
    }
}

/// Whether Segment's check takes this for a directive, be it a good one or not.
pub fn is_directive<V: Value>(value: &V) -> bool {
    value.kind() == value::Kind::Object && value.entries().iter().any(|(key, _)| key.text().starts_with('@'))
}

/// Whether this is JSON, as far as Segment's check looks.
pub fn is_json<V: Value>(value: &V) -> bool {
    !matches!(value.kind(), value::Kind::Undefined | value::Kind::Date | value::Kind::Other)
}

/// `0`, `1` and so on, without the bytes of number formatting.
pub fn index<V: Value>(index: usize) -> String {
    V::concat(&[V::number(index as f64)]).text()
}
