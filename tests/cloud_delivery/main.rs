//! The delivery of Cloud mode against a small Intercom, in virtual time: one file for each scenario.
#![cfg(not(target_arch = "wasm32"))]

mod absent;
mod attach;
mod attributes;
mod broken;
mod conflict;
mod days;
mod delete;
#[path = "../drawn/mod.rs"]
mod drawn;
mod economy;
mod events;
mod faults;
mod intercom;
mod laws;
mod leads;
mod lives;
mod plain;
mod world;
