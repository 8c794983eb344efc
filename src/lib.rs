//! The Intercom web destination for Analytics.js-style loaders.
//!
//! The core reads an event, decides which subscriptions it matches, resolves their mappings and answers with the
//! [`web::call::Call`]s to make. It knows no JavaScript: everything is generic over [`value::Value`], which is a
//! handle to a JavaScript value in the browser and [`value::json::Json`] on the host. Only `wasm` sees JavaScript.
#![no_std]
#![warn(unreachable_pub)]
#![deny(unsafe_code)]

extern crate alloc;
#[cfg(not(target_os = "none"))]
extern crate std;

#[cfg(feature = "cloud")]
pub mod cloud;
pub mod convert;
pub mod error;
pub mod event_type;
pub mod filter;
#[cfg(any(feature = "inspect", feature = "cloud", not(target_arch = "wasm32")))]
pub mod inspect;
pub mod limits;
pub mod location;
pub mod mapping;
pub mod name;
pub mod subscription;
pub mod text_enum;
pub mod value;
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "the boundary has memory that JavaScript writes, and exports by name")]
pub mod wasm;
#[cfg(any(feature = "web", feature = "forward"))]
pub mod web;
