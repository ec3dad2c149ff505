//! Example code: for each operation the smallest call that makes sense, with the description's own
//! values where it gives some.

use super::outcome::{preferred, successes};
use crate::ir::{
    ContentKind, Location, Object, OperationId, Parameter, Schema, SchemaKind, Shape, StringFormat,
    TypeId,
};
use crate::rust::plan::Presence;
use crate::rust::{Plan, literal};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// One call as code.
#[derive(Debug, Default)]
pub struct Example {
    /// The types that the code names.
    pub types: BTreeSet<String>,
    /// Whether a text is parsed on the way, which fails with an error of its own.
    pub parses: bool,
    /// From `client` to the last setter: `client`, `.calls()`, `.list()`, `.limit(50)`.
    pub links: Vec<String>,
    /// What the result is bound to; `None` where there is none.
    pub binding: Option<String>,
}

impl Example {
    /// The statement that makes the call, broken into lines where it is long.
    pub fn statement(&self) -> Vec<String> {
        let binding = self
            .binding
            .as_ref()
            .map(|name| format!("let {name} = "))
            .unwrap_or_default();
        let line = format!("{binding}{}.await?;", self.links.concat());
        if line.len() <= 80 {
            return vec![line];
        }
        let mut lines = vec![format!("{binding}{}", self.links[0])];
        lines.extend(self.links[1..].iter().map(|link| format!("    {link}")));
        lines.push("    .await?;".to_owned());
        lines
    }

    /// The `use` line of the types, if any are named.
    pub fn uses(&self, crate_name: &str) -> Option<String> {
        let names: Vec<&str> = self.types.iter().map(String::as_str).collect();
        match names[..] {
            [] => None,
            [name] => Some(format!("use {crate_name}::types::{name};")),
            _ => Some(format!(
                "use {crate_name}::types::{{{}}};",
                names.join(", ")
            )),
        }
    }
}

/// The example of one operation.
pub fn example(plan: Plan<'_>, id: OperationId) -> Example {
    let api = plan.api;
    let operation = api.operation(id);
    let names = plan.names.operation(id);
    let mut writer = Writer {
        plan,
        example: Example::default(),
    };
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if parameter.required {
            arguments.push(writer.parameter(parameter));
        } else if parameter.location == Location::Query && !parameter.examples.is_empty() {
            setters.push(format!(".{name}({})", writer.parameter(parameter)));
        }
    }
    // One or two setters show how it goes; all of them would hide it.
    let last = setters.len().saturating_sub(1);
    let mut shown = 0;
    setters.retain(|_| {
        shown += 1;
        shown == 1 || shown == last + 1
    });
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        if let Some(content) = preferred(&body.contents) {
            let sample = content.examples.first();
            arguments.push(match content.kind {
                ContentKind::Json | ContentKind::Form => {
                    writer.owned(&content.schema, sample, "body", 0)
                }
                ContentKind::Text => {
                    literal::string(sample.and_then(Json::as_str).unwrap_or("text"))
                }
                ContentKind::Bytes | ContentKind::Multipart => "\"bytes\"".to_owned(),
            });
        }
    }
    let resource = &plan.names.resources[operation.group].accessor;
    let mut links = vec!["client".to_owned(), format!(".{resource}()")];
    links.push(format!(".{}({})", names.method, arguments.join(", ")));
    links.extend(setters);
    let mut example = writer.example;
    example.links = links;
    example.binding = binding(plan, id);
    example
}

/// What the result is called: after what it is.
fn binding(plan: Plan<'_>, id: OperationId) -> Option<String> {
    let operation = plan.api.operation(id);
    let contents = successes(operation)
        .into_iter()
        .flat_map(|response| &response.contents);
    let contents: Vec<_> = contents.collect();
    let content = contents.first()?;
    let mut schema = &content.schema;
    if let SchemaKind::Envelope(_, inner) = &schema.kind {
        schema = inner;
    }
    let name = match (content.kind, plan.kind(schema)) {
        (ContentKind::Text, _) => "text".to_owned(),
        (ContentKind::Bytes | ContentKind::Multipart, _) => "bytes".to_owned(),
        (_, SchemaKind::Array(_)) => plan.names.resources[operation.group].accessor.clone(),
        (_, SchemaKind::Declared(id)) => {
            crate::naming::Style::Snake.ident(&plan.names.ty(*id).words)
        }
        _ => "response".to_owned(),
    };
    Some(if name == "client" {
        "response".to_owned()
    } else {
        name
    })
}

