//! Keys of `paths`: literal parts, parameters, and what people write there beside them.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Path, PathPart};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// Cuts a path key into its parts. A fragment, and white space at the end, tell operations apart in
    /// the document only, and are left out; a query string is sent with every call, but for the
    /// parameters in it.
    pub(super) fn path(&mut self, raw: &str, node: Node<'t>) -> Path {
        let (rest, fragment) = raw.split_once('#').unwrap_or((raw, ""));
        if !fragment.is_empty() {
            let what = format!("the fragment `#{fragment}`");
            self.diagnostics().push(codes::path_suffix(node, &what));
        }
        let bare = rest.trim_end();
        if bare.len() < rest.len() {
            let what = "the white space at the end of the path";
            self.diagnostics().push(codes::path_suffix(node, what));
        }
        let (path, query) = bare.split_once('?').unwrap_or((bare, ""));
        let mut parts = Vec::new();
        if !path.starts_with('/') {
            self.diagnostics().push(codes::path_without_slash(node));
            parts.push(PathPart::Literal("/".to_owned()));
        }
        parts.extend(split(path));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let (named, fixed): (Vec<&str>, Vec<&str>) = pairs.partition(|pair| pair.contains('{'));
        if !fixed.is_empty() {
            let fixed = fixed.join("&");
            self.diagnostics().push(codes::path_query(node, &fixed));
        }
        Path {
            raw: raw.to_owned(),
            parts,
            query: fixed.into_iter().map(str::to_owned).collect(),
            query_names: named.into_iter().flat_map(query_name).collect(),
        }
    }
}

/// The two names of `name={parameter}`. In `?{a,b}`, RFC 6570's form, they are the same.
fn query_name(pair: &str) -> Vec<(String, String)> {
    let (wire, name) = pair.split_once('=').unwrap_or(("", pair));
    let names = name.trim_matches(['{', '}', '?', '*']).split(',');
    let names = names.map(|name| name.trim_matches(['{', '}', '?', '*']));
    let wire_name = |name: &str| match wire {
        "" => name.to_owned(),
        wire => wire.to_owned(),
    };
    names
        .filter(|name| !name.is_empty())
        .map(|name| (wire_name(name), name.to_owned()))
        .collect()
}

/// Braces that enclose a name make a parameter; every other brace is text.
fn split(path: &str) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        literal.push_str(before);
        let close = from
            .find('}')
            .filter(|close| *close > 1 && !from[1..*close].contains('{'));
        let Some(close) = close else {
            literal.push('{');
            rest = &from[1..];
            continue;
        };
        if !literal.is_empty() {
            parts.push(PathPart::Literal(std::mem::take(&mut literal)));
        }
        parts.push(PathPart::Parameter(from[1..close].to_owned()));
        rest = &from[close + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(PathPart::Literal(literal));
    }
    parts
}

/// The group of an operation without a tag: the first segment of its path that says something.
pub(super) fn group_of(path: &Path) -> String {
    let literals = path.parts.iter().filter_map(|part| match part {
        PathPart::Literal(text) => Some(text.as_str()),
        PathPart::Parameter(_) => None,
    });
    let mut segments = literals.flat_map(|text| text.split('/'));
    segments
        .find(|segment| is_telling(segment))
        .unwrap_or("default")
        .to_owned()
}

/// `api` and version segments stand before every path of an API that has them.
fn is_telling(segment: &str) -> bool {
    let version = segment
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    segment.contains(char::is_alphabetic) && segment != "api" && !version
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::ir::PathPart::{Literal, Parameter};

    #[test]
    fn several_parameters_may_share_a_segment() {
        let text = |text: &str| Literal(text.to_owned());
        let name = |name: &str| Parameter(name.to_owned());
        assert_eq!(
            split("/a/{b}...{c}"),
            [text("/a/"), name("b"), text("..."), name("c")]
        );
        assert_eq!(split("/{}/{x"), [text("/{}/{x")]);
        assert_eq!(split("/<upload_url>"), [text("/<upload_url>")]);
    }
}
