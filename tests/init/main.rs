//! A repository created by `sdkgen init` builds, passes its CI, opens pull requests and publishes: the commands of
//! its workflows are run unchanged.

#[cfg(unix)]
mod hostile;
#[path = "../support/mod.rs"]
mod support;
mod workflows;

use serde_json::Value as Json;
use std::fs;
use std::process::Command;
use support::place::{Folder, replace};
use support::{repository, target};
use workflows::Step;

/// Creates a repository with a description in two files, and a remote to push to.
fn begun(name: &str) -> Folder {
    begun_with(name, "")
}

/// The same, with more arguments of `init`.
fn begun_with(name: &str, arguments: &str) -> Folder {
    let above = target().join("tmp").join(name);
    let variables = [
        // The same folder as in `support`, so that both share build artifacts.
        ("CARGO_TARGET_DIR", Some(target().join("generated").into())),
        ("CARGO_PROFILE_DEV_DEBUG", Some("false".into())),
        ("CARGO_INCREMENTAL", Some("0".into())),
        ("RUNNER_TEMP", Some(above.join("bin").into())),
        ("RUSTFLAGS", None),
    ];
    let place = Folder::new(&above, "pets", variables);
    let sdkgen = env!("CARGO_BIN_EXE_sdkgen");
    std::os::unix::fs::symlink(sdkgen, place.bin.join("sdkgen")).unwrap();
    let spec = repository().join("tests/cli/cases/init/in/service");
    place.run(&format!(
        "sdkgen init '{}' --out . --quiet {arguments}",
        spec.display()
    ));
    // The same versions as in this repository, which are already downloaded: no test needs a network.
    support::cargo::lock(&place.root);
    place.run("git init --quiet --initial-branch main && git init --quiet --bare ../remote.git");
    place.run("git remote add origin ../remote.git");
    place.commit("Begin");
    place
}

/// Returns the steps of a workflow that run commands, except for those that install.
fn steps(place: &Folder, workflow: &str) -> Vec<Step> {
    let path = place.path(".github/workflows").join(workflow);
    let mut steps = workflows::steps(&path);
    steps.retain(|step| !step.name.starts_with("Install"));
    steps
}

fn step(place: &Folder, workflow: &str, name: &str) -> Step {
    let mut steps = steps(place, workflow).into_iter();
    steps.find(|step| step.name == name).expect(name)
}

/// Returns the command of a pre-commit hook.
fn hook(id: &str) -> String {
    let text = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Json = serde_yaml::from_str(&text).unwrap();
    let found = hooks
        .as_array()
        .unwrap()
        .iter()
        .find(|hook| hook["id"] == id);
    found.expect(id)["entry"].as_str().unwrap().to_owned()
}