/// The doc example of an operation, with the hidden lines that make it compile.
pub fn doctest(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let example = example(plan, id);
    let name = super::client::crate_name(plan);
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    let mut lines = vec![format!(
        "# async fn run(client: {name}::Client) -> {result} {{"
    )];
    if let Some(uses) = example.uses(&name) {
        lines.extend([uses, String::new()]);
    }
    lines.extend(example.statement());
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    lines
}

/// The operation that shows best how calls are made: reading needs no thought about what it does.
pub fn showcase(plan: Plan<'_>) -> Option<OperationId> {
    let ids = || (0..plan.api.operations.len() as u32).map(OperationId);
    let easy = |id: &OperationId| {
        let operation = plan.api.operation(*id);
        let required = operation
            .parameters
            .iter()
            .any(|parameter| parameter.required);
        operation.method == "GET" && !required && operation.body.is_none() && !operation.deprecated
    };
    ids().find(easy).or_else(|| ids().next())
}

/// How a client is made: from the environment where it can be.
fn client_lines(plan: Plan<'_>) -> Vec<String> {
    let access = super::client::access(plan);
    match (&access.main, plan.api.base_url()) {
        (Some(main), Some(_)) => vec![
            format!(
                "// The {} is in the environment variable {}.",
                main.label, main.env
            ),
            "let client = Client::from_env()?;".to_owned(),
        ],
        _ => vec![format!("let client = {};", builder_chain(plan, ""))],
    }
}

/// `Client::builder()` with what it cannot do without.
fn builder_chain(plan: Plan<'_>, more: &str) -> String {
    let mut chain = "Client::builder()".to_owned();
    if plan.api.base_url().is_none() {
        chain.push_str(".base_url(\"https://api.example.com\")");
    }
    if let Some(credential) = super::client::access(plan).credentials.first() {
        let arguments = if credential.is_basic {
            "\"user\", \"password\""
        } else {
            "\"secret\""
        };
        chain.push_str(&format!(".{}({arguments})", credential.ident));
    }
    format!("{chain}{more}.build()?")
}

/// Lines of a whole program's inside: make a client, make a call.
pub fn quick_start(plan: Plan<'_>) -> Vec<String> {
    let name = super::client::crate_name(plan);
    let Some(id) = showcase(plan) else {
        return Vec::new();
    };
    let example = example(plan, id);
    let mut lines = vec![format!("use {name}::Client;")];
    lines.extend(example.uses(&name));
    let result = match example.parses {
        true => "Result<(), Box<dyn std::error::Error>>".to_owned(),
        false => format!("{name}::Result<()>"),
    };
    lines.push(String::new());
    lines.push(format!("# async fn run() -> {result} {{"));
    lines.extend(client_lines(plan));
    lines.push(String::new());
    lines.extend(example.statement());
    if let Some(binding) = &example.binding {
        lines.push(format!("println!(\"{{{binding}:?}}\");"));
    }
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
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
    let result = "Result<(), Box<dyn std::error::Error>>";
    let mut lines = vec![format!(
        "use {name}::{{Client, transport::MemoryTransport}};"
    )];
    lines.extend(example.uses(&name));
    lines.push(String::new());
    lines.extend([
        "# #[tokio::main(flavor = \"current_thread\")]".to_owned(),
        format!("# async fn main() -> {result} {{"),
        "let transport = MemoryTransport::new().json(200, \"{}\");".to_owned(),
        format!(
            "let client = {};",
            builder_chain(plan, ".transport(transport.clone())")
        ),
        String::new(),
        format!(
            "let response = {}.send_raw().await?;",
            example.links.concat()
        ),
        String::new(),
        "assert_eq!(response.status(), 200);".to_owned(),
        format!(
            "assert_eq!(transport.requests()[0].method(), {});",
            literal::string(&operation.method)
        ),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ]);
    lines
}

struct Writer<'a> {
    plan: Plan<'a>,
    example: Example,
}

