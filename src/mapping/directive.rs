//! What each directive compiles to, beyond the rules of [`super::schema`].

use super::compiler::{Compiler, MAX_LENGTH, accepts, is_directive, is_directive_key, is_longer, option, says, shown};
use super::node::{Node, Op};
use super::payload::{Mode, Payload};
use super::root;
use super::schema::TEXT;
use crate::error::ErrorKind;
use crate::name::Name;
use crate::value::{Search, Value, ValueKind};
use alloc::vec::Vec;
use core::mem::{replace, take};

/// How long a Liquid template may be, in UTF-16 code units.
const MAX_LIQUID_LENGTH: f64 = 1000.0;

impl<V: Value> Compiler<'_, V> {
    /// The directive `op`, compiled.
    pub fn directive(&mut self, op: Op, argument: &V) -> Node<V> {
        if let Some(fault) = self.check(op, argument, None, false) {
            return fault;
        }
        match op {
            Op::Path | Op::Template => self.text(op, argument),
            Op::Literal => self.literal(argument),
            Op::ExcludeWhenNull => {
                let node = self.literal(argument);
                if node.op == Op::Constant {
                    Node::new(Op::Constant, Payload::Leaf(node.value).build(Mode::WithoutNulls))
                } else {
                    Node::new(op, V::undefined()).with(node)
                }
            }
            Op::Liquid => self.liquid(argument),
            Op::ArrayPath => self.array_path(argument),
            _ => self.options(op, argument),
        }
    }

    /// `@path` and `@template`, whose text may be another directive's.
    fn text(&mut self, op: Op, argument: &V) -> Node<V> {
        let text = self.node(argument);
        match text.op {
            Op::Constant if text.value.kind() == ValueKind::String => {
                let value = if op == Op::Path { V::path(&text.value) } else { V::template(&text.value) };
                if op == Op::Template && value.items().len() == 1 {
                    return text;
                }
                let keys = if op == Op::Path { V::undefined() } else { V::array(&self.keys) };
                Node { keys, ..Node::new(op, value) }
            }
            Op::Constant => self.fails(ErrorKind::MappingString, shown(ErrorKind::MappingString, &text.value)),
            Op::Fail => text,
            _ => {
                let op = if op == Op::Path { Op::DynamicPath } else { Op::DynamicTemplate };
                Node { keys: V::array(&self.keys), ..Node::new(op, V::undefined()) }.with(text)
            }
        }
    }

    /// `@literal`, which resolves its value like any other.
    fn literal(&mut self, argument: &V) -> Node<V> {
        let strict = self.strict;
        self.strict = strict && is_directive(argument);
        let node = self.node(argument);
        self.strict = strict;
        node
    }

    fn liquid(&mut self, template: &V) -> Node<V> {
        if is_longer(template, MAX_LIQUID_LENGTH) {
            return self.fails(ErrorKind::MappingLiquidLength, V::undefined());
        }
        if !["{{", "{%"].iter().any(|open| template.search(Search::Contains, &V::string(open))) {
            return Node::new(Op::Constant, template.clone());
        }
        self.liquid = true;
        Node { fault: ErrorKind::MappingLiquid, keys: V::array(&self.keys), ..Node::new(Op::Liquid, template.clone()) }
    }

    fn array_path(&mut self, argument: &V) -> Node<V> {
        let items = argument.items();
        let item = |at| items.get(at).cloned().unwrap_or_else(V::undefined);
        let (path, shape) = (item(0), item(1));
        let shape = (shape.kind() == ValueKind::Object && !shape.entries().is_empty())
            .then(|| self.child(V::number(1.0), &shape));
        let root = if path.kind() == ValueKind::String {
            Node::new(Op::Path, V::path(&path))
        } else if self.strict && !accepts(&path, TEXT, ErrorKind::MappingString) {
            self.keys.push(V::number(0.0));
            let fault = self.invalid(ErrorKind::MappingString, shown(ErrorKind::MappingString, &path));
            self.keys.pop();
            return fault;
        } else {
            self.child(V::number(0.0), &path)
        };
        match shape {
            Some(shape) => Node::new(Op::ArrayPath, V::undefined()).with(root).with(shape),
            None => root,
        }
    }

    /// A directive whose argument is an object of options.
    fn options(&mut self, op: Op, argument: &V) -> Node<V> {
        let options = argument.entries();
        let mut nodes = Vec::new();
        for (key, value) in &options {
            if self.strict && is_directive_key(key) {
                return self.invalid(ErrorKind::MappingObject, key.clone());
            }
            let name = key.as_name();
            let by_itself =
                op == Op::Merge && name == Some(Name::Objects) || op == Op::Transform && name == Some(Name::Apply);
            if !by_itself {
                nodes.push((name, self.child(key.clone(), value)));
            }
        }
        let raw = |name| option(&options, name);
        if let Some(fault) = self.check(op, argument, Some(&options), false) {
            return fault;
        }
        if op == Op::If && !raw(Name::Exists).truthy() && !raw(Name::Blank).truthy() {
            return self.fails(ErrorKind::MappingCondition, V::undefined());
        }
        let objects = if op == Op::Merge { self.objects(&raw(Name::Objects)) } else { Vec::new() };
        if let Some(fault) = self.check(op, argument, Some(&options), true) {
            return fault;
        }
        let value = raw(Name::Value);
        if matches!(op, Op::Case | Op::Replace) && !value.truthy() {
            return Node::undefined();
        }
        let mut child = |name| take_option(&mut nodes, name);
        let mut node = Node::new(op, V::undefined());
        match op {
            Op::If => {
                node.flag = raw(Name::Exists).kind() == ValueKind::Undefined;
                let value = child(if node.flag { Name::Blank } else { Name::Exists });
                let then = child(Name::Then);
                // Segment does not look at an `else` of 0, false, "" or null.
                let otherwise = if raw(Name::Else).truthy() { child(Name::Else) } else { Node::undefined() };
                let is_path = !node.flag && value.op == Op::Path && then.op == Op::Path;
                if is_path && value.value.to_json().same(&then.value.to_json()) {
                    Node::new(Op::Coalesce, value.value).with(otherwise)
                } else {
                    node.with(value).with(then).with(otherwise)
                }
            }
            Op::Case => {
                let operator = raw(Name::Operator);
                node.flag = operator.same(&V::name(Name::Upper));
                if !node.flag && !operator.same(&V::name(Name::Lower)) {
                    node.fail_as(self.fails_at(Name::Operator, ErrorKind::MappingCase, &operator));
                }
                node.with(child(Name::Value))
            }
            Op::Replace => {
                let node = node.with(child(Name::Value));
                self.replacements(node, &options)
            }
            Op::Flatten => {
                let separator = child(Name::Separator);
                if separator.op == Op::Constant && separator.value.kind() != ValueKind::String {
                    return self.fails_at(Name::Separator, ErrorKind::MappingMissing, &separator.value);
                }
                node.flag = raw(Name::OmitArrays).truthy();
                self.keys.push(V::name(Name::Separator));
                node.keys = V::array(&self.keys);
                self.keys.pop();
                node.with(separator).with(child(Name::Value))
            }
            Op::Json => {
                let mode = raw(Name::Mode);
                let known = [Name::Encode, Name::Decode];
                match known.into_iter().find(|word| mode.same(&V::name(*word))) {
                    Some(word) => node.value = V::name(word),
                    // Another spelling or word, for which Segment gives nothing.
                    None => {
                        let is_known = known.iter().any(|word| says(&mode, *word));
                        let fault = if is_known { ErrorKind::MappingLetterCase } else { ErrorKind::MappingMode };
                        self.fails_at(Name::Mode, fault, &mode);
                    }
                }
                node.fault = ErrorKind::MappingJson;
                node.keys = V::array(&self.keys);
                node.with(child(Name::Value))
            }
            Op::Merge => {
                let direction = raw(Name::Direction);
                node.flag = direction.same(&V::name(Name::Left));
                if !node.flag && says(&direction, Name::Left) {
                    self.fails_at(Name::Direction, ErrorKind::MappingLetterCase, &direction);
                }
                let mut node = node.with(child(Name::Direction));
                node.children.extend(objects);
                node
            }
            _ => {
                node.fault = ErrorKind::MappingObject;
                node.keys = V::array(&self.keys);
                let apply = self.apply(&raw(Name::Apply));
                node.with(apply).with(child(Name::Mapping))
            }
        }
    }

    /// The patterns and replacements of `@replace`. Without any, all text becomes empty.
    fn replacements(&mut self, mut node: Node<V>, options: &[(V, V)]) -> Node<V> {
        let ignore_case = option(options, Name::IgnoreCase);
        let global = option(options, Name::Global);
        let is_flag = |flag: &V| {
            matches!(flag.kind(), ValueKind::Undefined | ValueKind::Null | ValueKind::True | ValueKind::False)
        };
        if !is_flag(&ignore_case) || !is_flag(&global) {
            return node;
        }
        for (pattern_name, by_name) in [(Name::Pattern, Name::Replacement), (Name::Pattern2, Name::Replacement2)] {
            let pattern = option(options, pattern_name);
            let mut by = option(options, by_name);
            if matches!(by.kind(), ValueKind::Undefined | ValueKind::Null) {
                by = V::string("");
            }
            if pattern.kind() != ValueKind::String || !pattern.truthy() || by.kind() != ValueKind::String {
                break;
            }
            for (name, text) in [(pattern_name, &pattern), (by_name, &by)] {
                if is_longer(text, MAX_LENGTH) {
                    node.fail_as(self.fails_at(name, ErrorKind::MappingLength, text));
                }
            }
            let pattern = V::pattern(&pattern, ignore_case.truthy(), global.kind() != ValueKind::False);
            node.children.push((pattern, Node::new(Op::Constant, by)));
        }
        node
    }

    /// The objects of `@merge`, which Segment checks although they stand in an array.
    fn objects(&mut self, objects: &V) -> Vec<(V, Node<V>)> {
        let mut nodes = Vec::new();
        self.keys.push(V::name(Name::Objects));
        for object in objects.items() {
            self.keys.push(V::number(nodes.len() as f64));
            if self.strict && object.kind() != ValueKind::Object {
                self.invalid(ErrorKind::MappingObject, shown(ErrorKind::MappingObject, &object));
            }
            nodes.push((V::undefined(), self.node(&object)));
            self.keys.pop();
        }
        self.keys.pop();
        nodes
    }

    /// The mapping that `@transform` applies first.
    fn apply(&mut self, apply: &V) -> Node<V> {
        self.keys.push(V::name(Name::Apply));
        // Segment checks it with the mapping around it, as if the root key were any key, and by itself when it gets there.
        let mut node = if self.strict { self.node(apply) } else { Node::undefined() };
        if !self.strict || root::directive(apply).is_some() && self.is_usable() {
            let strict = replace(&mut self.strict, true);
            let broken = take(&mut self.broken);
            node = self.root(apply);
            self.strict = strict;
            if replace(&mut self.broken, broken) {
                node = self.last_fault();
            }
        }
        self.keys.pop();
        node
    }
}

fn take_option<V: Value>(nodes: &mut Vec<(Option<Name>, Node<V>)>, name: Name) -> Node<V> {
    match nodes.iter().position(|(known, _)| *known == Some(name)) {
        Some(at) => nodes.swap_remove(at).1,
        None => Node::undefined(),
    }
}
