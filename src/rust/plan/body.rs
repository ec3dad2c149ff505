//! Which body an operation takes, and how it gets into the request.

use super::{Plan, style};
use crate::example::request::{is_usual_json, preference};
use crate::ir::{Content, ContentKind, OperationId, concrete, essence, is_open_range};
use crate::rust::{Expr, Ty, layout};
use std::collections::{HashMap, HashSet};

/// The body of an operation.
pub struct BodyPlan<'a> {
    /// The type of the argument.
    pub ty: Ty<'a>,
    /// The contents that the caller chooses from.
    pub contents: Vec<&'a Content>,
    /// The variants of the type that the argument converts into, if there are several contents.
    pub variants: Vec<BodyVariant<'a>>,
    /// Whether the call that sends it names the runtime's type of styles.
    pub has_style: bool,
    sent: SentBody,
}

/// A variant of a body with several media types.
pub struct BodyVariant<'a> {
    pub content: &'a Content,
    pub ident: &'a str,
    /// The type that it holds, without its box.
    pub ty: Ty<'a>,
    pub is_boxed: bool,
    /// Whether a value of the type converts into it: no earlier variant holds the same.
    pub converts: bool,
    /// The expression that puts its content `body` into `request`.
    pub put: Expr,
    /// Whether that names the runtime's type of styles.
    pub has_style: bool,
}

/// How a body is put into the request.
enum SentBody {
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

impl BodyVariant<'_> {
    /// Prints the arm that puts the variant into the request.
    pub fn arm(&self) -> String {
        let pattern = format!("Self::{}(body)", self.ident);
        layout::arm("            ", &pattern, &self.put)
    }
}

impl BodyPlan<'_> {
    /// Returns the expression that puts the argument of this name into `request`.
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

    /// Returns the content with parts, if there is one.
    pub fn multipart(&self) -> Option<&Content> {
        let mut contents = self.contents.iter();
        let content = contents.find(|content| content.kind == ContentKind::Multipart);
        content.copied()
    }
}

impl<'a> Plan<'a> {
    /// Plans the body of an operation.
    pub fn body(self, id: OperationId) -> Option<BodyPlan<'a>> {
        let body = self.api.operation(id).body.as_ref()?;
        let contents = self.chosen_contents(&body.contents);
        if let [only] = contents[..] {
            let (sent, has_style) = self.sent_body(only);
            return Some(BodyPlan {
                ty: self.body_argument(id, only),
                contents,
                variants: Vec::new(),
                has_style,
                sent,
            });
        }
        let variants = self.body_variants(id, &body.contents, &contents);
        Some(BodyPlan {
            ty: Ty::Local(&self.names.operation(id).body).conversion(),
            variants,
            contents,
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

    /// How the argument of a body is taken.
    fn body_argument(self, id: OperationId, content: &Content) -> Ty<'a> {
        match content.kind {
            ContentKind::Text => Ty::STRING.conversion(),
            ContentKind::Bytes if is_open_range(&content.media_type) => self.held_body(id, content),
            ContentKind::Bytes => Ty::BODY.conversion(),
            _ => self.held_body(id, content),
        }
    }

    /// The type that holds a body.
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

    /// Chooses how a body is put into the request, and whether that names the type of styles.
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
    /// The contents that the caller chooses from. What says the same JSON under another name for it, as
    /// `text/json` does, is no choice.
    pub fn chosen_contents(self, contents: &[Content]) -> Vec<&Content> {
        let mut chosen: Vec<&Content> = Vec::new();
        // The one that a caller wants most comes first.
        let mut sorted: Vec<&Content> = contents.iter().collect();
        sorted.sort_by_key(|content| preference(content));
        let mut has_form = false;
        let mut known: HashSet<(ContentKind, Ty<'_>)> = HashSet::new();
        for content in sorted {
            let is_form = content.kind == ContentKind::Multipart;
            let ty = self.ty(&content.schema);
            let is_new = known.insert((content.kind, ty)) || !says_nothing_more(content);
            if is_new && !(is_form && has_form) {
                chosen.push(content);
                has_form |= is_form;
            }
        }
        chosen
    }

    /// Whether a variant holds a body in a box, so that the size of the enum does not change with it.
    pub fn is_boxed_content(self, content: &Content) -> bool {
        matches!(content.kind, ContentKind::Json | ContentKind::Form)
            && self.is_large(&content.schema)
    }
}

/// Whether a media type names no other form than one of the same kind does.
fn says_nothing_more(content: &Content) -> bool {
    let essence = essence(&content.media_type);
    (essence.contains('*') && !is_open_range(&essence))
        || matches!(&*essence, "application/json" | "text/json")
}
