//! The package on crates.io, and the check at the beginning of a release.

use super::support::repository;
use super::{manifest, read};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The files that cargo adds to each package.
const ADDED: [&str; 3] = [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// The limit of crates.io is 10 MiB, compressed; this is the sum of the files.
const LIMIT: u64 = 10 << 20;

fn packaged() -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "package",
            "-p",
            "sdkgen",
            "--list",
            "--allow-dirty",
            "--offline",
        ])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.replace('\\', "/")).collect()
}

#[test]
fn the_package_has_the_included_files_only_and_is_small() {
    let manifest = manifest();
    let included = manifest["package"]["include"].as_array().unwrap();
    let included: Vec<&str> = included.iter().filter_map(toml::Value::as_str).collect();
    let is_included = |path: &str| {
        included.iter().any(|pattern| {
            let pattern = pattern.trim_start_matches('/');
            match pattern.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path == pattern || path.starts_with(&format!("{pattern}/")),
            }
        })
    };
    let paths = packaged();
    for path in &paths {
        assert!(
            is_included(path) || ADDED.contains(&path.as_str()),
            "{path}"
        );
    }
    let size = |path: &String| fs::metadata(repository().join(path)).map_or(0, |file| file.len());
    let size: u64 = paths.iter().map(size).sum();
    assert!(size < LIMIT, "{size} bytes");
}

/// Checks the templates, which `include_str!` reads: a package without one of them does not build.
#[test]
fn the_package_has_every_template() {
    let paths = packaged();
    let mut open = vec![repository().join("templates")];
    let mut count = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let path = path.strip_prefix(repository()).unwrap();
            let path = path.to_string_lossy().replace('\\', "/");
            assert!(paths.contains(&path), "{path}");
            count += 1;
        }
    }
    assert!(count > 100, "{count} templates");
}

/// Checks that `cargo binstall` downloads the archives that `dist` builds.
#[test]
fn binstall_reads_the_archives_of_a_release() {
    let manifest = manifest();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let url = binstall["pkg-url"].as_str().unwrap();
    assert!(url.starts_with("{ repo }/releases/download/v{ version }/sdkgen-{ target }"));
    assert_eq!(binstall["pkg-fmt"].as_str(), Some("tgz"));
}

/// Checks that every file of the Debian package exists, except for the binary.
#[test]
fn the_debian_package_has_existing_files() {
    let manifest = manifest();
    let assets = manifest["package"]["metadata"]["deb"]["assets"]
        .as_array()
        .unwrap();
    let sources: Vec<&str> = assets
        .iter()
        .filter_map(|asset| asset[0].as_str())
        .collect();
    assert!(sources.contains(&"target/release/sdkgen"));
    for source in sources {
        let is_built = source.starts_with("target/");
        assert!(is_built || repository().join(source).is_file(), "{source}");
    }
}

/// Creates a folder with the files that `packaging/release-check` reads.
fn release(folder: &Path, repository_line: &str, changelog: &str) {
    let manifest = format!(
        "[package]\nname = \"sdkgen\"\nversion = \"1.2.0\"\n{repository_line}\n[lib]\n\
        [package.metadata.deb]\nmaintainer = \"A <a@example.com>\"\n"
    );
    fs::create_dir_all(folder.join("npm")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("CHANGELOG.md"), changelog).unwrap();
    fs::write(
        folder.join("CODE_OF_CONDUCT.md"),
        "Report to a@example.com.\n",
    )
    .unwrap();
    let npm = "{\n  \"name\": \"sdkgen\",\n  \"version\": \"1.2.0\",\n  \"x\": 0\n}\n";
    fs::write(folder.join("npm/package.json"), npm).unwrap();
}

fn checked(folder: &Path, tag: &str) -> (bool, String) {
    let output = Command::new(repository().join("packaging/release-check"))
        .args((!tag.is_empty()).then_some(tag))
        .env("SDKGEN_ROOT", folder)
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(told).unwrap())
}

#[test]
#[cfg(unix)]
fn a_release_without_its_facts_fails_and_names_them() {
    const REPOSITORY: &str = "repository = \"https://github.com/somebody/sdkgen\"";
    const CHANGELOG: &str = "# Changelog\n\n## [1.2.0] - 2026-01-31\n";
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    release(root, REPOSITORY, CHANGELOG);
    for tag in ["", "v1.2.0"] {
        let (passed, told) = checked(root, tag);
        assert!(passed, "{told}");
    }
    let (passed, told) = checked(root, "v1.3.0");
    assert!(
        !passed && told.contains("`v1.3.0` is not `v1.2.0`"),
        "{told}"
    );
    for line in [
        "",
        "repository = \"https://github.com/OWNER/sdkgen\"",
        "repository = \"x\"",
    ] {
        release(root, line, CHANGELOG);
        let (passed, told) = checked(root, "");
        assert!(
            !passed && told.contains("`repository` in Cargo.toml"),
            "{told}"
        );
    }
    release(root, REPOSITORY, "# Changelog\n\n## [Unreleased]\n");
    let (passed, told) = checked(root, "");
    assert!(
        !passed && told.contains("`## [1.2.0] - YYYY-MM-DD`"),
        "{told}"
    );
    release(root, REPOSITORY, CHANGELOG);
    fs::write(root.join("CODE_OF_CONDUCT.md"), "Report to CONTACT.\n").unwrap();
    let (passed, told) = checked(root, "");
    assert!(
        !passed && told.contains("a contact in CODE_OF_CONDUCT.md"),
        "{told}"
    );
    release(root, REPOSITORY, CHANGELOG);
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    fs::write(
        root.join("Cargo.toml"),
        manifest.replace("maintainer", "other"),
    )
    .unwrap();
    let (passed, told) = checked(root, "");
    assert!(!passed && told.contains("`maintainer`"), "{told}");
    release(root, REPOSITORY, CHANGELOG);
    fs::write(root.join("npm/package.json"), "{}\n").unwrap();
    let (passed, told) = checked(root, "");
    assert!(
        !passed && told.contains("version 1.2.0 in npm/package.json"),
        "{told}"
    );
}

/// Checks that no file names a repository while it is unknown: another owner could publish under that name.
#[test]
fn the_repository_is_in_one_place() {
    let manifest = manifest();
    let known = manifest["package"].get("repository");
    let checklist = read("docs/release.md");
    assert!(checklist.contains("`repository` in `Cargo.toml`"));
    if known.is_none() {
        for path in [
            "npm/package.json",
            "action.yml",
            "flake.nix",
            "Containerfile",
        ] {
            assert!(!read(path).contains("github.com/"), "{path}");
        }
    }
}
