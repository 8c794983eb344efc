//! The compiled form of a mapping.

use super::condition::If;
use super::literal::Json;
use super::lookup::{ArrayPath, DynamicPath};
use super::object::{Flatten, Merge};
use super::template::{DynamicTemplate, Liquid, Template};
use super::text::{Case, Replace};
use super::transform::Transform;
use crate::error::Error;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// One compiled value of a mapping. Every directive with more than a handle is boxed, so that a node is small.
pub enum Node<V> {
    /// A value that no event changes.
    Constant(V),
    /// An object in which something depends on the event.
    Object(Vec<(V, Node<V>)>),
    /// An array in which something depends on the event.
    List(Vec<Node<V>>),
    /// `@path` with a path that is known.
    Path(V),
    /// `@if` that answers with the path it asks for, which is read once; and what stands for it otherwise.
    Coalesce(V, Box<Node<V>>),
    /// `@path` with a path that depends on the event.
    DynamicPath(Box<DynamicPath<V>>),
    ArrayPath(Box<ArrayPath<V>>),
    If(Box<If<V>>),
    ExcludeWhenNull(Box<Node<V>>),
    Case(Box<Case<V>>),
    Replace(Box<Replace<V>>),
    Template(Box<Template<V>>),
    /// `@template` with a text that depends on the event.
    DynamicTemplate(Box<DynamicTemplate<V>>),
    Liquid(Box<Liquid<V>>),
    Flatten(Box<Flatten<V>>),
    Merge(Box<Merge<V>>),
    Json(Box<Json<V>>),
    Transform(Box<Transform<V>>),
    /// What cannot be resolved: reported at load, and a failure for the events that reach it.
    Fail(Box<Error>),
}
