//! Runs the examples of `docs/`, and sees that no error code and no directive is missing there.
//!
//! - In `mappings.md`, `migrating.md` and `troubleshooting.md` each `json` block is one example: `mapping` with `event` and `result` or `failure`, and `error` or
//!   `warning` for what is said at load; without an `event` the mapping must be refused. Or it has a
//!   `subscription`, an `event` and the `calls` that come of it.
//! - In `filters.md` each `filter` block is one: the filter, then lines that start with `+ ` for an event that matches, `- ` for
//!   one that does not, and `! ` for what is said at load.
//!
//! The host has no Liquid: tests/js/docs.test.mjs renders those examples.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::error::ErrorKind;
use intercom_destination::filter::{self, Matcher};
use intercom_destination::mapping::{self, Directive};
use intercom_destination::name::Name;
use intercom_destination::value::json::Json;
use intercom_destination::web::actions::Action;
use intercom_destination::web::destination::Destination;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fenced blocks of a language, each with the number of its first line.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, bool, String)> = None;
    for (number, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => {
                let (start, wanted, block) = open.take().unwrap();
                if wanted {
                    blocks.push((start, block));
                }
            }
            (Some(tag), None) => open = Some((number + 2, tag == language, String::new())),
            (None, Some((_, _, block))) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block does not end");
    blocks
}

#[test]
fn examples_of_the_mapping_language_do_what_they_say() {
    let text = read("docs/mappings.md");
    let examples = blocks(&text, "json");
    assert!(examples.len() > 20, "only {} examples", examples.len());
    run("mappings.md", &examples);
    for page in ["migrating.md", "troubleshooting.md"] {
        run(page, &blocks(&read(&format!("docs/{page}")), "json"));
    }
    // Every directive there is has a section and an example.
    let directives = Directive::ALL.iter().map(|directive| directive.text());
    for name in directives.chain([Name::Root.text()]) {
        assert!(text.contains(&format!("## `{name}`")), "mappings.md has no section for {name}");
        let key = format!("\"{name}\":");
        assert!(examples.iter().any(|(_, example)| example.contains(&key)), "mappings.md has no example of {name}");
    }
}

#[test]
fn every_directive_is_in_each_list_of_them() {
    for path in ["src/mapping/mod.rs", "www/completions.js", "fuzz/fuzz_targets/resolver.rs"] {
        let text = read(path);
        for directive in Directive::ALL {
            let name = directive.text();
            let is_listed = ['`', '"'].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")));
            assert!(is_listed, "{path} does not list {name}");
        }
    }
}

fn calls(subscription: &Value, event: &Value) -> Value {
    let (destination, errors) =
        Destination::new(&Json::from(json!({ "appId": "abc123", "subscriptions": [subscription] })));
    assert_eq!(errors, []);
    let action = Action::from_text(subscription["partnerAction"].as_str().unwrap()).unwrap();
    let (calls, errors) = destination.unwrap().handle(action, &Json::from(event.clone()));
    assert_eq!(errors, []);
    calls.iter().map(|call| call.words().to_serde().unwrap()).collect()
}

fn run(page: &str, examples: &[(usize, String)]) {
    for (line, example) in examples {
        let example: Value = serde_json::from_str(example).unwrap_or_else(|error| panic!("{page}:{line}: {error}"));
        if let Some(subscription) = example.get("subscription") {
            assert_eq!(calls(subscription, &example["event"]), example["calls"], "{page}:{line}");
            continue;
        }
        let mut errors = Vec::new();
        let mapping = mapping::compile(&Json::from(example["mapping"].clone()), &mut errors);
        let said: Vec<Value> = errors.iter().map(|error| json!(error.to_string())).collect();
        let expected: Vec<Value> = ["error", "warning"].iter().filter_map(|key| example.get(*key)).cloned().collect();
        assert_eq!(said, expected, "{page}:{line}");
        let Some(event) = example.get("event") else {
            assert!(mapping.is_none(), "{page}:{line} can be used, but has no event");
            continue;
        };
        let mapping = mapping.unwrap_or_else(|| panic!("{page}:{line} is refused"));
        let (result, failure) = match mapping.resolve(&Json::from(event.clone())) {
            Ok(tree) => (tree.into_value().to_serde(), None),
            Err(error) => (None, Some(json!(error.to_string()))),
        };
        if mapping.uses_liquid() {
            assert!(example.get("result").is_some(), "{page}:{line} has no result");
            continue;
        }
        assert_eq!(result.as_ref(), example.get("result"), "{page}:{line}");
        assert_eq!(failure.as_ref(), example.get("failure"), "{page}:{line}");
    }
}

