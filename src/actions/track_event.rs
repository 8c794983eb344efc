//! `trackEvent`: `Intercom("trackEvent", event_name, metadata)`.

use super::{Context, Field, Preset, is_object_or_nothing, money, push};
use crate::error::{Error, Kind as Fault};
use crate::intercom::Call;
use crate::mapping::Tree;
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

/// Every track call, under its own name, with its properties as metadata.
pub const PRESET: Preset =
    Preset { name: "Track Event", subscribe: "type = \"track\"", mapping: include_str!("track_event.json") };

/// The call for one event. Metadata is flat but for the rich links; revenue becomes `price` in cents.
pub fn perform<V: Value>(fields: Vec<Field<V>>, context: &Context<V>, warnings: &mut Vec<Error>) -> Call<V> {
    let mut name = V::undefined();
    let mut revenue = V::undefined();
    let mut currency = V::undefined();
    let mut metadata = Vec::new();
    for Field { name: field, value, .. } in fields {
        match field {
            Some(Name::EventName) => name = value.into_value(),
            Some(Name::Revenue) => revenue = value.into_value(),
            Some(Name::Currency) => currency = value.into_value(),
            Some(Name::EventMetadata) if is_object_or_nothing(&value, "event_metadata", warnings) => {
                metadata = value.entries();
            }
            _ => {}
        }
    }
    if !name.truthy() {
        warnings.push(Error::new(Fault::EventNameMissing, "event_name", name.kind().article()));
    }
    let price = price(&revenue, currency, warnings);
    let metadata = metadata_entries(metadata, price, context);
    Call::TrackEvent { name, metadata: V::object(&metadata) }
}

/// Flat properties first, then the nested ones that are rich links, then the price in place of revenue and currency.
fn metadata_entries<V: Value>(properties: Vec<(V, Tree<V>)>, price: Option<V>, context: &Context<V>) -> Vec<(V, V)> {
    let mut out = Vec::with_capacity(properties.len() + 1);
    let mut nested = Vec::new();
    for (key, value) in properties {
        let is_nested = matches!(value.kind(), Kind::Object | Kind::Array);
        let paid = price.is_some() && matches!(key.as_name(), Some(Name::Revenue | Name::Currency));
        if (is_nested || paid) && !context.rich_link_properties.iter().any(|rich| rich.same(&key)) {
            continue;
        }
        push(if is_nested { &mut nested } else { &mut out }, key, value.into_value());
    }
    out.append(&mut nested);
    if let Some(price) = price {
        out.push((V::name(Name::Price), price));
    }
    out
}

fn price<V: Value>(revenue: &V, currency: V, warnings: &mut Vec<Error>) -> Option<V> {
    if !revenue.truthy() {
        return None;
    }
    let amount = match revenue.kind() {
        Kind::Number => revenue.as_number(),
        Kind::String => revenue.parse_number(),
        _ => f64::NAN,
    };
    if amount.is_nan() {
        warnings.push(Error::new(Fault::RevenueUnreadable, "revenue", revenue.kind().article()));
        return None;
    }
    let currency = match currency.kind() {
        Kind::Undefined | Kind::Null => V::name(Name::Usd),
        _ => currency,
    };
    Some(V::object(&[(V::name(Name::Amount), V::number(money::cents(amount))), (V::name(Name::Currency), currency)]))
}
