//! Presets as data: ordinary subscriptions, as a site would write them.

use crate::value::Value;

/// A subscription that applies when a site names none.
pub struct Preset {
    /// Its name in messages.
    pub name: &'static str,
    /// Its filter.
    pub subscribe: &'static str,
    /// Its mapping, JSON.
    pub mapping: &'static str,
}

impl Preset {
    /// The mapping as a value.
    pub fn to_mapping<V: Value>(&self) -> V {
        V::string(self.mapping).parse_json()
    }
}
