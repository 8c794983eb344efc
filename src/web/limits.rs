//! The limits of web mode; see [`crate::limits`]. Times are milliseconds.

/// Calls that wait for the widget
pub const QUEUE: usize = 1000;
/// Wait for the widget, by default
pub const WIDGET_TIMEOUT: f64 = 10_000.0;
/// Wait of a `shutdown` for events that are on their way
pub const RESET_HOLD: f64 = 250.0;
/// Time before its end at which a user's JWT is replaced
pub const JWT_MARGIN: f64 = 60_000.0;
/// Least time from one JWT to the next, and to another try when none came
pub const JWT_INTERVAL: f64 = 120_000.0;
/// Time within which an equal update is skipped
pub const REPEAT: f64 = 60_000.0;
/// Updates that Intercom accepts from a page
pub const QUOTA: usize = 20;
/// Time in which it accepts so many
pub const QUOTA_PERIOD: f64 = 30.0 * 60_000.0;
/// Characters of a value that Intercom keeps
pub const VALUE: usize = 255;
/// Keys of an event's metadata that Intercom keeps
pub const METADATA: usize = 10;
/// Events of the Messenger's that are forwarded
pub const FORWARDS: usize = 60;
/// Time in which so many are forwarded
pub const FORWARD_PERIOD: f64 = 60_000.0;
/// Characters of `appId`
pub const APP_ID: usize = 64;
