//! Checks a crate's manifest against the rules of crates.io, and for metadata that users expect.
//!
//! The limits are those of crates.io's publish endpoint and of docs.rs' sandbox:
//! <https://doc.rust-lang.org/cargo/reference/publishing.html>, <https://docs.rs/about/builds>.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The maximum size of a package on crates.io in bytes.
pub const LARGEST: u64 = 10 << 20;

/// The maximum number of features on crates.io.
pub const MOST_FEATURES: usize = 300;

/// The memory limit of a docs.rs build in KiB.
pub const DOCS_MEMORY: u64 = 6 << 20;

/// The time limit of a docs.rs build in seconds.
pub const DOCS_SECONDS: u64 = 15 * 60;

const MOST_KEYWORDS: usize = 5;
const MOST_CATEGORIES: usize = 5;
const LONGEST_KEYWORD: usize = 20;
const LONGEST_NAME: usize = 64;
const LONGEST_DESCRIPTION: usize = 1000;

/// A package in the output of `cargo metadata`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CargoPackage {
    pub name: String,
    pub version: String,
    pub description: Option<String>,
    pub license: Option<String>,
    pub license_file: Option<String>,
    pub repository: Option<String>,
    pub readme: Option<String>,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    pub features: BTreeMap<String, Vec<String>>,
    /// The registries to which the package may be published, or `None` for any.
    pub publish: Option<Vec<String>>,
    pub rust_version: Option<String>,
    pub metadata: Option<PackageMetadata>,
}

/// `[package.metadata]`, as far as docs.rs reads it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PackageMetadata {
    #[serde(default)]
    pub docs: DocsTable,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct DocsTable {
    #[serde(default)]
    pub rs: DocsRs,
}

/// `[package.metadata.docs.rs]`, as far as generated crates use it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct DocsRs {
    pub all_features: bool,
    pub no_default_features: bool,
    pub features: Vec<String>,
    pub rustdoc_args: Vec<String>,
}

impl DocsRs {
    /// Returns the arguments of `cargo rustdoc` that docs.rs uses: its own flag, and those of the manifest.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["rustdoc".to_owned(), "--lib".to_owned()];
        if self.all_features {
            arguments.push("--all-features".to_owned());
        }
        if self.no_default_features {
            arguments.push("--no-default-features".to_owned());
        }
        if !self.features.is_empty() {
            arguments.extend(["--features".to_owned(), self.features.join(",")]);
        }
        arguments.extend(["--", "--cfg", "docsrs"].map(str::to_owned));
        arguments.extend(self.rustdoc_args.iter().cloned());
        arguments
    }
}

/// The effect of a finding on a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// crates.io refuses the crate, or docs.rs or users cannot build it.
    Refused,
    /// The crate can be published, but users would miss something.
    Missed,
}

/// Something to fix before a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishFinding {
    pub impact: Impact,
    /// A sentence with the problem and the fix.
    pub text: String,
}

impl PublishFinding {
    pub fn refused(text: impl Into<String>) -> Self {
        PublishFinding {
            impact: Impact::Refused,
            text: text.into(),
        }
    }

    pub fn missed(text: impl Into<String>) -> Self {
        PublishFinding {
            impact: Impact::Missed,
            text: text.into(),
        }
    }
}

/// Checks a manifest. `has_license_text` says whether the crate's folder contains a license file.
pub fn of_manifest(package: &CargoPackage, has_license_text: bool) -> Vec<PublishFinding> {
    // The placeholder of `templates/init/spec/sdkgen.yaml.j2`.
    let placeholder = "https://github.com/OWNER/";
    let repository = package.repository.as_deref().unwrap_or_default();
    let license = package.license.as_deref().unwrap_or_default();
    let missed = [
        (
            package.repository.is_none(),
            "no repository, so crates.io has no link to the sources; set `package.repository`"
                .to_owned(),
        ),
        (
            repository.starts_with(placeholder),
            format!(
                "the repository is still the placeholder {repository}; set `package.repository`"
            ),
        ),
        (
            package.keywords.is_empty(),
            "no keywords; set `package.keywords`".to_owned(),
        ),
        (
            package.categories.is_empty(),
            "no categories; set `package.categories`".to_owned(),
        ),
        (
            package.readme.is_none(),
            "no README, so crates.io shows no description of the crate".to_owned(),
        ),
        (
            package.rust_version.is_none(),
            "`rust-version` is not set, so cargo cannot report an unsupported Rust version"
                .to_owned(),
        ),
        (
            package.license.is_some() && !has_license_text,
            format!(
                "no file LICENSE: most licenses, possibly `{license}`, require that their text is distributed with \
                 the code"
            ),
        ),
    ];
    let missed = missed.into_iter().filter(|(is_missed, _)| *is_missed);
    let mut found = refused(package);
    found.extend(missed.map(|(_, text)| PublishFinding::missed(text)));
    found
}

