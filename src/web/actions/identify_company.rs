//! `identifyCompany`: `Intercom("update", {company})`.

use super::company::{self, Blank};
use super::{Context, push, warn};
use crate::error::{Error, ErrorKind};
use crate::mapping::Payload;
use crate::name::Name;
use crate::subscription::Preset;
use crate::value::{Value, ValueKind};
use crate::web::call::Call;
use alloc::vec::Vec;

/// Every group call.
pub(super) static PRESET: Preset =
    Preset { name: "Identify Company", subscribe: "type = \"group\"", mapping: include_str!("identify_company.json") };

/// The call for one event, or `None` when the mapping gives no company.
pub(super) fn perform<V: Value>(
    fields: &[(V, Payload<V>)],
    context: &Context<V>,
    warnings: &mut Vec<Error>,
) -> Option<Call<V>> {
    let mut company = None;
    let mut launcher = V::undefined();
    for (key, value) in fields {
        match key.as_name() {
            Some(Name::Company) if !matches!(value.kind(), ValueKind::Undefined | ValueKind::Null) => {
                company = Some(value)
            }
            Some(Name::HideDefaultLauncher) => launcher = value.value(),
            _ => {}
        }
    }
    let Some(company) = company else {
        warn(warnings, ErrorKind::ObjectExpected, &[Name::Company], ValueKind::Undefined.article());
        return None;
    };
    let company = company::object(company, Name::Company, Blank::Warned, warnings);
    if company.kind() == ValueKind::Undefined {
        return None;
    }
    let mut out = Vec::with_capacity(3);
    push(&mut out, &V::name(Name::Company), company);
    push(&mut out, &V::name(Name::HideDefaultLauncher), launcher);
    push(&mut out, &V::name(Name::Widget), context.widget.clone());
    Some(Call::Update(V::object(&out)))
}
