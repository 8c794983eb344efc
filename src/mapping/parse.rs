//! Compiles mappings, and says everything that is wrong with them.
//!
//! Segment checks a mapping before each use, but not all of it: the items of arrays and the objects inside `@literal` and
//! `@excludeWhenNull` are not looked at. Where it looks, a fault makes the whole mapping unusable; where it does not, and for
//! the faults it does not know, an event fails only when it gets there. [`Compiler::strict`] tells the two apart.

use super::ast::Node;
use super::limits::MAX_DEPTH;
use super::{condition, literal, lookup, object, template, text, transform};
use crate::error::{Error, Kind};
use crate::name::Name;
use crate::value::{self, Search, Value};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::replace;

/// Where the compiler is, and what it found.
pub struct Compiler<'a, V> {
    errors: &'a mut Vec<Error>,
    prefix: &'a str,
    /// The keys that lead here, put into words only when there is something to say.
    place: Vec<V>,
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
pub struct Settings<V>(Vec<(Option<Name>, Setting<V>)>);

impl<V: Value> Settings<V> {
    /// The option called `name`, undefined when there is none.
    pub fn take(&mut self, name: Name) -> Setting<V> {
        match self.0.iter().position(|(known, _)| *known == Some(name)) {
            Some(at) => self.0.swap_remove(at).1,
            None => Setting { raw: V::undefined(), node: Node::Constant(V::undefined()) },
        }
    }
}

impl<'a, V: Value> Compiler<'a, V> {
    pub fn new(prefix: &'a str, errors: &'a mut Vec<Error>) -> Self {
        Compiler {
            errors,
            place: Vec::new(),
            prefix,
            depth: 0,
            strict: true,
            broken: false,
            too_deep: false,
            liquid: false,
        }
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
        let mut words = Vec::with_capacity(self.place.len() * 2 + 1);
        words.push(V::string(self.prefix));
        for key in &self.place {
            let separator = match words.len() {
                1 if self.prefix.is_empty() => "",
                1 => " ",
                _ => ".",
            };
            words.push(V::string(separator));
            words.push(key.clone());
        }
        V::concat(&words).text()
    }

    /// Reports a fault that Segment's check finds, where it looks.
    pub fn invalid(&mut self, kind: Kind, found: impl Into<String>) -> Error {
        self.broken |= self.strict;
        self.fails(kind, found)
    }

    /// Reports a fault that Segment finds only at the events that get here.
    pub fn fails(&mut self, kind: Kind, found: impl Into<String>) -> Error {
        let error = Error::new(kind, self.place(), found);
        self.errors.push(error.clone());
        error
    }

    /// [`Compiler::invalid`] for the option called `name`.
    pub fn invalid_at(&mut self, name: Name, kind: Kind, found: &V) -> Error {
        self.invalid_in(V::name(name), kind, found)
    }

    /// [`Compiler::invalid`] for the option or item called `key`.
    pub fn invalid_in(&mut self, key: V, kind: Kind, found: &V) -> Error {
        self.enter(key);
        let error = match kind {
            Kind::MappingLength | Kind::MappingMissing => self.invalid(kind, ""),
            // A word says more than that it is one.
            Kind::MappingCase | Kind::MappingMode | Kind::MappingDirection if found.kind() == value::Kind::String => {
                self.invalid(kind, found.text())
            }
            _ => self.invalid(kind, found.kind().article()),
        };
        self.leave();
        error
    }

    /// [`Compiler::fails`] for the option called `name`.
    pub fn fails_at(&mut self, name: Name, kind: Kind, found: &V) -> Error {
        let strict = replace(&mut self.strict, false);
        let error = self.invalid_at(name, kind, found);
        self.strict = strict;
        error
    }

    /// Warns about a word in the option called `name`.
    pub fn warn_at(&mut self, name: Name, kind: Kind, found: &str) {
        self.enter(V::name(name));
        self.errors.push(Error::new(kind, self.place(), found));
        self.leave();
    }

    /// Steps into `key`.
    pub fn enter(&mut self, key: V) {
        self.place.push(key);
    }

    pub fn leave(&mut self) {
        self.place.pop();
    }

    /// The value at `key`, compiled.
    pub fn child(&mut self, key: V, value: &V) -> Node<V> {
        self.enter(key);
        let node = self.node(value);
        self.leave();
        node
    }

