//! The settings a site hands in, checked once.

use crate::error::{Error, ErrorKind};
use crate::limits::SUBSCRIPTIONS;
use crate::location::Part;
use crate::name::Name;
use crate::subscription::{self, Definition, numbered};
use crate::text_enum::{count, lines, position};
use crate::value::{Value, ValueKind};
use crate::web::actions::Action;
use crate::web::limits;
use alloc::vec::Vec;

/// Where a visitor opens the Messenger when no button of the site's own is named.
pub const DEFAULT_ACTIVATOR: &str = "#IntercomDefaultWidget";
/// Intercom's API in the United States.
pub const DEFAULT_API_BASE: &str = "https://api-iam.intercom.io";

/// When the widget may be loaded.
const LOAD: &str = lines!("now", "idle", "interaction", "launcher");

/// Checked settings. Text stays a value, so that what goes to Intercom is what came in.
///
/// `nonce` and `debug` are checked here as well, and used by the page, which gets them by [`Settings::for_page`]; `onError` by whoever
/// reports what is found here.
#[derive(Clone, Debug)]
pub struct Settings<V> {
    /// `appId`, required: letters, digits, `_` and `-`.
    pub app_id: V,
    /// `activator`: a CSS selector, undefined when it is absent, blank or the default.
    pub activator: V,
    /// `apiBase`: an https URL, [`DEFAULT_API_BASE`] unless given.
    pub api_base: V,
    /// `richLinkProperties`: the property keys that hold rich links, an array.
    pub rich_link_properties: V,
    /// `widgetTimeout`: milliseconds until a widget that has not come is given up.
    pub widget_timeout: f64,
    /// `shutdownOnReset`: whether a reset ends the visitor's session.
    pub shutdown_on_reset: bool,
    /// `updateGuard`: whether an update that repeats the last one is held back.
    pub update_guard: bool,
    /// `load`: what is to happen before the widget is loaded, undefined for nothing.
    pub load: V,
    /// `subscriptions`: undefined when the presets apply.
    pub subscriptions: Option<Vec<Definition<V, Action>>>,
}

impl<V: Value> Settings<V> {
    /// What the page works with: a copy of the settings that this was read from, with the defaults of what it needs.
    pub fn for_page(&self, settings: &V) -> V {
        V::object(&[]).extend(settings).with(&V::name(Name::WidgetTimeout), &V::number(self.widget_timeout))
    }
}

