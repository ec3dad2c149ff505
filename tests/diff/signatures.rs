//! The judge of verdicts: what the text of a crate declares to its callers.

use regex::Regex;
use sdkgen::render::Files;
use std::collections::BTreeSet;

/// Files whose declarations are the description's; those of the runtime are the same in every crate.
fn is_own(path: &str) -> bool {
    let file = path.strip_prefix("src/").unwrap_or_default();
    let files = ["client.rs", "error.rs", "servers.rs", "webhooks.rs"];
    file.starts_with("types/") || file.starts_with("resources/") || files.contains(&file)
}

/// Every public item, field and variant, and every derived trait, each in a line without the names of
/// arguments.
pub fn of(files: &Files) -> BTreeSet<String> {
    let names = Regex::new(r"([(,] ?)(?:mut )?[a-z_0-9]+: ").unwrap();
    let mut declared = BTreeSet::new();
    for (path, text) in files.0.iter().filter(|(path, _)| is_own(path)) {
        let module = path.trim_start_matches("src/");
        // Which file of `types` a type stands in is nothing to callers.
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

/// The public declarations of a file, each with the type or the `impl` that it stands in.
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
        } else if line.starts_with("pub ") || line.starts_with("impl ") {
            open = line.to_owned();
        } else if is_enum && line.starts_with(char::is_uppercase) {
            // What a value is on the wire is nothing to the compiler.
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
        // Whether `self` may change in the body is nothing to callers.
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
    // What implements reading and writing is no promise of its own.
    found.retain(|line| !line.starts_with("impl<") && !line.contains("json::Object"));
    found
}
