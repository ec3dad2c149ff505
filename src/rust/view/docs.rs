//! Doc comments: sanitized prose of the document, and sdkgen's own paragraphs around it.

use crate::ir::Docs;
use crate::naming::method::is_same;
use crate::naming::title::is_camel_case;
use crate::naming::words;
use crate::prose;

/// Lines of one doc comment, with an empty line between sections.
#[derive(Debug, Default)]
pub struct Text {
    lines: Vec<String>,
}

impl Text {
    pub fn new() -> Self {
        Text::default()
    }

    /// Adds a paragraph of sdkgen's own, which needs no escaping.
    pub fn paragraph(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.gap();
            self.lines.extend(prose::filled(text));
        }
        self
    }

    /// Adds prose of the description: its summary and its description, deduplicated.
    pub fn prose(mut self, docs: &Docs) -> Self {
        let summary = docs
            .summary
            .as_deref()
            .map(prose::doc_lines)
            .unwrap_or_default();
        let description = docs
            .description
            .as_deref()
            .map(prose::doc_lines)
            .unwrap_or_default();
        let repeats = description.first().is_some_and(|first| {
            summary
                .first()
                .is_some_and(|summary| first.starts_with(summary.trim_end_matches('.')))
        });
        for lines in [if repeats { Vec::new() } else { summary }, description] {
            if !lines.is_empty() {
                self.gap();
                self.lines.extend(lines);
            }
        }
        if let Some((url, text)) = &docs.external {
            let text = text.as_deref().unwrap_or("More in the API's documentation");
            let link = format!("{}: <{url}>", text.trim_end_matches('.'));
            self.gap();
            self.lines.extend(prose::doc_lines(&link));
        }
        self
    }

    /// Adds prose, or `otherwise` if the description has none.
    pub fn prose_or(self, docs: &Docs, otherwise: &str) -> Self {
        let empty = self.lines.is_empty();
        let text = self.prose(docs);
        match empty && text.lines.is_empty() {
            true => text.paragraph(otherwise),
            false => text,
        }
    }

    /// Adds the prose about an item, or `otherwise` if there is nothing but the item's name.
    pub fn about(self, name: &str, docs: &Docs, otherwise: &str) -> Self {
        self.prose_or(&beyond_name(name, docs), otherwise)
    }

    /// Adds a fenced example.
    pub fn code(mut self, info: &str, code: &[String]) -> Self {
        self.gap();
        self.lines.push(format!("```{info}"));
        self.lines.extend(code.iter().cloned());
        self.lines.push("```".to_owned());
        self
    }

    pub fn heading(mut self, text: &str) -> Self {
        self.gap();
        self.lines.push(format!("# {text}"));
        self
    }

    /// Adds a list with one item per line.
    pub fn list(mut self, items: &[String]) -> Self {
        if !items.is_empty() {
            self.gap();
            for item in items {
                let lines = prose::filled(item);
                let marked = lines
                    .iter()
                    .enumerate()
                    .map(|(index, line)| format!("{}{line}", if index == 0 { "- " } else { "  " }));
                self.lines.extend(marked);
            }
        }
        self
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// Returns the lines for a comment that continues another one, with an empty line between.
    pub fn after_gap(self) -> Vec<String> {
        let mut lines = vec![String::new()];
        lines.extend(self.finish());
        lines
    }

    /// Returns the lines to print after `///`, each with its leading space.
    pub fn finish(self) -> Vec<String> {
        let spaced = |line: String| {
            if line.is_empty() {
                line
            } else {
                format!(" {line}")
            }
        };
        self.lines.into_iter().map(spaced).collect()
    }
}

/// Returns docs without texts that say nothing: those that only repeat a name, such as the title "Agent Id" of
/// `agentId`, titles that only repeat words of a name, such as "Agent" of `agentId`, and titles that are identifiers,
/// such as `param`, `capability_param` and `EvaluationResult`.
pub fn beyond_name(name: &str, docs: &Docs) -> Docs {
    let repeats = |text: &String| letters(text).eq(letters(name));
    let is_empty = |text: &String| repeats(text) || is_identifier(text) || has_words(name, text);
    Docs {
        summary: docs.summary.clone().filter(|text| !is_empty(text)),
        description: docs.description.clone().filter(|text| !repeats(text)),
        external: docs.external.clone(),
    }
}

fn is_identifier(text: &str) -> bool {
    let is_lower = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    is_lower || !text.contains(' ') && (text.contains('_') || is_camel_case(text))
}

/// Returns whether a name has all words of a title, in any number.
fn has_words(name: &str, title: &str) -> bool {
    let own = words(name);
    let is_own = |word: &String| own.iter().any(|own| is_same(own, word));
    words(title).iter().all(is_own)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// Prefixes each line with the space after `///`.
pub fn spaced(lines: Vec<String>) -> Vec<String> {
    let space = |line: String| {
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    };
    lines.into_iter().map(space).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_repeats_the_name_is_left_out() {
        let docs = |summary: &str, description: &str| Docs {
            summary: (!summary.is_empty()).then(|| summary.to_owned()),
            description: (!description.is_empty()).then(|| description.to_owned()),
            external: None,
        };
        let lines = |docs: Docs| {
            let text = Text::new().about("agentId", &docs, "The default.");
            text.finish()
        };
        assert_eq!(lines(docs("Agent Id", "")), [" The default."]);
        assert_eq!(lines(docs("", "agent_id.")), [" The default."]);
        assert_eq!(lines(docs("Agent Id", "Who calls.")), [" Who calls."]);
        assert_eq!(lines(docs("Agent", "")), [" The default."]);
        assert_eq!(lines(docs("IDs of agents", "")), [" IDs of agents"]);
        assert_eq!(lines(docs("Caller", "")), [" Caller"]);
        assert_eq!(lines(docs("param", "")), [" The default."]);
        assert_eq!(lines(docs("エージェント", "")), [" エージェント"]);
        assert_eq!(lines(docs("agent_param", "")), [" The default."]);
        assert_eq!(lines(docs("AgentParam", "")), [" The default."]);
        assert_eq!(lines(docs("features", "")), [" The default."]);
        assert_eq!(lines(docs("名前", "")), [" 名前"]);
        assert_eq!(lines(docs("", "")), [" The default."]);
    }
}
