//! `@transform` and the root key: a mapping applied to the result of another.

use super::ast::Node;
use super::parse::Compiler;
use super::tree::Tree;
use crate::error::{self, Error};
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;

/// `@transform`: `mapping` resolved on what `apply` gives.
pub struct Transform<V> {
    apply: Node<V>,
    mapping: Node<V>,
    place: String,
}

pub fn transform<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, Some(Name::Apply))?;
    let apply = settings.take(Name::Apply).raw;
    let mapping = settings.take(Name::Mapping);
    if apply.kind() != Kind::Object {
        return Err(compiler.invalid_at(Name::Apply, error::Kind::MappingObject, &apply));
    }
    if !mapping.raw.truthy() || compiler.strict() && mapping.raw.kind() != Kind::Object {
        return Err(compiler.invalid_at(Name::Mapping, error::Kind::MappingObject, &mapping.raw));
    }
    compiler.enter(V::name(Name::Apply));
    // Segment checks `apply` with the mapping around it, as if the root key were any key, and by itself when it gets there.
    let node = if compiler.strict() { compiler.node(&apply) } else { Node::Constant(V::undefined()) };
    let apply = if compiler.strict() && (root_of(&apply).is_none() || !compiler.is_usable()) {
        node
    } else {
        match compiler.with(true, &apply, root) {
            (node, true) => node,
            (_, false) => compiler.last_fault(),
        }
    };
    compiler.leave();
    Ok(Node::Transform(Box::new(Transform { apply, mapping: mapping.node, place: compiler.place() })))
}

impl<V: Value> Transform<V> {
    pub fn resolve(&self, from: &V) -> Result<Tree<V>, Error> {
        let payload = payload(from, &self.place)?;
        let applied = self.apply.resolve(&payload)?.into_payload();
        self.mapping.resolve(&applied)
    }
}

/// What a whole mapping is resolved on: an object, an empty one when there is none.
pub fn payload<'a, V: Value>(value: &'a V, place: &str) -> Result<Cow<'a, V>, Error> {
    match value.kind() {
        Kind::Object => Ok(Cow::Borrowed(value)),
        Kind::Undefined => Ok(Cow::Owned(V::object(&[]))),
        kind => Err(Error::new(error::Kind::MappingObject, place, kind.article())),
    }
}

/// A whole mapping, compiled: the directive of its root key if it has one.
pub fn root<V: Value>(compiler: &mut Compiler<V>, mapping: &V) -> Node<V> {
    if !matches!(mapping.kind(), Kind::Object | Kind::Array) {
        compiler.invalid(error::Kind::MappingObject, mapping.kind().article());
        return compiler.last_fault();
    }
    let Some(root) = root_of(mapping) else {
        // The items of an array are the values of the keys 0, 1 and so on.
        return match mapping.kind() {
            Kind::Array => compiler.node(&V::object(&mapping.entries())),
            _ => compiler.node(mapping),
        };
    };
    compiler.enter(V::name(Name::Root));
    let node = match with_mapping(&root, mapping) {
        Some(directive) => compiler.node(&directive),
        None => {
            compiler.invalid(error::Kind::MappingRoot, "");
            compiler.last_fault()
        }
    };
    compiler.leave();
    node
}

/// What stands under the root key: a directive whose `mapping` is all the other keys.
fn root_of<V: Value>(mapping: &V) -> Option<V> {
    mapping.entries().into_iter().find(|(key, _)| key.as_name() == Some(Name::Root)).map(|(_, value)| value)
}

/// The directive `root` with the rest of `outer` as its `mapping`; `None` unless it is one directive with options.
fn with_mapping<V: Value>(root: &V, outer: &V) -> Option<V> {
    let mut directives = root.entries().into_iter();
    let (Some((name, options)), None) = (directives.next(), directives.next()) else { return None };
    let options = match options.kind() {
        Kind::Object => {
            let mut rest = outer.entries();
            rest.retain(|(key, _)| key.as_name() != Some(Name::Root));
            let mut options = options.entries();
            options.push((V::name(Name::Mapping), V::object(&rest)));
            V::object(&options)
        }
        Kind::Array | Kind::Date => options,
        _ => return None,
    };
    Some(if root.kind() == Kind::Array { V::array(&[options]) } else { V::object(&[(name, options)]) })
}
