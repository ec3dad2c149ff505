//! Constructs every diagnostic, one function per code. Codes and messages are written only here.
//!
//! `E` stops generation, `W` reports what was repaired or ignored, `N` is a note. The first two digits are the stage:
//! 00 files and syntax, 01 the document, 02 references, 03 schemas, 04 operations, 05 names, 06 rendering,
//! 07 overlays. A number is used once, with a single letter.

mod rules;

pub use rules::*;

use super::fix::Fix;
use super::{Diagnostic, Location, Severity};
use crate::did_you_mean;
use crate::text::floor_char_boundary;
use crate::tree::{FileId, Node, NodeId};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;

fn error(code: &'static str, place: Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, place, message)
}

fn warning(code: &'static str, place: Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, place, message)
}

fn note(code: &'static str, place: Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Note, place, message)
}

// 00: files and syntax.

/// A file that is missing or cannot be read.
pub fn unreadable(path: &str, why: &str) -> Diagnostic {
    error(
        "E0001",
        Location::Path(path.to_owned()),
        format!("cannot read `{path}`: {why}"),
    )
}

/// A text that is neither valid YAML nor valid JSON.
pub fn syntax(place: Location, language: &str, what: &str) -> Diagnostic {
    error("E0002", place, format!("invalid {language}: {what}"))
}

/// A file in an unsupported encoding.
pub fn encoding(path: &str, what: &str) -> Diagnostic {
    error(
        "E0003",
        Location::Path(path.to_owned()),
        format!("`{path}` {what}"),
    )
    .help("save the file as UTF-8")
}

/// A document that would need more memory than any sensible one.
pub fn too_large(place: Location, what: &str) -> Diagnostic {
    error("E0004", place, what)
}

/// A duplicate key: its first and its last value, and the number of values.
pub fn duplicate_key(first: Node<'_>, last: Node<'_>, count: usize) -> Diagnostic {
    let key = last.key().unwrap_or_default();
    let (often, ignored, help) = match count {
        2 => (
            "twice".to_owned(),
            "sdkgen ignores this value".to_owned(),
            "remove or rename one of the two",
        ),
        _ => (
            format!("{count} times"),
            format!(
                "sdkgen ignores this value and the others, {} in all",
                count - 1
            ),
            "remove all but one",
        ),
    };
    warning(
        "W0005",
        Location::key(last),
        format!("duplicate key `{key}` ({often} in this object)"),
    )
    .label("sdkgen uses this value")
    .also(Location::key(first), ignored)
    .help(help)
}

/// A file without content.
pub fn empty_file(file: FileId) -> Diagnostic {
    error("E0006", Location::File(file), "the file is empty")
}

/// A YAML key that is a mapping or sequence.
pub fn complex_key(place: Location) -> Diagnostic {
    error(
        "E0007",
        place,
        "a key must be a string, not a list or a mapping",
    )
    .help("put the key in quotes")
}

/// A YAML alias inside of its own anchor.
pub fn recursive_alias(place: Location) -> Diagnostic {
    error("E0008", place, "this alias repeats a node that contains it")
        .help("refer to a schema with `$ref`, which may be recursive")
}

/// A second YAML document in a file.
pub fn several_documents(place: Location) -> Diagnostic {
    warning("W0009", place, "the file has more than one YAML document")
        .label("the second document starts here")
        .note("sdkgen reads only the first document")
        .help("remove the line `---`, or move the second document to its own file")
}

/// An unknown YAML tag, or one that does not fit its value.
pub fn tag(place: Location, what: &str) -> Diagnostic {
    warning("W0010", place, what)
        .note("sdkgen ignores the tag")
        .help("remove the tag")
}

/// A YAML number that JSON cannot represent.
pub fn non_json_number(place: Location, text: &str) -> Diagnostic {
    warning(
        "W0011",
        place,
        format!("JSON cannot represent the number `{text}`"),
    )
    .note("sdkgen reads it as a string")
    .help("use a finite number, or remove the value")
}

/// A YAML merge key with an invalid value.
pub fn merge_key(place: Location) -> Diagnostic {
    warning(
        "W0012",
        place,
        "the value of the merge key `<<` is neither a mapping nor a list of mappings",
    )
    .note("sdkgen reads `<<` as an ordinary key")
    .help("name a mapping with an anchor (`<<: *name`), or quote the key")
}

/// Missing white space that YAML requires, although most parsers do not.
pub fn missing_white_space(place: Location, message: &str, help: &str) -> Diagnostic {
    warning("W0013", place, message)
        .note("sdkgen reads the file as if it were correct; strict parsers reject it")
        .help(help)
}

// 01: the document.

pub fn not_an_object(root: Node<'_>) -> Diagnostic {
    let message = format!(
        "an OpenAPI document is an object, this is {}",
        root.kind().describe()
    );
    error("E0101", Location::value(root), message)
}

pub fn not_openapi(root: Node<'_>) -> Diagnostic {
    error(
        "E0102",
        Location::value(root),
        "this is not an OpenAPI document: it has no property `openapi`",
    )
    .help("declare the version, such as `openapi: 3.1.0` or `swagger: '2.0'`")
}

/// A Swagger document of another version than 2.0.
pub fn swagger_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!(
        "Swagger version `{version}` is not supported; sdkgen reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2"
    );
    error("E0103", Location::value(node), message)
        .help("convert the document, for example with `npx api-spec-converter --from=swagger_1 --to=swagger_2 SPEC`")
}

pub fn unsupported_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!(
        "OpenAPI version `{version}` is not supported; sdkgen reads OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0"
    );
    error("E0104", Location::value(node), message)
        .help("declare the version of the format; the version of the API is `info.version`")
}

pub fn unknown_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!("unknown OpenAPI version `{version}`");
    warning("W0105", Location::value(node), message)
        .note("sdkgen reads the document as 3.1")
        .help("declare the version of the format; the version of the API is `info.version`")
}

pub fn empty_document(root: Node<'_>) -> Diagnostic {
    warning(
        "W0106",
        Location::value(root),
        "the document describes no paths, no webhooks and no schemas",
    )
    .help("add `paths`, and check that no key is misspelled")
}

pub fn no_info(root: Node<'_>) -> Diagnostic {
    warning("W0107", Location::value(root), "the document has no `info`")
        .note("sdkgen calls the API `API`")
        .help("add `info` with `title` and `version`")
        .fix(Fix::Update(
            root.id(),
            json!({"info": {"title": "API", "version": "1.0.0"}}),
        ))
}

pub fn no_title(info: Node<'_>) -> Diagnostic {
    warning("W0108", Location::value(info), "`info` has no `title`")
        .note("sdkgen calls the API `API`")
        .help("add `title`")
        .fix(Fix::Update(info.id(), json!({"title": "API"})))
}

