//! A company as Intercom takes it: flat, with its custom traits beside its own fields.

use super::{Field, date, fields, is_object_or_nothing, push, push_flat};
use crate::error::Error;
use crate::mapping::Tree;
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::vec::Vec;

/// The company's entries, or `None` when it is no object.
pub fn entries<V: Value>(company: Tree<V>, place: &str, warnings: &mut Vec<Error>) -> Option<Vec<(V, V)>> {
    if !is_object_or_nothing(&company, place, warnings) {
        return None;
    }
    Some(from_fields(fields(company), warnings))
}

/// A company that is no object or says nothing is undefined; null stays, to overwrite what Intercom has.
pub fn non_empty<V: Value>(company: Tree<V>, warnings: &mut Vec<Error>) -> V {
    if company.kind() == Kind::Null {
        return V::null();
    }
    if !is_object_or_nothing(&company, "company", warnings) {
        return V::undefined();
    }
    let mut fields = fields(company);
    fields.retain(|field| {
        is_sent(field.value.kind()) && (field.name != Some(Name::CompanyCustomTraits) || !is_empty(&field.value))
    });
    if fields.is_empty() {
        return V::undefined();
    }
    V::object(&from_fields(fields, warnings))
}

fn is_empty<V: Value>(traits: &Tree<V>) -> bool {
    match traits {
        Tree::Leaf(value) if value.kind() == Kind::String => !value.truthy(),
        Tree::Built(Kind::Array, items) => items.is_empty(),
        _ => {
            matches!(traits.kind(), Kind::Object | Kind::Array)
                && !traits.children().iter().any(|(_, value)| is_sent(value.kind()))
        }
    }
}

/// Whether anything is left of such a value when it is built.
fn is_sent(kind: Kind) -> bool {
    !matches!(kind, Kind::Undefined | Kind::NotFinite | Kind::Other)
}

fn from_fields<V: Value>(fields: Vec<Field<V>>, warnings: &mut Vec<Error>) -> Vec<(V, V)> {
    let mut out = Vec::with_capacity(fields.len());
    let mut custom_traits = None;
    for Field { name, key, value } in fields {
        match name {
            Some(Name::CompanyCustomTraits) => custom_traits = Some(value),
            Some(Name::CreatedAt) => {
                push(&mut out, key, date::to_unix_seconds(value.into_value(), "company.created_at", warnings));
            }
            _ => push(&mut out, key, value.into_value()),
        }
    }
    if let Some(traits) = custom_traits {
        push_flat(&mut out, traits, "company.company_custom_traits", warnings);
    }
    out
}
