//! Constructs every diagnostic, one function per code. Codes and messages are written only here.
//!
//! `E` stops generation, `W` reports what was repaired or ignored, `N` is a note. The first two digits are the stage:
//! 00 files and syntax, 01 the document, 02 references, 03 schemas, 04 operations, 05 names, 06 rendering,
//! 07 overlays. A number is used once, with a single letter.

mod rules;

pub use rules::*;

use super::fix::Fix;
use super::{Diagnostic, Place, Severity};
use crate::did_you_mean;
use crate::text::floor_char_boundary;
use crate::tree::{FileId, Node, NodeId};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;

fn error(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, place, message)
}

fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, place, message)
}

fn note(code: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Note, place, message)
}

// 00: files and syntax.

/// A file that is missing or cannot be read.
pub fn unreadable(path: &str, why: &str) -> Diagnostic {
    error(
        "E0001",
        Place::Path(path.to_owned()),
        format!("cannot read `{path}`: {why}"),
    )
}

/// A text that is neither valid YAML nor valid JSON.
pub fn syntax(place: Place, language: &str, what: &str) -> Diagnostic {
    error(
        "E0002",
        place,
        format!("this is not valid {language}: {what}"),
    )
}

/// A file in an unsupported encoding.
pub fn encoding(path: &str, what: &str) -> Diagnostic {
    error(
        "E0003",
        Place::Path(path.to_owned()),
        format!("`{path}` {what}"),
    )
    .help("save the file as UTF-8")
}

/// A document that would need more memory than any sensible one.
pub fn too_large(place: Place, what: &str) -> Diagnostic {
    error("E0004", place, what)
}

/// A duplicate key: its first and its last value, and the number of values.
pub fn duplicate_key(first: Node<'_>, last: Node<'_>, count: usize) -> Diagnostic {
    let key = last.key().unwrap_or_default();
    let (often, ignored, help) = match count {
        2 => (
            "twice".to_owned(),
            "this one is ignored".to_owned(),
            "remove one of the two",
        ),
        _ => (
            format!("{count} times"),
            format!("this one and the others, {} in all, are ignored", count - 1),
            "remove all but one",
        ),
    };
    warning(
        "W0005",
        Place::key(last),
        format!("the key `{key}` stands {often} in this object"),
    )
    .label("this one counts")
    .also(Place::key(first), ignored)
    .help(help)
}

/// A file without content.
pub fn empty_file(file: FileId) -> Diagnostic {
    error("E0006", Place::File(file), "the file is empty")
}

/// A YAML key that is a mapping or sequence.
pub fn complex_key(place: Place) -> Diagnostic {
    error(
        "E0007",
        place,
        "a key must be text, not a list or a mapping",
    )
}

/// A YAML alias inside of its own anchor.
pub fn recursive_alias(place: Place) -> Diagnostic {
    error(
        "E0008",
        place,
        "this alias stands inside the node that it repeats",
    )
}

/// A second YAML document in a file.
pub fn several_documents(place: Place) -> Diagnostic {
    warning(
        "W0009",
        place,
        "the file holds more than one YAML document; only the first is read",
    )
    .label("the second one starts here")
}

/// An unknown YAML tag, or one that does not fit its value.
pub fn tag(place: Place, what: &str) -> Diagnostic {
    warning("W0010", place, what)
}

/// A YAML number that JSON cannot represent.
pub fn no_json_number(place: Place, text: &str) -> Diagnostic {
    warning(
        "W0011",
        place,
        format!("`{text}` is not a number that JSON can hold; it is read as a string"),
    )
}

/// A YAML merge key with an invalid value.
pub fn merge_key(place: Place) -> Diagnostic {
    warning(
        "W0012",
        place,
        "`<<` merges a mapping or a list of mappings; this value is neither",
    )
    .help("write the key in quotes if it is meant as an ordinary one")
}

/// Missing blanks that YAML requires, although most readers do not.
pub fn missing_blanks(place: Place, message: &str, help: &str) -> Diagnostic {
    warning("W0013", place, message).help(help)
}

// 01: the document.

pub fn not_an_object(root: Node<'_>) -> Diagnostic {
    let message = format!(
        "an OpenAPI document is an object, this is {}",
        root.kind().describe()
    );
    error("E0101", Place::value(root), message)
}

pub fn not_openapi(root: Node<'_>) -> Diagnostic {
    error(
        "E0102",
        Place::value(root),
        "this is no OpenAPI document: it has no `openapi` member",
    )
    .help(
        "an OpenAPI document begins with its version, such as `openapi: 3.1.0` or `swagger: '2.0'`",
    )
}

/// A Swagger document of another version than 2.0.
pub fn swagger_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!(
        "Swagger version `{version}` is not supported; sdkgen reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2"
    );
    error("E0103", Place::value(node), message)
        .help("convert it first, for example with `npx api-spec-converter --from=swagger_1 --to=swagger_2 SPEC`")
}

pub fn unsupported_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!(
        "OpenAPI version `{version}` is not supported; sdkgen reads 3.0, 3.1, 3.2 and Swagger 2.0"
    );
    error("E0104", Place::value(node), message)
}

pub fn unknown_version(node: Node<'_>, version: &str) -> Diagnostic {
    let message = format!("OpenAPI version `{version}` is not known; it is read as 3.1");
    warning("W0105", Place::value(node), message)
}

pub fn nothing_described(root: Node<'_>) -> Diagnostic {
    warning(
        "W0106",
        Place::value(root),
        "the document describes no paths, no webhooks and no schemas",
    )
}

