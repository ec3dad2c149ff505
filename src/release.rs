//! Prepares releases of a generated crate: the next version, its changelog section, and the rules of crates.io.

pub mod package_rules;

use crate::diff::{Diff, VersionStep, report};
use std::fmt;

/// A version without pre-release and build (SemVer 2.0.0), which do not affect the next version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReleaseVersion {
    major: u64,
    minor: u64,
    patch: u64,
}

impl ReleaseVersion {
    /// Parses a version. Returns `None` if the text does not start with three numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        let version = ReleaseVersion {
            major: next()?,
            minor: next()?,
            patch: next()?,
        };
        numbers.next().is_none().then_some(version)
    }

    /// Returns the version for a release with these changes. Before 1.0.0, breaking changes increase the minor
    /// number, as cargo expects.
    #[must_use]
    pub fn after(self, diff: &Diff) -> Self {
        let (early, later) = diff.steps();
        match if self.major == 0 { early } else { later } {
            VersionStep::None => self,
            VersionStep::Patch => ReleaseVersion {
                patch: self.patch + 1,
                ..self
            },
            VersionStep::Minor => ReleaseVersion {
                minor: self.minor + 1,
                patch: 0,
                ..self
            },
            VersionStep::Major => ReleaseVersion {
                major: self.major + 1,
                minor: 0,
                patch: 0,
            },
        }
    }
}

impl fmt::Display for ReleaseVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Parses the tag of a release: `v1.2.0`, or with the package's name as a prefix.
pub fn tagged(tag: &str) -> Option<ReleaseVersion> {
    let (_, version) = tag.rsplit_once('v')?;
    ReleaseVersion::parse(version)
}

/// Returns a `Cargo.lock` with another version of a workspace member. Members have no `source`.
///
/// Returns `None` if there is no such package, or if it already has that version.
pub fn locked(lock: &str, package: &str, version: ReleaseVersion) -> Option<String> {
    let named = format!("name = \"{package}\"");
    let sections = lock.split_inclusive("\n\n").map(|section| {
        let is_entry = section.lines().any(|line| line == "[[package]]");
        let has = |wanted: &str| section.lines().any(|line| line.starts_with(wanted));
        if !is_entry || !section.lines().any(|line| line == named) || has("source = ") {
            return section.to_owned();
        }
        let line = |line: &str| match line.starts_with("version = ") {
            true => format!("version = \"{version}\"\n"),
            false => line.to_owned(),
        };
        section.split_inclusive('\n').map(line).collect()
    });
    let new: String = sections.collect();
    (new != lock).then_some(new)
}

/// The markers of the generated part, which is replaced if the changes grow before the release is made.
const BEGIN: &str = "<!-- What sdkgen found. Lines outside of this part stay as they are. -->";
const END: &str = "<!-- The end of what sdkgen found. -->";

const NEW: &str = "# Changelog\n\nThe form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), \
                   and versions follow\n[Semantic Versioning](https://semver.org/spec/v2.0.0.html).\n\n\
                   ## [Unreleased]\n";

/// Returns a changelog with the section of the next release, including the entries of "Unreleased".
///
/// A section of a version after `released` belongs to a release that was not made yet. It becomes the section of
/// `next`.
pub fn changelog(
    old: Option<&str>,
    released: ReleaseVersion,
    next: ReleaseVersion,
    date: &str,
    diff: &Diff,
) -> String {
    let old = old.unwrap_or(NEW);
    let (head, rest) = split_at_heading(old);
    let (unreleased, rest) = match heading(rest) {
        Some("Unreleased") => split_section(rest),
        _ => ("", rest),
    };
    let is_pending = heading(rest)
        .and_then(ReleaseVersion::parse)
        .is_some_and(|version| version > released);
    let (pending, rest) = if is_pending {
        split_section(rest)
    } else {
        ("", rest)
    };
    let by_hand = outside(body(pending));
    let own = [body(unreleased), by_hand.trim()];
    let found = report::changelog(diff);
    let found = body(&found);
    let mut text = format!("{head}## [Unreleased]\n\n## [{next}] - {date}\n");
    for own in own.into_iter().filter(|text| !text.is_empty()) {
        text.push_str(&format!("\n{own}\n"));
    }
    text.push_str(&format!("\n{BEGIN}\n\n{found}\n\n{END}\n"));
    if !rest.is_empty() {
        text.push('\n');
        text.push_str(rest);
    }
    text
}

