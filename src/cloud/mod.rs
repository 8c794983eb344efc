//! Cloud mode: events become requests to Intercom's REST API.

pub mod actions;
pub mod check;
pub mod code;
pub mod delivery;
pub mod destination;
pub mod dry_run;
pub mod field;
mod flat;
pub mod intent;
pub mod limits;
pub mod outcome;
pub mod request;
pub mod response;
pub mod settings;
pub mod time;
