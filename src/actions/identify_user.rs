//! `identifyUser`: `Intercom("update", {…})` with everything known of the person.

use super::{Context, Field, Preset, company, date, push, push_flat};
use crate::error::{Error, Kind as Fault};
use crate::intercom::Call;
use crate::mapping::Tree;
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

/// Every identify and page call.
pub const PRESET: Preset = Preset {
    name: "Identify User",
    subscribe: "type = \"identify\" or type = \"page\"",
    mapping: include_str!("identify_user.json"),
};

/// The call for one event. Custom traits stand beside the person's own fields and win over them.
pub fn perform<V: Value>(fields: Vec<Field<V>>, context: &Context<V>, warnings: &mut Vec<Error>) -> Call<V> {
    let mut out = Vec::with_capacity(fields.len() + 2);
    let mut custom_traits = None;
    let mut avatar = V::undefined();
    for Field { name, key, value } in fields {
        let value = match name {
            Some(Name::CustomTraits) => {
                custom_traits = Some(value);
                continue;
            }
            Some(Name::AvatarImageUrl) => {
                avatar = value.into_value();
                continue;
            }
            Some(Name::CreatedAt) => date::to_unix_seconds(value.into_value(), "created_at", warnings),
            Some(Name::Company) => company::non_empty(value, warnings),
            Some(Name::Companies) => companies(value, warnings),
            _ => value.into_value(),
        };
        push(&mut out, key, value);
    }
    if let Some(traits) = custom_traits {
        push_flat(&mut out, traits, "custom_traits", warnings);
    }
    push(&mut out, V::name(Name::Widget), context.widget.clone());
    if avatar.truthy() {
        let image = [(V::name(Name::ImageUrl), avatar), (V::name(Name::Type), V::name(Name::Avatar))];
        out.push((V::name(Name::Avatar), V::object(&image)));
    }
    Call::Update(V::object(&out))
}

/// A list of companies; null and other falsy values stay, anything else is left out.
fn companies<V: Value>(value: Tree<V>, warnings: &mut Vec<Error>) -> V {
    if value.kind() != Kind::Array {
        if matches!(&value, Tree::Leaf(value) if !value.truthy()) {
            return value.into_value();
        }
        warnings.push(Error::new(Fault::ObjectExpected, "companies", value.kind().article()));
        return V::undefined();
    }
    let entries = |company| company::entries(company, "companies", warnings).map(|entries| V::object(&entries));
    let companies: Vec<V> = value.children().iter().cloned().map(|(_, company)| company).filter_map(entries).collect();
    V::array(&companies)
}
