//! Filters: their text, and what they match.

use crate::drawn::cases;
use intercom_destination::event_type::EventType;
use intercom_destination::filter::{self, Condition, Field, Filter, Literal, Matcher, Operator, Root};
use intercom_destination::value::json::Json;
use proptest::prelude::*;
use serde_json::{Value, json};

const TYPES: [&str; 5] = ["track", "page", "identify", "group", "alias"];

/// Few, so that filters and events meet.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("track".to_owned()),
        Just("identify".to_owned()),
        Just("gold".to_owned()),
        Just("old".to_owned()),
        Just("".to_owned()),
        Just("7".to_owned()),
        Just("true".to_owned()),
        Just("Ünï and x".to_owned()),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a".to_owned()),
        Just("b".to_owned()),
        Just("and".to_owned()),
        Just("null".to_owned()),
        Just("a b".to_owned()),
        Just("1x".to_owned()),
        Just("é\"(".to_owned()),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        4 => word().prop_map(Literal::Text),
        2 => prop_oneof![Just("7"), Just("-1.5"), Just("0"), Just("007")].prop_map(|text| Literal::Number(text.to_owned())),
        1 => any::<bool>().prop_map(Literal::Boolean),
        1 => Just(Literal::Null),
        1 => prop_oneof![Just("gold"), Just("track")].prop_map(|text| Literal::Word(text.to_owned())),
    ]
}

fn condition() -> impl Strategy<Value = Filter> {
    let root = prop::sample::select(Root::ALL);
    let operator = prop::sample::select(Operator::ALL);
    (root, prop::collection::vec(key(), 1..3), operator, literal()).prop_map(|(root, keys, operator, operand)| {
        let keys = if root.has_keys() { keys } else { Vec::new() };
        Filter::Condition(Condition { field: Field { root, keys }, operator, operand })
    })
}

