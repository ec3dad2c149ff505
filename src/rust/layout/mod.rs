//! Layouts that depend on line length, identical to rustfmt's (style edition 2024, defaults).
//!
//! Templates print the vertical forms. If rustfmt uses a short form that fits, these functions return the
//! exact text, with the indent and without a trailing newline. The tests compare each function with the
//! real rustfmt.
//!
//! Closures, macros and tuples of one part are never broken, so they match rustfmt only if they fit on a
//! line.

mod block;
mod expr;
mod item;
mod order;
mod types;

#[cfg(test)]
mod tests;

use super::code::{Expr, FnParameter, TypeCode};
use super::literal;
use expr::{Layouts, LineShape, MAX_WIDTH};

pub use block::{block, match_arm, statements};
pub use order::{module_order, sort_uses};
pub use types::{alias, binding, field, from, variant};

/// Returns the head of a function up to its `{`: `pub fn new(id: &str) -> Self {`.
///
/// `head` ends with the name and its generics. The return type stays on one line.
pub fn signature(
    indent: &str,
    head: &str,
    parameters: &[FnParameter],
    returns: Option<&str>,
) -> String {
    let returned = returns.map_or(String::new(), |ty| format!(" -> {ty}"));
    let list = joined(parameters, ", ", FnParameter::to_string);
    let head_line = format!("{indent}{head}({list}){returned}");
    let line = format!("{head_line} {{");
    let Some(ty) = returns.filter(|_| parameters.is_empty()) else {
        return with_parameters(indent, head, parameters, returns, line);
    };
    // Without parameters, rustfmt accepts one column too many and puts the brace on the next line.
    match width(&head_line) <= MAX_WIDTH + 1 {
        true if width(&line) > MAX_WIDTH => format!("{head_line}\n{indent}{{"),
        true => line,
        false => format!("{indent}{head}()\n{indent}-> {ty} {{"),
    }
}

fn with_parameters(
    indent: &str,
    head: &str,
    parameters: &[FnParameter],
    returns: Option<&str>,
    line: String,
) -> String {
    // rustfmt counts the bytes of the name and of the return type.
    let beyond = |text: &str| text.len() - width(text);
    let used = width(&line) + beyond(head) + returns.map_or(0, beyond);
    let returned = returns.map_or(String::new(), |ty| format!("-> {ty}"));
    let space = if returned.is_empty() { "" } else { " " };
    if used <= MAX_WIDTH || parameters.is_empty() {
        // rustfmt chooses the layout by the columns of the parameters, and then checks their bytes.
        let list = joined(parameters, ", ", FnParameter::to_string);
        return match used + beyond(&list) <= MAX_WIDTH {
            true => line,
            false => format!("{indent}{head}(\n{indent}    {list}\n{indent}){space}{returned} {{"),
        };
    }
    let inner = format!(",\n{indent}    ");
    let list = joined(parameters, &inner, |one| types::parameter(indent, one));
    // A return type that fills its line has the brace on the next line. rustfmt counts the indent twice.
    let last = format!("{indent}){space}{returned}");
    let brace = match indent.len() + width(&last) + 2 > MAX_WIDTH {
        true => format!("\n{indent}{{"),
        false => " {".to_owned(),
    };
    format!("{indent}{head}(\n{indent}    {list},\n{last}{brace}")
}

fn joined(
    parameters: &[FnParameter],
    separator: &str,
    print: impl Fn(&FnParameter) -> String,
) -> String {
    let parameters = parameters.iter().map(print);
    parameters.collect::<Vec<_>>().join(separator)
}

/// Returns a `use` item for names of one module, in the order of [`sort_uses`].
pub fn import(path: &str, names: &[&str]) -> String {
    if let [only] = names {
        return format!("{path}::{only};");
    }
    let line = format!("{path}::{{{}}};", names.join(", "));
    // rustfmt keeps two columns free if the whole item is on one line, none if the names are on one line
    // below, and one if they span several lines.
    if width(&line) <= MAX_WIDTH - 2 {
        return line;
    }
    let all = format!("    {},", names.join(", "));
    if width(&all) <= MAX_WIDTH {
        return format!("{path}::{{\n{all}\n}};");
    }
    let mut text = format!("{path}::{{");
    let mut used = MAX_WIDTH;
    for name in names {
        let needed = width(name) + " ,".len();
        if used + needed < MAX_WIDTH {
            text.push(' ');
            used += needed;
        } else {
            text.push_str("\n    ");
            used = 3 + needed;
        }
        text.push_str(name);
        text.push(',');
    }
    text.push_str("\n};");
    text
}

