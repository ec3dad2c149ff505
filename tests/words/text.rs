//! The part of a file that people read.

/// Returns the prose of a file at its original lines: Markdown without code, and the strings of Rust that have several
/// words. Comments count in templates, which print them.
pub fn prose(name: &str, text: &str) -> String {
    let printed;
    let text = match name.ends_with(".j2") {
        true => {
            printed = without_tags(text);
            &printed
        }
        false => text,
    };
    if name.ends_with(".md") {
        without_code(text)
    } else if name.ends_with(".rs") || name.ends_with(".rs.j2") {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let text = text.split("#[test]").next().unwrap_or_default();
        without_code(&strings(text, name.starts_with("templates/")))
    } else if name.ends_with(".toml.j2") {
        let comments = text
            .lines()
            .map(|line| line.split_once('#').map_or("", |(_, comment)| comment));
        comments.map(|comment| format!("{comment}\n")).collect()
    } else {
        text.to_owned()
    }
}

/// Returns a template without its tags and expressions, at their original lines.
fn without_tags(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = ["{%", "{{"].iter().filter_map(|open| rest.find(open)).min() {
        let close = if rest[start..].starts_with("{%") {
            "%}"
        } else {
            "}}"
        };
        let Some(length) = rest[start..].find(close) else {
            break;
        };
        kept.push_str(&rest[..start]);
        let tag = &rest[start..start + length];
        kept.extend(tag.chars().filter(|c| *c == '\n'));
        rest = &rest[start + length + close.len()..];
    }
    kept.push_str(rest);
    kept
}

pub fn without_code(text: &str) -> String {
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
    let mut string: Option<String> = None;
    for line in text.lines() {
        if string.is_none() && line.trim_start().starts_with("//") {
            if has_comments {
                kept.extend(line.split('`').step_by(2));
            }
            kept.push('\n');
            continue;
        }
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            match (c, &mut string) {
                ('\\', _) => drop(characters.next()),
                // A character literal of a quotation mark.
                ('\'', None) if characters.peek() == Some(&'"') => drop(characters.next()),
                ('"', None) => string = Some(String::new()),
                ('"', Some(text)) => {
                    // A single word is a name.
                    kept.extend(Some(&**text).filter(|text| text.contains(' ')));
                    kept.push(' ');
                    string = None;
                }
                // The name of a format argument.
                ('{', Some(_)) => while characters.next_if(|c| *c != '}').is_some() {},
                (c, Some(text)) => text.push(c),
                (_, None) => {}
            }
        }
        if let Some(text) = &mut string {
            kept.push_str(text);
            text.clear();
            text.push(' ');
        }
        kept.push('\n');
    }
    kept
}

#[test]
fn code_is_left_out() {
    assert_eq!(without_code("a `b` c\n```\nd\n```\ne"), "a  c\n\n\n\ne\n");
    let rust = "/// A `b`.\nlet c = [\"d e\", \"f\"]; // g\n";
    assert_eq!(strings(rust, true), "/// A .\nd e  \n");
    assert_eq!(strings(rust, false), "\nd e  \n");
    assert_eq!(strings("(\"{a:?} b\")", false), "} b \n");
    assert_eq!(prose("a.toml.j2", "b = {\n# c {{ d }}\n"), "\n c \n");
    let template = "{% if a %}\nfn b() {\n    /// c {{ d }}\n}\n";
    assert_eq!(prose("templates/a.rs.j2", template), "\n\n    /// c \n\n");
}
