//! Compiles mappings, and reports everything that is wrong with them.
//!
//! Segment checks a mapping before each use, but not all of it: the items of arrays and the objects inside `@literal` and
//! `@excludeWhenNull` are not looked at. Where it looks, a fault makes the whole mapping unusable; where it does not, and for
//! the faults it does not know, an event fails only when it gets there. [`Compiler::strict`] tells the two apart.

use super::directives::{Directive, is_directive_key};
use super::node::{Node, Op};
use super::rule::{OBJECT, Rule, When, argument};
use crate::error::{Error, ErrorKind};
use crate::limits::DEPTH;
use crate::location::Part;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// Where the compiler is, and what it found.
pub(super) struct Compiler<'a, V> {
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

/// A fault that has been reported: [`Compiler::last_fault`] is the node that fails as it says.
pub(super) struct Fault;

/// A compiled directive, unless the fault that was reported last leaves nothing to compile.
pub(super) type Compiled<V> = Result<Box<Node<V>>, Fault>;

/// The options of a directive, as they were written and compiled.
pub(super) struct Options<V> {
    written: Vec<(V, V)>,
    nodes: Vec<(Option<Name>, Box<Node<V>>)>,
}

impl<'a, V: Value> Compiler<'a, V> {
    pub(super) fn new(errors: &'a mut Vec<Error>) -> Self {
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
    pub(super) fn is_usable(&self) -> bool {
        !self.broken && !self.too_deep
    }

    /// Reports a fault that Segment finds only at the events that get here.
    pub(super) fn fails(&mut self, kind: ErrorKind, found: V) -> Fault {
        self.errors.push(Error::new(kind, Part::Mapping { keys: texts(&self.keys) }, &found.text()));
        self.last = (kind, V::array(&self.keys), found);
        Fault
    }

    /// Reports a fault that Segment's check finds, where it looks.
    pub(super) fn invalid(&mut self, kind: ErrorKind, found: V) -> Fault {
        self.broken |= self.strict;
        self.fails(kind, found)
    }

    /// [`Compiler::fails`] for the option called `name`.
    pub(super) fn fails_at(&mut self, name: Name, kind: ErrorKind, value: &V) -> Fault {
        self.keys.push(V::name(name));
        let fault = self.fails(kind, shown(kind, value));
        self.keys.pop();
        fault
    }

    /// The last fault as a node, when one was reported.
    pub(super) fn last_fault(&self) -> Box<Node<V>> {
        let (fault, keys, found) = self.last.clone();
        let mut node = Node::new(Op::Fail, found);
        node.fault = fault;
        node.keys = keys;
        node
    }

    /// The value at `key`, compiled.
    pub(super) fn child(&mut self, key: V, value: &V) -> Box<Node<V>> {
        self.keys.push(key);
        let node = self.node(value);
        self.keys.pop();
        node
    }

    /// Any value of a mapping, compiled.
    pub(super) fn node(&mut self, value: &V) -> Box<Node<V>> {
        if self.too_deep {
            return Node::undefined();
        }
        let is_list = value.kind() == ValueKind::Array;
        if !is_list && value.kind() != ValueKind::Object {
            return Node::constant(value.clone());
        }
        if self.depth == DEPTH {
            // A mapping that refers to itself has no end, so nothing after this is looked at.
            self.too_deep = true;
            self.fails(ErrorKind::MappingTooDeep, V::undefined());
            return self.last_fault();
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
            self.object(&value.entries()).unwrap_or_else(|Fault| self.last_fault())
        };
        self.strict = strict;
        self.depth -= 1;
        node
    }

    fn object(&mut self, entries: &[(V, V)]) -> Compiled<V> {
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
                    return Err(fault);
                }
            }
            if !others {
                self.keys.push(key.clone());
                let compiled = match key.as_interned::<Directive>() {
                    Some(directive) => directive.compile(self, argument),
                    None => Err(self.invalid(ErrorKind::MappingDirective, key.clone())),
                };
                self.keys.pop();
                return compiled;
            }
        }
        Ok(self.children(Op::Object, entries))
    }

    fn children(&mut self, op: Op<V>, entries: &[(V, V)]) -> Box<Node<V>> {
        let mut node = Node::new(op, V::undefined());
        let mut constant = true;
        for (key, value) in entries {
            let child = self.child(key.clone(), value);
            constant &= matches!(child.op, Op::Constant);
            node.children.push((key.clone(), child));
        }
        node.plan();
        if constant { Node::constant(node.resolve_raw(&V::undefined(), &mut None)) } else { node }
    }

    /// Checks the argument of a directive, or an option's value.
    pub(super) fn check(&mut self, rule: &Rule, value: &V) -> Result<(), Fault> {
        if rule.when == When::Check && !self.strict || rule.accepts(value) {
            return Ok(());
        }
        self.keys.extend(rule.option.map(V::name));
        self.broken |= self.strict && rule.when != When::Event;
        let fault = self.fails(rule.fault, shown(rule.fault, value));
        if rule.option.is_some() {
            self.keys.pop();
        }
        Err(fault)
    }

    /// An argument that is an object of options: each compiled, but for the one `apart`, and all checked by those `rules` that do not
    /// wait for an event.
    pub(super) fn options(&mut self, argument: &V, rules: &[Rule], apart: Option<Name>) -> Result<Options<V>, Fault> {
        self.check(&OPTIONS, argument)?;
        let mut options = Options { written: argument.entries(), nodes: Vec::new() };
        for (key, value) in &options.written {
            if self.strict && is_directive_key(key) {
                return Err(self.invalid(ErrorKind::MappingObject, key.clone()));
            }
            let name = key.as_name();
            if name.is_none() || name != apart {
                options.nodes.push((name, self.child(key.clone(), value)));
            }
        }
        self.check_options(&options, rules, Stage::Load)?;
        Ok(options)
    }

    /// Goes through the rules of a stage, up to the first that is broken.
    pub(super) fn check_options(&mut self, options: &Options<V>, rules: &[Rule], stage: Stage) -> Result<(), Fault> {
        for rule in rules {
            if let Some(name) = rule.option
                && (rule.when == When::Event) == (stage == Stage::Event)
            {
                self.check(rule, &options.written(name))?;
            }
        }
        Ok(())
    }
}

const OPTIONS: Rule = argument(When::Always, OBJECT, ErrorKind::MappingObject);

/// Which rules are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Those of Segment's check.
    Load,
    /// Those whose fault Segment finds at the events that get there.
    Event,
}

impl<V: Value> Options<V> {
    /// The option called `name` as it was written, undefined when there is none.
    pub(super) fn written(&self, name: Name) -> V {
        for (key, value) in &self.written {
            if key.as_name() == Some(name) {
                return value.clone();
            }
        }
        V::undefined()
    }

    /// The option called `name`, compiled. Each is taken once.
    pub(super) fn take(&mut self, name: Name) -> Box<Node<V>> {
        match self.nodes.iter().position(|(known, _)| *known == Some(name)) {
            Some(at) => self.nodes.swap_remove(at).1,
            None => Node::undefined(),
        }
    }
}

/// Keys as an error carries them; those of arrays are numbers.
pub(super) fn texts<V: Value>(keys: &[V]) -> Vec<String> {
    let mut texts = Vec::new();
    for key in keys {
        texts.push(V::concat(core::slice::from_ref(key)).text());
    }
    texts
}

/// What a fault shows of a value: never the value, unless it is a word where words are expected.
pub(super) fn shown<V: Value>(fault: ErrorKind, value: &V) -> V {
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