pub fn wrong_kind(node: Node<'_>, key: &str, wanted: &str) -> Diagnostic {
    let found = node.kind().describe();
    warning(
        "W0109",
        Location::value(node),
        format!("`{key}` must be {wanted}, but is {found}"),
    )
    .note("sdkgen uses what it can read of the value, and ignores the rest")
    .help(format!("use {wanted}"))
}

pub fn scalar_instead_of_string(node: Node<'_>, key: &str) -> Diagnostic {
    let message = format!(
        "`{key}` must be a string, but is {}",
        node.kind().describe()
    );
    note("N0110", Location::value(node), message)
        .note("sdkgen uses the text of the value")
        .help("put the value in quotes")
        .replace(node, node.to_json().to_string())
}

pub fn server_variable_default(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("the server variable `{name}` has no `default`");
    warning("W0111", Location::value(node), message)
        .note("sdkgen uses the first value of its `enum`, or an empty string if there is none")
        .help("add `default`")
}

pub fn unknown_security_type(node: Node<'_>, kind: &str, known: &str) -> Diagnostic {
    let message = format!("unknown type `{kind}` of a security scheme");
    warning("W0112", Location::value(node), message)
        .note("sdkgen ignores the security scheme")
        .help(format!("use one of {known}"))
}

pub fn unknown_security_scheme(
    node: Node<'_>,
    name: &str,
    section: &str,
    near: Option<&str>,
) -> Diagnostic {
    let message = format!("unknown security scheme `{name}`: it is not in `{section}`");
    let found = warning("W0113", Location::key(node), message)
        .note("sdkgen ignores the requirement")
        .help(format!(
            "declare the scheme in `{section}`, or correct its name"
        ))
        .did_you_mean(near);
    match (near, node.parent()) {
        (Some(near), Some(requirement)) => found
            .fix(Fix::Update(requirement.id(), json!({near: node.to_json()})))
            .fix(Fix::Remove(node.id())),
        _ => found,
    }
}

pub fn no_servers(root: Node<'_>) -> Diagnostic {
    let place = root
        .get("servers")
        .map_or(Location::value(root), Location::key);
    warning(
        "W0114",
        place,
        "the document has no server with an absolute URL",
    )
    .note("the generated client has no default base URL: callers set it on the builder")
    .help("add `servers` with the URL of the API")
}

pub fn mutual_tls(node: Node<'_>) -> Diagnostic {
    note(
        "N0115",
        Location::key(node),
        "the client's builder has no setter for the client certificate of `mutualTLS`",
    )
    .note("callers configure the certificate in the transport")
}

pub fn other_http_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    note(
        "N0116",
        Location::key(node),
        format!("the HTTP scheme `{scheme}` has no setter in the client's builder"),
    )
    .note("callers set the header `Authorization` with `default_header`")
    .help("if the value is constant, describe it as `type: apiKey` in the header `Authorization`")
}

pub fn invalid_key_name(node: Node<'_>, name: &str) -> Diagnostic {
    let place = node.get("name").unwrap_or(node);
    warning(
        "W0117",
        Location::value(place),
        format!(
            "`{}` is not a valid name of a header or a cookie",
            name.escape_debug()
        ),
    )
    .note("sdkgen ignores the security scheme")
    .help("use letters, digits and ``!#$%&'*+-.^_`|~`` only")
}

/// Security schemes that no operation requires. `schemes` is the map of them.
pub fn no_credential_required(schemes: Node<'_>, is_sent: bool) -> Diagnostic {
    let (note, help) = match is_sent {
        true => (
            "the client sends every credential that is set with every request",
            "add `security` at the top of the document with the schemes that operations require",
        ),
        false => (
            "the client sends no credential, because the document has `security: []`",
            "replace `security: []` with the schemes that operations require",
        ),
    };
    warning(
        "W0140",
        Location::key(schemes),
        "no operation requires a credential",
    )
    .note(note)
    .help(help)
}

/// Operations without `security`, if most operations have it. `silent` of `count` operations have none.
pub fn few_credentials_required(root: Node<'_>, silent: usize, count: usize) -> Diagnostic {
    let paths = root.get("paths").unwrap_or(root);
    let message = format!("{silent} of {count} operations have no `security`");
    warning("W0141", Location::key(paths), message)
        .note("the client sends no credential with these operations")
        .help("add `security` at the top of the document, and `security: []` to operations without a credential")
}

/// A configured credential that conflicts with the document.
pub fn auth_without_effect(at: &Location) -> Diagnostic {
    let message =
        "`auth` in the configuration has no effect: the document declares another credential";
    warning("W0142", at.clone(), message)
        .note("the client sends the credential that the document declares")
        .help("remove these keys of `auth`, or change the security schemes with an overlay")
}

pub fn too_many_items(root: Node<'_>, count: usize) -> Diagnostic {
    error(
        "E0118",
        Location::value(root),
        format!(
            "the document describes {count} types and operations, more than the limit of 200,000"
        ),
    )
    .help("split it into several documents and generate a crate from each")
}

/// A property of OpenAPI 3 in a Swagger 2.0 document.
pub fn openapi_3_property(node: Node<'_>) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("Swagger 2.0 has no `{key}` here");
    warning("W0130", Location::key(node), message)
        .note("sdkgen ignores it")
        .help("if the document is written for OpenAPI 3, declare `openapi: 3.0.3`")
}

pub fn unknown_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    let message = format!("the scheme `{scheme}` is not supported");
    warning("W0131", Location::value(node), message)
        .note("sdkgen ignores it; the client supports `https` and `http`")
        .help("remove the scheme")
}

pub fn unknown_flow(node: Node<'_>, flow: &str) -> Diagnostic {
    let place = node
        .get("flow")
        .map_or(Location::key(node), Location::value);
    let message = format!("unknown OAuth 2.0 flow `{flow}`");
    warning("W0132", place, message)
        .note("the client takes an access token, but its docs do not say where to get one")
        .help("use one of `implicit`, `password`, `application` and `accessCode`")
}

/// An invalid configuration or argument.
pub fn configuration(at: Location, message: &str) -> Diagnostic {
    error("E0144", at, message)
}

// 02: references.

pub fn dangling_reference(node: Node<'_>, reference: &str) -> Diagnostic {
    warning(
        "W0201",
        Location::value(node),
        format!("unresolved reference `{reference}`"),
    )
    .note(UNRESOLVED)
    .help("correct the reference, or add the target")
}

pub fn missing_file(node: Node<'_>, path: &str, why: &str) -> Diagnostic {
    warning(
        "W0202",
        Location::value(node),
        format!("cannot read the referenced file `{path}`: {why}"),
    )
    .note(UNRESOLVED)
    .help("correct the path, or add the file")
}

