//! Example code: the example call of each operation ([`crate::example::request`]) as a caller writes it.

use super::binding::binding;
use super::multipart;
use super::value::ExampleWriter;
use crate::example::request::ExampleBody;
use crate::ir::{ContentKind, Framing, OperationId, example_media_type, is_open_range};
use crate::rust::code::Doctest;
use crate::rust::plan::arguments::ArgumentRole;
use crate::rust::plan::body::BodyPlan;
use crate::rust::plan::stream::StreamPlan;
use crate::rust::{Expr, Plan, layout};
use std::collections::BTreeSet;

/// One call as code.
#[derive(Debug)]
pub struct Example {
    /// The types that the code names.
    pub types: BTreeSet<String>,
    /// The types beside a call that the code names, by module and name.
    pub bodies: BTreeSet<(String, String)>,
    /// Whether a text is parsed on the way, which fails with an error of its own.
    pub parses: bool,
    /// The body, where it has a statement of its own.
    pub body: Option<Expr>,
    /// From `client` to the last setter: `client.calls().list().limit(50)`.
    pub call: Expr,
    /// What the result is bound to; `None` where there is none.
    pub binding: Option<String>,
    /// The statement that prints the result, if there is one.
    pub printed: Option<String>,
}

impl Example {
    /// The statements that make the call, laid out.
    pub fn statements(&self) -> Vec<String> {
        self.statements_with("", |call| call.awaited().tried())
    }

    /// The same, with something else done to the call.
    pub fn statements_with(&self, indent: &str, done: impl FnOnce(Expr) -> Expr) -> Vec<String> {
        let mut lines = self.before(indent);
        let call = done(self.call.clone());
        let text = match &self.binding {
            Some(name) => layout::assignment(indent, &format!("let {name}"), &call),
            None => layout::statement(indent, &call),
        };
        lines.extend(text.lines().map(str::to_owned));
        lines
    }

    /// The statement that makes the body, where it has one.
    pub fn before(&self, indent: &str) -> Vec<String> {
        let statement = |body: &Expr| layout::assignment(indent, "let body", body);
        let text = self.body.as_ref().map(statement).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The statement that binds what is done to the call to `place`, which is a declaration.
    pub fn bound(&self, indent: &str, place: &str, done: impl FnOnce(Expr) -> Expr) -> Vec<String> {
        let text = layout::assignment(indent, place, &done(self.call.clone()));
        text.lines().map(str::to_owned).collect()
    }

    /// The statements that send the call for the response with its bytes.
    pub fn raw(&self, indent: &str) -> Vec<String> {
        let mut lines = self.before(indent);
        lines.extend(self.bound(indent, "let response", |call| {
            call.method("send_raw", []).awaited().tried()
        }));
        lines
    }

    /// The `use` lines of the types, if any are named.
    pub fn uses(&self, crate_name: &str) -> Vec<String> {
        let mut lines = self.body_uses(crate_name);
        let names: Vec<&str> = self.types.iter().map(String::as_str).collect();
        match names[..] {
            [] => {}
            [name] => lines.push(format!("use {crate_name}::types::{name};")),
            _ => lines.push(format!(
                "use {crate_name}::types::{{{}}};",
                names.join(", ")
            )),
        }
        lines
    }

    /// The same, each type on a line of its own.
    pub fn use_lines(&self, crate_name: &str) -> Vec<String> {
        let mut lines = self.body_uses(crate_name);
        let types = self.types.iter();
        lines.extend(types.map(|ident| format!("use {crate_name}::types::{ident};")));
        lines
    }

    fn body_uses(&self, crate_name: &str) -> Vec<String> {
        let body = |(module, ident): &(String, String)| {
            format!("use {crate_name}::resources::{module}::{ident};")
        };
        self.bodies.iter().map(body).collect()
    }
}

/// A body that is made in more columns than this has a statement of its own.
const SHORT_BODY: usize = 50;

/// The example of one operation.
pub fn example(plan: Plan<'_>, id: OperationId) -> Example {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let call = &plan.calls[id.0 as usize];
    let mut writer = ExampleWriter::new(plan);
    let planned = plan.operation(id);
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (argument, value) in planned.arguments.iter().zip(&call.parameters) {
        // The client sets what operations share and what has one value, and generates keys: with the key of an
        // example, a second request would have no effect.
        let is_own = matches!(
            argument.role,
            ArgumentRole::Positional | ArgumentRole::Setter
        );
        let Some(value) = value.as_ref().filter(|_| is_own) else {
            continue;
        };
        let code = match argument.is_untyped {
            true => writer.untyped(value),
            false => writer.taken(&argument.parameter.schema, value),
        };
        match argument.is_positional() {
            true => arguments.push(code),
            false => setters.push((argument.ident.to_owned(), code)),
        }
    }
    let mut statement = None;
    if let (Some(planned), Some(body)) = (&planned.body, &call.body) {
        let made = body_argument(&mut writer, id, planned, body);
        let argument = match made.constructs() && made.to_string().len() > SHORT_BODY {
            true => {
                statement = Some(made);
                Expr::variable("body")
            }
            false => made,
        };
        match planned.is_positional {
            true => arguments.push(argument),
            false => setters.push(("body".to_owned(), argument)),
        }
    }
    let accessor = plan.names.resources[operation.group].accessor.clone();
    let resource = Expr::variable("client").method(accessor, []);
    let call = resource.method(names.method.clone(), arguments);
    let set = |call: Expr, (name, argument): (String, Expr)| call.method(name, [argument]);
    let binding = binding(plan, id);
    let print = |binding: &String| match plan.operation(id).result.is_bytes() {
        true => format!("println!(\"{{}} bytes\", {binding}.len());"),
        false => format!("println!(\"{{{binding}:?}}\");"),
    };
    Example {
        printed: binding.as_ref().map(print),
        types: writer.types,
        bodies: writer.bodies,
        parses: writer.parses,
        body: statement,
        call: setters.into_iter().fold(call, set),
        binding,
    }
}

/// The argument for a body.
fn body_argument(
    writer: &mut ExampleWriter<'_>,
    id: OperationId,
    planned: &BodyPlan<'_>,
    body: &ExampleBody,
) -> Expr {
    let plan = writer.plan;
    let names = plan.names.operation(id);
    let content = &planned.described.contents[body.content];
    let is_choice = planned.contents.len() > 1;
    match content.kind {
        ContentKind::Json | ContentKind::Form => writer.owned(&content.schema, &body.value),
        ContentKind::Text => {
            let text = Expr::string(body.value.as_str().unwrap_or_default());
            match is_choice {
                true => text.method("to_owned", []),
                false => text,
            }
        }
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            let text = Expr::string(body.value.as_str().unwrap_or_default());
            let media_type = Expr::string(&example_media_type(&content.media_type));
            let crate_name = plan.crate_name();
            Expr::new(format!("{crate_name}::MediaBody"), [media_type, text])
        }
        ContentKind::Bytes => {
            let text = Expr::string(body.value.as_str().unwrap_or_default());
            let crate_name = plan.crate_name();
            match is_choice {
                true => Expr::call(format!("{crate_name}::transport::Body::from"), [text]),
                false => text,
            }
        }
        ContentKind::Multipart => {
            let group = plan.api.operation(id).group;
            let module = plan.names.resources[group].module.clone();
            writer.bodies.insert((module, names.form.clone()));
            let parts = planned.form.iter().flat_map(|form| &form.parts);
            multipart::body(writer, &names.form, parts, &body.value)
        }
    }
}

