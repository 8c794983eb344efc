//! Presets as data: short to write, short to download, and an ordinary mapping once built.

use crate::intercom::object;
use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// A subscription that applies when a site names none.
pub struct Preset {
    /// Its name in messages.
    pub name: &'static str,
    /// Its filter.
    pub subscribe: &'static str,
    /// Fields and where each comes from.
    ///
    /// # Syntax
    /// A field is `name`, `object.name`, or `list[path of the items].name`. A source is a path without its `$.`; `a|b` is
    /// `a` if it exists, else `b`. Fields of one object or list stand together.
    pub mapping: &'static [(&'static str, &'static str)],
}

impl Preset {
    /// The mapping as a site would write it: `@path`, `@if` and `@arrayPath` directives.
    pub fn to_mapping<V: Value>(&self) -> V {
        let mut out: Vec<(&str, V)> = Vec::new();
        let mut rest = self.mapping;
        while let Some((field, source)) = rest.first() {
            let Some((parent, _)) = field.split_once('.').filter(|_| !field.contains('[')).or_else(|| list(field))
            else {
                out.push((field, directive(source)));
                rest = &rest[1..];
                continue;
            };
            let child = |field: &'static str| field.strip_prefix(parent).and_then(|rest| rest.strip_prefix('.'));
            let mut children = Vec::new();
            while let Some((name, source)) = rest.first().and_then(|(field, source)| Some((child(field)?, source))) {
                children.push((name, directive(source)));
                rest = &rest[1..];
            }
            out.push(match parent.split_once('[') {
                None => (parent, object(&children)),
                Some((name, items)) => {
                    let parts = [V::string(&path(items.trim_end_matches(']'))), object(&children)];
                    (name, object(&[("@arrayPath", V::array(&parts))]))
                }
            });
        }
        object(&out)
    }
}

/// `list[path]` and the name behind it.
fn list(field: &str) -> Option<(&str, &str)> {
    let end = field.find(']')? + 1;
    Some((&field[..end], &field[end..]))
}

fn directive<V: Value>(source: &str) -> V {
    let at_path = |source: &str| object(&[("@path", V::string(&path(source)))]);
    match source.split_once('|') {
        None => at_path(source),
        Some((first, second)) => {
            let first = at_path(first);
            let branches = object(&[("exists", first.clone()), ("then", first), ("else", at_path(second))]);
            object(&[("@if", branches)])
        }
    }
}

fn path(source: &str) -> String {
    let mut path = String::from("$.");
    path.push_str(source);
    path
}
