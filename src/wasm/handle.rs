//! [`Value`] for what a page's JavaScript hands us.

#[cfg(not(target_os = "none"))]
pub mod js;

use super::written::{self, Words};
use crate::mapping::Directive;
use crate::name::Name;
use crate::text_enum::Interned;
use crate::value::{LetterCase, Search, Unsendable, Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

/// A JavaScript value, kept on the other side of the boundary: `place << 5 | falsy << 4 | kind`.
///
/// A handle made while an event is handled is good until that event is done.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Handle(pub u32);

const UNDEFINED: Handle = Handle(16);
const NULL: Handle = Handle(1 << 5 | 16 | 1);
const FALSE: Handle = Handle(2 << 5 | 16 | 2);
const TRUE: Handle = Handle(3 << 5 | 3);

// SAFETY: a handle is one word, by `repr(transparent)`.
unsafe impl Words for Handle {}

// SAFETY: the assertion below holds.
unsafe impl Words for (Handle, Handle) {}

// JavaScript reads an entry as two words, the key first.
const _: () = assert!(core::mem::offset_of!((Handle, Handle), 0) == 0 && size_of::<(Handle, Handle)>() == 8);

// The build that sites use is instantiated by js/engine/start.js, which passes the module under this name; the tests' build takes it
// as files.
#[cfg_attr(target_os = "none", wasm_bindgen(raw_module = "host"))]
#[cfg_attr(not(target_os = "none"), wasm_bindgen(module = "/js/engine/values.js"))]
extern "C" {
    fn number(value: f64) -> u32;
    fn as_number(handle: u32) -> f64;
    fn text(handle: u32) -> usize;
    fn text_read(at: *mut u8);
    fn string(at: *const u8, length: usize) -> u32;
    fn intern(at: *const u8, length: usize);
    fn get(handle: u32, path: u32) -> u32;
    fn field(handle: u32, name: u32) -> u32;
    fn get_each(handle: u32, plan: u32, at: *mut u32) -> usize;
    fn entries(handle: u32, at: *mut u32, room: usize) -> usize;
    fn items(handle: u32, at: *mut u32, room: usize) -> usize;
    fn list_read(at: *mut u32);
    fn array(at: *const u32, length: usize) -> u32;
    fn object(at: *const u32, length: usize) -> u32;
    fn copy(handle: u32, all: bool) -> u32;
    fn flat(handle: u32, rich: u32, left: u32) -> u32;
    fn put(handle: u32, key: u32, value: u32);
    fn reserve(count: usize) -> usize;
    fn keep(place: usize, handle: u32);
    fn same(a: u32, b: u32) -> bool;
    fn equals_empty_string(handle: u32) -> bool;
}

#[cfg_attr(target_os = "none", wasm_bindgen(raw_module = "host"))]
#[cfg_attr(not(target_os = "none"), wasm_bindgen(module = "/js/engine/built.js"))]
extern "C" {
    fn extend(handle: u32, over: u32);
    fn width(handle: u32) -> usize;
    fn longer_than(handle: u32, characters: usize, except: u32) -> u32;
    fn equals(a: u32, b: u32) -> bool;
}

#[cfg_attr(target_os = "none", wasm_bindgen(raw_module = "host"))]
#[cfg_attr(not(target_os = "none"), wasm_bindgen(module = "/js/engine/text.js"))]
extern "C" {
    fn path(text: u32) -> u32;
    fn template(text: u32) -> u32;
    fn fill(template: u32, payload: u32) -> u32;
    fn search(how: u32, handle: u32, needle: u32) -> bool;
    fn concat(at: *const u32, length: usize) -> u32;
    fn to_case(handle: u32, upper: bool) -> u32;
    fn pattern(literal: u32, ignore_case: bool, global: bool) -> u32;
    fn replace(handle: u32, pattern: u32, replacement: u32) -> u32;
    fn to_json(handle: u32) -> u32;
    fn parse_json(handle: u32) -> u32;
    fn parse_number(handle: u32) -> f64;
    fn millis(handle: u32) -> f64;
}

#[cfg_attr(target_os = "none", wasm_bindgen(raw_module = "host"))]
#[cfg_attr(not(target_os = "none"), wasm_bindgen(module = "/js/engine/imports.js"))]
extern "C" {
    fn liquid(template: u32, event: u32) -> u32;
}

/// The slots below this one hold undefined, null, false and true.
const FIRST_NAME: usize = 4;

/// Puts the texts where [`Value::name`] and [`Value::as_interned`] find them; to be called once, before any other handle is made.
pub fn intern_texts() {
    for texts in [Name::TEXTS, Directive::TEXTS] {
        // Without the last line feed, after which there is no text.
        intern(texts.as_ptr(), texts.len() - 1);
    }
}

/// A list of JavaScript's, as items of one or two words each.
fn list<T: Words>(write: impl Fn(*mut u32, usize) -> usize) -> Vec<T> {
    // SAFETY: JavaScript writes as many words as there is room for, and says how many there are; `list_read` writes them all.
    unsafe { written::list(write, list_read) }
}

impl Value for Handle {
    fn undefined() -> Self {
        UNDEFINED
    }

    fn null() -> Self {
        NULL
    }

    fn boolean(value: bool) -> Self {
        if value { TRUE } else { FALSE }
    }

    fn number(value: f64) -> Self {
        Handle(number(value))
    }

    fn string(value: &str) -> Self {
        Handle(string(value.as_ptr(), value.len()))
    }

    fn name(name: Name) -> Self {
        Handle(((FIRST_NAME + name as usize) as u32) << 5 | ValueKind::String as u32)
    }

    fn array(items: &[Self]) -> Self {
        Handle(array(items.as_ptr().cast(), items.len()))
    }

    fn object(entries: &[(Self, Self)]) -> Self {
        Handle(object(entries.as_ptr().cast(), entries.len()))
    }

    fn kind(&self) -> ValueKind {
        match self.0 & 15 {
            0 => ValueKind::Undefined,
            1 => ValueKind::Null,
            2 => ValueKind::False,
            3 => ValueKind::True,
            4 => ValueKind::Number,
            5 => ValueKind::NotFinite,
            6 => ValueKind::String,
            7 => ValueKind::Object,
            8 => ValueKind::Array,
            9 => ValueKind::Date,
            _ => ValueKind::Other,
        }
    }

    fn truthy(&self) -> bool {
        self.0 & 16 == 0
    }

    fn as_number(&self) -> f64 {
        match self.kind() {
            ValueKind::Number | ValueKind::NotFinite => as_number(self.0),
            _ => f64::NAN,
        }
    }

    fn as_interned<E: Interned>(&self) -> Option<E> {
        E::from_number(((self.0 >> 5) as usize).wrapping_sub(FIRST_NAME + E::BEFORE))
    }

    fn text(&self) -> String {
        if self.kind() != ValueKind::String {
            return String::new();
        }
        let length = text(self.0);
        let write = |at| {
            text_read(at);
            length
        };
        // SAFETY: TextEncoder has just told how many bytes there are, and they are what is written.
        let bytes = unsafe { written::up_to(length, write) };
        // SAFETY: TextEncoder gives well-formed UTF-8.
        unsafe { String::from_utf8_unchecked(bytes) }
    }

    fn path(text: &Self) -> Self {
        Handle(path(text.0))
    }

    fn template(text: &Self) -> Self {
        Handle(template(text.0))
    }

    fn fill(template: &Self, payload: &Self) -> Self {
        Handle(fill(template.0, payload.0))
    }

    fn get(&self, path: &Self) -> Self {
        if !self.truthy() {
            return *self;
        }
        Handle(get(self.0, path.0))
    }

    fn field(&self, name: Name) -> Self {
        Handle(field(self.0, Self::name(name).0))
    }

    fn get_each(&self, plan: &Self, most: usize) -> Vec<Self> {
        // SAFETY: JavaScript writes a word for each item of the plan, and `most` is how many there are.
        unsafe { written::up_to(most, |at: *mut Self| get_each(self.0, plan.0, at.cast()).min(most)) }
    }

    fn entries(&self) -> Vec<(Self, Self)> {
        match self.kind() {
            ValueKind::Object | ValueKind::Array | ValueKind::String => list(|at, room| entries(self.0, at, room)),
            _ => Vec::new(),
        }
    }

    fn items(&self) -> Vec<Self> {
        match self.kind() {
            ValueKind::Array => list(|at, room| items(self.0, at, room)),
            _ => Vec::new(),
        }
    }

    fn copy(&self, unsendable: Unsendable) -> Self {
        Handle(copy(self.0, unsendable == Unsendable::Keep))
    }

    fn flat(&self, rich: &Self, left: &Self) -> Self {
        Handle(flat(self.0, rich.0, left.0))
    }

    fn extend(self, over: &Self) -> Self {
        extend(self.0, over.0);
        self
    }

    fn width(&self) -> usize {
        width(self.0)
    }

    fn longer_than(&self, characters: usize, except: &Self) -> Self {
        Handle(longer_than(self.0, characters, except.0))
    }

    fn equals(&self, other: &Self) -> bool {
        equals(self.0, other.0)
    }

    fn reserve(count: usize) -> usize {
        reserve(count)
    }

    fn keep(&self, place: usize) -> Self {
        keep(place, self.0);
        Handle((place as u32) << 5 | self.0 & 31)
    }

    fn with(self, key: &Self, value: &Self) -> Self {
        put(self.0, key.0, value.0);
        self
    }

    fn same(&self, other: &Self) -> bool {
        self.0 & 15 == other.0 & 15 && same(self.0, other.0)
    }

    fn equals_empty_string(&self) -> bool {
        equals_empty_string(self.0)
    }

    fn search(&self, how: Search, needle: &Self) -> bool {
        self.kind() == ValueKind::String && needle.kind() == ValueKind::String && search(how as u32, self.0, needle.0)
    }

    fn concat(parts: &[Self]) -> Self {
        Handle(concat(parts.as_ptr().cast(), parts.len()))
    }

    fn to_case(&self, case: LetterCase) -> Self {
        if self.kind() == ValueKind::String { Handle(to_case(self.0, case == LetterCase::Upper)) } else { *self }
    }

    fn pattern(literal: &Self, ignore_case: bool, global: bool) -> Self {
        Handle(pattern(literal.0, ignore_case, global))
    }

    fn replace(&self, pattern: &Self, replacement: &Self) -> Self {
        if self.kind() == ValueKind::String { Handle(replace(self.0, pattern.0, replacement.0)) } else { *self }
    }

    fn to_json(&self) -> Self {
        Handle(to_json(self.0))
    }

    fn parse_json(&self) -> Self {
        if self.kind() == ValueKind::String { Handle(parse_json(self.0)) } else { *self }
    }

    fn parse_number(&self) -> f64 {
        if self.kind() == ValueKind::String { parse_number(self.0) } else { f64::NAN }
    }

    fn to_number(&self) -> f64 {
        if self.kind() == ValueKind::String { as_number(self.0) } else { f64::NAN }
    }

    fn millis(&self) -> f64 {
        match self.kind() {
            ValueKind::Number | ValueKind::String | ValueKind::Date => millis(self.0),
            _ => f64::NAN,
        }
    }

    fn liquid(template: &Self, event: &Self) -> Self {
        Handle(liquid(template.0, event.0))
    }
}