/// The doc example of an operation, with the hidden lines that make it compile.
pub fn doctest(plan: Plan<'_>, id: OperationId) -> Doctest {
    let has_pages = plan.operation(id).pagination.is_some();
    compiling(plan, id, |example| {
        let mut lines = example.statements();
        if has_pages {
            lines.push(String::new());
            lines.extend(items(example));
        }
        lines
    })
}

/// The same of a response that is read while it arrives.
pub fn stream_doctest(plan: Plan<'_>, id: OperationId, planned: &StreamPlan<'_>) -> Doctest {
    let (stream, value) = match planned.items.framing {
        Framing::Events => ("events", "event"),
        Framing::Lines => ("lines", "value"),
    };
    compiling(plan, id, |example| {
        let place = format!("let mut {stream}");
        let mut lines = example.before("");
        lines.extend(example.bound("", &place, |call| {
            call.method(planned.method, []).awaited().tried()
        }));
        lines.extend([
            format!("while let Some({value}) = {stream}.try_next().await? {{"),
            format!("    println!(\"{{{value}:?}}\");"),
            "}".to_owned(),
        ]);
        lines
    })
}

/// Going through all items of the first list that is given page by page and comes with the features
/// that are on by default.
pub fn pages_doctest(plan: Plan<'_>) -> Doctest {
    let gate = |id: OperationId| plan.names.features.of_group(plan.api.operation(id).group);
    let default = plan.client.showcase.and_then(gate);
    let fits = |id: &OperationId| plan.operation(*id).pagination.is_some() && gate(*id) == default;
    let first = plan.api.operation_ids().find(fits);
    first.map_or_else(Doctest::default, |id| compiling(plan, id, items))
}

/// The statements that go through all items.
fn items(example: &Example) -> Vec<String> {
    let mut lines = example.before("");
    lines.extend(example.bound("", "let mut items", |call| call.method("items", [])));
    lines.extend([
        "while let Some(item) = items.try_next().await? {".to_owned(),
        "    println!(\"{item:?}\");".to_owned(),
        "}".to_owned(),
    ]);
    lines
}

/// The call, waited for by the method of this name.
pub fn wait_doctest(plan: Plan<'_>, id: OperationId, method: &str) -> Doctest {
    compiling(plan, id, |example| {
        example.statements_with("", |call| {
            call.method(method.to_owned(), []).awaited().tried()
        })
    })
}

/// Statements with the hidden lines that make them compile.
fn compiling(
    plan: Plan<'_>,
    id: OperationId,
    statements: impl FnOnce(&Example) -> Vec<String>,
) -> Doctest {
    let example = example(plan, id);
    let name = plan.crate_name();
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    let mut doctest = Doctest::default();
    doctest.hide(format!(
        "async fn run(client: {name}::Client) -> {result} {{"
    ));
    let uses = example.uses(&name);
    if !uses.is_empty() {
        doctest.show_all(uses);
        doctest.show("");
    }
    doctest.show_all(statements(&example));
    doctest.hide("Ok(())");
    doctest.hide("}");
    doctest
}
