//! The surface of operations: what a request takes, sends and returns.

use super::item::{ACCEPT, ConfigKey, Section, SurfaceItem, SurfaceItemKind};
use super::surface_code::SurfaceCode;
use super::types::given;
use crate::ir::{
    Idempotency, Operation, OperationId, Parameter, ParameterLocation, ParameterStyle, PathPart,
    Response, SchemaKind, Security, scalar_text,
};
use crate::rust::names::operations::id_of;
use crate::rust::plan::arguments::ArgumentPlan;
use crate::rust::plan::multipart::PartPlan;
use crate::rust::plan::{ResultPlan, decoding};
use crate::rust::{Expr, Plan, Ty, layout};

pub fn all(plan: Plan<'_>) -> impl Iterator<Item = SurfaceItem> {
    plan.api.operation_ids().map(move |id| item(plan, id))
}

fn item(plan: Plan<'_>, id: OperationId) -> SurfaceItem {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let accessor = &plan.names.resources[operation.group].accessor;
    let name = format!("{accessor}().{}", names.method);
    let mut item = SurfaceItem::new(SurfaceItemKind::Operation, &name, &name)
        .known_as(format!("{} {}", operation.method, bare(operation)))
        .on_wire("method", &operation.method)
        .on_wire("path", bare(operation))
        .on_wire(
            "server",
            plan.operation(id).server.clone().unwrap_or_default(),
        )
        .on_wire("security", security(&operation.security))
        .on_wire("retry of failed attempts", retry(operation));
    item.keys = keys(plan, id);
    item.deprecated = operation.deprecated;
    let planned = plan.operation(id);
    let parameters = operation.parameters.iter();
    let constant = |it: &Parameter| Some((it.name.clone(), scalar_text(it.constant.as_ref()?)));
    let constants: Vec<String> = parameters
        .filter_map(constant)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    item = item.on_wire("parameters with one value", constants.join("&"));
    let arguments = planned.arguments.iter();
    item.items = arguments
        .filter(|argument| !argument.is_constant())
        .map(|argument| parameter(plan, operation, argument, &name))
        .collect();
    item.items.extend(body_of(plan, id, &name));
    item.code = format!("client.{name}({})", given(&item.items));
    item.items.push(call(plan, id));
    item.items.extend(results(plan, id, &item.code, &name));
    item.items.extend(statuses(plan, operation, &name));
    item
}

/// Returns the configuration keys of a method's name: tag, id and operation.
fn keys(plan: Plan<'_>, id: OperationId) -> Vec<ConfigKey> {
    let operation = plan.api.operation(id);
    let group = &plan.api.groups[operation.group].name;
    let accessor = &plan.names.resources[operation.group].accessor;
    let called = operation.names().next().unwrap_or_default();
    let method = &plan.names.operation(id).method;
    let mut prescribed = ConfigKey::new(Section::Operations, &called, method);
    prescribed.is_asked_for = operation.pinned.is_some();
    vec![
        ConfigKey::new(Section::Tags, group, accessor),
        ConfigKey::new(Section::Ids, called, id_of(plan.api, operation)),
        prescribed,
    ]
}

/// Returns the builder of a request, which callers name to store one.
fn call(plan: Plan<'_>, id: OperationId) -> SurfaceItem {
    let operation = plan.api.operation(id);
    let resource = &plan.names.resources[operation.group];
    let builder = &plan.names.operation(id).builder;
    let path = format!("resources::{}::builders::{builder}", resource.module);
    let called = operation.names().next().unwrap_or_default();
    SurfaceItem::new(SurfaceItemKind::Call, builder, path)
        .known_as("call")
        .named_by(Section::Ids, called, &id_of(plan.api, operation))
}

/// Returns the path without parameter names, which are not on the wire.
pub fn bare(operation: &Operation) -> String {
    let parts = operation.path.parts.iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Parameter(_) => "{}",
    });
    let path: String = parts.collect();
    match operation.path.query.is_empty() {
        true => path,
        false => format!("{path}?{}", operation.path.query.join("&")),
    }
}

