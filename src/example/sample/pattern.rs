//! The shortest text that a pattern matches, and longer ones.

use crate::example::validate::{self, without_looks};
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// A longer text is no example.
const LONGEST: usize = 512;
/// Parts of patterns that are written before the search for a text ends.
const MOST_PARTS: usize = 20_000;
/// The most steps that all matching of one search may take.
const MOST_STEPS: usize = 2_000_000;
/// What a reader takes in at once, in the order in which it is chosen from a class of characters.
const LIKED: [char; 8] = ['a', 'A', '1', '0', 'x', '-', '_', ' '];

/// A text of a length within the limits that all the patterns match; `None` where none is found: a
/// pattern may contradict a limit. What a pattern looks ahead to or behind is left out of account, since no
/// finite program tells it.
pub fn text(patterns: &[&str], least: usize, most: usize) -> Option<String> {
    let patterns: Vec<String> = patterns.iter().map(|text| without_looks(text)).collect();
    let programs = patterns.iter().map(|text| validate::pattern(text));
    let programs: Vec<_> = programs.collect::<Option<_>>()?;
    let mut steps = MOST_STEPS;
    let mut fits = |text: &String| {
        let count = text.chars().count();
        (least..=most).contains(&count)
            && programs.iter().all(|program| {
                steps = steps.saturating_sub(program.steps(text));
                steps > 0 && program.is_match(text)
            })
    };
    let mut parts = MOST_PARTS;
    patterns.iter().find_map(|pattern| {
        let hir = regex_syntax::parse(&validate::translated(pattern)).ok()?;
        // Each round repeats once more what may be repeated, and what follows nothing may be longer.
        (0..=least.clamp(1, LONGEST)).find_map(|repeats| {
            let mut writer = Writer {
                repeats,
                out: String::new(),
                parts,
            };
            let written = writer.write(&hir);
            parts = writer.parts;
            written?;
            let out = writer.out;
            let missing = least.saturating_sub(out.chars().count()).min(LONGEST);
            let longer = format!("{out}{}", "x".repeat(missing));
            [out, longer].into_iter().find(&mut fits)
        })
    })
}

struct Writer {
    repeats: usize,
    out: String,
    /// How many parts may still be written: one that matches nothing can be repeated a million times.
    parts: usize,
}

impl Writer {
    /// Writes what an expression matches; `None` where it matches nothing, or nothing short.
    fn write(&mut self, hir: &Hir) -> Option<()> {
        if self.out.len() > LONGEST {
            return None;
        }
        self.parts = self.parts.checked_sub(1)?;
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Some(()),
            HirKind::Literal(literal) => {
                self.out.push_str(std::str::from_utf8(&literal.0).ok()?);
                Some(())
            }
            HirKind::Class(class) => {
                self.out.push(character(class)?);
                Some(())
            }
            HirKind::Repetition(repetition) => {
                let mut times = 0..count(repetition, self.repeats);
                times.try_for_each(|_| self.write(&repetition.sub))
            }
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part)),
            HirKind::Alternation(parts) => {
                let before = self.out.len();
                parts.iter().find_map(|part| {
                    self.out.truncate(before);
                    self.write(part)
                })
            }
        }
    }
}

fn count(repetition: &Repetition, repeats: usize) -> usize {
    let least = usize::try_from(repetition.min).unwrap_or(usize::MAX);
    let most = repetition.max.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    });
    least.max(repeats.min(most))
}

fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter();
            ranges.map(|range| (range.start(), range.end())).collect()
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            let ends = ranges.map(|range| (char::from(range.start()), char::from(range.end())));
            ends.collect()
        }
    };
    let has = |c: &char| ranges.iter().any(|(from, to)| (from..=to).contains(&c));
    let printable = |c: &char| !c.is_control() && !c.is_whitespace();
    LIKED
        .into_iter()
        .find(has)
        .or_else(|| {
            ranges
                .iter()
                .flat_map(|(from, to)| *from..=*to)
                .take(256)
                .find(printable)
        })
        .or_else(|| ranges.first().map(|(from, _)| *from))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_match_their_pattern() {
        let cases = [
            (r"^\d{3}-[A-Z]{2}$", 0, 100, "111-AA"),
            (r"^(cat|dog)s?$", 0, 100, "cat"),
            (r"^[^/]+$", 3, 100, "axx"),
            (r"^\+[1-9]\d{1,14}$", 0, 100, "+11"),
            (r"foo", 5, 100, "fooxx"),
            (r"^([a-z]+\.)*[a-z]+$", 4, 4, "axxx"),
            (r"^\p{Lu}[\w-]{2,}$", 0, 100, "Aaa"),
            (r"^[\u0410-\u044f]$", 0, 1, "А"),
        ];
        for (pattern, least, most, expected) in cases {
            let found = text(&[pattern], least, most);
            assert_eq!(found.as_deref(), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn what_looks_around_is_left_out_of_account() {
        let name = r"^(?![0-9a-f]{8}-(x|[)]))^[a-z]([a-zA-Z0-9-]*[a-zA-Z0-9]+)?$";
        assert_eq!(text(&[name], 0, 63).as_deref(), Some("a"));
        let password = r"^(?=.*[A-Z])(?=.*\d).{8,}$";
        assert_eq!(text(&[password], 0, 9).as_deref(), Some("aaaaaaaa"));
    }

    #[test]
    fn what_has_no_text_gives_none() {
        for (pattern, least, most) in [
            (r"^a{5}$", 0, 4),
            (r"^a{2000}$", 0, 9999),
            (r"[", 0, 9),
            (r"a^b", 0, 9),
            (r"((\b){999}){999}", 0, 9),
        ] {
            assert_eq!(text(&[pattern], least, most), None, "{pattern}");
        }
        assert_eq!(text(&["^a+$", "^.{3}$"], 0, 9).as_deref(), Some("aaa"));
    }
}
