//! The part of a file that people read.

/// Returns the prose of a file at its original lines: Markdown without code, and the strings of Rust. Comments count
/// in templates, which print them, and in arguments that clap documents.
pub fn prose(name: &str, text: &str) -> String {
    if name.ends_with(".md") {
        without_code(text)
    } else if name.ends_with(".rs") || name.ends_with(".rs.j2") {
        let has_comments = name.starts_with("templates/") || name.ends_with("cli/arguments.rs");
        strings(text, has_comments)
    } else {
        text.to_owned()
    }
}

fn without_code(text: &str) -> String {
    let mut is_block = false;
    let mut kept = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            // Parts at odd positions are between backticks.
            kept.extend(line.split('`').step_by(2));
        }
        kept.push('\n');
    }
    kept
}

fn strings(text: &str, has_comments: bool) -> String {
    let mut kept = String::new();
    let mut is_string = false;
    for line in text.lines() {
        if !is_string && line.trim_start().starts_with("//") {
            if has_comments {
                kept.extend(line.split('`').step_by(2));
            }
            kept.push('\n');
            continue;
        }
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\\' => drop(characters.next()),
                // A character literal of a quotation mark.
                '\'' if !is_string && characters.peek() == Some(&'"') => drop(characters.next()),
                '"' => {
                    is_string = !is_string;
                    kept.push(' ');
                }
                c if is_string => kept.push(c),
                _ => {}
            }
        }
        kept.push('\n');
    }
    kept
}

#[test]
fn code_is_left_out() {
    assert_eq!(without_code("a `b` c\n```\nd\n```\ne"), "a  c\n\n\n\ne\n");
    let rust = "/// A `b`.\nlet c = \"d\"; // e\n";
    assert_eq!(strings(rust, true), "/// A .\n d \n");
    assert_eq!(strings(rust, false), "\n d \n");
}
