//! How laws are tried on drawn cases.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::FileFailurePersistence;

/// So many cases, unless `PROPTEST_CASES` says how many. Seeds of those that fail are kept in `laws.seeds` of that folder of `tests/`.
pub fn cases(folder: &str, few: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { few };
    let seeds = format!("{}/tests/{folder}/laws.seeds", env!("CARGO_MANIFEST_DIR"));
    let failure_persistence = Some(Box::new(FileFailurePersistence::Direct(seeds.leak())) as _);
    ProptestConfig { cases, failure_persistence, ..given }
}
