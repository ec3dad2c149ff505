//! Compares files of `docs/` that are generated from types.

use std::path::Path;

/// Asserts that a file of `docs/` is up to date, or writes it if `SDKGEN_BLESS` is set. `tests` selects the tests
/// that call this, for the error message.
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