pub fn no_info(root: Node<'_>) -> Diagnostic {
    warning(
        "W0107",
        Place::value(root),
        "the document has no `info`; the API is called `API`",
    )
    .fix(Fix::Update(
        root.id(),
        json!({"info": {"title": "API", "version": "1.0.0"}}),
    ))
}

pub fn no_title(info: Node<'_>) -> Diagnostic {
    warning(
        "W0108",
        Place::value(info),
        "`info` has no `title`; the API is called `API`",
    )
    .fix(Fix::Update(info.id(), json!({"title": "API"})))
}

pub fn wrong_kind(node: Node<'_>, key: &str, wanted: &str) -> Diagnostic {
    let found = node.kind().describe();
    warning(
        "W0109",
        Place::value(node),
        format!("`{key}` should be {wanted}, this is {found}"),
    )
    .help("what can be understood of it is used, the rest is left out")
}

pub fn scalar_for_string(node: Node<'_>, key: &str) -> Diagnostic {
    let message = format!(
        "`{key}` should be a string, this is {}",
        node.kind().describe()
    );
    note("N0110", Place::value(node), message)
        .help("its text is used; quotes make it a string")
        .replace(node, node.to_json().to_string())
}

pub fn server_variable_default(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("the server variable `{name}` has no `default`");
    warning("W0111", Place::value(node), message)
        .help("its first `enum` value is used, else nothing")
}

pub fn unknown_security_type(node: Node<'_>, kind: &str, known: &str) -> Diagnostic {
    let message = format!("the security scheme's type `{kind}` is not known");
    warning("W0112", Place::value(node), message).help(format!("one of {known}; it is left out"))
}

pub fn unknown_security_scheme(
    node: Node<'_>,
    name: &str,
    section: &str,
    near: Option<&str>,
) -> Diagnostic {
    let message = format!("the security scheme `{name}` is not in `{section}`");
    let found = warning("W0113", Place::key(node), message)
        .help("the requirement is left out")
        .did_you_mean(near);
    match (near, node.parent()) {
        (Some(near), Some(requirement)) => found
            .fix(Fix::Update(requirement.id(), json!({near: node.to_json()})))
            .fix(Fix::Remove(node.id())),
        _ => found,
    }
}

pub fn no_servers(root: Node<'_>) -> Diagnostic {
    let place = root.get("servers").map_or(Place::value(root), Place::key);
    warning(
        "W0114",
        place,
        "the document names no server with an absolute URL",
    )
    .help("the users of the client give the base URL to its builder")
}

pub fn mutual_tls(node: Node<'_>) -> Diagnostic {
    note(
        "N0115",
        Place::key(node),
        "a client certificate is not set by the client's builder",
    )
    .help("give the client a transport that has the certificate")
}

pub fn other_http_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    note(
        "N0116",
        Place::key(node),
        format!("the HTTP scheme `{scheme}` has no setter in the client's builder"),
    )
    .help("`default_header` sets the `Authorization` header")
}

pub fn key_name(node: Node<'_>, name: &str) -> Diagnostic {
    let place = node.get("name").unwrap_or(node);
    warning(
        "W0117",
        Place::value(place),
        format!("`{}` cannot be the name of a header or a cookie", name.escape_debug()),
    )
    .help("a name is of letters, digits and some signs (RFC 9110, section 5.6.2); the scheme is left out")
}

/// Security schemes that no operation requires. `schemes` is the map of them.
pub fn nobody_asks_for_credentials(schemes: Node<'_>, is_sent: bool) -> Diagnostic {
    let help = match is_sent {
        true => {
            "the client sends every credential that is set; `security` at the top of the document says which are needed"
        }
        false => "`security: []` says that none is needed, so the client sends none",
    };
    warning(
        "W0140",
        Place::key(schemes),
        "no operation asks for a credential",
    )
    .help(help)
}

/// Operations without `security`, if most operations have it. `silent` of `count` operations have none.
pub fn few_ask_for_credentials(root: Node<'_>, silent: usize, count: usize) -> Diagnostic {
    let paths = root.get("paths").unwrap_or(root);
    let message =
        format!("{silent} of {count} operations have no `security`, and send no credential");
    warning("W0141", Place::key(paths), message)
        .help("add `security` at the top of the document; an operation without a credential has `security: []`")
}

/// A configured credential that conflicts with the document.
pub fn auth_without_effect(at: &Place) -> Diagnostic {
    let message =
        "`auth` of the configuration has no effect: the document declares another credential";
    warning("W0142", at.clone(), message)
        .help("change the document's security schemes by an overlay")
}

pub fn too_much_described(root: Node<'_>, count: usize) -> Diagnostic {
    error(
        "E0118",
        Place::value(root),
        format!("the document describes {count} types and operations, more than a crate can hold"),
    )
    .help("split it into several documents, each for a crate of its own")
}

/// A property of OpenAPI 3 in a Swagger 2.0 document.
pub fn not_of_swagger(node: Node<'_>) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("Swagger 2.0 has no `{key}` here");
    warning("W0130", Place::key(node), message)
        .help("it is ignored; declare `openapi: 3.0.3` if the document is written for OpenAPI 3")
}

pub fn unknown_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    let message = format!("the scheme `{scheme}` is not supported");
    warning("W0131", Place::value(node), message)
        .help("the client sends requests by `https` and `http`; it is ignored")
}

pub fn unknown_flow(node: Node<'_>, flow: &str) -> Diagnostic {
    let place = node.get("flow").map_or(Place::key(node), Place::value);
    let message = format!("the OAuth 2.0 flow `{flow}` is not known");
    warning("W0132", place, message)
        .help("one of `implicit`, `password`, `application` and `accessCode`; users of the client give a token")
}

