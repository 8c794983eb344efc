//! The bodies of responses, as far as they are read.

use crate::cloud::intent::Role;
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Deserializer};

/// What a response says of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// Intercom's id, never empty.
    #[serde(deserialize_with = "id")]
    pub id: String,
    /// The site's own id; empty is none.
    #[serde(default, deserialize_with = "filled")]
    pub external_id: Option<String>,
    /// The e-mail address; empty is none.
    #[serde(default, deserialize_with = "filled")]
    pub email: Option<String>,
    /// `None` when it is neither user nor lead.
    #[serde(default, deserialize_with = "role")]
    pub role: Option<Role>,
    /// Seconds since 1970.
    #[serde(default, deserialize_with = "seconds")]
    pub last_seen_at: Option<i64>,
}

/// What a response says of the token's workspace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Workspace {
    /// Intercom's id of it.
    #[serde(default, rename = "id_code", deserialize_with = "filled")]
    pub id: Option<String>,
    /// `US`, `EU` or `AU`.
    #[serde(default, deserialize_with = "filled")]
    pub region: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct List {
    pub(super) data: Vec<Contact>,
}

#[derive(Deserialize)]
pub(super) struct Company {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct Admin {
    pub(super) app: Workspace,
}

#[derive(Deserialize)]
pub(super) struct Errors {
    pub(super) errors: Vec<Error>,
}

#[derive(Deserialize, Default)]
pub(super) struct Error {
    #[serde(default)]
    pub(super) code: Option<String>,
    #[serde(default)]
    pub(super) message: Option<String>,
    #[serde(default)]
    pub(super) field: Option<String>,
}

fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    if id.is_empty() { Err(serde::de::Error::custom("an empty id")) } else { Ok(id) }
}

fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.is_empty()))
}

fn role<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Role>, D::Error> {
    Ok(match Option::<String>::deserialize(from)?.as_deref() {
        Some("user") => Some(Role::User),
        Some("lead") => Some(Role::Lead),
        _ => None,
    })
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_i64().or_else(|| value.as_f64().map(|number| number as i64)))
}