/// Reads and checks `settings`, pushing every fault and warning; `None` when a fault makes the plugin useless.
///
/// Errors name the key: `appId`, `richLinkProperties.1`, `subscriptions.3.mapping`.
pub fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<Settings<V>> {
    if settings.kind() != ValueKind::Object {
        errors.push(Error::new(
            ErrorKind::SettingObject,
            Part::Setting { keys: Vec::new() },
            settings.kind().article(),
        ));
        return None;
    }
    let mut read = Settings {
        app_id: V::undefined(),
        activator: V::undefined(),
        api_base: V::string(DEFAULT_API_BASE),
        rich_link_properties: V::undefined(),
        widget_timeout: limits::WIDGET_TIMEOUT,
        shutdown_on_reset: true,
        update_guard: true,
        load: V::undefined(),
        subscriptions: None,
    };
    let before = errors.len();
    for (key, value) in settings.entries() {
        let name = key.as_name();
        let kind = value.kind();
        if name != Some(Name::AppId) && matches!(kind, ValueKind::Undefined | ValueKind::Null) {
            continue;
        }
        let is_text = kind == ValueKind::String;
        let fault = match name {
            Some(Name::AppId) => {
                read.app_id = value;
                continue;
            }
            Some(Name::RichLinkProperties) => {
                read.rich_link_properties = texts(&value, errors);
                continue;
            }
            Some(Name::Subscriptions) => {
                read.subscriptions = Some(subscriptions(&value, errors));
                continue;
            }
            Some(Name::ApiBase) => {
                if !value.truthy() && is_text {
                    continue;
                }
                let text = value.text();
                read.api_base = V::string(text.strip_suffix("/").unwrap_or(&text));
                (!is_https(&text)).then_some(ErrorKind::SettingApiBase)
            }
            Some(Name::Activator) => {
                if value.truthy() && value.text() != DEFAULT_ACTIVATOR {
                    read.activator = value;
                }
                (!is_text).then_some(ErrorKind::SettingText)
            }
            Some(Name::Nonce) => (!is_text).then_some(ErrorKind::SettingText),
            Some(Name::WidgetTimeout) => {
                // Not above 0 includes NaN, which is what anything but a number is.
                let is_above = value.as_number() > 0.0 && kind == ValueKind::Number;
                read.widget_timeout = value.as_number();
                (!is_above).then_some(ErrorKind::SettingMillis)
            }
            Some(Name::Load) => {
                if !(is_text && value.text() == "now") {
                    read.load = value.clone();
                }
                (!is_load(&value)).then_some(ErrorKind::SettingLoad)
            }
            Some(Name::ShutdownOnReset | Name::UpdateGuard | Name::Debug) => {
                match name {
                    Some(Name::ShutdownOnReset) => read.shutdown_on_reset = value.truthy(),
                    Some(Name::UpdateGuard) => read.update_guard = value.truthy(),
                    _ => {}
                }
                (!matches!(kind, ValueKind::True | ValueKind::False)).then_some(ErrorKind::SettingBoolean)
            }
            // What loaders add to what they hand to a plugin, and what others look at.
            Some(
                Name::VersionSettings
                | Name::Type
                | Name::BundlingStatus
                | Name::UnbundledIntegrations
                | Name::MaybeBundledConfigIds
                | Name::ConsentSettings
                | Name::NameOf
                | Name::OnError,
            ) => None,
            _ => Some(ErrorKind::SettingUnknown),
        };
        if let Some(fault) = fault {
            let part = Part::Setting { keys: [key.text()].into() };
            errors.push(Error::new(fault, part, if fault.is_warning() { "" } else { kind.article() }));
        }
    }
    let app_id = read.app_id.text();
    if !is_app_id(&app_id) {
        let found = match read.app_id.kind() {
            ValueKind::String if app_id.bytes().all(|byte| byte == b' ') => "a blank string",
            ValueKind::String => "a string with other characters",
            kind => kind.article(),
        };
        errors.push(Error::new(ErrorKind::SettingAppId, Part::setting(Name::AppId), found));
    }
    let is_faulty = errors.iter().skip(before).any(|error| !error.kind.is_warning());
    (!is_faulty).then_some(read)
}

/// Whether this says when the widget is to be loaded: `"idle"`, or `{ when: "idle", then: 5000 }`, with a number of milliseconds.
fn is_load<V: Value>(load: &V) -> bool {
    match load.kind() {
        ValueKind::String => position(LOAD, &load.text()) < const { count(LOAD) },
        ValueKind::Object => {
            let (when, then) = (load.field(Name::When), load.field(Name::Then));
            when.kind() != ValueKind::Object
                && is_load(&when)
                && (then.kind() == ValueKind::Undefined || then.kind() == ValueKind::Number && then.as_number() > 0.0)
        }
        // Functions and promises; JavaScript tells what else there is.
        kind => kind == ValueKind::Other,
    }
}

fn is_app_id(text: &str) -> bool {
    (1..=limits::APP_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Whether this is an https URL of plain characters, with a host.
fn is_https(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://") else { return false };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':' | b'/');
    host.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric()) && host.bytes().all(allowed)
}

fn texts<V: Value>(value: &V, errors: &mut Vec<Error>) -> V {
    let items = list(value, Name::RichLinkProperties, errors);
    for (i, item) in items.iter().enumerate() {
        if item.kind() != ValueKind::String {
            errors.push(Error::new(
                ErrorKind::SettingText,
                Part::Setting { keys: numbered(Name::RichLinkProperties, i) },
                item.kind().article(),
            ));
        }
    }
    V::array(&items)
}

fn list<V: Value>(value: &V, name: Name, errors: &mut Vec<Error>) -> Vec<V> {
    if value.kind() != ValueKind::Array {
        errors.push(Error::new(ErrorKind::SettingList, Part::setting(name), value.kind().article()));
    }
    value.items()
}

fn subscriptions<V: Value>(value: &V, errors: &mut Vec<Error>) -> Vec<Definition<V, Action>> {
    let mut read = Vec::new();
    for (i, item) in list(value, Name::Subscriptions, errors).iter().enumerate() {
        read.extend(subscription::read(item, i, Action::from_text, ErrorKind::ActionUnknown, errors));
    }
    if read.len() > SUBSCRIPTIONS {
        errors.push(Error::new(ErrorKind::SubscriptionsMany, Part::setting(Name::Subscriptions), ""));
    }
    read
}