pub fn remote_reference(node: Node<'_>, url: &str) -> Diagnostic {
    error("E0203", Location::value(node), format!("the reference `{url}` is a URL, and sdkgen opens no connections"))
        .help("download the file and map its URL to the folder in sdkgen.yaml: `remote: {https://example.com/: folder}`; or bundle the document, for example with `npx @redocly/cli bundle SPEC -o bundled.yaml`")
}

/// What is generated for a schema that cannot be read.
const ANY_VALUE: &str = "sdkgen generates `serde_json::Value` in its place";

/// What is generated for a reference without a target.
const UNRESOLVED: &str = "sdkgen uses `serde_json::Value` for a missing schema, and ignores a missing parameter, body or response";

/// A reference to a file outside of the allowed folders.
/// `why` is a sentence without a subject, and `real` the file without links on the way to it, if that is the
/// reason.
pub fn outside_reference(
    node: Node<'_>,
    reference: &str,
    why: &str,
    real: Option<&Path>,
) -> Diagnostic {
    let found = error(
        "E0213",
        Location::value(node),
        format!("sdkgen does not read `{reference}`: {why}"),
    );
    let found = match real {
        Some(real) => found.label(format!("resolves to `{}`", shown(real))),
        None => found,
    };
    found.help(
        "copy the file next to the description and use a relative path; or allow its folder with \
         `--allow-files DIR` or `allow_files: [DIR]` in sdkgen.yaml",
    )
}

/// Returns a path with the same separators on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

pub fn reference_cycle(node: Node<'_>) -> Diagnostic {
    let place = node.get("$ref").unwrap_or(node);
    warning(
        "W0204",
        Location::value(place),
        "circular reference: this reference leads back to itself",
    )
    .note(UNRESOLVED)
    .help("replace one of the references with a definition")
}

pub fn long_chain(node: Node<'_>) -> Diagnostic {
    let place = node.get("$ref").unwrap_or(node);
    warning(
        "W0208",
        Location::value(place),
        "a chain of more than 100 references passes through here",
    )
    .note("sdkgen ignores the rest of the chain")
    .help("refer to the last target directly")
}

pub fn anchor(node: Node<'_>, anchor: &str) -> Diagnostic {
    warning(
        "W0205",
        Location::value(node),
        format!("unresolved reference: no schema has the anchor `#{anchor}`"),
    )
    .note(ANY_VALUE)
    .help("begin a JSON Pointer with `#/`, as in `#/components/schemas/Pet`")
}

pub fn dynamic_reference(node: Node<'_>, other: Node<'_>) -> Diagnostic {
    warning(
        "W0206",
        Location::value(node),
        "this dynamic reference has several targets, which depend on the schema that is validated",
    )
    .also(Location::value(other), "another target")
    .note("sdkgen resolves it as a plain reference, to the anchor in its own schema")
    .help("write a separate schema for each target")
}

pub fn beside_reference(node: Node<'_>) -> Diagnostic {
    let message = format!(
        "`{}` beside `$ref` has no effect in OpenAPI 3.0",
        node.key().unwrap_or_default()
    );
    note("N0207", Location::key(node), message)
        .note("sdkgen ignores it")
        .help("combine the reference and this property with `allOf`")
}

/// A method of a path item that the target of its `$ref` has too.
pub fn operation_beside_reference(own: Node<'_>, target: Node<'_>) -> Diagnostic {
    let message = format!(
        "duplicate operation: `{}` is in this path item and in the target of its `$ref`",
        own.key().unwrap_or_default()
    );
    warning("W0449", Location::key(own), message)
        .also(Location::key(target), "the same method in the target")
        .note("sdkgen generates the operation beside `$ref`, and ignores the other")
        .help("remove one of the two")
}

/// A reference inside of a schema with an `$id`, whose target is somewhere else in a bundle.
pub fn bundled_identifier(node: Node<'_>, identified: Node<'_>) -> Diagnostic {
    let message = "in the bundle, this reference is relative to the `$id` of the schema around it";
    let place = node.get("$ref").unwrap_or(node);
    warning("W0210", Location::value(place), message)
        .also(
            Location::value(identified.get("$id").unwrap_or(identified)),
            "the schema around it",
        )
        .note("sdkgen resolves the reference; other tools may not")
        .help("remove the `$id`")
}

/// A link to an operation of a document that is not part of a bundle.
pub fn bundled_operation(node: Node<'_>) -> Diagnostic {
    let message = "this operation is in another document, which is not part of the bundle";
    warning("W0211", Location::value(node), message)
        .note("the bundle has the reference unchanged")
        .help("refer to the path item of the operation from `paths`")
}

/// A `$ref` in place of `properties`.
pub fn reference_for_properties(properties: Node<'_>) -> Diagnostic {
    let place = properties
        .get("$ref")
        .map_or(Location::key(properties), Location::key);
    let message = "`$ref` is not allowed in `properties`: this is a property with the name `$ref`";
    note("N0209", place, message)
        .note("sdkgen resolves the reference, and adds the properties of its target")
        .help("write the properties out, or use `allOf`")
}

/// A `$ref` in place of a map, such as a section of the components or the paths.
pub fn reference_for_map(map: Node<'_>) -> Diagnostic {
    let place = map.get("$ref").map_or(Location::key(map), Location::key);
    let what = map
        .key()
        .map_or("a map of names".to_owned(), |key| format!("`{key}`"));
    let message = format!("`$ref` is not allowed in place of {what}");
    let is_within = map.text("$ref").is_some_and(|text| text.starts_with('#'));
    let help = match is_within {
        true => "refer to each entry by its own `$ref`",
        false => "run `sdkgen bundle`, which writes the entries out",
    };
    note("N0212", place, message)
        .note("sdkgen resolves the reference; other tools may not")
        .help(help)
}

// 03: schemas.

pub fn not_a_schema(node: Node<'_>) -> Diagnostic {
    let message = format!(
        "a schema must be an object or a boolean, but this is {}",
        node.kind().describe()
    );
    warning("W0301", Location::value(node), message)
        .note(ANY_VALUE)
        .help("write a schema, such as `{type: string}`")
}

pub fn never_schema(node: Node<'_>) -> Diagnostic {
    note(
        "N0302",
        Location::value(node),
        "no value is valid for the schema `false`",
    )
    .note("sdkgen generates `serde_json::Value`")
    .help("remove the property; `additionalProperties: false` forbids unknown properties")
}

pub fn unknown_type(node: Node<'_>, name: &str, instead: &str) -> Diagnostic {
    warning(
        "W0303",
        Location::value(node),
        format!("unknown type `{name}`"),
    )
    .note(format!("sdkgen reads it as {instead}"))
    .help("use a type of JSON Schema, with `format` if needed")
}

pub fn boolean_required(node: Node<'_>) -> Diagnostic {
    warning(
        "W0304",
        Location::key(node),
        "`required` of a schema must be a list of property names, but is a boolean",
    )
    .note("sdkgen ignores it, so the property is optional")
    .help("list the property in `required` of the object")
}

