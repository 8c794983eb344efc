//! The settings a site hands in, checked once.

use crate::error::{Error, ErrorKind};
#[cfg(not(target_os = "none"))]
use crate::limits::SUBSCRIPTIONS;
use crate::location::Part;
use crate::name::Name;
use crate::subscription::{self, Definition};
use crate::text_enum::{lines, position};
use crate::value::{Value, ValueKind};
use crate::web::actions::Action;
#[cfg(not(target_os = "none"))]
use crate::web::forwarding::Word;
use crate::web::messenger::Speaker;
use crate::web::{limits, messenger};
use alloc::vec::Vec;

/// Where a visitor opens the Messenger when no button of the site's own is named.
pub const DEFAULT_ACTIVATOR: &str = "#IntercomDefaultWidget";
/// Intercom's API in the United States.
pub const DEFAULT_API_BASE: &str = "https://api-iam.intercom.io";

/// The words of `messenger.alignment`, of `messenger.theme_mode`, of `load`, and of `consent`: of its `from` and its `before`.
const WORDS: &str = lines!(
    "left",
    "right",
    "light",
    "dark",
    "system",
    "now",
    "idle",
    "interaction",
    "launcher",
    #[cfg(not(target_os = "none"))]
    "segment",
    #[cfg(not(target_os = "none"))]
    "google",
    #[cfg(not(target_os = "none"))]
    "keep",
    #[cfg(not(target_os = "none"))]
    "drop"
);
const NOW: usize = 5;
const SEGMENT: usize = 9;
#[cfg(not(target_os = "none"))]
const KEEP: usize = 11;

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
    /// `userJwt`: whether the site gives a JWT for each user.
    pub has_user_jwt: bool,
    /// `messenger`: what `boot` says of the Messenger, undefined for nothing.
    pub messenger: V,
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
        has_user_jwt: false,
        messenger: V::undefined(),
        subscriptions: None,
    };
    let before = errors.len();
    read_entries(settings, None, &mut read, errors);
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

/// Reads the entries of the settings, or of the object at `outer`. A reader for each of them costs visitors 155 bytes of brotli more;
/// `tests/fixtures/settings/` has each key with a wrong value.
fn read_entries<V: Value>(entries: &V, outer: Option<Name>, read: &mut Settings<V>, errors: &mut Vec<Error>) {
    for (key, value) in entries.entries() {
        let name = key.as_name();
        let text = key.text();
        let kind = value.kind();
        let is_item = outer == Some(Name::RichLinkProperties);
        if !is_item && name != Some(Name::AppId) && matches!(kind, ValueKind::Undefined | ValueKind::Null) {
            continue;
        }
        let expected = match name {
            _ if outer == Some(Name::Messenger) => messenger::expected(&text),
            _ if is_item => ErrorKind::SettingText,
            Some(Name::AppId) => {
                read.app_id = value;
                continue;
            }
            Some(Name::RichLinkProperties) => {
                if kind == ValueKind::Array {
                    read_entries(&value, name, read, errors);
                }
                read.rich_link_properties = V::array(&value.items());
                ErrorKind::SettingList
            }
            Some(Name::Subscriptions) => {
                read.subscriptions = Some(subscriptions(&value.items(), errors));
                ErrorKind::SettingList
            }
            Some(Name::Messenger) => {
                if kind == ValueKind::Object {
                    read_entries(&value, name, read, errors);
                    read.messenger = messenger::looks(&value, Speaker::Site);
                }
                ErrorKind::SettingObject
            }
            Some(Name::ApiBase) => {
                if !value.truthy() && kind == ValueKind::String {
                    continue;
                }
                let url = value.text();
                read.api_base = V::string(url.strip_suffix("/").unwrap_or(&url));
                ErrorKind::SettingApiBase
            }
            Some(Name::Activator) => {
                if value.truthy() && value.text() != DEFAULT_ACTIVATOR {
                    read.activator = value.clone();
                }
                ErrorKind::SettingText
            }
            Some(Name::Nonce) => ErrorKind::SettingText,
            Some(Name::WidgetTimeout) => {
                read.widget_timeout = value.as_number();
                ErrorKind::SettingMillis
            }
            Some(Name::Load) => {
                if !is_word(&value, NOW, NOW + 1) {
                    read.load = value.clone();
                }
                ErrorKind::SettingLoad
            }
            Some(Name::UserJwt) => {
                read.has_user_jwt = true;
                ErrorKind::SettingFunction
            }
            #[cfg(not(target_os = "none"))]
            Some(Name::Forward) => {
                if matches!(kind, ValueKind::Array | ValueKind::Object) {
                    check_forward(&value, errors);
                }
                ErrorKind::SettingForward
            }
            #[cfg(not(target_os = "none"))]
            Some(Name::Consent) => ErrorKind::SettingConsent,
            #[cfg(target_os = "none")]
            Some(Name::Consent | Name::Forward) => continue,
            Some(Name::ShutdownOnReset | Name::UpdateGuard | Name::VisitorId | Name::Debug) => {
                match name {
                    Some(Name::ShutdownOnReset) => read.shutdown_on_reset = value.truthy(),
                    Some(Name::UpdateGuard) => read.update_guard = value.truthy(),
                    _ => {}
                }
                ErrorKind::SettingBoolean
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
            ) => continue,
            _ => ErrorKind::SettingUnknown,
        };
        if !holds(expected, &value) {
            let mut keys = Vec::new();
            if let Some(outer) = outer {
                keys.push(outer.text().into());
            }
            keys.push(text);
            let found = if expected.is_warning() { "" } else { kind.article() };
            errors.push(Error::new(expected, Part::Setting { keys }, found));
        }
    }
}

