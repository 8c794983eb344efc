//! The three actions: what a resolved mapping becomes when it is said to Intercom, and each one's preset as data.

mod company;
mod date;
mod identify_company;
mod identify_user;
mod money;
mod preset;
mod track_event;

use crate::error::{Error, Kind as Fault};
use crate::intercom::Call;
use crate::mapping::Tree;
use crate::name::Name;
use crate::settings::Settings;
use crate::value::{Kind, Value};
use alloc::borrow::Cow;
use alloc::vec::Vec;

pub use preset::Preset;

/// The names of the actions (`partnerAction`), in the order in which their plugins are made.
pub const ACTIONS: [&str; 3] = ["trackEvent", "identifyUser", "identifyCompany"];

/// The trigger and default mapping of each of [`ACTIONS`], which apply when a site names no subscriptions.
pub const PRESETS: [Preset; 3] = [track_event::PRESET, identify_user::PRESET, identify_company::PRESET];

/// What an action may see beside the resolved mapping, compiled once.
pub struct Context<V> {
    /// Keys whose values may be nested, an array.
    pub rich_link_properties: V,
    /// Keys that a price takes the place of, an array.
    pub priced: V,
    /// `{activator}` when the site has a button of its own, else undefined.
    pub widget: V,
}

impl<V: Value> Context<V> {
    /// What `settings` mean for the actions.
    pub fn new(settings: &Settings<V>) -> Self {
        let widget = match settings.activator.kind() {
            Kind::Undefined => V::undefined(),
            _ => V::object(&[(V::name(Name::Activator), settings.activator.clone())]),
        };
        Context {
            rich_link_properties: settings.rich_link_properties.clone(),
            priced: V::array(&[V::name(Name::Revenue), V::name(Name::Currency)]),
            widget,
        }
    }
}

/// What to say to Intercom for one event that matched a subscription of `action` (an index into [`ACTIONS`]).
///
/// `None` when there is nothing to say. What had to be left out is pushed onto `warnings`, naming the field.
pub fn perform<V: Value>(
    action: usize,
    payload: Tree<V>,
    context: &Context<V>,
    warnings: &mut Vec<Error>,
) -> Option<Call<V>> {
    let fields = fields(&payload);
    match action {
        0 => Some(track_event::perform(&fields, context, warnings)),
        1 => Some(identify_user::perform(&fields, context, warnings)),
        _ => identify_company::perform(&fields, context, warnings),
    }
}

/// The fields of a payload or of a company. What resolved to undefined is as good as not there.
fn fields<V: Value>(tree: &Tree<V>) -> Cow<'_, [(V, Tree<V>)]> {
    if tree.kind() == Kind::Object { tree.children() } else { Cow::Borrowed(&[]) }
}

/// Adds the entries of `traits` that are neither objects nor arrays; anything but an object has none.
fn push_flat<V: Value>(out: &mut Vec<(V, V)>, traits: &Tree<V>, place: &str, warnings: &mut Vec<Error>) {
    if is_object_or_nothing(traits, place, warnings) {
        out.append(&mut traits.raw().flat(&V::undefined(), &V::undefined()).entries());
    }
}

/// Whether this has entries, with a warning when it is something else than an object, null or undefined.
fn is_object_or_nothing<V: Value>(tree: &Tree<V>, place: &str, warnings: &mut Vec<Error>) -> bool {
    match tree.kind() {
        Kind::Object => return true,
        Kind::Undefined | Kind::Null => {}
        kind => warnings.push(Error::new(Fault::ObjectExpected, place, kind.article())),
    }
    false
}

fn push<V: Value>(out: &mut Vec<(V, V)>, key: &V, value: V) {
    if value.kind() != Kind::Undefined {
        out.push((key.clone(), value));
    }
}
