//! Runs every file of `tests/fixtures/filter`, and what no fixture says of filters.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::error::Error;
use intercom_destination::event_type::EventType;
use intercom_destination::filter::{self, Condition, Field, Filter, Literal, Matcher, Operator, Root};
use intercom_destination::value::json::Json;
use serde_json::{Value, json};

mod fixture;

use fixture::Fixture;

fn source(fixture: &Fixture) -> &str {
    fixture.content["filter"].as_str().unwrap_or_else(|| panic!("{} has no filter", fixture.name))
}

/// The events of a fixture.
fn events(fixture: &Fixture) -> Vec<Value> {
    let cases = fixture.content["cases"].as_array().unwrap_or_else(|| panic!("{} has no cases", fixture.name));
    cases.iter().map(|case| case["event"].clone()).collect()
}

fn parse(text: &str) -> (Option<Filter>, Vec<Error>) {
    let mut errors = Vec::new();
    let filter = filter::parse(text, &mut errors);
    (filter, errors)
}

/// The matcher of a filter that can match; it is told as much as the tree.
fn compile(text: &str) -> Option<Matcher<Json>> {
    let mut errors = Vec::new();
    let matcher = filter::compile(text, &mut errors);
    let (filter, expected) = parse(text);
    assert_eq!((matcher.is_some(), &errors), (filter.is_some(), &expected), "{text}");
    matcher
}

fn matches(matcher: &Matcher<Json>, event: &Value) -> bool {
    matcher.matches(&event.clone().into())
}

#[test]
fn fixtures_come_out_as_expected() {
    fixture::run("filter", fixture::cases::filter::<Json>);
}

#[test]
fn canonical_text_of_fixtures_parses_to_the_same_filter() {
    for fixture in fixture::read("filter") {
        let (Some(filter), _) = parse(source(&fixture)) else { continue };
        let text = filter.to_string();
        assert_eq!(parse(&text).0, Some(filter), "{}: {text}", fixture.name);
    }
}

#[test]
fn event_types_hold_every_type_that_matches() {
    for fixture in fixture::read("filter") {
        let Some(filter) = compile(source(&fixture)) else { continue };
        let possible = filter.event_types();
        for event in events(&fixture) {
            for kind in EventType::ALL {
                let mut event = event.clone();
                event["type"] = json!(kind.text());
                assert!(!matches(&filter, &event) || possible >> *kind as u8 & 1 == 1, "{}: {event}", fixture.name);
            }
        }
    }
}

