//! What a mapping resolves to, before it is built.

use super::limits::Limits;
use crate::value::{Kind, Value};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// What a mapping resolves to before it is built, so that it can be rearranged without building it twice.
#[derive(Clone)]
pub enum Tree<V> {
    /// A value, which may be an object or array of the event itself.
    Leaf(V),
    /// An object or an array. The keys of an object are strings, none twice; those of an array say nothing. A value may be
    /// undefined.
    Built(Kind, Vec<(V, Tree<V>)>),
}

/// How a tree is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// As it is: undefined properties stay, and objects of the event are not copied.
    Raw,
    /// As it is, but every null property undefined, also those of objects in it, but not those of objects in arrays.
    WithoutNulls,
    /// To resolve another mapping on: as [`Mode::Sendable`], but what cannot be sent stays.
    Payload,
    /// As [`Tree::into_value`] says.
    Sendable,
}

impl<V: Value> Tree<V> {
    /// The entries of an object that are not undefined; none for everything else.
    pub fn entries(self) -> Vec<(V, Tree<V>)> {
        let mut entries = match self {
            Tree::Built(Kind::Object, entries) => entries,
            Tree::Leaf(value) if value.kind() == Kind::Object => leaves(&value),
            _ => Vec::new(),
        };
        entries.retain(|(_, tree)| tree.kind() != Kind::Undefined);
        entries
    }

    /// What this is.
    pub fn kind(&self) -> Kind {
        match self {
            Tree::Leaf(value) => value.kind(),
            Tree::Built(kind, _) => *kind,
        }
    }

    /// Builds it, as [`Value::copy`] says of what is copied.
    pub fn into_value(self) -> V {
        self.value()
    }

    /// As it is: undefined properties stay, and objects of the event are not copied.
    pub fn raw(&self) -> V {
        self.build(Mode::Raw)
    }

    /// As [`Tree::into_value`].
    pub fn value(&self) -> V {
        match self {
            // Nearly every field is one of these.
            Tree::Leaf(value) if matches!(value.kind(), Kind::Undefined | Kind::String | Kind::Number) => value.clone(),
            _ => self.build(Mode::Sendable),
        }
    }

    pub(super) fn build(&self, mode: Mode) -> V {
        self.walk(mode, &mut Limits::new())
    }

    /// One level of an object or array, of the event or not.
    pub fn children(&self) -> Cow<'_, [(V, Tree<V>)]> {
        match self {
            Tree::Leaf(value) => Cow::Owned(leaves(value)),
            Tree::Built(_, children) => Cow::Borrowed(children),
        }
    }

    fn walk(&self, mode: Mode, limits: &mut Limits) -> V {
        let is_list = self.kind() == Kind::Array;
        let is_container = is_list || self.kind() == Kind::Object;
        let mut inner = mode;
        match self {
            Tree::Leaf(value) => match mode {
                Mode::Payload | Mode::Sendable if is_container => return value.copy(mode == Mode::Payload),
                Mode::Sendable if matches!(value.kind(), Kind::Other | Kind::NotFinite) => return V::undefined(),
                Mode::WithoutNulls if value.kind() == Kind::Null => return V::undefined(),
                Mode::WithoutNulls if is_container && !is_list && limits.enter() => {}
                _ => return value.clone(),
            },
            Tree::Built(..) if mode == Mode::WithoutNulls && is_list => inner = Mode::Raw,
            Tree::Built(..) => {}
        }
        let mut entries = Vec::new();
        let mut items = Vec::new();
        for (key, tree) in self.children().iter() {
            let mut value = tree.walk(inner, limits);
            if is_list {
                if value.kind() == Kind::Undefined && tree.kind() != Kind::Undefined {
                    value = V::null();
                }
                items.push(value);
            } else if matches!(mode, Mode::Raw | Mode::WithoutNulls) || value.kind() != Kind::Undefined {
                entries.push((key.clone(), value));
            }
        }
        if let Tree::Leaf(_) = self {
            limits.leave();
        }
        if is_list { V::array(&items) } else { V::object(&entries) }
    }
}

fn leaves<V: Value>(value: &V) -> Vec<(V, Tree<V>)> {
    let mut leaves = Vec::new();
    if value.kind() == Kind::Array {
        for item in value.items() {
            leaves.push((V::undefined(), Tree::Leaf(item)));
        }
    } else {
        for (key, item) in value.entries() {
            leaves.push((key, Tree::Leaf(item)));
        }
    }
    leaves
}
