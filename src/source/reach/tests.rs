//! Tests of files inside and outside of the allowed folders.

use super::file_url;

#[test]
fn file_urls_are_known_in_each_form() {
    for (url, path) in [
        ("file:///etc/passwd", Some("/etc/passwd")),
        ("FILE://localhost/etc/passwd", Some("/etc/passwd")),
        ("file:/etc/passwd", Some("/etc/passwd")),
        ("file:a.yaml", Some("a.yaml")),
        ("file://host", Some("")),
        ("files/a.yaml", None),
        ("https://example.com/file:", None),
    ] {
        assert_eq!(file_url(url), path, "{url}");
    }
}

/// A description in `project/api/`, and a file outside of the project.
#[cfg(unix)]
mod disk {
    use crate::diag::Diagnostics;
    use crate::load::{Inputs, load};
    use crate::source::{FileTarget, Refusal};
    use crate::tree::FileId;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    const SECRET: &str = "root:x:0:0\n";

    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Creates `outside/secret`, `project/shared/pet.yaml` and `project/api/toy.yaml`.
    fn project() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "outside/secret", SECRET);
        write(folder.path(), "project/shared/pet.yaml", "a: 1\n");
        write(folder.path(), "project/api/toy.yaml", "a: 1\n");
        folder
    }

    /// Resolves a reference in `project/api/main.yaml`. Asserts that a refused file is not read.
    fn found(folder: &TempDir, reference: &str, allowed: &[&str]) -> FileTarget {
        let text = format!("a: {{$ref: '{reference}#/a'}}\n");
        let entry = write(folder.path(), "project/api/main.yaml", &text);
        from(folder, &entry, reference, allowed)
    }

    fn from(folder: &TempDir, entry: &Path, reference: &str, allowed: &[&str]) -> FileTarget {
        let inputs = Inputs {
            allow_files: allowed
                .iter()
                .map(|name| folder.path().join(name))
                .collect(),
            ..Inputs::of(entry)
        };
        let loaded = load(&inputs, &mut Diagnostics::default()).unwrap();
        let found = loaded.sources.find(FileId(0), reference);
        let files = loaded.sources.files().len();
        assert_eq!(
            matches!(found, FileTarget::File(_)),
            files > 1,
            "{reference}"
        );
        found
    }

    fn is_outside(found: &FileTarget, of: bool) -> bool {
        matches!(found, FileTarget::Refused(Refusal::Outside { of_repository, .. }) if *of_repository == of)
    }

    #[test]
    fn without_a_repository_only_the_folder_is_allowed() {
        let folder = project();
        assert!(matches!(
            found(&folder, "toy.yaml", &[]),
            FileTarget::File(_)
        ));
        for reference in [
            "../shared/pet.yaml",
            "..%2Fshared/pet.yaml",
            "%2e%2e/shared/pet.yaml",
        ] {
            assert!(
                is_outside(&found(&folder, reference, &[]), false),
                "{reference}"
            );
            assert!(matches!(
                found(&folder, reference, &["project/shared"]),
                FileTarget::File(_)
            ));
            assert!(is_outside(&found(&folder, reference, &["outside"]), false));
        }
        assert!(matches!(
            found(&folder, "../none.yaml", &[]),
            FileTarget::Missing(_)
        ));
    }

    #[test]
    fn the_whole_repository_is_allowed() {
        let folder = project();
        fs::create_dir(folder.path().join("project/.git")).unwrap();
        assert!(matches!(
            found(&folder, "../shared/pet.yaml", &[]),
            FileTarget::File(_)
        ));
        for reference in ["../../outside/secret", "..%2f..%2foutside%2fsecret"] {
            assert!(
                is_outside(&found(&folder, reference, &[]), true),
                "{reference}"
            );
        }
        // In worktrees and submodules, `.git` is a file. The nearest one counts.
        write(folder.path(), "project/api/.git", "gitdir: elsewhere\n");
        assert!(is_outside(&found(&folder, "../shared/pet.yaml", &[]), true));
    }

    #[test]
    fn absolute_paths_lead_into_named_folders_only() {
        let folder = project();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (secret, toy) = (path("outside/secret"), path("project/api/toy.yaml"));
        let url = |host: &str| format!("file:{host}{secret}");
        for (reference, refusal) in [
            (secret.clone(), Refusal::Absolute),
            (secret.replace('/', "%2F"), Refusal::Absolute),
            (toy, Refusal::Absolute),
            ("/none/such.yaml".to_owned(), Refusal::Absolute),
            (url("//"), Refusal::FileUrl),
            (url(""), Refusal::FileUrl),
            (url("//localhost"), Refusal::FileUrl),
            (url("//").replace("file", "FILE"), Refusal::FileUrl),
            ("file:toy.yaml".to_owned(), Refusal::FileUrl),
        ] {
            assert_eq!(
                found(&folder, &reference, &[]),
                FileTarget::Refused(refusal),
                "{reference}"
            );
        }
        for reference in [secret.clone(), url("//"), url("")] {
            assert!(matches!(
                found(&folder, &reference, &["outside"]),
                FileTarget::File(_)
            ));
        }
        let gone = path("outside/none.yaml");
        assert!(matches!(
            found(&folder, &gone, &["outside"]),
            FileTarget::Missing(_)
        ));
        // A path may start in a named folder and leave it.
        let left = path("outside/../project/shared/pet.yaml");
        assert_eq!(
            found(&folder, &left, &["outside"]),
            FileTarget::Refused(Refusal::Absolute)
        );
    }

    #[test]
    fn links_are_checked_by_their_target() {
        let folder = project();
        let at = |name: &str| folder.path().join(name);
        symlink(at("outside/secret"), at("project/api/link.yaml")).unwrap();
        symlink(at("outside"), at("project/api/folder")).unwrap();
        symlink(at("project/api/toy.yaml"), at("project/api/inside.yaml")).unwrap();
        symlink(at("project/api/link.yaml"), at("project/api/again.yaml")).unwrap();
        assert!(matches!(
            found(&folder, "inside.yaml", &[]),
            FileTarget::File(_)
        ));
        for reference in ["link.yaml", "folder/secret", "again.yaml"] {
            assert!(
                is_outside(&found(&folder, reference, &[]), false),
                "{reference}"
            );
            assert!(matches!(
                found(&folder, reference, &["outside"]),
                FileTarget::File(_)
            ));
        }
        // A named folder may be a link.
        let named = found(&folder, "link.yaml", &["project/api/folder"]);
        assert!(matches!(named, FileTarget::File(_)));
    }

    /// The folders of the link and of its target are allowed, but not the target's repository.
    #[test]
    fn a_description_may_be_a_link() {
        let folder = project();
        let at = |name: &str| folder.path().join(name);
        for folder in ["project/.git", "store/.git"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        write(folder.path(), "store/deep/pet.yaml", "a: 1\n");
        write(folder.path(), "store/top.yaml", "a: 1\n");
        let entry = at("project/api/link.yaml");
        symlink(at("store/deep/main.yaml"), &entry).unwrap();
        symlink(at("store/deep/pet.yaml"), at("project/api/pet.yaml")).unwrap();
        symlink(at("store/top.yaml"), at("project/api/top.yaml")).unwrap();
        let found = |reference: &str| {
            let text = format!("a: {{$ref: '{reference}#/a'}}\n");
            write(folder.path(), "store/deep/main.yaml", &text);
            from(&folder, &entry, reference, &[])
        };
        assert!(matches!(found("toy.yaml"), FileTarget::File(_)));
        assert!(matches!(found("../shared/pet.yaml"), FileTarget::File(_)));
        assert!(matches!(found("pet.yaml"), FileTarget::File(_)));
        assert!(is_outside(&found("top.yaml"), true));
    }

    #[test]
    fn remote_folders_are_allowed() {
        let folder = project();
        let text = "a: {$ref: 'https://example.com/pet.yaml#/a'}\n\
                    b: {$ref: 'https://example.com/../../outside/secret'}\n";
        let entry = write(folder.path(), "project/api/main.yaml", text);
        let inputs = Inputs {
            remotes: vec![(
                "https://example.com/".to_owned(),
                folder.path().join("project/shared"),
            )],
            ..Inputs::of(entry)
        };
        let loaded = load(&inputs, &mut Diagnostics::default()).unwrap();
        let find = |reference: &str| loaded.sources.find(FileId(0), reference);
        assert!(matches!(
            find("https://example.com/pet.yaml"),
            FileTarget::File(_)
        ));
        assert!(is_outside(
            &find("https://example.com/../../outside/secret"),
            false
        ));
    }

    /// Other references are checked too, such as those of a discriminator's mapping.
    #[test]
    fn every_kind_of_reference_is_checked() {
        let folder = project();
        fs::copy(
            folder.path().join("outside/secret"),
            folder.path().join("outside/secret.yaml"),
        )
        .unwrap();
        let secret = "../../outside/secret.yaml";
        for text in [
            format!("a: {{$dynamicRef: '{secret}#/a'}}\n"),
            format!("a: {{mapping: {{x: '{secret}'}}}}\n"),
            format!("a: {{operationRef: '{secret}#/a'}}\n"),
        ] {
            let entry = write(folder.path(), "project/api/main.yaml", &text);
            assert!(
                is_outside(&from(&folder, &entry, secret, &[]), false),
                "{text}"
            );
        }
    }
}
