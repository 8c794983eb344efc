//! `type: "delete"`: the person wants to be forgotten. It needs no subscription.

use crate::cloud::code::NOBODY;
use crate::cloud::intent::{Intent, Person};
use crate::cloud::outcome::Warning;
use alloc::string::String;

/// Deletes the contact of that user id.
///
/// # Errors
/// Without an id: an e-mail address alone is not proof enough to delete somebody for good.
pub fn perform(user_id: Option<String>) -> Result<Intent, Warning> {
    match user_id {
        Some(id) => Ok(Intent::Delete(Person { external_id: Some(id), ..Person::default() })),
        None => Err(NOBODY.warning()),
    }
}
