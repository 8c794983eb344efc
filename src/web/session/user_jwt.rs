//! The setting `userJwt`: the site gives a token that proves who the user is, before Intercom is told of them, and a fresh one before that
//! expires.

use super::visitor::Subject;
use super::{Millis, NEVER, Notice, Output, Place, Session, report};
use crate::name::Name;
use crate::value::Value;
use crate::web::limits::{JWT_INTERVAL, JWT_MARGIN};
use alloc::vec::Vec;

/// What waits for a token, and when the next one is asked for.
pub(super) struct UserJwt<V> {
    /// The update that names the user; undefined if none waits.
    held: V,
    anonymous_id: V,
    /// When a fresh token is asked for.
    pub due: Millis,
    /// Whether the site was asked for a token of the visitor.
    is_asked: bool,
}

impl<V: Value> UserJwt<V> {
    pub(super) fn new() -> Self {
        UserJwt { held: V::undefined(), anonymous_id: V::undefined(), due: NEVER, is_asked: false }
    }
}

impl<V: Value> Session<V> {
    /// Whether an update waits for a token: no time that is due is then about whom it names.
    pub(super) fn is_jwt_awaited(&self) -> bool {
        self.jwt.held.truthy()
    }

    /// Whether this update waits for a token: it names a user and has none, or it comes of the same event as one that waits.
    pub(super) fn awaits_jwt(&mut self, payload: &V, anonymous_id: &V, out: &mut Vec<Output<V>>) -> bool {
        if !self.is_jwt_awaited() {
            let user_id = payload.field(Name::UserId);
            let is_known = self.visitor.subject(payload) == Subject::Same;
            if is_known || !user_id.truthy() || payload.field(Name::IntercomUserJwt).truthy() {
                return false;
            }
            self.jwt.held = V::object(&[]).keep(self.place(Place::HeldUpdate));
            self.jwt.anonymous_id = anonymous_id.clone().keep(self.place(Place::HeldAnonymousId));
            out.push(Output::AskForJwt(user_id));
        }
        self.jwt.held = self.jwt.held.clone().extend(payload);
        true
    }

    /// Asks for a token that follows the one that is about to expire.
    pub(super) fn renew_jwt(&mut self, out: &mut Vec<Output<V>>) {
        self.jwt.due = NEVER;
        out.push(Output::AskForJwt(self.visitor().field(Name::UserId)));
    }

    pub(super) fn take_jwt(&mut self, now: Millis, token: &V, expires: Millis, out: &mut Vec<Output<V>>) {
        let UserJwt { mut held, anonymous_id, is_asked, .. } = core::mem::replace(&mut self.jwt, UserJwt::new());
        let is_renewal = !held.truthy();
        if is_renewal {
            let user_id = self.visitor().field(Name::UserId);
            // A late one may be someone else's.
            if !is_asked || !user_id.truthy() {
                return;
            }
            held = V::object(&[(V::name(Name::UserId), user_id)]);
        }
        let mut due = NEVER;
        if token.truthy() {
            held = held.with(&V::name(Name::IntercomUserJwt), token);
            if !expires.is_nan() {
                due = expires - JWT_MARGIN;
            }
        } else {
            report(Notice::UserJwtMissing, out);
            if is_renewal {
                due = now;
            }
        }
        if token.truthy() || !is_renewal {
            self.say_update(now, held, V::undefined(), anonymous_id, out);
        }
        // Only now: the visitor before may have been forgotten.
        self.jwt.is_asked = true;
        // Not at once again for a token that is over already, or where none came.
        let soonest = now + JWT_INTERVAL;
        self.jwt.due = if due < soonest { soonest } else { due };
    }
}
