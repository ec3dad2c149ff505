//! The request body of an operation, and the code that adds it to the request.

use super::multipart::FormPlan;
use super::{Plan, style};
use crate::example::request::{is_usual_json, preference};
use crate::ir::{Body, Content, ContentKind, OperationId, concrete, essence, is_open_range};
use crate::rust::code::Arm;
use crate::rust::{Expr, Ty};
use std::collections::{HashMap, HashSet};

/// The body of an operation.
#[derive(Debug)]
pub struct BodyPlan<'a> {
    pub described: &'a Body,
    /// The type of the argument.
    pub ty: Ty<'a>,
    /// The contents that the caller chooses from.
    pub contents: Vec<&'a Content>,
    /// The variants of the type that the argument converts into, if there are several contents.
    pub variants: Vec<BodyVariant<'a>>,
    /// The multipart content, if there is any.
    pub form: Option<FormPlan<'a>>,
    /// Whether the method of the resource takes the body, and not a setter of the builder.
    pub is_positional: bool,
    /// Whether the builder's code uses the runtime's `Style` type.
    pub has_style: bool,
    sent: SentBody,
}

/// A variant of a body with several media types.
#[derive(Debug)]
pub struct BodyVariant<'a> {
    pub content: &'a Content,
    pub ident: &'a str,
    /// The type of the variant's value, without its box.
    pub ty: Ty<'a>,
    pub is_boxed: bool,
    /// Whether a `From` impl is possible: no earlier variant holds the same type.
    pub converts: bool,
    /// The expression that adds the variant's content `body` to `request`.
    put: Expr,
    /// Whether that expression uses the runtime's `Style` type.
    pub has_style: bool,
}

/// The way in which a body is added to the request.
#[derive(Debug)]
enum SentBody {
    /// A method of the request, with its arguments.
    Method(&'static str, Vec<Argument>),
    /// The value adds itself to the request.
    Fill,
    /// The value is converted, then adds itself to the request.
    FillInto,
    /// The value knows its media type and adds itself to the request; holds the accepted range of media
    /// types.
    FillMedia(Expr),
}

/// An argument of a method of the request.
#[derive(Debug)]
enum Argument {
    /// The value itself.
    Value,
    /// A reference to the value.
    Borrowed,
    /// The value converted into a `String`.
    Text,
    /// An expression that does not contain the value.
    Other(Expr),
}

impl Argument {
    /// Returns the code for a `value` that may need a conversion or a reference.
    fn of_argument(&self, value: &Expr) -> Expr {
        match self {
            Argument::Value => value.clone(),
            Argument::Borrowed => value.clone().reference(),
            Argument::Text => value.clone().method("into", []),
            Argument::Other(code) => code.clone(),
        }
    }

    /// Returns the code for a `value` bound in a variant's pattern. A text is already a `String`.
    fn of_variant(&self, value: &Expr) -> Expr {
        match self {
            Argument::Text => value.clone(),
            other => other.of_argument(value),
        }
    }
}

impl BodyVariant<'_> {
    /// Returns the match arm that adds the variant to the request.
    pub fn arm(&self) -> Arm {
        Arm::value(format!("Self::{}(body)", self.ident), self.put.clone())
    }
}

impl BodyPlan<'_> {
    /// Returns the expression that adds the argument of this name to `request`.
    pub fn call(&self, argument: &'static str, request: Expr) -> Expr {
        let value = Expr::variable(argument);
        match &self.sent {
            SentBody::Method(method, arguments) => {
                let arguments = arguments.iter();
                let arguments = arguments.map(|argument| argument.of_argument(&value));
                request.method(*method, arguments.collect::<Vec<_>>())
            }
            SentBody::Fill => value.method("fill", [request.reference_mut()]),
            SentBody::FillInto => {
                let value = value.method("into", []);
                value.method("fill", [request.reference_mut()])
            }
            SentBody::FillMedia(range) => {
                value.method("fill", [range.clone(), request.reference_mut()])
            }
        }
    }
}

