//! What the build reads out of the visitors' wasm and leaves out of it: a page fetches the sentences with the first fault.

use crate::error::ErrorKind;

const CODES: &[u8] = ErrorKind::TEXTS.as_bytes();
const EXPECTED: &[u8] = ErrorKind::EXPECTED.as_bytes();

// SAFETY: these sections are custom ones of the wasm, which nothing loads or runs.
#[unsafe(link_section = "error_codes")]
pub static OF_CODES: [u8; CODES.len()] = *CODES.first_chunk().unwrap();

// SAFETY: as above.
#[unsafe(link_section = "error_sentences")]
pub static OF_SENTENCES: [u8; EXPECTED.len()] = *EXPECTED.first_chunk().unwrap();
