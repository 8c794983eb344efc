//! Web mode: events become calls of `window.Intercom`, and what the Messenger tells becomes events.

#[cfg(feature = "web")]
pub mod actions;
#[cfg(feature = "web")]
pub mod call;
#[cfg(feature = "web")]
pub mod destination;
pub mod forwarding;
pub mod limits;
#[cfg(feature = "web")]
mod messenger;
#[cfg(feature = "web")]
pub mod session;
#[cfg(feature = "web")]
pub mod settings;
