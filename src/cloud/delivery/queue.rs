//! What one person's events still ask for, and what of it is next.
//!
//! Intents run in the order of the events, with these exceptions: updates that name the contact alike become one, and while the contact is
//! not known to exist, updates and the saving of companies pass what waits for it. Nothing passes a delete, and nothing passes what was given
//! back to the caller and is expected again.

use super::Millis;
use super::hold::{Arrival, Hold};
use super::progress::EventKey;
use crate::cloud::intent::{IdentifyCompany, IdentifyContact, Person, TrackEvent};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// The place of an intent in the order of arrival, over all people: its event's number, and its own within the event.
pub(super) type Sequence = (Arrival, usize);

const LAST: Sequence = (Arrival::MAX, 0);

#[derive(Debug)]
pub(super) struct Update {
    pub event: EventKey,
    pub timestamp: Option<Millis>,
    pub contact: IdentifyContact,
}

#[derive(Debug)]
pub(super) struct Track {
    pub event: EventKey,
    pub track: TrackEvent,
}

#[derive(Debug)]
pub(super) struct Group {
    pub event: EventKey,
    pub company: IdentifyCompany,
    /// Intercom's id of the company, once it is saved.
    pub saved: Option<alloc::string::String>,
}

#[derive(Debug)]
pub(super) struct Removal {
    pub event: EventKey,
    pub person: Person,
}

#[derive(Debug)]
pub(super) enum Intended {
    Update(Update),
    Track(Track),
    Group(Group),
    Removal(Removal),
}

/// The contact was looked for and is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Absence {
    pub since: Millis,
    pub until: Millis,
    pub tries: u32,
}

#[derive(Default, Debug)]
pub(super) struct Queue {
    updates: BTreeMap<Sequence, Update>,
    tracks: BTreeMap<Sequence, Track>,
    /// Groups whose company is not saved yet.
    saves: BTreeMap<Sequence, Group>,
    attaches: BTreeMap<Sequence, Group>,
    removals: BTreeMap<Sequence, Removal>,
    pub absence: Option<Absence>,
    pub hold: Hold,
}

/// What is next.
#[derive(Debug)]
pub(super) enum Next {
    /// One contact's updates, in order.
    Update(Vec<Update>),
    Track(Sequence, Track),
    Save(Sequence, Group),
    Attach(Sequence, Group),
    Remove(Removal),
    /// Nothing now.
    Nothing,
}