#[test]
#[cfg(unix)]
fn a_new_repository_passes_its_workflows() {
    let place = begun("init");
    for step in steps(&place, "ci.yml") {
        step.passes(&place);
    }
    insta::assert_snapshot!(
        "readme",
        fs::read_to_string(place.path("README.md")).unwrap()
    );
    insta::assert_snapshot!(
        "configuration",
        fs::read_to_string(place.path("spec/sdkgen.yaml")).unwrap()
    );

    // A changed description becomes a pull request that lists the breaking changes.
    replace(
        &place.path("spec/api.yaml"),
        "operationId: listPets",
        "operationId: searchPets",
    );
    place.commit("The API has changed");
    let (passed, _) = step(&place, "ci.yml", "Check generated files").tried(&place, &[]);
    assert!(!passed, "the crate is not what the description gives");
    assert!(!place.tried(&hook("sdkgen-check"), &[]).0);
    // pre-commit passes all files to a hook at once.
    let lint = hook("sdkgen-lint");
    place.run(&format!(
        "cp -r spec other && {lint} spec/api.yaml other/api.yaml && rm -r other"
    ));
    fs::write(
        place.bin.join("gh"),
        "#!/bin/sh\necho \"$@\" > \"$RUNNER_TEMP/gh.txt\"\n",
    )
    .unwrap();
    place.run("chmod +x ../bin/gh");
    for step in steps(&place, "regenerate.yml") {
        step.passes(&place);
    }
    let changes = fs::read_to_string(place.bin.join("changes.md")).unwrap();
    assert!(
        changes.contains("pets().list()") && changes.contains("breaking"),
        "{changes}"
    );
    let asked = fs::read_to_string(place.bin.join("gh.txt")).unwrap();
    assert!(
        asked.starts_with("pr create --head regenerate --title Regenerate"),
        "{asked}"
    );
    let pushed = place.run("git ls-tree -r --name-only origin/regenerate");
    assert!(pushed.contains("pets/src/lib.rs"), "{pushed}");
    step(&place, "ci.yml", "Check generated files").passes(&place);
    place.run(&hook("sdkgen-check"));

    // The tag of a release must match the version.
    let compare = step(&place, "publish.yml", "Compare the tag with the version");
    let of = |tag| compare.tried(&place, &[("GITHUB_REF_NAME", tag)]).0;
    assert!(of("v0.1.0") && !of("v0.2.0"));
    let told = place.run("sdkgen check --publish");
    for line in [
        "pets 0.1.0\n",
        "  package   builds, ",
        "  docs.rs   builds with the settings of docs.rs",
        "  MSRV      ",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(
        told.contains("  missing   the repository is still the placeholder "),
        "{told}"
    );
    let publish = step(&place, "publish.yml", "Publish");
    assert_eq!(publish.run, "cargo publish -p \"$PACKAGE\"");
    let package = ("PACKAGE".to_owned(), "pets".to_owned());
    assert!(publish.variables.contains(&package));
}

/// Checks that `init --cli` adds a program: it passes the same workflows, and has the same version.
#[test]
#[cfg(unix)]
fn a_new_repository_may_have_a_program() {
    let place = begun_with("init-cli", "--cli");
    for step in steps(&place, "ci.yml") {
        step.passes(&place);
    }
    let told = place.run("sdkgen check --publish");
    let (_, program) = told.split_once("pets-cli 0.1.0\n").expect("the program");
    assert!(program.contains("  package   builds, "), "{told}");
    assert!(!program.contains("docs.rs"), "{told}");
    let read = |path: &str| fs::read_to_string(place.path(path)).unwrap();
    assert!(read("Cargo.toml").contains("members = [\"pets\", \"pets-cli\"]"));
    assert!(
        read("README.md").contains("| `pets-cli/` | ")
            && read("README.md").contains("cargo publish -p pets-cli")
    );
    assert!(!read("pets-cli/Cargo.toml").contains("[workspace]"));
    let publish = step(&place, "publish.yml", "Publish the program");
    assert_eq!(publish.run, "cargo publish -p \"$PROGRAM\"");
    assert!(
        publish
            .variables
            .contains(&("PROGRAM".to_owned(), "pets-cli".to_owned()))
    );

    // The changes of the crate and the program determine the version of both.
    place.run("git tag v0.1.0");
    replace(
        &place.path("spec/sdkgen.yaml"),
        "confirm: []",
        "confirm: [listPets]",
    );
    place.run(
        "sdkgen generate --bump && sdkgen check && cargo tree --locked --offline --quiet --depth 0",
    );
    assert!(read("pets/CHANGELOG.md").contains("`pets pets list --yes` is now required"));
    for manifest in ["pets/Cargo.toml", "pets-cli/Cargo.toml"] {
        assert!(read(manifest).contains("version = \"0.2.0\""), "{manifest}");
    }
    // Another program is not overwritten.
    let spec = repository().join("tests/cli/cases/init/in/service");
    let again = format!(
        "mkdir -p ../taken/pets-cli && sdkgen init '{}' --cli --out ../taken",
        spec.display()
    );
    let (passed, text) = place.tried(&again, &[]);
    assert!(
        !passed && text.contains("pets-cli` already exists"),
        "{text}"
    );
}

/// Checks that a crate that does not build because of a custom template is rejected before the upload.
#[test]
#[cfg(unix)]
fn a_crate_that_does_not_build_is_not_published() {
    let place = begun("refused");
    place.run("sdkgen templates export spec/mine rust/src/lib.rs.j2 rust/Cargo.toml.j2");
    let mine = |name: &str| place.path("spec/mine/rust").join(name);
    let lib = fs::read_to_string(mine("src/lib.rs.j2")).unwrap();
    fs::write(
        mine("src/lib.rs.j2"),
        lib + "compile_error!(\"unfinished\");\n",
    )
    .unwrap();
    replace(&mine("Cargo.toml.j2"), "license = {{ license }}\n", "");
    place.run("sdkgen generate --templates spec/mine");
    let (passed, told) = place.tried("sdkgen check --publish --templates spec/mine", &[]);
    assert!(!passed);
    for line in [
        "  rejected  no license; set `package.license`",
        "  rejected  `cargo package` failed:\n",
        "error: unfinished",
        "  rejected  the documentation would fail to build on docs.rs:\n",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("  package   builds"), "{told}");
}

/// Checks that two commands make a release: the changes since the last tag determine the version and the changelog.
#[test]
#[cfg(unix)]
fn a_release_version_follows_from_the_changes() {
    let place = begun("release");
    let api = place.path("spec/api.yaml");
    let version = || {
        let config = fs::read_to_string(place.path("spec/sdkgen.yaml")).unwrap();
        let (_, rest) = config.split_once("version: ").unwrap();
        rest.lines().next().unwrap().to_owned()
    };
    let log = || fs::read_to_string(place.path("pets/CHANGELOG.md")).unwrap();
    let told = place.run("sdkgen generate --bump");
    assert!(
        told.contains("no release tag yet; the version remains 0.1.0"),
        "{told}"
    );
    place.run("git tag v0.1.0");
    let told = place.run("sdkgen generate --bump");
    assert!(
        told.contains("no changes for callers since v0.1.0"),
        "{told}"
    );
    assert_eq!(
        (
            version().as_str(),
            place.run("git status --porcelain").as_str()
        ),
        ("0.1.0", "")
    );

    // An addition is a patch before 1.0.0, a breaking change a minor version, and one section lists both.
    let more = "parameters: [{name: limit, in: query, schema: {type: integer, default: 10}}]";
    replace(&api, "tags: [pets]", &format!("tags: [pets]\n      {more}"));
    place.run("sdkgen generate --bump && sdkgen check");
    assert_eq!(version(), "0.1.1");
    replace(&api, "operationId: listPets", "operationId: allPets");
    place.run("sdkgen generate --bump && sdkgen check");
    assert_eq!(version(), "0.2.0");
    let manifest = fs::read_to_string(place.path("pets/Cargo.toml")).unwrap();
    assert!(manifest.contains("version = \"0.2.0\""));
    let day = "0000-00-00";
    let text = log();
    let (_, rest) = text.split_once("## [0.2.0] - ").unwrap();
    insta::assert_snapshot!("changelog", text.replace(&rest[..day.len()], day));
    place.commit("Release 0.2.0");
    place.run("git tag v0.2.0");

    // A change that compiles but behaves differently is not released without acceptance.
    replace(&api, "default: 10", "default: 20");
    let (passed, told) = place.tried("sdkgen generate --bump", &[]);
    assert!(!passed && told.contains("1 silent change: "), "{told}");
    assert_eq!((version().as_str(), log()), ("0.2.0", text));
    place.run("sdkgen generate --bump --accept-silent && sdkgen check");
    assert_eq!(version(), "0.2.1");
    assert!(log().contains("## [0.2.1] - "));
}

/// Checks that the book has a page with the changelog as soon as there is one, and that edits of the changelog do not
/// make the book outdated.
#[test]
#[cfg(unix)]
fn a_changelog_is_a_page_of_the_book() {
    let place = begun("changelog");
    let page = place.path("docs/src/changelog.md");
    let included = || {
        let text = fs::read_to_string(&page).unwrap();
        let path = text.strip_prefix("{{#include ").unwrap().trim_end();
        let path = page.with_file_name(path.strip_suffix("}}").unwrap());
        fs::read_to_string(path).unwrap()
    };
    let contents = || fs::read_to_string(place.path("docs/src/SUMMARY.md")).unwrap();
    assert!(included().contains("## [Unreleased]"));
    assert!(contents().contains("- [Changelog](changelog.md)\n"));

    fs::remove_file(place.path("pets/CHANGELOG.md")).unwrap();
    let (passed, told) = place.tried("sdkgen check", &[]);
    assert!(!passed && told.contains("src/changelog.md"), "{told}");
    place.run("sdkgen generate && sdkgen check");
    assert!(!page.exists() && !contents().contains("changelog.md"));

    // The first release writes the changelog and its page.
    place.commit("Remove the changelog");
    place.run("git tag v0.1.0");
    let api = place.path("spec/api.yaml");
    replace(&api, "operationId: listPets", "operationId: allPets");
    place.run("sdkgen generate --bump && sdkgen check");
    assert!(included().contains("## [0.2.0] - "));
    let log = place.path("pets/CHANGELOG.md");
    replace(&log, "## [Unreleased]\n", "## [Unreleased]\n\n- More.\n");
    place.run("sdkgen check");
    assert!(included().contains("- More.\n"));
}

/// Checks that a Stainless configuration is converted to the same resources, methods, types, pagination and variable.
#[test]
fn a_stainless_configuration_is_converted() {
    let above = target().join("tmp/from-stainless");
    let _ = fs::remove_dir_all(&above);
    fs::create_dir_all(&above).unwrap();
    let given = repository().join("tests/init");
    let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .arg("init")
        .arg(given.join("api.yaml"))
        .arg("--from")
        .arg(given.join("stainless.yml"))
        .current_dir(&above)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let root = above.join("acme-zoo");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    insta::assert_snapshot!("stainless_configuration", read("spec/sdkgen.yaml"));
    insta::assert_snapshot!("stainless_overlay", read("spec/resources.overlay.yaml"));
    let pets = read("acme-zoo/src/resources/pets.rs");
    assert!(
        pets.contains("pub fn list(") && pets.contains("pub fn create("),
        "{pets}"
    );
    assert!(read("acme-zoo/src/resources/pets/builders.rs").contains(
        r#"paging::Next::Cursor(paging::PageParameter::Query("from"), &["meta", "upcoming"])"#
    ));
    let toys = read("acme-zoo/src/resources/pets_toys.rs");
    assert!(toys.contains("pub fn list("), "{toys}");
    assert!(read("acme-zoo/src/client.rs").contains("ZOO_KEY"));
    assert!(read("acme-zoo/src/types/pet.rs").contains("pub struct Pet "));
    assert!(read("LICENSE-MIT").contains("MIT") && !root.join("LICENSE-APACHE").exists());
}
