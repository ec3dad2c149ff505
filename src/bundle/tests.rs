mod addresses;

use super::{Bundle, bundle};
use crate::diag::Diagnostics;
use crate::load::from_texts;

/// Bundles some files, the first of which is the root. Returns the bundle and the codes of its diagnostics.
fn bundled(files: &[(&str, &str)]) -> (Bundle, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::default();
    let loaded = from_texts(files, &mut diagnostics).unwrap();
    let made = bundle(&loaded, None, &mut diagnostics).unwrap();
    let codes = diagnostics.iter().map(|found| found.code).collect();
    (made, codes)
}

/// Returns the text of a bundle, which must keep the root's layout and have no diagnostics.
fn edited(files: &[(&str, &str)]) -> String {
    let (made, codes) = bundled(files);
    assert_eq!(codes, [""; 0], "{}", made.text);
    assert!(made.is_edited, "{}", made.text);
    made.text
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/// Returns a root document with these lines.
fn root(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

#[test]
fn referenced_schemas_become_components_with_comments() {
    let api = root(
        "# What there is.\npaths:\n  /pets: # all of them\n    get:\n      responses:\n        '200':\n          description: OK\n          content:\n            application/json:\n              schema: {$ref: 'pet.yaml'} # a pet\n",
    );
    let pet = "# A pet.\ntype: object\nproperties:\n    # In full.\n    name: {type: string}\n    tag:\n        $ref: 'common.yaml#/Tag'\n# The end.\n";
    let common = "Other: {type: string}\n# How it is\n# called.\nTag:\n  type: string # short\n";
    let expected = api.replace("'pet.yaml'", "'#/components/schemas/pet'")
        + "components:\n  schemas:\n    pet:\n      # A pet.\n      type: object\n      properties:\n          # In full.\n          name: {type: string}\n          tag:\n              $ref: '#/components/schemas/Tag'\n      # The end.\n    # How it is\n    # called.\n    Tag:\n      type: string # short\n";
    let files = [
        ("api.yaml", &*api),
        ("pet.yaml", pet),
        ("common.yaml", common),
    ];
    assert_eq!(edited(&files), expected);
}

#[test]
fn path_items_are_inlined() {
    let api = root(
        "paths:\n  /pets:\n    # See there.\n    $ref: paths/pets.yaml # the pets\n  /toys: {$ref: 'paths/pets.yaml'}\n",
    );
    let pets = "get:\n  parameters:\n    - $ref: '../limit.yaml'\n  responses:\n    '204': {description: Done.}\n";
    let limit = "name: limit\nin: query\nschema: {type: integer}\n";
    let files = [
        ("api.yaml", &*api),
        ("paths/pets.yaml", pets),
        ("limit.yaml", limit),
    ];
    let item = |column| {
        let pets = pets.replace("../limit.yaml", "#/components/parameters/limit");
        let lines = pets.lines().map(|line| format!("{:column$}{line}\n", ""));
        lines.collect::<String>()
    };
    let expected = root("paths:\n  /pets:\n    # See there.\n    # the pets\n")
        + &item(4)
        + "  /toys:\n"
        + &item(4)
        + "components:\n  parameters:\n    limit:\n      name: limit\n      in: query\n      schema: {type: integer}\n";
    assert_eq!(edited(&files), expected);
}

#[test]
fn root_components_that_are_references_keep_their_name() {
    let api = root(
        "components:\n  schemas:\n    Pet:\n      $ref: 'pet.yaml'\n    Animal: {$ref: 'pet.yaml'}\n    Own: {type: string}\n  examples: {}\n",
    );
    let pet = "type: object\nproperties:\n  parent: {$ref: 'pet.yaml'}\n  own: {$ref: 'api.yaml#/components/schemas/Own'}\n";
    let expected = root(
        "components:\n  schemas:\n    Pet:\n      type: object\n      properties:\n        parent: {$ref: '#/components/schemas/Pet'}\n        own: {$ref: '#/components/schemas/Own'}\n    Animal: {$ref: '#/components/schemas/Pet'}\n    Own: {type: string}\n  examples: {}\n",
    );
    assert_eq!(edited(&[("api.yaml", &api), ("pet.yaml", pet)]), expected);
}

#[test]
fn name_conflicts_are_resolved_by_file_folder_and_number() {
    let all = [
        "a/pet.yaml",
        "b/pet.yaml",
        "c/x.yaml#/Pet",
        "d/x.yaml#/Pet",
        "e/x.yaml#/Pet",
        "f/é.yaml",
        "g/404.yaml",
    ];
    let members = all.iter().enumerate();
    let members = members.map(|(index, file)| format!("        m{index}: {{$ref: '{file}'}}\n"));
    let api = root(&format!(
        "components:\n  schemas:\n    Pet:\n      type: object\n      properties:\n{}    pet: {{type: string}}\n",
        members.collect::<String>()
    ));
    let mut files = vec![("api.yaml", &*api)];
    let own = |file: &&'static str| match file.split_once('#') {
        Some((path, _)) => (path, "Pet: {type: integer}\n"),
        None => (*file, "type: integer\n"),
    };
    files.extend(all.iter().map(own));
    let text = edited(&files);
    let names: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("schemas/"))
        .map(|(_, name)| name.trim_end_matches("'}"))
        .collect();
    assert_eq!(
        names,
        [
            "a_pet",
            "b_pet",
            "x_Pet",
            "d_Pet",
            "e_Pet",
            "Component",
            "404"
        ]
    );
    assert!(
        text.contains("\n    '404':\n"),
        "a name that looks like a number is quoted: {text}"
    );
}