/// Names in `required` without a property, each at its own item. Those of an `allOf` branch that another branch may
/// declare are one finding.
pub fn required_without_property(
    node: Node<'_>,
    names: &[&str],
    known: &[&str],
) -> Vec<Diagnostic> {
    let required = node.get("required");
    let mut items: HashMap<&str, Node<'_>> = HashMap::new();
    for item in required.into_iter().flat_map(Node::items) {
        if let Some(name) = item.as_str() {
            items.entry(name).or_insert(item);
        }
    }
    // Comparing each name with each property would take quadratic time.
    let known = match names.len().saturating_mul(known.len()) {
        0..=10_000 => known,
        _ => &[],
    };
    let mut found = Vec::new();
    let mut inherited = Vec::new();
    for name in names {
        let Some(item) = items.get(name) else {
            inherited.push(format!("`{name}`"));
            continue;
        };
        let hint = did_you_mean::hint(name, known.iter().copied());
        let what = format!("`{name}` is in `required`, but not in `properties`{hint}");
        found.push(required_alone(*item, what).fix(Fix::Remove(item.id())));
    }
    if !inherited.is_empty() {
        let (verb, names) = match &inherited[..] {
            [name] => ("is", name.clone()),
            names => ("are", names.join(", ")),
        };
        let what = format!("{names} {verb} in `required`, but not in `properties`");
        found.push(required_alone(required.unwrap_or(node), what));
    }
    found
}

fn required_alone(node: Node<'_>, what: String) -> Diagnostic {
    note("N0305", Location::value(node), what)
        .note("sdkgen generates an optional field of the type `serde_json::Value`")
        .help("correct the name, remove it from `required`, or describe the property")
}

/// A `type` that is null instead of the string `"null"`.
pub fn unquoted_null_type(node: Node<'_>) -> Diagnostic {
    let finding = note(
        "N0345",
        Location::value(node),
        "the type is the value `null`, not the string `\"null\"`",
    );
    let finding = finding
        .note("sdkgen reads it as the type `\"null\"`")
        .help("put the type in quotes");
    match node.parent().filter(|_| node.index().is_some()) {
        // An overlay can append to an array, but not change its items.
        Some(list) => match list.parent() {
            Some(schema) => finding
                .fix(Fix::Update(schema.id(), json!({"type": ["null"]})))
                .fix(Fix::Remove(node.id())),
            None => finding,
        },
        None => finding.replace(node, "null"),
    }
}

pub fn enum_as_plain(node: Node<'_>) -> Diagnostic {
    let place = node
        .get("enum")
        .or_else(|| node.get("const"))
        .unwrap_or(node);
    note(
        "N0306",
        Location::key(place),
        "these values are not all strings or all integers",
    )
    .note("sdkgen generates the plain type, and lists the values in the docs")
}

pub fn enum_without_type(node: Node<'_>) -> Diagnostic {
    let place = node.get("type").unwrap_or(node);
    warning(
        "W0318",
        Location::value(place),
        "no value of the `enum` has this type",
    )
    .note("sdkgen uses the values, and reads the type as `string`")
    .help("correct `type`")
}

pub fn duplicate_enum_value(node: Node<'_>) -> Diagnostic {
    warning("W0307", Location::value(node), "duplicate value in `enum`")
        .note("sdkgen generates one variant")
        .help("remove the duplicate")
        .fix(Fix::Remove(node.id()))
}

pub fn union_with_properties(node: Node<'_>) -> Diagnostic {
    warning(
        "W0308",
        Location::value(node),
        "this branch is not an object, so it cannot have the properties beside `oneOf` or `anyOf`",
    )
    .note("sdkgen adds the properties to the other branches only")
    .help("move the properties into the branches that have them")
}

pub fn branch_without_discriminator_value(node: Node<'_>) -> Diagnostic {
    let place = node.get("discriminator").unwrap_or(node);
    warning(
        "W0309",
        Location::key(place),
        "the discriminator has no distinct value for some branches",
    )
    .note("the generated code matches these branches by JSON type and properties, then in order")
    .help("give each branch a `const` for the discriminator's property, or a `mapping`")
}

pub fn union_too_large(node: Node<'_>) -> Diagnostic {
    warning(
        "W0329",
        Location::value(node),
        "this union has too many branches to compare all of them",
    )
    .note("the generated code tries the branches that were not compared in order")
    .help("add a `discriminator`")
}

pub fn too_many_inherited_properties(node: Node<'_>) -> Diagnostic {
    warning(
        "W0338",
        Location::value(node),
        "the schemas up to this one inherit too many properties",
    )
    .note("from this schema on, sdkgen keeps inherited properties as unknown properties, in JSON")
    .help("move the shared properties into one property of each schema")
}

pub fn all_of_not_merged(node: Node<'_>, branch: Node<'_>) -> Diagnostic {
    let place = node.get("allOf").unwrap_or(node);
    warning(
        "W0310",
        Location::key(place),
        "the branches of this `allOf` have different types, so no value is valid",
    )
    .also(Location::value(branch), "this branch has another type")
    .note(ANY_VALUE)
    .help("use `oneOf` if one of the branches is meant")
}

pub fn too_many_branches(node: Node<'_>) -> Diagnostic {
    warning(
        "W0320",
        Location::value(node),
        "too many combinations of branches",
    )
    .note("sdkgen generates an object with the shared properties; those of the branches are unknown properties")
    .help("declare the properties as optional properties of one object")
}

pub fn duplicate_branch(node: Node<'_>, first: Node<'_>) -> Diagnostic {
    note("N0321", Location::value(node), "duplicate branch")
        .also(Location::value(first), "this branch is the same")
        .note("sdkgen generates one variant")
        .help("remove the duplicate")
}

pub fn mapped_to_no_branch(node: Node<'_>, value: &str, to: &str) -> Diagnostic {
    warning(
        "W0322",
        Location::value(node),
        format!("the discriminator maps `{value}` to {to}"),
    )
    .note("the generated code keeps objects with this value as raw JSON")
    .help("add the schema to the branches, or remove the value from `mapping`")
}

pub fn contradictory_property(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    warning(
        "W0323",
        Location::key(later),
        "branches of an `allOf` declare this property with different types",
    )
    .also(Location::key(earlier), "it has another type here")
    .note("no value is valid for both; sdkgen uses the later declaration")
    .help("remove one of the declarations")
}

pub fn ignored_branch(branch: Node<'_>, takes: &str) -> Diagnostic {
    let message =
        format!("this branch of an `allOf` accepts {takes}, so no value is valid for all branches");
    warning("W0325", Location::value(branch), message)
        .note("sdkgen ignores the branch")
        .help("use `oneOf` for a value that may be null")
}