/// An invalid configuration or argument.
pub fn configuration(at: Place, message: &str) -> Diagnostic {
    error("E0144", at, message)
}

// 02: references.

pub fn dangling_reference(node: Node<'_>, reference: &str) -> Diagnostic {
    warning(
        "W0201",
        Place::value(node),
        format!("the reference `{reference}` leads nowhere"),
    )
    .help("any JSON value stands in its place")
}

pub fn missing_file(node: Node<'_>, path: &str, why: &str) -> Diagnostic {
    warning(
        "W0202",
        Place::value(node),
        format!("the referenced file `{path}` cannot be read: {why}"),
    )
    .help("any JSON value stands in its place")
}

pub fn remote_reference(node: Node<'_>, url: &str) -> Diagnostic {
    error("E0203", Place::value(node), format!("the reference to `{url}` is not followed: sdkgen reads no URLs"))
        .help("download it and name its folder in sdkgen.yaml, as `remote: {https://example.com/: folder}`; or bundle the document, for example with `npx @redocly/cli bundle SPEC -o bundled.yaml`")
}

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
        Place::value(node),
        format!("sdkgen does not read `{reference}`: {why}"),
    );
    let found = match real {
        Some(real) => found.label(format!("resolves to `{}`", shown(real))),
        None => found,
    };
    found.help(
        "refer to a copy of the file beside the description by a relative path; or allow its folder with \
         `--allow-files DIR`, or with `allow_files: [DIR]` in sdkgen.yaml",
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
        Place::value(place),
        "this reference leads back to itself",
    )
    .help("any JSON value stands in its place")
}

pub fn long_chain(node: Node<'_>) -> Diagnostic {
    let place = node.get("$ref").unwrap_or(node);
    warning(
        "W0208",
        Place::value(place),
        "too many references lead here or on from here, one after the other",
    )
    .help("what lies beyond is left out")
}

pub fn anchor(node: Node<'_>, anchor: &str) -> Diagnostic {
    warning(
        "W0205",
        Place::value(node),
        format!("no schema has the anchor `#{anchor}`"),
    )
    .help("a JSON Pointer begins with `#/`; any JSON value stands in its place")
}

pub fn dynamic_reference(node: Node<'_>, other: Node<'_>) -> Diagnostic {
    warning(
        "W0206",
        Place::value(node),
        "where this dynamic reference leads depends on the schema around it",
    )
    .also(Place::value(other), "here too")
    .help("it is taken as a plain reference, to the anchor in its own schema")
}

pub fn beside_reference(node: Node<'_>) -> Diagnostic {
    let message = format!(
        "`{}` beside `$ref` means nothing in OpenAPI 3.0",
        node.key().unwrap_or_default()
    );
    note("N0207", Place::key(node), message)
        .help("it is left out; put the reference and this into an `allOf`")
}

/// A method of a path item that the target of its `$ref` has too.
pub fn operation_beside_reference(own: Node<'_>, target: Node<'_>) -> Diagnostic {
    let message = format!(
        "`{}` is in this path item and in the one to which its `$ref` leads",
        own.key().unwrap_or_default()
    );
    warning("W0449", Place::key(own), message)
        .also(Place::key(target), "the other one")
        .help("sdkgen generates the operation beside `$ref`")
}

/// A reference inside of a schema with an `$id`, whose target is somewhere else in a bundle.
pub fn bundled_identifier(node: Node<'_>, identified: Node<'_>) -> Diagnostic {
    let message =
        "in the bundle this reference is looked for in the schema with the `$id` around it";
    let place = node.get("$ref").unwrap_or(node);
    warning("W0210", Place::value(place), message)
        .also(
            Place::value(identified.get("$id").unwrap_or(identified)),
            "it has the address",
        )
        .help("sdkgen finds it all the same; for other tools take the `$id` out")
}

/// A link to an operation of a document that is not part of a bundle.
pub fn bundled_operation(node: Node<'_>) -> Diagnostic {
    let message = "this operation is of another document, which is not made part of the bundle";
    warning("W0211", Place::value(node), message)
        .help("the reference stays as it is; refer to the operation's path from `paths`")
}

/// A `$ref` in place of `properties`.
pub fn borrowed_properties(properties: Node<'_>) -> Diagnostic {
    let place = properties
        .get("$ref")
        .map_or(Place::key(properties), Place::key);
    let message = "`properties` is no place for `$ref`: this is a property of that name";
    note("N0209", place, message)
        .help("the reference is followed, as it seems to be meant; write the properties out, or use `allOf`")
}

/// A `$ref` in place of a map, such as a section of the components or the paths.
pub fn reference_for_map(map: Node<'_>) -> Diagnostic {
    let place = map.get("$ref").map_or(Place::key(map), Place::key);
    let what = map
        .key()
        .map_or("a map of names".to_owned(), |key| format!("`{key}`"));
    let message = format!("{what} is no place for `$ref`: only what is in it can be elsewhere");
    let is_within = map.text("$ref").is_some_and(|text| text.starts_with('#'));
    let instead = match is_within {
        true => "refer to each of its members",
        false => "`sdkgen bundle` writes its members out",
    };
    let help =
        format!("the reference is followed, as it seems to be meant; for other tools, {instead}");
    note("N0212", place, message).help(help)
}

// 03: schemas.

pub fn not_a_schema(node: Node<'_>) -> Diagnostic {
    let message = format!(
        "a schema is an object or a boolean, this is {}",
        node.kind().describe()
    );
    warning("W0301", Place::value(node), message).help("any JSON value stands in its place")
}

