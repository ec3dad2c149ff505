//! The yardstick: a crate of derived types that never changes.

use std::fmt::Write;

pub const NAME: &str = "yardstick";

pub const MANIFEST: &str = r#"[package]
name = "yardstick"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = { version = "1", features = ["derive"] }
"#;

/// The number of structs.
const STRUCTS: usize = 1000;

/// The types of a struct's eight fields; `{}` is the struct of half its number.
const MEMBERS: [(&str, &str); 8] = [
    ("identifier", "String"),
    ("display_name", "Option<String>"),
    ("created", "i64"),
    ("amount", "Option<i64>"),
    ("ratio", "Option<f64>"),
    ("is_active", "bool"),
    ("labels", "Vec<String>"),
    ("parents", "Vec<{}>"),
];

/// Returns the source of the crate.
pub fn source() -> String {
    let mut text =
        "//! Types with serde's derive.\n\nuse serde::{Deserialize, Serialize};\n".to_owned();
    for index in 0..STRUCTS {
        let _ = write!(
            text,
            "\n/// Type number {index}.\n\
             #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\n\
             #[serde(rename_all = \"camelCase\")]\n\
             pub struct Type{index} {{\n"
        );
        for (name, ty) in MEMBERS {
            let ty = ty.replace("{}", &format!("Type{}", index / 2));
            let optional = ty
                .starts_with("Option")
                .then_some("    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n");
            let _ = writeln!(
                text,
                "    /// The member `{name}`.\n{}    pub {name}: {ty},",
                optional.unwrap_or_default()
            );
        }
        text.push_str("}\n");
    }
    text
}
