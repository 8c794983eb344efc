//! The types of an event.

use crate::text_enum::text_enum;

text_enum! {
    /// The types that an event can have. A set of them is a number in which bit `i` stands for the type `i`.
    pub enum EventType {
        /// Something a person did.
        Track "track"
        /// A view of a page.
        Page "page"
        /// Who a person is.
        Identify "identify"
        /// Which company or group a person belongs to.
        Group "group"
        /// Two ids that are one person.
        Alias "alias"
    }
}

impl EventType {
    /// The bits of all types.
    pub const ANY: u8 = (1 << EventType::ALL.len()) - 1;

    /// The bit of the type called `name`; no bit for any other text.
    pub fn bit(name: &str) -> u8 {
        EventType::from_text(name).map_or(0, |kind| 1 << kind as u8)
    }
}
