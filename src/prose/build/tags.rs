//! Applies HTML tags to the tree.

use super::super::escape::{clean, is_absolute};
use super::super::html::{self, HtmlPiece, Tag};
use super::super::tree::Inline;
use super::{ElementKind, MAX_DEPTH, TreeBuilder, options};
use pulldown_cmark as md;

impl TreeBuilder {
    pub(super) fn html(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                HtmlPiece::Comment => {}
                HtmlPiece::Text(text) => self.html_text(text),
                HtmlPiece::Open {
                    name,
                    attributes,
                    raw,
                } => match Tag::of(&name) {
                    Some(tag) => self.open(tag, attributes),
                    None => self.text(raw),
                },
                HtmlPiece::Close { name, raw } => match Tag::of(&name) {
                    Some(tag) => self.close(tag),
                    None => self.text(raw),
                },
            }
        }
    }

    /// Adds text between tags, which may contain Markdown.
    fn html_text(&mut self, text: &str) {
        let space = |blank: &str| match blank {
            "" => None,
            blank if blank.contains('\n') => Some(Inline::Soft),
            _ => Some(Inline::Text(" ".to_owned())),
        };
        let trimmed = text.trim();
        let top = self.top();
        if matches!(top.kind, ElementKind::Code(_)) {
            top.inlines
                .push(Inline::Text(clean(&html::decoded(text)).into_owned()));
            return;
        }
        top.inlines
            .extend(space(&text[..text.len() - text.trim_start().len()]));
        if !trimmed.is_empty() {
            let events: Vec<_> = md::Parser::new_ext(trimmed, options()).collect();
            match events.as_slice() {
                [
                    md::Event::Start(md::Tag::Paragraph),
                    inner @ ..,
                    md::Event::End(_),
                ] if inline_only(inner) => {
                    inner.iter().for_each(|event| self.event(event.clone()));
                }
                _ => self.text(&html::decoded(trimmed)),
            }
        }
        let tail = space(&text[text.trim_end().len()..]).filter(|_| !trimmed.is_empty());
        self.top().inlines.extend(tail);
    }

    fn open(&mut self, tag: Tag, attributes: &str) {
        let kind = match tag {
            Tag::Break => return self.inline(Inline::Hard),
            Tag::Rule => return self.rule(),
            Tag::Image => return self.image(attributes),
            Tag::Section => return self.section(),
            Tag::Superscript => return self.inline(Inline::Text("^".to_owned())),
            Tag::Transparent => return,
            Tag::Item => {
                self.close(Tag::Item);
                if !matches!(self.top().kind, ElementKind::List { .. }) {
                    self.open(Tag::List { ordered: false }, "");
                }
                ElementKind::Item
            }
            Tag::Row | Tag::Cell => {
                self.close(tag);
                if tag == Tag::Row {
                    ElementKind::Row(Vec::new())
                } else {
                    ElementKind::Cell
                }
            }
            Tag::Emphasis => ElementKind::Emphasis,
            Tag::Strong => ElementKind::Strong,
            Tag::Strike => ElementKind::Strike,
            Tag::CodeSpan => ElementKind::CodeSpan,
            Tag::Preformatted => ElementKind::Code(String::new()),
            Tag::Link => ElementKind::Link(html::attribute(attributes, "href").unwrap_or_default()),
            Tag::List { ordered } => ElementKind::List {
                start: ordered.then_some(1),
                loose: false,
                items: Vec::new(),
            },
            Tag::Quote => ElementKind::Quote,
            Tag::Heading(level) => ElementKind::Heading(level),
            Tag::Table => ElementKind::Table(Vec::new()),
        };
        // Tags are ignored inside of preformatted text and code.
        let verbatim = matches!(
            self.top().kind,
            ElementKind::Code(_) | ElementKind::CodeSpan
        );
        if self.frames.len() < MAX_DEPTH && !verbatim {
            self.push(kind, true);
        }
    }

    /// Closes the nearest open element of this kind, unless Markdown opened another one inside of it.
    fn close(&mut self, tag: Tag) {
        if tag == Tag::Section {
            return self.section();
        }
        let from_top = self.frames.iter().rev().take_while(|frame| frame.html);
        // Items, rows and cells of an outer list or table stay open.
        let mut within = from_top.take_while(|frame| match tag {
            Tag::Item => !matches!(frame.kind, ElementKind::List { .. }),
            Tag::Row | Tag::Cell => !matches!(frame.kind, ElementKind::Table(_)),
            _ => true,
        });
        if let Some(above) = within.position(|frame| closes(tag, &frame.kind)) {
            (0..=above).for_each(|_| self.pop());
        }
    }

    /// Ends the paragraph, and closes emphasis that is still open.
    fn section(&mut self) {
        while self.top().html && is_inline(&self.top().kind) {
            self.pop();
        }
        match self.top().kind {
            ElementKind::Cell => self.inline(Inline::Soft),
            ElementKind::Code(_) | ElementKind::Heading(_) => {}
            _ => self.top().flush(),
        }
    }

    fn image(&mut self, attributes: &str) {
        let alt = html::attribute(attributes, "alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt.unwrap_or_else(|| "image".to_owned());
        let url = html::attribute(attributes, "src").unwrap_or_default();
        let url = clean(&url);
        let text = Inline::Text(clean(&alt).into_owned());
        match is_absolute(&url) {
            true => self.inline(Inline::Link {
                url: url.into_owned(),
                text: vec![text],
            }),
            false => self.inline(text),
        }
    }
}

fn is_inline(kind: &ElementKind) -> bool {
    matches!(
        kind,
        ElementKind::Emphasis
            | ElementKind::Strong
            | ElementKind::Strike
            | ElementKind::Link(_)
            | ElementKind::CodeSpan
    )
}

fn closes(tag: Tag, kind: &ElementKind) -> bool {
    match (tag, kind) {
        (Tag::Emphasis, ElementKind::Emphasis)
        | (Tag::Strong, ElementKind::Strong)
        | (Tag::Strike, ElementKind::Strike)
        | (Tag::CodeSpan, ElementKind::CodeSpan)
        | (Tag::Preformatted, ElementKind::Code(_))
        | (Tag::Link, ElementKind::Link(_))
        | (Tag::Item, ElementKind::Item)
        | (Tag::Quote, ElementKind::Quote)
        | (Tag::Heading(_), ElementKind::Heading(_))
        | (Tag::Table, ElementKind::Table(_))
        | (Tag::Row, ElementKind::Row(_))
        | (Tag::Cell, ElementKind::Cell) => true,
        (Tag::List { ordered }, ElementKind::List { start, .. }) => ordered == start.is_some(),
        _ => false,
    }
}

fn inline_only(events: &[md::Event<'_>]) -> bool {
    events.iter().all(|event| {
        !matches!(
            event,
            md::Event::Html(_) | md::Event::InlineHtml(_) | md::Event::Start(md::Tag::Paragraph)
        )
    })
}
