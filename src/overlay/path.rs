//! Splits a JSONPath into segments. `serde_json_path` has already validated it.

use serde_json_path::JsonPath;

/// The limit of bytes, because the parser is recursive.
const LONGEST: usize = 8_192;
/// The limit of nested brackets. The parser's time doubles with each level of filters.
const DEEPEST: usize = 8;

#[derive(Debug)]
pub struct SplitPath<'p> {
    pub segments: Vec<PathSegment<'p>>,
    /// Whether a filter refers to the root of the document.
    pub names_root: bool,
}

#[derive(Debug)]
pub struct PathSegment<'p> {
    /// Whether the segment selects from all descendants too.
    pub descends: bool,
    pub selector: Selector<'p>,
}

#[derive(Debug)]
pub enum Selector<'p> {
    Name(&'p str),
    Index(usize),
    Wildcard,
    /// Any other selector, as a path of one segment.
    Query(JsonPath, FilterScope),
}

/// The nodes that a filter reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterScope {
    None,
    /// Some properties of each candidate.
    Plain,
    /// Possibly all descendants of each candidate, with this number of `..`.
    Deep {
        descends: u32,
    },
}

/// Refuses paths for which the parser would need too much time or stack.
pub fn check_nesting(path: &str) -> Result<(), String> {
    if path.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    for (_, c) in unquoted(path) {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!(
                "its brackets are nested more than {DEEPEST} levels deep"
            ));
        }
    }
    Ok(())
}

impl<'p> SplitPath<'p> {
    /// Splits a valid path.
    pub fn new(path: &'p str) -> Result<Self, String> {
        let mut starts = Vec::new();
        let mut depth = 0_usize;
        let mut names_root = false;
        for (at, c) in unquoted(path) {
            let after_dot = path[..at].ends_with('.');
            match c {
                '.' | '[' if depth == 0 && !after_dot => starts.push(at),
                '$' if depth > 0 => names_root = true,
                _ => {}
            }
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let ends = starts.iter().skip(1).copied().chain([path.len()]);
        let texts = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &path[*start..end]);
        Ok(SplitPath {
            segments: texts.map(PathSegment::new).collect::<Result<_, _>>()?,
            names_root,
        })
    }
}

impl<'p> PathSegment<'p> {
    fn new(text: &'p str) -> Result<Self, String> {
        let text = text.trim();
        let (descends, rest) = match text.strip_prefix("..") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('.').unwrap_or(text)),
        };
        let selector = match rest.strip_prefix('[') {
            None if rest == "*" => Selector::Wildcard,
            None => Selector::Name(rest),
            Some(inner) => {
                let inner = inner.strip_suffix(']').unwrap_or(inner).trim();
                match (quoted_name(inner), inner.parse()) {
                    (Some(name), _) => Selector::Name(name),
                    (None, Ok(index)) => Selector::Index(index),
                    _ if inner == "*" => Selector::Wildcard,
                    _ => {
                        let query = JsonPath::parse(&format!("${rest}"));
                        Selector::Query(query.map_err(|fault| fault.to_string())?, filter(rest))
                    }
                }
            }
        };
        Ok(PathSegment { descends, selector })
    }
}

/// Returns the name in quotes, unless it has escapes or something follows it.
fn quoted_name(selector: &str) -> Option<&str> {
    let quote = selector
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"'))?;
    let name = selector[1..].strip_suffix(quote)?;
    (!name.contains([quote, '\\'])).then_some(name)
}

/// Returns which nodes the filters of a segment read.
fn filter(segment: &str) -> FilterScope {
    let bare: String = unquoted(segment).map(|(_, c)| c).collect();
    let filters = bare.matches('?').count();
    let compares_nodes = ['=', '<', '>'].iter().any(|operator| {
        let mut operands = bare.split(*operator).skip(1).map(str::trim_start);
        operands.any(|operand| operand.starts_with(['@', '$']) || operand.starts_with("value"))
    });
    match filters {
        0 => FilterScope::None,
        1 if !bare.contains("..") && !bare.contains(['*', ':']) && !compares_nodes => {
            FilterScope::Plain
        }
        _ => FilterScope::Deep {
            descends: bare.matches("..").count() as u32,
        },
    }
}

/// Returns the characters of a path outside of quotes, with their offsets.
fn unquoted(path: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut escaped = false;
    path.char_indices().filter(move |(_, c)| match quote {
        Some(_) if escaped => {
            escaped = false;
            false
        }
        Some(open) => {
            escaped = *c == '\\';
            if *c == open {
                quote = None;
            }
            false
        }
        None if matches!(c, '\'' | '"') => {
            quote = Some(*c);
            false
        }
        None => true,
    })
}
