//! The settings a site hands in: typed, with their defaults, and checked once.

use crate::actions::ACTIONS;
use crate::error::{Error, Kind as Fault};
use crate::value::{Kind, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// Where a visitor opens the Messenger when no button of the site's own is named.
pub const DEFAULT_ACTIVATOR: &str = "#IntercomDefaultWidget";
/// Intercom's API in the United States.
pub const DEFAULT_API_BASE: &str = "https://api-iam.intercom.io";

/// Keys that loaders add to what they hand to a plugin.
const LOADER_KEYS: [&str; 8] = [
    "versionSettings",
    "type",
    "bundlingStatus",
    "unbundledIntegrations",
    "maybeBundledConfigIds",
    "consentSettings",
    "name",
    "onError",
];

/// Checked settings. Text stays a value, so that what goes to Intercom is what came in.
#[derive(Clone, Debug)]
pub struct Settings<V> {
    /// `appId`, required: letters, digits, `_` and `-`.
    pub app_id: V,
    /// `activator`: a CSS selector, undefined when it is absent, blank or the default.
    pub activator: V,
    /// `apiBase`: an https URL, [`DEFAULT_API_BASE`] unless given.
    pub api_base: V,
    /// `richLinkProperties`: the property keys that hold rich links.
    pub rich_link_properties: Vec<V>,
    /// `widgetTimeout`: milliseconds until a widget that has not come counts as unavailable; 10,000 unless given.
    pub widget_timeout: f64,
    /// `shutdownOnReset`: whether a reset ends the visitor's session; true unless given.
    pub shutdown_on_reset: bool,
    /// `updateGuard`: whether repeated updates are held back; true unless given.
    pub update_guard: bool,
    /// `debug`: whether each event is explained in the console; false unless given.
    pub debug: bool,
    /// `nonce`: for the injected script under a content security policy; undefined unless given.
    pub nonce: V,
    /// `subscriptions`: undefined when the presets apply.
    pub subscriptions: Option<Vec<Subscription<V>>>,
}

/// One enabled subscription as the site wrote it.
#[derive(Clone, Debug)]
pub struct Subscription<V> {
    /// Index into [`ACTIONS`].
    pub action: usize,
    /// Its `name`, or its number in the list: for messages.
    pub name: String,
    /// The filter's text.
    pub subscribe: String,
    /// The mapping, an object.
    pub mapping: V,
}

/// Reads and checks `settings`, pushing every fault and warning; `None` when a fault makes the plugin useless.
///
/// Errors name the key: `appId`, `richLinkProperties.1`, `subscriptions.3.mapping`.
pub fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<Settings<V>> {
    if settings.kind() != Kind::Object {
        errors.push(Error::new(Fault::SettingObject, "settings", settings.kind().article()));
        return None;
    }
    let mut read = Settings {
        app_id: V::undefined(),
        activator: V::undefined(),
        api_base: V::string(DEFAULT_API_BASE),
        rich_link_properties: Vec::new(),
        widget_timeout: 10_000.0,
        shutdown_on_reset: true,
        update_guard: true,
        debug: false,
        nonce: V::undefined(),
        subscriptions: None,
    };
    let before = errors.len();
    for (key, value) in settings.entries() {
        let key = key.text();
        let kind = value.kind();
        let fault = match key.as_str() {
            "appId" => {
                read.app_id = value;
                None
            }
            _ if matches!(kind, Kind::Undefined | Kind::Null) => None,
            "apiBase" => api_base(&mut read.api_base, &value),
            "activator" => text(&mut read.activator, &value),
            "nonce" => text(&mut read.nonce, &value),
            "widgetTimeout" => millis(&mut read.widget_timeout, &value),
            "shutdownOnReset" => boolean(&mut read.shutdown_on_reset, &value),
            "updateGuard" => boolean(&mut read.update_guard, &value),
            "debug" => boolean(&mut read.debug, &value),
            "richLinkProperties" => {
                read.rich_link_properties = rich_link_properties(&value, errors);
                None
            }
            "subscriptions" => {
                read.subscriptions = Some(subscriptions(&value, errors));
                None
            }
            key if LOADER_KEYS.contains(&key) => None,
            _ => Some(Fault::SettingUnknown),
        };
        if let Some(fault) = fault {
            errors.push(Error::new(fault, key, if fault.is_warning() { "" } else { kind.article() }));
        }
    }
    if !is_app_id(&read.app_id.text()) {
        errors.push(Error::new(Fault::SettingAppId, "appId", found(&read.app_id)));
    }
    if read.activator.text() == DEFAULT_ACTIVATOR {
        read.activator = V::undefined();
    }
    let faulty = errors[before..].iter().any(|error| !error.kind.is_warning());
    (!faulty).then_some(read)
}

fn is_app_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn found<V: Value>(value: &V) -> &'static str {
    match value.kind() {
        Kind::String if value.text().trim().is_empty() => "a blank string",
        Kind::String => "a string with other characters",
        kind => kind.article(),
    }
}

