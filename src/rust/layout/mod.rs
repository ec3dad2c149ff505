//! The few layouts that a length decides, as rustfmt (style edition 2024, defaults) decides them.
//!
//! Templates print vertical forms, which no length changes. Where Rust wants the short form when it
//! fits, these functions give the exact text, with the indent in front and without a newline at the
//! end. Tests hold each of them against the real rustfmt.
//!
//! Expressions are given as text and read as chains of calls. Closures, struct literals, blocks and
//! operators are not taken apart: they are right as long as the whole fits on its line. Comments
//! inside an expression are not understood.

mod expr;
mod order;
mod parse;
mod types;

#[cfg(test)]
mod tests;

use expr::{Layouts, MAX_WIDTH, Shape};
use parse::Expr;

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

/// A statement, a field or a tail that is one call: `let x = f(a, b)?;`.
///
/// `prefix` is empty, `return `, `field: `, or ends with `= `; `suffix` is what follows the closing
/// parenthesis: `?` and `.await` as they come, then `;`, `,` or nothing.
pub fn call(
    indent: &str,
    prefix: &str,
    callee: &str,
    arguments: &[String],
    suffix: &str,
) -> String {
    expression(
        indent,
        prefix,
        &format!("{callee}({})", arguments.join(", ")),
        suffix,
    )
}