    /// Any value of a mapping, compiled.
    pub fn node(&mut self, value: &V) -> Node<V> {
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
    pub fn with(&mut self, strict: bool, value: &V, check: fn(&mut Self, &V) -> Node<V>) -> (Node<V>, bool) {
        let outer = replace(&mut self.strict, strict);
        let broken = replace(&mut self.broken, false);
        let node = check(self, value);
        self.strict = outer;
        (node, !replace(&mut self.broken, broken))
    }

    /// The last fault as a node, when one was reported.
    pub fn last_fault(&self) -> Node<V> {
        match self.errors.last() {
            Some(error) => Node::Fail(Box::new(error.clone())),
            None => Node::Constant(V::undefined()),
        }
    }

    /// The options of a directive, all compiled but `raw`, which the directive compiles in its own way.
    pub fn settings(&mut self, value: &V, raw: Option<Name>) -> Result<Settings<V>, Error> {
        if value.kind() != value::Kind::Object {
            return Err(self.invalid(Kind::MappingObject, value.kind().article()));
        }
        let mut settings = Vec::new();
        for (key, value) in value.entries() {
            let name = key.as_name();
            if self.strict && is_directive_key(&key) {
                return Err(self.invalid(Kind::MappingObject, key.text()));
            }
            let node =
                if raw.is_some() && raw == name { Node::Constant(V::undefined()) } else { self.child(key, &value) };
            settings.push((name, Setting { raw: value, node }));
        }
        Ok(Settings(settings))
    }

    fn object(&mut self, value: &V) -> Node<V> {
        let entries = value.entries();
        let mut directive = None;
        let mut directives = 0;
        let mut others = false;
        for (key, argument) in &entries {
            if is_directive_key(key) {
                directives += 1;
                directive = directive.or(Some((key, argument)));
            } else {
                others |= key.as_name() != Some(Name::Metadata);
            }
        }
        if let Some((key, argument)) = directive {
            if others || directives > 1 {
                let error = self.invalid(Kind::MappingDirectiveAlone, key.text());
                if self.strict {
                    return Node::Fail(Box::new(error));
                }
            }
            if !others {
                self.enter(key.clone());
                let node = self.directive(key, argument).unwrap_or_else(|error| Node::Fail(Box::new(error)));
                self.leave();
                return node;
            }
        }
        let mut children = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            children.push((key.clone(), self.child(key, &value)));
        }
        let constants: Vec<(V, V)> =
            children.iter().filter_map(|(key, node)| Some((key.clone(), node.constant()?.clone()))).collect();
        if constants.len() == children.len() { Node::Constant(V::object(&constants)) } else { Node::Object(children) }
    }

    fn list(&mut self, value: &V) -> Node<V> {
        let strict = replace(&mut self.strict, false);
        let mut children = Vec::new();
        for (key, value) in value.items().into_iter().enumerate() {
            children.push(self.child(V::number(key as f64), &value));
        }
        self.strict = strict;
        let constants: Vec<V> = children.iter().filter_map(|node| node.constant().cloned()).collect();
        if constants.len() == children.len() { Node::Constant(V::array(&constants)) } else { Node::List(children) }
    }

    fn directive(&mut self, key: &V, argument: &V) -> Result<Node<V>, Error> {
        match key.as_name() {
            Some(Name::PathDirective) => lookup::path(self, argument),
            Some(Name::TemplateDirective) => template::template(self, argument),
            Some(Name::IfDirective) => condition::r#if(self, argument),
            Some(Name::CaseDirective) => text::case(self, argument),
            Some(Name::ReplaceDirective) => text::replace(self, argument),
            Some(Name::ArrayPathDirective) => lookup::array_path(self, argument),
            Some(Name::LiteralDirective) => literal::literal(self, argument),
            Some(Name::FlattenDirective) => object::flatten(self, argument),
            Some(Name::JsonDirective) => literal::json(self, argument),
            Some(Name::MergeDirective) => object::merge(self, argument),
            Some(Name::TransformDirective) => transform::transform(self, argument),
            Some(Name::ExcludeWhenNullDirective) => condition::exclude_when_null(self, argument),
            Some(Name::LiquidDirective) => template::liquid(self, argument),
            _ => Err(self.invalid(Kind::MappingDirective, key.text())),
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
    value.kind() == value::Kind::Object && value.entries().iter().any(|(key, _)| is_directive_key(key))
}

fn is_directive_key<V: Value>(key: &V) -> bool {
    key.search(Search::Prefix, &V::string("@"))
}

/// Whether this is JSON, as far as Segment's check looks.
pub fn is_json<V: Value>(value: &V) -> bool {
    !matches!(value.kind(), value::Kind::Undefined | value::Kind::Date | value::Kind::Other)
}
