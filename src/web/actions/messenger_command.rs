//! The actions that open something in the Messenger, or close it: `Intercom("startTour", id)` and the like. Segment's destination has
//! none of them. Each takes one field at most, as `docs/mappings.md` lists them.

use super::Action;
use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::mapping::{self, Payload};
use crate::name::Name;
use crate::subscription::Definition;
use crate::text_enum::text_enum;
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use alloc::vec::Vec;

text_enum! {
    /// The parts of the Messenger that `showSpace` takes.
    enum Space {
        Home "home"
        Messages "messages"
        Help "help"
        News "news"
        Tasks "tasks"
        Tickets "tickets"
    }
}

/// The field that an action takes, and whether it does nothing without it; `None` for actions that take none or are not of this kind.
fn field(action: Action) -> Option<(Name, bool)> {
    match action {
        Action::TrackEvent | Action::IdentifyUser | Action::IdentifyCompany | Action::HideMessenger => None,
        Action::ShowMessenger => Some((Name::Space, false)),
        Action::ShowNewMessage => Some((Name::Content, false)),
        _ => Some((Name::Id, true)),
    }
}

/// What keeps `value` from being the argument of an action; `None` if nothing does.
fn misfit<V: Value>(field: Name, is_required: bool, value: &V) -> Option<ErrorKind> {
    let is_plain =
        matches!(value.kind(), ValueKind::Undefined | ValueKind::Null | ValueKind::Number | ValueKind::String);
    if !is_plain {
        return Some(ErrorKind::FieldUnfit);
    }
    if !value.truthy() {
        return is_required.then_some(ErrorKind::FieldMissing);
    }
    let is_unknown = field == Name::Space && Space::from_text(&value.text()).is_none();
    is_unknown.then_some(ErrorKind::SpaceUnknown)
}

/// The call for one event. What keeps it from being made is pushed onto `errors`.
pub(super) fn perform<V: Value>(
    action: Action,
    fields: &[(V, Payload<V>)],
    errors: &mut Vec<Error>,
) -> Option<Call<V>> {
    let mut argument = V::undefined();
    if let Some((name, is_required)) = field(action) {
        if let Some((_, value)) = fields.iter().find(|(key, _)| key.as_name() == Some(name)) {
            argument = value.value();
        }
        if let Some(kind) = misfit(name, is_required, &argument) {
            super::warn(errors, kind, &[name], argument.kind().article());
            return None;
        }
    }
    let has_argument = argument.truthy();
    // All but two actions are called like Intercom's methods.
    let method = V::string(match action {
        Action::ShowMessenger if has_argument => "showSpace",
        Action::ShowMessenger => "show",
        Action::HideMessenger => "hide",
        _ => action.text(),
    });
    let words = [method, argument];
    let words = V::array(if has_argument { &words } else { &words[..1] });
    Some(Call::Command { words, shows: action != Action::HideMessenger })
}

/// Whether the action can ever be carried out with this mapping: its field is there, and right if it is the same for all events.
pub(super) fn is_fit<V: Value>(written: &Definition<V, Action>, errors: &mut Vec<Error>) -> bool {
    let Some((name, is_required)) = field(written.action) else { return true };
    let value = written.mapping.field(name);
    // What a directive comes to is known when there is an event.
    if value.kind() == ValueKind::Object || mapping::is_directive(&written.mapping) {
        return true;
    }
    let Some(kind) = misfit(name, is_required, &value) else { return true };
    let mut error = Error::new(kind, Part::Mapping { keys: [name.text().into()].into() }, value.kind().article());
    error.at.subscription = Some(written.name.as_str().into());
    errors.push(error);
    false
}
