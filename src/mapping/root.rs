//! A whole mapping, and the root key: a directive around all the other keys.

use super::compiler::{Compiler, shown};
use super::node::Node;
use crate::error::ErrorKind;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::boxed::Box;

impl<V: Value> Compiler<'_, V> {
    /// A whole mapping, compiled: the directive of its root key if it has one.
    pub(super) fn root(&mut self, mapping: &V) -> Box<Node<V>> {
        if !matches!(mapping.kind(), ValueKind::Object | ValueKind::Array) {
            self.invalid(ErrorKind::MappingObject, shown(ErrorKind::MappingObject, mapping));
            return self.last_fault();
        }
        let Some(root) = directive(mapping) else {
            // The items of an array are the values of the keys 0, 1 and so on.
            return match mapping.kind() {
                ValueKind::Array => self.node(&V::object(&mapping.entries())),
                _ => self.node(mapping),
            };
        };
        self.keys.push(V::name(Name::Root));
        let node = match with_mapping(&root, mapping) {
            Some(directive) => self.node(&directive),
            None => {
                self.invalid(ErrorKind::MappingRoot, V::undefined());
                self.last_fault()
            }
        };
        self.keys.pop();
        node
    }
}

/// What stands under the root key: a directive whose `mapping` is all the other keys.
pub(super) fn directive<V: Value>(mapping: &V) -> Option<V> {
    mapping.entries().into_iter().find(|(key, _)| key.as_name() == Some(Name::Root)).map(|(_, value)| value)
}

/// The directive `root` with the rest of `outer` as its `mapping`; `None` unless it is one directive with options.
fn with_mapping<V: Value>(root: &V, outer: &V) -> Option<V> {
    let directives = root.entries();
    let [(name, options)] = &directives[..] else { return None };
    let options = match options.kind() {
        ValueKind::Object => {
            let mut rest = outer.entries();
            rest.retain(|(key, _)| key.as_name() != Some(Name::Root));
            let mut options = options.entries();
            options.push((V::name(Name::Mapping), V::object(&rest)));
            V::object(&options)
        }
        ValueKind::Array | ValueKind::Date => options.clone(),
        _ => return None,
    };
    Some(if root.kind() == ValueKind::Array { V::array(&[options]) } else { V::object(&[(name.clone(), options)]) })
}
