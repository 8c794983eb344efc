//! Presets as data: ordinary subscriptions, as a site would write them.

use crate::subscription::Definition;
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

    /// The preset of an action (an index into [`super::ACTIONS`]) as if a site had written it.
    pub(crate) fn to_subscription<V: Value>(&self, action: usize) -> Definition<V> {
        Definition { action, name: self.name.into(), subscribe: self.subscribe.into(), mapping: self.to_mapping() }
    }
}