#[test]
fn event_types_follow_and_or_and_not_equal() {
    for (text, expected) in [
        (r#"type = "track""#, 0b00001),
        (r#"type = "identify" or type = "page""#, 0b00110),
        (r#"type != "track""#, 0b11110),
        (r#"type = "track" and event = "x""#, 0b00001),
        (r#"type = "track" or event = "x""#, 0b11111),
        (r#"(type = "track" or type = "group") and (type = "group" or type = "alias")"#, 0b01000),
        (r#"type = "track" and type = "page""#, 0),
        (r#"type = "screen""#, 0),
        (r#"contains(event, "x")"#, 0b11111),
        (r#"type starts_with "t""#, 0b11111),
        (r#"event = "track""#, 0b11111),
        (r#"event != "track""#, 0b11111),
    ] {
        assert_eq!(compile(text).unwrap().event_types(), expected, "{text}");
    }
}

#[test]
fn filter_with_an_error_says_so_once() {
    let (filter, errors) = parse("foo bar 5 baz (");
    assert_eq!(filter, None);
    assert_eq!(errors.iter().filter(|error| !error.kind.is_warning()).count(), 1);
}

#[test]
fn warnings_are_limited() {
    let (filter, errors) = parse(&"type = x ".repeat(1000));
    assert!(filter.is_some());
    assert_eq!(errors.len(), 16);
}

#[test]
fn huge_filters_are_read_or_refused() {
    let huge = 100_000;
    for text in [
        "(".repeat(huge),
        ")".repeat(huge),
        "!(".repeat(huge),
        "a.".repeat(huge),
        "\\a".repeat(huge),
        "an ".repeat(huge),
        "contains(".repeat(huge),
        "\"\"".repeat(huge),
        "-".repeat(huge),
        "x".repeat(huge),
        "1".repeat(huge + 1),
        format!("event = \"{}\"", "é".repeat(huge)),
        "event = \"x\" and ".repeat(huge),
    ] {
        match compile(&text) {
            Some(filter) => assert!(!matches(&filter, &json!({ "event": 5 }))),
            None => assert!(!parse(&text).1.is_empty()),
        }
    }
    assert!(parse(&format!("event = \"{}\"", "x".repeat(huge - 1))).0.is_some());
    assert_eq!(parse(&format!("event = \"{}\"", "x".repeat(huge))).1[0].kind.code(), "filter_too_long");
}

#[test]
fn length_of_words_numbers_and_strings_is_limited() {
    let code = |operand: String| {
        let (filter, errors) = parse(&format!("event = {operand}"));
        filter.is_none().then(|| errors.last().unwrap().kind.code())
    };
    let too_long = Some("filter_too_long");
    assert_eq!((code("x".repeat(99_999)), code("x".repeat(100_000))), (None, too_long));
    assert_eq!((code("1".repeat(100_000)), code("1".repeat(100_001))), (None, too_long));
    // A character outside the basic plane counts twice, as in JavaScript.
    let string = |character: &str, count| format!("\"{}\"", character.repeat(count));
    assert_eq!((code(string("é", 99_999)), code(string("é", 100_000))), (None, too_long));
    assert_eq!((code(string("💎", 49_999)), code(string("💎", 50_000))), (None, too_long));
}

#[test]
fn any_tree_is_read_back_from_its_text() {
    let mut random = Random(42);
    for _ in 0..20_000 {
        let tree = random.filter(3);
        let text = tree.to_string();
        let (read, errors) = parse(&text);
        assert_eq!(read.as_ref(), Some(&tree), "{text}: {errors:?}");
    }
}

/// xorshift64: the same trees in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn filter(&mut self, depth: usize) -> Filter {
        let children = |random: &mut Self| (0..2 + random.below(3)).map(|_| random.filter(depth - 1)).collect();
        match self.below(4) {
            0 if depth > 0 => Filter::And(children(self)),
            1 if depth > 0 => Filter::Or(children(self)),
            _ => Filter::Condition(self.condition()),
        }
    }

    fn condition(&mut self) -> Condition {
        use Operator::*;
        let root = self.pick(&[
            Root::Type,
            Root::Event,
            Root::Name,
            Root::UserId,
            Root::Properties,
            Root::Traits,
            Root::Context,
        ]);
        let keys = if root.has_keys() { (0..1 + self.below(3)).map(|_| self.word()).collect() } else { Vec::new() };
        let operators = [
            Equal,
            NotEqual,
            Less,
            LessOrEqual,
            Greater,
            GreaterOrEqual,
            Contains,
            NotContains,
            StartsWith,
            NotStartsWith,
            EndsWith,
            NotEndsWith,
            Exists,
            NotExists,
            IsTrue,
            IsFalse,
            NumberEquals,
            NumberNotEquals,
            Match,
            NotMatch,
        ];
        // `match` is no operator, and as a function it does not take `type`.
        let operators = &operators[..if root == Root::Type { 18 } else { 20 }];
        Condition { field: Field { root, keys }, operator: self.pick(operators), operand: self.literal() }
    }

    fn literal(&mut self) -> Literal {
        match self.below(6) {
            0 => Literal::Boolean(self.below(2) == 0),
            1 => Literal::Null,
            2 => Literal::Number(self.pick(&["0", "-5", "+5", "5.50", "-", "+", "-.5", "00", "1.0"]).to_owned()),
            3 => match self.word() {
                word if matches!(word.as_str(), "true" | "false" | "null") => Literal::Null,
                word => Literal::Word(word),
            },
            4 => Literal::Text(self.pick(&["", "*", "a*", "'a\"'", "'", "💎 \n\\", "track", "a b) or (c"]).to_owned()),
            _ => Literal::Text(self.word()),
        }
    }

    /// A word that is no two: what separates keys is left out, as is what no text can hold.
    fn word(&mut self) -> String {
        let whole = ["and", "or", "null", "true", "an", "n", "o", "nul", "and-x", "contains", "type"];
        if self.below(3) == 0 {
            return self.pick(&whole).to_owned();
        }
        let characters =
            ['a', 'n', 'o', 'Z', '0', '9', '-', '_', ' ', '(', ')', '=', '!', '\\', ',', '\n', 'é', '\u{0}'];
        (0..1 + self.below(6)).map(|_| self.pick(&characters)).collect()
    }
}
