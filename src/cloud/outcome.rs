//! What became of an event.

use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// What became of one event: exactly one per event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Delivered, to be sent again, or dropped.
    pub status: Status,
    /// A stable code where the status is not the whole story; the codes are listed in docs/cloud.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// A sentence for a person, without personal data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When to send the event again, in milliseconds since 1970; only with [`Status::Retry`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<i64>,
    /// What was left out or changed on the way.
    pub warnings: Vec<Warning>,
}

/// The three ends of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Intercom has all of it that can be delivered, or no subscription asks for anything.
    Delivered,
    /// Not delivered yet: to be handed in again at `retry_at`.
    Retry,
    /// It can never be delivered.
    Dropped,
}

/// Something that was left out or changed, without personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable code.
    pub code: &'static str,
    /// A sentence that names the field.
    pub message: String,
}