impl Writer<'_> {
    fn parameter(&mut self, parameter: &Parameter) -> String {
        let sample = parameter.examples.first();
        let schema = &parameter.schema;
        let plan = self.plan;
        match plan.kind(schema) {
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary) => {
                self.text(schema, sample, &parameter.name)
            }
            _ if plan.is_string(schema) => self.text(schema, sample, &parameter.name),
            SchemaKind::Array(items) => {
                let first = sample
                    .and_then(|sample| sample.get(0))
                    .or(sample.filter(|sample| !sample.is_array()));
                let item = match plan.is_string(items) {
                    true => self.text(items, first, &parameter.name),
                    false => self.owned(items, first, &parameter.name, 1),
                };
                format!("[{item}]")
            }
            SchemaKind::Any | SchemaKind::Map(_) | SchemaKind::Envelope(..) => {
                format!("&{}", self.owned(schema, sample, &parameter.name, 0))
            }
            SchemaKind::Declared(id) if !matches!(plan.api.ty(*id).shape, Shape::Enum(_)) => {
                format!("&{}", self.owned(schema, sample, &parameter.name, 0))
            }
            _ => self.owned(
                &Schema {
                    nullable: false,
                    ..schema.clone()
                },
                sample,
                &parameter.name,
                0,
            ),
        }
    }

    /// A string literal: the sample, else a placeholder that says what belongs there.
    fn text(&mut self, schema: &Schema, sample: Option<&Json>, name: &str) -> String {
        let own = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.examples.first());
        let text = sample.or(own).and_then(Json::as_str);
        let format = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.format.as_deref());
        let placeholder = match format {
            Some("email") => "jane@example.com",
            Some("uri" | "url") => "https://example.com",
            _ => name,
        };
        literal::string(
            text.filter(|text| text.len() <= 60 && !text.contains('\n'))
                .unwrap_or(placeholder),
        )
    }

    /// An expression of the schema's own type, for an argument that converts where it can.
    fn argument(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        if let Some(items) = plan.converted_items(schema) {
            let first = sample.and_then(|sample| sample.get(0));
            return format!("[{}]", self.argument(items, first, name, depth + 1));
        }
        match self.plan.kind(schema) {
            _ if self.plan.is_string(schema) => self.text(schema, sample, name),
            SchemaKind::String(StringFormat::Base64) => "\"bytes\"".to_owned(),
            _ => self.owned(
                &Schema {
                    nullable: false,
                    ..schema.clone()
                },
                sample,
                name,
                depth,
            ),
        }
    }

    /// An expression of exactly the schema's type.
    fn owned(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let own = schema
            .facts
            .as_ref()
            .and_then(|facts| facts.examples.first().or(facts.default.as_ref()));
        let sample = sample.or(own).filter(|sample| !sample.is_null());
        let value = self.value(schema, sample, name, depth);
        if schema.nullable {
            format!("Some({value})")
        } else {
            value
        }
    }

    fn value(
        &mut self,
        schema: &Schema,
        sample: Option<&Json>,
        name: &str,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        match plan.kind(schema) {
            SchemaKind::Any => json(sample),
            SchemaKind::Boolean => sample.and_then(Json::as_bool).unwrap_or(true).to_string(),
            SchemaKind::Integer(format) => integer(schema, sample, *format),
            SchemaKind::Number(_) => number(schema, sample),
            SchemaKind::String(StringFormat::Base64) => "\"bytes\".into()".to_owned(),
            SchemaKind::String(_) if plan.is_string(schema) => {
                format!("{}.to_owned()", self.text(schema, sample, name))
            }
            SchemaKind::String(format) => self.parsed(*format, sample),
            SchemaKind::Array(items) => {
                let first = sample.and_then(|sample| sample.get(0));
                match depth > 4 {
                    true => "Vec::new()".to_owned(),
                    false => format!("vec![{}]", self.owned(items, first, name, depth + 1)),
                }
            }
            SchemaKind::Map(_) => "Default::default()".to_owned(),
            SchemaKind::Declared(id) => self.declared(*id, sample, depth),
            SchemaKind::Envelope(_, inner) => self.owned(inner, sample, name, depth),
        }
    }

    fn parsed(&mut self, format: StringFormat, sample: Option<&Json>) -> String {
        if self.plan.options.dates == crate::config::Dates::String && format != StringFormat::Uuid {
            return "\"2026-01-31\".to_owned()".to_owned();
        }
        self.example.parses = true;
        let fallback = match format {
            StringFormat::Date => "2026-01-31",
            StringFormat::DateTime => "2026-01-31T09:30:00Z",
            _ => "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90",
        };
        format!(
            "{}.parse()?",
            literal::string(sample.and_then(Json::as_str).unwrap_or(fallback))
        )
    }

    fn declared(&mut self, id: TypeId, sample: Option<&Json>, depth: usize) -> String {
        let plan = self.plan;
        let def = plan.api.ty(id);
        let ident = &plan.names.ty(id).ident;
        self.example.types.insert(ident.clone());
        let sample = sample.or(def.examples.first());
        match &def.shape {
            Shape::Enum(shape) => {
                let listed = shape
                    .values
                    .iter()
                    .position(|value| Some(&value.value) == sample);
                match plan.names.ty(id).parts.get(listed.unwrap_or(0)) {
                    Some(variant) => format!("{ident}::{variant}"),
                    None => format!("{ident}::from(\"value\")"),
                }
            }
            Shape::Object(object) => self.object(id, object, sample, depth),
            Shape::Union(union) => {
                match (union.branches.first(), plan.names.ty(id).parts.first()) {
                    (Some(branch), Some(variant)) if depth < 4 => {
                        let value = self.owned(&branch.schema, None, "value", depth + 1);
                        let boxed = super::union::is_boxed(plan, branch);
                        let value = if boxed {
                            format!("Box::new({value})")
                        } else {
                            value
                        };
                        format!("{ident}::{variant}({value})")
                    }
                    _ => format!("{ident}::{}(Default::default())", plan.names.ty(id).rest),
                }
            }
            Shape::Alias(schema) => self.owned(schema, sample, "value", depth + 1),
        }
    }

    fn object(
        &mut self,
        id: TypeId,
        object: &Object,
        sample: Option<&Json>,
        depth: usize,
    ) -> String {
        let plan = self.plan;
        let def = plan.api.ty(id);
        let ident = &plan.names.ty(id).ident;
        let mut arguments = Vec::new();
        for member in &object.members {
            if plan.presence(def, member) == Presence::Required {
                let value = sample.and_then(|sample| sample.get(&member.name));
                arguments.push(self.argument(&member.schema, value, &member.name, depth + 1));
            }
        }
        format!("{ident}::new({})", arguments.join(", "))
    }
}