impl<'a> Plan<'a> {
    /// Plans the body of an operation.
    pub(super) fn plan_body(self, id: OperationId) -> Option<BodyPlan<'a>> {
        let body = self.api.operation(id).body.as_ref()?;
        let contents = self.chosen_contents(&body.contents);
        let is_multipart = |content: &&&Content| content.kind == ContentKind::Multipart;
        let form = contents.iter().find(is_multipart);
        let form = form.map(|content| self.plan_form(id, content));
        if let [only] = contents[..] {
            let (sent, has_style) = self.sent_body(only);
            return Some(BodyPlan {
                described: body,
                ty: self.body_argument(id, only),
                contents,
                variants: Vec::new(),
                form,
                is_positional: body.required,
                has_style,
                sent,
            });
        }
        let variants = self.body_variants(id, &body.contents, &contents);
        Some(BodyPlan {
            described: body,
            ty: Ty::Local(&self.names.operation(id).body).conversion(),
            variants,
            contents,
            form,
            is_positional: body.required,
            has_style: false,
            sent: SentBody::FillInto,
        })
    }

    fn body_variants(
        self,
        id: OperationId,
        all: &'a [Content],
        chosen: &[&'a Content],
    ) -> Vec<BodyVariant<'a>> {
        let idents = all.iter().map(std::ptr::from_ref);
        let idents: HashMap<*const Content, &String> =
            idents.zip(&self.names.operation(id).bodies).collect();
        let mut held_before: HashSet<Ty<'_>> = HashSet::new();
        let variant = |content: &&'a Content| {
            let content = *content;
            let ty = self.held_body(id, content);
            let concrete = match content.kind {
                ContentKind::Json | ContentKind::Form => self.concrete(&content.schema),
                _ => ty.clone(),
            };
            let (sent, has_style) = self.sent_body(content);
            let (body, request) = (Expr::variable("body"), Expr::variable("request"));
            let ident = idents.get(&std::ptr::from_ref(content));
            BodyVariant {
                content,
                ident: ident.map_or("", |ident| ident),
                ty,
                is_boxed: self.is_boxed_content(content),
                converts: held_before.insert(concrete),
                put: match sent {
                    SentBody::Method(method, arguments) => {
                        let arguments = arguments.iter();
                        let arguments = arguments.map(|argument| argument.of_variant(&body));
                        request.method(method, arguments.collect::<Vec<_>>())
                    }
                    SentBody::Fill | SentBody::FillInto => body.method("fill", [request]),
                    SentBody::FillMedia(range) => body.method("fill", [range, request]),
                },
                has_style,
            }
        };
        chosen.iter().map(variant).collect()
    }

    /// Returns the argument type of a body.
    fn body_argument(self, id: OperationId, content: &Content) -> Ty<'a> {
        match content.kind {
            ContentKind::Text => Ty::STRING.conversion(),
            ContentKind::Bytes if is_open_range(&content.media_type) => self.held_body(id, content),
            ContentKind::Bytes => Ty::BODY.conversion(),
            _ => self.held_body(id, content),
        }
    }

    /// Returns the type that holds a body.
    fn held_body(self, id: OperationId, content: &Content) -> Ty<'a> {
        match content.kind {
            ContentKind::Json | ContentKind::Form => self.ty(&content.schema),
            ContentKind::Multipart => Ty::Local(&self.names.operation(id).form),
            ContentKind::Text => Ty::STRING,
            ContentKind::Bytes if is_open_range(&content.media_type) => {
                Ty::Runtime("media_body", "MediaBody")
            }
            ContentKind::Bytes => Ty::BODY,
        }
    }

    /// Chooses the way in which a body is added to the request, and whether the code uses `Style`.
    fn sent_body(self, content: &Content) -> (SentBody, bool) {
        use Argument::{Borrowed, Other, Text, Value};
        let media_type =
            |otherwise: &str| Other(Expr::string(concrete(&content.media_type, otherwise)));
        let sent = match content.kind {
            ContentKind::Json if is_usual_json(content) => SentBody::Method("json", vec![Borrowed]),
            ContentKind::Json => {
                SentBody::Method("json_as", vec![media_type("application/json"), Borrowed])
            }
            ContentKind::Form => {
                let styles = style::form_styles(content.parts(self.api), &content.encoding);
                let has_style = !styles.is_empty();
                let arguments = vec![Borrowed, Other(Expr::slice(styles))];
                return (SentBody::Method("form", arguments), has_style);
            }
            ContentKind::Text => SentBody::Method("text", vec![media_type("text/plain"), Text]),
            ContentKind::Bytes if is_open_range(&content.media_type) => {
                SentBody::FillMedia(Expr::string(&content.media_type))
            }
            ContentKind::Bytes => {
                SentBody::Method("bytes", vec![media_type("application/octet-stream"), Value])
            }
            ContentKind::Multipart => SentBody::Fill,
        };
        (sent, false)
    }
}

impl Plan<'_> {
    /// Returns the contents that the caller chooses from. A synonym for JSON, such as `text/json`, is not
    /// a choice.
    pub fn chosen_contents(self, contents: &[Content]) -> Vec<&Content> {
        let mut chosen: Vec<&Content> = Vec::new();
        // The most commonly wanted content comes first.
        let mut sorted: Vec<&Content> = contents.iter().collect();
        sorted.sort_by_key(|content| preference(content));
        let mut has_form = false;
        let mut known: HashSet<(ContentKind, Ty<'_>)> = HashSet::new();
        for content in sorted {
            let is_form = content.kind == ContentKind::Multipart;
            let ty = self.ty(&content.schema);
            let is_new = known.insert((content.kind, ty)) || !is_synonym(content);
            if is_new && !(is_form && has_form) {
                chosen.push(content);
                has_form |= is_form;
            }
        }
        chosen
    }

    /// Returns whether a variant boxes a body, which keeps an enum with a large body small.
    pub fn is_boxed_content(self, content: &Content) -> bool {
        matches!(content.kind, ContentKind::Json | ContentKind::Form)
            && self.is_large(&content.schema)
    }
}

/// Returns whether a media type is a synonym for a more common one.
fn is_synonym(content: &Content) -> bool {
    let essence = essence(&content.media_type);
    (essence.contains('*') && !is_open_range(&essence))
        || matches!(&*essence, "application/json" | "text/json")
}
