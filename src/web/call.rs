//! What to say to `window.Intercom`, as data. Only `wasm::messenger` says it.

use crate::name::Name;

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
    /// `Intercom("reattach_activator")`: the widget looks for the site's own launcher once more.
    ReattachActivator,
    /// `Intercom("shutdown")`.
    Shutdown,
}

impl<V> Call<V> {
    /// The method's name in Intercom's API.
    pub fn method(&self) -> Name {
        match self {
            Call::Boot(_) => Name::Boot,
            Call::Update(_) => Name::Update,
            Call::TrackEvent { .. } => Name::TrackEvent,
            Call::ReattachActivator => Name::ReattachActivator,
            Call::Shutdown => Name::Shutdown,
        }
    }
}
