//! The picture of the visitor: what all updates since the last reset say, merged as Intercom merges them.

use crate::name::Name;
use crate::value::Value;

/// Who the visitor is, as far as updates have said.
pub(super) struct Visitor<V> {
    /// An object, undefined while nothing is known.
    pub attributes: V,
    /// The anonymous id of the visitor's events, if one of them was asked for it.
    pub anonymous_id: V,
    pub is_id_known: bool,
}

/// Whom an update is about, beside the visitor so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// One of them has no user id.
    Unnamed,
    /// The same user.
    Same,
    /// Another user.
    Other,
}

impl<V: Value> Visitor<V> {
    pub(super) fn new() -> Self {
        Visitor { attributes: V::undefined(), anonymous_id: V::undefined(), is_id_known: false }
    }

    /// Whom an update is about.
    pub(super) fn subject(&self, payload: &V) -> Subject {
        let known = self.attributes.field(Name::UserId);
        let named = payload.field(Name::UserId);
        if !known.truthy() || !named.truthy() {
            Subject::Unnamed
        } else if named.same(&known) {
            Subject::Same
        } else {
            Subject::Other
        }
    }

    /// Adds an update to the picture, to be kept in `place`, and gives it what it lacks.
    ///
    /// Another user's update is the beginning of another picture. What proves who a user is goes with each update that names them:
    /// Intercom may refuse an id alone.
    pub(super) fn learn(&mut self, mut payload: V, subject: Subject, place: usize) -> V {
        match subject {
            Subject::Unnamed => {}
            Subject::Other => self.attributes = V::undefined(),
            Subject::Same => {
                for name in [Name::UserHash, Name::IntercomUserJwt] {
                    let proof = self.attributes.field(name);
                    if proof.truthy() && !payload.field(name).truthy() {
                        payload = payload.with(&V::name(name), &proof);
                    }
                }
            }
        }
        if !self.attributes.truthy() {
            self.attributes = V::object(&[]).keep(place);
        }
        self.attributes = self.attributes.clone().extend(&payload);
        payload
    }

    /// Whether Intercom knows whom it is about.
    pub(super) fn is_someone(&self) -> bool {
        [Name::UserId, Name::Email].iter().any(|name| self.attributes.field(*name).truthy())
    }

    pub(super) fn forget(&mut self) {
        self.attributes = V::undefined();
        self.is_id_known = false;
    }
}
