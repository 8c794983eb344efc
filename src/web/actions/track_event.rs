//! `trackEvent`: `Intercom("trackEvent", event_name, metadata)`.

use super::{Context, is_object_or_nothing, warn};
use crate::convert::money;
use crate::error::{Error, ErrorKind};
use crate::mapping::Payload;
use crate::name::Name;
use crate::subscription::Preset;
use crate::value::{Unsendable, Value, ValueKind};
use crate::web::call::Call;
use alloc::vec::Vec;

/// Every track call, under its own name, with its properties as metadata.
pub(super) static PRESET: Preset =
    Preset { name: "Track Event", subscribe: "type = \"track\"", mapping: include_str!("track_event.json") };

/// The call for one event. Metadata is flat but for the rich links; revenue becomes `price` in cents.
pub(super) fn perform<V: Value>(
    fields: &[(V, Payload<V>)],
    context: &Context<V>,
    warnings: &mut Vec<Error>,
) -> Call<V> {
    let mut name = V::undefined();
    let mut revenue = V::undefined();
    let mut currency = V::undefined();
    let mut metadata = V::undefined();
    for (key, value) in fields {
        match key.as_name() {
            Some(Name::EventName) => name = value.value(),
            Some(Name::Revenue) => revenue = value.value(),
            Some(Name::Currency) => currency = value.value(),
            Some(Name::EventMetadata) if is_object_or_nothing(value, &[Name::EventMetadata], warnings) => {
                metadata = value.raw();
            }
            _ => {}
        }
    }
    if !name.truthy() {
        warn(warnings, ErrorKind::EventNameMissing, &[Name::EventName], name.kind().article());
    }
    let price = price(&revenue, currency, warnings);
    // Once there is a price it stands for revenue and currency.
    let left = if price.is_some() { context.priced.clone() } else { V::undefined() };
    let price = price.or_else(|| own_price(&metadata));
    let mut metadata = metadata.flat(&context.rich_link_properties, &left);
    if let Some(price) = price {
        // Intercom looks at the first ten keys only.
        metadata = metadata.with(&V::name(Name::Price), &price);
    }
    Call::TrackEvent { name, metadata }
}

/// The price that a site gives as Intercom itself has it: an object whose amount is in cents already.
fn own_price<V: Value>(metadata: &V) -> Option<V> {
    let price = metadata.field(Name::Price);
    (price.field(Name::Amount).kind() == ValueKind::Number).then(|| price.copy(Unsendable::Omit))
}

fn price<V: Value>(revenue: &V, currency: V, warnings: &mut Vec<Error>) -> Option<V> {
    if !revenue.truthy() {
        return None;
    }
    let amount = match revenue.kind() {
        ValueKind::Number => revenue.as_number(),
        ValueKind::String => revenue.parse_number(),
        _ => f64::NAN,
    };
    if amount.is_nan() {
        warn(warnings, ErrorKind::RevenueUnreadable, &[Name::Revenue], revenue.kind().article());
        return None;
    }
    let currency = match currency.kind() {
        ValueKind::Undefined | ValueKind::Null => V::name(Name::Usd),
        _ => currency,
    };
    Some(V::object(&[(V::name(Name::Amount), V::number(money::cents(amount))), (V::name(Name::Currency), currency)]))
}