pub fn never_schema(node: Node<'_>) -> Diagnostic {
    note(
        "N0302",
        Place::value(node),
        "no value is valid for the schema `false`",
    )
    .help("it is kept as any JSON value")
}

pub fn unknown_type(node: Node<'_>, name: &str, instead: &str) -> Diagnostic {
    warning(
        "W0303",
        Place::value(node),
        format!("`{name}` is no JSON Schema type"),
    )
    .help(format!("it is read as {instead}"))
}

pub fn boolean_required(node: Node<'_>) -> Diagnostic {
    warning(
        "W0304",
        Place::key(node),
        "`required` is an array of member names beside `properties`",
    )
    .help("a boolean says nothing here; it is left out")
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
        let what = format!("`{name}` is required, but is not one of the `properties`{hint}");
        found.push(required_alone(*item, what).fix(Fix::Remove(item.id())));
    }
    if !inherited.is_empty() {
        let (verb, names) = match &inherited[..] {
            [name] => ("is", name.clone()),
            names => ("are", names.join(", ")),
        };
        let what = format!("{names} {verb} required, but not among the `properties`");
        found.push(required_alone(required.unwrap_or(node), what));
    }
    found
}

fn required_alone(node: Node<'_>, what: String) -> Diagnostic {
    note("N0305", Place::value(node), what)
        .help("sdkgen generates an optional field that takes any JSON value")
}

/// A `type` that is null instead of the string `"null"`.
pub fn unquoted_null_type(node: Node<'_>) -> Diagnostic {
    let finding = note(
        "N0345",
        Place::value(node),
        "the type is the value `null`, not the text `\"null\"`",
    );
    let finding = finding.help("sdkgen reads it as the type \"null\"; quote it");
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
        Place::key(place),
        "these values are not all strings or all integers",
    )
    .help("any value of the type is taken; the values are listed in the docs")
}

pub fn enum_against_type(node: Node<'_>) -> Diagnostic {
    let place = node.get("type").unwrap_or(node);
    warning(
        "W0318",
        Place::value(place),
        "no value of the `enum` is of this type",
    )
    .help("the values count: the type is read as `string`")
}

pub fn duplicate_enum_value(node: Node<'_>) -> Diagnostic {
    warning(
        "W0307",
        Place::value(node),
        "this value stands in the `enum` already",
    )
    .fix(Fix::Remove(node.id()))
}

pub fn union_with_properties(node: Node<'_>) -> Diagnostic {
    warning(
        "W0308",
        Place::value(node),
        "this branch is no object, so the members that all share are not laid into it",
    )
    .help("it stands as it is")
}

pub fn untagged_branch(node: Node<'_>) -> Diagnostic {
    let place = node.get("discriminator").unwrap_or(node);
    warning(
        "W0309",
        Place::key(place),
        "the discriminator does not tell all branches apart",
    )
    .help("branches without a value are told by their kind and members, then tried in order")
}

pub fn union_too_large(node: Node<'_>) -> Diagnostic {
    warning(
        "W0329",
        Place::value(node),
        "this union leads to too many branches to compare each with each other",
    )
    .help("sdkgen tries some branches in order; a discriminator makes that unnecessary")
}

pub fn too_much_inherited(node: Node<'_>) -> Diagnostic {
    warning(
        "W0338",
        Place::value(node),
        "the schemas up to this one inherit too many members",
    )
    .help("what this schema and those after it inherit is among their undeclared members")
}

pub fn all_of_not_merged(node: Node<'_>, branch: Node<'_>) -> Diagnostic {
    let place = node.get("allOf").unwrap_or(node);
    warning(
        "W0310",
        Place::key(place),
        "these branches cannot be laid over each other",
    )
    .also(Place::value(branch), "this branch is of another type")
    .help("any JSON value stands in its place")
}

pub fn too_many_branches(node: Node<'_>) -> Diagnostic {
    warning(
        "W0320",
        Place::value(node),
        "there are too many branches to lay what they share into each",
    )
    .help("what they share is an object; what a branch adds is among its undeclared members")
}

pub fn repeated_branch(node: Node<'_>, first: Node<'_>) -> Diagnostic {
    note("N0321", Place::value(node), "this branch is there already")
        .also(Place::value(first), "it says the same as this one")
}

pub fn mapped_elsewhere(node: Node<'_>, value: &str, to: &str) -> Diagnostic {
    warning(
        "W0322",
        Place::value(node),
        format!("`{value}` is mapped to {to}"),
    )
    .help("an object of it is kept as raw JSON")
}

pub fn contradicting_member(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    warning(
        "W0323",
        Place::key(later),
        "branches of an `allOf` give this member different types",
    )
    .also(Place::key(earlier), "it has another type here")
    .help("no value is valid for both; the later one stands")
}

pub fn branch_passed_over(branch: Node<'_>, takes: &str) -> Diagnostic {
    let message =
        format!("this branch of an `allOf` takes {takes}, which leaves no value to the others");
    warning("W0325", Place::value(branch), message).help("it is passed over")
}

pub fn contradicting_additional(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    warning(
        "W0326",
        Place::value(later),
        "branches of an `allOf` contradict each other about members that they do not name",
    )
    .also(Place::value(earlier), "it is said otherwise here")
    .help("the later one stands")
}

pub fn format_in_doubt(schema: Node<'_>, value: Node<'_>) -> Diagnostic {
    let format = schema.get("format").unwrap_or(schema);
    note(
        "N0324",
        Place::value(format),
        "not all values are of this format",
    )
    .also(Place::value(value), "this one is not")
    .help("they are taken as plain strings")
}

