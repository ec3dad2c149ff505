//! Parses a description into its tree.

use super::escape::{clean, is_absolute};
use super::inline::{paragraphs, tidy};
use super::tree::{Block, Inline, text_of};
use pulldown_cmark as md;

mod tags;
mod unmarked;

/// The limit of nested quotes, lists and emphasis. Deeper ones are read as plain text, which bounds the recursion of
/// the printers.
const MAX_DEPTH: usize = 24;

/// Parses a description.
pub(super) fn parse(markdown: &str) -> Vec<Block> {
    if unmarked::is_unmarked(markdown) {
        let text = Inline::Text(markdown.trim_end().to_owned());
        return vec![Block::Paragraph(vec![text])];
    }
    read(&super::repair::repaired(markdown))
}

/// Parses a description without the fast path.
fn read(markdown: &str) -> Vec<Block> {
    let text = clean(markdown);
    let mut builder = TreeBuilder {
        frames: vec![OpenElement::new(ElementKind::Root, false)],
        overflow: 0,
        html: None,
    };
    for event in md::Parser::new_ext(&text, options()) {
        builder.event(event);
    }
    builder.finish()
}

fn options() -> md::Options {
    md::Options::ENABLE_TABLES | md::Options::ENABLE_STRIKETHROUGH
}

/// An open element.
struct OpenElement {
    kind: ElementKind,
    /// Whether an HTML tag opened it. Such an element may stay open or close anywhere.
    html: bool,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

#[derive(Debug, PartialEq)]
enum ElementKind {
    Root,
    Paragraph,
    Heading(usize),
    Quote,
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Vec<Block>>,
    },
    Item,
    Code(String),
    Table(Vec<Vec<Vec<Inline>>>),
    Row(Vec<Vec<Inline>>),
    Cell,
    Emphasis,
    Strong,
    Strike,
    Link(String),
    CodeSpan,
}

impl OpenElement {
    fn new(kind: ElementKind, html: bool) -> Self {
        OpenElement {
            kind,
            html,
            blocks: Vec::new(),
            inlines: Vec::new(),
        }
    }

    /// Turns the pending inlines into paragraphs.
    fn flush(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        self.blocks
            .extend(paragraphs(inlines).into_iter().map(Block::Paragraph));
    }

    fn push_block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }
}

struct TreeBuilder {
    /// Never empty: the first frame is the root.
    frames: Vec<OpenElement>,
    /// The number of open elements beyond [`MAX_DEPTH`].
    overflow: usize,
    /// The lines of the open HTML block.
    html: Option<String>,
}