/// Returns the `#[cfg]` attribute for any of these features, or an empty string if there are none.
pub fn cfg(indent: &str, features: &[String]) -> String {
    // rustfmt's `attr_fn_like_width`, applied to the text between the innermost parentheses.
    const LONGEST: usize = 70;
    let feature = |name: &String| format!("feature = \"{name}\"");
    let features: Vec<String> = features.iter().map(feature).collect();
    let line = features.join(", ");
    match &features[..] {
        [] => String::new(),
        [only] => format!("{indent}#[cfg({only})]"),
        _ if line.len() <= LONGEST => format!("{indent}#[cfg(any({line}))]"),
        _ => {
            let lines = features.join(&format!(",\n{indent}    "));
            format!("{indent}#[cfg(any(\n{indent}    {lines}\n{indent}))]")
        }
    }
}

/// Returns a statement: `request.json(&body);`.
pub fn statement(indent: &str, value: &Expr) -> String {
    laid_out(indent, value, ";")
}

/// Returns the tail expression of a block.
pub fn tail(indent: &str, value: &Expr) -> String {
    laid_out(indent, value, "")
}

fn laid_out(indent: &str, value: &Expr, end: &str) -> String {
    let text = value.to_string();
    if is_short(&text, indent.len(), end.len()) {
        return format!("{indent}{text}{end}");
    }
    let laid_out = Layouts::of(value).at(LineShape::line(indent.len(), end.len()));
    // rustfmt leaves code unchanged if it finds no layout.
    format!("{indent}{}{end}", laid_out.unwrap_or(text))
}

/// Returns `place = value;`. The place may be a declaration: `let pet`, `const KEYS: &[&str]`.
pub fn assignment(indent: &str, place: &str, value: &Expr) -> String {
    let text = value.to_string();
    let before = width(place) + " = ".len();
    if is_short(&text, indent.len() + before, 1) {
        return format!("{indent}{place} = {text};");
    }
    let line = LineShape::line(indent.len(), 1);
    // rustfmt continues with a width of zero if the text before fills the line.
    let after = line.after(before).unwrap_or(LineShape {
        offset: line.width,
        width: 0,
        ..line
    });
    match Layouts::of(value).right_side(after) {
        Some(right) => format!("{indent}{place} ={right};"),
        None => format!("{indent}{place} = {text};"),
    }
}

/// Returns a field of a struct literal with its comma: `name: value,`. The value goes below if it does
/// not fit after the name.
pub fn field_value(indent: &str, name: &str, value: &Expr) -> String {
    let text = value.to_string();
    let before = width(name) + ": ".len();
    if is_short(&text, indent.len() + before, 1) {
        return format!("{indent}{name}: {text},");
    }
    let mut layouts = Layouts::of(value);
    // rustfmt does not break a path.
    let mut at = |shape: LineShape| {
        let text = layouts.at(shape)?;
        (text.contains('\n') || expr::fits(&text, shape)).then_some(text)
    };
    let here = LineShape::line(indent.len(), 1)
        .after(before)
        .and_then(&mut at);
    // On the line below, rustfmt reserves no column for the comma.
    let below = at(LineShape::line(indent.len() + 4, 0));
    match (here, below) {
        (None, Some(below)) => format!("{indent}{name}:\n{indent}    {below},"),
        (here, _) => format!("{indent}{name}: {},", here.unwrap_or(text)),
    }
}

/// Returns whether an expression stays on one line, given `before` columns in front of it and `after`
/// columns behind. The text is then below the limit of every kind of expression, even of those that count
/// a `?` twice. Most expressions are, so this skips the layout.
fn is_short(text: &str, before: usize, after: usize) -> bool {
    let width = width(text) + after;
    width + 4 <= expr::SHORT && before + 1 + width < MAX_WIDTH && !text.contains('\n')
}