/// A pattern that sdkgen cannot check values against.
pub fn costly_pattern(pattern: Node<'_>, value: Node<'_>) -> Diagnostic {
    note(
        "N0330",
        Place::value(pattern),
        "this pattern takes too long to check values against",
    )
    .also(Place::value(value), "this value is not checked")
    .help("limit the length with `maxLength` and the letters with the pattern")
}

pub fn alias_cycle(node: Node<'_>) -> Diagnostic {
    warning(
        "W0311",
        Place::value(node),
        "this type is made of nothing but itself",
    )
    .help("any JSON value stands where the circle closes")
}

pub fn circular_branch(node: Node<'_>) -> Diagnostic {
    warning(
        "W0328",
        Place::value(node),
        "this branch leads back to its own union",
    )
    .help("the branch adds no values and is left out; remove it")
}

pub fn endless_value(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("`{name}` must hold an object that must hold it again, without end");
    warning("W0319", Place::value(node), message)
        .help("the member is taken as optional; leave it out of `required`")
}

pub fn unexpressed_keyword(node: Node<'_>, keyword: &str) -> Diagnostic {
    let message = format!("`{keyword}` does not reach the type that stands for the schema");
    note("N0312", Place::key(node), message)
        .help("values are not checked against it; the server does that")
}

// 04: operations.

pub fn no_operation_id(node: Node<'_>) -> Diagnostic {
    note(
        "N0401",
        Place::key(node),
        "the operation has no `operationId`",
    )
    .help("its name is made of its method and path")
    .fix(Fix::Update(
        node.id(),
        json!({"operationId": operation_id(node)}),
    ))
}

pub fn duplicate_operation_id(node: Node<'_>, id: &str, first: Node<'_>) -> Diagnostic {
    let other = first.get("operationId").unwrap_or(first);
    warning(
        "W0402",
        Place::value(node),
        format!("the operationId `{id}` stands here twice"),
    )
    .also(Place::value(other), "first here")
    .help("the later operation gets another name")
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
    warning("W0403", Place::key(node), "a path begins with `/`").help("one is put before it")
}

pub fn path_suffix(node: Node<'_>, what: &str) -> Diagnostic {
    note(
        "N0404",
        Place::key(node),
        format!("{what} is no part of a request"),
    )
    .help("it is left out of the URL")
}

pub fn path_query(node: Node<'_>, query: &str) -> Diagnostic {
    note(
        "N0405",
        Place::key(node),
        format!("a path has no query string; `{query}` is sent with every call"),
    )
    .help("declare it as a query parameter")
}

pub fn method_case(node: Node<'_>, method: &str) -> Diagnostic {
    let message = format!(
        "methods are written in lower case: `{}`",
        method.to_ascii_lowercase()
    );
    warning("W0406", Place::key(node), message)
}

pub fn undeclared_path_parameter(node: Node<'_>, name: &str) -> Diagnostic {
    warning(
        "W0407",
        Place::key(node),
        format!("the path names `{name}`, and no parameter declares it"),
    )
    .help("it is taken as a string")
    .fix(Fix::Update(
        node.id(),
        json!({"parameters": [
            {"name": name, "in": "path", "required": true, "schema": {"type": "string"}},
        ]}),
    ))
}

pub fn path_parameter_not_in_path(node: Node<'_>, name: &str, path: &str) -> Diagnostic {
    let message = format!("the path parameter `{name}` is not in the path `{path}`");
    warning("W0408", Place::value(node), message).help("it is left out")
}

pub fn unknown_parameter_location(node: Node<'_>, location: &str, known: &str) -> Diagnostic {
    let place = node.get("in").unwrap_or(node);
    warning(
        "W0409",
        Place::value(place),
        format!("`{location}` is no place for a parameter"),
    )
    .help(format!("one of {known}; it is left out"))
}

pub fn parameter_without_name(node: Node<'_>) -> Diagnostic {
    warning("W0410", Place::value(node), "the parameter has no `name`").help("it is left out")
}

/// A header parameter for a credential without a security scheme.
pub fn authorization_parameter(node: Node<'_>, taking: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the header `Authorization` is a parameter of {taking} of {count} operations, and no security scheme sets it"
    );
    warning("W0462", Place::value(node), message).help(
        "the client takes the whole value of the header as a credential; declare a security scheme",
    )
}

/// A header parameter that is an API key, without a security scheme.
pub fn key_parameter(node: Node<'_>, name: &str, taking: usize, count: usize) -> Diagnostic {
    let message = format!(
        "the header `{name}` is a parameter of {taking} of {count} operations, and no security scheme declares it"
    );
    note("N0467", Place::value(node), message).help(
        "the client sends it as a credential that its builder sets once; declare a security scheme",
    )
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
    warning("W0463", Place::value(node), message)
        .help("it stays an argument; `security` of the operation makes it the client's credential")
}

/// A parameter that a security scheme describes too.
pub fn credential_parameter(node: Node<'_>, name: &str, scheme: &str) -> Diagnostic {
    let message =
        format!("the parameter `{name}` is the credential of the security scheme `{scheme}`");
    note("N0464", Place::value(node), message).help("the client sets it; it is no argument")
}

/// A null among the values of a type without null. In YAML, an unquoted string may have been intended.
pub fn null_in_enum(node: Node<'_>) -> Diagnostic {
    note("N0465", Place::value(node), "the value is null, which `type` does not allow")
        .help("sdkgen takes null beside the other values; quote it where the text is meant, or add \"null\" to `type`")
}

