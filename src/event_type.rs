//! The types of an event.

/// The types an event can have. The event types of a filter or an action are bits: bit `i` for the type at `i`.
pub const EVENT_TYPES: [&str; 5] = ["track", "page", "identify", "group", "alias"];
/// The same, a line each, to look a type up in.
pub(crate) const EVENT_TYPE_LINES: &str = "track\npage\nidentify\ngroup\nalias\n";
/// The bits of all types.
pub const ANY_TYPE: u8 = 0b1_1111;
