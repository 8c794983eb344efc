//! `identifyCompany`: `Intercom("update", {company})`.

use super::{Context, Field, Preset, company, push};
use crate::error::{Error, Kind as Fault};
use crate::intercom::Call;
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

/// Every group call.
pub const PRESET: Preset =
    Preset { name: "Identify Company", subscribe: "type = \"group\"", mapping: include_str!("identify_company.json") };

/// The call for one event, or `None` when the mapping gives no company.
pub fn perform<V: Value>(fields: Vec<Field<V>>, context: &Context<V>, warnings: &mut Vec<Error>) -> Option<Call<V>> {
    let mut company = None;
    let mut launcher = None;
    for field in fields {
        match field.name {
            Some(Name::Company) => company = Some(field.value),
            Some(Name::HideDefaultLauncher) => launcher = Some((field.key, field.value.into_value())),
            _ => {}
        }
    }
    let Some(company) = company.filter(|company| company.kind() != Kind::Null) else {
        warnings.push(Error::new(Fault::ObjectExpected, "company", Kind::Undefined.article()));
        return None;
    };
    let company = company::entries(company, "company", warnings)?;
    let mut out = Vec::with_capacity(3);
    out.push((V::name(Name::Company), V::object(&company)));
    if let Some((key, value)) = launcher {
        push(&mut out, key, value);
    }
    push(&mut out, V::name(Name::Widget), context.widget.clone());
    Some(Call::Update(V::object(&out)))
}
