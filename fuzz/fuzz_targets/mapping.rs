//! Any JSON compiles to a mapping or to a fault, twice the same, and never to a panic.
#![no_main]

use intercom_destination::mapping;
use intercom_destination::value::json::Json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(mapping) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let mapping = Json::from(mapping);
    let mut errors = Vec::new();
    let compiled = mapping::compile(&mapping, &mut errors);
    let mut again = Vec::new();
    assert_eq!(mapping::compile(&mapping, &mut again).is_some(), compiled.is_some());
    assert_eq!(errors, again);
    match compiled {
        None => assert!(errors.iter().any(|error| !error.kind.is_warning())),
        // A mapping is an event like any other.
        Some(compiled) => drop(compiled.resolve(&mapping).map(mapping::Payload::into_value)),
    }
});
