//! Dates and money as Intercom takes them.

pub mod date;
pub mod money;
