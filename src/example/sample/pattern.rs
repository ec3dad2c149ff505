//! Generates short strings that match a pattern.

use crate::pattern::{self, without_lookaround};
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// A longer string is not a useful example.
const LONGEST: usize = 512;
/// The maximum number of expressions that are written in one search.
const MOST_PARTS: usize = 20_000;
/// The maximum number of matching steps in one search.
const MOST_STEPS: usize = 2_000_000;
/// Preferred characters of a class, in order.
const PREFERRED: [char; 8] = ['a', 'A', '1', '0', 'x', '-', '_', ' '];

/// Returns a string within the length limits that all patterns match, or `None` if none is found; a pattern may
/// contradict a limit. Lookaround is ignored, because a finite program cannot generate it.
pub fn text(patterns: &[&str], least: usize, most: usize) -> Option<String> {
    let patterns: Vec<String> = patterns
        .iter()
        .map(|text| without_lookaround(text))
        .collect();
    let programs = patterns.iter().map(|text| pattern::pattern(text));
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
        let hir = regex_syntax::parse(&pattern::translated(pattern)).ok()?;
        // Each round adds a repetition where allowed, and pads a pattern without an end anchor.
        (0..=least.clamp(1, LONGEST)).find_map(|repeats| {
            let mut writer = PatternWriter {
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

struct PatternWriter {
    repeats: usize,
    out: String,
    /// The number of expressions that may still be written; one that matches nothing may repeat a million
    /// times.
    parts: usize,
}

impl PatternWriter {
    /// Writes a string that an expression matches, or returns `None` if there is none or it is too long.
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
    PREFERRED
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
    fn generated_texts_match_their_pattern() {
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
    fn lookaround_is_ignored() {
        let name = r"^(?![0-9a-f]{8}-(x|[)]))^[a-z]([a-zA-Z0-9-]*[a-zA-Z0-9]+)?$";
        assert_eq!(text(&[name], 0, 63).as_deref(), Some("a"));
        let password = r"^(?=.*[A-Z])(?=.*\d).{8,}$";
        assert_eq!(text(&[password], 0, 9).as_deref(), Some("aaaaaaaa"));
    }

    #[test]
    fn unmatchable_patterns_return_none() {
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