/// Returns the index of a path parameter.
pub fn position(operation: &Operation, parameter: &Parameter) -> Option<usize> {
    let parts = operation.path.parts.iter();
    let mut names = parts.filter_map(|part| match part {
        PathPart::Parameter(name) => Some(name),
        PathPart::Literal(_) => None,
    });
    let is_path = parameter.location == ParameterLocation::Path;
    is_path.then(|| names.position(|name| *name == parameter.name))?
}

/// Describes whether a failed attempt is retried, and with which key.
fn retry(operation: &Operation) -> String {
    match &operation.idempotency {
        Idempotency::Method | Idempotency::Declared => "yes".to_owned(),
        Idempotency::Key(header) => format!("with a key in {header}"),
        Idempotency::Never => "no".to_owned(),
    }
}

fn security(security: &Security) -> String {
    let Security::OneOf(alternatives) = security else {
        return "not described".to_owned();
    };
    let ways = alternatives.iter().map(|all| match all.is_empty() {
        true => "none".to_owned(),
        false => all.join(" and "),
    });
    match alternatives.is_empty() {
        true => "none".to_owned(),
        false => ways.collect::<Vec<_>>().join(", or "),
    }
}

/// Returns the path of an argument or a setter in reports.
fn place(owner: &str, call: &str, ident: &str, is_argument: bool) -> String {
    match is_argument {
        true => format!("{owner}({ident})"),
        false => format!("{owner}{call}.{ident}"),
    }
}

/// Returns what identifies a parameter at its location. Path parameters are identified by position, and header names
/// ignore case.
pub fn wire_name(operation: &Operation, parameter: &Parameter) -> String {
    match (parameter.location, position(operation, parameter)) {
        (ParameterLocation::Path, Some(place)) => format!("place {}", place + 1),
        (ParameterLocation::Header, _) => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.clone(),
    }
}

fn parameter(
    plan: Plan<'_>,
    operation: &Operation,
    argument: &ArgumentPlan<'_>,
    owner: &str,
) -> SurfaceItem {
    let (parameter, ident) = (argument.parameter, argument.ident);
    let location = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::QueryString => "query string",
    };
    let place_in_path = position(operation, parameter);
    let wire_name = wire_name(operation, parameter);
    let path = place(owner, "()", ident, argument.is_positional());
    let mut item = SurfaceItem::new(SurfaceItemKind::Parameter, ident, path)
        .known_as(format!("{location} {wire_name}"))
        .used(format!(".{ident}({ident})"))
        .of_type(&argument.value.ty)
        .on_wire("location", location)
        .on_wire("name on the wire", wire_name)
        .on_wire("style", style(plan, parameter))
        .on_wire("default of the client", shared_default(plan, parameter))
        .sends(&parameter.schema);
    item.printed = written(argument);
    item.is_argument = argument.is_positional();
    item.place_in_path = place_in_path;
    item.deprecated = parameter.deprecated;
    if item.is_argument {
        item.code = ident.to_owned();
        item.fingerprint = format!("argument: {}", item.ty.as_str());
    }
    item
}

/// Returns the value that is sent if neither the client nor the request sets a parameter that operations share.
fn shared_default(plan: Plan<'_>, parameter: &Parameter) -> String {
    let default = plan.api.default_of_shared(parameter);
    default.map(|value| scalar_text(&value)).unwrap_or_default()
}

/// Returns the code that writes a parameter, with an argument of a fixed name.
fn written(argument: &ArgumentPlan<'_>) -> Vec<SurfaceCode> {
    let expressions = [Some(argument.value.used("value")), argument.style.clone()];
    let expressions = expressions.into_iter().flatten();
    let expressions = expressions.map(|code| SurfaceCode::text(code.to_string()));
    bound(argument.value.bound("value"))
        .into_iter()
        .chain(expressions)
        .collect()
}

