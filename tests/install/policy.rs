//! The policy for dependencies, and the files that other projects read.

use super::{manifest, read, support::repository};
use serde_json::Value as Json;
use std::fs;
use std::process::Command;

fn deny() -> toml::Table {
    read("deny.toml").parse().unwrap()
}

fn texts(value: &toml::Value) -> Vec<&str> {
    let list = value.as_array().unwrap().iter();
    list.filter_map(toml::Value::as_str).collect()
}

/// Checks licences and sources of dependencies without `cargo deny`, which may not be installed. Only packages of this
/// platform are on the disk.
#[test]
fn dependencies_have_allowed_licences_and_sources() {
    let host = Command::new("rustc")
        .args(["--print", "host-tuple"])
        .output()
        .unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--all-features",
            "--filter-platform",
            host.trim(),
        ])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    let deny = deny();
    let allowed = texts(&deny["licenses"]["allow"]);
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    // Members of the workspace are not dependencies of a published package.
    for package in packages
        .iter()
        .filter(|package| package["source"].is_string())
    {
        let name = package["name"].as_str().unwrap();
        let license = package["license"]
            .as_str()
            .unwrap_or_else(|| panic!("{name} has no licence"));
        let license = spdx::Expression::parse_mode(license, spdx::ParseMode::LAX).unwrap();
        let is_allowed =
            license.evaluate(|requirement| allowed.contains(&requirement.to_string().as_str()));
        assert!(is_allowed, "{name}: {license}");
        let registry = texts(&deny["sources"]["allow-registry"])[0];
        let source = package["source"].as_str();
        assert!(
            source == Some(format!("registry+{registry}").as_str()),
            "{name}"
        );
    }
}

#[test]
fn the_minimum_version_of_rust_is_written_down() {
    let version = manifest()["package"]["rust-version"]
        .as_str()
        .unwrap()
        .to_owned();
    let policy = read("CONTRIBUTING.md");
    assert!(
        policy.contains(&format!("Rust {version}")),
        "CONTRIBUTING.md does not name {version}"
    );
    assert!(policy.contains("deny.toml"));
}

/// Checks the targets of a release, and the files that name them.
#[test]
fn each_way_to_install_names_the_archives_of_a_release() {
    let release: toml::Table = read("dist-workspace.toml").parse().unwrap();
    let release = &release["dist"];
    let targets = texts(&release["targets"]);
    assert_eq!(targets.len(), 7);
    // The workspace has other packages with programs. One with another repository makes dist fail.
    assert_eq!(release["dist"].as_bool(), Some(false));
    assert_eq!(release["precise-builds"].as_bool(), Some(true));
    let package = &manifest()["package"];
    assert_eq!(package["metadata"]["dist"]["dist"].as_bool(), Some(true));
    assert_eq!(release["unix-archive"].as_str(), Some(".tar.gz"));
    assert_eq!(release["windows-archive"].as_str(), Some(".zip"));
    for path in ["npm/lib/binary.js", "packaging/action/install"] {
        let text = read(path);
        let words = text.split(|char: char| !(char.is_ascii_alphanumeric() || "_-".contains(char)));
        let named: Vec<&str> = words
            .filter(|word| word.starts_with("x86_64-") || word.starts_with("aarch64-"))
            .collect();
        assert!(named.len() >= 5, "{path}: {named:?}");
        for target in named {
            assert!(targets.contains(&target), "{path}: {target}");
        }
    }
    // Each custom job exists, and the workflow calls it with the configured permissions.
    let workflow: Json = serde_yaml::from_str(&read(".github/workflows/release.yml")).unwrap();
    for job in texts(&release["publish-jobs"]) {
        let job = job.trim_start_matches("./");
        let called = &workflow["jobs"][format!("custom-{job}")];
        assert_eq!(called["uses"], format!("./.github/workflows/{job}.yml"));
        let permissions =
            serde_json::to_value(&release["github-custom-job-permissions"][job]).unwrap();
        assert_eq!(called["permissions"], permissions);
        assert!(
            repository()
                .join(format!(".github/workflows/{job}.yml"))
                .is_file()
        );
    }
    let text = read(".github/workflows/release.yml");
    let version = release["cargo-dist-version"].as_str().unwrap();
    assert!(text.contains(&format!("cargo-dist/releases/download/v{version}/")));
    // The steps before each build equal those of the file that dist copies them from.
    let steps: Json = serde_yaml::from_str(&read(".github/release-build.yml")).unwrap();
    let builds = workflow["jobs"]["build-local-artifacts"]["steps"]
        .as_array()
        .unwrap();
    for step in steps.as_array().unwrap() {
        let run = |step: &Json| step["run"].as_str().map(|run| run.trim().to_owned());
        assert!(
            builds
                .iter()
                .any(|build| build["name"] == step["name"] && run(build) == run(step))
        );
    }
}

