//! Cloud mode: events become requests to Intercom's REST API.

pub mod intent;
pub mod outcome;