impl Queue {
    pub(super) fn push(&mut self, at: Sequence, intended: Intended) {
        match intended {
            Intended::Update(update) => drop(self.updates.insert(at, update)),
            Intended::Track(track) => drop(self.tracks.insert(at, track)),
            Intended::Group(group) if group.saved.is_none() => drop(self.saves.insert(at, group)),
            Intended::Group(group) => drop(self.attaches.insert(at, group)),
            Intended::Removal(removal) => drop(self.removals.insert(at, removal)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn len(&self) -> usize {
        self.updates.len() + self.tracks.len() + self.saves.len() + self.attaches.len() + self.removals.len()
    }

    /// Takes in another queue of what turned out to be the same person.
    pub(super) fn absorb(&mut self, other: Queue) {
        self.updates.extend(other.updates);
        self.tracks.extend(other.tracks);
        self.saves.extend(other.saves);
        self.attaches.extend(other.attaches);
        self.removals.extend(other.removals);
        self.hold.absorb(other.hold);
        self.absence = None;
    }

    /// Takes out all there is, in order.
    pub(super) fn drain(&mut self) -> Vec<(Sequence, Intended)> {
        let hold = core::mem::take(&mut self.hold);
        let taken = core::mem::replace(self, Queue { hold, ..Queue::default() });
        let mut all: Vec<_> = taken.updates.into_iter().map(|(at, one)| (at, Intended::Update(one))).collect();
        all.extend(taken.tracks.into_iter().map(|(at, one)| (at, Intended::Track(one))));
        all.extend(taken.saves.into_iter().chain(taken.attaches).map(|(at, one)| (at, Intended::Group(one))));
        all.extend(taken.removals.into_iter().map(|(at, one)| (at, Intended::Removal(one))));
        all.sort_by_key(|(at, _)| *at);
        all
    }

    /// Whether something may pass what waits for the contact.
    pub(super) fn has_passing(&self) -> bool {
        let barrier = self.passing_barrier();
        is_before(&self.updates, barrier) || is_before(&self.saves, barrier)
    }

    pub(super) fn has_update(&self) -> bool {
        is_before(&self.updates, self.passing_barrier())
    }

    /// What waits for the contact stays behind this: the first delete, and the first event that is expected again.
    fn barrier(&self) -> Sequence {
        self.removal_barrier().min(self.hold_barrier())
    }

    fn removal_barrier(&self) -> Sequence {
        first(&self.removals).unwrap_or(LAST)
    }

    fn hold_barrier(&self) -> Sequence {
        self.hold.first().map_or(LAST, |arrival| (arrival, 0))
    }

    /// What may pass events that wait for the contact stays behind this.
    fn passing_barrier(&self) -> Sequence {
        if self.hold.holds_updates() { self.barrier() } else { self.removal_barrier() }
    }

    /// Takes what is next. `is_known` says whether the contact of an intent is known to exist.
    pub(super) fn next(&mut self, now: Millis, mut is_known: impl FnMut(&Person) -> bool) -> Next {
        let waiting = [first(&self.tracks), first(&self.attaches)].map(|at| at.filter(|at| *at < self.barrier()));
        let passing = [first(&self.updates), first(&self.saves)].map(|at| at.filter(|at| *at < self.passing_barrier()));
        let Some(at) = waiting.into_iter().chain(passing).flatten().min() else { return self.next_removal() };
        if self.updates.contains_key(&at) {
            return Next::Update(self.take_updates());
        }
        if let Some(group) = self.saves.remove(&at) {
            return Next::Save(at, group);
        }
        if self.absence.is_some_and(|absence| absence.until > now) {
            return self.next_while_absent();
        }
        let person = match (self.tracks.get(&at), self.attaches.get(&at)) {
            (Some(track), _) => Some(&track.track.person),
            (None, group) => group.and_then(|group| group.company.person.as_ref()),
        };
        if self.has_update() && person.is_some_and(|person| !is_known(person)) {
            return Next::Update(self.take_updates());
        }
        match self.tracks.remove(&at) {
            Some(track) => Next::Track(at, track),
            None => self.attaches.remove(&at).map_or(Next::Nothing, |group| Next::Attach(at, group)),
        }
    }

    /// A delete goes when nothing is left before it, and nothing that is expected again.
    fn next_removal(&mut self) -> Next {
        let at = self.removal_barrier();
        let before = [first(&self.updates), first(&self.tracks), first(&self.saves), first(&self.attaches)];
        if self.hold_barrier() < at || before.into_iter().flatten().any(|other| other < at) {
            return Next::Nothing;
        }
        self.removals.pop_first().map_or(Next::Nothing, |(_, removal)| Next::Remove(removal))
    }

    fn next_while_absent(&mut self) -> Next {
        if self.has_update() {
            return Next::Update(self.take_updates());
        }
        let barrier = self.passing_barrier();
        match self.saves.first_entry().filter(|entry| *entry.key() < barrier) {
            Some(entry) => {
                let (at, group) = entry.remove_entry();
                Next::Save(at, group)
            }
            None => Next::Nothing,
        }
    }

    /// The first update and those after it that name the contact alike.
    fn take_updates(&mut self) -> Vec<Update> {
        let barrier = self.passing_barrier();
        let mut taken: Vec<Update> = Vec::new();
        while let Some(entry) = self.updates.first_entry().filter(|entry| *entry.key() < barrier) {
            if taken.first().is_some_and(|first| !names_alike(&first.contact, &entry.get().contact)) {
                break;
            }
            taken.push(entry.remove());
        }
        taken
    }
}

fn first<T>(map: &BTreeMap<Sequence, T>) -> Option<Sequence> {
    map.keys().next().copied()
}

fn is_before<T>(map: &BTreeMap<Sequence, T>, barrier: Sequence) -> bool {
    first(map).is_some_and(|at| at < barrier)
}

fn names_alike(one: &IdentifyContact, other: &IdentifyContact) -> bool {
    let (a, b) = (&one.person, &other.person);
    let lower = |email: &Option<alloc::string::String>| email.as_ref().map(|email| email.to_lowercase());
    one.role == other.role
        && a.external_id == b.external_id
        && a.contact_id == b.contact_id
        && (a.external_id.is_some() || a.contact_id.is_some() || lower(&a.email) == lower(&b.email))
}
