//! The public declarations in the text of a crate, from which verdicts are checked.

use regex::Regex;
use sdkgen::render::Files;
use std::collections::BTreeSet;

/// Returns whether a file's declarations depend on the description. The runtime is the same in every crate.
fn is_own(path: &str) -> bool {
    let file = path.strip_prefix("src/").unwrap_or_default();
    let files = ["client.rs", "error.rs", "servers.rs", "webhooks.rs"];
    file.starts_with("types/") || file.starts_with("resources/") || files.contains(&file)
}

/// Returns every public item, field, variant and derived trait, one a line, without argument names.
pub fn of(files: &Files) -> BTreeSet<String> {
    let names = Regex::new(r"([(,] ?)(?:mut )?[a-z_0-9]+: ").unwrap();
    let mut declared = BTreeSet::new();
    for (path, text) in files.0.iter().filter(|(path, _)| is_own(path)) {
        let module = path.trim_start_matches("src/");
        // Callers do not see which file of `types` declares a type.
        let module = match module.starts_with("types/") {
            true => "types",
            false => module,
        };
        for line in declarations(text) {
            let line = match line.contains(" fn ") {
                true => names.replace_all(&line, "$1").into_owned(),
                false => line,
            };
            declared.insert(format!("{module}: {line}"));
        }
    }
    declared
}

/// Returns what a row of a macro declares: an implementation of `From`, a setter that takes an `Option`, or the ways to
/// send a request.
fn row_of_macro(line: &str) -> Option<&str> {
    let (declared, _) = line.split_once(" => ").unwrap_or_default();
    let is_setter = declared.starts_with("maybe_") && declared.ends_with(')');
    if declared.starts_with("From<") || is_setter {
        return Some(declared);
    }
    let (builder, _) = line.split_once(" -> ")?;
    let is_name = builder.chars().all(char::is_alphanumeric);
    let (declared, _) = line.rsplit_once(", ").filter(|_| is_name)?;
    Some(declared)
}

/// Returns the public declarations of a file, each with its type or `impl`.
fn declarations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut owner, mut open, mut derives) = (String::new(), String::new(), String::new());
    let mut is_enum = false;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("//") {
            continue;
        }
        if !open.is_empty() {
            open.push_str(line);
        } else if let Some(traits) = line.strip_prefix("#[derive(") {
            derives = traits.trim_end_matches(")]").to_owned();
            continue;
        } else if let Some(row) = row_of_macro(line) {
            // A row with the builder's own name does not follow its declaration.
            found.push(match row.contains(" -> ") {
                true => row.to_owned(),
                false => format!("{owner} {row}"),
            });
            continue;
        } else if line.starts_with("pub ") || line.starts_with("impl ") {
            open = line.to_owned();
        } else if is_enum && line.starts_with(char::is_uppercase) {
            // The compiler does not see the wire value of a variant.
            let variant = line.split(" = ").next().unwrap_or_default();
            found.push(format!("{owner} {}", variant.trim_end_matches(',')));
            continue;
        } else {
            is_enum &= line != "}";
            continue;
        }
        if !open.ends_with(['{', '}', ';', ','])
            || open.matches('(').count() > open.matches(')').count()
        {
            continue;
        }
        // Callers do not see whether `self` is mutable in the body.
        let whole = std::mem::take(&mut open).replace("(mut self", "(self");
        let whole = whole.replace(",)", ")");
        let head = whole.trim_end_matches(['{', '}', ';', ',', ' ']);
        let declares = |what: &str| head.starts_with(what);
        if declares("pub use ") || declares("pub mod ") {
            continue;
        }
        if declares("pub struct ") || declares("pub enum ") || declares("impl ") {
            owner = head.to_owned();
            is_enum = declares("pub enum ");
            let derived = std::mem::take(&mut derives);
            let traits = derived.split(", ").filter(|name| !name.is_empty());
            found.extend(traits.map(|name| format!("{owner}: {name}")));
            found.push(owner.clone());
        } else {
            let value = head.find(" = ").filter(|_| declares("pub const "));
            let declared = &head[..value.unwrap_or(head.len())];
            found.push(format!("{owner} {declared}"));
        }
    }
    // The implementations of decoding and encoding are not a public promise.
    found.retain(|line| !line.starts_with("impl<") && !line.contains("json::Object"));
    found
}
