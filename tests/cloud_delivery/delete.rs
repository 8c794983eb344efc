//! `type: delete`.

use crate::events::*;
use crate::intercom;
use crate::world::{World, merged};
use intercom_destination::cloud::outcome::Status;
use intercom_destination::cloud::request::Method;
use serde_json::json;

#[test]
fn the_contact_is_found_and_deleted_by_intercom_s_id() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "external_id": "u-1" }));
    assert_eq!(world.deliver(vec![delete(user("u-1"))])[0].status, Status::Delivered);
    assert_eq!(world.lines(), ["GET /contacts/find_by_external_id/u-1".into(), format!("DELETE /contacts/{id}")]);
    assert_eq!(world.intercom.contact(&id).status, intercom::Status::Deleted);
}

#[test]
fn nobody_found_is_done_and_told() {
    let mut world = World::new();
    let outcomes = world.deliver(vec![delete(user("u-1")), delete(email("a@example.com"))]);
    for outcome in outcomes {
        assert_eq!((outcome.status, outcome.warnings[0].code), (Status::Delivered, "nothing_deleted"));
    }
}

#[test]
fn several_contacts_with_the_e_mail_are_not_deleted() {
    let mut world = World::new();
    world.intercom.seed(json!({ "role": "lead", "email": "a@example.com" }));
    world.intercom.seed(json!({ "role": "lead", "email": "a@example.com" }));
    let outcomes = world.deliver(vec![delete(email("a@example.com"))]);
    assert_eq!((outcomes[0].status, outcomes[0].code), (Status::Dropped, Some("contact_ambiguous")));
}

#[test]
fn nothing_passes_a_delete() {
    let mut world = World::new();
    world.deliver(vec![
        identify(user("u-1"), json!({ "name": "Ada" })),
        track(user("u-1"), "a"),
        delete(user("u-1")),
        track(user("u-1"), "b"),
        identify(user("u-1"), json!({ "name": "Bea" })),
    ]);
    let [first, second] = &world.intercom.contacts[..] else { panic!("{:?}", world.intercom.contacts) };
    assert_eq!(first.status, intercom::Status::Deleted);
    assert_eq!((first.events.len(), first.text("name")), (1, Some("Ada")));
    assert_eq!((second.events.len(), second.text("name")), (1, Some("Bea")));
}

#[test]
fn links_of_merged_contacts_are_followed_three_times() {
    for merges in [1, 3, 4] {
        let mut world = World::new();
        world.intercom.seed(json!({ "external_id": "u-1" }));
        let last = world.intercom.seed(json!({ "external_id": "u-2" }));
        let (into, mut count) = (last.clone(), 0);
        world.faults = Box::new(move |request| {
            count += i32::from(request.method == Method::Delete);
            (request.method == Method::Delete && count <= merges).then(|| merged(&into))
        });
        let outcome = world.deliver(vec![delete(user("u-1"))]).remove(0);
        assert_eq!((outcome.status, outcome.warnings.len()), (Status::Delivered, usize::from(merges > 3)));
        let is_deleted = world.intercom.contact(&last).status == intercom::Status::Deleted;
        assert_eq!(is_deleted, merges <= 3, "{merges}");
    }
}

#[test]
fn no_id_is_kept_of_who_was_deleted() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    world.deliver(vec![delete(user("u-1"))]);
    let calls = world.calls.len();
    world.hand_in(vec![track(user("u-1"), "a")]);
    assert_eq!(world.calls[calls].body()["user_id"], "u-1");
}
