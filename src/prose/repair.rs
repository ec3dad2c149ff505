//! Repairs Markdown that authors write by mistake: line breaks as the letters `\n`, and images with a size.

use std::borrow::Cow;

/// Returns Markdown with its common mistakes repaired. Code stays unchanged.
pub(super) fn repaired(markdown: &str) -> Cow<'_, str> {
    if !(markdown.contains("\\n") || markdown.contains("![") && markdown.contains(" =")) {
        return Cow::Borrowed(markdown);
    }
    let mut text = String::with_capacity(markdown.len());
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                repair_line(line, &mut text);
                continue;
            }
            _ => {}
        }
        text.push_str(line);
    }
    Cow::Owned(text)
}

/// Repairs the parts of a line outside of code spans.
fn repair_line(line: &str, text: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let inside = start + ticks;
        let close = rest[inside..].find(&rest[start..inside]);
        let Some(end) = close.map(|close| inside + close + ticks) else {
            break;
        };
        repair_text(&rest[..start], text);
        text.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    repair_text(rest, text);
}

fn repair_text(prose: &str, text: &mut String) {
    text.push_str(&with_line_breaks(&without_image_sizes(prose)));
}

/// Replaces `\n` by a line break after the end of a sentence or clause. Elsewhere it may be what the text is
/// about, such as `"\n\nHuman:"`.
fn with_line_breaks(text: &str) -> String {
    let mut parts = text.split("\\n");
    let mut broken = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_item = part.starts_with("- ") || part.starts_with("* ");
        let begins =
            !part.starts_with(['"', '\'', ',', '.', ')']) && !part.starts_with(char::is_lowercase);
        let breaks = begins && (is_item || ends_clause(&broken));
        broken.push_str(if breaks { "\n" } else { "\\n" });
        broken.push_str(part);
    }
    broken
}

/// Returns whether a text ends a sentence or clause. A colon after a single letter is that of a drive, as in
/// `C:\new`.
fn ends_clause(text: &str) -> bool {
    let text = text.trim_end_matches(' ');
    let word = text.rsplit(' ').next().unwrap_or_default();
    let is_drive = word.len() == 2 && word.ends_with(':');
    text.ends_with(['.', ':', '!', '?', ')', '\n']) && !is_drive
}

/// Removes sizes from the URLs of images, as in `![a](b.png =100x20)`, which are not CommonMark.
fn without_image_sizes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("![") {
        let image = &rest[start..];
        let end = image.find("](").and_then(|url| {
            let close = image[url..].find(')')? + url;
            Some((image[url..close].rfind(" =")? + url, close))
        });
        let Some((size, close)) = end.filter(|(size, close)| is_size(&image[size + 2..*close]))
        else {
            kept.push_str(&rest[..start + 2]);
            rest = &image[2..];
            continue;
        };
        kept.push_str(&rest[..start + size]);
        rest = &image[close..];
    }
    kept.push_str(rest);
    kept
}

/// Returns whether a text is a size, such as `100x20`, `50%x` or `x40`.
fn is_size(text: &str) -> bool {
    text.contains('x')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, 'x' | '%' | ' '))
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn letters_of_line_breaks_become_line_breaks() {
        assert_eq!(repaired("One.\\n\\nTwo\\n- a"), "One.\n\nTwo\n- a");
        assert_eq!(repaired("Items:\\n- a"), "Items:\n- a");
        for kept in [
            "Stops on `a.\\n` only.",
            "Stops on \"\\n\\nHuman:\".",
            "A file in C:\\new or C:\\New",
            "A name in app.\\namespace",
            "```\na.\\nb\n```",
        ] {
            assert_eq!(repaired(kept), kept);
        }
    }

    #[test]
    fn sizes_of_images_are_removed() {
        assert_eq!(
            repaired("![a](b.png =100x20) ![](c =50%x) ![d](e.png) f =1x2"),
            "![a](b.png) ![](c) ![d](e.png) f =1x2"
        );
        let kept = "![a](b.png?c =d) ![open](";
        assert_eq!(repaired(kept), kept);
    }
}