/// Operations that look paginated, in one finding.
pub fn pages_in_doubt(node: Node<'_>, count: usize, lines: &str) -> Diagnostic {
    let lists = match count {
        1 => "a list has parameters of pages".to_owned(),
        _ => format!("{count} lists have parameters of pages"),
    };
    let message = format!("{lists}, and the document does not say how pages follow each other");
    note("N0466", Place::value(node), message).help(format!(
        "if these lines are right, put them into the configuration file:\n{lines}"
    ))
}

/// A stream that the document describes by a component only.
pub fn stream_found(node: Node<'_>, event: &str, key: &str) -> Diagnostic {
    let message =
        format!("the operation has a property `stream`, and `{event}` describes the events");
    note("N0468", Place::value(node), message).help(format!(
        "`send_events` returns them; if this is wrong, set `streams: {{{key}: false}}` in the configuration file"
    ))
}

/// A parameter that most operations have.
pub fn client_parameter(node: Node<'_>, name: &str, taking: usize, count: usize) -> Diagnostic {
    let message = format!("`{name}` is a parameter of {taking} of {count} operations");
    note("N0469", Place::value(node), message).help(format!(
        "it is set once, on the client; `client_parameters` in the configuration file sets its default, as in \
         `{name}: {{default: …}}`, or makes it a parameter of each request again: `{name}: false`"
    ))
}

pub fn reserved_header(node: Node<'_>, name: &str) -> Diagnostic {
    note(
        "N0411",
        Place::value(node),
        format!("the header `{name}` is set by the client"),
    )
    .help("OpenAPI has such a parameter ignored; it is left out")
}

pub fn parameter_without_schema(node: Node<'_>, name: &str, keyword: &str) -> Diagnostic {
    warning(
        "W0412",
        Place::value(node),
        format!("the parameter `{name}` has no `{keyword}`"),
    )
    .help("it is taken as a string")
}

pub fn unknown_style(node: Node<'_>, style: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    warning(
        "W0413",
        Place::value(place),
        format!("`{style}` is no parameter style"),
    )
    .help("the usual style of the place is used")
}

pub fn collection_format(node: Node<'_>, format: &str, location: &str) -> Diagnostic {
    let place = node.get("collectionFormat").unwrap_or(node);
    let message = match format {
        "multi" => format!("`collectionFormat: multi` has no meaning where `in` is `{location}`"),
        _ => format!("the `collectionFormat` `{format}` is not known"),
    };
    warning("W0460", Place::value(place), message).help("items are separated by commas")
}

pub fn several_bodies(node: Node<'_>) -> Diagnostic {
    let message = "an operation has one body, or the fields of one form";
    warning("W0461", Place::value(node), message)
        .help("the first body parameter is used; this one is ignored")
}

pub fn body_without_content(node: Node<'_>) -> Diagnostic {
    warning(
        "W0414",
        Place::value(node),
        "the request body has no `content`",
    )
    .help("no body is sent")
}

pub fn not_a_media_type(node: Node<'_>, text: &str, meant: Option<&str>) -> Diagnostic {
    let message = match text {
        "" => "an empty text is not a media type".to_owned(),
        _ => format!("`{text}` is not a media type"),
    };
    let place = match node.as_str() {
        Some(_) => Place::value(node),
        None => Place::key(node),
    };
    let finding = warning("W0450", place, message);
    match meant {
        Some(meant) => finding.help(format!("it is read as `{meant}`")),
        None => finding.help(
            "it is left out: a media type has a type and a subtype, as `application/json` has",
        ),
    }
}

pub fn unknown_status(node: Node<'_>, key: &str) -> Diagnostic {
    warning(
        "W0415",
        Place::key(node),
        format!("`{key}` is no HTTP status"),
    )
    .help("a status such as `200`, a range such as `2XX`, or `default`; it is left out")
}

pub fn no_success_response(node: Node<'_>) -> Diagnostic {
    note(
        "N0416",
        Place::key(node),
        "the operation describes no response for success",
    )
    .help("the call returns nothing on a status from 200 to 299; `send_raw` has the body")
}

pub fn xml_as_text(node: Node<'_>, media_type: &str) -> Diagnostic {
    note(
        "N0417",
        Place::key(node),
        format!("`{media_type}` is handed over as text"),
    )
    .help("where the operation offers JSON too, JSON is used")
}

pub fn yaml_as_it_is(node: Node<'_>, media_type: &str) -> Diagnostic {
    note(
        "N0451",
        Place::key(node),
        format!("`{media_type}` is handed over as it is"),
    )
    .help("sdkgen generates no types that are written as YAML")
}

pub fn multipart_as_bytes(node: Node<'_>, media_type: &str) -> Diagnostic {
    warning(
        "W0418",
        Place::key(node),
        format!("`{media_type}` bodies are not taken apart"),
    )
    .help("they are handed over as bytes; `multipart/form-data` requests are built part by part")
}

pub fn webhook_without_json(node: Node<'_>) -> Diagnostic {
    note("N0421", Place::key(node), "the webhook has no JSON body")
        .help("the crate has no function that reads it")
}

pub fn not_generated(node: Node<'_>, what: &str) -> Diagnostic {
    note(
        "N0422",
        Place::key(node),
        format!("nothing is generated for {what}"),
    )
}

pub fn encoding_not_applied(node: Node<'_>) -> Diagnostic {
    warning("W0424", Place::key(node), "this `encoding` is not applied")
        .help("members are written as OpenAPI does without it")
}

