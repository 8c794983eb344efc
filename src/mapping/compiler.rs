//! Compiles mappings, and says everything that is wrong with them.
//!
//! Segment checks a mapping before each use, but not all of it: the items of arrays and the objects inside `@literal` and
//! `@excludeWhenNull` are not looked at. Where it looks, a fault makes the whole mapping unusable; where it does not, and for
//! the faults it does not know, an event fails only when it gets there. [`Compiler::strict`] tells the two apart.

use super::node::{Node, Op};
use super::schema::{DIRECTIVE, RULES, SHORT, TRUTHY, WORD, When};
use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::name::Name;
use crate::value::limits::MAX_DEPTH;
use crate::value::{Search, Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;

/// How long a pattern and a replacement may be, in UTF-16 code units.
pub const MAX_LENGTH: f64 = 10.0;

/// Where the compiler is, and what it found.
pub struct Compiler<'a, V> {
    errors: &'a mut Vec<Error>,
    /// The keys that lead here.
    pub keys: Vec<V>,
    depth: usize,
    /// The last fault: its kind, the keys that lead to it and what was found.
    last: (ErrorKind, V, V),
    /// Whether Segment checks what stands here.
    pub strict: bool,
    /// Whether Segment's check found a fault.
    pub broken: bool,
    too_deep: bool,
    /// Whether Liquid is needed.
    pub liquid: bool,
}

impl<'a, V: Value> Compiler<'a, V> {
    pub fn new(errors: &'a mut Vec<Error>) -> Self {
        Compiler {
            errors,
            keys: Vec::new(),
            depth: 0,
            last: (ErrorKind::MappingObject, V::undefined(), V::undefined()),
            strict: true,
            broken: false,
            too_deep: false,
            liquid: false,
        }
    }

    /// Whether the mapping can be used at all.
    pub fn is_usable(&self) -> bool {
        !self.broken && !self.too_deep
    }

    /// Reports a fault that Segment finds only at the events that get here: a node that fails.
    pub fn fails(&mut self, kind: ErrorKind, found: V) -> Node<V> {
        self.errors.push(Error::new(kind, Part::Mapping { keys: texts(&self.keys) }, &found.text()));
        self.last = (kind, V::array(&self.keys), found);
        self.last_fault()
    }

    /// Reports a fault that Segment's check finds, where it looks.
    pub fn invalid(&mut self, kind: ErrorKind, found: V) -> Node<V> {
        self.broken |= self.strict;
        self.fails(kind, found)
    }

    /// [`Compiler::fails`] for the option called `name`.
    pub fn fails_at(&mut self, name: Name, kind: ErrorKind, value: &V) -> Node<V> {
        self.keys.push(V::name(name));
        let node = self.fails(kind, shown(kind, value));
        self.keys.pop();
        node
    }

    /// The last fault as a node, when one was reported.
    pub fn last_fault(&self) -> Node<V> {
        let (fault, keys, found) = self.last.clone();
        Node { fault, keys, ..Node::new(Op::Fail, found) }
    }

    /// The value at `key`, compiled.
    pub fn child(&mut self, key: V, value: &V) -> Node<V> {
        self.keys.push(key);
        let node = self.node(value);
        self.keys.pop();
        node
    }

    /// Any value of a mapping, compiled.
    pub fn node(&mut self, value: &V) -> Node<V> {
        if self.too_deep {
            return Node::undefined();
        }
        let is_list = value.kind() == ValueKind::Array;
        if !is_list && value.kind() != ValueKind::Object {
            return Node::new(Op::Constant, value.clone());
        }
        if self.depth == MAX_DEPTH {
            // A mapping that refers to itself has no end, so nothing after this is looked at.
            self.too_deep = true;
            return self.fails(ErrorKind::MappingTooDeep, V::undefined());
        }
        self.depth += 1;
        let strict = self.strict;
        let node = if is_list {
            self.strict = false;
            let mut entries = Vec::new();
            for item in value.items() {
                entries.push((V::number(entries.len() as f64), item));
            }
            self.children(Op::List, &entries)
        } else {
            self.object(&value.entries())
        };
        self.strict = strict;
        self.depth -= 1;
        node
    }