/// Returns the `let` for an argument.
fn bound(bound: Option<(Ty<'_>, Expr)>) -> Option<SurfaceCode> {
    let (ty, value) = bound?;
    Some(SurfaceCode::of(&ty).between("let value: ", &format!(" = {value};")))
}

/// Describes the serialization of a parameter as far as it is visible on the wire.
fn style(plan: Plan<'_>, parameter: &Parameter) -> String {
    if let Some(kind) = parameter.content {
        return format!("{kind:?}");
    }
    let mut text = match (plan.is_scalar(&parameter.schema), parameter.style) {
        (true, ParameterStyle::Label | ParameterStyle::Matrix | ParameterStyle::Cookie) => {
            format!("{:?}", parameter.style)
        }
        (true, _) => "plain".to_owned(),
        (false, style) if parameter.explode => format!("{style:?}, exploded"),
        (false, style) => format!("{style:?}"),
    };
    let more = [
        (
            parameter.allow_reserved,
            ", reserved characters are not encoded",
        ),
        (parameter.allow_empty, ", may be empty"),
        (parameter.catch_all, ", slashes are not encoded"),
    ];
    text.extend(
        more.iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, words)| *words),
    );
    text
}

fn body_of(plan: Plan<'_>, id: OperationId, owner: &str) -> Option<SurfaceItem> {
    let body = plan.operation(id).body.as_ref()?;
    let media_types = body.contents.iter();
    let media_types: Vec<&str> = media_types.map(|one| one.media_type.as_str()).collect();
    let path = place(owner, "()", "body", body.is_positional);
    let mut item = SurfaceItem::new(SurfaceItemKind::Body, "body", &path)
        .known_as("body")
        .used(".body(body)")
        .of_type(&body.ty);
    item.is_argument = body.is_positional;
    let name = &plan.names.operation(id).body;
    // Each media type is a variant of its own if there are several.
    item.items.extend(body.variants.iter().map(|variant| {
        let ident = variant.ident;
        let item = SurfaceItem::new(SurfaceItemKind::Branch, ident, format!("{name}::{ident}"));
        match variant.converts {
            true => item.of_type(&variant.ty),
            false => item,
        }
    }));
    if body.contents.len() == 1 {
        item.wire.push(("media type", media_types.join(", ")));
    }
    let arms = body.variants.iter();
    let arms = arms.map(|variant| layout::match_arm("            ", &variant.arm()));
    let statement = layout::statement("        ", &body.call("body", Expr::variable("request")));
    let order = body.form.as_ref().map(|form| {
        layout::assignment("    ", "const ORDER: &'static [&'static str]", &form.order)
    });
    item = item.printed(arms.chain([statement]).chain(order));
    let parts = body.form.iter().flat_map(|form| &form.parts);
    let owner = &plan.names.operation(id).form;
    item.items.extend(parts.map(|one| part(one, owner)));
    Some(item)
}

/// Returns a part of a multipart body.
fn part(planned: &PartPlan<'_>, owner: &str) -> SurfaceItem {
    let (property, ident) = (planned.property, planned.ident);
    let path = place(owner, "", ident, planned.is_positional());
    let media_type = planned.encoding.and_then(|it| it.content_type.clone());
    let mut item = SurfaceItem::new(SurfaceItemKind::Part, ident, path)
        .known_as(&property.name)
        .used(format!(".{ident}({ident})"))
        .of_type(&planned.value.ty)
        .on_wire("name on the wire", &property.name)
        .sends(&property.schema)
        .on_wire("media type", media_type.unwrap_or_default());
    let call = planned.call("value", Expr::variable("parts"));
    let call = SurfaceCode::text(layout::statement("        ", &call));
    let statements = bound(planned.value.bound("value"))
        .into_iter()
        .chain([call]);
    item.printed = statements.collect();
    item.is_argument = planned.is_positional();
    item
}

/// Returns the envelope keys of all successes.
fn envelope(operation: &Operation) -> String {
    let contents = operation
        .successes()
        .flat_map(|response| &response.contents);
    let keys = contents.filter_map(|content| match &content.schema.kind {
        SchemaKind::Envelope(keys, _) => Some(keys.join(", ")),
        _ => None,
    });
    let keys: Vec<String> = keys.collect();
    keys.join("; ")
}

