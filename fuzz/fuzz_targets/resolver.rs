//! Any mapping resolves any event to the same value twice, within the depth, and never to a panic.
#![no_main]

use intercom_destination::mapping::{self, Payload};
use intercom_destination::limits::DEPTH;
use intercom_destination::value::Value;
use intercom_destination::value::json::Json;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

const DIRECTIVES: [&str; 15] = [
    "@path",
    "@template",
    "@if",
    "@case",
    "@replace",
    "@arrayPath",
    "@literal",
    "@flatten",
    "@json",
    "@merge",
    "@transform",
    "@excludeWhenNull",
    "@liquid",
    "@unknown",
    "_metadata",
];
const OPTIONS: [&str; 20] = [
    "exists",
    "blank",
    "then",
    "else",
    "operator",
    "value",
    "pattern",
    "replacement",
    "pattern2",
    "replacement2",
    "ignorecase",
    "global",
    "separator",
    "omitArrays",
    "mode",
    "objects",
    "direction",
    "apply",
    "mapping",
    "__segment_internal_directive",
];
const WORDS: [&str; 20] = [
    "",
    "a",
    "0",
    "length",
    "$.a",
    "$.a[0]",
    "$.a['b c']",
    ".",
    "{{a}}",
    "{{{a}}}-{{ . }}",
    "{{{{",
    "$&$`$'$$",
    "lower",
    "upper",
    "left",
    "right",
    "encode",
    "decode",
    "{\"a\":[1,{\"b\":null}]}",
    "__proto__",
];

fuzz_target!(|bytes: &[u8]| {
    let mut source = Unstructured::new(bytes);
    let (Ok(mapping), Ok(event)) = (value(&mut source, 80, true), value(&mut source, 80, false)) else { return };
    let Some(compiled) = mapping::compile(&mapping, &mut Vec::new()) else { return };
    let resolve = || compiled.resolve(&event).map(Payload::into_value);
    let result = resolve();
    assert_eq!(result, resolve());
    if let Ok(value) = result {
        assert!(depth(&value) <= DEPTH);
    }
});

fn value(source: &mut Unstructured, depth: usize, is_mapping: bool) -> Result<Json> {
    if depth == 0 {
        return Ok(Json::Null);
    }
    let mut children = Vec::new();
    Ok(match source.int_in_range(0..=9)? {
        0 => Json::Undefined,
        1 => Json::Null,
        2 => Json::Boolean(source.arbitrary()?),
        3 => Json::Number(source.arbitrary()?),
        4 => Json::Date(f64::from(source.arbitrary::<i32>()?)),
        5 => Json::String(source.arbitrary()?),
        6 => Json::String((*source.choose(&WORDS)?).into()),
        7 => {
            for _ in 0..source.int_in_range(0..=3)? {
                children.push(value(source, depth - 1, is_mapping)?);
            }
            Json::Array(children)
        }
        kind => {
            let names: &[&str] = match (is_mapping, kind) {
                (true, 8) => &DIRECTIVES,
                (true, _) => &OPTIONS,
                _ => &WORDS,
            };
            let mut entries = Vec::new();
            for _ in 0..source.int_in_range(0..=if kind == 8 { 1 } else { 4 })? {
                let name = Json::String((*source.choose(names)?).into());
                entries.push((name, value(source, depth - 1, is_mapping)?));
            }
            Json::object(&entries)
        }
    })
}

fn depth(value: &Json) -> usize {
    let deepest = |depths: &mut dyn Iterator<Item = usize>| 1 + depths.max().unwrap_or(0);
    match value {
        Json::Array(items) => deepest(&mut items.iter().map(depth)),
        Json::Object(entries) => deepest(&mut entries.iter().map(|(_, value)| depth(value))),
        _ => 0,
    }
}