    fn object(&mut self, entries: &[(V, V)]) -> Node<V> {
        let mut directive = None;
        let mut directives = 0;
        let mut others = false;
        for entry in entries {
            if is_directive_key(&entry.0) {
                directives += 1;
                directive = directive.or(Some(entry));
            } else {
                others |= entry.0.as_name() != Some(Name::Metadata);
            }
        }
        if let Some((key, argument)) = directive {
            if others || directives > 1 {
                let fault = self.invalid(ErrorKind::MappingDirectiveAlone, key.clone());
                if self.strict {
                    return fault;
                }
            }
            if !others {
                self.keys.push(key.clone());
                let node = match Op::of(key.as_name()) {
                    Some(op) => self.directive(op, argument),
                    None => self.invalid(ErrorKind::MappingDirective, key.clone()),
                };
                self.keys.pop();
                return node;
            }
        }
        self.children(Op::Object, entries)
    }

    fn children(&mut self, op: Op, entries: &[(V, V)]) -> Node<V> {
        let mut node = Node::new(op, V::undefined());
        let mut constant = true;
        for (key, value) in entries {
            let child = self.child(key.clone(), value);
            constant &= child.op == Op::Constant;
            node.children.push((key.clone(), child));
        }
        node.plan();
        if constant { Node::new(Op::Constant, node.resolve_raw(&V::undefined(), &mut None)) } else { node }
    }

    /// Walks the rules of a directive: those of its argument, or of its options, up to the first that is broken.
    pub fn check(&mut self, op: Op, argument: &V, options: Option<&[(V, V)]>, event: bool) -> Option<Node<V>> {
        for rule in &RULES {
            let looks = rule.op == op
                && rule.option.is_some() == options.is_some()
                && (rule.when == When::Event) == event
                && (rule.when != When::Check || self.strict);
            if !looks {
                continue;
            }
            let value = match (options, rule.option) {
                (Some(options), Some(name)) => option(options, name),
                _ => argument.clone(),
            };
            if !accepts(&value, rule.allowed, rule.fault) {
                self.keys.extend(rule.option.map(V::name));
                self.broken |= self.strict && !event;
                let node = self.fails(rule.fault, shown(rule.fault, &value));
                if rule.option.is_some() {
                    self.keys.pop();
                }
                return Some(node);
            }
        }
        None
    }
}

/// Keys as an error carries them; those of arrays are numbers.
pub fn texts<V: Value>(keys: &[V]) -> Vec<String> {
    let mut texts = Vec::new();
    for key in keys {
        texts.push(V::concat(core::slice::from_ref(key)).text());
    }
    texts
}

/// What a fault shows of a value: never the value, unless it is a word where words are expected.
pub fn shown<V: Value>(fault: ErrorKind, value: &V) -> V {
    match fault {
        ErrorKind::MappingLength | ErrorKind::MappingMissing => V::undefined(),
        ErrorKind::MappingCase
        | ErrorKind::MappingMode
        | ErrorKind::MappingDirection
        | ErrorKind::MappingLetterCase
            if value.kind() == ValueKind::String =>
        {
            value.clone()
        }
        _ => V::string(value.kind().article()),
    }
}

/// Whether `value` is what [`super::schema::Rule::allowed`] says.
pub fn accepts<V: Value>(value: &V, allowed: u16, fault: ErrorKind) -> bool {
    let has = |demand| allowed & demand != 0;
    let words = if fault == ErrorKind::MappingMode { [Name::Encode, Name::Decode] } else { [Name::Left, Name::Right] };
    (has(1 << value.kind() as u16) || has(DIRECTIVE) && is_directive(value))
        && (!has(TRUTHY) || value.truthy())
        && (!has(SHORT) || !is_longer(value, MAX_LENGTH))
        && (!has(WORD) || value.kind() != ValueKind::String || words.iter().any(|word| says(value, *word)))
}

/// The option called `name`, undefined when there is none.
pub fn option<V: Value>(options: &[(V, V)], name: Name) -> V {
    for (key, value) in options {
        if key.as_name() == Some(name) {
            return value.clone();
        }
    }
    V::undefined()
}

/// Whether this is that word in any letter case.
pub fn says<V: Value>(value: &V, word: Name) -> bool {
    value.to_case(false).same(&V::name(word))
}

/// Whether a string is of more UTF-16 code units.
pub fn is_longer<V: Value>(text: &V, length: f64) -> bool {
    text.get(&V::array(&[V::string("length")])).as_number() > length
}

/// Whether Segment's check takes this for a directive, be it a good one or not.
pub fn is_directive<V: Value>(value: &V) -> bool {
    value.kind() == ValueKind::Object && value.entries().iter().any(|(key, _)| is_directive_key(key))
}

pub fn is_directive_key<V: Value>(key: &V) -> bool {
    match key.as_name() {
        Some(name) => name == Name::At || Op::of(Some(name)).is_some(),
        None => key.search(Search::Prefix, &V::name(Name::At)),
    }
}