pub fn contradictory_additional(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    warning(
        "W0326",
        Location::value(later),
        "branches of an `allOf` have contradictory `additionalProperties`",
    )
    .also(Location::value(earlier), "the other declaration")
    .note("sdkgen uses the later declaration")
    .help("remove one of the declarations")
}

pub fn value_without_format(schema: Node<'_>, value: Node<'_>) -> Diagnostic {
    let format = schema.get("format").unwrap_or(schema);
    note(
        "N0324",
        Location::value(format),
        "not all values have this format",
    )
    .also(Location::value(value), "this value does not")
    .note("sdkgen generates a plain string")
    .help("correct the value, or remove the format")
}

/// A pattern that sdkgen cannot check values against.
pub fn costly_pattern(pattern: Node<'_>, value: Node<'_>) -> Diagnostic {
    note(
        "N0330",
        Location::value(pattern),
        "this pattern takes too long to match",
    )
    .also(Location::value(value), "sdkgen does not check this value")
    .help("limit the length with `maxLength`, and use a shorter pattern")
}

pub fn alias_cycle(node: Node<'_>) -> Diagnostic {
    warning(
        "W0311",
        Location::value(node),
        "this type refers only to itself",
    )
    .note("sdkgen generates `serde_json::Value` where the cycle closes")
    .help("replace one of the references with a definition")
}

pub fn circular_branch(node: Node<'_>) -> Diagnostic {
    warning(
        "W0328",
        Location::value(node),
        "this branch of a union leads back to the union itself",
    )
    .note("the branch adds no values, and sdkgen ignores it")
    .help("remove the branch")
}

pub fn infinite_value(node: Node<'_>, name: &str) -> Diagnostic {
    let message =
        format!("`{name}` requires an object that requires `{name}` again, so no value is finite");
    warning("W0319", Location::value(node), message)
        .note("sdkgen generates an optional field")
        .help("remove the property from `required`")
}

pub fn unsupported_keyword(node: Node<'_>, keyword: &str) -> Diagnostic {
    let message = format!("`{keyword}` has no effect on the generated type");
    note("N0312", Location::key(node), message)
        .note("the client does not check values against it; the server does")
}

// 04: operations.

pub fn no_operation_id(node: Node<'_>) -> Diagnostic {
    note(
        "N0401",
        Location::key(node),
        "the operation has no `operationId`",
    )
    .note("sdkgen derives the name of the method from the HTTP method and the path")
    .help("add `operationId`")
    .fix(Fix::Update(
        node.id(),
        json!({"operationId": operation_id(node)}),
    ))
}

pub fn duplicate_operation_id(node: Node<'_>, id: &str, first: Node<'_>) -> Diagnostic {
    let other = first.get("operationId").unwrap_or(first);
    warning(
        "W0402",
        Location::value(node),
        format!("duplicate `operationId` `{id}`"),
    )
    .also(Location::value(other), "first declared here")
    .note("sdkgen generates another name for the later operation")
    .help("rename one of the two")
    .replace(node, node.parent().map(operation_id))
}

/// An `operationId` that is generated from method and path, such as `get_pets_petId`.
fn operation_id(operation: Node<'_>) -> String {
    let path = operation.parent().and_then(Node::key);
    let source = [operation.key(), path].map(Option::unwrap_or_default);
    let parts = source.concat();
    let parts = parts.split(|char: char| !char.is_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

pub fn path_without_slash(node: Node<'_>) -> Diagnostic {
    warning("W0403", Location::key(node), "a path must begin with `/`")
        .note("sdkgen adds the slash")
        .help("begin the path with `/`")
}

pub fn path_suffix(node: Node<'_>, what: &str) -> Diagnostic {
    note(
        "N0404",
        Location::key(node),
        format!("{what} is not part of a request"),
    )
    .note("sdkgen leaves it out of the URL")
}

pub fn path_query(node: Node<'_>, query: &str) -> Diagnostic {
    note(
        "N0405",
        Location::key(node),
        format!("a path must not have a query string, but this one has `{query}`"),
    )
    .note("the client sends it with every request")
    .help("declare it as a query parameter")
}

pub fn method_in_upper_case(node: Node<'_>, method: &str) -> Diagnostic {
    let message = format!("the method `{method}` must be in lower case",);
    warning("W0406", Location::key(node), message)
        .note("sdkgen generates the operation; other tools may ignore it")
        .help(format!("write `{}`", method.to_ascii_lowercase()))
}

pub fn unknown_path_parameter(node: Node<'_>, name: &str) -> Diagnostic {
    warning(
        "W0407",
        Location::key(node),
        format!("unknown parameter `{name}` in the path: no parameter declares it"),
    )
    .note("sdkgen generates a required string argument")
    .help("declare the parameter with `in: path`")
    .fix(Fix::Update(
        node.id(),
        json!({"parameters": [
            {"name": name, "in": "path", "required": true, "schema": {"type": "string"}},
        ]}),
    ))
}

pub fn path_parameter_not_in_path(node: Node<'_>, name: &str, path: &str) -> Diagnostic {
    let message = format!("the path parameter `{name}` is not in the path `{path}`");
    warning("W0408", Location::value(node), message)
        .note("sdkgen ignores the parameter")
        .help("name it in the path in braces, or correct `in`")
}

pub fn unknown_parameter_location(node: Node<'_>, location: &str, known: &str) -> Diagnostic {
    let place = node.get("in").unwrap_or(node);
    warning(
        "W0409",
        Location::value(place),
        format!("unknown location `{location}` of a parameter"),
    )
    .note("sdkgen ignores the parameter")
    .help(format!("use one of {known}"))
}

pub fn parameter_without_name(node: Node<'_>) -> Diagnostic {
    warning(
        "W0410",
        Location::value(node),
        "the parameter has no `name`",
    )
    .note("sdkgen ignores the parameter")
    .help("add `name`")
}

/// A header parameter for a credential without a security scheme.
pub fn authorization_parameter(node: Node<'_>, taking: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the header `Authorization` is a parameter of {taking} of {count} operations, and no security scheme sets it"
    );
    warning("W0462", Location::value(node), message)
        .note("the client takes the whole value of the header as its credential")
        .help("declare a security scheme instead of the parameter")
}

/// A header parameter that is an API key, without a security scheme.
pub fn key_parameter(node: Node<'_>, name: &str, taking: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the header `{name}` is a parameter of {taking} of {count} operations, and no security scheme declares it"
    );
    note("N0467", Location::value(node), message)
        .note("the client sends the key as a credential, which its builder sets once")
        .help("declare a security scheme instead of the parameter")
}

