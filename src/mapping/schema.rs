//! What each directive takes: its argument and its options, each with what it may be and the fault when it is not.

use super::node::Op;
use crate::error::ErrorKind;
use crate::name::Name;
use crate::value::ValueKind;

/// One thing that a directive asks of its argument or of an option.
pub struct Rule {
    pub op: Op,
    pub when: When,
    /// The option, or the argument itself.
    pub option: Option<Name>,
    /// A bit for each [`ValueKind`] it may be, and the other demands below.
    pub allowed: u16,
    pub fault: ErrorKind,
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

const ABSENT: u16 = 1 << ValueKind::Undefined as u16;
const BOOLEAN: u16 = 1 << ValueKind::False as u16 | 1 << ValueKind::True as u16;
const STRING: u16 = 1 << ValueKind::String as u16;
const OBJECT: u16 = 1 << ValueKind::Object as u16;
const ARRAY: u16 = 1 << ValueKind::Array as u16;
const ANY: u16 = DIRECTIVE - 1;
/// JSON, as far as Segment's check looks.
const JSON: u16 = ANY & !(ABSENT | 1 << ValueKind::Date as u16 | 1 << ValueKind::Other as u16);
pub const TEXT: u16 = STRING | DIRECTIVE;

const fn argument(op: Op, when: When, allowed: u16, fault: ErrorKind) -> Rule {
    Rule { op, when, option: None, allowed, fault }
}

const fn option(op: Op, when: When, option: Name, allowed: u16, fault: ErrorKind) -> Rule {
    Rule { op, when, option: Some(option), allowed, fault }
}

use When::{Always, Check, Event};

/// Those of one directive stand in the order in which they are looked at; after a fault no other is.
pub static RULES: [Rule; 44] = [
    argument(Op::Path, Check, TEXT, ErrorKind::MappingString),
    argument(Op::Template, Check, TEXT, ErrorKind::MappingString),
    argument(Op::Literal, Check, JSON, ErrorKind::MappingJson),
    argument(Op::ExcludeWhenNull, Check, JSON, ErrorKind::MappingJson),
    argument(Op::Liquid, Always, STRING, ErrorKind::MappingString),
    argument(Op::ArrayPath, Always, ARRAY, ErrorKind::MappingArray),
    argument(Op::If, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::If, Check, Name::Exists, JSON | ABSENT, ErrorKind::MappingJson),
    option(Op::If, Check, Name::Then, JSON | ABSENT, ErrorKind::MappingJson),
    option(Op::If, Check, Name::Else, JSON | ABSENT, ErrorKind::MappingJson),
    argument(Op::Case, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Case, Check, Name::Operator, STRING | ABSENT, ErrorKind::MappingCase),
    option(Op::Case, Check, Name::Value, TEXT | ABSENT, ErrorKind::MappingString),
    option(Op::Case, Event, Name::Operator, ANY | TRUTHY, ErrorKind::MappingCase),
    argument(Op::Replace, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Replace, Check, Name::Pattern, STRING, ErrorKind::MappingString),
    option(Op::Replace, Check, Name::Pattern, STRING | TRUTHY | SHORT, ErrorKind::MappingLength),
    option(Op::Replace, Check, Name::Replacement, STRING | ABSENT, ErrorKind::MappingString),
    option(Op::Replace, Check, Name::Replacement, ANY | SHORT, ErrorKind::MappingLength),
    option(Op::Replace, Check, Name::IgnoreCase, BOOLEAN | ABSENT, ErrorKind::MappingBoolean),
    option(Op::Replace, Check, Name::Global, BOOLEAN | ABSENT, ErrorKind::MappingBoolean),
    option(Op::Replace, Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(Op::Replace, Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(Op::Replace, Check, Name::Value, TEXT, ErrorKind::MappingString),
    option(Op::Replace, Event, Name::Pattern, ANY | TRUTHY, ErrorKind::MappingString),
    argument(Op::Flatten, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Flatten, Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(Op::Flatten, Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(Op::Flatten, Check, Name::Separator, STRING | ABSENT, ErrorKind::MappingString),
    option(Op::Flatten, Event, Name::Separator, ANY | TRUTHY, ErrorKind::MappingMissing),
    argument(Op::Json, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Json, Check, Name::Value, ANY & !ABSENT, ErrorKind::MappingMissing),
    option(Op::Json, Check, Name::Value, JSON, ErrorKind::MappingJson),
    option(Op::Json, Check, Name::Mode, STRING | WORD, ErrorKind::MappingMode),
    option(Op::Json, Event, Name::Mode, ANY | TRUTHY, ErrorKind::MappingMode),
    option(Op::Json, Event, Name::Value, ANY | TRUTHY, ErrorKind::MappingMissing),
    argument(Op::Merge, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Merge, Check, Name::Direction, STRING | WORD | ABSENT, ErrorKind::MappingDirection),
    option(Op::Merge, Always, Name::Objects, ARRAY, ErrorKind::MappingArray),
    option(Op::Merge, Event, Name::Direction, ANY | TRUTHY, ErrorKind::MappingDirection),
    argument(Op::Transform, Always, OBJECT, ErrorKind::MappingObject),
    option(Op::Transform, Always, Name::Apply, OBJECT, ErrorKind::MappingObject),
    option(Op::Transform, Always, Name::Mapping, ANY | TRUTHY, ErrorKind::MappingObject),
    option(Op::Transform, Check, Name::Mapping, OBJECT, ErrorKind::MappingObject),
];
