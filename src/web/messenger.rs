//! Intercom's own settings of the Messenger: how it looks and works, whoever the visitor is.

use crate::error::ErrorKind;
use crate::text_enum::{lines, position};
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

/// The first is the setting `activator` where a site says it; the last is a visitor's where a page says it. Of either, the others are a run of
/// the same list, which visitors download once.
const KEYS: &str = lines!(
    "custom_launcher_selector",
    "alignment",
    "theme_mode",
    "hide_default_launcher",
    "session_duration",
    "horizontal_padding",
    "vertical_padding",
    "z_index",
    "action_color",
    "background_color",
    "language_override"
);

/// What each has to be in the setting, and after them what no such key is.
const EXPECTED: [ErrorKind; 12] = [
    ErrorKind::SettingUnknown,
    ErrorKind::SettingAlignment,
    ErrorKind::SettingTheme,
    ErrorKind::SettingBoolean,
    ErrorKind::SettingMillis,
    ErrorKind::SettingNumber,
    ErrorKind::SettingNumber,
    ErrorKind::SettingNumber,
    ErrorKind::SettingText,
    ErrorKind::SettingText,
    ErrorKind::SettingText,
    ErrorKind::SettingUnknown,
];

/// How many keys either has.
const RUN: usize = EXPECTED.len() - 2;

/// Who says what the Messenger is like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    /// A page, in `window.intercomSettings`.
    Page = 0,
    /// A site, in the setting `messenger`.
    Site = 1,
}

/// What the value at this key of the setting `messenger` has to be.
pub(super) fn expected(key: &str) -> ErrorKind {
    EXPECTED[position(KEYS, key)]
}

/// The part of `settings` that is about no visitor.
pub(super) fn looks<V: Value>(settings: &V, speaker: Speaker) -> V {
    let mut looks = Vec::new();
    for (key, value) in settings.entries() {
        let is_absent = matches!(value.kind(), ValueKind::Undefined | ValueKind::Null);
        if !is_absent && position(KEYS, &key.text()).wrapping_sub(speaker as usize) < RUN {
            looks.push((key, value));
        }
    }
    V::object(&looks)
}
