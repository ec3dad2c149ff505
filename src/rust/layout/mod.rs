//! The few layouts that a length decides, as rustfmt (style edition 2024, defaults) decides them.
//!
//! Templates print vertical forms, which no length changes. Where Rust wants the short form when it
//! fits, these functions give the exact text, with the indent in front and without a newline at the
//! end. Tests hold each of them against the real rustfmt.
//!
//! Closures, macros and tuples of one part are not broken: they are right as long as the whole fits on its line.

mod expr;
mod item;
mod order;
mod types;

#[cfg(test)]
mod tests;

use super::code::Expr;
use super::literal;
use expr::{Layouts, MAX_WIDTH, Shape};

pub use order::{module_order, sort_uses};
pub use types::{alias, associated, binding, field, from, variant};

/// The head of a function up to its `{`: `pub fn new(id: &str) -> Self {`.
///
/// `head` ends with the name and its generics. The return type stays on one line.
pub fn signature(indent: &str, head: &str, parameters: &[String], returns: Option<&str>) -> String {
    let returned = returns.map_or(String::new(), |ty| format!(" -> {ty}"));
    let head_line = format!("{indent}{head}({}){returned}", parameters.join(", "));
    let line = format!("{head_line} {{");
    let Some(ty) = returns.filter(|_| parameters.is_empty()) else {
        return with_parameters(indent, head, parameters, returns, line);
    };
    // Without parameters the head may stand out by one column, its brace then goes below.
    match width(&head_line) <= MAX_WIDTH + 1 {
        true if width(&line) > MAX_WIDTH => format!("{head_line}\n{indent}{{"),
        true => line,
        false => format!("{indent}{head}()\n{indent}-> {ty} {{"),
    }
}

fn with_parameters(
    indent: &str,
    head: &str,
    parameters: &[String],
    returns: Option<&str>,
    line: String,
) -> String {
    // rustfmt counts the bytes of the name and of the return type.
    let beyond = |text: &str| text.len() - width(text);
    let used = width(&line) + beyond(head) + returns.map_or(0, beyond);
    let returned = returns.map_or(String::new(), |ty| format!("-> {ty}"));
    let space = if returned.is_empty() { "" } else { " " };
    if used <= MAX_WIDTH || parameters.is_empty() {
        // It counts the columns of the parameters to choose their layout, and then their bytes.
        let list = parameters.join(", ");
        return match used + beyond(&list) <= MAX_WIDTH {
            true => line,
            false => format!("{indent}{head}(\n{indent}    {list}\n{indent}){space}{returned} {{"),
        };
    }
    let inner = format!(",\n{indent}    ");
    let parameters = parameters.iter().map(|text| types::parameter(indent, text));
    let list = parameters.collect::<Vec<_>>().join(&inner);
    // A return type that fills its line has the brace below. rustfmt counts the indent twice.
    let last = format!("{indent}){space}{returned}");
    let brace = match indent.len() + width(&last) + 2 > MAX_WIDTH {
        true => format!("\n{indent}{{"),
        false => " {".to_owned(),
    };
    format!("{indent}{head}(\n{indent}    {list},\n{last}{brace}")
}

