//! What each directive takes: its argument and its options, each with what it may be and the fault when it is not.

use super::node::Op;
use crate::error::Kind as Fault;
use crate::name::Name;
use crate::value::Kind;

/// One thing that a directive asks of its argument or of an option.
pub struct Rule {
    pub op: Op,
    pub when: When,
    /// The option, or the argument itself.
    pub option: Option<Name>,
    /// A bit for each [`Kind`] it may be, and the other demands below.
    pub allowed: u16,
    pub fault: Fault,
}

/// Who looks. The order is that of looking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Segment's check, where it looks.
    Check,
    /// Segment's check, and its resolving where the check does not look.
    Always,
    /// Only its resolving, at the events that get there.
    Event,
}

/// A directive is as good as what it may be.
pub const DIRECTIVE: u16 = 1 << 11;
/// It must not be falsy.
pub const TRUTHY: u16 = 1 << 12;
/// At most [`super::compiler::MAX_LENGTH`] characters.
pub const SHORT: u16 = 1 << 13;
/// A string must be one of the two words of the fault, in any letter case.
pub const WORD: u16 = 1 << 14;

const ABSENT: u16 = 1 << Kind::Undefined as u16;
const BOOLEAN: u16 = 1 << Kind::False as u16 | 1 << Kind::True as u16;
const STRING: u16 = 1 << Kind::String as u16;
const OBJECT: u16 = 1 << Kind::Object as u16;
const ARRAY: u16 = 1 << Kind::Array as u16;
const ANY: u16 = DIRECTIVE - 1;
/// JSON, as far as Segment's check looks.
const JSON: u16 = ANY & !(ABSENT | 1 << Kind::Date as u16 | 1 << Kind::Other as u16);
pub const TEXT: u16 = STRING | DIRECTIVE;

const fn argument(op: Op, when: When, allowed: u16, fault: Fault) -> Rule {
    Rule { op, when, option: None, allowed, fault }
}

const fn option(op: Op, when: When, option: Name, allowed: u16, fault: Fault) -> Rule {
    Rule { op, when, option: Some(option), allowed, fault }
}

use When::{Always, Check, Event};

/// Those of one directive stand in the order in which they are looked at; after a fault no other is.
pub static RULES: [Rule; 44] = [
    argument(Op::Path, Check, TEXT, Fault::MappingString),
    argument(Op::Template, Check, TEXT, Fault::MappingString),
    argument(Op::Literal, Check, JSON, Fault::MappingJson),
    argument(Op::ExcludeWhenNull, Check, JSON, Fault::MappingJson),
    argument(Op::Liquid, Always, STRING, Fault::MappingString),
    argument(Op::ArrayPath, Always, ARRAY, Fault::MappingArray),
    argument(Op::If, Always, OBJECT, Fault::MappingObject),
    option(Op::If, Check, Name::Exists, JSON | ABSENT, Fault::MappingJson),
    option(Op::If, Check, Name::Then, JSON | ABSENT, Fault::MappingJson),
    option(Op::If, Check, Name::Else, JSON | ABSENT, Fault::MappingJson),
    argument(Op::Case, Always, OBJECT, Fault::MappingObject),
    option(Op::Case, Check, Name::Operator, STRING | ABSENT, Fault::MappingCase),
    option(Op::Case, Check, Name::Value, TEXT | ABSENT, Fault::MappingString),
    option(Op::Case, Event, Name::Operator, ANY | TRUTHY, Fault::MappingCase),
    argument(Op::Replace, Always, OBJECT, Fault::MappingObject),
    option(Op::Replace, Check, Name::Pattern, STRING, Fault::MappingString),
    option(Op::Replace, Check, Name::Pattern, STRING | TRUTHY | SHORT, Fault::MappingLength),
    option(Op::Replace, Check, Name::Replacement, STRING | ABSENT, Fault::MappingString),
    option(Op::Replace, Check, Name::Replacement, ANY | SHORT, Fault::MappingLength),
    option(Op::Replace, Check, Name::IgnoreCase, BOOLEAN | ABSENT, Fault::MappingBoolean),
    option(Op::Replace, Check, Name::Global, BOOLEAN | ABSENT, Fault::MappingBoolean),
    option(Op::Replace, Check, Name::Value, ANY & !ABSENT, Fault::MappingMissing),
    option(Op::Replace, Check, Name::Value, JSON, Fault::MappingJson),
    option(Op::Replace, Check, Name::Value, TEXT, Fault::MappingString),
    option(Op::Replace, Event, Name::Pattern, ANY | TRUTHY, Fault::MappingString),
    argument(Op::Flatten, Always, OBJECT, Fault::MappingObject),
    option(Op::Flatten, Check, Name::Value, ANY & !ABSENT, Fault::MappingMissing),
    option(Op::Flatten, Check, Name::Value, JSON, Fault::MappingJson),
    option(Op::Flatten, Check, Name::Separator, STRING | ABSENT, Fault::MappingString),
    option(Op::Flatten, Event, Name::Separator, ANY | TRUTHY, Fault::MappingMissing),
    argument(Op::Json, Always, OBJECT, Fault::MappingObject),
    option(Op::Json, Check, Name::Value, ANY & !ABSENT, Fault::MappingMissing),
    option(Op::Json, Check, Name::Value, JSON, Fault::MappingJson),
    option(Op::Json, Check, Name::Mode, STRING | WORD, Fault::MappingMode),
    option(Op::Json, Event, Name::Mode, ANY | TRUTHY, Fault::MappingMode),
    option(Op::Json, Event, Name::Value, ANY | TRUTHY, Fault::MappingMissing),
    argument(Op::Merge, Always, OBJECT, Fault::MappingObject),
    option(Op::Merge, Check, Name::Direction, STRING | WORD | ABSENT, Fault::MappingDirection),
    option(Op::Merge, Always, Name::Objects, ARRAY, Fault::MappingArray),
    option(Op::Merge, Event, Name::Direction, ANY | TRUTHY, Fault::MappingDirection),
    argument(Op::Transform, Always, OBJECT, Fault::MappingObject),
    option(Op::Transform, Always, Name::Apply, OBJECT, Fault::MappingObject),
    option(Op::Transform, Always, Name::Mapping, ANY | TRUTHY, Fault::MappingObject),
    option(Op::Transform, Check, Name::Mapping, OBJECT, Fault::MappingObject),
];