#[test]
fn examples_of_the_filter_language_do_what_they_say() {
    let text = read("docs/filters.md");
    let examples = blocks(&text, "filter");
    assert!(examples.len() > 15, "only {} examples", examples.len());
    for (line, example) in examples {
        let mut filter = String::new();
        let mut cases = Vec::new();
        let mut said = Vec::new();
        for text in example.lines() {
            let json = |text| serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            match text.split_at_checked(2) {
                Some(("+ ", event)) => cases.push((json(event), true)),
                Some(("- ", event)) => cases.push((json(event), false)),
                Some(("! ", sentence)) => said.push(sentence.to_owned()),
                _ => filter.push_str(&format!("{text}\n")),
            }
        }
        let mut errors = Vec::new();
        let matcher: Option<Matcher<Json>> = filter::compile(filter.trim_end(), &mut errors);
        assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), said, "filters.md:{line}");
        assert_eq!(matcher.is_none(), cases.is_empty(), "filters.md:{line}");
        let Some(matcher) = matcher else { continue };
        for (event, expected) in cases {
            assert_eq!(matcher.matches(&Json::from(event.clone())), expected, "filters.md:{line}: {event}");
        }
    }
}

/// A code, whether it is a fault or a warning where that is known, and the texts its sentence is made of.
type Documented = (String, Option<String>, Vec<String>);

/// The rows of the table in src/error.rs.
fn kinds() -> Vec<Documented> {
    let row = |kind: &ErrorKind| {
        let severity = if kind.is_warning() { "warning" } else { "fault" };
        (kind.code().to_owned(), Some(severity.to_owned()), vec![kind.expected().to_owned()])
    };
    ErrorKind::ALL.iter().map(row).collect()
}

/// The JavaScript files in a folder and the folders in it.
fn scripts(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(scripts(path.to_str().unwrap()));
        } else if path.extension().is_some_and(|extension| extension == "js") {
            found.push(path);
        }
    }
    found
}

/// The rows of `js/web/sentences.js`: a code, and the texts between what is filled in.
fn page_sentences() -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/web/sentences.js");
    let text = fs::read_to_string(path).unwrap().replace("[\n    \"", "[\"").replace(",\n    \"", ", \"");
    let mut rows = Vec::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("  [\"")) {
        let (code, sentence) = row.split_once("\", ").unwrap();
        let sentence = sentence.trim_end_matches([']', ',']).trim_matches(['"', '\'']).replace("\\'", "'");
        let texts = sentence.split('%').map(|text| text.trim_matches('"').trim().to_owned());
        rows.push((code.to_owned(), texts.filter(|text| text.len() > 1).collect()));
    }
    rows
}

/// Every `report("code", "sentence")` and `failure("code", "sentence")` of the shell, and `fault` and `warning` of the tools.
fn reports() -> Vec<Documented> {
    let mut reports = Vec::new();
    let sentences = page_sentences();
    let mut paths = scripts("js");
    paths.extend(scripts("cli"));
    paths.extend(scripts("hosts/receiver"));
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for call in ["report(", "failure(", "raised(", "fault(", "warning("] {
            for after in text.split(call).skip(1) {
                let Some(rest) = after.trim_start().strip_prefix('"') else { continue };
                let (code, rest) = rest.split_once('"').unwrap();
                let rest = rest.trim_start().trim_start_matches(',').trim_start();
                let mut characters = rest.trim_start_matches([')', ';']).chars();
                let quote = characters.next().unwrap();
                if !"'\"`".contains(quote) {
                    // The tools' sentences may be made elsewhere.
                    let is_made = ["fault(", "warning("].contains(&call) || sentences.iter().any(|(of, _)| of == code);
                    assert!(is_made, "{}: {code} has no sentence", path.display());
                    reports.push((code.to_owned(), None, Vec::new()));
                    continue;
                }
                // What is filled in stands between the texts.
                let mut sentence = String::new();
                let mut depth = 0;
                for character in characters {
                    match character {
                        '{' if sentence.ends_with('$') => {
                            sentence.pop();
                            sentence.push('\n');
                            depth = 1;
                        }
                        '}' if depth > 0 => depth = 0,
                        _ if depth > 0 => {}
                        _ if character == quote => break,
                        _ => sentence.push(character),
                    }
                }
                let texts = sentence.lines().map(|text| text.trim().to_owned()).filter(|text| text.len() > 1).collect();
                reports.push((code.to_owned(), None, texts));
            }
        }
    }
    assert!(reports.len() > 12, "only {} reports", reports.len());
    for (code, texts) in sentences {
        reports.push((code, None, texts));
    }
    reports
}

