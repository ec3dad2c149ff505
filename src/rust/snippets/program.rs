//! Whole programs: the first steps with a crate, in each way to use it.

use super::call::example;
use super::memory;
use crate::ir::{OperationId, StatusPattern};
use crate::rust::code::Doctest;
use crate::rust::plan::credentials::Credential;
use crate::rust::{Expr, Plan, layout, literal};

/// How a client is made: from the environment where it can be.
pub(super) fn client_lines(plan: Plan<'_>, id: Option<OperationId>) -> Vec<String> {
    // The environment has no value for a parameter without a variable.
    let mut needed = id.into_iter().flat_map(|id| plan.needed_parameters(id));
    let is_in_env = needed.all(|it| it.parameter.env.is_some());
    match (plan.main_credential(), plan.api.base_url()) {
        (Some(main), Some(_)) if is_in_env => vec![
            format!(
                "// Reads the {} from the environment variable {}.",
                main.label(),
                plan.options.auth_env
            ),
            "let client = Client::from_env()?;".to_owned(),
        ],
        _ => client_line(plan, id, None),
    }
}

/// The lines of the statement that makes a client, with what it cannot do without.
fn client_line(plan: Plan<'_>, id: Option<OperationId>, transport: Option<Expr>) -> Vec<String> {
    let mut builder = Expr::call("Client::builder", []);
    // Without TLS a client sends nothing to another machine.
    let is_safe = |url: String| url.starts_with("https://");
    if !plan.api.base_url().is_some_and(is_safe) {
        builder = builder.method("base_url", [Expr::string("https://api.example.com")]);
    }
    for credential in needed(plan, id) {
        let arguments: &[&str] = match credential.is_basic() {
            true => &["user", "password"],
            false => &["secret"],
        };
        let arguments = arguments.iter().map(|text| Expr::string(text));
        builder = builder.method(credential.ident.to_owned(), arguments.collect::<Vec<_>>());
    }
    for shared in id.into_iter().flat_map(|id| plan.needed_parameters(id)) {
        builder = builder.method(shared.ident.to_owned(), [shared.example_code(plan)]);
    }
    if let Some(transport) = transport {
        builder = builder.method("transport", [transport]);
    }
    let client = builder.method("build", []).tried();
    let text = match id.is_some_and(|id| plan.needed_parameters(id).next().is_some()) {
        true => layout::assignment("", "let client", &client),
        false => format!("let client = {client};"),
    };
    text.lines().map(str::to_owned).collect()
}

/// Returns the credentials that an operation is shown with: the main one if it is enough, else those of the first
/// alternative that clients can have, else the first of the API.
fn needed<'a>(plan: Plan<'a>, id: Option<OperationId>) -> Vec<Credential<'a>> {
    let all: Vec<Credential<'a>> = plan.credentials().collect();
    let alternatives = id.map(|id| plan.api.operation(id).security.alternatives());
    let known = |schemes: &&Vec<String>| {
        let mut schemes = schemes.iter();
        schemes.len() > 0 && schemes.all(|name| all.iter().any(|known| known.name == name))
    };
    let alternatives = alternatives.unwrap_or_default();
    let shown = plan.main_alternative(alternatives);
    match shown.or_else(|| alternatives.iter().find(known)) {
        Some(schemes) => {
            let mut needed = all;
            needed.retain(|known| schemes.iter().any(|name| name == known.name));
            needed
        }
        None => all.into_iter().take(1).collect(),
    }
}

/// Lines of a whole program's inside: make a client, make a call.
pub fn quick_start(plan: Plan<'_>) -> Doctest {
    start(
        plan,
        "Client",
        "async fn",
        client_lines(plan, plan.client.showcase),
        |call| call.awaited().tried(),
    )
}

/// The same without async.
pub fn blocking_start(plan: Plan<'_>) -> Doctest {
    let import = "{Client, blocking::Wait}";
    start(
        plan,
        import,
        "fn",
        client_lines(plan, plan.client.showcase),
        |call| {
            // A setter called `wait` would hide the method of the trait.
            let call = match sets_wait(plan) {
                true => call.method("send", []),
                false => call,
            };
            call.method("wait", []).tried()
        },
    )
}

/// The same, answered by `mock`.
pub fn mocked_start(plan: Plan<'_>) -> Doctest {
    let mock = Expr::call("mock::transport", []);
    let client = client_line(plan, plan.client.showcase, Some(mock));
    start(plan, "{Client, mock}", "async fn", client, |call| {
        call.awaited().tried()
    })
}

/// Whether the shown operation has a parameter called `wait`.
fn sets_wait(plan: Plan<'_>) -> bool {
    let parameters = plan
        .client
        .showcase
        .map(|id| &plan.names.operation(id).parameters);
    parameters.is_some_and(|names| names.iter().any(|name| name == "wait"))
}

/// What is imported of the crate, the keywords of the function, how the client is made, and what is done
/// to the call.
fn start(
    plan: Plan<'_>,
    import: &str,
    function: &str,
    client: Vec<String>,
    done: impl FnOnce(Expr) -> Expr,
) -> Doctest {
    let name = plan.crate_name();
    let Some(id) = plan.client.showcase else {
        return Doctest::default();
    };
    let example = example(plan, id);
    let mut doctest = Doctest::default();
    doctest.show(format!("use {name}::{import};"));
    doctest.show_all(example.uses(&name));
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    doctest.show("");
    doctest.hide(format!("{function} run() -> {result} {{"));
    doctest.show_all(client);
    doctest.show("");
    doctest.show_all(example.statements_with("", done));
    doctest.show_all(example.printed);
    doctest.hide("Ok(())");
    doctest.hide("}");
    doctest
}

/// One request as it is in a program: imports, the client, and the statements of the example.
pub fn sample(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let name = plan.crate_name();
    let example = example(plan, id);
    let mut lines = vec![format!("use {name}::Client;")];
    lines.extend(example.uses(&name));
    lines.push(String::new());
    lines.extend(client_lines(plan, Some(id)));
    lines.extend(example.statements());
    lines
}

/// A test without a server, which runs as a doctest.
pub fn memory_test(plan: Plan<'_>) -> Doctest {
    let name = plan.crate_name();
    let Some(id) = plan.client.showcase else {
        return Doctest::default();
    };
    let example = example(plan, id);
    let operation = plan.api.operation(id);
    let status = operation
        .successes()
        .find_map(|response| match response.status {
            StatusPattern::Exact(status) => Some(status),
            _ => None,
        })
        .unwrap_or(200);
    let result = "Result<(), Box<dyn std::error::Error>>";
    let (body, lines) = memory::statements(plan, id, &example);
    let mut doctest = Doctest::default();
    doctest.show(format!(
        "use {name}::{{Client, transport::MemoryTransport}};"
    ));
    doctest.show_all(example.uses(&name));
    doctest.show("");
    doctest.hide("#[tokio::main(flavor = \"current_thread\")]");
    doctest.hide(format!("async fn main() -> {result} {{"));
    doctest.show(format!(
        "let transport = MemoryTransport::new().json({status}, {});",
        literal::quoting(&body)
    ));
    let transport = Expr::variable("transport").method("clone", []);
    doctest.show_all(client_line(plan, Some(id), Some(transport)));
    doctest.show("");
    doctest.show_all(lines);
    doctest.show("");
    doctest.show_all(memory::requested(plan, id));
    doctest.hide("Ok(())");
    doctest.hide("}");
    doctest
}
