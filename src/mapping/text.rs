//! `@case` and `@replace`: changing text.

use super::ast::Node;
use super::literal;
use super::parse::{self, Compiler, Setting};
use super::tree::Tree;
use crate::error::{self, Error};
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// How long a pattern and a replacement may be, in UTF-16 code units.
const MAX_LENGTH: usize = 10;

/// `@case`: text in upper or lower case.
pub struct Case<V> {
    value: Node<V>,
    /// An operator that is neither is a failure only once there is text.
    upper: Result<bool, Error>,
}

pub fn case<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, None)?;
    let operator = settings.take(Name::Operator).raw;
    let value = settings.take(Name::Value);
    if compiler.strict() && !matches!(operator.kind(), Kind::Undefined | Kind::String) {
        return Err(compiler.invalid_at(Name::Operator, error::Kind::MappingCase, &operator));
    }
    if value.raw.kind() != Kind::Undefined {
        check_text(compiler, &value)?;
    }
    if !operator.truthy() {
        return Err(compiler.fails_at(Name::Operator, error::Kind::MappingCase, &operator));
    }
    if !value.raw.truthy() {
        return Ok(Node::Constant(V::undefined()));
    }
    let upper = match &*operator.text() {
        "upper" => Ok(true),
        "lower" => Ok(false),
        _ => Err(compiler.fails_at(Name::Operator, error::Kind::MappingCase, &operator)),
    };
    Ok(Node::Case(Box::new(Case { value: value.node, upper })))
}

impl<V: Value> Case<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let value = self.value.resolve(payload)?;
        match (value, &self.upper) {
            (Tree::Leaf(value), upper) if value.kind() == Kind::String => match upper {
                Ok(upper) => Ok(Tree::Leaf(value.to_case(*upper))),
                Err(error) => Err(error.clone()),
            },
            (value, _) => Ok(value),
        }
    }
}

/// `@replace`: one or two replacements in text.
pub struct Replace<V> {
    value: Node<V>,
    /// Patterns and what replaces them. Without any, all text becomes empty.
    steps: Vec<(V, V)>,
    /// A text that is too long is a failure only once there is something to replace in.
    too_long: Option<Error>,
}

pub fn replace<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, None)?;
    let pattern = settings.take(Name::Pattern).raw;
    let replacement = settings.take(Name::Replacement).raw;
    let pattern2 = settings.take(Name::Pattern2).raw;
    let replacement2 = settings.take(Name::Replacement2).raw;
    let value = settings.take(Name::Value);
    let ignore_case = settings.take(Name::IgnoreCase).raw;
    let global = settings.take(Name::Global).raw;
    if compiler.strict() {
        if pattern.kind() != Kind::String {
            return Err(compiler.invalid_at(Name::Pattern, error::Kind::MappingString, &pattern));
        }
        if !pattern.truthy() || is_too_long(&pattern) {
            return Err(compiler.invalid_at(Name::Pattern, error::Kind::MappingLength, &pattern));
        }
        if !matches!(replacement.kind(), Kind::Undefined | Kind::String) {
            return Err(compiler.invalid_at(Name::Replacement, error::Kind::MappingString, &replacement));
        }
        if is_too_long(&replacement) {
            return Err(compiler.invalid_at(Name::Replacement, error::Kind::MappingLength, &replacement));
        }
        for (name, flag) in [(Name::IgnoreCase, &ignore_case), (Name::Global, &global)] {
            if !matches!(flag.kind(), Kind::Undefined | Kind::True | Kind::False) {
                return Err(compiler.invalid_at(name, error::Kind::MappingBoolean, flag));
            }
        }
        literal::require(compiler, &value)?;
        check_text(compiler, &value)?;
    }
    if !pattern.truthy() {
        return Err(compiler.fails_at(Name::Pattern, error::Kind::MappingString, &pattern));
    }
    if !value.raw.truthy() {
        return Ok(Node::Constant(V::undefined()));
    }
    let mut replace = Replace { value: value.node, steps: Vec::new(), too_long: None };
    let is_flag = |flag: &V| matches!(flag.kind(), Kind::Undefined | Kind::Null | Kind::True | Kind::False);
    if pattern.kind() != Kind::String || !is_flag(&ignore_case) || !is_flag(&global) {
        return Ok(Node::Replace(Box::new(replace)));
    }
    let flags = (ignore_case.truthy(), global.kind() != Kind::False);
    if replace.push(compiler, [Name::Pattern, Name::Replacement], &pattern, &replacement, flags)
        && pattern2.kind() == Kind::String
        && pattern2.truthy()
    {
        replace.push(compiler, [Name::Pattern2, Name::Replacement2], &pattern2, &replacement2, flags);
    }
    Ok(Node::Replace(Box::new(replace)))
}

impl<V: Value> Replace<V> {
    /// Adds a replacement; false when it is none, as its replacement is no text.
    fn push(&mut self, compiler: &mut Compiler<V>, names: [Name; 2], pattern: &V, by: &V, flags: (bool, bool)) -> bool {
        let by = if matches!(by.kind(), Kind::Undefined | Kind::Null) { V::string("") } else { by.clone() };
        if by.kind() != Kind::String {
            return false;
        }
        for (name, text) in names.into_iter().zip([pattern, &by]) {
            if is_too_long(text) {
                self.too_long = Some(compiler.fails_at(name, error::Kind::MappingLength, text));
            }
        }
        self.steps.push((V::pattern(pattern, flags.0, flags.1), by));
        true
    }

    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let mut value = self.value.resolve_raw(payload)?;
        if matches!(value.kind(), Kind::True | Kind::False | Kind::Number | Kind::NotFinite) {
            value = V::concat(&[value]);
        }
        if value.kind() != Kind::String || self.steps.is_empty() {
            return Ok(Tree::Leaf(V::string("")));
        }
        if let Some(error) = &self.too_long {
            return Err(error.clone());
        }
        for (pattern, by) in &self.steps {
            value = value.replace(pattern, by);
        }
        Ok(Tree::Leaf(value))
    }
}

/// Refuses a `value` that is neither text nor a directive.
fn check_text<V: Value>(compiler: &mut Compiler<V>, value: &Setting<V>) -> Result<(), Error> {
    if compiler.strict() && value.raw.kind() != Kind::String && !parse::is_directive(&value.raw) {
        return Err(compiler.invalid_at(Name::Value, error::Kind::MappingString, &value.raw));
    }
    Ok(())
}

fn is_too_long<V: Value>(text: &V) -> bool {
    length(text) > MAX_LENGTH
}

/// The length of a string as JavaScript counts it.
pub fn length<V: Value>(text: &V) -> usize {
    text.text().encode_utf16().count()
}
