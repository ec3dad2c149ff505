//! What a call sends as its body: one media type, or a choice of several.

use super::docs::Text;
use super::form::{self, Form};
use super::style::style_of;
use crate::example::request::{is_usual_json, preference};
use crate::ir::{
    Content, ContentKind, Encoding, Object, OperationId, concrete, essence, is_json, is_open_range,
};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The body of an operation.
pub struct RequestBody<'a> {
    /// The type of the argument.
    pub ty: Ty<'a>,
    /// What is to be said of it beside the description's own words.
    pub note: String,
    pub choice: Option<Choice>,
    pub form: Option<Form>,
    sent: Sent,
}

/// How a body is put into the request.
enum Sent {
    /// A method of the request, with its arguments.
    Method(&'static str, Vec<Argument>),
    /// The value puts itself into the request.
    Fill,
    /// The value does so after a conversion.
    FillInto,
    /// The value, which has a media type, puts itself into the request; with the range of its media
    /// types.
    FillMedia(Expr),
}

/// An argument of a method of the request.
enum Argument {
    /// The value itself.
    Value,
    /// A reference to the value.
    Borrowed,
    /// The value, converted into a `String`.
    Text,
    /// An expression without the value in it.
    Other(Expr),
}

impl Argument {
    /// Returns the code, where `value` names something that needs a conversion or a reference.
    fn of_argument(&self, value: &Expr) -> Expr {
        match self {
            Argument::Value => value.clone(),
            Argument::Borrowed => value.clone().reference(),
            Argument::Text => value.clone().method("into", []),
            Argument::Other(code) => code.clone(),
        }
    }

    /// Returns the code, where `value` names the content of a variant. A text is a `String` already.
    fn of_variant(&self, value: &Expr) -> Expr {
        match self {
            Argument::Text => value.clone(),
            other => other.of_argument(value),
        }
    }
}

/// An enum with a variant for each media type.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Choice {
    pub ident: String,
    pub variants: Vec<Variant>,
    /// Arms that put each variant into the request.
    pub arms: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Variant {
    pub ident: String,
    pub docs: Vec<String>,
    /// `Ident(Type),`, laid out.
    pub line: String,
    /// The head of the function `from`, which takes the type without its `Box`; `None` where an earlier variant has it.
    pub from: Option<String>,
    /// The type that `from` takes, where the variant has one.
    #[serde(skip)]
    #[cfg_attr(test, schemars(skip))]
    pub taken: Option<String>,
    pub from_head: String,
    pub from_value: String,
}

/// The contents that the caller chooses from. What says the same JSON under another name for it, as
/// `text/json` does, is no choice.
pub fn contents<'c>(plan: Plan<'_>, contents: &'c [Content]) -> Vec<&'c Content> {
    let mut chosen: Vec<&Content> = Vec::new();
    // The one that a caller wants most comes first.
    let mut sorted: Vec<&Content> = contents.iter().collect();
    sorted.sort_by_key(|content| preference(content));
    let mut has_form = false;
    let mut known: HashSet<(ContentKind, Ty<'_>)> = HashSet::new();
    for content in sorted {
        let is_form = content.kind == ContentKind::Multipart;
        let ty = plan.ty(&content.schema);
        let is_new = known.insert((content.kind, ty)) || !says_nothing_more(content);
        if is_new && !(is_form && has_form) {
            chosen.push(content);
            has_form |= is_form;
        }
    }
    chosen
}

/// Whether a media type names no other form than one of the same kind does.
fn says_nothing_more(content: &Content) -> bool {
    let essence = essence(&content.media_type);
    (essence.contains('*') && !is_open_range(&essence))
        || matches!(&*essence, "application/json" | "text/json")
}

/// The body of an operation. `sender` is the file that puts it into the request.
pub fn body<'a>(
    plan: Plan<'a>,
    id: OperationId,
    scope: &Scope<'_>,
    sender: &Scope<'_>,
) -> Option<RequestBody<'a>> {
    let operation = plan.api.operation(id);
    let body = operation.body.as_ref()?;
    let names = plan.names.operation(id);
    let chosen = contents(plan, &body.contents);
    let form = chosen
        .iter()
        .find(|content| content.kind == ContentKind::Multipart)
        .map(|content| form::view(plan, id, content, scope));
    if let [only] = chosen[..] {
        return Some(RequestBody {
            ty: argument(plan, id, only),
            note: note(only),
            choice: None,
            form,
            sent: sent(plan, only, sender),
        });
    }
    let choice = choice(plan, id, &chosen, scope);
    let types: Vec<String> = chosen
        .iter()
        .map(|content| crate::describe::code(&content.media_type))
        .collect();
    Some(RequestBody {
        ty: Ty::Local(&names.body).conversion(),
        note: format!(
            "Sent as one of {}; see [`{}`].",
            types.join(", "),
            names.body
        ),
        choice: Some(choice),
        form,
        sent: Sent::FillInto,
    })
}

