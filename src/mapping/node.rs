//! The compiled form of a mapping.

use super::payload::Payload;
use crate::error::{Error, ErrorKind};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The first thing that failed for an event. What is resolved after it means nothing.
pub(super) type Failure = Option<Error>;

/// What a directive's node gives for a payload.
pub(super) type Resolve<V> = fn(&Node<V>, &V, &mut Failure) -> Payload<V>;

/// What a node does.
pub(super) enum Op<V> {
    /// Gives `value`, which no event changes.
    Constant,
    /// An object of the children, in which something depends on the event. `value` is the plan of their paths.
    Object,
    /// An array of the children, in which something depends on the event. `value` is the plan of their paths.
    List,
    /// `@path`: what stands at the path `value`.
    Path,
    /// `@if` that gives the value whose existence it asks for: the path `value` is read once; without a value there, the child.
    Coalesce,
    /// What a directive of its own file does with `value` and the children.
    Directive(Resolve<V>),
    /// What cannot be resolved: reported at load, and a failure for the events that reach it.
    Fail,
}

/// One compiled value of a mapping. All are of one shape, and are handed on as pointers, which costs visitors
/// fewer bytes than a type for each directive.
pub(super) struct Node<V> {
    pub op: Op<V>,
    /// Whether the object or array around this path reads it, together with all others.
    pub planned: bool,
    /// What is wrong when it fails, and the keys that lead to it, an array.
    pub fault: ErrorKind,
    pub keys: V,
    pub value: V,
    pub children: Vec<(V, Box<Node<V>>)>,
}

impl<V: Value> Node<V> {
    #[inline(never)]
    pub(super) fn new(op: Op<V>, value: V) -> Box<Self> {
        Box::new(Node {
            op,
            planned: false,
            fault: ErrorKind::MappingString,
            keys: V::undefined(),
            value,
            children: Vec::new(),
        })
    }

    pub(super) fn constant(value: V) -> Box<Self> {
        Node::new(Op::Constant, value)
    }

    pub(super) fn undefined() -> Box<Self> {
        Node::constant(V::undefined())
    }

    /// A node of a directive, without children.
    pub(super) fn directive(resolve: Resolve<V>) -> Box<Self> {
        Node::new(Op::Directive(resolve), V::undefined())
    }

    /// Collects the paths of the children, which are read in one step: `value` is what [`Value::get_each`] takes.
    pub(super) fn plan(&mut self) {
        let mut plan = Vec::new();
        for (_, child) in &mut self.children {
            let mut paths = Vec::from([child.value.clone()]);
            let mut last = &**child;
            while matches!(last.op, Op::Coalesce) {
                last = last.child(0);
                paths.push(last.value.clone());
            }
            child.planned = matches!(last.op, Op::Path);
            if child.planned {
                plan.push(V::array(&paths));
            }
        }
        self.value = V::array(&plan);
    }

    /// Adds a child without a key.
    pub(super) fn add(&mut self, child: Box<Node<V>>) {
        self.children.push((V::undefined(), child));
    }

    /// This node with a child more.
    pub(super) fn with(mut self: Box<Self>, child: Box<Node<V>>) -> Box<Self> {
        self.add(child);
        self
    }

    /// The child added at that index.
    pub(super) fn child(&self, index: usize) -> &Node<V> {
        &self.children[index].1
    }
}
