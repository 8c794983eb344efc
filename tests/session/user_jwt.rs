//! Orders of events of a site that gives a token for each of its users.

use crate::page::{PATIENCE, Page, START, config, deferred, track, update};
use intercom_destination::value::{Value, json::Json};
use intercom_destination::web::limits::{JWT_INTERVAL, JWT_MARGIN};
use intercom_destination::web::session::{Config, Input, Notice};
use serde_json::json;

const BOOT: &str = r#"boot {"app_id":"abc123"}"#;
const HOUR: f64 = 3_600_000.0;

fn page() -> Page {
    Page::open_as(Config { has_user_jwt: true, ..config() })
}

fn came(page: &mut Page, token: &str, expires: f64) {
    let token = if token.is_empty() { Json::Undefined } else { Json::string(token) };
    page.input(Input::JwtCame { token, expires });
}

#[test]
fn a_user_is_told_of_with_their_token_and_so_are_their_later_updates() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1", "name": "Ada" })));
    assert_eq!((page.heard(), page.asked.clone()), (vec![BOOT.to_owned()], vec!["u-1".to_owned()]));
    came(&mut page, "t1", f64::NAN);
    page.say(update(json!({ "user_id": "u-1", "plan": "gold" })));
    page.say(track("Seen"));
    assert_eq!(
        page.heard(),
        [
            BOOT,
            r#"update {"intercom_user_jwt":"t1","user_id":"u-1","name":"Ada"}"#,
            r#"update {"intercom_user_jwt":"t1","user_id":"u-1","plan":"gold"}"#,
            r#"trackEvent "Seen""#,
        ]
    );
    assert_eq!((page.asked.len(), page.notices.len(), page.session.deadline()), (1, 0, f64::INFINITY));
}

#[test]
fn the_updates_of_one_event_wait_together() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1", "name": "Ada" })));
    page.say(update(json!({ "company": { "company_id": "g-1" }, "name": "Ada L." })));
    came(&mut page, "t1", f64::NAN);
    let all = r#"update {"intercom_user_jwt":"t1","user_id":"u-1","name":"Ada L.","company":{"company_id":"g-1"}}"#;
    assert_eq!((page.heard(), page.asked.len()), (vec![BOOT.to_owned(), all.to_owned()], 1));
}

#[test]
fn without_a_token_the_user_is_told_of_all_the_same_and_the_site_hears_of_it() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "", f64::NAN);
    page.say(update(json!({ "user_id": "u-1", "plan": "gold" })));
    assert_eq!(page.heard(), [BOOT, r#"update {"user_id":"u-1"}"#, r#"update {"user_id":"u-1","plan":"gold"}"#]);
    assert_eq!((page.asked.len(), &*page.notices), (1, &[Notice::UserJwtMissing][..]));
    // It comes later still.
    came(&mut page, "t1", f64::NAN);
    assert_eq!(page.heard()[3..], [r#"update {"intercom_user_jwt":"t1","user_id":"u-1"}"#]);
}

#[test]
fn each_user_has_a_token_of_their_own_and_visitors_without_an_id_have_none() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "name": "a visitor" })));
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", f64::NAN);
    page.say(update(json!({ "user_id": "u-2" })));
    came(&mut page, "t2", f64::NAN);
    page.reset(false);
    page.say(update(json!({ "user_id": "u-2" })));
    came(&mut page, "t3", f64::NAN);
    assert_eq!(page.asked, ["u-1", "u-2", "u-2"]);
    assert_eq!(
        page.heard(),
        [
            BOOT,
            r#"update {"name":"a visitor"}"#,
            r#"update {"intercom_user_jwt":"t1","user_id":"u-1"}"#,
            r#"update {"intercom_user_jwt":"t2","user_id":"u-2"}"#,
            "shutdown",
            BOOT,
            r#"update {"intercom_user_jwt":"t3","user_id":"u-2"}"#,
        ]
    );
}

