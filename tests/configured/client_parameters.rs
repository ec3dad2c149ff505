//! The configuration key `client_parameters`.

use super::{generated, refused};

const SHARED: &str = "fixtures/operations/client-parameters.yaml";

#[test]
fn the_configuration_decides_what_the_client_sets() {
    let client = |config: &str| {
        let files = generated(config, SHARED).package.0;
        let client = &files["src/client.rs"];
        let names = ["limit", "tenant_id", "things_version", "x_request_id"];
        let is_setter = |name: &&&str| client.contains(&format!("pub fn {name}(mut self"));
        let setters: Vec<&str> = names.iter().filter(is_setter).copied().collect();
        (setters.join(" "), files)
    };
    assert_eq!(client("").0, "tenant_id things_version");
    let config = "client_parameters: {tenant_id: false, X-request-id: {}, limit: true}\n";
    assert_eq!(client(config).0, "limit things_version x_request_id");
    let config = "client_parameters: {THINGS-VERSION: {default: 2, env: THINGS_VERSION}, tenant_id: {default: 7}}\n";
    let (_, files) = client(config);
    let operations = &files["src/resources/things.rs"];
    let version = "client_parameters::header(&mut request, \"Things-Version\", Some(\"2\"));";
    assert_eq!(operations.matches(version).count(), 3, "{operations}");
    let tenant = "client_parameters::query(&mut request, \"tenant_id\", Some(\"7\"));";
    assert_eq!(operations.matches(tenant).count(), 3, "{operations}");
    assert!(files["src/client.rs"].contains("let name = \"THINGS_VERSION\";"));
}

#[test]
fn what_the_client_cannot_set_is_an_error() {
    let config = "client_parameters:
  tenant: {default: 7}
  tenant_id: {default: seven}
  things-beta: {default: quick}
";
    insta::assert_snapshot!(refused(config, SHARED));
}
