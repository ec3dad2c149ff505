//! Splits the HTML of descriptions into tags and text.

/// A piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum HtmlPiece<'a> {
    Text(&'a str),
    Open {
        name: String,
        attributes: &'a str,
        raw: &'a str,
    },
    Close {
        name: String,
        raw: &'a str,
    },
    Comment,
}

/// The meaning of a known tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Emphasis,
    Strong,
    Strike,
    CodeSpan,
    Preformatted,
    Link,
    Image,
    Break,
    Rule,
    List {
        ordered: bool,
    },
    Item,
    Quote,
    Heading(usize),
    Table,
    Row,
    Cell,
    /// Starts and ends a paragraph.
    Section,
    Superscript,
    /// Has no effect on the text: `<span>`, `<font>`, `<tbody>`.
    Transparent,
}

impl Tag {
    /// Returns the meaning of a tag, or `None` for one that is shown as text.
    pub(super) fn of(name: &str) -> Option<Tag> {
        Some(match name {
            "em" | "i" | "cite" | "dfn" | "var" => Tag::Emphasis,
            "b" | "strong" => Tag::Strong,
            "s" | "del" | "strike" => Tag::Strike,
            "code" | "tt" | "kbd" | "samp" => Tag::CodeSpan,
            "pre" => Tag::Preformatted,
            "a" => Tag::Link,
            "img" => Tag::Image,
            "br" => Tag::Break,
            "hr" => Tag::Rule,
            "ul" | "menu" => Tag::List { ordered: false },
            "ol" => Tag::List { ordered: true },
            "li" => Tag::Item,
            "blockquote" => Tag::Quote,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "table" => Tag::Table,
            "tr" => Tag::Row,
            "td" | "th" => Tag::Cell,
            "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main"
            | "center" | "details" | "summary" | "figure" | "figcaption" | "dl" | "dt" | "dd"
            | "caption" | "fieldset" | "nav" | "address" => Tag::Section,
            "sup" => Tag::Superscript,
            "span" | "u" | "ins" | "font" | "small" | "big" | "sub" | "mark" | "abbr" | "label"
            | "q" | "time" | "wbr" | "thead" | "tbody" | "tfoot" | "colgroup" | "col" => {
                Tag::Transparent
            }
            _ => return None,
        })
    }
}

/// Splits HTML into pieces. A `<` that starts no tag is text.
pub(super) fn pieces(html: &str) -> Vec<HtmlPiece<'_>> {
    let mut pieces = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found;
        let Some((piece, len)) = tag(&html[at..]) else {
            at += 1;
            continue;
        };
        if text_from < at {
            pieces.push(HtmlPiece::Text(&html[text_from..at]));
        }
        pieces.push(piece);
        at += len;
        text_from = at;
    }
    if text_from < html.len() {
        pieces.push(HtmlPiece::Text(&html[text_from..]));
    }
    pieces
}

/// Returns the tag or comment at the start of a text, with its length in bytes.
fn tag(html: &str) -> Option<(HtmlPiece<'_>, usize)> {
    if let Some(comment) = html.strip_prefix("<!--") {
        // An unclosed comment extends to the end, as in browsers.
        let len = comment.find("-->").map_or(html.len(), |end| end + 7);
        return Some((HtmlPiece::Comment, len));
    }
    let (closing, from) = if html.starts_with("</") {
        (true, 2)
    } else {
        (false, 1)
    };
    let rest = &html[from..];
    let name_len = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(rest.len());
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = rest[..name_len].to_ascii_lowercase();
    let attributes = &rest[name_len..];
    if !attributes.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
        return None;
    }
    let end = tag_end(attributes)?;
    let len = from + name_len + end + 1;
    let raw = &html[..len];
    let attributes = &attributes[..end];
    let piece = if closing {
        HtmlPiece::Close { name, raw }
    } else {
        HtmlPiece::Open {
            name,
            attributes,
            raw,
        }
    };
    Some((piece, len))
}

/// Returns the offset of a tag's `>`, skipping quoted attributes. The limit of 2,000 bytes keeps unclosed quotes from
/// making the search quadratic.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate().take(2000) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the decoded value of an attribute.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let starts = at == 0 || lower.as_bytes()[at - 1].is_ascii_whitespace();
        let rest = attributes[from..].trim_start();
        let Some(value) = rest
            .strip_prefix('=')
            .filter(|_| starts)
            .map(str::trim_start)
        else {
            continue;
        };
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_ascii_whitespace()).next(),
        };
        return value.map(decoded);
    }
    None
}

/// Decodes the entities that authors commonly write.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, char)| {
        text.replace(entity, char)
    })
}
