//! The npm wrapper, with a release in a local folder.

use super::support::repository;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const TARGETS: [&str; 5] = [
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "aarch64-unknown-linux-musl",
    "x86_64-unknown-linux-musl",
    "x86_64-pc-windows-msvc",
];

fn node(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("node")
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .output()
        .unwrap()
}

/// Copies the wrapper, and writes a release whose binary prints its arguments and exits with 3.
fn prepared(folder: &Path) {
    for path in [
        "package.json",
        "prepare.js",
        "bin/sdkgen.js",
        "lib/binary.js",
    ] {
        let to = folder.join("npm").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(repository().join("npm").join(path), to).unwrap();
    }
    let release = folder.join(format!("releases/download/v{}", env!("CARGO_PKG_VERSION")));
    fs::create_dir_all(&release).unwrap();
    for target in TARGETS {
        let name = format!("sdkgen-{target}");
        let inner = release.join(&name);
        fs::create_dir_all(&inner).unwrap();
        fs::write(
            inner.join("sdkgen"),
            "#!/bin/sh\nprintf '[%s]' \"$@\"\nexit 3\n",
        )
        .unwrap();
        let extension = if target.contains("windows") {
            "zip"
        } else {
            "tar.gz"
        };
        let archive = format!("{name}.{extension}");
        let packed = Command::new("tar")
            .args(["-czf", &archive, &name])
            .current_dir(&release)
            .status();
        assert!(packed.unwrap().success());
    }
    let url = format!("file://{}", folder.display());
    let made = node(
        folder,
        &["npm/prepare.js", &release.display().to_string(), &url],
    );
    assert!(made.status.success(), "{made:?}");
}

#[test]
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
fn the_binary_of_a_release_is_checked_kept_and_run() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    prepared(root);
    let releases = root.join("releases");
    for _ in 0..2 {
        let run = node(root, &["npm/bin/sdkgen.js", "generate", "a b"]);
        assert_eq!(run.status.code(), Some(3), "{run:?}");
        assert_eq!(String::from_utf8(run.stdout).unwrap(), "[generate][a b]");
        // The second run uses the installed binary.
        let _ = fs::remove_dir_all(&releases);
    }
    let left = fs::read_dir(root.join("cache/sdkgen")).unwrap().count();
    assert_eq!(left, 1, "temporary folders are removed");
}

#[test]
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
fn an_archive_that_was_not_published_is_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    prepared(root);
    let release = root.join(format!("releases/download/v{}", env!("CARGO_PKG_VERSION")));
    for target in TARGETS.iter().filter(|target| target.contains("musl")) {
        fs::write(release.join(format!("sdkgen-{target}.tar.gz")), "another").unwrap();
    }
    let run = node(root, &["npm/bin/sdkgen.js", "check"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(told.contains("is not what was published"), "{told}");
    assert!(!root.join("cache").exists(), "nothing is kept");
}

/// Checks that without the checksums of a release, the package is private and runs nothing.
#[test]
fn the_package_in_the_repository_cannot_be_published() {
    let folder = tempfile::tempdir().unwrap();
    let manifest: serde_json::Value =
        serde_json::from_str(&super::read("npm/package.json")).unwrap();
    assert_eq!(manifest["private"], true);
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let script = repository().join("npm/bin/sdkgen.js");
    if !repository().join("npm/release.json").exists() {
        let run = node(folder.path(), &[&script.display().to_string(), "check"]);
        assert_eq!(run.status.code(), Some(2));
        let told = String::from_utf8(run.stderr).unwrap();
        assert!(told.contains("names no release"), "{told}");
    }
}
