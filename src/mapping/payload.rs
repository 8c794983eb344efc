//! What a mapping resolves to, before it is built.

use crate::value::walk::Limits;
use crate::value::{Unsendable, Value, ValueKind};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// What a mapping resolves to before it is built, so that it can be rearranged without building it twice.
#[derive(Clone)]
pub enum Payload<V> {
    /// A value, which may be an object or array of the event itself.
    Leaf(V),
    /// An object or an array. The keys of an object are strings, none twice; those of an array say nothing. A value may be
    /// undefined.
    Built(ValueKind, Vec<(V, Payload<V>)>),
}

/// How a tree is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As it is: undefined properties stay, and objects of the event are not copied.
    Raw,
    /// As it is, but every null property undefined, also those of objects in it, but not those of objects in arrays.
    WithoutNulls,
    /// To resolve another mapping on: as [`Mode::Sendable`], but what cannot be sent stays.
    Payload,
    /// As [`Payload::into_value`] says.
    Sendable,
}

impl<V: Value> Payload<V> {
    /// The entries of an object that are not undefined; none for everything else.
    pub fn entries(self) -> Vec<(V, Payload<V>)> {
        let mut entries = match self {
            Payload::Built(ValueKind::Object, entries) => entries,
            Payload::Leaf(value) if value.kind() == ValueKind::Object => leaves(&value),
            _ => Vec::new(),
        };
        entries.retain(|(_, tree)| tree.kind() != ValueKind::Undefined);
        entries
    }

    /// What this is.
    pub fn kind(&self) -> ValueKind {
        match self {
            Payload::Leaf(value) => value.kind(),
            Payload::Built(kind, _) => *kind,
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

    /// As [`Payload::into_value`].
    pub fn value(&self) -> V {
        match self {
            // Nearly every field is one of these.
            Payload::Leaf(value)
                if matches!(value.kind(), ValueKind::Undefined | ValueKind::String | ValueKind::Number) =>
            {
                value.clone()
            }
            _ => self.build(Mode::Sendable),
        }
    }

    pub(crate) fn build(&self, mode: Mode) -> V {
        self.walk(mode, &mut Limits::new())
    }

    /// One level of an object or array, of the event or not.
    pub fn children(&self) -> Cow<'_, [(V, Payload<V>)]> {
        match self {
            Payload::Leaf(value) => Cow::Owned(leaves(value)),
            Payload::Built(_, children) => Cow::Borrowed(children),
        }
    }

    fn walk(&self, mode: Mode, limits: &mut Limits) -> V {
        let is_list = self.kind() == ValueKind::Array;
        let is_container = is_list || self.kind() == ValueKind::Object;
        let mut inner = mode;
        match self {
            Payload::Leaf(value) => match mode {
                Mode::Payload if is_container => return value.copy(Unsendable::Keep),
                Mode::Sendable if is_container || value.kind() == ValueKind::Date => {
                    return value.copy(Unsendable::Omit);
                }
                Mode::Sendable if matches!(value.kind(), ValueKind::Other | ValueKind::NotFinite) => {
                    return V::undefined();
                }
                Mode::WithoutNulls if value.kind() == ValueKind::Null => return V::undefined(),
                Mode::WithoutNulls if is_container && !is_list && limits.enter() => {}
                _ => return value.clone(),
            },
            Payload::Built(..) if mode == Mode::WithoutNulls && is_list => inner = Mode::Raw,
            Payload::Built(..) => {}
        }
        let mut entries = Vec::new();
        let mut items = Vec::new();
        for (key, tree) in self.children().iter() {
            let mut value = tree.walk(inner, limits);
            if is_list {
                if value.kind() == ValueKind::Undefined && tree.kind() != ValueKind::Undefined {
                    value = V::null();
                }
                items.push(value);
            } else if matches!(mode, Mode::Raw | Mode::WithoutNulls) || value.kind() != ValueKind::Undefined {
                entries.push((key.clone(), value));
            }
        }
        if let Payload::Leaf(_) = self {
            limits.leave();
        }
        if is_list { V::array(&items) } else { V::object(&entries) }
    }
}

fn leaves<V: Value>(value: &V) -> Vec<(V, Payload<V>)> {
    let mut leaves = Vec::new();
    if value.kind() == ValueKind::Array {
        for item in value.items() {
            leaves.push((V::undefined(), Payload::Leaf(item)));
        }
    } else {
        for (key, item) in value.entries() {
            leaves.push((key, Payload::Leaf(item)));
        }
    }
    leaves
}
