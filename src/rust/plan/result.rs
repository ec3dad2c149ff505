//! The response of an operation: the types that its successes are decoded into, and the decoders.

use super::Plan;
use crate::ir::{Content, ContentKind, OperationId, Response, SchemaKind};
use crate::rust::Ty;
use indexmap::IndexSet;

/// The type that an operation returns.
#[derive(Debug)]
pub enum ResultPlan<'a> {
    /// No success has a body.
    Nothing,
    /// All bodies are decoded in the same way.
    One {
        decoding: ResponseDecoding<'a>,
        /// Whether some successes have no body, so that the type is an `Option`.
        is_optional: bool,
    },
    /// The successes differ, so the type is an enum.
    Choice {
        ident: &'a str,
        successes: Vec<Success<'a>>,
    },
}

/// The decoder of a response body and the decoded type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResponseDecoding<'a> {
    pub ty: Ty<'a>,
    pub decoder: Decoder<'a>,
}

/// A decoder of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decoder<'a> {
    Plain(PlainDecoder),
    /// JSON in an object, under one of these keys.
    Enveloped(&'a [String]),
}

/// A decoder whose only argument is the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlainDecoder {
    Json,
    Text,
    Bytes,
    /// The URL in a redirect's `Location` header.
    Location,
}

/// One success of an operation: a status, and a media type if the status has several.
#[derive(Debug)]
pub struct Success<'a> {
    pub response: &'a Response,
    pub content: Option<&'a Content>,
    /// The contents that are decoded in the same way, including this one.
    pub names: Vec<&'a Content>,
    /// `None` if the response has no body.
    pub decoding: Option<ResponseDecoding<'a>>,
    /// Whether another success of the same status has a different media type.
    pub is_one_of_several: bool,
    /// The variant; empty if there is only one success.
    pub ident: &'a str,
}

impl<'a> Success<'a> {
    /// Returns the type in the variant, if it has one.
    pub fn variant_ty(&self, plan: Plan<'_>) -> Option<Ty<'a>> {
        let ty = self.decoding.as_ref()?.ty.clone();
        Some(match self.is_boxed(plan) {
            true => ty.boxed(),
            false => ty,
        })
    }

    /// Returns whether a variant boxes the value, which keeps an enum with a large value small.
    pub fn is_boxed(&self, plan: Plan<'_>) -> bool {
        let content = self.content.filter(|_| !self.response.status.is_redirect());
        content.is_some_and(|content| plan.is_boxed_content(content))
    }
}

impl<'a> ResultPlan<'a> {
    pub fn ty(&self) -> Ty<'a> {
        match self {
            ResultPlan::Nothing => Ty::UNIT,
            ResultPlan::One {
                decoding,
                is_optional: false,
            } => decoding.ty.clone(),
            ResultPlan::One { decoding, .. } => decoding.ty.clone().option(),
            ResultPlan::Choice { ident, .. } => Ty::Local(ident),
        }
    }

    /// Returns whether a request returns `Bytes`.
    pub fn is_bytes(&self) -> bool {
        matches!(self, ResultPlan::One { decoding, is_optional: false }
            if decoding.decoder == Decoder::Plain(PlainDecoder::Bytes))
    }

    /// Returns whether some body is binary, and so possibly too large to buffer.
    pub fn is_binary(&self) -> bool {
        let is_binary = |decoding: &ResponseDecoding<'_>| {
            decoding.decoder == Decoder::Plain(PlainDecoder::Bytes)
        };
        match self {
            ResultPlan::Nothing => false,
            ResultPlan::One { decoding, .. } => is_binary(decoding),
            ResultPlan::Choice { successes, .. } => {
                let mut decodings = successes.iter().filter_map(|it| it.decoding.as_ref());
                decodings.any(is_binary)
            }
        }
    }
}

impl<'a> Plan<'a> {
    /// Plans the result of an operation.
    pub(super) fn plan_result(self, id: OperationId) -> ResultPlan<'a> {
        let successes = self.successes(id);
        let decodings = successes.iter().filter_map(|it| it.decoding.as_ref());
        let decodings: IndexSet<&ResponseDecoding<'_>> = decodings.collect();
        let some_are_empty = successes.iter().any(|it| it.decoding.is_none());
        match decodings.len() {
            0 => ResultPlan::Nothing,
            1 => {
                let decoding = decodings[0].clone();
                ResultPlan::One {
                    is_optional: some_are_empty
                        && decoding.decoder == Decoder::Plain(PlainDecoder::Json),
                    decoding,
                }
            }
            _ => ResultPlan::Choice {
                ident: &self.names.operation(id).output,
                successes,
            },
        }
    }

    /// Lists the successes in the order of the document; within a status, the preferred one comes first.
    fn successes(self, id: OperationId) -> Vec<Success<'a>> {
        let mut names = self.names.operation(id).successes.iter();
        let mut successes = Vec::new();
        for response in self.api.operation(id).successes() {
            let names = names.next();
            let choices = response.named_choices();
            let is_one_of_several = choices.len() > 1;
            let of_status = names.map_or("", |names| &names.ident);
            let mut of_types = names.iter().flat_map(|names| &names.contents);
            let mut choices: Vec<_> = choices
                .into_iter()
                .map(|(content, names)| (Some(content), names))
                .collect();
            // A response without a body still needs a variant.
            if choices.is_empty() {
                choices.push((None, Vec::new()));
            }
            for (content, names) in choices {
                successes.push(Success {
                    response,
                    content,
                    names,
                    decoding: self.decoding(response, content),
                    is_one_of_several,
                    ident: match is_one_of_several {
                        true => of_types.next().map_or("", |ident| ident),
                        false => of_status,
                    },
                });
            }
        }
        successes
    }

    fn decoding(
        self,
        response: &Response,
        content: Option<&'a Content>,
    ) -> Option<ResponseDecoding<'a>> {
        // The client does not follow a redirect that is documented as a success; its `Location` is the
        // result.
        if response.status.is_redirect() {
            return Some(ResponseDecoding {
                ty: Ty::STRING,
                decoder: Decoder::Plain(PlainDecoder::Location),
            });
        }
        let content = content?;
        let (ty, decoder) = match (content.kind, &content.schema.kind) {
            (ContentKind::Json, SchemaKind::Envelope(keys, _)) => {
                (self.bare(&content.schema), Decoder::Enveloped(keys))
            }
            (ContentKind::Json | ContentKind::Form, _) => {
                (self.ty(&content.schema), Decoder::Plain(PlainDecoder::Json))
            }
            (ContentKind::Text, _) => (Ty::STRING, Decoder::Plain(PlainDecoder::Text)),
            (ContentKind::Bytes | ContentKind::Multipart, _) => {
                (Ty::BYTES, Decoder::Plain(PlainDecoder::Bytes))
            }
        };
        Some(ResponseDecoding { ty, decoder })
    }
}
