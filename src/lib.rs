//! The Intercom web destination for Analytics.js-style loaders.
//!
//! The core reads an event, decides which subscriptions it matches, resolves their mappings and answers with the
//! [`intercom::Call`]s to make. It knows no JavaScript: everything is generic over [`value::Value`], which is a
//! handle to a JavaScript value in the browser and [`value::json::Json`] on the host. Only `browser` sees JavaScript.
#![no_std]

extern crate alloc;
#[cfg(not(target_arch = "wasm32"))]
extern crate std;

pub mod actions;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod destination;
pub mod error;
pub mod filter;
#[cfg(any(feature = "inspect", not(target_arch = "wasm32")))]
pub mod inspect;
pub mod intercom;
pub mod mapping;
pub mod name;
pub mod path;
pub mod settings;
#[cfg(not(target_arch = "wasm32"))]
pub mod template;
pub mod value;