fn drawn_filter() -> impl Strategy<Value = Filter> {
    condition().prop_recursive(4, 24, 4, |inner| {
        (any::<bool>(), prop::collection::vec(inner, 2..5))
            .prop_map(|(is_all, items)| if is_all { Filter::And(items) } else { Filter::Or(items) })
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => word().prop_map(Value::from),
        2 => prop_oneof![Just(json!(7)), Just(json!(-1.5)), Just(json!(0))],
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn object() -> impl Strategy<Value = Value> {
    let leaf = prop::collection::vec((key(), value()), 0..4);
    (leaf, prop::collection::vec((key(), prop::collection::vec((key(), value()), 0..3)), 0..2)).prop_map(
        |(flat, nested)| {
            let mut object: serde_json::Map<String, Value> = flat.into_iter().collect();
            for (key, entries) in nested {
                object.insert(key, Value::Object(entries.into_iter().collect()));
            }
            Value::Object(object)
        },
    )
}

fn event() -> impl Strategy<Value = Value> {
    let fields = (prop::sample::select(&TYPES[..]), value(), value(), value(), object(), object(), object());
    (fields, any::<u8>()).prop_map(|((kind, event, name, id, properties, traits, context), absent)| {
        let mut whole = json!({ "type": kind, "event": event, "name": name, "userId": id, "properties": properties, "traits": traits, "context": context });
        for (bit, key) in ["event", "name", "userId", "properties", "traits", "context"].into_iter().enumerate() {
            if absent >> bit & 1 == 1 && absent >> 6 == 0 {
                whole.as_object_mut().unwrap().remove(key);
            }
        }
        whole
    })
}

/// The value of a field: what is falsy on the way ends it.
fn at<'a>(field: &Field, event: &'a Value) -> Option<&'a Value> {
    let mut value = event.get(field.root.text())?;
    for key in &field.keys {
        match value {
            Value::Object(entries) => value = entries.get(key)?,
            Value::Null | Value::Bool(false) => return Some(value),
            Value::Number(number) if number.as_f64() == Some(0.0) => return Some(value),
            Value::String(text) if text.is_empty() => return Some(value),
            _ => return None,
        }
    }
    Some(value)
}

/// JavaScript's `Number(text)` for what is drawn here.
fn number(text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { text.parse().unwrap_or(f64::NAN) }
}

/// What a filter says of an event, read off its tree.
fn says(filter: &Filter, event: &Value) -> bool {
    let Condition { field, operator, operand } = match filter {
        Filter::And(items) => return items.iter().all(|item| says(item, event)),
        Filter::Or(items) => return items.iter().any(|item| says(item, event)),
        Filter::Condition(condition) => condition,
    };
    let value = at(field, event);
    let has_keys = field.root.has_keys();
    let text = match operand {
        Literal::Text(text) | Literal::Word(text) => text.clone(),
        Literal::Number(text) => number(text).to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Null => "null".to_owned(),
    };
    let amount = match operand {
        Literal::Boolean(value) if has_keys => f64::from(u8::from(*value)),
        _ => number(&text),
    };
    let as_text = value.and_then(Value::as_str);
    let as_number = value.and_then(Value::as_f64);
    let is_there = value.is_some_and(|value| !value.is_null());
    let is_text = |holds: &dyn Fn(&str) -> bool| as_text.is_some_and(holds);
    let is_number = |holds: &dyn Fn(f64) -> bool| as_number.is_some_and(holds);
    // What is no text is not always compared as text.
    let is_always_text = matches!(field.root, Root::Type | Root::Event);
    let operator = match (operator, operand) {
        (Operator::Equal, Literal::Null) if !is_always_text => &Operator::NotExists,
        (Operator::NotEqual, Literal::Null) if !is_always_text => &Operator::Exists,
        (Operator::Equal, Literal::Boolean(wanted)) if has_keys || field.root == Root::UserId => {
            if *wanted {
                &Operator::IsTrue
            } else {
                &Operator::IsFalse
            }
        }
        (Operator::Equal, Literal::Number(_)) if has_keys => &Operator::NumberEquals,
        (Operator::NotEqual, Literal::Number(_)) if has_keys => &Operator::NumberNotEquals,
        _ => operator,
    };
    match operator {
        Operator::Equal => as_text == Some(&text),
        Operator::NotEqual => as_text != Some(&text),
        Operator::Less => is_number(&|number| number < amount),
        Operator::LessOrEqual => is_number(&|number| number <= amount),
        Operator::Greater => is_number(&|number| number > amount),
        Operator::GreaterOrEqual => is_number(&|number| number >= amount),
        Operator::NumberEquals => is_number(&|number| number == amount),
        Operator::NumberNotEquals => is_number(&|number| number != amount),
        Operator::Contains => is_text(&|it| it.contains(&text)),
        Operator::NotContains => is_text(&|it| !it.contains(&text)),
        Operator::StartsWith => is_text(&|it| it.starts_with(&text)),
        Operator::NotStartsWith => is_text(&|it| !it.starts_with(&text)),
        Operator::EndsWith => is_text(&|it| it.ends_with(&text)),
        Operator::NotEndsWith => is_text(&|it| !it.ends_with(&text)),
        Operator::Exists => is_there,
        Operator::NotExists => !is_there,
        Operator::IsTrue => value == Some(&Value::Bool(true)),
        Operator::IsFalse => value == Some(&Value::Bool(false)),
        // Without a `*` at its end the pattern's first character is dropped.
        Operator::Match | Operator::NotMatch => {
            let part: String = text.chars().skip(1).collect();
            is_text(&|it| it.ends_with(&part) == (*operator == Operator::Match))
        }
    }
}

fn parse(text: &str) -> Option<Filter> {
    filter::parse(text, &mut Vec::new())
}

proptest! {
    #![proptest_config(cases("language", 2000))]

    #[test]
    fn the_canonical_text_of_a_filter_reads_as_that_filter(drawn in drawn_filter()) {
        // What is drawn need not be what its text comes to: `= null` asks whether there is a value.
        if let Some(filter) = parse(&drawn.to_string()) {
            let text = filter.to_string();
            prop_assert_eq!(parse(&text), Some(filter), "{}", text);
        }
    }

    #[test]
    fn a_filter_matches_what_its_tree_says(drawn in drawn_filter(), events in prop::collection::vec(event(), 1..6)) {
        let text = drawn.to_string();
        let matcher: Option<Matcher<Json>> = filter::compile(&text, &mut Vec::new());
        prop_assert_eq!(matcher.is_some(), parse(&text).is_some());
        if let (Some(matcher), Some(filter)) = (matcher, parse(&text)) {
            for event in events {
                let matches = matcher.matches(&event.clone().into());
                prop_assert_eq!(matches, says(&filter, &event), "{} of {}", text, event);
                // A plugin is never given events of other types.
                let bit = EventType::bit(event["type"].as_str().unwrap());
                prop_assert!(!matches || matcher.event_types() & bit != 0, "{} of {}", text, event);
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[ -~é\\n]{0,40}|(type|and|or|\\(|\\)|=|!=|\"|[a-z.\\\\]| ){0,30}") {
        let mut errors = Vec::new();
        let filter = filter::parse(&text, &mut errors);
        prop_assert!(filter.is_some() || errors.iter().any(|error| !error.kind.is_warning()), "{}", text);
        if let Some(filter) = filter {
            let canonical = filter.to_string();
            prop_assert_eq!(parse(&canonical), Some(filter), "{} of {}", canonical, text);
        }
    }
}
