//! Applies HTML tags to the tree.

use super::super::escape::{clean, is_absolute};
use super::super::html::{self, Piece, Tag};
use super::super::tree::Inline;
use super::{Builder, Kind, MAX_DEPTH, options};
use pulldown_cmark as md;

impl Builder {
    pub(super) fn html(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Comment => {}
                Piece::Text(text) => self.html_text(text),
                Piece::Open {
                    name,
                    attributes,
                    raw,
                } => match Tag::of(&name) {
                    Some(tag) => self.open(tag, attributes),
                    None => self.text(raw),
                },
                Piece::Close { name, raw } => match Tag::of(&name) {
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
        if matches!(top.kind, Kind::Code(_)) {
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
                if !matches!(self.top().kind, Kind::List { .. }) {
                    self.open(Tag::List { ordered: false }, "");
                }
                Kind::Item
            }
            Tag::Row | Tag::Cell => {
                self.close(tag);
                if tag == Tag::Row {
                    Kind::Row(Vec::new())
                } else {
                    Kind::Cell
                }
            }
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strike => Kind::Strike,
            Tag::CodeSpan => Kind::CodeSpan,
            Tag::Preformatted => Kind::Code(String::new()),
            Tag::Link => Kind::Link(html::attribute(attributes, "href").unwrap_or_default()),
            Tag::List { ordered } => Kind::List {
                start: ordered.then_some(1),
                loose: false,
                items: Vec::new(),
            },
            Tag::Quote => Kind::Quote,
            Tag::Heading(level) => Kind::Heading(level),
            Tag::Table => Kind::Table(Vec::new()),
        };
        // Tags are ignored inside of preformatted text and code.
        let verbatim = matches!(self.top().kind, Kind::Code(_) | Kind::CodeSpan);
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
            Tag::Item => !matches!(frame.kind, Kind::List { .. }),
            Tag::Row | Tag::Cell => !matches!(frame.kind, Kind::Table(_)),
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
            Kind::Cell => self.inline(Inline::Soft),
            Kind::Code(_) | Kind::Heading(_) => {}
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

fn is_inline(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Link(_) | Kind::CodeSpan
    )
}

fn closes(tag: Tag, kind: &Kind) -> bool {
    match (tag, kind) {
        (Tag::Emphasis, Kind::Emphasis)
        | (Tag::Strong, Kind::Strong)
        | (Tag::Strike, Kind::Strike)
        | (Tag::CodeSpan, Kind::CodeSpan)
        | (Tag::Preformatted, Kind::Code(_))
        | (Tag::Link, Kind::Link(_))
        | (Tag::Item, Kind::Item)
        | (Tag::Quote, Kind::Quote)
        | (Tag::Heading(_), Kind::Heading(_))
        | (Tag::Table, Kind::Table(_))
        | (Tag::Row, Kind::Row(_))
        | (Tag::Cell, Kind::Cell) => true,
        (Tag::List { ordered }, Kind::List { start, .. }) => ordered == start.is_some(),
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
