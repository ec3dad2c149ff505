//! Layouts of types and of declarations with a type.

use super::expr::{self, MAX_WIDTH};
use super::{assignment, width};
use crate::rust::code::Expr;

/// Returns a type whose first line has `room` columns: on one line if it fits, else with each argument on
/// its own line. Later lines begin at `indent`.
pub(super) fn in_room(ty: &str, indent: usize, room: usize) -> String {
    let Some((head, arguments)) = arguments(ty).filter(|_| width(ty) > room) else {
        return ty.to_owned();
    };
    let (inner, outer) = (" ".repeat(indent + 4), " ".repeat(indent));
    let line = |argument: &&str| {
        let argument = in_room(argument, indent + 4, MAX_WIDTH.saturating_sub(indent + 5));
        format!("{inner}{argument},\n")
    };
    let lines: String = arguments.iter().map(line).collect();
    format!("{head}<\n{lines}{outer}>")
}

/// Splits a type into its name and its arguments.
fn arguments(ty: &str) -> Option<(&str, Vec<&str>)> {
    let (head, list) = ty.strip_suffix('>')?.split_once('<')?;
    Some((head, top_level(list)))
}

/// Splits a list of types at the commas outside of brackets.
pub(super) fn top_level(list: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in list.char_indices() {
        match c {
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns a parameter on its own line, four columns deeper than `indent`.
pub(super) fn parameter(indent: &str, text: &str) -> String {
    let Some((name, ty)) = text.split_once(": ") else {
        return text.to_owned();
    };
    let inner = indent.len() + 4;
    let room = MAX_WIDTH.saturating_sub(inner + width(name) + ": ,".len());
    // rustfmt ignores `impl ` when it computes the remaining width.
    let (uncounted, ty) = match ty.strip_prefix("impl ") {
        Some(ty) => ("impl ", ty),
        None => ("", ty),
    };
    format!("{name}: {uncounted}{}", in_room(ty, inner, room))
}

/// Returns a field of a struct: `pub name: Type,`. The type is on its own line or broken if it does not
/// fit.
pub fn field(indent: &str, head: &str, ty: &str) -> String {
    assigned(indent, &format!("{head}:"), ty, ",")
}

/// Returns an unindented type alias: `pub type Name = Type;`. A long tuple spans several lines.
pub fn alias(name: &str, ty: &str) -> String {
    let line = format!("pub type {name} = {ty};");
    if width(&line) > MAX_WIDTH
        && let Some(list) = ty.strip_prefix('(').and_then(|ty| ty.strip_suffix(')'))
    {
        let parts = top_level(list);
        let parts: String = parts.iter().map(|part| format!("    {part},\n")).collect();
        return format!("pub type {name} = (\n{parts});");
    }
    assigned("", &format!("pub type {name} ="), ty, ";")
}

/// Returns an associated type: `type Output = …;`.
pub fn associated(name: &str, ty: &str) -> String {
    assigned("    ", &format!("type {name} ="), ty, ";")
}

/// Returns a type after `=` or `:`: on the same line, below it, or broken, whichever rustfmt prefers.
fn assigned(indent: &str, head: &str, ty: &str, end: &str) -> String {
    let line = format!("{indent}{head} {ty}{end}");
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    let room = |before: usize| MAX_WIDTH.saturating_sub(before + end.len());
    let here = in_room(ty, indent.len(), room(indent.len() + width(head) + 1));
    let inner = indent.len() + 4;
    let below = in_room(ty, inner, room(inner));
    let fits = below.contains('\n') || width(&below) <= room(inner);
    if fits && expr::prefer_next_line(&here, &below) {
        return format!("{indent}{head}\n{indent}    {below}{end}");
    }
    format!("{indent}{head} {here}{end}")
}

/// Returns a variant with one value: `Name(Type),`.
pub fn variant(indent: &str, name: &str, ty: &str) -> String {
    let line = format!("{indent}{name}({ty}),");
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    let inner = indent.len() + 4;
    let ty = in_room(ty, inner, MAX_WIDTH.saturating_sub(inner + 1));
    format!("{indent}{name}(\n{indent}    {ty},\n{indent}),")
}

/// Returns a variable with its type: `let name: Type = value;`.
pub fn binding(indent: &str, name: &str, ty: &str, value: &Expr) -> String {
    let room = MAX_WIDTH.saturating_sub(indent.len() + width(name) + "let :  =".len());
    let ty = in_room(ty, indent.len(), room);
    match ty.rsplit_once('\n') {
        None => assignment(indent, &format!("let {name}: {ty}"), value),
        Some((lines, last)) => {
            let last = assignment(indent, last.trim_start(), value);
            format!("{indent}let {name}: {lines}\n{last}")
        }
    }
}

/// Returns the head of `fn from` for an `impl From<Type>`.
pub fn from(ty: &str) -> String {
    super::signature("    ", "fn from", &[format!("value: {ty}")], Some("Self"))
}
