//! The reference of the guide documents every command, option and diagnostic.

use super::source;
use sdkgen::diag::explain;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .args(arguments)
        .arg("--help")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the first word of each entry below a heading of the help.
fn commands(help: &str) -> Vec<&str> {
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    let entries = rest.lines().take_while(|line| !line.is_empty());
    let entries = entries.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = entries.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").collect()
}

/// Returns the long options of a help text: lines that begin with one.
fn options(help: &str) -> BTreeSet<&str> {
    let lines = help.lines().map(str::trim_start);
    let lines = lines.filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split([' ', ',']));
    words.filter(|word| word.starts_with("--")).collect()
}

#[test]
fn the_reference_has_every_command_and_option() {
    let page = fs::read_to_string(source().join("commands.md")).unwrap();
    let top = help(&[]);
    let names = commands(&top);
    assert!(names.len() >= 12, "{names:?}");
    let mut missing = Vec::new();
    for name in names {
        let Some((_, rest)) = page.split_once(&format!("\n## {name}\n")) else {
            missing.push(name.to_owned());
            continue;
        };
        let section = rest.split("\n## ").next().unwrap();
        let (_, common) = page.split_once("\n## Options of every command\n").unwrap();
        let text = help(&[name]);
        let absent = options(&text).into_iter().filter(|option| {
            let quoted = format!("`{option}");
            *option != "--help" && !section.contains(&quoted) && !common.contains(&quoted)
        });
        missing.extend(absent.map(|option| format!("{name} {option}")));
    }
    assert!(missing.is_empty(), "commands.md lacks {missing:?}");
}

#[test]
fn the_reference_has_every_diagnostic() {
    let page = fs::read_to_string(source().join("diagnostics.md")).unwrap();
    let included = page.lines().filter_map(|line| {
        let path = line.strip_prefix("{{#include ../../../src/diag/pages/")?;
        path.strip_suffix(".md}}")
    });
    assert!(
        included.eq(explain::codes()),
        "diagnostics.md includes each page of `explain`, in its order"
    );
}
