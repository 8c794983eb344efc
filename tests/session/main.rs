//! The web session: what it does in each state (`table.rs`, which also keeps `docs/session.md`), in the order of events that went wrong
//! once (`sequences.rs`), at the end of a time (`times.rs`), with tokens of users (`user_jwt.rs`), and for any order at all (`laws.rs`).
#![cfg(not(target_arch = "wasm32"))]

#[path = "../drawn/mod.rs"]
mod drawn;
mod laws;
mod page;
mod sequences;
mod table;
mod times;
mod user_jwt;