/// `Authorization` header parameters of operations without a security scheme.
pub fn authorization_argument(node: Node<'_>, count: usize) -> Diagnostic {
    let operations = match count {
        1 => "an operation that requires".to_owned(),
        count => format!("{count} operations that require"),
    };
    let message = format!(
        "the header `Authorization` is a parameter of {operations} no security scheme for it"
    );
    warning("W0463", Location::value(node), message)
        .note("sdkgen generates an argument, not a credential of the client")
        .help("if it is the credential of the client, add `security` to the operation")
}

/// A parameter that a security scheme describes too.
pub fn credential_parameter(node: Node<'_>, name: &str, scheme: &str) -> Diagnostic {
    let message =
        format!("the parameter `{name}` is the credential of the security scheme `{scheme}`");
    note("N0464", Location::value(node), message)
        .note("the client sets it; the method has no argument for it")
        .help("remove the parameter")
}

/// A null among the values of a type without null. In YAML, an unquoted string may have been intended.
pub fn null_in_enum(node: Node<'_>) -> Diagnostic {
    note(
        "N0465",
        Location::value(node),
        "`enum` contains null, but `type` does not allow it",
    )
    .note("sdkgen accepts null beside the other values")
    .help("put the value in quotes if it is a string, or add `\"null\"` to `type`")
}

/// Operations that look paginated, in one finding.
pub fn unknown_pagination(node: Node<'_>, count: usize, lines: &str) -> Diagnostic {
    let lists = match count {
        1 => "1 operation looks paginated".to_owned(),
        _ => format!("{count} operations look paginated"),
    };
    let message = format!("{lists}, but the document does not say how to request the next page");
    note("N0466", Location::value(node), message)
        .note("sdkgen generates no `pages()` and `items()` for them")
        .help(format!(
            "check these lines, and add them to the configuration file:\n{lines}"
        ))
}

/// A stream that the document describes by a component only.
pub fn stream_found(node: Node<'_>, event: &str, key: &str) -> Diagnostic {
    let message =
        format!("the operation has a property `stream`, and `{event}` describes the events");
    note("N0468", Location::value(node), message)
        .note("`send_events` returns the events")
        .help(format!(
            "if the operation has no stream, set `streams: {{{key}: false}}` in the configuration file"
        ))
}

/// A parameter that most operations have.
pub fn client_parameter(node: Node<'_>, name: &str, taking: usize, count: usize) -> Diagnostic {
    let message = format!("`{name}` is a parameter of {taking} of {count} operations");
    note("N0469", Location::value(node), message)
        .note("the client sets it once for all operations")
        .help(format!(
            "set a default by `client_parameters: {{{name}: {{default: …}}}}` in the configuration file; \
             `{name}: false` makes it a parameter of each request"
        ))
}

pub fn reserved_header(node: Node<'_>, name: &str) -> Diagnostic {
    note(
        "N0411",
        Location::value(node),
        format!("the header `{name}` is set by the client"),
    )
    .note("sdkgen ignores the parameter, as OpenAPI requires")
    .help("describe media types in `content` of the body and the responses")
}

pub fn parameter_without_schema(node: Node<'_>, name: &str, keyword: &str) -> Diagnostic {
    warning(
        "W0412",
        Location::value(node),
        format!("the parameter `{name}` has no `{keyword}`"),
    )
    .note("sdkgen generates a string")
    .help(format!("add `{keyword}`"))
}

const DEFAULT_STYLE: &str = "sdkgen uses the default style of the parameter's location";

pub fn unknown_style(node: Node<'_>, style: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    warning(
        "W0413",
        Location::value(place),
        format!("unknown parameter style `{style}`"),
    )
    .note(DEFAULT_STYLE)
    .help("use a style that OpenAPI defines, such as `form` or `simple`")
}

pub fn collection_format(node: Node<'_>, format: &str, location: &str) -> Diagnostic {
    let place = node.get("collectionFormat").unwrap_or(node);
    let message = match format {
        "multi" => format!("`collectionFormat: multi` is not allowed with `in: {location}`"),
        _ => format!("unknown `collectionFormat` `{format}`"),
    };
    warning("W0460", Location::value(place), message)
        .note("the client separates items with commas")
        .help("use one of `csv`, `ssv`, `tsv` and `pipes`")
}

pub fn several_bodies(node: Node<'_>) -> Diagnostic {
    let message = "the operation has more than one request body";
    warning("W0461", Location::value(node), message)
        .note("sdkgen uses the first body parameter, and ignores this one")
        .help("describe one object with both")
}

pub fn body_without_content(node: Node<'_>) -> Diagnostic {
    warning(
        "W0414",
        Location::value(node),
        "the request body has no `content`",
    )
    .note("the client sends no body")
    .help("add `content` with a media type")
}

pub fn not_a_media_type(node: Node<'_>, text: &str, meant: Option<&str>) -> Diagnostic {
    let message = match text {
        "" => "an empty string is not a media type".to_owned(),
        _ => format!("`{text}` is not a media type"),
    };
    let place = match node.as_str() {
        Some(_) => Location::value(node),
        None => Location::key(node),
    };
    let finding = warning("W0450", place, message);
    match meant {
        Some(meant) => finding
            .note(format!("sdkgen reads it as `{meant}`"))
            .help("write a type and a subtype, as in `application/json`"),
        None => finding
            .note("sdkgen ignores it")
            .help("write a type and a subtype, as in `application/json`"),
    }
}

pub fn invalid_status(node: Node<'_>, key: &str) -> Diagnostic {
    warning(
        "W0415",
        Location::key(node),
        format!("`{key}` is not an HTTP status"),
    )
    .note("sdkgen ignores the response")
    .help("use a status such as `200`, a range such as `2XX`, or `default`")
}

pub fn no_success_response(node: Node<'_>) -> Diagnostic {
    note(
        "N0416",
        Location::key(node),
        "the operation documents no successful response",
    )
    .note("the method returns `()` on a status from 200 to 299; `send_raw` returns the body")
    .help("add a response with a status such as `200`")
}

pub fn xml_as_text(node: Node<'_>, media_type: &str) -> Diagnostic {
    note(
        "N0417",
        Location::key(node),
        format!("sdkgen generates no types for `{media_type}`"),
    )
    .note("callers pass and receive XML as a string; if the operation also offers JSON, sdkgen uses JSON")
}

pub fn yaml_as_bytes(node: Node<'_>, media_type: &str) -> Diagnostic {
    note(
        "N0451",
        Location::key(node),
        format!("sdkgen generates no types for `{media_type}`"),
    )
    .note("callers pass and receive YAML as bytes, or as a string for `text/*`")
}

pub fn multipart_as_bytes(node: Node<'_>, media_type: &str) -> Diagnostic {
    warning(
        "W0418",
        Location::key(node),
        format!("`{media_type}` bodies are not supported part by part"),
    )
    .note("callers pass and receive the body as bytes")
    .help("use `multipart/form-data` for requests, if the server supports it")
}

