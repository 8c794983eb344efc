//! The settings of Cloud mode, checked once. The access token is not one of them: it stays with whoever sends the requests.

use super::actions::Action;
use crate::cloud::limits;
use crate::error::{Error, ErrorKind};
use crate::limits::SUBSCRIPTIONS;
use crate::location::Part;
use crate::name::Name;
use crate::subscription::{self, Definition};
use crate::value::{Value, ValueKind};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// The version of the REST API that requests are written for.
pub const API_VERSION: &str = "2.14";
/// Finding a user by the site's own id came with this one.
const OLDEST_MINOR: u32 = 13;
/// From this one on, `owner_id` is text.
const OWNER_IS_TEXT_FROM: u32 = 16;

/// Where a workspace's data is, and so where its token works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Region {
    Us,
    Eu,
    Au,
}

impl Region {
    const ALL: [Region; 3] = [Region::Us, Region::Eu, Region::Au];

    /// As settings and Intercom name it, in lower case.
    pub fn key(self) -> &'static str {
        match self {
            Region::Us => "us",
            Region::Eu => "eu",
            Region::Au => "au",
        }
    }

    /// The region of that name, in any case.
    pub fn from_text(text: &str) -> Option<Region> {
        Region::ALL.into_iter().find(|region| text.eq_ignore_ascii_case(region.key()))
    }

    /// The address of the REST API.
    pub fn base_url(self) -> &'static str {
        match self {
            Region::Us => "https://api.intercom.io",
            Region::Eu => "https://api.eu.intercom.io",
            Region::Au => "https://api.au.intercom.io",
        }
    }
}

/// What a site asks for. The defaults are those of `docs/cloud.md`.
#[derive(Clone, Debug)]
pub struct Settings<V> {
    /// `region`
    pub region: Region,
    /// `baseUrl`: where requests go instead, without a slash at the end.
    pub base_url: Option<String>,
    /// `apiVersion`
    pub api_version: String,
    /// Whether that version takes a contact's owner as text.
    pub owner_is_text: bool,
    /// `requestTimeout`, milliseconds.
    pub request_timeout: f64,
    /// `mergeLeads`
    pub merge_leads: bool,
    /// `unarchive`
    pub unarchive: bool,
    /// `createAttributes`
    pub create_attributes: bool,
    /// `skipStale`
    pub skip_stale: bool,
    /// `skipEqualContacts`
    pub skip_equal_contacts: bool,
    /// `skipEqualCompanies`
    pub skip_equal_companies: bool,
    /// `handleDelete`
    pub handle_delete: bool,
    /// `dryRun`
    pub dry_run: bool,
    /// `rateShare`
    pub rate_share: f64,
    /// `concurrency`
    pub concurrency: usize,
    /// `patience`, milliseconds.
    pub patience: f64,
    /// `giveUpAfter`, milliseconds.
    pub give_up_after: f64,
    /// `subscriptions`: `None` when the presets apply.
    pub subscriptions: Option<Vec<Definition<V, Action>>>,
}

impl<V> Default for Settings<V> {
    fn default() -> Self {
        Settings {
            region: Region::Us,
            base_url: None,
            api_version: API_VERSION.into(),
            owner_is_text: false,
            request_timeout: 10_000.0,
            merge_leads: true,
            unarchive: false,
            create_attributes: false,
            skip_stale: false,
            skip_equal_contacts: true,
            skip_equal_companies: true,
            handle_delete: true,
            dry_run: false,
            rate_share: 1.0,
            concurrency: 16,
            patience: 30_000.0,
            give_up_after: 14_400_000.0,
            subscriptions: None,
        }
    }
}

impl<V> Settings<V> {
    /// Where requests go.
    pub fn address(&self) -> &str {
        self.base_url.as_deref().unwrap_or(self.region.base_url())
    }
}

/// Reads and checks `settings`, pushing every error; `None` when one of them is a fault.
///
/// Errors name the key: `region`, `subscriptions.3.partnerAction`. A key that is null or undefined is as good as absent.
pub fn read<V: Value>(settings: &V, errors: &mut Vec<Error>) -> Option<Settings<V>> {
    let before = errors.len();
    if settings.kind() != ValueKind::Object {
        errors.push(Error::new(
            ErrorKind::SettingObject,
            Part::Setting { keys: Vec::new() },
            settings.kind().article(),
        ));
        return None;
    }
    let mut read = Settings::default();
    for (key, value) in settings.entries() {
        let key = key.text();
        if matches!(value.kind(), ValueKind::Undefined | ValueKind::Null) {
            continue;
        }
        if key == Name::Subscriptions.text() {
            read.subscriptions = Some(subscriptions(&value, errors));
        } else if let Err(kind) = read.set(&key, &value) {
            errors.push(Error::new(kind, Part::Setting { keys: vec![key] }, value.kind().article()));
        }
    }
    errors[before..].iter().all(|error| error.kind.is_warning()).then_some(read)
}