fn json(sample: Option<&Json>) -> String {
    match sample {
        Some(value) if value.to_string().len() <= 60 => format!("serde_json::json!({value})"),
        _ => "serde_json::json!({})".to_owned(),
    }
}

fn limit(schema: &Schema, keyword: &str) -> Option<f64> {
    let facts = schema.facts.as_ref()?;
    facts
        .limits
        .iter()
        .find(|(name, _)| name == keyword)?
        .1
        .as_f64()
}

fn integer(schema: &Schema, sample: Option<&Json>, format: crate::ir::IntegerFormat) -> String {
    use crate::ir::IntegerFormat::{I8, I16, I32, I64, U8, U16, U32, U64};
    let (low, high) = match format {
        I8 => (i64::from(i8::MIN), i64::from(i8::MAX)),
        I16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        I64 => (i64::MIN, i64::MAX),
        U8 => (0, i64::from(u8::MAX)),
        U16 => (0, i64::from(u16::MAX)),
        U32 => (0, i64::from(u32::MAX)),
        U64 => (0, i64::MAX),
    };
    let sampled = sample
        .and_then(Json::as_i64)
        .filter(|value| (low..=high).contains(value));
    let least = limit(schema, "minimum").map_or(1, |least| (least as i64).max(1));
    sampled.unwrap_or(least.min(high)).to_string()
}

fn number(schema: &Schema, sample: Option<&Json>) -> String {
    let value = sample
        .and_then(Json::as_f64)
        .or_else(|| limit(schema, "minimum"))
        .unwrap_or(1.5);
    format!("{value:?}")
}