pub fn member_of_media_type(node: Node<'_>, media_type: &str) -> Diagnostic {
    let place = node.get("contentType").unwrap_or(node);
    let message = format!("the member is not written as `{media_type}`");
    warning("W0427", Place::value(place), message)
        .help("it is written as OpenAPI does without a `contentType`")
}

pub fn encoding_of_nothing(node: Node<'_>, name: &str, hint: &str) -> Diagnostic {
    let message = format!("the body has no member `{name}`{hint}");
    warning("W0448", Place::key(node), message).help("this `encoding` changes nothing")
}

pub fn header_name(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("HTTP has no header of the name `{name}`");
    warning("W0428", Place::key(node), message).help("it is left out")
}

pub fn body_of_nothing(node: Node<'_>) -> Diagnostic {
    note(
        "N0425",
        Place::key(node),
        "only an empty object fits this optional body",
    )
    .help("calls are sent without a body, and take none")
}

pub fn path_parameter_in_query(node: Node<'_>, name: &str, wire: &str) -> Diagnostic {
    note(
        "N0430",
        Place::value(node),
        format!("the path names `{name}` in a query string, where no path parameter stands"),
    )
    .help(format!(
        "it is sent as the query parameter `{wire}`; declare it as one"
    ))
}

pub fn style_out_of_place(node: Node<'_>, style: &str, location: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    let message = format!("the style `{style}` has no meaning where `in` is `{location}`");
    warning("W0431", Place::value(place), message).help("the usual style of the place is used")
}

pub fn undefined_style(node: Node<'_>, what: &str, instead: &str) -> Diagnostic {
    let place = node.get("style").unwrap_or(node);
    note("N0432", Place::value(place), what).help(instead)
}

pub fn no_empty_value(node: Node<'_>, name: &str) -> Diagnostic {
    let place = node.get("allowEmptyValue").unwrap_or(node);
    let message = format!("the client cannot send `{name}` without a value, as it is no text");
    note("N0433", Place::key(place), message).help("it is sent with a value, or not at all")
}

pub fn relative_server(node: Node<'_>) -> Diagnostic {
    note(
        "N0434",
        Place::value(node),
        "a relative server URL begins where the document was published, which it does not say",
    )
    .help("the API's is part of the base URL that users give; an operation's begins at that URL")
}

pub fn server_url_query(node: Node<'_>) -> Diagnostic {
    warning(
        "W0435",
        Place::value(node),
        "a server URL has no query and no fragment",
    )
    .help("it is used without")
}

pub fn server_without_scheme(node: Node<'_>, scheme: &str) -> Diagnostic {
    let message = "this server URL has no scheme, by which it is relative to the document";
    warning("W0436", Place::value(node), message).help(format!("`{scheme}` is put before it"))
}

pub fn undeclared_server_variable(node: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("the server URL names `{name}`, and no variable declares it");
    warning("W0437", Place::value(node), message)
        .help("users of the client give it, as it has no default")
}

pub fn response_without_body(node: Node<'_>) -> Diagnostic {
    note(
        "N0426",
        Place::key(node),
        "HTTP has no body in this response",
    )
    .help("what is described of its body is left out")
}

pub fn unmade_key(at: NodeId, name: &str) -> Diagnostic {
    note(
        "N0440",
        Place::Value(at),
        format!("a random UUID is no value of the header `{name}`"),
    )
    .help("the client makes no key for a call, and sends it again only when no connection could be made")
}

/// A configured rule for an unknown operation.
pub fn rule_of_unknown(at: &Place, section: &str, key: &str, nearest: Option<&str>) -> Diagnostic {
    let help = match nearest {
        Some(known) => format!("did you mean `{known}`?"),
        None => "operations are named by their `operationId`, or as in `GET /path`".to_owned(),
    };
    let message = format!("`{section}` names `{key}`, which is no operation of the document");
    error("E0442", at.clone(), message).help(help)
}

/// A `wait` rule that does not fit its operation.
pub fn wait_misfit(at: &Place, key: &str, why: &str) -> Diagnostic {
    let message = format!("nothing can be waited for with `{key}` so: {why}");
    error("E0443", at.clone(), message)
}

/// A configured client parameter that cannot be one.
pub fn client_parameter_misfit(at: &Place, name: &str, why: &str) -> Diagnostic {
    let message = format!("the client cannot set the parameter `{name}`: {why}");
    error("E0470", at.clone(), message)
}

/// A configured stream that does not fit its operation.
pub fn stream_misfit(at: &Place, key: &str, why: &str) -> Diagnostic {
    let message = format!("`{key}` cannot stream events: {why}");
    error("E0447", at.clone(), message)
}

/// A pagination rule that does not fit its operation.
pub fn pagination_misfit(at: &Place, key: &str, why: &str) -> Diagnostic {
    let message = format!("the pages of `{key}` cannot be gone through so: {why}");
    error("E0441", at.clone(), message)
}

/// An extension of another generator that is not supported, or only partly.
pub fn hint_unfollowed(hint: Node<'_>, why: &str) -> Diagnostic {
    let name = hint.key().or(hint.parent().and_then(Node::key));
    let message = format!("`{}` is not followed here", name.unwrap_or_default());
    note("N0444", Place::key(hint), message).help(why)
}

/// The pagination extension of another generator, which does not fit the operation.
pub fn hinted_pages_misfit(at: NodeId, why: &str) -> Diagnostic {
    warning(
        "W0446",
        Place::Key(at),
        format!("the pages cannot be gone through so: {why}"),
    )
    .help("pages are looked for as if nothing were said of them")
}