impl<V: Value> Settings<V> {
    fn set(&mut self, key: &str, value: &V) -> Result<(), ErrorKind> {
        match key {
            "region" => self.region = region(value)?,
            "baseUrl" => self.base_url = Some(base_url(value)?),
            "apiVersion" => {
                let minor = minor_version(value)?;
                self.owner_is_text = minor >= OWNER_IS_TEXT_FROM;
                self.api_version = value.text();
            }
            "mergeLeads" => self.merge_leads = boolean(value)?,
            "unarchive" => self.unarchive = boolean(value)?,
            "createAttributes" => self.create_attributes = boolean(value)?,
            "skipStale" => self.skip_stale = boolean(value)?,
            "skipEqualContacts" => self.skip_equal_contacts = boolean(value)?,
            "skipEqualCompanies" => self.skip_equal_companies = boolean(value)?,
            "handleDelete" => self.handle_delete = boolean(value)?,
            "dryRun" => self.dry_run = boolean(value)?,
            "rateShare" => self.rate_share = number(value, ErrorKind::SettingShare, is_rate_share)?,
            "concurrency" => {
                let is_count = |count: f64| (1.0..=limits::COUNT).contains(&count) && count == count.trunc();
                self.concurrency = number(value, ErrorKind::SettingCount, is_count)? as usize;
            }
            "requestTimeout" => self.request_timeout = millis(value)?,
            "patience" => self.patience = millis(value)?,
            "giveUpAfter" => self.give_up_after = millis(value)?,
            _ => return Err(ErrorKind::CloudSettingUnknown),
        }
        Ok(())
    }
}

/// Whether this is a share of the rate limit that can be spent.
pub fn is_rate_share(share: f64) -> bool {
    share > 0.0 && share <= 1.0
}

fn boolean<V: Value>(value: &V) -> Result<bool, ErrorKind> {
    match value.kind() {
        ValueKind::True => Ok(true),
        ValueKind::False => Ok(false),
        _ => Err(ErrorKind::SettingBoolean),
    }
}

fn number<V: Value>(value: &V, kind: ErrorKind, is_fine: impl Fn(f64) -> bool) -> Result<f64, ErrorKind> {
    let number = value.as_number();
    if value.kind() == ValueKind::Number && is_fine(number) { Ok(number) } else { Err(kind) }
}

fn millis<V: Value>(value: &V) -> Result<f64, ErrorKind> {
    number(value, ErrorKind::SettingMillis, |millis| millis > 0.0)
}

fn region<V: Value>(value: &V) -> Result<Region, ErrorKind> {
    Region::from_text(&value.text()).ok_or(ErrorKind::SettingRegion)
}

/// The minor version of `2.14`.
fn minor_version<V: Value>(value: &V) -> Result<u32, ErrorKind> {
    let text = value.text();
    let minor = text.strip_prefix("2.").filter(|minor| minor.bytes().all(|byte| byte.is_ascii_digit()));
    minor
        .and_then(|minor| minor.parse().ok())
        .filter(|minor| *minor >= OLDEST_MINOR)
        .ok_or(ErrorKind::SettingApiVersion)
}

/// A token is sent there, so it must be https, or this very machine.
fn base_url<V: Value>(value: &V) -> Result<String, ErrorKind> {
    let text = value.text();
    let url = text.strip_suffix('/').unwrap_or(&text);
    let (host, is_own) = match url.strip_prefix("https://") {
        Some(host) => (host, true),
        None => {
            let host = url.strip_prefix("http://").unwrap_or_default();
            let name = host.split([':', '/']).next();
            (host, matches!(name, Some("127.0.0.1" | "localhost")))
        }
    };
    let is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte));
    let starts = host.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric());
    if is_own && is_plain && starts { Ok(url.into()) } else { Err(ErrorKind::SettingBaseUrl) }
}

fn subscriptions<V: Value>(value: &V, errors: &mut Vec<Error>) -> Vec<Definition<V, Action>> {
    if value.kind() != ValueKind::Array {
        errors.push(Error::new(ErrorKind::SettingList, Part::setting(Name::Subscriptions), value.kind().article()));
    }
    let mut read = Vec::new();
    for (i, item) in value.items().iter().enumerate() {
        if let Some(definition) = subscription::read(item, i, Action::from_key, ErrorKind::CloudActionUnknown, errors) {
            read.push(definition);
        }
    }
    if read.len() > SUBSCRIPTIONS {
        errors.push(Error::new(
            ErrorKind::SubscriptionsMany,
            Part::setting(Name::Subscriptions),
            &read.len().to_string(),
        ));
    }
    read
}

/// Tells of the mapping's own keys that the action has no field for. What a directive around the whole mapping gives is not known yet.
pub fn unknown_fields<V: Value>(definition: &Definition<V, Action>, errors: &mut Vec<Error>) {
    let fields = definition.action.fields();
    let keys: Vec<String> = definition.mapping.entries().iter().map(|(key, _)| key.text()).collect();
    if keys.iter().any(|key| key == Name::Root.text()) {
        return;
    }
    for key in keys {
        if !key.starts_with('@') && !fields.iter().any(|field| field.key == key) {
            let mut error = Error::new(ErrorKind::FieldUnknown, Part::Mapping { keys: vec![key] }, "");
            error.at.subscription = Some(definition.name.clone());
            errors.push(error);
        }
    }
}
