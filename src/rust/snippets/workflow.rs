//! The main use of the API as a program: create something, poll until it is done, read the result.

use super::call::{self, Example};
use super::program::client_lines;
use crate::describe;
use crate::rust::code::Doctest;
use crate::rust::plan::workflow::Workflow;
use crate::rust::{Expr, Plan, layout};

/// Returns what the program does, in a paragraph.
pub fn about(plan: Plan<'_>, flow: &Workflow<'_>) -> String {
    let create = describe::request_line(plan.api.operation(flow.create));
    let poll = describe::request_line(plan.api.operation(flow.poll));
    let until = match flow.result {
        Some(result) => format!("the response has {}", describe::code(result)),
        None => "the work is done".to_owned(),
    };
    let handled = flow.error.as_ref().map(|error| {
        let meaning = error.meaning.trim_end_matches('.');
        format!(" It handles status {}: {meaning}.", error.status)
    });
    let handled = handled.unwrap_or_default();
    format!("This program sends {create}, then polls {poll} until {until}.{handled}")
}

/// Returns the program as a doc example.
pub fn doctest(plan: Plan<'_>, flow: &Workflow<'_>) -> Doctest {
    let name = plan.crate_name();
    let example = call::example(plan, flow.create);
    let mut doctest = Doctest::default();
    doctest.show(format!("use {name}::Client;"));
    doctest.show_all(example.uses(&name));
    doctest.show("");
    doctest.hide("async fn run() -> Result<(), Box<dyn std::error::Error>> {");
    doctest.show_all(client_lines(plan, Some(flow.create)));
    doctest.show("");
    doctest.show_all(statements(plan, flow, &example, ""));
    doctest.hide("Ok(())");
    doctest.hide("}");
    doctest
}

/// Returns the lines of `examples/workflow.rs`.
pub fn program(plan: Plan<'_>, flow: &Workflow<'_>) -> Vec<String> {
    let name = plan.crate_name();
    let example = call::example(plan, flow.create);
    let mut lines: Vec<String> = crate::prose::filled(&about(plan, flow))
        .into_iter()
        .map(|line| format!("//! {line}"))
        .collect();
    lines.push(String::new());
    lines.extend(["use std::error::Error;".to_owned(), String::new()]);
    let mut uses = example.use_lines(&name);
    uses.push(format!("use {name}::Client;"));
    layout::sort_uses(&mut uses);
    lines.extend(uses);
    lines.extend([
        String::new(),
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn Error>> {".to_owned(),
    ]);
    let indent = |line: String| match line.is_empty() {
        true => line,
        false => format!("    {line}"),
    };
    lines.extend(
        client_lines(plan, Some(flow.create))
            .into_iter()
            .map(indent),
    );
    lines.push(String::new());
    lines.extend(statements(plan, flow, &example, "    "));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    lines
}

fn statements(plan: Plan<'_>, flow: &Workflow<'_>, example: &Example, indent: &str) -> Vec<String> {
    let binding = example.binding.as_deref().unwrap_or("created");
    let mut lines = example.before(indent);
    match &flow.error {
        Some(error) => {
            lines.extend(example.bound(indent, "let result", Expr::awaited));
            let predicate = error.predicate;
            lines.extend(
                [
                    &format!("let {binding} = match result {{"),
                    &format!("    Err(error) if error.{predicate}() => {{"),
                    "        println!(\"{error}\");",
                    "        return Ok(());",
                    "    }",
                    "    result => result?,",
                    "};",
                ]
                .map(|line: &str| format!("{indent}{line}")),
            );
        }
        None => {
            let place = format!("let {binding}");
            lines.extend(example.bound(indent, &place, |call| call.awaited().tried()));
        }
    }
    let (id, is_optional) = flow.id;
    let field = Expr::variable(binding.to_owned()).field(id.to_owned());
    let value = match is_optional {
        true => field
            .method("ok_or", [Expr::string("the response has no id")])
            .tried(),
        false => field,
    };
    let printed = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
    lines.extend(printed(layout::assignment(indent, "let id", &value)));
    lines.push(String::new());
    let names = plan.names.operation(flow.poll);
    let accessor = &plan.names.resources[plan.api.operation(flow.poll).group].accessor;
    let client = Expr::variable("client").method(accessor.clone(), []);
    let call = client.method(names.method.clone(), [Expr::variable("id").reference()]);
    let condition = flow.result.map(|result| {
        let field = Expr::variable("value").field(result.to_owned());
        Expr::closure("value", field.method("is_some", []))
    });
    let condition: Vec<Expr> = condition.into_iter().collect();
    let waited = call
        .method(flow.method.to_owned(), condition)
        .awaited()
        .tried();
    let place = format!("let {binding}");
    lines.extend(printed(layout::assignment(indent, &place, &waited)));
    let shown = match flow.result {
        Some(result) => format!("println!(\"{{:?}}\", {binding}.{result});"),
        None => format!("println!(\"{{{binding}:?}}\");"),
    };
    lines.push(format!("{indent}{shown}"));
    lines
}