#[test]
fn every_error_code_is_documented() {
    let text = read("docs/errors.md");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut known = kinds();
    known.extend(reports());
    for (code, severity, texts) in &known {
        let name = format!("`{code}`");
        let Some(row) = rows.iter().find(|row| row[0] == name) else { panic!("errors.md has no row for {code}") };
        assert_eq!(row.len(), 4, "{code}");
        if let Some(severity) = severity {
            assert_eq!(row[1], severity, "{code}");
        }
        for part in texts {
            assert!(row[2].contains(part.as_str()), "errors.md: the sentence of {code} has no {part:?}");
        }
        assert!(row[3].len() > 20, "errors.md says nothing about {code}");
    }
    // Rows of a mode that this build does not have are not known here.
    for row in rows.iter().filter(|_| cfg!(all(feature = "web", feature = "cloud"))) {
        let code = row[0].trim_matches('`');
        assert!(known.iter().any(|(name, ..)| name == code), "errors.md has {code}, which nothing reports");
    }
}

#[test]
fn every_difference_of_the_double_is_in_the_architecture() {
    let text = read("docs/architecture.md");
    let differences: Vec<Value> = serde_json::from_str(&read("tests/fixture/double.json")).unwrap();
    for difference in &differences {
        let operation = difference["operation"].as_str().unwrap();
        assert!(text.contains(&format!("\n| `{operation}` | ")), "architecture.md has no row for {operation}");
    }
}

#[test]
fn links_lead_somewhere() {
    let mut pages = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for page in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).unwrap() {
        pages.push(format!("docs/{}", page.unwrap().file_name().to_string_lossy()));
    }
    let headings = |text: &str| -> Vec<String> {
        let slug = |heading: &str| -> String {
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.collect::<String>().to_lowercase().replace(' ', "-")
        };
        text.lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| slug(line.trim_start_matches('#').trim()))
            .collect()
    };
    for page in pages {
        let folder = Path::new(&page).parent().unwrap().to_owned();
        for target in read(&page).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page.clone() } else { folder.join(file).to_string_lossy().into_owned() };
            let found = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
            assert!(found.exists(), "{page} links to {target}");
            if !anchor.is_empty() {
                assert!(headings(&read(&file)).iter().any(|heading| heading == anchor), "{page} links to {target}");
            }
        }
    }
}

/// Settings that only JavaScript knows.
#[cfg(feature = "cloud")]
const OF_JAVASCRIPT: [&str; 6] = ["accessToken", "fetch", "clock", "cache", "onError", "onRequest"];

#[cfg(feature = "cloud")]
#[test]
fn every_code_setting_and_field_of_cloud_mode_is_in_its_page() {
    use intercom_destination::cloud::actions::Action;
    use intercom_destination::cloud::code::CODES;
    use intercom_destination::cloud::destination::Destination;
    let page = read("docs/cloud.md");
    for code in CODES {
        let row = format!("| `{}` | ", code.code);
        let line =
            page.lines().find(|line| line.starts_with(&row)).unwrap_or_else(|| panic!("{} is missing", code.code));
        assert!(line.ends_with(&format!("| {} |", code.sentence)), "{}", code.code);
    }
    for action in Action::ALL {
        let keys: Vec<String> = action.fields().iter().map(|field| format!("`{}`", field.key)).collect();
        assert!(page.contains(&format!("| `{}` | {} |", action.key(), keys.join(", "))), "{}", action.key());
    }
    let section = page.split("## Settings").nth(1).unwrap().split("\n## ").next().unwrap();
    let named: Vec<&str> = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(named.len() > 15);
    for key in named.iter().filter(|key| !OF_JAVASCRIPT.contains(key)) {
        // A value that no setting takes: a key that is known is refused for its type.
        let (_, errors) = Destination::new(&Json::from(json!({ *key: { "a": 1 } })));
        assert_ne!(errors[0].kind, ErrorKind::CloudSettingUnknown, "{key}");
    }
}
