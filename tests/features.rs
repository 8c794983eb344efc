//! A row of `src/name.rs` or `src/error.rs` is in a build only where that build uses it.
//!
//! tests/js/features.test.mjs looks at the same in the wasm that sites run.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::error::ErrorKind;
use intercom_destination::name::Name;
use std::fs;
use std::path::Path;

/// The sources of this build, without the tables themselves.
fn sources() -> String {
    let mut text = String::new();
    add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    text
}

fn add(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match name.as_str() {
            "cloud" if !cfg!(feature = "cloud") => {}
            "web" if !cfg!(feature = "web") => {}
            // Tools, whose needs are no reason for a row.
            "inspect" | "inspect.rs" | "oracle.rs" | "name.rs" | "error.rs" => {}
            _ if path.is_dir() => add(&path, text),
            _ if name.ends_with(".rs") => text.push_str(&fs::read_to_string(&path).unwrap()),
            _ => {}
        }
    }
}

/// The words that follow `prefix` anywhere in the text.
fn named(text: &str, prefix: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.split(prefix).skip(1).map(|rest| rest.chars().take_while(|c| is_part(*c)).collect()).collect()
}

#[test]
fn every_name_of_this_build_is_used_in_it() {
    let used = named(&sources(), "Name::");
    let idle: Vec<_> = Name::ALL.iter().filter(|name| !used.contains(&format!("{name:?}"))).collect();
    assert!(idle.is_empty(), "behind a feature, or gone: {idle:?}");
}

#[test]
fn every_kind_of_error_of_this_build_is_used_in_it() {
    let used = named(&sources(), "ErrorKind::");
    let idle: Vec<_> = ErrorKind::ALL.iter().filter(|kind| !used.contains(&format!("{kind:?}"))).collect();
    assert!(idle.is_empty(), "behind a feature, or gone: {idle:?}");
}