/// An import of some names of one module, in the order of [`sort_uses`].
pub fn import(path: &str, names: &[&str]) -> String {
    if let [only] = names {
        return format!("{path}::{only};");
    }
    let line = format!("{path}::{{{}}};", names.join(", "));
    // rustfmt keeps two columns free where all is on the line of `use`, none where all is on one line
    // below it, and one where it is on several.
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

/// The attribute of what is there with any one of some features; nothing where there are none.
pub fn cfg(indent: &str, features: &[String]) -> String {
    // rustfmt's `attr_fn_like_width`, for what is between the innermost parentheses.
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

/// A statement: `request.json(&body);`.
pub fn statement(indent: &str, value: &Expr) -> String {
    laid_out(indent, value, ";")
}

/// The last expression of a block: what the block returns.
pub fn tail(indent: &str, value: &Expr) -> String {
    laid_out(indent, value, "")
}

fn laid_out(indent: &str, value: &Expr, end: &str) -> String {
    let text = value.to_string();
    if is_short(&text, indent.len(), end.len()) {
        return format!("{indent}{text}{end}");
    }
    let laid_out = Layouts::of(value).at(Shape::line(indent.len(), end.len()));
    // Where rustfmt finds no layout, it leaves the text as it is.
    format!("{indent}{}{end}", laid_out.unwrap_or(text))
}

/// `place = value;`, where the place may be a declaration: `let pet`, `const KEYS: &[&str]`.
pub fn assignment(indent: &str, place: &str, value: &Expr) -> String {
    let text = value.to_string();
    let before = width(place) + " = ".len();
    if is_short(&text, indent.len() + before, 1) {
        return format!("{indent}{place} = {text};");
    }
    let line = Shape::line(indent.len(), 1);
    // rustfmt goes on without any room where the text before takes the whole line.
    let after = line.after(before).unwrap_or(Shape {
        offset: line.width,
        width: 0,
        ..line
    });
    match Layouts::of(value).right_side(after) {
        Some(right) => format!("{indent}{place} ={right};"),
        None => format!("{indent}{place} = {text};"),
    }
}

/// A field of a struct literal with its comma: `name: value,`. The value goes below where it has no room beside
/// the name.
pub fn field_value(indent: &str, name: &str, value: &Expr) -> String {
    let text = value.to_string();
    let before = width(name) + ": ".len();
    if is_short(&text, indent.len() + before, 1) {
        return format!("{indent}{name}: {text},");
    }
    let mut layouts = Layouts::of(value);
    // A path of names has no place to be broken at.
    let mut at = |shape: Shape| {
        let text = layouts.at(shape)?;
        (text.contains('\n') || expr::fits(&text, shape)).then_some(text)
    };
    let here = Shape::line(indent.len(), 1).after(before).and_then(&mut at);
    // Below, rustfmt leaves no room for the comma.
    let below = at(Shape::line(indent.len() + 4, 0));
    match (here, below) {
        (None, Some(below)) => format!("{indent}{name}:\n{indent}    {below},"),
        (here, _) => format!("{indent}{name}: {},", here.unwrap_or(text)),
    }
}

/// Whether rustfmt leaves an expression on its line wherever that begins, with `before` columns taken by what
/// stands before it and `after` by what follows: it is below the limit of every kind of expression, of which
/// some count a `?` twice. Most are, and need no layout.
fn is_short(text: &str, before: usize, after: usize) -> bool {
    let width = width(text) + after;
    width + 4 <= expr::SHORT && before + 1 + width < MAX_WIDTH && !text.contains('\n')
}

/// An arm of a match, with its comma: `pattern => body,`.
pub fn arm(indent: &str, pattern: &str, body: &Expr) -> String {
    let line = body.to_string();
    if is_short(&line, indent.len() + pattern.len() + " => ".len(), 1) {
        return format!("{indent}{pattern} => {line},");
    }
    let mut layouts = Layouts::of(body);
    // rustfmt counts the bytes of a pattern.
    let shape = Shape::line(indent.len(), 1).after(pattern.len() + 4);
    let here = shape.and_then(|shape| layouts.at(shape));
    let same_line = |body: &str| format!("{indent}{pattern} => {body},");
    let budget = shape.map_or(0, |shape| shape.width);
    if let Some(text) = here
        .as_ref()
        .filter(|text| !text.contains('\n') && width(text) <= budget)
    {
        return same_line(text);
    }
    let below = layouts.at(Shape::line(indent.len() + 4, 0));
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

/// The head of an `impl` at the left margin, up to its `{`: `impl<'de> Deserialize<'de> for X {`.
pub fn impl_head(start: &str, of: &str, ty: &str) -> String {
    let line = format!("{start} {of} for {ty} {{");
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    if width(start) + 1 + width(of) > MAX_WIDTH && of.contains('<') {
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

/// A constant text: `const NAME: &str = "text";`. Where not even the next line has room, rustfmt leaves it as it is.
pub fn constant(indent: &str, head: &str, text: &str) -> String {
    let value = literal::string(text);
    let line = format!("{indent}{head} = {value};");
    let below = format!("{indent}    {value};");
    if width(&line) <= MAX_WIDTH || width(&below) > MAX_WIDTH {
        return line;
    }
    format!("{indent}{head} =\n{below}")
}

/// A field of a struct literal: its name and its value, or a variable of the same name.
pub struct Field<'a> {
    pub name: &'a str,
    pub value: Option<Expr>,
}

/// A struct literal that a block returns: `Point { x, y }`, or a field a line where that is long.
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

/// The columns that a text takes on a screen, counted as rustfmt counts them.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        unicode_width::UnicodeWidthStr::width(text)
    }
}
