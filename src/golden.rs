//! Files of `docs/` that are made of the types.

use std::path::Path;

/// Compares a file of `docs/` with what it is to be, or writes it where `SDKGEN_BLESS` is set. `tests`
/// selects the tests that do so.
pub fn agrees(name: &str, text: &str, tests: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("SDKGEN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "docs/{name} is stale: run SDKGEN_BLESS=1 cargo test --lib {tests}"
    );
}
