//! Layouts of types and of declarations with a type.

use super::expr::{self, MAX_WIDTH};
use super::{assignment, width};
use crate::rust::code::{Expr, FnParameter, TypeCode};

/// Returns a type whose first line has `room` columns: on one line if it fits, else with each argument on
/// its own line. Later lines begin at `indent`.
pub(super) fn in_room(ty: &TypeCode, indent: usize, room: usize) -> String {
    match ty {
        TypeCode::Prefixed(prefix, of) => {
            let room = room.saturating_sub(width(prefix));
            format!("{prefix}{}", in_room(of, indent, room))
        }
        TypeCode::Generic(name, arguments) if width(&ty.to_string()) > room => {
            let (inner, outer) = (" ".repeat(indent + 4), " ".repeat(indent));
            let line = |argument: &TypeCode| {
                let room = MAX_WIDTH.saturating_sub(indent + 5);
                format!("{inner}{},\n", in_room(argument, indent + 4, room))
            };
            let lines: String = arguments.iter().map(line).collect();
            format!("{name}<\n{lines}{outer}>")
        }
        _ => ty.to_string(),
    }
}

/// Returns a parameter on its own line, four columns deeper than `indent`.
pub(super) fn parameter(indent: &str, parameter: &FnParameter) -> String {
    let name = &parameter.name;
    let Some(ty) = &parameter.ty else {
        return name.to_string();
    };
    let inner = indent.len() + 4;
    let room = MAX_WIDTH.saturating_sub(inner + width(name) + ": ,".len());
    // rustfmt ignores `impl ` when it computes the remaining width.
    let (uncounted, ty) = match ty {
        TypeCode::Prefixed("impl ", of) => ("impl ", &**of),
        ty => ("", ty),
    };
    format!("{name}: {uncounted}{}", in_room(ty, inner, room))
}

/// Returns a field of a struct: `pub name: Type,`. The type is on its own line or broken if it does not
/// fit.
pub fn field(indent: &str, head: &str, ty: &TypeCode) -> String {
    assigned(indent, &format!("{head}:"), ty, ",")
}

/// Returns an unindented type alias: `pub type Name = Type;`. A long tuple spans several lines.
pub fn alias(name: &str, ty: &TypeCode) -> String {
    let line = format!("pub type {name} = {ty};");
    if width(&line) > MAX_WIDTH
        && let TypeCode::Tuple(parts) = ty
    {
        let parts: String = parts.iter().map(|part| format!("    {part},\n")).collect();
        return format!("pub type {name} = (\n{parts});");
    }
    assigned("", &format!("pub type {name} ="), ty, ";")
}

/// Returns a type after `=` or `:`: on the same line, below it, or broken, whichever rustfmt prefers.
fn assigned(indent: &str, head: &str, ty: &TypeCode, end: &str) -> String {
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
pub fn variant(indent: &str, name: &str, ty: &TypeCode) -> String {
    let line = format!("{indent}{name}({ty}),");
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    let inner = indent.len() + 4;
    let ty = in_room(ty, inner, MAX_WIDTH.saturating_sub(inner + 1));
    format!("{indent}{name}(\n{indent}    {ty},\n{indent}),")
}

/// Returns a variable with its type: `let name: Type = value;`.
pub fn binding(indent: &str, name: &str, ty: &TypeCode, value: &Expr) -> String {
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
pub fn from(ty: &TypeCode) -> String {
    let value = FnParameter::new("value", ty.clone());
    super::signature("    ", "fn from", &[value], Some("Self"))
}