/// Returns a match arm with its comma: `pattern => body,`.
pub fn arm(indent: &str, pattern: &str, body: &Expr) -> String {
    let line = body.to_string();
    if is_short(&line, indent.len() + pattern.len() + " => ".len(), 1) {
        return format!("{indent}{pattern} => {line},");
    }
    let mut layouts = Layouts::of(body);
    // rustfmt counts the bytes of a pattern.
    let shape = LineShape::line(indent.len(), 1).after(pattern.len() + 4);
    let here = shape.and_then(|shape| layouts.at(shape));
    let same_line = |body: &str| format!("{indent}{pattern} => {body},");
    let budget = shape.map_or(0, |shape| shape.width);
    if let Some(text) = here
        .as_ref()
        .filter(|text| !text.contains('\n') && width(text) <= budget)
    {
        return same_line(text);
    }
    let below = layouts.at(LineShape::line(indent.len() + 4, 0));
    let in_block = |body: &str| format!("{indent}{pattern} => {{\n{indent}    {body}\n{indent}}}");
    let extends = item::ends_with_list(body);
    match (here, below) {
        (Some(here), Some(below)) if expr::prefer_next_line(&here, &below) => in_block(&below),
        (Some(here), _) if extends && width(expr::first_line(&here)) <= budget => same_line(&here),
        (Some(here), Some(below)) if here.contains('\n') => in_block(&below),
        (None, Some(below)) => in_block(&below),
        (Some(here), None) => same_line(&here),
        (_, _) => same_line(&line),
    }
}

/// Returns the head of an unindented `impl`, up to its `{`: `impl<'de> Deserialize<'de> for X {`.
pub fn impl_head(start: &str, of: &TypeCode, ty: &str) -> String {
    let line = format!("{start} {of} for {ty} {{");
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    let is_long = width(start) + 1 + width(&of.to_string()) > MAX_WIDTH;
    if is_long && matches!(of, TypeCode::Generic(..)) {
        let of = types::in_room(of, 4, MAX_WIDTH - 4);
        let line = format!("    {of} for {ty}");
        let is_long = line
            .lines()
            .last()
            .is_some_and(|last| width(last) > MAX_WIDTH);
        let space = if is_long { "\n    " } else { " " };
        return format!("{start}\n    {of}{space}for {ty}\n{{");
    }
    format!("{start} {of}\n    for {ty}\n{{")
}

/// Returns a string constant: `const NAME: &str = "text";`. rustfmt leaves it on one line if it does not
/// fit on the next line either.
pub fn constant(indent: &str, head: &str, text: &str) -> String {
    let value = literal::string(text);
    let line = format!("{indent}{head} = {value};");
    let below = format!("{indent}    {value};");
    if width(&line) <= MAX_WIDTH || width(&below) > MAX_WIDTH {
        return line;
    }
    format!("{indent}{head} =\n{below}")
}

/// A field of a struct literal: its name, and its value unless shorthand.
pub struct Field<'a> {
    pub name: &'a str,
    pub value: Option<Expr>,
}

/// Returns a tail struct literal: `Point { x, y }`, or one field per line if it is long.
pub fn struct_literal(indent: &str, name: &str, fields: &[Field<'_>]) -> String {
    if fields.is_empty() {
        return format!("{indent}{name} {{}}");
    }
    let inner = format!("{indent}    ");
    let line = |field: &Field<'_>| match &field.value {
        None => format!("{inner}{},", field.name),
        Some(value) => field_value(&inner, field.name, value),
    };
    let lines: Vec<String> = fields.iter().map(line).collect();
    let bare = lines.iter().map(|line| &line[inner.len()..line.len() - 1]);
    let list = bare.collect::<Vec<_>>().join(", ");
    let line = format!("{indent}{name} {{ {list} }}");
    // `struct_lit_width`.
    if width(&list) <= 18 && width(&line) <= MAX_WIDTH {
        return line;
    }
    let lines = lines.join("\n");
    format!("{indent}{name} {{\n{lines}\n{indent}}}")
}

/// Returns the columns that a text takes on screen, counted as rustfmt counts them.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        unicode_width::UnicodeWidthStr::width(text)
    }
}
