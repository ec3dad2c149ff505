//! Changes of the command-line program, which are reported if the configuration has one.

use super::pair::surface_of;
use sdkgen::diff::{ChangeSeverity, Diff, Surface, VersionStep, report};

const CLI: &str = "out: sdk\ncli: {dir: cli, name: pets}\n";

/// A document with operations that have the usual kinds of arguments.
const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://api.example}]
security: [{key: []}]
paths:
  /me:
    get: {operationId: getMe, tags: [account], responses: {'204': {description: Done}}}
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      - {name: kind, in: query, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: Done}}
    post:
      operationId: createPet
      tags: [pets]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: {name: {type: string}, address: {type: object, properties: {city: {type: string}}}}
      responses: {'204': {description: Done}}
  /owners/{owner}/pets/{pet}:
    put:
      operationId: movePet
      tags: [pets]
      parameters:
      - {name: owner, in: path, required: true, schema: {type: string}}
      - {name: pet, in: path, required: true, schema: {type: string}}
      responses: {'204': {description: Done}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
";

fn surface(document: &str, config: &str) -> Surface {
    surface_of(document, config).unwrap()
}

/// Returns the document with a change.
fn changed(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "{from}");
    DOCUMENT.replace(from, to)
}

/// Returns the reported changes of the program, without those of the crate.
fn reported(document: &str, config: &str) -> Vec<String> {
    let diff = Diff::of(&surface(DOCUMENT, CLI), &surface(document, config));
    let lines = report::short(&diff);
    let own = lines.lines().filter(|line| {
        let path = line.split_once(": ").map_or("", |(_, path)| path);
        path.starts_with("pets ") || path.starts_with("animals")
    });
    own.map(str::to_owned).collect()
}

#[test]
fn commands_and_flags_are_compared() {
    let mut wrong = String::new();
    for (from, to, expected) in [
        (
            "operationId: createPet",
            "operationId: addPet",
            &["breaking: pets pets create was renamed to `pets add`"][..],
        ),
        (
            "  /me:\n    get: {operationId: getMe, tags: [account], responses: {'204': {description: Done}}}\n",
            "",
            &[
                "breaking: pets whoami was removed",
                "breaking: pets account get was removed",
            ],
        ),
        (
            "  /pets:\n",
            "  /pets/count:\n    get: {operationId: countPets, tags: [pets], responses: {'204': {description: Done}}}\n  /pets:\n",
            &["compatible: pets pets count was added"],
        ),
        (
            "{name: limit, in: query, schema",
            "{name: page_size, in: query, schema",
            &[
                "breaking: pets pets list --limit was removed",
                "compatible: pets pets list --page-size was added",
            ],
        ),
        (
            "{name: limit, in: query, schema: {type: integer}}",
            "{name: limit, in: query, required: true, schema: {type: integer}}",
            &["breaking: pets pets list <LIMIT> replaces the flag `--limit`"],
        ),
        (
            "schema: {type: integer}",
            "schema: {type: string}",
            &["compatible: pets pets list --limit takes text instead of an integer"],
        ),
        (
            "schema: {type: array, items: {type: string}}",
            "schema: {type: string}",
            &["breaking: pets pets list --kind can no longer be repeated"],
        ),
        (
            "required: [name]",
            "required: [name, address]",
            // The flags of its properties set the object.
            &[],
        ),
        (
            "properties: {name: {type: string}, ",
            "properties: {name: {type: string}, tag: {type: string}, ",
            &["compatible: pets pets create --tag was added"],
        ),
        (
            "required: [name]\n              properties: {",
            "required: [name, tag]\n              properties: {tag: {type: string}, ",
            &["breaking: pets pets create --tag was added and is required"],
        ),
        (
            "{city: {type: string}}",
            "{town: {type: string}}",
            &[
                "breaking: pets pets create --address.city was removed",
                "compatible: pets pets create --address.town was added",
            ],
        ),
        (
            "required: [name]",
            "required: []",
            &["compatible: pets pets create --name is now optional"],
        ),
        (
            "/owners/{owner}/pets/{pet}",
            "/pets/{pet}/owners/{owner}",
            &["silent: pets pets move has its path parameters at other positions"],
        ),
        // Nobody types the names of arguments.
        (
            "/owners/{owner}/pets/{pet}:\n    put:\n      operationId: movePet\n      tags: [pets]\n      parameters:\n      - {name: owner,",
            "/owners/{person}/pets/{pet}:\n    put:\n      operationId: movePet\n      tags: [pets]\n      parameters:\n      - {name: person,",
            &[],
        ),
        (
            "{name: owner, in: path, required: true, schema: {type: string}}",
            "{name: owner, in: path, required: true, schema: {type: integer}}",
            &["breaking: pets pets move <OWNER> takes an integer instead of text"],
        ),
    ] {
        let reported = reported(&changed(from, to), CLI);
        if reported != expected {
            wrong += &format!("{from} -> {to}: {reported:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_configuration_changes_commands_too() {
    let confirm = "out: sdk\ncli: {dir: cli, name: pets, confirm: [createPet]}\n";
    assert_eq!(
        reported(DOCUMENT, confirm),
        ["breaking: pets pets create --yes is now required"]
    );
    let named = "out: sdk\ncli: {dir: cli, name: animals}\n";
    let diff = Diff::of(&surface(DOCUMENT, CLI), &surface(DOCUMENT, named));
    assert_eq!(
        report::short(&diff),
        "breaking: pets was renamed to `animals`\n"
    );
    let crate_only = surface(DOCUMENT, "out: sdk\n");
    let diff = Diff::of(&surface(DOCUMENT, CLI), &crate_only);
    assert_eq!(report::short(&diff), "breaking: pets was removed\n");
    let diff = Diff::of(&crate_only, &surface(DOCUMENT, CLI));
    assert_eq!(report::short(&diff), "compatible: pets was added\n");
    assert_eq!(diff.steps(), (VersionStep::Patch, VersionStep::Minor));
}

#[test]
fn programs_are_compared_only_where_both_have_one() {
    let new = changed("operationId: createPet", "operationId: addPet");
    let diff = |config: &str| Diff::of(&surface(DOCUMENT, config), &surface(&new, config));
    let (with, without) = (diff(CLI), diff("out: sdk\n"));
    assert_eq!(
        with.count(ChangeSeverity::Breaking),
        without.count(ChangeSeverity::Breaking) + 1
    );
    assert_eq!(with.steps(), (VersionStep::Minor, VersionStep::Major));
    let same = Diff::of(&surface(DOCUMENT, CLI), &surface(DOCUMENT, CLI));
    assert_eq!(same, Diff::default());
}
