//! Web mode: events become calls of `window.Intercom`.

pub mod actions;
pub mod call;
pub mod destination;
pub mod limits;
mod messenger;
pub mod session;
pub mod settings;
