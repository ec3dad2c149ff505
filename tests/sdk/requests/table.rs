//! Tables of requests as data (`table/*.yaml`): an operation as OpenAPI describes it, calls of its method as a user
//! writes them, and the expected bytes.
//!
//! All operations form one document, so that one crate and one program are compiled. The expectations were written
//! from the specifications, independently of the client's code.

use crate::server::{Act, Received, Server};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use std::fmt::Write;
use std::time::Duration;
use support::generate::generate_with;
use support::{Workshop, repository};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Table {
    components: IndexMap<String, Mapping>,
    /// Operations by their method names in the crate.
    operations: IndexMap<String, Row>,
}

#[derive(Deserialize)]
struct Row {
    /// The path. Defaults to a slash and the name of the operation.
    path: Option<String>,
    /// The method. Defaults to `get`. An upper-case method is listed under `additionalOperations`.
    method: Option<String>,
    cases: Vec<Case>,
    /// Other properties of the Operation Object.
    #[serde(flatten)]
    described: Mapping,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The method's arguments and setters, in Rust.
    call: String,
    /// The client's base URL; `{server}` is replaced by the test server's URL. With the prefix `memory:`, no socket
    /// is opened, and `sends` is a whole URL.
    #[serde(default = "the_server")]
    base: String,
    /// The target of the request. Without a leading slash, it is appended to the operation's path.
    #[serde(default)]
    sends: String,
    method: Option<String>,
    /// Expected headers by lower-case name. Null means that the header must be absent.
    #[serde(default)]
    headers: IndexMap<String, Option<String>>,
    body: Option<String>,
    /// A part of the error if the client must send nothing.
    refused: Option<String>,
}

fn the_server() -> String {
    "{server}".to_owned()
}

const HEAD: &str = "\
openapi: 3.2.0
info: {title: Table, version: '1'}
servers:
  - {url: 'https://api.example.com', description: Production.}
  - url: https://{region}.example.com:{port}/{base}/v1/
    name: regional
    variables:
      region: {default: eu, enum: [eu, us], description: Where the data is.}
      port: {default: '443'}
      base: {default: ''}
  - {url: 'https://{tenant}.example.org/v1', description: 'One for each customer, with a name of its own.'}
  - {url: /v9}
";

impl Row {
    fn path(&self, name: &str) -> String {
        self.path.clone().unwrap_or_else(|| format!("/{name}"))
    }
}

