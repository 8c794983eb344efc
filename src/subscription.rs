//! One subscription: read, compiled, and resolved for an event. It knows no action.

use crate::error::{Error, ErrorKind};
use crate::filter::{self, Matcher};
use crate::location::{Part, push_number};
use crate::mapping::{self, Mapping, Payload};
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;

/// One enabled subscription as the site wrote it. `A` is an action of the mode.
#[derive(Clone, Debug)]
pub struct Definition<V, A> {
    /// What it does.
    pub action: A,
    /// Its `name`, or its number in the list: for messages.
    pub name: String,
    /// The filter's text.
    pub subscribe: String,
    /// The mapping, an object.
    pub mapping: V,
}

/// A subscription that applies when a site names none.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name in messages.
    pub name: &'static str,
    /// Its filter.
    pub subscribe: &'static str,
    /// Its mapping, JSON.
    pub mapping: &'static str,
}

impl Preset {
    /// The mapping as a value.
    pub fn to_mapping<V: Value>(&self) -> V {
        V::string(self.mapping).parse_json()
    }

    /// The preset of an action as if a site had written it.
    pub fn to_definition<V: Value, A>(&self, action: A) -> Definition<V, A> {
        Definition { action, name: self.name.into(), subscribe: self.subscribe.into(), mapping: self.to_mapping() }
    }
}

/// A subscription made ready for events.
pub struct Subscription<V> {
    /// Its name in messages.
    pub name: String,
    /// Which events it is for.
    pub filter: Matcher<V>,
    /// What becomes of them.
    pub mapping: Mapping<V>,
}

/// The subscription `i` of the settings; `None` for one that is disabled, or whose `partnerAction` is none of the mode's, which is
/// reported as `unknown`.
pub fn read<V: Value, A>(
    value: &V,
    i: usize,
    action: fn(&str) -> Option<A>,
    unknown: ErrorKind,
    errors: &mut Vec<Error>,
) -> Option<Definition<V, A>> {
    if !value.field(Name::Enabled).truthy() {
        return None;
    }
    let Some(action) = action(&value.field(Name::PartnerAction).text()) else {
        let mut keys = numbered(Name::Subscriptions, i);
        keys.push(Name::PartnerAction.text().into());
        errors.push(Error::new(unknown, Part::Setting { keys }, ""));
        return None;
    };
    let mut mapping = value.field(Name::Mapping);
    if matches!(mapping.kind(), ValueKind::Undefined | ValueKind::Null) {
        mapping = V::object(&[]);
    }
    Some(Definition { action, name: name(value, i), subscribe: value.field(Name::Subscribe).text(), mapping })
}

/// What a subscription is called in messages: its `name`, or its number in the list.
pub fn name<V: Value>(value: &V, i: usize) -> String {
    let mut name = value.field(Name::NameOf).text();
    if name.is_empty() {
        push_number(&mut name, i);
    }
    name
}

impl<V: Value> Subscription<V> {
    /// `None` when its filter or its mapping can never be used.
    #[inline(always)]
    pub fn compile<A>(subscription: &Definition<V, A>, errors: &mut Vec<Error>) -> Option<Self> {
        let before = errors.len();
        let filter = filter::compile(&subscription.subscribe, errors);
        let mapping = mapping::compile(&subscription.mapping, errors);
        own(&subscription.name, &mut errors[before..]);
        if let (Some(filter), Some(mapping)) = (filter, mapping) {
            return Some(Subscription { name: String::from(&*subscription.name), filter, mapping });
        }
        None
    }

    /// The payload of an event that has matched; `None`, and an error, when the mapping fails for it.
    #[inline(always)]
    pub fn resolve(&self, event: &V, errors: &mut Vec<Error>) -> Option<Payload<V>> {
        self.mapping.resolve(event).map_err(|error| errors.push(error)).ok()
    }

    /// Says of errors that they are of this subscription.
    pub fn own(&self, errors: &mut [Error]) {
        own(&self.name, errors);
    }
}

fn own(name: &str, errors: &mut [Error]) {
    for error in errors {
        error.at.subscription = Some(name.into());
    }
}

/// The keys of the item `i` of a list in the settings.
pub fn numbered(list: Name, i: usize) -> Vec<String> {
    let mut number = String::new();
    push_number(&mut number, i);
    [list.text().into(), number].into()
}