pub fn webhook_without_json(node: Node<'_>) -> Diagnostic {
    note("N0421", Location::key(node), "the webhook has no JSON body")
        .note("the crate has no function that reads it")
}

pub fn not_generated(node: Node<'_>, what: &str) -> Diagnostic {
    note(
        "N0422",
        Location::key(node),
        format!("sdkgen generates nothing for {what}"),
    )
}

pub fn encoding_not_applied(node: Node<'_>) -> Diagnostic {
    warning(
        "W0424",
        Location::key(node),
        "this `encoding` has no effect",
    )
    .note("the client encodes the body with the defaults of OpenAPI")
    .help("remove it, or move it to a form")
}

pub fn unsupported_part_type(node: Node<'_>, media_type: &str) -> Diagnostic {
    let place = node.get("contentType").unwrap_or(node);
    let message = format!("encoding a property as `{media_type}` is not supported");
    warning("W0427", Location::value(place), message)
        .note("the client encodes it with the defaults of OpenAPI")
        .help("use `application/json`, or declare the property as a string")
}

pub fn encoding_of_unknown_property(node: Node<'_>, name: &str, hint: &str) -> Diagnostic {
    let message = format!("unknown property `{name}` in `encoding`{hint}");
    warning("W0448", Location::key(node), message)
        .note("sdkgen ignores it")
        .help("use the name of a property of the body")
}

pub fn invalid_header_name(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("`{name}` is not a valid name of a header");
    warning("W0428", Location::key(node), message)
        .note("sdkgen ignores the header")
        .help("use letters, digits and ``!#$%&'*+-.^_`|~`` only")
}

pub fn empty_optional_body(node: Node<'_>) -> Diagnostic {
    note(
        "N0425",
        Location::key(node),
        "only an empty object is valid for this optional body",
    )
    .note("the client sends no body, and the method has no argument for it")
    .help("remove `requestBody`")
}

pub fn path_parameter_in_query(node: Node<'_>, name: &str, wire: &str) -> Diagnostic {
    note(
        "N0430",
        Location::value(node),
        format!("the path parameter `{name}` is in a query string"),
    )
    .note(format!("the client sends the query parameter `{wire}`"))
    .help("declare it with `in: query`")
}

pub fn style_out_of_place(node: Node<'_>, style: &str, location: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    let message = format!("the style `{style}` is not allowed with `in: {location}`");
    warning("W0431", Location::value(place), message)
        .note(DEFAULT_STYLE)
        .help("use a style of this location")
}

pub fn undefined_style(node: Node<'_>, what: &str, instead: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    note("N0432", Location::value(place), what)
        .note(instead)
        .help("use a style that OpenAPI defines for the type, or `content` with JSON")
}

pub fn no_empty_value(node: Node<'_>, name: &str) -> Diagnostic {
    let place = node.get("allowEmptyValue").unwrap_or(node);
    let message = format!("`allowEmptyValue` has no effect: `{name}` is not a string");
    note("N0433", Location::key(place), message)
        .note("the client sends it with a value, or not at all")
        .help("remove `allowEmptyValue`")
}

pub fn relative_server(node: Node<'_>) -> Diagnostic {
    note(
        "N0434",
        Location::value(node),
        "this server URL is relative to the URL of the document, which is unknown",
    )
    .note("callers set the base URL, including this path; a URL of an operation is relative to it")
    .help("write an absolute URL")
}

pub fn server_url_query(node: Node<'_>) -> Diagnostic {
    warning(
        "W0435",
        Location::value(node),
        "a server URL must not have a query or a fragment",
    )
    .note("sdkgen removes it")
    .help("declare a parameter of the operations instead")
}

pub fn server_without_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    let message = "this server URL has no scheme";
    warning("W0436", Location::value(node), message)
        .note(format!("sdkgen adds `{scheme}`"))
        .help("write an absolute URL")
}

pub fn unknown_server_variable(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("unknown variable `{name}` in the server URL");
    warning("W0437", Location::value(node), message)
        .note("the variable has no default, so callers have to set it")
        .help("declare it in `variables` with a `default`")
}

pub fn response_without_body(node: Node<'_>) -> Diagnostic {
    note(
        "N0426",
        Location::key(node),
        "a response with this status or method has no body in HTTP",
    )
    .note("sdkgen ignores the description of the body")
    .help("remove `content`, or correct the status")
}

pub fn unsupported_idempotency_key(at: NodeId, name: &str) -> Diagnostic {
    note(
        "N0440",
        Location::Value(at),
        format!("a random UUID is not valid for the idempotency header `{name}`"),
    )
    .note("the client generates no key, and retries only if no connection was made")
    .help("allow any string, or leave the schema if callers set the key")
}

/// A configured rule for an unknown operation.
pub fn unknown_operation(
    at: &Location,
    section: &str,
    key: &str,
    nearest: Option<&str>,
) -> Diagnostic {
    let help = match nearest {
        Some(known) => format!("did you mean `{known}`?"),
        None => "use an `operationId`, or method and path, as in `GET /path`".to_owned(),
    };
    let message = format!("unknown operation `{key}` in `{section}`");
    error("E0442", at.clone(), message).help(help)
}

/// A `wait` rule that does not fit its operation.
pub fn wait_misfit(at: &Location, key: &str, why: &str) -> Diagnostic {
    let message = format!("`wait` does not fit the operation `{key}`: {why}");
    error("E0443", at.clone(), message)
}

/// A configured client parameter that cannot be one.
pub fn client_parameter_misfit(at: &Location, name: &str, why: &str) -> Diagnostic {
    let message = format!("the client cannot set the parameter `{name}`: {why}");
    error("E0470", at.clone(), message)
}

/// A configured stream that does not fit its operation.
pub fn stream_misfit(at: &Location, key: &str, why: &str) -> Diagnostic {
    let message = format!("`{key}` cannot stream events: {why}");
    error("E0447", at.clone(), message)
}

/// A pagination rule that does not fit its operation.
pub fn pagination_misfit(at: &Location, key: &str, why: &str) -> Diagnostic {
    let message = format!("`pagination` does not fit the operation `{key}`: {why}");
    error("E0441", at.clone(), message)
}

/// An extension of another generator that is not supported, or only partly.
pub fn unsupported_extension(hint: Node<'_>, why: &str) -> Diagnostic {
    let name = hint.key().or(hint.parent().and_then(Node::key));
    let message = format!("`{}` is not supported here", name.unwrap_or_default());
    note("N0444", Location::key(hint), message)
        .note(why)
        .help("remove the extension, or configure the behavior in `sdkgen.yaml`")
}