#[test]
fn requests_are_what_the_tables_say() {
    let tables = tables();
    let mut workshop = Workshop::new("wire-table");
    let spec = workshop.root().join("openapi.yaml");
    std::fs::write(&spec, document(&tables)).unwrap();
    workshop.add(&generate_with(
        "{wire_tests: true, names: {tags: {table: table}}, allow_empty: ['GET /contents/{path}.path']}",
        &spec,
        "wire-table",
        Duration::from_secs(60),
    ));
    let files = [
        ("Cargo.toml", include_str!("table/program.toml")),
        ("src/main.rs", &*program(&tables)),
    ];
    workshop.add_program("program", &files);
    workshop.finish();

    let server = Server::always(Act::Reply(204, &[], String::new()));
    let url = format!("http://{}", server.address());
    let said = workshop.run("program", &[&url]);
    let mut said = said.lines();
    let mut received = server.received().into_iter();
    let mut wrong = String::new();
    let mut count = 0;
    for (name, row) in tables.iter().flat_map(|table| &table.operations) {
        for case in &row.cases {
            count += 1;
            let said = said.next().unwrap_or("nothing");
            let request = (said == "sent").then(|| received.next()).flatten();
            let faults = faults(case, name, row, said, request.as_ref());
            if !faults.is_empty() {
                let _ = writeln!(wrong, "{name}{}{faults}", case.call);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    support::say(&format!("{count} requests are as the tables say"));
    // The generated wire tests of the same document must agree.
    let tested = workshop.wire_tests(&["wire-table"]);
    assert!(tested.is_ok(), "{}", tested.unwrap_err());
}

/// Reads the tables in the order of their files.
fn tables() -> Vec<Table> {
    let files = support::files(&repository().join("tests/sdk/requests/table"));
    let tables = files
        .iter()
        .filter(|path| path.extension() == Some("yaml".as_ref()));
    let read = |path| {
        let text = std::fs::read_to_string(path).unwrap();
        serde_yaml::from_str(&text).unwrap_or_else(|fault| panic!("{path:?}: {fault}"))
    };
    tables.map(read).collect()
}

/// Returns the operations of all tables as one document. Properties keep their order.
fn document(tables: &[Table]) -> String {
    let mut paths: IndexMap<String, Value> = IndexMap::new();
    let mut components: IndexMap<&str, Mapping> = IndexMap::new();
    for table in tables {
        for (kind, entries) in &table.components {
            let known = components.entry(kind).or_default();
            known.extend(entries.clone());
        }
        for (name, row) in &table.operations {
            let mut operation = row.described.clone();
            operation.insert("operationId".into(), name.as_str().into());
            // The cases call the method by the table's name.
            operation.insert("x-rust-name".into(), name.as_str().into());
            operation.insert("tags".into(), vec!["table"].into());
            if !operation.contains_key("responses") {
                let done = serde_yaml::from_str("{'204': {description: Done.}}").unwrap();
                operation.insert("responses".into(), done);
            }
            let empty = || Value::Mapping(Mapping::new());
            let item = paths.entry(row.path(name)).or_insert_with(empty);
            let method = row.method.as_deref().unwrap_or("get");
            let mut place = item.as_mapping_mut().unwrap();
            if method.starts_with(char::is_uppercase) {
                let key = "additionalOperations".into();
                let item = place.entry(key).or_insert_with(empty);
                place = item.as_mapping_mut().unwrap();
            }
            let before = place.insert(method.into(), operation.into());
            assert!(before.is_none(), "{name}: the path has this method already");
        }
    }
    let mut text = serde_yaml::to_string(&IndexMap::from([("paths", paths)])).unwrap();
    text += &serde_yaml::to_string(&IndexMap::from([("components", components)])).unwrap();
    text + HEAD
}

fn program(tables: &[Table]) -> String {
    let mut text = include_str!("table/program.rs.txt").to_owned();
    for (name, row) in tables.iter().flat_map(|table| &table.operations) {
        for case in &row.cases {
            let _ = writeln!(text, "        {:?} {name}{};", case.base, case.call);
        }
    }
    text + "    }\n}\n"
}

/// Returns the differences from the expectations of a case, one a line.
fn faults(case: &Case, name: &str, row: &Row, said: &str, request: Option<&Received>) -> String {
    let mut faults = String::new();
    let mut hold = |what: &str, expected: &str, found: &str| {
        if expected != found {
            let _ = write!(faults, "\n    {what} {expected}\n    but {found}");
        }
    };
    if let Some(why) = &case.refused {
        let as_said = said.contains(why.as_str()).then_some(why.as_str());
        hold("refused:", why, as_said.unwrap_or(said));
        return faults;
    }
    if let Some(url) = said.strip_prefix("sent to ") {
        hold("URL:", &case.sends, url);
        return faults;
    }
    let Some(request) = request else {
        hold("said:", "sent", said);
        return faults;
    };
    let target = match case.sends.starts_with('/') {
        true => case.sends.clone(),
        false => row.path(name) + &case.sends,
    };
    hold("target:", &target, &request.target);
    if let Some(method) = &case.method {
        hold("method:", method, &request.method);
    }
    for (name, expected) in &case.headers {
        let shown =
            |value: Option<&str>| value.map_or("none".to_owned(), |text| format!("{text:?}"));
        let expected = shown(expected.as_deref());
        hold(&format!("{name}:"), &expected, &shown(request.header(name)));
    }
    if let Some(body) = &case.body {
        hold("body:", body, &String::from_utf8_lossy(&request.body));
    }
    faults
}
