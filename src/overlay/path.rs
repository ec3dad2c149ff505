//! A JSONPath cut into its segments, after `serde_json_path` has found it well formed.

use serde_json_path::JsonPath;

/// A longer path is refused: the parser goes down by recursion.
const LONGEST: usize = 8_192;
/// Brackets that nest deeper are refused: with each level of filters the parser takes twice as long.
const DEEPEST: usize = 8;

#[derive(Debug)]
pub struct Path<'p> {
    pub segments: Vec<Segment<'p>>,
    /// A filter names the root of the document.
    pub names_root: bool,
}

#[derive(Debug)]
pub struct Segment<'p> {
    /// Selects from all that is below a node, and from the node itself.
    pub descends: bool,
    pub selector: Selector<'p>,
}

#[derive(Debug)]
pub enum Selector<'p> {
    Name(&'p str),
    Index(usize),
    Wildcard,
    /// Everything else, as a path of one segment.
    Query(JsonPath, Filter),
}

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    None,
    /// Some members of each candidate.
    Plain,
    /// Possibly everything in it, with so many `..`.
    Deep {
        descends: u32,
    },
}

/// Refuses what the parser would take too long for, or too much of the stack.
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
            return Err(format!("its brackets nest more than {DEEPEST} levels deep"));
        }
    }
    Ok(())
}

impl<'p> Path<'p> {
    /// Cuts a path that has been parsed already.
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
        Ok(Path {
            segments: texts.map(Segment::new).collect::<Result<_, _>>()?,
            names_root,
        })
    }
}

impl<'p> Segment<'p> {
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
        Ok(Segment { descends, selector })
    }
}

/// The name in quotes, where there is nothing else and nothing is escaped.
fn quoted_name(selector: &str) -> Option<&str> {
    let quote = selector
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"'))?;
    let name = selector[1..].strip_suffix(quote)?;
    (!name.contains([quote, '\\'])).then_some(name)
}

/// What the filters of a segment look at.
fn filter(segment: &str) -> Filter {
    let bare: String = unquoted(segment).map(|(_, c)| c).collect();
    let filters = bare.matches('?').count();
    let compares_nodes = ['=', '<', '>'].iter().any(|operator| {
        let mut operands = bare.split(*operator).skip(1).map(str::trim_start);
        operands.any(|operand| operand.starts_with(['@', '$']) || operand.starts_with("value"))
    });
    match filters {
        0 => Filter::None,
        1 if !bare.contains("..") && !bare.contains(['*', ':']) && !compares_nodes => Filter::Plain,
        _ => Filter::Deep {
            descends: bare.matches("..").count() as u32,
        },
    }
}

/// The characters of a path that are in no quotes, with where they stand.
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
