//! The compiled form of a mapping.

use crate::error;
use crate::name::Name;
use crate::value::Value;
use alloc::vec::Vec;

/// What a node does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Gives `value`, which no event changes.
    Constant,
    /// An object of the children, in which something depends on the event. `value` is the plan of their paths.
    Object,
    /// An array of the children, in which something depends on the event.
    List,
    /// `@path`: what stands at the path `value`.
    Path,
    /// `@path` with a path that the child gives.
    DynamicPath,
    /// `@if` that answers with the path it asks for, which is read once; the child stands for it otherwise.
    Coalesce,
    /// `@if`: the value asked for, `then` and `else`. The flag says that an empty value counts as absent.
    If,
    /// `@arrayPath`: the root and the shape of each item.
    ArrayPath,
    /// `@literal`, which leaves no node.
    Literal,
    ExcludeWhenNull,
    /// `@case`: upper case by the flag. With keys it fails once there is text.
    Case,
    /// `@replace`: the value, then patterns as keys of what replaces them. With keys it fails once there is text.
    Replace,
    /// `@template`: `value` with its placeholders filled in.
    Template,
    /// `@template` with a text that the child gives.
    DynamicTemplate,
    /// `@liquid`: the template `value`.
    Liquid,
    /// `@flatten`: the separator and the value, omitting arrays by the flag.
    Flatten,
    /// `@merge`: the direction and the objects. By the flag the first wins, when the direction is known.
    Merge,
    /// `@json`: `value` is the mode.
    Json,
    /// `@transform`: the child `mapping` resolved on what the child `apply` gives.
    Transform,
    /// What cannot be resolved: reported at load, and a failure for the events that reach it.
    Fail,
}

impl Op {
    /// What the directive called `name` does.
    pub fn of(name: Option<Name>) -> Option<Op> {
        Some(match name? {
            Name::PathDirective => Op::Path,
            Name::TemplateDirective => Op::Template,
            Name::IfDirective => Op::If,
            Name::CaseDirective => Op::Case,
            Name::ReplaceDirective => Op::Replace,
            Name::ArrayPathDirective => Op::ArrayPath,
            Name::LiteralDirective => Op::Literal,
            Name::FlattenDirective => Op::Flatten,
            Name::JsonDirective => Op::Json,
            Name::MergeDirective => Op::Merge,
            Name::TransformDirective => Op::Transform,
            Name::ExcludeWhenNullDirective => Op::ExcludeWhenNull,
            Name::LiquidDirective => Op::Liquid,
            _ => return None,
        })
    }
}

/// One compiled value of a mapping. All are of one shape, which costs visitors fewer bytes than a type for each directive.
pub struct Node<V> {
    pub op: Op,
    pub flag: bool,
    /// What is wrong when it fails, and the keys that lead to it, an array. `value` is what was found, when that is known at load.
    pub fault: error::ErrorKind,
    pub keys: V,
    pub value: V,
    pub children: Vec<(V, Node<V>)>,
}

impl<V: Value> Node<V> {
    pub fn new(op: Op, value: V) -> Self {
        Node {
            op,
            flag: false,
            fault: error::ErrorKind::MappingString,
            keys: V::undefined(),
            value,
            children: Vec::new(),
        }
    }

    pub fn undefined() -> Self {
        Node::new(Op::Constant, V::undefined())
    }

    /// Collects the paths of the children, which are read in one step: `value` is what [`Value::get_each`] takes, and the flag of
    /// such a child is set.
    pub fn plan(&mut self) {
        let mut plan = Vec::new();
        for (_, child) in &mut self.children {
            let mut paths = Vec::from([child.value.clone()]);
            if child.op == Op::Coalesce {
                paths.extend(
                    child.children.iter().filter(|(_, node)| node.op == Op::Path).map(|(_, node)| node.value.clone()),
                );
            }
            child.flag |= child.op == Op::Path || child.op == Op::Coalesce && paths.len() == 2;
            if child.is_planned() {
                plan.push(V::array(&paths));
            }
        }
        self.value = V::array(&plan);
    }

    /// Whether the node around this one reads its paths.
    pub fn is_planned(&self) -> bool {
        self.flag && matches!(self.op, Op::Path | Op::Coalesce)
    }

    /// Adds a child without a key.
    pub fn with(mut self, child: Node<V>) -> Self {
        self.children.push((V::undefined(), child));
        self
    }
}
