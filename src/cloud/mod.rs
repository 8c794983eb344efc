//! Cloud mode: events become requests to Intercom's REST API.

pub mod code;
pub mod delivery;
pub mod intent;
pub mod outcome;
pub mod request;
pub mod response;