/// Whether a value is what this kind of fault says was expected.
fn holds<V: Value>(expected: ErrorKind, value: &V) -> bool {
    let kind = value.kind();
    match expected {
        ErrorKind::SettingText => kind == ValueKind::String,
        ErrorKind::SettingObject => kind == ValueKind::Object,
        ErrorKind::SettingList => kind == ValueKind::Array,
        ErrorKind::SettingBoolean => matches!(kind, ValueKind::True | ValueKind::False),
        ErrorKind::SettingNumber => kind == ValueKind::Number,
        ErrorKind::SettingMillis => kind == ValueKind::Number && value.as_number() > 0.0,
        ErrorKind::SettingApiBase => is_https(&value.text()),
        ErrorKind::SettingAlignment => is_word(value, 0, 2),
        ErrorKind::SettingTheme => is_word(value, 2, NOW),
        ErrorKind::SettingLoad => is_load(value),
        // Only functions and promises are of no other kind; the page finds out what a promise is worth.
        ErrorKind::SettingFunction => kind == ValueKind::Other,
        #[cfg(not(target_os = "none"))]
        ErrorKind::SettingForward => {
            matches!(kind, ValueKind::True | ValueKind::False | ValueKind::Array | ValueKind::Object)
        }
        #[cfg(not(target_os = "none"))]
        ErrorKind::SettingConsent => is_consent(value),
        _ => false,
    }
}

fn is_word<V: Value>(value: &V, from: usize, to: usize) -> bool {
    value.kind() == ValueKind::String && (from..to).contains(&position(WORDS, &value.text()))
}

/// Whether this says when the widget is to be loaded: `"idle"`, or `{ when: "idle", then: 5000 }`, with a number of milliseconds.
fn is_load<V: Value>(load: &V) -> bool {
    match load.kind() {
        ValueKind::String => is_word(load, NOW, SEGMENT),
        ValueKind::Object => {
            let (when, then) = (load.field(Name::When), load.field(Name::Then));
            when.kind() != ValueKind::Object
                && is_load(&when)
                && (then.kind() == ValueKind::Undefined || holds(ErrorKind::SettingMillis, &then))
        }
        // Functions and promises; JavaScript tells what else there is.
        kind => kind == ValueKind::Other,
    }
}

/// Whether this says how to know what the visitor agrees to: `{ from: "segment", categories: ["Functional"], before: "drop" }`.
///
/// Only tools say so beforehand. On a page the file that reads the setting refuses what it cannot use, which costs only those visitors.
#[cfg(not(target_os = "none"))]
fn is_consent<V: Value>(consent: &V) -> bool {
    let [from, categories, before] = [Name::From, Name::Categories, Name::Before].map(|name| consent.field(name));
    let categories = categories.items();
    let is_named = !categories.is_empty() && categories.iter().all(|category| category.kind() == ValueKind::String);
    (from.kind() == ValueKind::Other || is_named && is_word(&from, SEGMENT, KEEP))
        && (before.kind() == ValueKind::Undefined || is_word(&before, KEEP, KEEP + 2))
}

/// What is wrong in a list or an object of what the Messenger tells. Only tools say so beforehand; on a page the file that forwards does.
#[cfg(not(target_os = "none"))]
fn check_forward<V: Value>(forward: &V, errors: &mut Vec<Error>) {
    let is_list = forward.kind() == ValueKind::Array;
    for (key, value) in forward.entries() {
        let kind = value.kind();
        let word = if is_list { &value } else { &key };
        let is_word = word.kind() == ValueKind::String && Word::from_text(&word.text()).is_some();
        let is_named = match kind {
            ValueKind::String => value.truthy(),
            ValueKind::True | ValueKind::False | ValueKind::Null | ValueKind::Undefined => !is_list,
            _ => false,
        };
        if !is_word || !is_named {
            let keys = Vec::from([Name::Forward.text().into(), key.text()]);
            errors.push(Error::new(ErrorKind::SettingForward, Part::Setting { keys }, kind.article()));
        }
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

fn subscriptions<V: Value>(items: &[V], errors: &mut Vec<Error>) -> Vec<Definition<V, Action>> {
    let mut read = Vec::new();
    for (i, item) in items.iter().enumerate() {
        read.extend(subscription::read(item, i, Action::from_text, ErrorKind::ActionUnknown, errors));
    }
    // Advice, which only tools give: its words would cost every visitor 70 bytes.
    #[cfg(not(target_os = "none"))]
    if read.len() > SUBSCRIPTIONS {
        errors.push(Error::new(ErrorKind::SubscriptionsMany, Part::setting(Name::Subscriptions), ""));
    }
    read
}
