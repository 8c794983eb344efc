//! The limits of Cloud mode that are no settings; see [`crate::limits`]. Times are milliseconds.

/// Characters of a text that Intercom keeps
pub const TEXT: usize = 255;
/// Keys of an event's metadata that Intercom keeps
pub const METADATA: usize = 10;
/// Largest integer for a company's size or spend
pub const INTEGER: f64 = 2_147_483_647.0;
/// Largest `concurrency` and other counts in the settings
pub const COUNT: f64 = 1000.0;
/// Bytes of a response
pub const RESPONSE: usize = 8 << 20;
/// Wait for the host's cache
pub const CACHE_TIMEOUT: i64 = 10_000;
/// Requests for the same step that got no usable answer
pub const TRIES: u32 = 5;
/// First pause between them
pub const FIRST_PAUSE: i64 = 500;
/// Longest pause between them
pub const LONGEST_PAUSE: i64 = 16_000;
/// Time after which an event that is given back should be handed in again, at least
pub const GIVEN_BACK: i64 = 60_000;
/// First wait for a contact that is not there yet
pub const FIRST_LOOK: i64 = 7_000;
/// Longest wait for a contact that is not there yet
pub const LONGEST_LOOK: i64 = 3_600_000;
/// Wait for a person's earlier events that were given back, after the time they were due
pub const GRACE: i64 = 30_000;
/// Time for which their place in the order is kept
pub const PLACE_KEPT: i64 = 600_000;
/// Length of a window of Intercom's rate limit
pub const RATE_WINDOW: i64 = 10_000;
/// Longest wait that Intercom may ask for
pub const LONGEST_WAIT: i64 = 3_600_000;
/// Links from a merged contact to the one it became that are followed
pub const MERGED_LINKS: u32 = 3;
/// Names of a contact that a track is tried with
pub const NAMES: u32 = 5;
/// Fresh starts of an identify whose contact turns out to be gone
pub const RESTARTS: u32 = 3;
/// Look-ups of a contact for a group
pub const LOOKUPS: u32 = 3;
/// How far ahead `last_seen_at` must be to be sent alone
pub const LAST_SEEN_BEHIND: i64 = 3_600_000;
