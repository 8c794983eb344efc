//! `identifyUser`: `Intercom("update", {…})` with everything known of the person.

use super::company::{self, Blank};
use super::{Context, push, push_flat, warn};
use crate::convert::date;
use crate::error::{Error, ErrorKind};
use crate::mapping::Payload;
use crate::name::Name;
use crate::subscription::Preset;
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use alloc::vec::Vec;

/// Every identify and page call.
pub(super) static PRESET: Preset = Preset {
    name: "Identify User",
    subscribe: "type = \"identify\" or type = \"page\"",
    mapping: include_str!("identify_user.json"),
};

/// The call for one event. Custom traits stand beside the person's own fields and win over them.
pub(super) fn perform<V: Value>(
    fields: &[(V, Payload<V>)],
    context: &Context<V>,
    warnings: &mut Vec<Error>,
) -> Call<V> {
    let mut out = Vec::with_capacity(fields.len() + 2);
    let mut custom_traits = None;
    let mut avatar = V::undefined();
    for (key, value) in fields {
        let value = match key.as_name() {
            Some(Name::CustomTraits) => {
                custom_traits = Some(value);
                continue;
            }
            Some(Name::AvatarImageUrl) => {
                avatar = value.value();
                continue;
            }
            // Null overwrites what Intercom has.
            Some(Name::Company) if value.kind() != ValueKind::Null => {
                company::object(value, Name::Company, Blank::Silent, warnings)
            }
            Some(Name::Companies) => companies(value, warnings),
            Some(Name::CreatedAt) => date::to_unix_seconds(value.value(), &[Name::CreatedAt], warnings),
            _ => value.value(),
        };
        push(&mut out, key, value);
    }
    if let Some(traits) = custom_traits {
        push_flat(&mut out, traits, &[Name::CustomTraits], warnings);
    }
    push(&mut out, &V::name(Name::Widget), context.widget.clone());
    if avatar.truthy() {
        let image = [(V::name(Name::ImageUrl), avatar), (V::name(Name::Type), V::name(Name::Avatar))];
        push(&mut out, &V::name(Name::Avatar), V::object(&image));
    }
    Call::Update(V::object(&out))
}

/// A list of companies; null and other falsy values stay, anything else is left out.
fn companies<V: Value>(value: &Payload<V>, warnings: &mut Vec<Error>) -> V {
    if value.kind() != ValueKind::Array {
        if matches!(value, Payload::Leaf(value) if !value.truthy()) {
            return value.value();
        }
        warn(warnings, ErrorKind::ObjectExpected, &[Name::Companies], value.kind().article());
        return V::undefined();
    }
    let mut companies = Vec::new();
    for (_, company) in value.children().iter() {
        let company = company::object(company, Name::Companies, Blank::Warned, warnings);
        if company.kind() != ValueKind::Undefined {
            companies.push(company);
        }
    }
    V::array(&companies)
}