/// A chain of calls: root `client`, links `.calls()`, `.await?`. As [`call`] otherwise.
pub fn chain(indent: &str, prefix: &str, root: &str, links: &[String], suffix: &str) -> String {
    expression(indent, prefix, &format!("{root}{}", links.concat()), suffix)
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

/// `place = value;`.
pub fn assignment(indent: &str, place: &str, value: &str) -> String {
    expression(indent, &format!("{place} = "), value, ";")
}

/// A list: `const KEYS: &[&str] = &["a", "b"];`. `open` is `[`, `&[` or `vec![`.
pub fn list(indent: &str, prefix: &str, open: &str, items: &[String], suffix: &str) -> String {
    expression(
        indent,
        prefix,
        &format!("{open}{}]", items.join(", ")),
        suffix,
    )
}

/// Any expression in a place that [`call`] describes.
pub fn expression(indent: &str, prefix: &str, value: &str, suffix: &str) -> String {
    let (more, end) = match suffix.strip_suffix([';', ',']) {
        Some(more) => (more, &suffix[more.len()..]),
        None => (suffix, ""),
    };
    if is_short(value, suffix, indent.len() + width(prefix) + 1) {
        let space = if prefix.ends_with('=') { " " } else { "" };
        return format!("{indent}{prefix}{space}{value}{suffix}");
    }
    let text = format!("{value}{more}");
    let value = Expr::parse(&text);
    let mut layouts = Layouts::of(&value);
    let line = Shape::line(indent.len(), end.len());
    let laid_out = match prefix.trim_end() {
        "" => layouts.at(line),
        assigned if assigned.ends_with('=') => {
            // rustfmt goes on without any room where the text before takes the whole line.
            let after = line.after(width(assigned) + 1);
            let after = after.unwrap_or(Shape {
                offset: line.width,
                width: 0,
                ..line
            });
            return match layouts.right_side(after) {
                Some(right) => format!("{indent}{assigned}{right}{end}"),
                None => format!("{indent}{assigned} {text}{end}"),
            };
        }
        // A field's value goes below where it has no room beside the name.
        field if field.ends_with(':') => {
            // A path of names has no place to be broken at.
            let mut at = |shape: Shape| {
                let text = layouts.at(shape)?;
                (text.contains('\n') || expr::fits(&text, shape)).then_some(text)
            };
            let here = line.after(width(prefix)).and_then(&mut at);
            // Below, rustfmt leaves no room for the comma.
            let below = at(Shape::line(indent.len() + 4, 0));
            if let (None, Some(below)) = (&here, below) {
                return format!("{indent}{field}\n{indent}    {below}{end}");
            }
            here
        }
        // rustfmt keeps one more column free after `return` at the end of a block.
        "return" => line
            .after(width(prefix))
            .and_then(|shape| layouts.at(shape.narrower(end.len())?)),
        _ => line
            .after(width(prefix))
            .and_then(|shape| layouts.at(shape)),
    };
    // Where rustfmt finds no layout, it leaves the text as it is.
    format!("{indent}{prefix}{}{end}", laid_out.unwrap_or(text))
}

/// Whether rustfmt leaves an expression on its line wherever that begins, with `before` columns taken by
/// what stands before it: it is below the limit of every kind of expression, of which some count a `?`
/// twice. Most are, and need not be read.
fn is_short(value: &str, suffix: &str, before: usize) -> bool {
    let width = width(value) + suffix.len();
    width + 4 <= expr::SHORT && before + width < MAX_WIDTH && !value.contains('\n')
}

/// An arm of a match, with its comma: `pattern => body,`.
pub fn arm(indent: &str, pattern: &str, body: &str) -> String {
    if is_short(body, ",", indent.len() + pattern.len() + " => ".len()) {
        return format!("{indent}{pattern} => {body},");
    }
    // A pattern is broken where it leaves no room for ` => {`.
    let inner = pattern.strip_prefix("Some(");
    let inner = inner.and_then(|inner| inner.strip_suffix(')'));
    if let Some(inner) = inner.filter(|_| indent.len() + width(pattern) + 5 > MAX_WIDTH) {
        let head = format!("{indent}Some(\n{indent}    {inner},\n");
        return head + &arm(indent, ")", body);
    }
    let value = Expr::parse(body);
    let mut layouts = Layouts::of(&value);
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
    let extends = value.last().arguments.is_some();
    match (here, below) {
        (Some(here), Some(below)) if expr::prefer_next_line(&here, &below) => in_block(&below),
        (Some(here), _) if extends && width(expr::first_line(&here)) <= budget => same_line(&here),
        (Some(here), Some(below)) if here.contains('\n') => in_block(&below),
        (None, Some(below)) => in_block(&below),
        (Some(here), None) => same_line(&here),
        (_, _) => same_line(body),
    }
}

/// An arm of a match whose body is one call: `pattern => callee(arguments)?,`.
pub fn call_arm(
    indent: &str,
    pattern: &str,
    callee: &str,
    arguments: &[String],
    tries: &str,
) -> String {
    arm(
        indent,
        pattern,
        &format!("{callee}({}){tries}", arguments.join(", ")),
    )
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

/// A constant: `const NAME: &str = "text";`. Where not even the next line has room, rustfmt leaves
/// it as it is.
pub fn constant(indent: &str, head: &str, value: &str) -> String {
    let line = format!("{indent}{head} = {value};");
    let below = format!("{indent}    {value};");
    if width(&line) <= MAX_WIDTH || width(&below) > MAX_WIDTH {
        return line;
    }
    format!("{indent}{head} =\n{below}")
}

/// A struct literal: `Point { x, y }`, or a field a line where that is long. Fields are given as
/// `x` or `x: 1`, each short enough for a line.
pub fn struct_literal(
    indent: &str,
    prefix: &str,
    name: &str,
    fields: &[String],
    suffix: &str,
) -> String {
    let list = fields.join(", ");
    let line = format!("{indent}{prefix}{name} {{ {list} }}{suffix}");
    if fields.is_empty() {
        return format!("{indent}{prefix}{name} {{}}{suffix}");
    }
    // `struct_lit_width`.
    if width(&list) <= 18 && width(&line) <= MAX_WIDTH {
        return line;
    }
    let inner = fields.join(&format!(",\n{indent}    "));
    format!("{indent}{prefix}{name} {{\n{indent}    {inner},\n{indent}}}{suffix}")
}

/// The columns that a text takes on a screen, counted as rustfmt counts them.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        unicode_width::UnicodeWidthStr::width(text)
    }
}
