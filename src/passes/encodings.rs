//! What an `encoding` says and no request does: of members that the body does not have, media types that
//! they are not written in, and styles of files.

use crate::diag::{Diagnostics, codes};
use crate::did_you_mean;
use crate::example::request::parts::{Kind, kind};
use crate::ir::{
    Api, Content, ContentKind, Encoding, Extra, Member, Object, Parameter, described_object,
    essence, is_json,
};
use crate::tree::Tree;

pub fn run(api: &Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    // Many operations may refer to one body.
    let mut told = Vec::new();
    let bodies = api.operations.iter().filter_map(|one| one.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.contents);
    let parameters = api.operations.iter().flat_map(|one| &one.parameters);
    let bodies = bodies.map(|content| Described::of_body(api, content));
    let queries = parameters.map(|parameter| Described::of_query(api, parameter));
    for content in bodies.chain(queries) {
        // What is no object, or is one of several, has been told of as such.
        let Some(object) = content.object else {
            continue;
        };
        for encoding in content.encoding {
            let Some(at) = encoding.at.filter(|at| !told.contains(at)) else {
                continue;
            };
            told.push(at);
            let node = tree.node(at);
            match member(object, &encoding.name) {
                Some(member) => {
                    if let Some(media_type) = unwritten(api, content.kind, member, encoding) {
                        diagnostics.push(codes::member_of_media_type(node, media_type));
                    }
                    if is_styled_file(api, content.kind, member, encoding) {
                        diagnostics.push(codes::encoding_not_applied(node));
                    }
                }
                None if matches!(object.extra, Extra::Typed(_)) => {}
                None => {
                    let known = object.members.iter().map(|member| member.name.as_str());
                    let hint = did_you_mean::hint(&encoding.name, known);
                    diagnostics.push(codes::encoding_of_nothing(node, &encoding.name, &hint));
                }
            }
        }
    }
}

/// A body, or a query as a whole.
struct Described<'a> {
    kind: ContentKind,
    object: Option<&'a Object>,
    encoding: &'a [Encoding],
}

impl<'a> Described<'a> {
    fn of_body(api: &'a Api, content: &'a Content) -> Self {
        Described {
            kind: content.kind,
            object: content.parts(api),
            encoding: &content.encoding,
        }
    }

    fn of_query(api: &'a Api, parameter: &'a Parameter) -> Self {
        Described {
            kind: ContentKind::Form,
            object: described_object(api, &parameter.schema),
            encoding: &parameter.encoding,
        }
    }
}

fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Member> {
    object.members.iter().find(|member| member.name == name)
}

/// The media type that a member is to have and is not written in. Values are written as JSON or as plain
/// text; what is text or bytes to the caller can be of any media type in a part, but not in a form.
fn unwritten<'a>(
    api: &Api,
    of: ContentKind,
    member: &Member,
    encoding: &'a Encoding,
) -> Option<&'a str> {
    let is_written = |media_type: &&str| essence(media_type) == "text/plain" || is_json(media_type);
    let media_type = encoding.content_type.as_deref()?;
    let as_usual = match of {
        ContentKind::Multipart => kind(api, &member.schema, Some(encoding)) == Kind::Value(None),
        _ => encoding.style.is_none(),
    };
    (as_usual && !is_written(&media_type)).then_some(media_type)
}

/// Whether a part is to be written in a style, but is a file, or has headers of its own.
fn is_styled_file(api: &Api, of: ContentKind, member: &Member, encoding: &Encoding) -> bool {
    let part = || kind(api, &member.schema, Some(encoding));
    of == ContentKind::Multipart && encoding.style.is_some() && !matches!(part(), Kind::Styled(..))
}
