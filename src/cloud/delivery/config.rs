//! What a delivery can be told.

use super::Millis;

const SECOND: Millis = 1000;
const HOUR: Millis = 3600 * SECOND;

/// The settings of a [`Delivery`](super::Delivery). The defaults are those of docs/cloud.md.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// A user's identify looks for a lead with its e-mail and makes it part of the user.
    pub merge_leads: bool,
    /// Archived contacts are brought back when an identify names them.
    pub unarchive: bool,
    /// Custom attributes that Intercom does not have are made.
    pub create_attributes: bool,
    /// Fields of an identify that is older than the newest one known of that person are not written.
    pub skip_stale: bool,
    /// The share of the rate limit that may be spent, above 0 and at most 1: others use the same token.
    pub rate_share: f64,
    /// Requests that may be on their way at once, at least 1.
    pub concurrency: usize,
    /// How long an event is kept waiting before it is given back as `retry`.
    pub patience: Millis,
    /// How long an event is given back as `retry` for want of its contact, from the first time on.
    pub give_up_after: Millis,
    /// How far Intercom's search may be behind.
    pub search_lag: Millis,
    /// An update that changes nothing is not sent again within this time; 0 where others write the same contacts.
    pub equal_update_window: Millis,
    /// A company that changes nothing is not sent again within this time; 0 where others write the same companies.
    pub equal_company_window: Millis,
    /// How many facts (contacts, companies, message ids) are remembered.
    pub memory: usize,
    /// The host has a cache that answers [`Output::ReadCache`](super::Output::ReadCache).
    pub has_cache: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            merge_leads: true,
            unarchive: false,
            create_attributes: false,
            skip_stale: false,
            rate_share: 1.0,
            concurrency: 16,
            patience: 30 * SECOND,
            give_up_after: 4 * HOUR,
            search_lag: 300 * SECOND,
            equal_update_window: HOUR,
            equal_company_window: 24 * HOUR,
            memory: 100_000,
            has_cache: false,
        }
    }
}
