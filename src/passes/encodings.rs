//! Reports `encoding` entries without effect: for unknown properties, unsupported media types, and styles of
//! files.

use crate::diag::{Diagnostics, codes};
use crate::did_you_mean;
use crate::example::request::parts::{PartKind, kind};
use crate::ir::{
    Api, Content, ContentKind, Encoding, Extra, Object, Parameter, Property, described_object,
    essence, is_json,
};
use crate::tree::Tree;

pub fn run(api: &Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    // Several operations may share a body.
    let mut reported = Vec::new();
    let bodies = api.operations.iter().filter_map(|one| one.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.contents);
    let parameters = api.operations.iter().flat_map(|one| &one.parameters);
    let bodies = bodies.map(|content| EncodedContent::of_body(api, content));
    let queries = parameters.map(|parameter| EncodedContent::of_query(api, parameter));
    for content in bodies.chain(queries) {
        // A body that is not a single object has another diagnostic.
        let Some(object) = content.object else {
            continue;
        };
        for encoding in content.encoding {
            let Some(at) = encoding.at.filter(|at| !reported.contains(at)) else {
                continue;
            };
            reported.push(at);
            let node = tree.node(at);
            match member(object, &encoding.name) {
                Some(member) => {
                    if let Some(media_type) = unwritten(api, content.kind, member, encoding) {
                        diagnostics.push(codes::unsupported_part_type(node, media_type));
                    }
                    if is_styled_file(api, content.kind, member, encoding) {
                        diagnostics.push(codes::encoding_not_applied(node));
                    }
                }
                None if matches!(object.extra, Extra::Typed(_)) => {}
                None => {
                    let known = object.members.iter().map(|member| member.name.as_str());
                    let hint = did_you_mean::hint(&encoding.name, known);
                    diagnostics.push(codes::encoding_of_unknown_property(
                        node,
                        &encoding.name,
                        &hint,
                    ));
                }
            }
        }
    }
}

/// A body, or a query string described as a form.
struct EncodedContent<'a> {
    kind: ContentKind,
    object: Option<&'a Object>,
    encoding: &'a [Encoding],
}

impl<'a> EncodedContent<'a> {
    fn of_body(api: &'a Api, content: &'a Content) -> Self {
        EncodedContent {
            kind: content.kind,
            object: content.parts(api),
            encoding: &content.encoding,
        }
    }

    fn of_query(api: &'a Api, parameter: &'a Parameter) -> Self {
        EncodedContent {
            kind: ContentKind::Form,
            object: described_object(api, &parameter.schema),
            encoding: &parameter.encoding,
        }
    }
}

fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Property> {
    object.members.iter().find(|member| member.name == name)
}

/// Returns a media type of a property that is not supported. Values are written as JSON or plain text. Strings
/// and bytes can have any media type in a part, but not in a form.
fn unwritten<'a>(
    api: &Api,
    of: ContentKind,
    member: &Property,
    encoding: &'a Encoding,
) -> Option<&'a str> {
    let is_written = |media_type: &&str| essence(media_type) == "text/plain" || is_json(media_type);
    let media_type = encoding.content_type.as_deref()?;
    let as_usual = match of {
        ContentKind::Multipart => {
            kind(api, &member.schema, Some(encoding)) == PartKind::Value(None)
        }
        _ => encoding.style.is_none(),
    };
    (as_usual && !is_written(&media_type)).then_some(media_type)
}

/// Returns whether a part has a style although it is a file or has headers.
fn is_styled_file(api: &Api, of: ContentKind, member: &Property, encoding: &Encoding) -> bool {
    let part = || kind(api, &member.schema, Some(encoding));
    of == ContentKind::Multipart
        && encoding.style.is_some()
        && !matches!(part(), PartKind::Styled(..))
}
