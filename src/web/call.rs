//! What to say to `window.Intercom`, as data. Only `wasm::messenger` says it.

use crate::name::Name;
use crate::value::Value;

/// One call of `window.Intercom`.
#[derive(Clone, Debug, PartialEq)]
pub enum Call<V> {
    /// `Intercom("boot", settings)`.
    Boot(V),
    /// `Intercom("update", attributes)`.
    Update(V),
    /// `Intercom("trackEvent", name, metadata)`.
    TrackEvent {
        /// The event's name as Intercom lists it.
        name: V,
        /// At most ten keys are safe; values are flat but for rich links and `price`.
        metadata: V,
    },
    /// `Intercom(…words)`: opens something in the Messenger, or closes it.
    Command {
        /// The method and its argument, if it takes one: an array.
        words: V,
        /// Whether it shows something, for which the widget has to be there.
        shows: bool,
    },
    /// `Intercom("reattach_activator")`: the widget looks for the site's own launcher once more.
    ReattachActivator,
    /// `Intercom("shutdown")`.
    Shutdown,
}

impl<V: Value> Call<V> {
    /// The method and its arguments, an array.
    pub fn words(&self) -> V {
        match self {
            Call::Boot(payload) => V::array(&[V::name(Name::Boot), payload.clone()]),
            Call::Update(payload) => V::array(&[V::name(Name::Update), payload.clone()]),
            Call::TrackEvent { name, metadata } => {
                V::array(&[V::name(Name::TrackEvent), name.clone(), metadata.clone()])
            }
            Call::Command { words, .. } => words.clone(),
            Call::ReattachActivator => V::array(&[V::name(Name::ReattachActivator)]),
            Call::Shutdown => V::array(&[V::name(Name::Shutdown)]),
        }
    }
}
