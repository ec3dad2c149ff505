//! The parts of multipart bodies.

use super::Plan;
use super::sent::Sent;
use super::style::style_of;
use crate::example::request::parts::{FileType, PartKind, in_order, kind};
use crate::ir::{Content, Encoding, Property, SchemaKind, is_json};
use crate::rust::{Expr, Ty};

const PART: Ty<'static> = Ty::Runtime("multipart", "Part");

impl<'a> Plan<'a> {
    /// Returns the names of the parts in the order in which they are sent.
    pub fn part_order(self, content: &Content) -> Expr {
        let sent = in_order(self.api, content);
        let sent = sent.iter().filter(|member| !member.read_only);
        Expr::strings(sent.map(|member| &member.name))
    }

    /// Plans how the argument of this name is added to `parts`.
    pub fn sent_part(
        self,
        member: &Property,
        encoding: Option<&Encoding>,
        argument: &str,
        parts: Expr,
    ) -> Sent<'a> {
        let name = Expr::string(&member.name);
        let given = |ty: Ty<'a>, method: &'static str, arguments: Vec<Expr>| Sent {
            ty,
            bound: None,
            call: parts.clone().method(method, arguments),
            has_style: false,
        };
        let plain = || Expr::variable(argument.to_owned());
        match kind(self.api, &member.schema, encoding) {
            PartKind::Part(None) => {
                let value = plain().method("into", []);
                given(PART.conversion(), "part", vec![name, value])
            }
            PartKind::Part(Some(media_type)) => {
                let media_type = Expr::string(&media_type);
                given(PART.conversion(), "typed", vec![name, media_type, plain()])
            }
            PartKind::File(media_type) => {
                let (method, media_type) = match media_type {
                    FileType::Usual(media_type) => ("file", media_type),
                    FileType::OneOf(described) => ("file_of", described),
                };
                let media_type = Expr::string(&media_type);
                given(PART.conversion(), method, vec![name, media_type, plain()])
            }
            PartKind::Files(media_type) => {
                let (method, media_type) = match media_type {
                    FileType::Usual(media_type) => ("files", media_type),
                    FileType::OneOf(described) => ("files_of", described),
                };
                let ty = PART.conversion().iterator();
                let media_type = Expr::string(&media_type);
                given(ty, method, vec![name, media_type, plain()])
            }
            PartKind::Styled(style, explode, reserved) => {
                let style = style_of(style, explode, reserved);
                self.taken(&member.schema, argument)
                    .sent(true, |value| parts.method("styled", [name, style, value]))
            }
            PartKind::Value(media_type) => {
                let (method, media_type) = match media_type {
                    None => ("value", None),
                    Some(media_type) if is_json(&media_type) => ("json", Some(media_type)),
                    Some(media_type) => match self.api.resolved(&member.schema) {
                        SchemaKind::Array(_) => ("texts", Some(media_type)),
                        _ => ("text", Some(media_type)),
                    },
                };
                let media_type = media_type.as_deref().map(Expr::string);
                self.taken(&member.schema, argument).sent(false, |value| {
                    let arguments = [Some(name), media_type, Some(value)];
                    let arguments: Vec<Expr> = arguments.into_iter().flatten().collect();
                    parts.method(method, arguments)
                })
            }
        }
    }
}