fn refused(package: &CargoPackage) -> Vec<PublishFinding> {
    let described = package.description.as_deref().unwrap_or_default();
    let long_keyword = package
        .keywords
        .iter()
        .find(|word| word.len() > LONGEST_KEYWORD);
    let checks = [
        (
            package.publish.as_ref().is_some_and(Vec::is_empty),
            "Cargo.toml has `publish = false`".to_owned(),
        ),
        (
            package.name.len() > LONGEST_NAME,
            format!("the name is longer than {LONGEST_NAME} characters; set `package.name`"),
        ),
        (
            described.trim().is_empty(),
            "no description; set `package.description`".to_owned(),
        ),
        (
            described.chars().count() > LONGEST_DESCRIPTION,
            format!(
                "the description is longer than {LONGEST_DESCRIPTION} characters; set `package.description`"
            ),
        ),
        (
            package.license.is_none() && package.license_file.is_none(),
            "no license; set `package.license`".to_owned(),
        ),
        (
            package.keywords.len() > MOST_KEYWORDS,
            format!("more than {MOST_KEYWORDS} keywords; shorten `package.keywords`"),
        ),
        (
            long_keyword.is_some(),
            format!(
                "the keyword `{}` is longer than {LONGEST_KEYWORD} characters; change `package.keywords`",
                long_keyword.map_or("", String::as_str)
            ),
        ),
        (
            package.categories.len() > MOST_CATEGORIES,
            format!("more than {MOST_CATEGORIES} categories; shorten `package.categories`"),
        ),
        (
            package.features.len() > MOST_FEATURES,
            format!(
                "{} features, but crates.io allows {MOST_FEATURES}; set `features: false`, or exclude a part of the \
                 API with `filter`",
                package.features.len()
            ),
        ),
    ];
    let failed = checks.into_iter().filter(|(is_refused, _)| *is_refused);
    failed
        .map(|(_, text)| PublishFinding::refused(text))
        .collect()
}

/// Checks the size of the packed crate in bytes.
pub fn of_size(size: u64) -> Option<PublishFinding> {
    (size > LARGEST).then(|| {
        PublishFinding::refused(format!(
            "the package has {}, but crates.io allows {}; turn off `wire_tests`, or exclude a part of the API \
             with `filter`",
            mebibytes(size),
            mebibytes(LARGEST)
        ))
    })
}

/// Formats a size: `0.12 MiB`.
pub fn mebibytes(bytes: u64) -> String {
    format!("{:.2} MiB", bytes as f64 / f64::from(1 << 20))
}

/// Returns the full name of a version's toolchain, from the output of `rustup toolchain list`.
pub fn toolchain<'a>(list: &'a str, version: &str) -> Option<&'a str> {
    let mut names = list.lines().filter_map(|line| line.split(' ').next());
    names.find(|name| {
        let rest = name.strip_prefix(version);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    })
}

#[cfg(test)]
mod tests {
    use super::{CargoPackage, Impact, LARGEST, of_manifest, of_size, toolchain};

    #[test]
    fn a_toolchain_is_named_by_its_version() {
        let list = "stable-x86_64-unknown-linux-gnu (active, default)\n1.85.1-x86_64-unknown-linux-gnu\n\
                    1.8-x86_64-unknown-linux-gnu\n1.70\n";
        let found = |version| toolchain(list, version);
        assert_eq!(found("1.85"), Some("1.85.1-x86_64-unknown-linux-gnu"));
        assert_eq!(found("1.8"), Some("1.8-x86_64-unknown-linux-gnu"));
        assert_eq!(found("1.70"), Some("1.70"));
        assert_eq!(found("1.7"), None);
    }

    fn package() -> CargoPackage {
        CargoPackage {
            name: "pets".to_owned(),
            description: Some("Pets".to_owned()),
            license: Some("MIT".to_owned()),
            repository: Some("https://example.com".to_owned()),
            readme: Some("README.md".to_owned()),
            keywords: vec!["pets".to_owned()],
            categories: vec!["api-bindings".to_owned()],
            rust_version: Some("1.85".to_owned()),
            ..CargoPackage::default()
        }
    }

    fn findings(package: &CargoPackage, has_license_text: bool) -> Vec<String> {
        let found = of_manifest(package, has_license_text);
        let line = |finding: &super::PublishFinding| match finding.impact {
            Impact::Refused => format!("refused: {}", finding.text),
            Impact::Missed => format!("missed: {}", finding.text),
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn complete_manifests_have_no_findings() {
        assert_eq!(findings(&package(), true), Vec::<String>::new());
    }

    #[test]
    fn each_limit_is_reported_with_a_fix() {
        type Change = fn(&mut CargoPackage);
        let changes: [(Change, &str); 9] = [
            (
                |package| package.description = None,
                "refused: no description",
            ),
            (
                |package| package.description = Some("ä".repeat(1001)),
                "refused: the description is longer than 1000",
            ),
            (|package| package.license = None, "refused: no license"),
            (
                |package| package.keywords = vec!["word".to_owned(); 6],
                "refused: more than 5 keywords",
            ),
            (
                |package| package.keywords = vec!["w".repeat(21)],
                "is longer than 20 characters",
            ),
            (
                |package| {
                    let feature = |number: u32| (format!("part{number}"), Vec::new());
                    package.features = (0..301).map(feature).collect();
                },
                "refused: 301 features",
            ),
            (
                |package| package.publish = Some(Vec::new()),
                "refused: Cargo.toml has `publish = false`",
            ),
            (|package| package.repository = None, "missed: no repository"),
            (
                |package| package.rust_version = None,
                "missed: `rust-version`",
            ),
        ];
        for (change, expected) in changes {
            let mut package = package();
            change(&mut package);
            let findings = findings(&package, true);
            assert!(
                matches!(&findings[..], [only] if only.contains(expected)),
                "{expected}: {findings:?}"
            );
        }
        assert!(findings(&package(), false)[0].starts_with("missed: no file LICENSE"));
    }

    #[test]
    fn packages_up_to_ten_mebibytes_are_accepted() {
        assert_eq!(of_size(LARGEST), None);
        assert!(of_size(LARGEST + 1).unwrap().text.contains("10.00 MiB"));
    }
}
