//! A contact that is not there yet: what waits for it waits, first here, then with the caller, and in the end no longer.

use super::Millis;
use super::backoff;
use super::context::Context;
use super::known::{ContactKey, MissingFact};
use super::operation::Step;
use super::progress::{End, EventKey};
use super::queue::{Absence, Intended, Sequence};
use crate::cloud::code;
use crate::cloud::intent::Person;
use alloc::format;
use alloc::string::String;

/// Whether an event has been given back for want of its contact for so long that it is not any more.
pub(super) fn is_time_up(cx: &mut Context, event: EventKey) -> bool {
    let Some(key) = event_key(cx, event) else { return false };
    let since = cx.shared.known.missing(&key, cx.now).map(|fact| fact.since);
    since.is_some_and(|since| cx.now - since >= cx.config().give_up_after)
}

/// If the contact was missed lately, there is no need to ask again yet.
pub(super) fn missed_until(cx: &mut Context, person: &Person) -> Option<Millis> {
    let key = person_key(person)?;
    let fact = cx.shared.known.missing(&key, cx.now)?;
    Some(fact.until).filter(|until| *until > cx.now && cx.queue.absence.is_none())
}

/// Puts an intent back whose contact is missing until then, as far as is known.
pub(super) fn wait_until(cx: &mut Context, until: Millis, event: EventKey, at: Sequence, intended: Intended) -> Step {
    if !cx.queue.has_passing() && until - cx.now > cx.config().patience {
        return give_back(cx, event, until);
    }
    cx.queue.push(at, intended);
    cx.queue.absence = Some(Absence { since: cx.now, until, tries: 1 });
    Step::Over
}

/// Puts an intent back whose contact was looked for and is missing. One that was missing before is not looked for again here.
pub(super) fn missed(cx: &mut Context, person: &Person, event: EventKey, at: Sequence, intended: Intended) -> Step {
    let now = cx.now;
    let before = cx.queue.absence;
    let tries = before.map_or(0, |absence| absence.tries);
    let since = before.map_or(now, |absence| absence.since);
    let key = person_key(person);
    let known = key.as_ref().and_then(|key| cx.shared.known.missing(key, now));
    let until = now + backoff::look_again(tries, &mut cx.shared.random);
    let is_worth_it = known.is_none() && until - since <= cx.config().patience;
    if cx.queue.has_passing() || is_worth_it {
        cx.queue.push(at, intended);
        cx.queue.absence = Some(Absence { since, until, tries: tries + 1 });
        return Step::Over;
    }
    let first = known.map_or(since, |fact| fact.since);
    let until = now + backoff::hand_in_again(now - first, &mut cx.shared.random);
    if let Some(key) = key {
        cx.shared.known.put_missing(&key, MissingFact { since: first, until }, now);
    }
    if let Some(key) = event_key(cx, event) {
        let since = cx.shared.known.missing(&key, now).map_or(since, |fact| fact.since);
        cx.shared.known.put_missing(&key, MissingFact { since, until }, now);
    }
    give_back(cx, event, until)
}

fn give_back(cx: &mut Context, event: EventKey, until: Millis) -> Step {
    cx.end(event, End::Retry { code: code::CONTACT_MISSING, at: until });
    Step::GiveBack(code::CONTACT_MISSING, until)
}

/// Whether the contact was missing before.
pub(super) fn was_missed(cx: &mut Context, person: &Person) -> bool {
    person_key(person).is_some_and(|key| cx.shared.known.missing(&key, cx.now).is_some())
}

fn person_key(person: &Person) -> Option<String> {
    let key = match (&person.external_id, &person.email, &person.contact_id) {
        (Some(id), ..) => ContactKey::user(id).as_str().into(),
        (None, Some(email), _) => ContactKey::email(email).as_str().into(),
        (None, None, Some(id)) => format!("id:{id}"),
        _ => return None,
    };
    Some(key)
}

fn event_key(cx: &Context, event: EventKey) -> Option<String> {
    cx.shared.progress.message_id(event).map(|message| format!("message:{message}"))
}
