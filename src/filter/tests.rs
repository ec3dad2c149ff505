use super::operations;
use super::{apply, matches};
use crate::filter::config::Filter;
use crate::load;

const API: &str = "\
openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pets'}}}
    post:
      operationId: addPet
      tags: [pets, admin]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {}
  /owners/{id}:
    get: {operationId: getOwner, tags: [owners], responses: {}}
  /owners/{id}/visits/{visit}:
    delete: {operationId: deleteVisit, parameters: [{$ref: '#/components/parameters/Visit'}], responses: {}}
webhooks:
  new: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  parameters: {Visit: {name: visit, in: path, required: true, schema: {$ref: '#/components/schemas/VisitId'}}}
  responses:
    Pets: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  schemas:
    Pet: {type: object, discriminator: {propertyName: kind, mapping: {dog: Dog}}, properties: {kind: {type: string}}}
    Dog: {type: object}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {home: {$ref: '#/components/schemas/Home'}}}]}
    Home: {type: object}
    NewPet: {type: object}
    VisitId: {type: string}
    Event: {type: object}
    Named: {$anchor: named, type: object}
    Alone: {type: object}
";

/// Returns the remaining operations and components, by key.
fn left(filter: &str) -> Result<String, String> {
    let filter: Filter = serde_yaml::from_str(filter).unwrap();
    let mut loaded = load::from_texts(&[("api.yaml", API)], &mut Default::default()).unwrap();
    let described = operations::described(&loaded).unwrap();
    let mut found = Default::default();
    apply(&mut loaded, &filter, &described, &mut found)
        .map_err(|(steps, what)| format!("{}: {what}", steps.join(".")))?;
    let root = loaded.tree.root(loaded.entry).unwrap();
    let keys = |node: crate::tree::Node<'_>| {
        node.members()
            .map(|(key, _)| key.to_owned())
            .collect::<Vec<_>>()
    };
    let mut text = String::new();
    for (path, item) in root.get("paths").unwrap().members() {
        text += &format!("{path} {}\n", keys(item).join(" "));
    }
    for (kind, components) in root.get("components").unwrap().members() {
        text += &format!("{kind} {}\n", keys(components).join(" "));
    }
    Ok(text)
}

#[test]
fn an_empty_filter_removes_nothing() {
    assert!(left("{}").unwrap().ends_with("Named Alone\n"));
}

#[test]
fn components_of_removed_operations_are_removed() {
    assert_eq!(
        left("include: {tags: [pets]}\nexclude: {operations: [addPet]}").unwrap(),
        "/pets get\nsecuritySchemes key\nparameters \nresponses Pets\nschemas Pet Dog Cat Home Named\n"
    );
    assert_eq!(
        left("exclude: {tags: [pets], paths: ['/owners/*']}").unwrap(),
        "/owners/{id}/visits/{visit} delete\nsecuritySchemes key\nparameters Visit\nresponses \n\
         schemas VisitId Event Named\n"
    );
    assert_eq!(
        left("include: {operations: ['GET /owners/{id}'], webhooks: ['*']}").unwrap(),
        "/owners/{id} get\nsecuritySchemes key\nparameters \nresponses \nschemas Event Named\n"
    );
}

#[test]
fn unknown_names_are_errors() {
    let cases = [
        (
            "include: {tags: [pets, pet]}",
            "filter.include.tags.1: unknown tag `pet`; did you mean `pets`?",
        ),
        (
            "exclude: {operations: [addPets]}",
            "filter.exclude.operations.0: unknown operation `addPets`; did you mean `addPet`?",
        ),
        (
            "exclude: {webhooks: [old]}",
            "filter.exclude.webhooks.0: `old` matches no webhook of the document",
        ),
        (
            "include: {paths: [/owners]}",
            "filter.include.paths.0: `/owners` matches no path of the document",
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(left(filter), Err(expected.to_owned()));
    }
}

#[test]
fn stars_match_segments() {
    for (pattern, path, expected) in [
        ("/pets", "/pets", true),
        ("/pets", "/pets/{id}", false),
        ("/pets/*", "/pets/{id}", true),
        ("/pets/*", "/pets", false),
        ("/pets/**", "/pets", true),
        ("/pets/**", "/pets/{id}/toys", true),
        ("/**/toys", "/pets/{id}/toys", true),
        ("/**/toys", "/pets/{id}", false),
        ("/*/toys", "/pets/{id}/toys", false),
    ] {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

/// A map of components in another file is pruned there. References by file count as uses, like those by name.
#[test]
fn unused_components_of_other_files_are_removed() {
    let api = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a: {get: {operationId: a, \
               responses: {'200': {$ref: 'all.yaml#/ok'}}}}\n  /b: {get: {operationId: b, responses: {}}}\n\
               components: {schemas: {$ref: 'all.yaml#/schemas'}}\n";
    let all = "ok: {description: x, content: {application/json: {schema: {$ref: pet.yaml}}}}\n\
               schemas:\n  Pet: {$ref: pet.yaml}\n  Toy: {type: object}\n  Alone: {$ref: alone.yaml}\n";
    let pet = "type: object\nproperties: {toy: {$ref: 'api.yaml#/components/schemas/Toy'}}\n";
    let texts = [
        ("api.yaml", api),
        ("all.yaml", all),
        ("pet.yaml", pet),
        ("alone.yaml", "type: object\n"),
    ];
    let mut loaded = load::from_texts(&texts, &mut Default::default()).unwrap();
    let described = operations::described(&loaded).unwrap();
    let filter: Filter = serde_yaml::from_str("include: {operations: [a]}").unwrap();
    apply(&mut loaded, &filter, &described, &mut Default::default()).unwrap();
    let all = loaded.tree.root(crate::tree::FileId(1)).unwrap();
    let schemas = all.get("schemas").unwrap().members();
    assert_eq!(
        schemas.map(|(name, _)| name).collect::<Vec<_>>(),
        ["Pet", "Toy"]
    );
}

/// Operations beside the `$ref` of a path item and in its target are removed individually.
#[test]
fn operations_around_a_reference_are_operations() {
    let api = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    $ref: \
               '#/components/pathItems/A'\n    get: {operationId: own, responses: {}}\n\
               components: {pathItems: {A: {post: {operationId: far, responses: {}}}}}\n";
    for (left_out, expected) in [("far", ["own"]), ("own", ["far"])] {
        let mut loaded = load::from_texts(&[("api.yaml", api)], &mut Default::default()).unwrap();
        let described = operations::described(&loaded).unwrap();
        let filter = format!("exclude: {{operations: [{left_out}]}}");
        let filter: Filter = serde_yaml::from_str(&filter).unwrap();
        apply(&mut loaded, &filter, &described, &mut Default::default()).unwrap();
        let left = operations::described(&loaded).unwrap();
        let names = left.iter().filter_map(|operation| operation.names.get(1));
        assert_eq!(names.collect::<Vec<_>>(), expected, "{left_out}");
    }
}

#[test]
fn a_pattern_of_many_wildcards_is_tried_once_from_each_segment() {
    let path = "/a".repeat(2_000);
    for (pattern, expected) in [
        (format!("{}/b", "/**/a".repeat(500)), false),
        (format!("{}/**", "/**/a".repeat(500)), true),
        ("/**".to_owned(), true),
        ("/a/**/a".to_owned(), true),
        ("/a/*".to_owned(), false),
    ] {
        assert_eq!(super::matches(&pattern, &path), expected);
    }
    assert!(super::matches("/a/**", "/a") && !super::matches("/**/b/*", "/a/b"));
    assert!(super::matches("/**/b/*/**", "/a/b/b/c"));
}
