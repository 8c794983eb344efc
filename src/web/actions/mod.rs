//! The actions: what a payload becomes when it is passed to Intercom, and each one's preset as data.

mod action;
mod company;
mod identify_company;
mod identify_user;
mod messenger_command;
mod track_event;

use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::mapping::Payload;
use crate::name::Name;
use crate::subscription::Definition;
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use alloc::borrow::Cow;
use alloc::vec::Vec;

pub use action::Action;

/// What an action may see beside the resolved mapping, compiled once.
pub struct Context<V> {
    /// Keys whose values may be nested, an array.
    pub rich_link_properties: V,
    /// Keys that a price takes the place of, an array.
    pub priced: V,
    /// `{activator}` when the site has a button of its own, else undefined.
    pub widget: V,
}

/// What to call for one event that matched a subscription of `action`.
///
/// `None` when there is nothing to call. What had to be left out is pushed onto `warnings`, naming the field.
pub fn perform<V: Value>(
    action: Action,
    payload: Payload<V>,
    context: &Context<V>,
    warnings: &mut Vec<Error>,
) -> Option<Call<V>> {
    let fields = fields(&payload);
    match action {
        Action::TrackEvent => Some(track_event::perform(&fields, context, warnings)),
        Action::IdentifyUser => Some(identify_user::perform(&fields, context, warnings)),
        Action::IdentifyCompany => identify_company::perform(&fields, context, warnings),
        _ => messenger_command::perform(action, &fields, warnings),
    }
}

/// Whether an action can ever be carried out with what a site wrote; what keeps it from it is pushed onto `errors`.
pub fn is_fit<V: Value>(written: &Definition<V, Action>, errors: &mut Vec<Error>) -> bool {
    messenger_command::is_fit(written, errors)
}

/// The fields of a payload or of a company. What resolved to undefined is as good as not there.
fn fields<V: Value>(tree: &Payload<V>) -> Cow<'_, [(V, Payload<V>)]> {
    if tree.kind() == ValueKind::Object { tree.children() } else { Cow::Borrowed(&[]) }
}

/// Adds the entries of `traits` that are neither objects nor arrays; anything but an object has none.
fn push_flat<V: Value>(out: &mut Vec<(V, V)>, traits: &Payload<V>, names: &[Name], warnings: &mut Vec<Error>) {
    if is_object_or_nothing(traits, names, warnings) {
        out.append(&mut traits.raw().flat(&V::undefined(), &V::undefined()).entries());
    }
}

/// Whether this has entries, with a warning when it is something else than an object, null or undefined.
fn is_object_or_nothing<V: Value>(tree: &Payload<V>, names: &[Name], warnings: &mut Vec<Error>) -> bool {
    match tree.kind() {
        ValueKind::Object => return true,
        ValueKind::Undefined | ValueKind::Null => {}
        kind => warn(warnings, ErrorKind::ObjectExpected, names, kind.article()),
    }
    false
}

/// Says what is wrong at the field that `names` lead to.
fn warn(warnings: &mut Vec<Error>, kind: ErrorKind, names: &[Name], found: &str) {
    warnings.push(Error::new(kind, Part::payload(names), found));
}

fn push<V: Value>(out: &mut Vec<(V, V)>, key: &V, value: V) {
    if value.kind() != ValueKind::Undefined {
        out.push((key.clone(), value));
    }
}
