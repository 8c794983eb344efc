//! `@template` and `@liquid`: text with values of the event in it.

use super::ast::Node;
use super::lookup::{self, Text};
use super::parse::Compiler;
use super::text;
use super::tree::Tree;
use crate::error::{self, Error};
use crate::path;
use crate::value::{self, Kind, Search, Value};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// `@template` with a text that is known.
pub struct Template<V> {
    parts: Vec<Part<V>>,
    place: String,
}

enum Part<V> {
    Text(V),
    /// A placeholder.
    Path(V),
}

/// `@template` with a text that depends on the event.
pub struct DynamicTemplate<V> {
    text: Node<V>,
    place: String,
}

pub fn template<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let place = compiler.place();
    Ok(match lookup::text(compiler, argument)? {
        Text::Known(text) => {
            let parts = parts(&text.text());
            if parts.iter().any(|part| matches!(part, Part::Path(_))) {
                Node::Template(Box::new(Template { parts, place }))
            } else {
                Node::Constant(text)
            }
        }
        Text::Dynamic(text) => Node::DynamicTemplate(Box::new(DynamicTemplate { text, place })),
        Text::Never(node) => node,
    })
}

impl<V: Value> Template<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        fill(&self.parts, payload, &self.place)
    }
}

impl<V: Value> DynamicTemplate<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let text = lookup::resolve_text(&self.text, payload, &self.place)?;
        fill(&parts(&text.text()), payload, &self.place)
    }
}

fn fill<V: Value>(parts: &[Part<V>], payload: &V, place: &str) -> Result<Tree<V>, Error> {
    // Segment fills a template of nothing with an empty object, which `{{.}}` shows.
    let nothing = (payload.kind() == Kind::Undefined).then(|| V::object(&[]));
    let payload = nothing.as_ref().unwrap_or(payload);
    let mut texts = Vec::with_capacity(parts.len());
    for part in parts {
        texts.push(match part {
            Part::Text(text) => text.clone(),
            Part::Path(path) => payload.get(path),
        });
    }
    let filled = V::concat(&texts);
    if filled.kind() == Kind::Undefined {
        return Err(Error::new(error::Kind::MappingString, place, Kind::Other.article()));
    }
    Ok(Tree::Leaf(filled))
}

/// Splits a template at its placeholders: all of three braces first, then those of two between them.
fn parts<V: Value>(template: &str) -> Vec<Part<V>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, path, after)) = placeholder(rest, "{{{", "}}}") {
        push_parts(&mut parts, before);
        parts.push(Part::Path(path::compile_placeholder(path)));
        rest = after;
    }
    push_parts(&mut parts, rest);
    parts
}

fn push_parts<V: Value>(parts: &mut Vec<Part<V>>, mut rest: &str) {
    while let Some((before, path, after)) = placeholder(rest, "{{", "}}") {
        if !before.is_empty() {
            parts.push(Part::Text(V::string(before)));
        }
        parts.push(Part::Path(path::compile_placeholder(path)));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(V::string(rest)));
    }
}

/// The first placeholder between `open` and `close`: what is before it, its path, and what is after it. A path holds no
/// closing brace, but may start with an opening one.
fn placeholder<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        if !rest.starts_with(open) {
            let mut next = rest.char_indices().skip(1);
            at += next.find(|(_, c)| *c == '{')?.0;
            continue;
        }
        let start = at + open.len();
        let path = text.get(start..)?;
        let length = path.find('}')?;
        let after = path.get(length..)?;
        if length > 0 && after.starts_with(close) {
            return Some((text.get(..at)?, value::trim(path.get(..length)?), after.get(close.len()..)?));
        }
        // Every opening brace before this closing one meets the same end.
        at = start + length;
    }
}

/// How long a Liquid template may be, in UTF-16 code units.
const MAX_LIQUID_LENGTH: usize = 1000;

/// `@liquid`: a Liquid template.
pub struct Liquid<V> {
    template: V,
    place: String,
}

pub fn liquid<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    if argument.kind() != Kind::String {
        return Err(compiler.invalid(error::Kind::MappingString, argument.kind().article()));
    }
    if text::length(argument) > MAX_LIQUID_LENGTH {
        return Err(compiler.fails(error::Kind::MappingLiquidLength, ""));
    }
    if ![V::string("{{"), V::string("{%")].iter().any(|open| argument.search(Search::Contains, open)) {
        return Ok(Node::Constant(argument.clone()));
    }
    compiler.use_liquid();
    Ok(Node::Liquid(Box::new(Liquid { template: argument.clone(), place: compiler.place() })))
}

impl<V: Value> Liquid<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let text = V::liquid(&self.template, payload);
        if text.kind() == Kind::Undefined {
            return Err(Error::new(error::Kind::MappingLiquid, self.place.as_str(), ""));
        }
        Ok(Tree::Leaf(text))
    }
}