fn api_base<V: Value>(setting: &mut V, value: &V) -> Option<Fault> {
    let text = value.text();
    if value.kind() == Kind::String && text.is_empty() {
        return None;
    }
    let host = text.strip_prefix("https://").unwrap_or_default();
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/".contains(&b);
    if host.is_empty() || !host.as_bytes()[0].is_ascii_alphanumeric() || !host.bytes().all(allowed) {
        return Some(Fault::SettingApiBase);
    }
    *setting = V::string(text.trim_end_matches('/'));
    None
}

fn text<V: Value>(setting: &mut V, value: &V) -> Option<Fault> {
    if value.kind() != Kind::String {
        return Some(Fault::SettingText);
    }
    if value.truthy() {
        *setting = value.clone();
    }
    None
}

fn millis<V: Value>(setting: &mut f64, value: &V) -> Option<Fault> {
    let number = value.as_number();
    if value.kind() != Kind::Number || number <= 0.0 {
        return Some(Fault::SettingMillis);
    }
    *setting = number;
    None
}

fn boolean<V: Value>(setting: &mut bool, value: &V) -> Option<Fault> {
    *setting = match value.kind() {
        Kind::True => true,
        Kind::False => false,
        _ => return Some(Fault::SettingBoolean),
    };
    None
}

fn rich_link_properties<V: Value>(value: &V, errors: &mut Vec<Error>) -> Vec<V> {
    if value.kind() != Kind::Array {
        errors.push(Error::new(Fault::SettingList, "richLinkProperties", value.kind().article()));
    }
    let items = value.items();
    for (i, item) in items.iter().enumerate() {
        if item.kind() != Kind::String {
            errors.push(Error::new(Fault::SettingText, place("richLinkProperties", i, ""), item.kind().article()));
        }
    }
    items
}

fn subscriptions<V: Value>(value: &V, errors: &mut Vec<Error>) -> Vec<Subscription<V>> {
    if value.kind() != Kind::Array {
        errors.push(Error::new(Fault::SettingList, "subscriptions", value.kind().article()));
    }
    let mut read = Vec::new();
    for (i, item) in value.items().iter().enumerate() {
        if let Some(subscription) = subscription(item, i, errors) {
            read.push(subscription);
        }
    }
    if read.len() > 50 {
        errors.push(Error::new(Fault::SubscriptionsMany, "subscriptions", ""));
    }
    read
}

/// `None` for one that is disabled or cannot be used; the others go on.
fn subscription<V: Value>(value: &V, i: usize, errors: &mut Vec<Error>) -> Option<Subscription<V>> {
    let mut fields = [const { None }; 5];
    for (key, value) in value.entries() {
        let key = key.text();
        let known = ["enabled", "partnerAction", "name", "subscribe", "mapping"];
        if let Some(at) = known.iter().position(|known| *known == key) {
            fields[at] = Some(value);
        }
    }
    let [enabled, action, name, subscribe, mapping] = fields;
    if !enabled.is_some_and(|enabled: V| enabled.truthy()) {
        return None;
    }
    let action = action.unwrap_or_else(V::undefined).text();
    let Some(action) = ACTIONS.iter().position(|known| *known == action) else {
        errors.push(Error::new(Fault::ActionUnknown, place("subscriptions", i, ".partnerAction"), ""));
        return None;
    };
    let mut title = name.unwrap_or_else(V::undefined).text();
    if title.is_empty() {
        crate::error::push_number(&mut title, i);
    }
    let mut mapping = mapping.unwrap_or_else(V::undefined);
    if matches!(mapping.kind(), Kind::Undefined | Kind::Null) {
        mapping = V::object(&[]);
    }
    Some(Subscription { action, name: title, subscribe: subscribe.unwrap_or_else(V::undefined).text(), mapping })
}

/// `subscriptions.3.mapping`
fn place(list: &str, i: usize, key: &str) -> String {
    let mut place = String::from(list);
    place.push('.');
    crate::error::push_number(&mut place, i);
    place.push_str(key);
    place
}