#[test]
fn forms_hooks_and_catalogs_are_well_formed() {
    let mut files = 0;
    for folder in [".github/ISSUE_TEMPLATE", ".github/workflows"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let form: Json = serde_yaml::from_str(&text)
                .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            for field in form["body"].as_array().into_iter().flatten() {
                assert!(field["type"].is_string() && field["attributes"].is_object());
            }
            files += 1;
        }
    }
    assert!(files > 6);
    let schema: Json = serde_json::from_str(&read("packaging/schemastore.json")).unwrap();
    let url = schema["url"].as_str().unwrap();
    let (_, path) = url.split_once("/main/").unwrap();
    assert!(repository().join(path).is_file(), "{path}");
    let hooks: Json = serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    for hook in hooks.as_array().unwrap() {
        assert!(hook["entry"].as_str().unwrap().starts_with("sdkgen "));
    }
}

/// Checks that the image copies every package of the workspace, and that it does not run as root.
#[test]
#[cfg(unix)]
fn the_image_copies_the_whole_workspace_and_runs_without_rights() {
    let text = read("Containerfile");
    let (build, image) = text.rsplit_once("\nFROM ").unwrap();
    let folder = tempfile::tempdir().unwrap();
    for line in build.lines().filter(|line| line.starts_with("COPY ")) {
        let words: Vec<&str> = line.split(' ').skip(1).collect();
        let (_, sources) = words.split_last().unwrap();
        for source in sources {
            let path = repository().join(source);
            assert!(path.exists(), "{source}");
            std::os::unix::fs::symlink(path, folder.path().join(source)).unwrap();
        }
    }
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&metadata.stderr);
    assert!(metadata.status.success(), "{errors}");
    // A numeric user other than 0.
    let user = image.lines().find_map(|line| line.strip_prefix("USER "));
    let (user, _) = user.and_then(|user| user.split_once(':')).unwrap();
    assert_ne!(user.parse::<u32>().unwrap(), 0);
}

/// Checks that the weekly run reports changes in a description and in the generated crate.
#[test]
#[cfg(unix)]
fn public_sdks_are_regenerated_and_compared() {
    const API: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://a.example'}]\n\
        paths:\n  /pets:\n    get: {operationId: listPets, responses: {'204': {description: None.}}}\n";
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("api.yaml"), API).unwrap();
    fs::write(
        path("list.tsv"),
        format!("pets\tfile://{}\n", path("api.yaml").display()),
    )
    .unwrap();
    let run = || {
        let output = Command::new(repository().join("tests/public/run"))
            .args([path("state"), path("list.tsv")])
            .env("SDKGEN", env!("CARGO_BIN_EXE_sdkgen"))
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, told) = run();
    assert!(
        code == Some(0) && told.contains("This is the first run."),
        "{told}"
    );
    let (code, told) = run();
    assert!(
        code == Some(0) && told.contains("Generated files: no change."),
        "{told}"
    );
    // An edit of the last run's output simulates a change of sdkgen.
    fs::write(path("state/pets/crate/src/lib.rs"), "// Another sdkgen.\n").unwrap();
    fs::write(path("api.yaml"), API.replace("listPets", "searchPets")).unwrap();
    let (code, told) = run();
    assert!(
        code == Some(0) && told.contains("Generated files: 1 changed."),
        "{told}"
    );
    assert!(
        told.contains("-// Another sdkgen.") && told.contains("search"),
        "{told}"
    );
    fs::write(path("api.yaml"), "openapi: [").unwrap();
    let (code, told) = run();
    assert!(
        code == Some(1) && told.contains("sdkgen cannot generate from it"),
        "{told}"
    );
}
