//! Reads `x-fern-pagination` and `x-speakeasy-pagination`.

use super::Shared;
use crate::ir::{PageAdvance, PaginationExtension};
use crate::tree::Node;

/// Returns the pagination of an operation, or the extension with the reason why it is not supported.
pub fn pages<'t>(
    node: Node<'t>,
    shared: &Shared<'t>,
) -> Option<Result<PaginationExtension, (Node<'t>, String)>> {
    if let Some(hint) = node.get("x-fern-pagination") {
        let options = match hint.as_bool() {
            Some(true) => shared.pages.unwrap_or(hint),
            Some(false) => return None,
            None => hint,
        };
        return Some(fern(hint, options).map_err(|why| (hint, why)));
    }
    let hint = node.get("x-speakeasy-pagination")?;
    Some(speakeasy(hint).map_err(|why| (hint, why)))
}

fn fern(hint: Node<'_>, options: Node<'_>) -> Result<PaginationExtension, String> {
    let request = |key: &str| options.text(key).map(|text| below(text, "$request"));
    let response = |key: &str| options.text(key).map(|text| below(text, "$response"));
    let way = match (request("cursor"), request("offset")) {
        (Some(parameter), None) => PageAdvance::Cursor {
            parameter: parameter?,
            next: response("next_cursor").ok_or("it has no `next_cursor`")??,
        },
        // With a `step`, the parameter counts items.
        (None, Some(parameter)) => match options.get("step") {
            Some(_) => PageAdvance::Offset(parameter?),
            None => PageAdvance::Page(parameter?),
        },
        _ => match response("next_uri").or_else(|| response("next_path")) {
            Some(next) => PageAdvance::Url(next?),
            None => {
                return Err(
                    "it has none of `cursor`, `offset`, `next_uri` and `next_path`".to_owned(),
                );
            }
        },
    };
    Ok(PaginationExtension {
        at: hint.id(),
        items: response("results")
            .transpose()?
            .filter(|path| !path.is_empty()),
        way,
        more: response("has-next-page").transpose()?,
        total: None,
    })
}

/// Removes the root from a path: `$response.data.items` becomes `data.items`.
fn below(text: &str, root: &str) -> Result<String, String> {
    let rest = text.strip_prefix(root);
    let rest = rest.map(|rest| rest.strip_prefix('.').unwrap_or(rest));
    // `items[*]` and `items` are the same array.
    let rest = rest.map(|rest| rest.strip_suffix("[*]").unwrap_or(rest));
    rest.filter(|rest| !rest.contains(['[', '$']))
        .map(str::to_owned)
        .ok_or_else(|| format!("`{text}` is not a path in `{root}`"))
}

fn speakeasy(hint: Node<'_>) -> Result<PaginationExtension, String> {
    let input = |kind: &str| {
        let inputs = hint.get("inputs").into_iter().flat_map(Node::items);
        let mut inputs = inputs.filter(|input| input.text("type") == Some(kind));
        let input = inputs.next()?;
        let name = input.text("name").unwrap_or_default();
        Some(match input.text("in") {
            Some("parameters") => Ok(name.to_owned()),
            // A property of the body may be written as a JSONPath.
            Some("requestBody") => below(name, "$").or(Ok(name.to_owned())),
            _ => Err(format!(
                "`{name}` is in neither `parameters` nor `requestBody`"
            )),
        })
    };
    let outputs = hint.get("outputs");
    let output = |key: &str| outputs.and_then(|outputs| outputs.text(key));
    let member = |key: &str| output(key).map(|text| below(text, "$"));
    let way = match hint.text("type") {
        Some("cursor") => {
            let parameter = input("cursor").ok_or("it has no input with the type `cursor`")??;
            let next = output("nextCursor").ok_or("it has no output `nextCursor`")?;
            match last_item(next) {
                Some(member) => PageAdvance::LastItem { parameter, member },
                None => PageAdvance::Cursor {
                    parameter,
                    next: below(next, "$")?,
                },
            }
        }
        Some("offsetLimit") => match (input("page"), input("offset")) {
            (Some(page), _) => PageAdvance::Page(page?),
            (None, Some(offset)) => PageAdvance::Offset(offset?),
            (None, None) => {
                return Err("it has no input with the type `page` or `offset`".to_owned());
            }
        },
        Some("url") => PageAdvance::Url(member("nextUrl").ok_or("it has no output `nextUrl`")??),
        _ => return Err("its type is not `offsetLimit`, `cursor` or `url`".to_owned()),
    };
    let is_page = matches!(way, PageAdvance::Page(_));
    Ok(PaginationExtension {
        at: hint.id(),
        items: member("results")
            .transpose()?
            .filter(|path| !path.is_empty()),
        total: member("numPages").transpose()?.filter(|_| is_page),
        way,
        more: None,
    })
}

/// Returns the property of the last item that a JSONPath refers to.
fn last_item(path: &str) -> Option<String> {
    let ends = ["[-1:].", "[-1].", "[(@.length-1)]."];
    let found = ends.iter().find_map(|end| path.split_once(end));
    found.map(|(_, member)| member.to_owned())
}