/// Splits a text before its first section.
fn split_at_heading(text: &str) -> (&str, &str) {
    let at = match text.starts_with("## ") {
        true => 0,
        false => text.find("\n## ").map_or(text.len(), |at| at + 1),
    };
    text.split_at(at)
}

/// Splits a text after its first section.
fn split_section(text: &str) -> (&str, &str) {
    let at = text[2..].find("\n## ").map_or(text.len(), |at| at + 3);
    text.split_at(at)
}

/// Returns the name in the heading at the start of a text.
fn heading(text: &str) -> Option<&str> {
    let line = text.lines().next()?.strip_prefix("## ")?;
    let name = line.strip_prefix('[').unwrap_or(line);
    name.split([']', ' ']).next()
}

/// Returns a section without its heading.
fn body(section: &str) -> &str {
    section.split_once('\n').map_or("", |(_, body)| body).trim()
}

/// Returns a section without the generated part.
fn outside(body: &str) -> String {
    match (body.split_once(BEGIN), body.split_once(END)) {
        (Some((before, _)), Some((_, after))) => {
            format!("{}\n\n{}", before.trim_end(), after.trim_start())
        }
        _ => body.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ReleaseVersion, changelog, locked, tagged};
    use crate::diff::Diff;

    fn version(text: &str) -> ReleaseVersion {
        ReleaseVersion::parse(text).unwrap()
    }

    #[test]
    fn versions_are_read_from_tags() {
        for (tag, expected) in [
            ("v1.2.3", Some("1.2.3")),
            ("pets-v0.1.0", Some("0.1.0")),
            ("v2.0.0-rc.1", Some("2.0.0")),
            ("1.2.3", None),
            ("v1.2", None),
            ("v1.2.3.4", None),
        ] {
            let read = tagged(tag).map(|version| version.to_string());
            assert_eq!(read.as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn a_lock_file_has_the_version_of_the_release() {
        let foreign =
            "[[package]]\nname = \"pets\"\nversion = \"0.1.0\"\nsource = \"registry+x\"\n\n";
        let own =
            "[[package]]\nname = \"pets\"\nversion = \"0.1.0\"\ndependencies = [\n \"bytes\",\n]\n";
        let other = "[[package]]\nname = \"pets-more\"\nversion = \"0.1.0\"\n\n";
        let lock = format!("version = 4\n\n{foreign}{other}{own}");
        let new = locked(&lock, "pets", version("0.2.0")).unwrap();
        let moved = own.replace("0.1.0", "0.2.0");
        assert_eq!(new, format!("version = 4\n\n{foreign}{other}{moved}"));
        assert_eq!(locked(&new, "pets", version("0.2.0")), None);
        assert_eq!(locked(&lock, "cats", version("0.2.0")), None);
    }

    #[test]
    fn unreleased_entries_move_to_the_pending_section() {
        let diff = Diff::default();
        let old = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- By hand.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n";
        let (released, next) = (version("0.1.0"), version("0.1.1"));
        let one = changelog(Some(old), released, next, "2026-02-02", &diff);
        let expected = "# Changelog\n\n## [Unreleased]\n\n## [0.1.1] - 2026-02-02\n\n### Fixed\n\n- By hand.\n\n\
             <!-- What sdkgen found. Lines outside of this part stay as they are. -->\n\n\
             Nothing changes for callers.\n\n<!-- The end of what sdkgen found. -->\n\n\
             ## [0.1.0] - 2026-01-01\n\n- First.\n";
        assert_eq!(one, expected);
        let two = changelog(Some(&one), released, version("0.2.0"), "2026-03-03", &diff);
        assert_eq!(
            two,
            one.replace("## [0.1.1] - 2026-02-02", "## [0.2.0] - 2026-03-03")
        );
        let of_none = changelog(None, released, next, "2026-02-02", &diff);
        assert!(of_none.contains("## [Unreleased]\n\n## [0.1.1] - 2026-02-02\n\n<!--"));
    }
}