#[test]
fn a_token_that_the_event_has_is_enough() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1", "intercom_user_jwt": "own" })));
    assert_eq!(page.asked.len(), 0);
    assert_eq!(page.heard()[1..], [r#"update {"user_id":"u-1","intercom_user_jwt":"own"}"#]);
}

#[test]
fn a_token_is_replaced_a_minute_before_its_end_and_once_in_two_minutes_at_most() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", START + HOUR);
    page.pass(HOUR - JWT_MARGIN - 1.0);
    assert_eq!(page.asked.len(), 1);
    page.pass(1.0);
    assert_eq!(page.asked.len(), 2);
    // It is over already.
    came(&mut page, "t2", START);
    page.pass(JWT_INTERVAL - 1.0);
    assert_eq!(page.asked.len(), 2);
    page.pass(1.0);
    assert_eq!(page.asked.len(), 3);
    came(&mut page, "", f64::NAN);
    assert_eq!((page.asked.len(), &*page.notices), (3, &[Notice::UserJwtMissing][..]));
    page.pass(JWT_INTERVAL);
    assert_eq!(page.asked.len(), 4);
    assert_eq!(page.heard()[2..], [r#"update {"intercom_user_jwt":"t2","user_id":"u-1"}"#]);
}

#[test]
fn a_visitor_who_has_left_needs_no_token() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", START + HOUR);
    page.reset(false);
    page.pass(2.0 * HOUR);
    came(&mut page, "late", f64::NAN);
    assert_eq!((page.asked.len(), page.heard().len()), (1, 4));
}

#[test]
fn a_widget_that_comes_later_is_booted_with_the_token() {
    let mut page = Page::open_as(Config { has_user_jwt: true, ..deferred() });
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", f64::NAN);
    page.input(Input::Triggered);
    page.arrive();
    assert_eq!(page.heard(), [r#"boot {"app_id":"abc123","intercom_user_jwt":"t1","user_id":"u-1"}"#]);
}

#[test]
fn a_widget_that_was_given_up_is_told_with_the_token() {
    let mut page = page();
    page.say(update(json!({ "user_id": "u-1" })));
    page.pass(PATIENCE);
    came(&mut page, "t1", f64::NAN);
    page.arrive();
    assert_eq!(page.heard(), [BOOT, r#"update {"intercom_user_jwt":"t1","user_id":"u-1"}"#]);
}

#[test]
fn a_late_token_of_one_user_is_not_told_with_another() {
    for is_reset in [true, false] {
        let mut page = page();
        page.arrive();
        page.say(update(json!({ "user_id": "u-1" })));
        came(&mut page, "", f64::NAN);
        if is_reset {
            page.reset(false);
        }
        page.say(update(json!({ "user_id": "u-2", "intercom_user_jwt": "own" })));
        let before = page.heard();
        came(&mut page, "t1", START + HOUR);
        assert_eq!((page.heard(), page.session.deadline()), (before, f64::INFINITY));
    }
}

#[test]
fn a_late_token_takes_the_place_of_the_one_before() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", START + HOUR);
    page.pass(HOUR - JWT_MARGIN);
    came(&mut page, "", f64::NAN);
    came(&mut page, "t2", f64::NAN);
    assert_eq!(page.heard()[2..], [r#"update {"intercom_user_jwt":"t2","user_id":"u-1"}"#]);
}

#[test]
fn a_user_who_leaves_while_their_token_is_awaited_is_told_of_first() {
    let mut page = page();
    page.arrive();
    page.reset(true);
    page.say_late(update(json!({ "user_id": "u-1" })));
    page.pass(1_000.0);
    assert_eq!(page.heard(), [BOOT]);
    came(&mut page, "t1", START + HOUR);
    page.pass(1.0);
    assert_eq!(page.heard(), [BOOT, r#"update {"intercom_user_jwt":"t1","user_id":"u-1"}"#, "shutdown", BOOT]);
}

#[test]
fn a_token_that_ends_while_the_next_user_s_is_awaited_is_not_replaced() {
    let mut page = page();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", START + HOUR);
    page.pass(HOUR - JWT_MARGIN - 1.0);
    page.say(update(json!({ "user_id": "u-2" })));
    page.pass(1_000.0);
    assert_eq!(page.asked, ["u-1", "u-2"]);
}

#[test]
fn the_token_of_the_next_user_is_replaced_too_when_the_widget_comes_later() {
    let mut page = Page::open_as(Config { has_user_jwt: true, ..deferred() });
    page.say(update(json!({ "user_id": "u-1" })));
    came(&mut page, "t1", START + HOUR);
    page.say(update(json!({ "user_id": "u-2" })));
    came(&mut page, "t2", START + HOUR);
    page.pass(HOUR - JWT_MARGIN);
    assert_eq!(page.asked, ["u-1", "u-2", "u-2"]);
}
