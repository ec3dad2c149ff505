//! What a call sends as its body: one media type, or a choice of several.

use super::arguments::style_of;
use super::docs::Text;
use super::form::{self, Form};
use crate::ir::call::{is_usual_json, preference};
use crate::ir::{
    Content, ContentKind, Encoding, Object, OperationId, concrete, essence, is_json, is_open_range,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The body of an operation.
pub struct RequestBody {
    /// The type of the argument.
    pub ty: String,
    /// What is to be said of it beside the description's own words.
    pub note: String,
    pub choice: Option<Choice>,
    pub form: Option<Form>,
    sent: Sent,
}

/// How a body is put into the request.
enum Sent {
    /// A method of the request, with its arguments; `body` stands for the value.
    Method(String, Vec<String>),
    /// The value puts itself into the request.
    Fill(&'static str),
    /// The value, which has a media type, puts itself into the request; with the range of its media
    /// types, as a literal.
    FillMedia(String),
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
    let mut known: HashSet<(ContentKind, String)> = HashSet::new();
    for content in sorted {
        let is_form = content.kind == ContentKind::Multipart;
        let ty = plan.ty(&content.schema, &Scope::outside());
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

pub fn body(plan: Plan<'_>, id: OperationId) -> Option<RequestBody> {
    let operation = plan.api.operation(id);
    let body = operation.body.as_ref()?;
    let names = plan.names.operation(id);
    let chosen = contents(plan, &body.contents);
    let form = chosen
        .iter()
        .find(|content| content.kind == ContentKind::Multipart)
        .map(|content| form::view(plan, id, content));
    if let [only] = chosen[..] {
        return Some(RequestBody {
            ty: argument(plan, id, only),
            note: note(only),
            choice: None,
            form,
            sent: sent(plan, only),
        });
    }
    let choice = choice(plan, id, &chosen);
    let types: Vec<String> = chosen
        .iter()
        .map(|content| crate::ir::describe::code(&content.media_type))
        .collect();
    Some(RequestBody {
        ty: format!("impl Into<{}>", names.body),
        note: format!(
            "Sent as one of {}; see [`{}`].",
            types.join(", "),
            names.body
        ),
        choice: Some(choice),
        form,
        sent: Sent::Fill(".into()"),
    })
}

impl RequestBody {
    /// The statement that puts the argument `value` into `request`, a mutable reference to which is
    /// `borrowed`.
    pub fn statement(&self, value: &str, request: &str, borrowed: &str) -> String {
        match &self.sent {
            Sent::Method(method, arguments) => {
                let argument = |argument: &String| argument.replace("{}", value);
                let arguments: Vec<String> = arguments.iter().map(argument).collect();
                let callee = format!("{request}.{method}");
                layout::call("        ", "", &callee, &arguments, ";")
            }
            Sent::Fill(into) => {
                let links = [(*into).to_owned(), format!(".fill({borrowed})")];
                layout::chain("        ", "", value, &links, ";")
            }
            Sent::FillMedia(range) => {
                let callee = format!("{value}.fill");
                let arguments = [range.clone(), borrowed.to_owned()];
                layout::call("        ", "", &callee, &arguments, ";")
            }
        }
    }
}

/// How the argument of a body is taken.
fn argument(plan: Plan<'_>, id: OperationId, content: &Content) -> String {
    match content.kind {
        ContentKind::Text => "impl Into<String>".to_owned(),
        ContentKind::Bytes if is_open_range(&content.media_type) => held(plan, id, content),
        ContentKind::Bytes => "impl Into<Body>".to_owned(),
        _ => held(plan, id, content),
    }
}

/// The type that holds a body.
fn held(plan: Plan<'_>, id: OperationId, content: &Content) -> String {
    match content.kind {
        ContentKind::Json | ContentKind::Form => plan.ty(&content.schema, &Scope::outside()),
        ContentKind::Multipart => plan.names.operation(id).form.clone(),
        ContentKind::Text => "String".to_owned(),
        ContentKind::Bytes if is_open_range(&content.media_type) => "MediaBody".to_owned(),
        ContentKind::Bytes => "Body".to_owned(),
    }
}

fn note(content: &Content) -> String {
    let media_type = crate::ir::describe::code(&content.media_type);
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

/// How a body is put into the request; `{}` stands for the value.
fn sent(plan: Plan<'_>, content: &Content) -> Sent {
    let method = |method: &str, arguments: Vec<String>| Sent::Method(method.to_owned(), arguments);
    let value = || "{}".to_owned();
    let borrowed = || "&{}".to_owned();
    let media_type = |otherwise: &str| literal::string(concrete(&content.media_type, otherwise));
    match content.kind {
        ContentKind::Json if is_usual_json(content) => method("json", vec![borrowed()]),
        ContentKind::Json => method("json_as", vec![media_type("application/json"), borrowed()]),
        ContentKind::Form => method("form", vec![borrowed(), styles(plan, content)]),
        ContentKind::Text => method(
            "text",
            vec![media_type("text/plain"), "{}.into()".to_owned()],
        ),
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            Sent::FillMedia(literal::string(&content.media_type))
        }
        ContentKind::Bytes => method(
            "bytes",
            vec![media_type("application/octet-stream"), value()],
        ),
        ContentKind::Multipart => Sent::Fill(""),
    }
}

/// The members of a form that are not written as usual: `&[("labels", Style::DEEP)]`.
fn styles(plan: Plan<'_>, content: &Content) -> String {
    form_styles(content.parts(plan.api), &content.encoding)
}

/// The members of a form that are not written as usual, with their styles.
pub(super) fn form_styles(object: Option<&Object>, encoding: &[Encoding]) -> String {
    let declared = object.map(|object| {
        let members = object.members.iter();
        members.map(|member| &member.name).collect::<HashSet<_>>()
    });
    let row = |encoding: &Encoding| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let known = declared.as_ref();
        let known = known.is_none_or(|names| names.contains(&encoding.name));
        let style = match encoding.style {
            Some((style, explode, reserved)) => style_of(style, explode, reserved),
            None if json => "Style::JSON".to_owned(),
            None => return None,
        };
        known.then(|| format!("({}, {style})", literal::string(&encoding.name)))
    };
    let rows: Vec<String> = encoding.iter().filter_map(row).collect();
    format!("&[{}]", rows.join(", "))
}

fn choice(plan: Plan<'_>, id: OperationId, chosen: &[&Content]) -> Choice {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let body = operation.body.iter().flat_map(|body| &body.contents);
    let body = body.map(std::ptr::from_ref);
    let idents: HashMap<*const Content, &String> = body.zip(&names.bodies).collect();
    let ident = |content: &Content| {
        let own = idents.get(&std::ptr::from_ref(content));
        own.map_or("", |ident| ident)
    };
    let mut held_before: HashSet<String> = HashSet::new();
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for content in chosen {
        let ty = held(plan, id, content);
        let concrete = match content.kind {
            ContentKind::Json | ContentKind::Form => plan.concrete(&content.schema),
            _ => ty.clone(),
        };
        let ident = ident(content);
        let boxed = is_boxed(plan, content);
        let is_first = held_before.insert(concrete);
        let from = is_first.then(|| layout::from(&ty));
        let about = format!("As {}.", crate::ir::describe::code(&content.media_type));
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
        let put = match sent(plan, content) {
            Sent::Method(method, arguments) => {
                let argument = |argument: &String| match &**argument {
                    // A text is one already.
                    "{}.into()" => "body".to_owned(),
                    // A box lends what is in it, and the reference is one already.
                    argument => argument.replace("{}", "body"),
                };
                let arguments: Vec<String> = arguments.iter().map(argument).collect();
                format!("request.{method}({})", arguments.join(", "))
            }
            Sent::Fill(_) => "body.fill(request)".to_owned(),
            Sent::FillMedia(range) => format!("body.fill({range}, request)"),
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
