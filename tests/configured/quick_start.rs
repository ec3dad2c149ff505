//! The configuration key `quick_start`.

use super::{generated, refused};

const STORE: &str = "fixtures/swagger/store.yaml";

#[test]
fn the_configured_operation_is_shown() {
    let shown = |config: &str| {
        let files = generated(config, STORE).package.0;
        let (_, rest) = files["README.md"].split_once("## Quick start").unwrap();
        rest.split_once("println!").unwrap().0.to_owned()
    };
    let default = shown("");
    assert!(default.contains(".orders()"), "{default}");
    for name in ["listItems", "GET /items/{shelf}"] {
        let configured = shown(&format!("quick_start: {name}\n"));
        assert!(
            configured.contains(".items()") && configured.contains(".list("),
            "{configured}"
        );
    }
}

#[test]
fn an_unknown_operation_is_an_error() {
    insta::assert_snapshot!(refused("quick_start: lstItems\n", STORE));
}
