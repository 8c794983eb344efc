//! `@transform` and the root key: a mapping applied to the result of another.

use super::ast::Node;
use super::parse::Compiler;
use super::tree::Tree;
use crate::error::{self, Error};
use crate::value::{Kind, Value};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;

/// A mapping with this key is the directive there, whose `mapping` is all the other keys.
const ROOT: &str = "__segment_internal_directive";

/// `@transform`: `mapping` resolved on what `apply` gives.
pub struct Transform<V> {
    apply: Node<V>,
    mapping: Node<V>,
    place: String,
}

pub fn transform<V: Value>(compiler: &mut Compiler, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, Some("apply"))?;
    let apply = settings.take("apply").raw;
    let mapping = settings.take("mapping");
    if apply.kind() != Kind::Object {
        return Err(compiler.invalid_at("apply", error::Kind::MappingObject, &apply));
    }
    if !mapping.raw.truthy() || compiler.strict() && mapping.raw.kind() != Kind::Object {
        return Err(compiler.invalid_at("mapping", error::Kind::MappingObject, &mapping.raw));
    }
    let outer = compiler.enter("apply");
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
    compiler.leave(outer);
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
pub fn root<V: Value>(compiler: &mut Compiler, mapping: &V) -> Node<V> {
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
    let outer = compiler.enter(ROOT);
    let node = match with_mapping(&root, mapping) {
        Some(directive) => compiler.node(&directive),
        None => {
            compiler.invalid(error::Kind::MappingRoot, "");
            compiler.last_fault()
        }
    };
    compiler.leave(outer);
    node
}

/// What stands under the root key.
fn root_of<V: Value>(mapping: &V) -> Option<V> {
    mapping.entries().into_iter().find(|(key, _)| key.text() == ROOT).map(|(_, value)| value)
}

/// The directive `root` with the rest of `outer` as its `mapping`; `None` unless it is one directive with options.
fn with_mapping<V: Value>(root: &V, outer: &V) -> Option<V> {
    let mut directives = root.entries().into_iter();
    let (Some((name, options)), None) = (directives.next(), directives.next()) else { return None };
    let options = match options.kind() {
        Kind::Object => {
            let mut rest = outer.entries();
            rest.retain(|(key, _)| key.text() != ROOT);
            let mut options = options.entries();
            options.push((V::string("mapping"), V::object(&rest)));
            V::object(&options)
        }
        Kind::Array | Kind::Date => options,
        _ => return None,
    };
    Some(if root.kind() == Kind::Array { V::array(&[options]) } else { V::object(&[(name, options)]) })
}
