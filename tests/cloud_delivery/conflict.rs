//! A create that meets a contact which is there already.

use crate::events::*;
use crate::world::World;
use intercom_destination::cloud::delivery::Config;
use intercom_destination::cloud::outcome::Status;
use serde_json::json;

#[test]
fn the_contact_that_a_conflict_names_is_updated_when_it_is_the_same_person() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "external_id": "u-1", "name": "Old" }));
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada", "last_seen_at": 5 }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    let expected = ["POST /contacts".into(), format!("GET /contacts/{id}"), format!("PUT /contacts/{id}")];
    assert_eq!(world.lines(), expected);
    assert_eq!(world.intercom.contacts.len(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}

#[test]
fn a_user_without_an_external_id_and_with_the_e_mail_gets_it() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "email": "a@example.com" }));
    world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" }))]);
    assert_eq!(world.intercom.contacts.len(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().id, id);
}

#[test]
fn nobody_else_is_overwritten_and_the_rest_is_saved_without_the_e_mail() {
    for is_known in [true, false] {
        let mut world = World::new();
        let other = world.intercom.seed(json!({ "external_id": "u-9", "email": "a@example.com", "name": "Other" }));
        if !is_known {
            world.intercom.contact_mut(&other).hide();
        }
        let outcomes = world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" }))]);
        assert_eq!(outcomes[0].status, Status::Delivered);
        assert_eq!(outcomes[0].warnings[0].code, "contact_conflict");
        assert!(!outcomes[0].warnings[0].message.contains("example"));
        assert_eq!(world.intercom.contact(&other).text("name"), Some("Other"));
        let ours = world.intercom.user("u-1").unwrap();
        assert_eq!((ours.text("name"), ours.text("email")), (Some("Ada"), None));
        // The search has told whose it is: no need to ask again.
        assert_eq!(world.calls.len(), if is_known { 3 } else { 4 }, "{:?}", world.lines());
    }
}

#[test]
fn an_update_that_meets_another_s_e_mail_goes_without_it() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    world.intercom.seed(json!({ "external_id": "u-9", "email": "a@example.com" }));
    let outcomes = world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Bea" }))]);
    assert_eq!(outcomes[0].warnings[0].code, "contact_conflict");
    let ours = world.intercom.user("u-1").unwrap();
    assert_eq!((ours.text("name"), ours.text("email")), (Some("Bea"), None));
}

#[test]
fn two_users_may_share_an_e_mail_where_the_workspace_lets_them() {
    let mut world = World::new();
    world.intercom.shares_emails = true;
    world.intercom.seed(json!({ "external_id": "u-9", "email": "a@example.com" }));
    let outcomes = world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({}))]);
    assert!(outcomes[0].warnings.is_empty());
    assert_eq!(world.intercom.user("u-1").unwrap().text("email"), Some("a@example.com"));
}

#[test]
fn a_conflict_that_names_nobody_is_tried_again_later() {
    let mut world = World::new();
    world.intercom.conflicts_have_ids = false;
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({})), track(user("u-1"), "a")]);
    assert_eq!((outcomes[0].status, outcomes[0].code), (Status::Retry, Some("contact_conflict")));
    assert_eq!((outcomes[1].status, outcomes[1].code), (Status::Retry, Some("behind_another")));
    assert!(outcomes[0].retry_at.unwrap() > world.now);
}

#[test]
fn an_archived_contact_is_reported_and_left_alone() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "external_id": "u-1", "name": "Old" }));
    world.intercom.contact_mut(&id).status = crate::intercom::Status::Archived;
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    assert_eq!((outcomes[0].status, outcomes[0].code), (Status::Dropped, Some("contact_archived")));
    assert_eq!(world.lines(), ["POST /contacts"]);
}

#[test]
fn with_the_setting_an_archived_contact_is_brought_back() {
    let mut world = World::with(Config { unarchive: true, ..Config::default() });
    let id = world.intercom.seed(json!({ "external_id": "u-1", "name": "Old" }));
    world.intercom.contact_mut(&id).status = crate::intercom::Status::Archived;
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
    assert_eq!(world.intercom.contacts.len(), 1);
}

#[test]
fn an_archived_contact_that_is_another_s_is_archived_again() {
    let mut world = World::with(Config { unarchive: true, ..Config::default() });
    let other = world.intercom.seed(json!({ "external_id": "u-9", "email": "a@example.com" }));
    world.intercom.contact_mut(&other).status = crate::intercom::Status::Archived;
    let outcomes = world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" }))]);
    assert_eq!(outcomes[0].warnings[0].code, "contact_conflict");
    assert_eq!(world.intercom.contact(&other).status, crate::intercom::Status::Archived);
    assert_eq!(world.intercom.user("u-1").unwrap().text("email"), None);
}

#[test]
fn a_contact_that_was_deleted_meanwhile_is_made_again() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    let id = world.intercom.user("u-1").unwrap().id.clone();
    world.intercom.contact_mut(&id).status = crate::intercom::Status::Deleted;
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Bea"));
}
