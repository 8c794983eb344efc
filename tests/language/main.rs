//! Laws of the filter and mapping languages, of money and of dates, on drawn cases, each against a plain way to say the same.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../drawn/mod.rs"]
mod drawn;
mod filters;
mod values;