/// An operation that an extension of another generator ignores.
pub fn hint_left_out(hint: Node<'_>) -> Diagnostic {
    let name = hint.key().unwrap_or_default();
    let message = format!("what `{name}` is said of is left out");
    note("N0445", Place::key(hint), message)
        .help("`filter.include.operations` in the configuration file brings it back")
}

// 05: names.

pub fn pinned_name_refused(at: NodeId, name: &str, holder: Option<NodeId>) -> Diagnostic {
    let message = format!("the name `{name}` cannot be given here");
    let refused = warning("W0501", Place::Value(at), message);
    match holder {
        Some(holder) => held(refused, holder).help("another name is made"),
        None => refused
            .help("it is taken at this place, or it is no Rust identifier; another name is made"),
    }
}

/// Adds the location of the item that already has a name.
fn held(conflict: Diagnostic, holder: NodeId) -> Diagnostic {
    conflict.also(Place::Key(holder), "this has it")
}

/// A configured name that is already taken.
pub fn given_name_refused(at: &Place, name: &str) -> Diagnostic {
    let message = format!("the name `{name}` cannot be given here");
    error("E0503", at.clone(), message).help(
        "something else has it at this place, or it has not the case of such a name: `snake_case` for modules, \
         methods, arguments and fields, `PascalCase` for types and variants",
    )
}

/// A configured name for an unknown item.
pub fn name_of_unknown(
    at: &Place,
    section: &str,
    what: &str,
    key: &str,
    nearest: Option<&str>,
) -> Diagnostic {
    let message = format!("`{section}` names `{key}`, which is no {what} of the document");
    error("E0504", at.clone(), message).did_you_mean(nearest)
}

/// Names that read badly, in one finding.
pub fn names_read_badly(
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
    note("N0505", Place::value(node), message).help(
        "`sdkgen names` marks them with the reason; `sdkgen names --suggest` prints a `names` section \
         for the configuration file",
    )
}

pub fn name_taken(at: NodeId, wished: &str, given: &str, holder: Option<NodeId>) -> Diagnostic {
    let taken = note(
        "N0502",
        Place::Key(at),
        format!("the name `{wished}` is taken; this is called `{given}`"),
    );
    let taken = match holder {
        Some(holder) => held(taken, holder),
        None => taken,
    };
    taken.help("`x-rust-name`, or `names` in the configuration file, gives it a name of your own")
}

// 06: printing.

/// A fault of a built-in template, which no document can cause.
pub fn template(fault: &minijinja::Error) -> Diagnostic {
    error(
        "E0601",
        Place::Path("templates".to_owned()),
        format!("a template cannot be printed: {fault:#}"),
    )
    .help("this is a fault of sdkgen itself; please report it with the document")
}

/// A fault of a user's template.
pub fn own_template(at: Place, fault: &minijinja::Error) -> Diagnostic {
    let first = super::causes(fault).last().unwrap_or(fault);
    let what = match first.detail() {
        // The fault is in an included template, which the message names.
        _ if first.name() != fault.name() => first.to_string(),
        Some(detail) => format!("{}: {detail}", first.kind()),
        None => first.kind().to_string(),
    };
    let found = error(
        "E0602",
        at,
        format!("this template cannot be printed: {what}"),
    );
    match first.kind() {
        minijinja::ErrorKind::UndefinedError => {
            found.help("`sdkgen dump view` shows what there is to print")
        }
        _ => found,
    }
}

/// A user's template that replaces no built-in one.
pub fn unknown_template(path: &str, near: Option<&str>) -> Diagnostic {
    error(
        "E0603",
        Place::Path(path.to_owned()),
        format!("`{path}` has the name of no template"),
    )
    .help("`sdkgen templates` lists the names")
    .did_you_mean(near)
}

// 07: overlays.

/// A malformed part of an overlay.
pub fn overlay_form(at: Node<'_>, what: &str) -> Diagnostic {
    error("E0701", Place::value(at), what)
        .help("the form is that of the Overlay Specification 1.1, section 4.4")
}

/// A target that is not a valid JSONPath, or selects too many nodes.
pub fn overlay_path(at: Node<'_>, what: &str) -> Diagnostic {
    let path = at.as_str().unwrap_or_default();
    let path = &path[..floor_char_boundary(path, 200)];
    error(
        "E0702",
        Place::value(at),
        format!("`{path}` is not the JSONPath that is wanted here: {what}"),
    )
    .help("names with other characters than letters, digits and `_` stand in brackets: `$.paths['/pets']`")
}

/// An update that cannot be merged into its target.
pub fn overlay_mismatch(update: Node<'_>, target: Node<'_>, what: &str) -> Diagnostic {
    let found = error("E0703", Place::value(update), what);
    match update.id() == target.id() {
        true => found,
        false => found.also(Place::value(target), "what is to be changed"),
    }
    .help("remove the old value with an action of its own, and then add the new one")
}

/// A deviation from the Overlay Specification that does not prevent the overlay from being applied.
pub fn overlay_in_doubt(place: Place, what: &str) -> Diagnostic {
    warning("W0705", place, what)
        .help("it is applied as it seems to be meant; other tools may refuse it")
}

/// An action without effect, because it selects nothing.
pub fn overlay_without_effect(target: Node<'_>) -> Diagnostic {
    let path = target.as_str().unwrap_or_default();
    warning(
        "W0704",
        Place::value(target),
        format!("`{path}` selects nothing, so that this action changes nothing"),
    )
    .help("it is looked for in the document itself, as the actions before this one have left it")
}