impl RequestBody<'_> {
    /// The statement that puts the argument `value` into `request`.
    pub fn statement(&self, value: &'static str, request: &Expr) -> String {
        let value = Expr::variable(value);
        let borrowed = request.clone().reference_mut();
        let code = match &self.sent {
            Sent::Method(method, arguments) => {
                let arguments = arguments.iter();
                let arguments = arguments.map(|argument| argument.of_argument(&value));
                request
                    .clone()
                    .method(*method, arguments.collect::<Vec<_>>())
            }
            Sent::Fill => value.method("fill", [borrowed]),
            Sent::FillInto => value.method("into", []).method("fill", [borrowed]),
            Sent::FillMedia(range) => value.method("fill", [range.clone(), borrowed]),
        };
        layout::statement("        ", &code)
    }
}

/// How the argument of a body is taken.
fn argument<'a>(plan: Plan<'a>, id: OperationId, content: &Content) -> Ty<'a> {
    match content.kind {
        ContentKind::Text => Ty::STRING.conversion(),
        ContentKind::Bytes if is_open_range(&content.media_type) => held(plan, id, content),
        ContentKind::Bytes => Ty::BODY.conversion(),
        _ => held(plan, id, content),
    }
}

/// The type that holds a body.
fn held<'a>(plan: Plan<'a>, id: OperationId, content: &Content) -> Ty<'a> {
    match content.kind {
        ContentKind::Json | ContentKind::Form => plan.ty(&content.schema),
        ContentKind::Multipart => Ty::Local(&plan.names.operation(id).form),
        ContentKind::Text => Ty::STRING,
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            Ty::Runtime("media_body", "MediaBody")
        }
        ContentKind::Bytes => Ty::BODY,
    }
}

fn note(content: &Content) -> String {
    let media_type = crate::describe::code(&content.media_type);
    match content.kind {
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            format!("It has a media type of {media_type}.")
        }
        ContentKind::Bytes | ContentKind::Text | ContentKind::Multipart => {
            format!("Sent as {media_type}.")
        }
        ContentKind::Json | ContentKind::Form => String::new(),
    }
}

/// Chooses how a body is put into the request.
fn sent(plan: Plan<'_>, content: &Content, scope: &Scope<'_>) -> Sent {
    use Argument::{Borrowed, Other, Text, Value};
    let media_type =
        |otherwise: &str| Other(Expr::string(concrete(&content.media_type, otherwise)));
    match content.kind {
        ContentKind::Json if is_usual_json(content) => Sent::Method("json", vec![Borrowed]),
        ContentKind::Json => {
            Sent::Method("json_as", vec![media_type("application/json"), Borrowed])
        }
        ContentKind::Form => {
            Sent::Method("form", vec![Borrowed, Other(styles(plan, content, scope))])
        }
        ContentKind::Text => Sent::Method("text", vec![media_type("text/plain"), Text]),
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            Sent::FillMedia(Expr::string(&content.media_type))
        }
        ContentKind::Bytes => {
            Sent::Method("bytes", vec![media_type("application/octet-stream"), Value])
        }
        ContentKind::Multipart => Sent::Fill,
    }
}

