//! Splits the keys of `paths` into literals and parameters, and repairs common mistakes in them.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Parameter, ParameterLocation, Path, PathPart};
use crate::tree::Node;
use std::collections::HashSet;

impl<'t> Lowering<'t, '_> {
    /// Splits a path key into its parts. A fragment and trailing white space only distinguish operations in the
    /// document and are dropped. A query string is sent with every request, except for the parameters in it.
    pub(super) fn path(&mut self, raw: &str, node: Node<'t>) -> Path {
        let (rest, fragment) = raw.split_once('#').unwrap_or((raw, ""));
        if !fragment.is_empty() {
            let what = format!("the fragment `#{fragment}`");
            self.diagnostics().push(codes::path_suffix(node, &what));
        }
        let bare = rest.trim_end();
        if bare.len() < rest.len() {
            let what = "the trailing white space of the path";
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

/// Returns the name on the wire and the parameter name of `name={parameter}`. In RFC 6570's `?{a,b}`, both are
/// the same.
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

/// Renames the placeholders of a path to the declared parameters, and returns those that span several segments.
///
/// Frameworks write more than a name in braces: `{*path}`, `{path+}`, `{path...}`, `{id:\d+}`. OpenAPI has no
/// such forms, so a parameter declared with the whole text takes precedence.
pub(super) fn name_declared(parts: &mut [PathPart], parameters: &[Parameter]) -> HashSet<String> {
    let is_declared = |name: &str| {
        let mut of_path = parameters
            .iter()
            .filter(|parameter| parameter.location == ParameterLocation::Path);
        of_path.any(|parameter| parameter.name == name)
    };
    let mut catch_alls = HashSet::new();
    for part in parts {
        let PathPart::Parameter(text) = part else {
            continue;
        };
        let (name, is_catch_all) = match text.split_once(':') {
            // Django writes the converter first: `{path:rest}`.
            Some((converter, name)) if is_declared(name) => (name, converter == "path"),
            _ => undecorated(text),
        };
        if is_declared(text) || name.is_empty() {
            continue;
        }
        if is_catch_all {
            catch_alls.insert(name.to_owned());
        }
        *part = PathPart::Parameter(name.to_owned());
    }
    catch_alls
}

/// Returns the name in a placeholder, and whether its value may contain slashes.
fn undecorated(text: &str) -> (&str, bool) {
    let (name, pattern) = text.split_once(':').unwrap_or((text, ""));
    let bare = name.trim_start_matches(['*', '+']);
    let bare = bare.strip_suffix("...").unwrap_or(bare);
    let bare = bare.trim_end_matches(['*', '+']);
    // `{rest:path}` is a converter of Starlette and Flask, `{rest:.*}` a regular expression of many routers.
    let takes_slashes = matches!(pattern, "path" | ".*" | ".+" | "(.*)" | "(.+)");
    (bare, bare.len() < name.len() || takes_slashes)
}

/// Returns the position of the closing brace: the next one, or the one after a pattern with braces, as in
/// `{id:\d{2}}`.
fn closing(from: &str) -> Option<usize> {
    let first = from.find('}').filter(|close| *close > 1)?;
    if !from[1..first].contains('{') {
        return Some(first);
    }
    let name = from[1..first].split(['{', ':']).next().unwrap_or_default();
    if name.is_empty() || !from[1 + name.len()..].starts_with(':') {
        return None;
    }
    let mut depth = 0;
    from.char_indices().find_map(|(at, char)| {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// Splits a path at braces around a name. Any other brace is literal text.
fn split(path: &str) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        literal.push_str(before);
        let Some(close) = closing(from) else {
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

#[cfg(test)]
mod tests {
    use super::{split, undecorated};
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
        assert_eq!(
            split("/{a:[0-9]{2,3}}/{b}"),
            [text("/"), name("a:[0-9]{2,3}"), text("/"), name("b")]
        );
        assert_eq!(split("/{a:{b}"), [text("/{a:"), name("b")]);
        assert_eq!(split("/{a{b}}"), [text("/{a"), name("b"), text("}")]);
    }

    #[test]
    fn placeholders_of_frameworks_are_recognized() {
        for (text, name, is_catch_all) in [
            ("id", "id", false),
            ("id:[0-9]+", "id", false),
            ("*rest", "rest", true),
            ("**rest", "rest", true),
            ("+rest", "rest", true),
            ("rest+", "rest", true),
            ("rest*", "rest", true),
            ("rest...", "rest", true),
            ("rest:.*", "rest", true),
            ("rest:path", "rest", true),
            ("a.b", "a.b", false),
        ] {
            assert_eq!(undecorated(text), (name, is_catch_all), "{text}");
        }
    }
}
