//! Prints descriptions as plain text for terminals: the help of command-line programs.

use super::escape::is_unseen;
use super::tree::{Block, Inline, text_of};

/// Returns the text of all blocks, separated by empty lines. Each paragraph is one line, which the program wraps.
pub(super) fn text(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push(blocks, "", &mut lines);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
        .iter()
        .map(|line| visible(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Replaces characters that a terminal would act on, or that nobody sees, by their numbers.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_unseen(c) {
            true => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            false => out.push(c),
        }
    }
    out
}

fn push(blocks: &[Block], indent: &str, lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(_, inlines) => lines.push(format!("{indent}{}:", one_line(inlines))),
            Block::Paragraph(inlines) => lines.push(format!("{indent}{}", one_line(inlines))),
            Block::Code { text, .. } => {
                let code = text.trim_end().lines();
                lines.extend(code.map(|line| format!("{indent}    {line}")));
            }
            Block::Quote(inner) => push(inner, &format!("{indent}  "), lines),
            Block::List { start, items, .. } => list(*start, items, indent, lines),
            Block::Table(rows) => {
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| one_line(cell)).collect();
                    lines.push(format!("{indent}{}", cells.join("  |  ")));
                }
            }
            Block::Rule => continue,
        }
        if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], indent: &str, lines: &mut Vec<String>) {
    for (index, item) in items.iter().enumerate() {
        let marker = match start {
            Some(start) => format!("{}. ", start.saturating_add(index as u64)),
            None => "- ".to_owned(),
        };
        let inner = format!("{indent}{}", " ".repeat(marker.len()));
        let first = lines.len();
        push(item, &inner, lines);
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        if let Some(line) = lines.get_mut(first) {
            let text = line.trim_start().to_owned();
            *line = format!("{indent}{marker}{text}");
        }
    }
}

fn one_line(inlines: &[Inline]) -> String {
    let text = text_of(inlines);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::prose::{help, visible};

    #[test]
    fn markup_becomes_text() {
        let markdown = "# Calls\n\nPlace a **call**, see\n[the page](https://a.example).\n\n- `one`\n- two\n  lines\n\n\
                        1. a\n2. b\n\n```sh\nrun it\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n";
        assert_eq!(
            help(markdown),
            "Calls:\n\nPlace a call, see the page.\n\n- one\n- two lines\n\n1. a\n2. b\n\n    run it\n\na  |  b\n1  |  2"
        );
        assert_eq!(help(""), "");
    }

    #[test]
    fn control_characters_are_shown_and_not_sent() {
        assert!(!help("a \u{1b}[31mred\u{7}\u{202e}").contains('\u{1b}'));
        assert_eq!(visible("\u{1b}[31m\u{9b}x"), "\\u{1b}[31m\\u{9b}x");
    }
}