/// Returns the result with headers, pagination, polling and streams.
fn results(plan: Plan<'_>, id: OperationId, call: &str, owner: &str) -> Vec<SurfaceItem> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let planned = plan.operation(id);
    let result = &planned.result;
    let ty = result.ty();
    // The name of an operation's own enum is not on the wire.
    let (decoder, reader) = decoding::decoder(result, "Output");
    let reader = reader.map(|body| layout::block("        ", &body));
    let decoder = reader.into_iter().chain([decoder.value().to_string()]);
    let mut response =
        SurfaceItem::new(SurfaceItemKind::Response, "", format!("{owner}: response"))
            .known_as("response")
            .used(format!("{call}.await?"))
            .of_type(&ty)
            .on_wire(ACCEPT, operation.accept())
            .on_wire("envelope", envelope(operation))
            .printed(decoder);
    if let ResultPlan::Choice { ident, successes } = result {
        response.items.extend(successes.iter().map(|success| {
            let path = format!("{ident}::{}", success.ident);
            let item = SurfaceItem::new(SurfaceItemKind::Branch, success.ident, path);
            match success.variant_ty(plan) {
                Some(ty) => item.of_type(&ty),
                None => item,
            }
        }));
    }
    response.items.extend(planned.headers.iter().map(|one| {
        let (header, ident) = (one.header, one.ident);
        SurfaceItem::new(
            SurfaceItemKind::Header,
            ident,
            format!("{}.{ident}", names.headers),
        )
        .known_as(header.name.to_ascii_lowercase())
        .used(format!("headers.{ident}"))
        .of_type(&one.ty)
        .on_wire("name on the wire", header.name.to_ascii_lowercase())
        .printed([layout::field_value("            ", ident, &one.read)])
    }));
    let pages = planned.pagination.as_ref().map(|paging| {
        SurfaceItem::new(SurfaceItemKind::Pages, "items", format!("{owner}().items"))
            .used(format!("{call}.items()"))
            .of_type(&paging.item)
            .on_wire("next page", crate::describe::pagination(paging.pagination))
            .printed(fields(&paging.fields))
    });
    let waiter = planned.polling.as_ref().map(|waiting| {
        let name = &waiting.polling.name;
        SurfaceItem::new(SurfaceItemKind::Pages, name, format!("{owner}().{name}"))
            .used(format!("{call}.{name}()"))
            .printed(waiting.done.iter().flat_map(fields))
    });
    let streams = planned.streams.iter().map(|stream| {
        let method = stream.method;
        SurfaceItem::new(
            SurfaceItemKind::Stream,
            method,
            format!("{owner}().{method}"),
        )
        .used(format!("{call}.{method}()"))
        .of_type(&stream.ty)
        .printed(layout::statements("        ", &stream.statements()))
    });
    let all = [Some(response), pages, waiter].into_iter().flatten();
    all.chain(streams).collect()
}

/// Prints fields of a struct literal.
fn fields(fields: &[(&'static str, Expr); 3]) -> [String; 3] {
    let print = |(name, value): &(&'static str, Expr)| layout::field_value("        ", name, value);
    fields.each_ref().map(print)
}

/// Returns the documented statuses. Callers have no name for them, but see whether a status is an error, and
/// how its body decodes.
fn statuses(plan: Plan<'_>, operation: &Operation, owner: &str) -> Vec<SurfaceItem> {
    let item = |response: &Response| {
        let status = response.status.to_string();
        let path = format!("{owner}: status {status}");
        SurfaceItem::new(SurfaceItemKind::Status, status, path)
    };
    let error = |response: &Response| {
        let body = response.json();
        match body {
            Some(schema) => item(response).of_type(&plan.bare(schema)),
            None => item(response).of_kind("an undescribed body"),
        }
    };
    // The result item already has the types of successes.
    let successes = operation.successes().map(item);
    successes.chain(operation.errors().map(error)).collect()
}
