//! The numbers by which the engine and the page name things to each other, as in `js/engine/numbers.js`; `tests/js/numbers.test.mjs`
//! compares the two.

/// What the page tells a session. An enum would have to be made from a number that is checked, which costs visitors 60 bytes.
pub mod fact {
    pub const OPENED_ON_STUB: u32 = 0;
    pub const OPENED_ON_IDLE_WIDGET: u32 = 1;
    pub const OPENED_ON_BOOTED_WIDGET: u32 = 2;
    pub const SCRIPT_INSERTED: u32 = 3;
    pub const WIDGET_ARRIVED: u32 = 4;
    pub const WIDGET_FAILED: u32 = 5;
    pub const TIMED_OUT: u32 = 6;
    pub const PAGE_HIDDEN: u32 = 7;
    pub const PAGE_CALLED: u32 = 8;
    pub const RESET: u32 = 9;
    pub const TRIGGERED: u32 = 10;
    pub const JWT_CAME: u32 = 11;
    pub const CLOSED: u32 = 12;
}

/// What the page is to do.
pub mod command {
    pub const CALL: u32 = 0;
    pub const SET_SETTINGS: u32 = 1;
    pub const INSERT_SCRIPT: u32 = 2;
    pub const CLEAR_QUEUE: u32 = 3;
    pub const WAKE: u32 = 4;
    pub const AWAIT_TRIGGER: u32 = 5;
    pub const ADD_TO_BOOT: u32 = 6;
    pub const ASK_FOR_JWT: u32 = 7;
    /// The notices follow from here on, by their numbers.
    pub const REPORT: u32 = 8;
}
