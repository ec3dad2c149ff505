//! A description as a tree: the little that all printers have to know.

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
    /// Rows of cells; the first row is the head.
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
    /// Only to absolute web and mail addresses; a link elsewhere is no more than its text.
    Link {
        url: String,
        text: Vec<Inline>,
    },
    /// An address that is its own text.
    Url(String),
    /// The author's line break, which means a space.
    Soft,
    /// A line break that shows.
    Hard,
}

impl Inline {
    /// The parts that an inline holds.
    pub(super) fn children(&self) -> &[Inline] {
        match self {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => inner,
            Inline::Link { text, .. } => text,
            _ => &[],
        }
    }
}

/// The characters of inlines, without any mark-up.
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
