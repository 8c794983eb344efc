//! Which of a page's own settings say how the Messenger looks and works; all others describe a visitor.

use crate::text_enum::{count, lines, position};
use crate::value::Value;
use alloc::vec::Vec;

const LOOKS: &str = lines!(
    "custom_launcher_selector",
    "alignment",
    "horizontal_padding",
    "vertical_padding",
    "z_index",
    "hide_default_launcher",
    "session_duration",
    "theme_mode",
    "action_color",
    "background_color"
);

/// The part of a page's own settings that is about no one.
pub(super) fn looks<V: Value>(settings: &V) -> V {
    let mut looks = Vec::new();
    for (key, value) in settings.entries() {
        if position(LOOKS, &key.text()) < const { count(LOOKS) } {
            looks.push((key, value));
        }
    }
    V::object(&looks)
}
