//! Keeps `listed.rs` complete.

use std::fs;
use std::path::Path;

const FOLDERS: [&str; 7] =
    ["filter", "mapping", "actions", "settings", "cloud/fields", "cloud/events", "cloud/settings"];

#[test]
fn every_fixture_is_listed_for_the_browser() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut list =
        String::from("// Written by the host's test of tests/wasm/main.rs. It is read as one expression.\n[\n");
    for folder in FOLDERS {
        let files = fs::read_dir(tests.join("fixtures").join(folder)).unwrap();
        let mut names: Vec<String> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert!(names.len() > 10, "{folder}");
        for name in names {
            list.push_str(&format!("    fixture!(\"{folder}/{name}\"),\n"));
        }
    }
    list.push_str("]\n");
    let path = tests.join("wasm").join("listed.rs");
    if fs::read_to_string(&path).unwrap_or_default() != list {
        fs::write(&path, list).unwrap();
        panic!("tests/wasm/listed.rs was not up to date and is now: commit it");
    }
}
