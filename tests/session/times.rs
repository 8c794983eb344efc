//! How long what is waited for may take, and what is the same for how long.

use crate::page::{PATIENCE, Page, update};
use intercom_destination::web::session::{Notice, Skip, State};
use serde_json::json;

#[test]
fn a_widget_is_given_up_when_its_time_is_over_and_not_before() {
    let mut page = Page::open();
    page.pass(PATIENCE - 1.0);
    assert_eq!(page.session.state(), State::Waiting);
    page.pass(1.0);
    assert_eq!(page.session.state(), State::Unavailable);
}

#[test]
fn an_update_repeats_the_last_one_for_a_minute() {
    for (millis, expected) in [(59_999.0, Skip::Repeat), (60_000.0, Skip::No)] {
        let mut page = Page::open();
        page.arrive();
        page.say(update(json!({ "user_id": "u-1" })));
        page.pass(millis);
        page.say(update(json!({ "user_id": "u-1" })));
        assert_eq!(page.fates[1].1, expected, "{millis}");
    }
}

#[test]
fn the_quota_is_told_when_twenty_updates_are_said_in_half_an_hour() {
    let mut page = Page::open();
    page.arrive();
    for number in 0..20 {
        assert_eq!(page.notices, []);
        page.say(update(json!({ "number": number })));
        page.pass(60_000.0);
    }
    assert_eq!(page.notices, [Notice::UpdateQuota]);
    // The second of them was said half an hour ago.
    page.pass(11.0 * 60_000.0);
    page.say(update(json!({ "number": 20 })));
    assert_eq!(page.notices.len(), 1);
}