/// The pagination extension of another generator, which does not fit the operation.
pub fn pagination_extension_misfit(at: NodeId, why: &str) -> Diagnostic {
    warning(
        "W0446",
        Location::Key(at),
        format!("the pagination extension does not fit the operation: {why}"),
    )
    .note("sdkgen ignores the extension, and detects pagination itself")
    .help("correct the extension, or set `pagination` in the configuration file")
}

/// An operation that an extension of another generator ignores.
pub fn excluded_by_extension(hint: Node<'_>) -> Diagnostic {
    let name = hint.key().unwrap_or_default();
    let message = format!("`{name}` excludes this part of the document");
    note("N0445", Location::key(hint), message)
        .note("sdkgen does not generate it")
        .help("to generate it, list it in `filter.include.operations` of the configuration file")
}

// 05: names.

pub fn extension_name_taken(at: NodeId, name: &str, holder: Option<NodeId>) -> Diagnostic {
    let message = match holder {
        Some(_) => format!("the name `{name}` is already taken"),
        None => format!("the name `{name}` is already taken, or not a valid identifier"),
    };
    let refused =
        warning("W0501", Location::Value(at), message).note("sdkgen generates another name");
    let refused = match holder {
        Some(holder) => held(refused, holder),
        None => refused,
    };
    refused.help("use `snake_case` for methods and fields, `PascalCase` for types, and a free name")
}

/// Adds the location of the item that already has a name.
fn held(conflict: Diagnostic, holder: NodeId) -> Diagnostic {
    conflict.also(Location::Key(holder), "this has the name")
}

/// A configured name that is already taken.
pub fn configured_name_taken(at: &Location, name: &str) -> Diagnostic {
    let message = format!("the name `{name}` is already taken here, or has the wrong case");
    error("E0503", at.clone(), message).help(
        "use a free name, in `snake_case` for modules, methods, arguments and fields, in `PascalCase` for types \
         and variants",
    )
}

/// A configured name for an unknown item.
pub fn unknown_named_item(
    at: &Location,
    section: &str,
    what: &str,
    key: &str,
    nearest: Option<&str>,
) -> Diagnostic {
    let message = format!("unknown {what} `{key}` in `{section}`");
    error("E0504", at.clone(), message).did_you_mean(nearest)
}

/// Names that read badly, in one finding.
pub fn badly_readable_names(
    node: Node<'_>,
    count: usize,
    total: usize,
    examples: &[&str],
) -> Diagnostic {
    let examples: Vec<String> = examples.iter().map(|name| format!("`{name}`")).collect();
    let message = format!(
        "{count} of {total} names read badly, such as {}",
        examples.join(", ")
    );
    note("N0505", Location::value(node), message).help(
        "run `sdkgen names` for the reasons, and `sdkgen names --suggest` for a `names` section of the \
         configuration file",
    )
}

pub fn name_taken(at: NodeId, wished: &str, given: &str, holder: Option<NodeId>) -> Diagnostic {
    let taken = note(
        "N0502",
        Location::Key(at),
        format!("duplicate name `{wished}`; sdkgen generates `{given}`"),
    );
    let taken = match holder {
        Some(holder) => held(taken, holder),
        None => taken,
    };
    taken.help("choose a name with `x-rust-name`, or with `names` in the configuration file")
}

// 06: printing.

/// A fault of a built-in template, which no document can cause.
pub fn template(fault: &minijinja::Error) -> Diagnostic {
    error(
        "E0601",
        Location::Path("templates".to_owned()),
        format!("a template of sdkgen failed: {fault:#}"),
    )
    .help("this is a bug in sdkgen; please report it with the document")
}

/// A fault of a user's template.
pub fn custom_template(at: Location, fault: &minijinja::Error) -> Diagnostic {
    let first = super::causes(fault).last().unwrap_or(fault);
    let what = match first.detail() {
        // The fault is in an included template, which the message names.
        _ if first.name() != fault.name() => first.to_string(),
        Some(detail) => format!("{}: {detail}", first.kind()),
        None => first.kind().to_string(),
    };
    let found = error("E0602", at, format!("this template failed: {what}"));
    match first.kind() {
        minijinja::ErrorKind::UndefinedError => {
            found.help("run `sdkgen dump view` to list the values of each template")
        }
        _ => found,
    }
}

/// A user's template that replaces no built-in one.
pub fn unknown_template(path: &str, near: Option<&str>) -> Diagnostic {
    error(
        "E0603",
        Location::Path(path.to_owned()),
        format!("`{path}` does not match a built-in template"),
    )
    .help("run `sdkgen templates` to list the names")
    .did_you_mean(near)
}

/// A changelog whose path mdBook cannot read.
pub fn unreadable_changelog(place: Location, path: &Path, char: char) -> Diagnostic {
    let path = shown(path);
    let what = match char {
        ' ' => "a space".to_owned(),
        char if char.is_whitespace() => format!("the character U+{:04X}", u32::from(char)),
        char => format!("`{char}`"),
    };
    let message = format!("the book cannot include `{path}`: its path has {what}");
    warning("W0604", place, message)
        .note("sdkgen writes the book without a page for the changelog")
        .help("set `changelog` to a path without white space, `:` and braces")
}

// 07: overlays.

/// A malformed part of an overlay.
pub fn invalid_overlay(at: Node<'_>, what: &str) -> Diagnostic {
    error("E0701", Location::value(at), what).help("see the Overlay Specification 1.1, section 4.4")
}

/// A target that is not a valid JSONPath, or selects too many nodes.
pub fn overlay_path(at: Node<'_>, what: &str) -> Diagnostic {
    let path = at.as_str().unwrap_or_default();
    let path = &path[..floor_char_boundary(path, 200)];
    error(
        "E0702",
        Location::value(at),
        format!("cannot use the JSONPath `{path}`: {what}"),
    )
    .help("put names with characters other than letters, digits and `_` in brackets: `$.paths['/pets']`")
}

/// An update that cannot be merged into its target.
pub fn overlay_mismatch(update: Node<'_>, target: Node<'_>, what: &str) -> Diagnostic {
    let found = error("E0703", Location::value(update), what);
    match update.id() == target.id() {
        true => found,
        false => found.also(Location::value(target), "the target"),
    }
    .help("remove the old value with one action, and add the new one with another")
}

/// A deviation from the Overlay Specification that does not prevent the overlay from being applied.
pub fn overlay_deviation(place: Location, what: &str) -> Diagnostic {
    warning("W0705", place, what)
        .note("sdkgen applies the overlay nevertheless; other tools may reject it")
}

/// An action without effect, because it selects nothing.
pub fn overlay_without_effect(target: Node<'_>) -> Diagnostic {
    let path = target.as_str().unwrap_or_default();
    warning(
        "W0704",
        Location::value(target),
        format!("`{path}` selects nothing, so this action has no effect"),
    )
    .note("sdkgen applies actions in order, each to the result of those before it")
    .help("correct the JSONPath, or remove the action")
}
