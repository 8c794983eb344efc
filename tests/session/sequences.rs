//! Orders of events that went wrong with integrations of this kind, and what is right.

use crate::page::{PATIENCE, Page, command, config, deferred, line, track, update};
use intercom_destination::value::{Value, json::Json};
use intercom_destination::web::call::Call;
use intercom_destination::web::limits;
use intercom_destination::web::session::{Config, Found, Input, Notice, Skip, State};
use serde_json::json;

const BOOT: &str = r#"boot {"app_id":"abc123"}"#;

#[test]
fn a_late_widget_is_told_all_that_is_known_in_one_update() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1", "name": "Ada", "user_hash": "h1" })));
    page.say(track("Seen"));
    page.pass(PATIENCE);
    assert_eq!(page.session.state(), State::Unavailable);
    assert_eq!(page.notices, [Notice::WidgetUnavailable]);
    assert_eq!(page.queue, []);
    page.say(update(json!({ "company": { "company_id": "g-1" } })));
    page.say(track("Meanwhile"));
    page.arrive();
    let all = r#"update {"user_id":"u-1","name":"Ada","user_hash":"h1","company":{"company_id":"g-1"}}"#;
    assert_eq!(page.heard(), [BOOT, all]);
}

#[test]
fn another_user_s_picture_begins_anew() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1", "name": "Ada", "user_hash": "h1" })));
    page.pass(PATIENCE);
    page.say(update(json!({ "user_id": "u-2" })));
    page.arrive();
    assert_eq!(page.heard(), [BOOT, r#"update {"user_id":"u-2"}"#]);
}

#[test]
fn a_reset_forgets_the_visitor_whom_no_widget_has_met() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1" })));
    page.pass(PATIENCE);
    page.reset(true);
    page.say(update(json!({ "user_id": "u-2" })));
    page.arrive();
    assert_eq!(page.heard(), [BOOT, r#"update {"user_id":"u-2"}"#]);
}

#[test]
fn a_widget_of_which_nothing_is_known_is_only_booted() {
    let mut page = Page::open();
    page.pass(PATIENCE);
    page.arrive();
    assert_eq!(page.heard(), [BOOT]);
}

#[test]
fn events_in_flight_at_a_reset_reach_the_one_who_leaves() {
    let mut page = Page::open();
    page.arrive();
    page.reset(true);
    assert!(page.say_late(update(json!({ "user_id": "u-1" }))));
    assert!(page.say_late(track("Logged Out")));
    assert_eq!(page.heard(), [BOOT, r#"update {"user_id":"u-1"}"#, r#"trackEvent "Logged Out""#]);
    page.pass(249.0);
    assert_eq!(page.heard().len(), 3);
    page.pass(1.0);
    assert_eq!(page.heard()[3..], ["shutdown", BOOT]);
    assert!(!page.say_late(track("Too late")));
    assert_eq!(page.notices, [Notice::EventAfterReset]);
    assert_eq!(page.heard().len(), 5);
}

#[test]
fn the_next_visitor_s_first_event_ends_the_hold() {
    let mut page = Page::open();
    page.arrive();
    page.reset(true);
    page.say_late(update(json!({ "user_id": "u-1" })));
    page.say(track("Home"));
    page.say(update(json!({ "user_id": "u-2" })));
    let expected =
        [BOOT, r#"update {"user_id":"u-1"}"#, "shutdown", BOOT, r#"trackEvent "Home""#, r#"update {"user_id":"u-2"}"#];
    assert_eq!(page.heard(), expected);
    assert!(!page.say_late(track("Too late")));
}

#[test]
fn a_page_that_is_left_ends_the_hold() {
    let mut page = Page::open();
    page.arrive();
    page.reset(true);
    page.input(Input::PageHidden);
    assert_eq!(page.heard(), [BOOT, "shutdown", BOOT]);
}

#[test]
fn without_a_loader_s_user_the_time_tells_whose_an_event_is() {
    for (earlier, admitted) in [(1.0, false), (0.0, true)] {
        let mut page = Page::open();
        page.arrive();
        page.reset(true);
        page.pass(1000.0);
        let timestamp = page.reset_at - earlier;
        let came = Input::EventCame { anonymous_id: Json::string("a-9"), timestamp, current: Json::Undefined };
        assert_eq!(page.input(came), admitted, "{earlier}");
    }
}

#[test]
fn an_event_before_a_reset_does_not_end_the_hold_where_the_loader_keeps_its_anonymous_id() {
    let mut page = Page::open();
    page.arrive();
    page.say(track("Home"));
    page.reset(true);
    let id = || Json::string("a-0");
    assert!(page.input(Input::EventCame { anonymous_id: id(), timestamp: page.reset_at - 1.0, current: id() }));
    assert_eq!(page.heard(), [BOOT, r#"trackEvent "Home""#]);
}

#[test]
fn events_are_asked_whose_they_are_at_first_and_after_a_reset() {
    let mut page = Page::open();
    assert!(page.session.asks_for_origin());
    page.say(track("Home"));
    assert!(!page.session.asks_for_origin());
    assert_eq!(page.session.reset_at(), 0.0);
    page.pass(1000.0);
    page.reset(true);
    assert!(page.session.asks_for_origin());
    assert_eq!(page.session.reset_at(), page.now);
}

#[test]
fn a_widget_that_the_page_booted_for_this_workspace_is_not_booted_again() {
    let settings = || json!({ "app_id": "abc123" });
    for (found, boots) in [(Found::Idle, 1), (Found::Booted, 0)] {
        let mut page = Page::new(config());
        page.open_with(settings(), found);
        assert_eq!(page.heard().iter().filter(|line| *line == BOOT).count(), boots, "{found:?}");
    }
}

#[test]
fn a_reset_is_left_alone_where_a_site_wants_that() {
    let mut page = Page::new(Config { shutdown_on_reset: false, ..config() });
    page.open_with(json!({}), Found::Booted);
    let before = page.heard();
    page.reset(true);
    page.pass(1000.0);
    assert_eq!(page.heard(), before);
}

#[test]
fn what_the_page_says_itself_makes_the_next_update_no_repetition() {
    for call in [Call::Shutdown, Call::Boot(json!({}).into()), update(json!({ "name": "Bob" }))] {
        let mut page = Page::open();
        page.arrive();
        let ada = || update(json!({ "user_id": "u-1", "name": "Ada" }));
        page.say(ada());
        page.say(ada());
        assert_eq!(page.fates[1].1, Skip::Repeat);
        let method = line(&call);
        page.page_calls(call);
        page.say(ada());
        assert_eq!(page.fates[2].1, Skip::No, "{method}");
    }
}

#[test]
fn the_page_s_own_shutdown_ends_what_is_known_of_the_visitor() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1" })));
    page.pass(PATIENCE);
    page.page_calls(Call::Shutdown);
    page.arrive();
    assert_eq!(page.heard(), ["shutdown", BOOT]);
}

#[test]
fn closing_before_the_widget_comes_leaves_nothing() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1" })));
    page.page_calls(track("The page's own"));
    page.close();
    page.say(track("After"));
    page.arrive();
    page.pass(PATIENCE);
    assert_eq!(page.heard(), [r#"trackEvent "The page's own""#]);
    assert_eq!(page.session.visitor(), &Json::Undefined);
}

#[test]
fn another_workspace_s_settings_give_only_looks() {
    let mut page = Page::new(config());
    let foreign = json!({ "app_id": "zzz999", "user_id": "u-9", "user_hash": "h", "company": {}, "alignment": "left" });
    page.open_with(foreign.clone(), Found::Booted);
    let own = r#"{"alignment":"left","app_id":"abc123"}"#;
    assert_eq!(page.heard(), [format!("boot {own}"), "reattach_activator".into(), format!("update {own}")]);
    assert_eq!(page.notices, [Notice::OtherWorkspace]);
    page.close();
    assert_eq!(page.settings.to_serde(), Some(foreign));
}

#[test]
fn a_boot_after_a_reset_has_the_page_s_looks_and_nothing_of_the_visitor() {
    let mut page = Page::new(config());
    let own =
        json!({ "app_id": "abc123", "hide_default_launcher": true, "user_id": "u-1", "email": "ada@example.com" });
    page.open_with(own, Found::Stub);
    page.arrive();
    page.reset(false);
    assert_eq!(page.heard()[1..], ["shutdown", r#"boot {"hide_default_launcher":true,"app_id":"abc123"}"#]);
    page.close();
    assert_eq!(page.settings.to_serde(), Some(json!({ "hide_default_launcher": true })));
}

#[test]
fn what_the_site_says_of_the_messenger_goes_before_the_page_s_and_is_said_to_each_visitor() {
    let app = json!({ "app_id": "abc123", "alignment": "left" });
    let mut page = Page::new(Config { app: app.clone().into(), ..config() });
    page.open_with(json!({ "alignment": "right", "z_index": 7 }), Found::Stub);
    page.arrive();
    let boot = r#"boot {"alignment":"left","z_index":7,"app_id":"abc123"}"#;
    page.say(update(json!({ "user_id": "u-1", "alignment": "right" })));
    page.reset(false);
    assert_eq!(page.heard(), [boot, r#"update {"user_id":"u-1","alignment":"right"}"#, "shutdown", boot]);
    page.close();
    assert_eq!(page.settings.to_serde(), Some(json!({ "alignment": "right", "z_index": 7 })));
}

#[test]
fn what_proves_who_a_user_is_goes_with_each_update_that_names_them() {
    let mut page = Page::open();
    page.say(update(json!({ "user_id": "u-1", "user_hash": "h1", "intercom_user_jwt": "t1" })));
    page.say(update(json!({ "user_id": "u-1", "last_request_at": 1 })));
    page.say(update(json!({ "company": { "company_id": "g-1" } })));
    page.say(update(json!({ "user_id": "u-2" })));
    let said: Vec<_> = page.fates.iter().skip(1).map(|(call, _)| line(call)).collect();
    let carried = r#"update {"intercom_user_jwt":"t1","user_hash":"h1","user_id":"u-1","last_request_at":1}"#;
    assert_eq!(said, [carried, r#"update {"company":{"company_id":"g-1"}}"#, r#"update {"user_id":"u-2"}"#]);
}

#[test]
fn a_full_queue_drops_what_visitors_do_and_not_who_they_are() {
    let mut page = Page::open();
    for number in 0..limits::QUEUE + 200 {
        page.say(track(&format!("Event {number}")));
    }
    page.say(update(json!({ "user_id": "u-1" })));
    page.say(update(json!({ "name": "Ada" })));
    assert_eq!(page.queue.len(), limits::QUEUE + 1);
    page.arrive();
    let heard = page.heard();
    assert_eq!(heard.len(), limits::QUEUE + 2);
    assert_eq!(heard.last().unwrap(), r#"update {"user_id":"u-1","name":"Ada"}"#);
    page.say(track("Afterwards"));
    assert_eq!(page.heard().last().unwrap(), r#"trackEvent "Afterwards""#);
}

#[test]
fn resets_beyond_the_queue_s_end_leave_a_queue_for_the_next_visitor() {
    let mut page = Page::open();
    for number in 0..limits::QUEUE {
        page.say(track(&format!("Event {number}")));
    }
    page.reset(false);
    assert_eq!(page.queue.iter().map(|(_, call)| line(call)).collect::<Vec<_>>(), [BOOT]);
}

#[test]
fn what_intercom_drops_without_a_word_is_told() {
    let long = "x".repeat(256);
    for (call, expected) in [
        (update(json!({ "name": long })), vec![Notice::ValueTooLong]),
        (update(json!({ "user_id": "u-1", "intercom_user_jwt": long })), vec![]),
        (update(json!({ "email": "ada@example.com", "name": null })), vec![Notice::IdentifyIgnored]),
        (update(json!({ "email": "ada@example.com", "user_hash": "h", "widget": {} })), vec![Notice::IdentifyIgnored]),
        (update(json!({ "email": "ada@example.com", "user_id": "u-1" })), vec![]),
        (update(json!({ "company": { "company_id": "g-1" } })), vec![Notice::GroupBeforeIdentify]),
        (update(json!({ "company": { "company_id": "g-1" }, "user_id": "u-1" })), vec![]),
    ] {
        let mut page = Page::open();
        let title = line(&call);
        page.say(call);
        assert_eq!(page.notices, expected, "{title}");
    }
    let mut page = Page::open();
    let metadata =
        |keys: usize| serde_json::Value::Object((0..keys).map(|key| (format!("k{key}"), json!(1))).collect());
    page.say(Call::TrackEvent { name: Json::string("Ten"), metadata: metadata(10).into() });
    assert_eq!(page.notices, []);
    page.say(Call::TrackEvent { name: Json::string("Eleven"), metadata: metadata(11).into() });
    assert_eq!(page.notices, [Notice::MetadataMany]);
}

#[test]
fn two_resets_within_a_hold_let_no_one_into_another_s_session() {
    let mut page = Page::open();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    page.reset(true);
    page.reset(true);
    // It was made between the two.
    assert!(!page.say_late(update(json!({ "user_id": "u-2" }))));
    assert_eq!(page.notices, [Notice::EventAfterReset]);
    page.pass(250.0);
    assert_eq!(page.heard(), [BOOT, r#"update {"user_id":"u-1"}"#, "shutdown", BOOT]);
}

#[test]
fn a_user_who_follows_another_without_a_reset_is_the_one_who_leaves() {
    let mut page = Page::open();
    page.arrive();
    page.say(update(json!({ "user_id": "u-1" })));
    page.visitor += 1;
    page.say(update(json!({ "user_id": "u-2" })));
    page.reset(true);
    assert!(page.say_late(track("Logged Out")));
    assert_eq!(page.heard().last().unwrap(), r#"trackEvent "Logged Out""#);
}

#[test]
fn a_user_who_follows_another_beyond_the_queue_s_end_gets_a_session_of_their_own() {
    let mut page = Page::open();
    page.say(update(json!({ "company": { "company_id": "g-1" } })));
    for number in 0..limits::QUEUE {
        page.say(track(&format!("Event {number}")));
    }
    page.say(update(json!({ "user_id": "u-1" })));
    page.say(update(json!({ "user_id": "u-2" })));
    page.arrive();
    let heard = page.heard();
    assert_eq!(heard[heard.len() - 3..], ["shutdown", BOOT, r#"update {"user_id":"u-2"}"#]);
}

#[test]
fn a_second_reset_knows_who_the_first_was_about_by_what_came_late() {
    let mut page = Page::open();
    page.arrive();
    page.reset(true);
    assert!(page.say_late(track("Of the first")));
    page.reset(true);
    assert!(!page.say_late(track("Of the second")));
}

#[test]
fn a_widget_that_is_loaded_later_is_booted_with_the_visitor() {
    let mut page = Page::open_as(deferred());
    page.say(track("Seen"));
    page.say(update(json!({ "user_id": "u-1", "name": "Ada", "user_hash": "h1" })));
    page.say(update(json!({ "user_id": "u-1", "plan": "gold" })));
    page.pass(10.0 * PATIENCE);
    assert_eq!((page.session.state(), page.notices.len()), (State::Deferred, 0));
    page.input(Input::Triggered);
    page.say(update(json!({ "user_id": "u-1", "age": 36 })));
    page.arrive();
    let boot = r#"boot {"app_id":"abc123","user_id":"u-1","name":"Ada","user_hash":"h1","plan":"gold"}"#;
    let after = r#"update {"user_hash":"h1","user_id":"u-1","age":36}"#;
    assert_eq!(page.heard(), [boot, r#"trackEvent "Seen""#, after]);
}

#[test]
fn what_the_page_says_before_the_widget_is_wanted_keeps_its_place() {
    let mut page = Page::open_as(deferred());
    page.say(update(json!({ "user_id": "u-1", "name": "Ada" })));
    page.page_calls(update(json!({ "name": "the page's" })));
    page.say(update(json!({ "user_id": "u-1", "name": "Bob" })));
    page.input(Input::PageCalled(Json::string("showArticle")));
    assert_eq!(page.session.state(), State::Waiting);
    page.arrive();
    let last = r#"update {"user_id":"u-1","name":"Bob"}"#;
    let boot = r#"boot {"app_id":"abc123","user_id":"u-1","name":"Ada"}"#;
    assert_eq!(page.heard(), [boot, r#"update {"name":"the page's"}"#, last]);
}

#[test]
fn an_event_that_shows_something_brings_the_widget_and_one_that_hides_does_not() {
    let mut page = Page::open_as(deferred());
    page.say(command("hide"));
    assert_eq!(page.session.state(), State::Deferred);
    page.say(command("show"));
    assert_eq!(page.session.state(), State::Waiting);
    page.say(track("Seen"));
    page.arrive();
    assert_eq!(page.heard(), [BOOT, "hide", "show", r#"trackEvent "Seen""#]);
}

#[test]
fn an_event_of_a_user_who_followed_another_before_the_widget_came_stays_out_of_the_next_session() {
    let mut page = Page::open_as(deferred());
    page.say(update(json!({ "user_id": "u-1" })));
    page.say(update(json!({ "user_id": "u-2" })));
    page.reset(true);
    page.reset(true);
    assert!(!page.say_late(track("Late")));
}