impl TreeBuilder {
    fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            self.pop();
        }
        self.frames
            .pop()
            .map(OpenElement::into_blocks)
            .unwrap_or_default()
    }

    fn event(&mut self, event: md::Event<'_>) {
        match event {
            md::Event::Start(tag) => self.start(tag),
            md::Event::End(md::TagEnd::HtmlBlock) => {
                let html = self.html.take().unwrap_or_default();
                self.html(&html);
            }
            md::Event::End(_) => self.end(),
            md::Event::Text(text) => self.text(&text),
            md::Event::Code(code) => self.inline(Inline::Code(clean(&code).into_owned())),
            md::Event::Html(line) => match &mut self.html {
                Some(html) => html.push_str(&line),
                None => self.html(&line),
            },
            md::Event::InlineHtml(tag) => self.html(&tag),
            md::Event::SoftBreak => self.inline(Inline::Soft),
            md::Event::HardBreak => self.inline(Inline::Hard),
            md::Event::Rule => self.rule(),
            // These extensions are disabled.
            md::Event::FootnoteReference(_)
            | md::Event::TaskListMarker(_)
            | md::Event::InlineMath(_)
            | md::Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: md::Tag<'_>) {
        let kind = match tag {
            md::Tag::HtmlBlock => {
                self.html = Some(String::new());
                return;
            }
            md::Tag::Paragraph => {
                self.loosen();
                ElementKind::Paragraph
            }
            md::Tag::Heading { level, .. } => ElementKind::Heading(level as usize),
            md::Tag::BlockQuote(_) => ElementKind::Quote,
            md::Tag::CodeBlock(md::CodeBlockKind::Fenced(info)) => {
                ElementKind::Code(clean(&info).into_owned())
            }
            md::Tag::CodeBlock(md::CodeBlockKind::Indented) => ElementKind::Code(String::new()),
            md::Tag::List(start) => ElementKind::List {
                start,
                loose: false,
                items: Vec::new(),
            },
            md::Tag::Item => ElementKind::Item,
            md::Tag::Table(_) => ElementKind::Table(Vec::new()),
            md::Tag::TableHead | md::Tag::TableRow => ElementKind::Row(Vec::new()),
            md::Tag::TableCell => ElementKind::Cell,
            md::Tag::Emphasis => ElementKind::Emphasis,
            md::Tag::Strong => ElementKind::Strong,
            md::Tag::Strikethrough => ElementKind::Strike,
            md::Tag::Link {
                link_type: md::LinkType::Email,
                ..
            } => ElementKind::Link(String::new()),
            md::Tag::Link { dest_url, .. } | md::Tag::Image { dest_url, .. } => {
                ElementKind::Link(clean(&dest_url).into_owned())
            }
            _ => ElementKind::Paragraph,
        };
        if self.frames.len() >= MAX_DEPTH && !matches!(kind, ElementKind::Code(_)) {
            self.overflow += 1;
        } else {
            self.push(kind, false);
        }
    }

    /// Marks a list as loose, because an item contains a paragraph.
    fn loosen(&mut self) {
        if let [.., list, item] = &mut self.frames[..]
            && let (ElementKind::List { loose, .. }, ElementKind::Item) =
                (&mut list.kind, &item.kind)
        {
            *loose = true;
        }
    }

    /// Closes the last element that Markdown opened, with HTML elements left open in it.
    fn end(&mut self) {
        if self.overflow > 0 && !matches!(self.top().kind, ElementKind::Code(_)) {
            self.overflow -= 1;
            self.inline(Inline::Soft);
            return;
        }
        while self.frames.len() > 1 {
            let html = self.top().html;
            self.pop();
            if !html {
                break;
            }
        }
    }

    fn top(&mut self) -> &mut OpenElement {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn push(&mut self, kind: ElementKind, html: bool) {
        self.frames.push(OpenElement::new(kind, html));
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn text(&mut self, text: &str) {
        self.inline(Inline::Text(clean(text).into_owned()));
    }

    /// Adds a rule, except in lists and tables, where it would not survive printing.
    fn rule(&mut self) {
        if self.frames.iter().all(|frame| {
            matches!(
                frame.kind,
                ElementKind::Root | ElementKind::Quote | ElementKind::Paragraph
            )
        }) {
            self.top().push_block(Block::Rule);
        }
    }

    /// Closes the top frame and adds its content to the frame below.
    fn pop(&mut self) {
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        match std::mem::replace(&mut frame.kind, ElementKind::Root) {
            ElementKind::Root | ElementKind::Paragraph => self.hoist(frame),
            ElementKind::Heading(level) if frame.blocks.is_empty() => {
                let inlines = tidy(std::mem::take(&mut frame.inlines), false);
                if !inlines.is_empty() {
                    self.top().push_block(Block::Heading(level, inlines));
                }
            }
            ElementKind::Quote => {
                let blocks = frame.into_blocks();
                if !blocks.is_empty() {
                    self.top().push_block(Block::Quote(blocks));
                }
            }
            ElementKind::List {
                start,
                loose,
                mut items,
            } => {
                items.push(frame.into_blocks());
                items.retain(|item| !item.is_empty());
                if !items.is_empty() {
                    self.top().push_block(Block::List {
                        start,
                        loose,
                        items,
                    });
                }
            }
            ElementKind::Item => {
                let blocks = frame.into_blocks();
                let top = self.top();
                match &mut top.kind {
                    ElementKind::List { items, .. } => items.push(blocks),
                    _ => blocks.into_iter().for_each(|block| top.push_block(block)),
                }
            }
            ElementKind::Code(language) => {
                let text = text_of(&frame.inlines);
                let text = text.trim_matches('\n').to_owned();
                if !text.trim().is_empty() {
                    self.top().push_block(Block::Code { language, text });
                }
            }
            kind @ (ElementKind::Table(_) | ElementKind::Row(_) | ElementKind::Cell) => {
                self.pop_table(kind, frame)
            }
            kind => self.pop_inline(kind, frame),
        }
    }

    fn pop_table(&mut self, kind: ElementKind, frame: OpenElement) {
        match kind {
            ElementKind::Table(mut rows) => {
                rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
                let stray = frame.into_blocks();
                stray
                    .into_iter()
                    .for_each(|block| self.top().push_block(block));
                if !rows.is_empty() {
                    self.top().push_block(Block::Table(rows));
                }
            }
            ElementKind::Row(mut cells) => {
                let stray = flat(frame.into_blocks());
                cells.extend((!stray.is_empty()).then_some(stray));
                match &mut self.top().kind {
                    ElementKind::Table(rows) => rows.push(cells),
                    _ => self.top().inlines.extend(cells.into_iter().flatten()),
                }
            }
            _ => {
                let cell = flat(frame.into_blocks());
                match &mut self.top().kind {
                    ElementKind::Row(cells) => cells.push(cell),
                    _ => self.top().inlines.extend(cell),
                }
            }
        }
    }

    fn pop_inline(&mut self, kind: ElementKind, mut frame: OpenElement) {
        if !frame.blocks.is_empty() {
            return self.hoist(frame);
        }
        let inner = std::mem::take(&mut frame.inlines);
        match kind {
            ElementKind::Emphasis => self.inline(Inline::Emphasis(inner)),
            ElementKind::Strong => self.inline(Inline::Strong(inner)),
            ElementKind::Strike => self.inline(Inline::Strike(inner)),
            ElementKind::CodeSpan => self.inline(Inline::Code(text_of(&inner).replace('\n', " "))),
            ElementKind::Link(url) if is_absolute(&url) => {
                self.inline(Inline::Link { url, text: inner });
            }
            _ => self.top().inlines.extend(inner),
        }
    }

    /// Adds the content without its element, which cannot contain it.
    fn hoist(&mut self, frame: OpenElement) {
        let blocks = frame.into_blocks();
        blocks
            .into_iter()
            .for_each(|block| self.top().push_block(block));
    }
}

/// Joins the text of blocks for a table cell.
fn flat(blocks: Vec<Block>) -> Vec<Inline> {
    let mut cell = Vec::new();
    for block in blocks {
        if !cell.is_empty() {
            cell.push(Inline::Hard);
        }
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => cell.extend(inlines),
            Block::Code { text, .. } => cell.push(Inline::Code(text.replace('\n', " "))),
            Block::Quote(blocks) => cell.extend(flat(blocks)),
            Block::List { items, .. } => {
                let items = items.into_iter().map(flat).collect::<Vec<_>>();
                cell.extend(items.join(&Inline::Hard));
            }
            Block::Table(rows) => cell.extend(
                rows.into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(&Inline::Soft),
            ),
            Block::Rule => {}
        }
    }
    cell
}
