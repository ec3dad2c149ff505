//! `names`: names that override those derived from the document.

use super::check::Fault;
use super::settings::place::Places;
use crate::filter::operations::item;
use crate::ir::{ConfigPosition, ConfiguredName, ConfiguredNames, NameOverrides};
use crate::naming::{IdentCase, words::words};
use indexmap::IndexMap;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NamesFile {
    /// Resource modules and the client's methods for them, by tag. For operations without tags: by the path prefix
    /// that the resource is named after.
    #[serde(default)]
    tags: IndexMap<String, String>,
    /// Replacement `operationId`s, by `operationId` or `METHOD /path`. Names of methods, builders and inline types
    /// are derived from them.
    #[serde(default)]
    ids: IndexMap<String, String>,
    /// Methods, by `operationId` or `METHOD /path`.
    #[serde(default)]
    operations: IndexMap<String, String>,
    /// Parameters of operations: `listPets.limit` or `GET /pets.limit`.
    #[serde(default)]
    parameters: IndexMap<String, String>,
    /// Types, by component name or JSON Pointer: `Pet` or `#/components/schemas/Pet`.
    #[serde(default)]
    types: IndexMap<String, String>,
    /// Fields and variants, by type and property or value: `Pet.name`.
    #[serde(default)]
    members: IndexMap<String, String>,
}

/// Returns the name overrides.
pub fn overrides(file: NamesFile, places: &Places<'_>) -> Result<NameOverrides, Fault> {
    let (snake, pascal) = (IdentCase::Snake, IdentCase::Pascal);
    let section = |key: &str, names: IndexMap<String, String>, cases: &[IdentCase]| {
        let mut overrides = ConfiguredNames::default();
        for (of, name) in names {
            let steps = vec!["names".to_owned(), key.to_owned(), of.clone()];
            if !cases.is_empty() && !cases.iter().any(|case| case.fits(&name)) {
                return Err((steps, refused(&name, cases[0])));
            }
            let (at, key) = (
                ConfigPosition(places.value(&steps)),
                ConfigPosition(places.key(&steps)),
            );
            overrides.insert(of, ConfiguredName { at, key, name });
        }
        Ok(overrides)
    };
    Ok(NameOverrides {
        groups: section("tags", file.tags, &[snake])?,
        // Any text can be an id, because names are derived from it.
        ids: section("ids", file.ids, &[])?,
        operations: section("operations", file.operations, &[snake])?,
        parameters: section("parameters", file.parameters, &[snake])?,
        types: section("types", file.types, &[pascal])?,
        members: section("members", file.members, &[snake, pascal])?,
    })
}

/// Returns the items of a list with their positions.
pub fn listed(key: &str, names: Vec<String>, places: &Places<'_>) -> Vec<ConfiguredName> {
    let configured = |(index, name): (usize, String)| {
        let at = ConfigPosition(places.value(&item(&[key], index)));
        let key = at.clone();
        ConfiguredName { at, key, name }
    };
    names.into_iter().enumerate().map(configured).collect()
}

/// Returns the name that a key of the file has as its value.
pub fn value(key: &str, name: Option<String>, places: &Places<'_>) -> Option<ConfiguredName> {
    let at = ConfigPosition(places.value(&[key.to_owned()]));
    let key = at.clone();
    name.map(|name| ConfiguredName { at, key, name })
}

fn refused(name: &str, case: IdentCase) -> String {
    let what = match case {
        IdentCase::Pascal => "type",
        _ => "module, method or field",
    };
    let ident = case.ident(&words(name));
    format!("`{name}` is not a valid name of a {what} in Rust; use `{ident}`")
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use crate::diag::{Line, Location};
    use crate::ir::{ConfigPosition, ConfiguredName, NameOverrides};
    use std::path::Path;

    fn overrides(text: &str) -> Result<NameOverrides, String> {
        let text = format!("spec: a.yaml\nnames:\n  {text}\n");
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, Overrides::default());
        let settings = settings.map_err(|fault| fault.to_string())?;
        Ok(settings.job().options.name_overrides.clone())
    }

    #[test]
    fn names_are_parsed_with_positions() {
        let read = overrides("operations: {GET /pets: list_all}").unwrap();
        let at = |column| {
            ConfigPosition(Location::Line(Line {
                path: "sdkgen.yaml".to_owned(),
                number: 3,
                column,
                text: "  operations: {GET /pets: list_all}".to_owned(),
            }))
        };
        let expected = ConfiguredName {
            at: at(27),
            key: at(16),
            name: "list_all".to_owned(),
        };
        assert_eq!(read.operations["GET /pets"], expected);
        assert!(overrides("members: {Pet.name: label, Color.red: Red}").is_ok());
    }

    #[test]
    fn invalid_names_are_reported_with_position() {
        for (text, fault) in [
            (
                "tags: {pets: my-pets}",
                "3:16: `my-pets` is not a valid name of a module, method or field in Rust; use `my_pets`",
            ),
            (
                "operations: {listPets: listAll}",
                "3:26: `listAll` is not a valid name of a module, method or field in Rust; use `list_all`",
            ),
            (
                "types: {Pet: house_pet}",
                "3:16: `house_pet` is not a valid name of a type in Rust; use `HousePet`",
            ),
            (
                "members: {Pet.type: type}",
                "3:23: `type` is not a valid name of a module, method or field in Rust; use `type_`",
            ),
            (
                "tag: {}",
                "3:3: unknown key `tag` in `names`; did you mean `tags`? (known: tags, ids, operations, parameters, types, members)",
            ),
        ] {
            assert_eq!(overrides(text).unwrap_err(), format!("sdkgen.yaml:{fault}"));
        }
    }

    #[test]
    fn the_guide_shows_names_that_can_be_read() {
        let guide = include_str!("../../docs/guide/src/naming.md");
        let (_, rest) = guide.split_once("```yaml config\nnames:\n").unwrap();
        let (names, _) = rest.split_once("```").unwrap();
        let text = format!("spec: a.yaml\nnames:\n{names}");
        let settings = Settings::from_file(Path::new("x.yaml"), &text, Overrides::default());
        assert_eq!(
            settings.unwrap().job().options.name_overrides.members.len(),
            2
        );
    }
}
