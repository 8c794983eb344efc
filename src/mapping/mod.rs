//! The mapping language: how an event becomes the payload of an action.
//!
//! A mapping is JSON in which objects with one `@` key are directives; every other value stands for itself. It is
//! compiled once, when the plugin is made, and resolved for each event.
//!
//! # Syntax
//! | directive | argument | result |
//! |---|---|---|
//! | `@path` | path or directive | the value there |
//! | `@template` | text or directive | the text with `{{path}}` and `{{{path}}}` filled in |
//! | `@if` | `{exists or blank, then, else}` | `then` or `else` |
//! | `@case` | `{operator: "lower" or "upper", value}` | the text in that case |
//! | `@replace` | `{pattern, replacement, pattern2, replacement2, ignorecase, global, value}` | the text, replaced |
//! | `@arrayPath` | `[path or directive, shape]` | the shape resolved on each item there |
//! | `@literal` | anything | that, resolved |
//! | `@flatten` | `{value, separator, omitArrays}` | one level of joined keys |
//! | `@json` | `{value, mode: "encode" or "decode"}` | JSON text, or what it says |
//! | `@merge` | `{objects, direction: "left" or "right"}` | one object |
//! | `@transform` | `{apply, mapping}` | `mapping` resolved on the result of `apply` |
//! | `@excludeWhenNull` | anything | that without nulls |
//! | `@liquid` | text | the Liquid template, rendered |

mod compiler;
mod directives;
mod node;
mod payload;
mod resolve;
mod root;
mod rule;

pub use directives::Directive;
pub use payload::Payload;

use crate::error::Error;
use crate::value::Value;
use alloc::boxed::Box;
use alloc::vec::Vec;
use compiler::Compiler;
use node::Node;
use resolve::payload;

/// A compiled mapping.
pub struct Mapping<V> {
    root: Box<Node<V>>,
    liquid: bool,
}

/// Compiles and checks a mapping: every fault and warning is pushed to `errors`, with the keys that lead to it.
///
/// `None` when Segment's own check refuses the mapping, so that it could never be used there. A fault that check does not see
/// (`@if` without `exists`, say) is reported as well, but the mapping stays usable: it fails for the events that reach it.
///
/// # Errors
/// Every kind whose code starts with `mapping_`.
///
/// # Examples
/// ```
/// use intercom_destination::{mapping, value::{Value, json::Json}};
/// let json = |text| Json::from(serde_json::from_str::<serde_json::Value>(text).unwrap());
/// let mut errors = Vec::new();
/// let mapping = mapping::compile(&json(r#"{"name": {"@path": "$.traits.name"}}"#), &mut errors).unwrap();
/// let payload = mapping.resolve(&json(r#"{"traits": {"name": "Ada"}}"#)).unwrap().into_value();
/// assert_eq!(payload, json(r#"{"name": "Ada"}"#));
///
/// assert!(mapping::compile(&json(r#"{"name": {"@pathh": "$.traits.name"}}"#), &mut errors).is_none());
/// assert_eq!(errors[0].to_string(), "mapping name.@pathh: expected a known directive, found @pathh");
/// ```
pub fn compile<V: Value>(mapping: &V, errors: &mut Vec<Error>) -> Option<Mapping<V>> {
    let mut compiler = Compiler::new(errors);
    let root = compiler.root(mapping);
    let liquid = compiler.liquid;
    compiler.is_usable().then(|| Mapping { root, liquid })
}

/// Whether a directive gives the whole payload, so that its keys are known only when there is an event.
pub fn is_directive<V: Value>(mapping: &V) -> bool {
    directives::is_directive(mapping) || root::directive(mapping).is_some()
}

impl<V: Value> Mapping<V> {
    /// Resolves the mapping for one event, which is only read.
    ///
    /// # Errors
    /// Where Segment's mapping kit throws for this event. `found` says what kind of value stood there,
    /// never the value.
    pub fn resolve(&self, event: &V) -> Result<Payload<V>, Error> {
        let mut failure = None;
        let event = payload(event, None, &mut failure);
        let tree = self.root.resolve(&event, &mut failure);
        match failure {
            Some(failure) => Err(failure),
            None => Ok(tree),
        }
    }

    /// Whether a `@liquid` directive stands anywhere in it.
    pub fn uses_liquid(&self) -> bool {
        self.liquid
    }
}