#[test]
fn references_to_parts_reuse_components() {
    let api = root(
        "components:\n  schemas:\n    A: {$ref: 'pet.yaml#/properties/id'}\n    Pet: {$ref: 'pet.yaml'}\n    B:\n      type: array\n      items: {$ref: 'pet.yaml#/properties/tag'}\n    C:\n      type: array\n      items: {$ref: '#/components/schemas/Pet/properties/tag'}\n",
    );
    let pet = "properties:\n  id: {type: string}\n  tag:\n    items: {$ref: '#/properties/id'}\n";
    let text = edited(&[("api.yaml", &api), ("pet.yaml", pet)]);
    assert_eq!(
        text.matches("#/components/schemas/Pet/properties/tag")
            .count(),
        2
    );
    assert!(!text.contains("pet.yaml"), "{text}");
}

#[test]
fn cyclic_files_terminate() {
    let api =
        root("paths:\n  /a: {$ref: 'a.yaml'}\ncomponents:\n  schemas:\n    S: {$ref: 's.yaml'}\n");
    let a = "get:\n  callbacks:\n    done:\n      '{$request.query.url}': {$ref: 'a.yaml'}\n  responses:\n    '200': {$ref: 'r.yaml'}\n";
    let r = "description: OK\ncontent:\n  application/json:\n    schema: {$ref: 's.yaml'}\nlinks:\n  again: {operationRef: 'a.yaml#/get'}\n";
    let s = "properties:\n  next: {$ref: 't.yaml'}\n";
    let t = "properties:\n  back: {$ref: 's.yaml'}\n  self: {$ref: '#'}\n";
    let files = [
        ("api.yaml", &*api),
        ("a.yaml", a),
        ("r.yaml", r),
        ("s.yaml", s),
        ("t.yaml", t),
    ];
    let text = edited(&files);
    for expected in [
        "'{$request.query.url}': {$ref: '#/paths/~1a'}",
        "operationRef: '#/paths/~1a/get'",
        "back: {$ref: '#/components/schemas/S'}",
        "self: {$ref: '#/components/schemas/t'}",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn plain_data_is_copied_to_each_reference() {
    let api = root(
        "x-a: {one: [{$ref: 'data.json'}]}\nx-b:\n  - $ref: data.json\n  - text: {$ref: 'texts.yaml#/long'}\nx-c:\n  $ref: 'texts.yaml#/list'\n",
    );
    let data = r#"{"a": ["b: c", 1.5, null], "again": {"$ref": "data.json"}}"#;
    let texts = "long: |\n  One line.\n\n  Another.\nlist:\n- 1\n- 2\n";
    let text = edited(&[
        ("api.yaml", &api),
        ("data.json", data),
        ("texts.yaml", texts),
    ]);
    let expected = root(
        "x-a: {one: [{\"a\":[\"b: c\",1.5,null],\"again\":{\"$ref\":\"#/x-a/one/0\"}}]}\nx-b:\n  - a:\n    - 'b: c'\n    - 1.5\n    - null\n    again:\n      $ref: '#/x-a/one/0'\n  - text: |\n      One line.\n\n      Another.\nx-c:\n  - 1\n  - 2\n",
    );
    assert_eq!(text, expected);
}

#[test]
fn discriminator_mappings_are_rewritten() {
    let api = root(
        "components:\n  schemas:\n    Pet:\n      oneOf: [{$ref: 'cat.yaml'}, {$ref: 'dog.yaml'}]\n      discriminator:\n        propertyName: kind\n        mapping:\n          cat: cat.yaml\n          dog: './dog.yaml'\n          own: Own\n          also: '#/components/schemas/Own'\n    Own: {type: object}\n",
    );
    let files = [
        ("api.yaml", &*api),
        ("cat.yaml", "type: object\n"),
        ("dog.yaml", "type: object\n"),
    ];
    let text = edited(&files);
    let mapping = "mapping:\n          cat: '#/components/schemas/cat'\n          dog: '#/components/schemas/dog'\n          own: Own\n          also: '#/components/schemas/Own'\n";
    assert!(text.contains(mapping), "{text}");
}

#[test]
fn security_requirements_may_be_references() {
    let api = root(
        "security: [{'auth.yaml#/Token': [], Own: []}]\npaths:\n  /a:\n    get:\n      security:\n        - auth.yaml#/Key: [] # a key\n        - '#/components/securitySchemes/Own': []\n        - a.b: []\n      responses: {'204': {description: Done.}}\ncomponents:\n  securitySchemes:\n    Own: {type: http, scheme: basic}\n",
    );
    let auth = "Token: {type: http, scheme: bearer}\nKey: {type: apiKey, in: query, name: k}\n";
    let text = edited(&[("api.yaml", &api), ("auth.yaml", auth)]);
    for wanted in [
        "security: [{'Token': [], Own: []}]\n",
        "        - 'Key': [] # a key\n        - 'Own': []\n        - a.b: []\n",
        "    Token: {type: http, scheme: bearer}\n",
        "    Key: {type: apiKey, in: query, name: k}\n",
    ] {
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
}

#[test]
fn siblings_of_references_are_kept() {
    let api = root(
        "paths:\n  /a:\n    summary: Own.\n    $ref: 'a.yaml'\n  /b:\n    $ref: 'a.yaml'\n    description: Own.\ncomponents:\n  schemas:\n    A:\n      description: Own.\n      $ref: 's.yaml'\n",
    );
    let a = "description: Theirs.\nget: {responses: {'204': {description: Done.}}}\n";
    let text = edited(&[
        ("api.yaml", &api),
        ("a.yaml", a),
        ("s.yaml", "type: string\n"),
    ]);
    assert!(
        text.contains("  /a:\n    summary: Own.\n    description: Theirs.\n    get: {"),
        "{text}"
    );
    assert!(
        text.contains("  /b:\n    description: Own.\n    get:\n"),
        "{text}"
    );
    assert!(
        text.contains("      description: Own.\n      $ref: '#/components/schemas/s'\n"),
        "{text}"
    );
}

#[test]
fn json_stays_json_in_its_order() {
    let api = r#"{"openapi": "3.1.0", "paths": {"/z": {"$ref": "z.yaml"}}, "info": {"version": "1", "title": "T"}}"#;
    let z = "get: {responses: {'204': {$ref: 'done.yaml'}}}\n";
    let (made, codes) = bundled(&[
        ("api.json", api),
        ("z.yaml", z),
        ("done.yaml", "description: Done.\n"),
    ]);
    assert_eq!(codes, [""; 0]);
    let expected = r##"{
  "openapi": "3.1.0",
  "paths": {
    "/z": {
      "get": {
        "responses": {
          "204": {
            "$ref": "#/components/responses/done"
          }
        }
      }
    }
  },
  "info": {
    "version": "1",
    "title": "T"
  },
  "components": {
    "responses": {
      "done": {
        "description": "Done."
      }
    }
  }
}
"##;
    assert_eq!(made.text, expected);
}

#[test]
fn line_endings_follow_the_root() {
    let api = root("components:\n  schemas:\n    A: {$ref: 'a.yaml'}\n").replace('\n', "\r\n");
    let text = edited(&[
        ("api.yaml", &api),
        ("a.yaml", "type: object\nproperties:\n  a: {type: string}\n"),
    ]);
    assert!(
        text.contains("    A:\r\n      type: object\r\n      properties:\r\n"),
        "{text:?}"
    );
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn anchors_of_other_files_do_not_conflict() {
    let api = root(
        "x-a: &one {type: string}\ncomponents:\n  schemas:\n    A: {$ref: 'a.yaml'}\n    B: *one\n",
    );
    let a = "type: object\nproperties:\n  a: &one {type: integer}\n  b: *one\n";
    let text = edited(&[("api.yaml", &api), ("a.yaml", a)]);
    assert!(text.contains("b:\n          type: integer"), "{text}");
    assert!(text.contains("B: *one"), "{text}");
}

#[test]
fn a_whole_map_may_be_a_file() {
    let api = root(
        "paths: {$ref: 'paths.yaml'}\ncomponents:\n  schemas:\n    $ref: 'schemas/all.yaml'\n",
    );
    let paths = "/a: {$ref: 'a.yaml'}\n";
    let a = "get:\n  responses:\n    '200':\n      description: OK\n      content: {application/json: {schema: {$ref: 'schemas/pet.yaml'}}}\n";
    let all = "Pet: {$ref: 'pet.yaml'}\nToy: {type: string}\n";
    let files = [
        ("api.yaml", &*api),
        ("paths.yaml", paths),
        ("a.yaml", a),
        ("schemas/all.yaml", all),
        ("schemas/pet.yaml", "type: object\n"),
    ];
    let text = edited(&files);
    let schemas =
        "components:\n  schemas:\n    Pet:\n      type: object\n    Toy: {type: string}\n";
    assert!(text.ends_with(schemas), "{text}");
    assert!(
        text.contains("{schema: {$ref: '#/components/schemas/Pet'}}"),
        "{text}"
    );
}

#[test]
fn components_are_added_to_any_layout() {
    let path = "paths:\n  /a:\n    get: {responses: {'200': {$ref: 'parts.yaml#/Done'}}}\n";
    let parts = "Done: {description: Done.}\nall:\n  Old:\n    description: Old.\n";
    let done = "    Done: {description: Done.}\n";
    let done_anew = "    Done:\n      description: Done.\n";
    for (before, after) in [
        (
            "components: # all\n  schemas: {}\n",
            "components: # all\n  schemas: {}\n  responses:\n",
        ),
        (
            "components:\n  responses: {}\n",
            "components:\n  responses:\n",
        ),
        (
            "components:\n  responses:\n  schemas: {A: {}}\n",
            "components:\n  responses:\n",
        ),
        (
            "components:\n  responses: {Old: {description: Old.}}\n",
            "components:\n  responses:\n    Old:\n      description: Old.\n",
        ),
        (
            "components:\n  responses:\n    $ref: 'parts.yaml#/all' # these\n",
            "components:\n  responses:\n    # these\n    Old:\n      description: Old.\n",
        ),
        (
            "components:\n  responses: {$ref: 'parts.yaml#/all'}\n",
            "components:\n  responses:\n    Old:\n      description: Old.\n",
        ),
        (
            "components: {schemas: {}}\n",
            "components:\n  schemas: {}\n  responses:\n",
        ),
        ("components:\nx-a: 1 # one", "components:\n  responses:\n"),
    ] {
        let api = root(&format!("{path}{before}"));
        let text = edited(&[("api.yaml", &api), ("parts.yaml", parts)]);
        let start = root(&path.replace("parts.yaml#/", "#/components/responses/"));
        let rest = text.strip_prefix(&start).unwrap();
        let expected = [done, done_anew].map(|done| format!("{after}{done}"));
        assert!(
            expected.iter().any(|expected| rest.starts_with(expected)),
            "{before}\n{text}"
        );
    }
}

#[test]
fn unbundled_references_are_reported_and_kept() {
    let api = root(
        "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: OK\n          content: {application/json: {schema: {$ref: 'gone.yaml'}}}\n          links:\n            other: {operationRef: 'other.yaml#/paths/~1b/get'}\ncomponents:\n  schemas:\n    A: {$ref: 'a.yaml'}\n",
    );
    let other = "openapi: 3.1.0\npaths: {/b: {get: {responses: {}}}}\n";
    let a = "properties:\n  in:\n    $id: https://example.com/in\n    properties: {b: {$ref: 'https://example.com/a.yaml#/b'}}\n    items: {$ref: '#/properties/b'}\nb: {type: string}\n$id: https://example.com/a.yaml\n";
    let (made, codes) = bundled(&[("api.yaml", &api), ("other.yaml", other), ("a.yaml", a)]);
    assert_eq!(codes, ["W0202", "W0211", "W0210", "W0210"]);
    assert!(
        made.text.contains("$ref: 'gone.yaml'")
            && made.text.contains("'other.yaml#/paths/~1b/get'")
    );
}
