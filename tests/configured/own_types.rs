//! The configuration keys `derives`, `types` and `dependencies`.

use super::{generated, refused};

const ORDERS: &str = "fixtures/config/own-types.yaml";

#[test]
fn types_of_the_user_replace_generated_ones() {
    let config = "types: {Money: my_money::Money, '#/components/schemas/OrderId': crate::ids::OrderId}\n\
                  dependencies: {my_money: {version: '1', features: [serde]}, garde: '0.22'}\n";
    let files = generated(config, ORDERS).package.0;
    assert!(files["src/types/money.rs"].ends_with("pub type Money = my_money::Money;\n"));
    assert!(files["src/types/order_id.rs"].contains("pub type OrderId = crate::ids::OrderId;"));
    assert!(files["src/types/order.rs"].contains("pub total: Money,"));
    let types = &files["src/types/mod.rs"];
    assert!(
        !types.contains("Currency"),
        "parts of a replaced type:\n{types}"
    );
    let manifest = &files["Cargo.toml"];
    for line in [
        "\ngarde = \"0.22\"\n",
        "\nmy_money = { version = \"1\", features = [\"serde\"] }\n",
    ] {
        assert!(manifest.contains(line), "{line} in\n{manifest}");
    }
}

#[test]
fn types_derive_traits_of_the_user() {
    let files = generated("derives: [Hash, garde::Validate]\n", ORDERS)
        .package
        .0;
    let derives = "#[derive(Clone, Debug, PartialEq, Eq, Hash, garde::Validate)]";
    assert!(files["src/types/tag.rs"].contains(derives));
    assert!(files["src/types/size.rs"].contains("    #[derive(garde::Validate)]\n"));
    let files = generated("derives: {Tag: [Hash]}\n", ORDERS).package.0;
    assert!(files["src/types/tag.rs"].contains("PartialEq, Eq, Hash)]"));
    assert!(!files["src/types/order.rs"].contains("Hash"));
}

#[test]
fn unknown_types_and_invalid_paths_are_errors() {
    let configs = [
        "types: {Mony: my_money::Money}\n",
        "types: {Money: Money}\n",
        "types: {Money: 'my_money::Money<u8>'}\n",
        "derives: {Tagg: [Hash]}\n",
        "derives: {Tag: ['Hash)]']}\n",
        "derives: 3\n",
        "dependencies: {tokio: '1'}\n",
        "dependencies: {garde: 1}\n",
    ];
    let faults: Vec<String> = configs.iter().map(|it| refused(it, ORDERS)).collect();
    insta::assert_snapshot!(faults.join("\n"));
}