/// The members of a form that are not written as usual: `&[("labels", Style::DEEP)]`.
fn styles(plan: Plan<'_>, content: &Content, scope: &Scope<'_>) -> Expr {
    form_styles(content.parts(plan.api), &content.encoding, scope)
}

/// The members of a form that are not written as usual, with their styles.
pub(super) fn form_styles(
    object: Option<&Object>,
    encoding: &[Encoding],
    scope: &Scope<'_>,
) -> Expr {
    let declared = object.map(|object| {
        let members = object.members.iter();
        members.map(|member| &member.name).collect::<HashSet<_>>()
    });
    let row = |encoding: &Encoding| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let known = declared.as_ref();
        if known.is_some_and(|names| !names.contains(&encoding.name)) {
            return None;
        }
        let style = match encoding.style {
            Some((style, explode, reserved)) => style_of(style, explode, reserved, scope),
            None if json => {
                scope.import("runtime::Style");
                Expr::item("Style", "JSON")
            }
            None => return None,
        };
        Some(Expr::tuple([Expr::string(&encoding.name), style]))
    };
    Expr::slice(encoding.iter().filter_map(row).collect::<Vec<_>>())
}

fn choice(plan: Plan<'_>, id: OperationId, chosen: &[&Content], scope: &Scope<'_>) -> Choice {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let body = operation.body.iter().flat_map(|body| &body.contents);
    let body = body.map(std::ptr::from_ref);
    let idents: HashMap<*const Content, &String> = body.zip(&names.bodies).collect();
    let ident = |content: &Content| {
        let own = idents.get(&std::ptr::from_ref(content));
        own.map_or("", |ident| ident)
    };
    let mut held_before: HashSet<Ty<'_>> = HashSet::new();
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for content in chosen {
        let held = held(plan, id, content);
        let ty = scope.ty(&held);
        let concrete = match content.kind {
            ContentKind::Json | ContentKind::Form => plan.concrete(&content.schema),
            _ => held,
        };
        let ident = ident(content);
        let boxed = is_boxed(plan, content);
        let is_first = held_before.insert(concrete);
        let from = is_first.then(|| layout::from(&ty));
        let about = format!("As {}.", crate::describe::code(&content.media_type));
        let line = match boxed {
            true => layout::variant("    ", ident, &format!("Box<{ty}>")),
            false => layout::variant("    ", ident, &ty),
        };
        let value = if boxed { "Box::new(value)" } else { "value" };
        variants.push(Variant {
            ident: ident.to_owned(),
            docs: Text::new().paragraph(&about).finish(),
            line,
            from_head: layout::impl_head("impl", &format!("From<{ty}>"), &names.body),
            from,
            taken: is_first.then_some(ty),
            from_value: value.to_owned(),
        });
        let (body, request) = (Expr::variable("body"), Expr::variable("request"));
        let put = match sent(plan, content, scope) {
            Sent::Method(method, arguments) => {
                let arguments = arguments.iter();
                let arguments = arguments.map(|argument| argument.of_variant(&body));
                request.method(method, arguments.collect::<Vec<_>>())
            }
            Sent::Fill | Sent::FillInto => body.method("fill", [request]),
            Sent::FillMedia(range) => body.method("fill", [range, request]),
        };
        arms.push(layout::arm(
            "            ",
            &format!("Self::{ident}(body)"),
            &put,
        ));
    }
    Choice {
        ident: names.body.clone(),
        variants,
        arms,
    }
}

/// Whether a variant holds its value in a box, so that the size of the enum does not change with it.
fn is_boxed(plan: Plan<'_>, content: &Content) -> bool {
    matches!(content.kind, ContentKind::Json | ContentKind::Form) && plan.is_large(&content.schema)
}
