//! Embeds the built-in templates and the files that are copied unchanged.

// The build script lists both: `TEMPLATES` and `COPIED`, texts by name, which is the path below `templates/`.
include!(concat!(env!("OUT_DIR"), "/templates.rs"));

macro_rules! placed {
    ($(#[$doc:meta])* $name:ident, below $folder:literal: $($to:literal from $from:literal),* $(,)?) => {
        $(#[$doc])*
        pub const $name: &[(&str, &str, &str)] = &[$((
            $to,
            concat!($folder, $from),
            include_str!(concat!("../../templates/", $folder, $from)),
        )),*];
    };
}

placed![
    /// Files of a new repository: path, name of the template and text.
    REPOSITORY, below "init/":
    ".github/workflows/ci.yml" from ".github/workflows/ci.yml.j2",
    ".github/workflows/publish.yml" from ".github/workflows/publish.yml.j2",
    ".github/workflows/regenerate.yml" from ".github/workflows/regenerate.yml.j2",
    ".gitignore" from "gitignore.j2",
    "CHANGELOG.md" from "CHANGELOG.md.j2",
    "Cargo.toml" from "Cargo.toml.j2",
    "README.md" from "README.md.j2",
    "spec/sdkgen.yaml" from "spec/sdkgen.yaml.j2",
];
