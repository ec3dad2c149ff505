//! The tree of a description, as far as printers need it.

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading(usize, Vec<Inline>),
    Paragraph(Vec<Inline>),
    Code {
        language: String,
        text: String,
    },
    Quote(Vec<Block>),
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Vec<Block>>,
    },
    /// Rows of cells. The first row is the head.
    Table(Vec<Vec<Vec<Inline>>>),
    Rule,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    /// An absolute web or mail address. Links to other destinations become their text.
    Link {
        url: String,
        text: Vec<Inline>,
    },
    /// A URL that is its own text.
    Url(String),
    /// A soft break, which is displayed as a space.
    Soft,
    /// A hard break.
    Hard,
}

impl Inline {
    /// Returns the nested inlines.
    pub(super) fn children(&self) -> &[Inline] {
        match self {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => inner,
            Inline::Link { text, .. } => text,
            _ => &[],
        }
    }
}

/// Returns the text of inlines without markup.
pub(super) fn text_of(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_text(inlines, &mut out);
    out
}

fn push_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Url(text) => out.push_str(text),
            Inline::Soft | Inline::Hard => out.push('\n'),
            other => push_text(other.children(), out),
        }
    }
}
