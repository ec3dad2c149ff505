//! Whole programs: the first steps with a crate, in each way to use it.

use super::example::{example, showcase};
use crate::ir::{OperationId, StatusPattern};
use crate::rust::{Expr, Plan, literal};

/// How a client is made: from the environment where it can be.
fn client_lines(plan: Plan<'_>) -> Vec<String> {
    match (plan.api.main_credential(), plan.api.base_url()) {
        (Some(index), Some(_)) => vec![
            format!(
                "// The {} is in the environment variable {}.",
                super::access::label(&plan.names.credentials[index]),
                plan.options.auth_env
            ),
            "let client = Client::from_env()?;".to_owned(),
        ],
        _ => vec![client_line(plan, None)],
    }
}

/// The statement that makes a client, with what it cannot do without, on one line.
fn client_line(plan: Plan<'_>, transport: Option<Expr>) -> String {
    let mut builder = Expr::call("Client::builder", []);
    // Without TLS a client sends nothing to another machine.
    let is_safe = |url: String| url.starts_with("https://");
    if !plan.api.base_url().is_some_and(is_safe) {
        builder = builder.method("base_url", [Expr::string("https://api.example.com")]);
    }
    if let Some(credential) = super::access::access(plan).credentials.first() {
        let arguments: &[&str] = match credential.is_basic {
            true => &["user", "password"],
            false => &["secret"],
        };
        let arguments = arguments.iter().map(|text| Expr::string(text));
        builder = builder.method(credential.ident.clone(), arguments.collect::<Vec<_>>());
    }
    if let Some(transport) = transport {
        builder = builder.method("transport", [transport]);
    }
    format!("let client = {};", builder.method("build", []).tried())
}

/// Lines of a whole program's inside: make a client, make a call.
pub fn quick_start(plan: Plan<'_>) -> Vec<String> {
    start(plan, "Client", "async fn", client_lines(plan), |call| {
        call.awaited().tried()
    })
}

/// The same without async. The call is sent by name, since a parameter may be called `wait`.
pub fn blocking_start(plan: Plan<'_>) -> Vec<String> {
    let import = "{Client, blocking::Wait}";
    start(plan, import, "fn", client_lines(plan), |call| {
        call.method("send", []).method("wait", []).tried()
    })
}

/// The same, answered by `mock`.
pub fn mocked_start(plan: Plan<'_>) -> Vec<String> {
    let mock = Expr::call("mock::transport", []);
    let client = client_line(plan, Some(mock));
    start(plan, "{Client, mock}", "async fn", vec![client], |call| {
        call.awaited().tried()
    })
}

/// What is imported of the crate, the keywords of the function, how the client is made, and what is done
/// to the call.
fn start(
    plan: Plan<'_>,
    import: &str,
    function: &str,
    client: Vec<String>,
    done: impl FnOnce(Expr) -> Expr,
) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let Some(id) = showcase(plan) else {
        return Vec::new();
    };
    let example = example(plan, id);
    let mut lines = vec![format!("use {name}::{import};")];
    lines.extend(example.uses(&name));
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    lines.push(String::new());
    lines.push(format!("# {function} run() -> {result} {{"));
    lines.extend(client);
    lines.push(String::new());
    lines.extend(example.statements_with(done));
    if let Some(binding) = &example.binding {
        lines.push(format!("println!(\"{{{binding}:?}}\");"));
    }
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// One request as it is in a program: imports, the client, and the statements of the example.
pub fn sample(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let example = example(plan, id);
    let mut lines = vec![format!("use {name}::Client;")];
    lines.extend(example.uses(&name));
    lines.push(String::new());
    lines.extend(client_lines(plan));
    lines.extend(example.statements());
    lines
}

/// A test without a server, which runs as a doctest.
pub fn memory_test(plan: Plan<'_>) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let Some(id) = showcase(plan) else {
        return Vec::new();
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
    let mut lines = vec![format!(
        "use {name}::{{Client, transport::MemoryTransport}};"
    )];
    lines.extend(example.uses(&name));
    lines.push(String::new());
    lines.extend([
        "# #[tokio::main(flavor = \"current_thread\")]".to_owned(),
        format!("# async fn main() -> {result} {{"),
        format!("let transport = MemoryTransport::new().json({status}, \"{{}}\");"),
        client_line(plan, Some(Expr::variable("transport").method("clone", []))),
        String::new(),
    ]);
    lines.extend(example.raw(""));
    lines.extend([
        String::new(),
        format!("assert_eq!(response.status(), {status});"),
        format!(
            "assert_eq!(transport.requests()[0].method(), {});",
            literal::string(&operation.method)
        ),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]);
    lines
}
