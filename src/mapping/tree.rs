//! What a mapping resolves to, before it is built.

use super::limits::Limits;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

/// What a mapping resolves to before it is built, so that it can be rearranged without building it twice.
#[derive(Clone)]
pub enum Tree<V> {
    /// A value, which may be an object or array of the event itself.
    Leaf(V),
    /// An object; the keys are strings, none twice. A value may be undefined.
    Object(Vec<(V, Tree<V>)>),
    /// An array.
    List(Vec<Tree<V>>),
}

impl<V: Value> Tree<V> {
    /// The entries of an object that are not undefined; none for everything else.
    pub fn entries(self) -> Vec<(V, Tree<V>)> {
        match self.open() {
            Tree::Object(mut entries) => {
                entries.retain(|(_, tree)| tree.kind() != Kind::Undefined);
                entries
            }
            _ => Vec::new(),
        }
    }

    /// What this is.
    pub fn kind(&self) -> Kind {
        match self {
            Tree::Leaf(value) => value.kind(),
            Tree::Object(_) => Kind::Object,
            Tree::List(_) => Kind::Array,
        }
    }

    /// Builds it. Objects and arrays of the event are copied; undefined properties, what cannot be sent (functions,
    /// symbols, BigInts, NaN and so on), whatever is nested deeper than [`super::MAX_DEPTH`] and every object and array after
    /// the first 100,000 are left out, or null inside arrays. Dates stay.
    pub fn into_value(self) -> V {
        self.copy(true, &mut Limits::new())
    }

    /// Builds a payload to resolve another mapping on: as [`Tree::into_value`], but what cannot be sent stays.
    pub(super) fn into_payload(self) -> V {
        self.copy(false, &mut Limits::new())
    }

    /// Builds it as it is: undefined properties stay, and objects of the event are not copied.
    pub(super) fn into_raw(self) -> V {
        match self {
            Tree::Leaf(value) => value,
            Tree::Object(entries) => {
                let entries: Vec<(V, V)> = entries.into_iter().map(|(key, tree)| (key, tree.into_raw())).collect();
                V::object(&entries)
            }
            Tree::List(items) => {
                let items: Vec<V> = items.into_iter().map(Tree::into_raw).collect();
                V::array(&items)
            }
        }
    }

    /// One level of an object or array of the event as a tree.
    pub(super) fn open(self) -> Self {
        match self {
            Tree::Leaf(value) => match value.kind() {
                Kind::Object => Tree::Object(leaves(value.entries())),
                Kind::Array => Tree::List(value.items().into_iter().map(Tree::Leaf).collect()),
                _ => Tree::Leaf(value),
            },
            tree => tree,
        }
    }

    fn copy(self, sendable: bool, limits: &mut Limits) -> V {
        if !matches!(self.kind(), Kind::Object | Kind::Array) {
            let value = self.into_raw();
            let unsendable = matches!(value.kind(), Kind::Other | Kind::NotFinite);
            return if sendable && unsendable { V::undefined() } else { value };
        }
        if !limits.enter() {
            return V::undefined();
        }
        let value = match self.open() {
            Tree::Object(entries) => {
                let mut kept = Vec::with_capacity(entries.len());
                for (key, tree) in entries {
                    let value = tree.copy(sendable, limits);
                    if value.kind() != Kind::Undefined {
                        kept.push((key, value));
                    }
                }
                V::object(&kept)
            }
            Tree::List(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for tree in items {
                    let absent = tree.kind() == Kind::Undefined;
                    let value = tree.copy(sendable, limits);
                    kept.push(if value.kind() == Kind::Undefined && !absent { V::null() } else { value });
                }
                V::array(&kept)
            }
            Tree::Leaf(value) => value,
        };
        limits.leave();
        value
    }
}

fn leaves<V>(entries: Vec<(V, V)>) -> Vec<(V, Tree<V>)> {
    entries.into_iter().map(|(key, value)| (key, Tree::Leaf(value))).collect()
}
