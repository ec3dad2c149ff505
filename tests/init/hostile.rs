//! The workflows of a new repository run the same commands, whatever the names of the description and its files.

use super::support::place::Location;
use super::support::target;
use super::workflows::{Step, steps};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Texts with a special meaning in shells or runners.
const HOSTILE: [&str; 8] = [
    "$(touch pwned)",
    "a b;touch pwned;",
    "`touch pwned`",
    "${{ github.token }}",
    "a' && touch pwned; echo '",
    "a\" && touch pwned; echo \"",
    "--help",
    "описание",
];

const STUB: &str = r#"#!/bin/sh
{ printf '[%s]' "${0##*/}" "$@"; echo; } >> "$RUNNER_TEMP/calls.txt"
case "$1" in pkgid) echo "path+file:///x#$3@0.1.0";; esac
"#;

const PINNED: [&str; 4] = [
    "--sdkgen-git",
    "https://example.com/tools/sdkgen.git",
    "--sdkgen-rev",
    "0123456789abcdef0123456789abcdef01234567",
];

fn place(name: &str) -> Location {
    let above = target().join("tmp").join(name);
    let variables = [("RUNNER_TEMP", Some(above.join("bin").into()))];
    let place = Location::new(&above, "pets", variables);
    for program in ["rustup", "cargo", "sdkgen", "gh"] {
        fs::write(place.bin.join(program), STUB).unwrap();
    }
    place.run("chmod +x ../bin/*");
    place
}

/// Writes a description into a folder. Its texts are as hostile as its name.
fn describe(folder: &Path, file: &str, text: &str) {
    let text = serde_json::Value::from(text);
    let api = format!(
        "openapi: 3.1.0\ninfo: {{title: {text}, version: {text}}}\nservers: [{{url: 'https://a.example'}}]\n\
         tags: [{{name: {text}}}]\npaths:\n  /a:\n    get: {{operationId: a, tags: [{text}], responses: {{'204': {{description: OK}}}}}}\n"
    );
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(file), api).unwrap();
}

fn init(place: &Location, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkgen"));
    command.arg("init").args(arguments).current_dir(&place.root);
    command.args(PINNED).output().unwrap()
}

fn all_steps(repository: &Path) -> Vec<Step> {
    let folder = repository.join(".github/workflows");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 3);
    files.iter().flat_map(|file| steps(file)).collect()
}

/// Asserts that no file exists that only an injected command creates.
fn assert_unharmed(place: &Location) {
    let found = place.run("find .. -name pwned");
    assert_eq!(found, "");
}

/// Runs all steps of a repository, and returns the programs that they call.
fn run_all(place: &Location, more: &[(&str, &str)]) -> String {
    let calls = place.bin.join("calls.txt");
    let _ = fs::remove_file(&calls);
    // A change for the pull request.
    fs::write(place.path("notes.md"), "new\n").unwrap();
    for step in all_steps(&place.root) {
        let tag = [("GITHUB_REF_NAME", "v0.1.0")];
        let variables: Vec<_> = tag.iter().chain(more).copied().collect();
        let (passed, told) = step.tried(place, &variables);
        assert!(passed, "{}\n{told}", step.name);
        assert_unharmed(place);
    }
    fs::read_to_string(calls).unwrap()
}

fn begin(place: &Location) {
    place.run("git init --quiet --initial-branch main && git init --quiet --bare ../remote.git");
    place.run("git remote add origin ../remote.git");
    place.commit("Begin");
}

#[test]
fn no_text_of_a_description_reaches_a_command() {
    let mut known: Option<Vec<String>> = None;
    for (index, text) in HOSTILE.into_iter().enumerate() {
        let place = place(&format!("hostile-{index}"));
        let folder = place.root.with_file_name("service");
        let file = format!("{text}.yaml");
        describe(&folder, &file, text);
        // The user names only the folder and does not see the file's name.
        let made = init(&place, &["../service", "--out", ".", "--package", "pets"]);
        let told = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
        assert!(made.status.success(), "{text}: {told}");
        assert_unharmed(&place);
        let config = fs::read_to_string(place.path("spec/sdkgen.yaml")).unwrap();
        let config: serde_json::Value = serde_yaml::from_str(&config).unwrap();
        let name = config["spec"].as_str().unwrap();
        let safe = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
        assert!(name.chars().all(safe), "{name}");
        let original = fs::read(folder.join(&file)).unwrap();
        assert_eq!(fs::read(place.path("spec").join(name)).unwrap(), original);
        assert_eq!(told.contains("was copied as"), name != file, "{told}");

        let lines: Vec<String> = all_steps(&place.root)
            .into_iter()
            .map(|step| step.run)
            .collect();
        assert_eq!(*known.get_or_insert_with(|| lines.clone()), lines, "{text}");
        begin(&place);
        let commit = place.run("git rev-parse HEAD");
        let calls = run_all(&place, &[]);
        let commit = commit.trim();
        for call in [
            format!(
                "[sdkgen][diff][{commit}:spec/{name}][spec/{name}][--config][spec/sdkgen.yaml][--format][github]\n"
            ),
            format!(
                "[cargo][install][--git][{}][--rev][{}][--locked][sdkgen]\n",
                PINNED[1], PINNED[3]
            ),
            "[cargo][pkgid][-p][pets]\n".to_owned(),
            "[cargo][publish][-p][pets]\n".to_owned(),
            "[gh][pr][create][--head][regenerate][--title][Regenerate][--body-file]".to_owned(),
        ] {
            assert!(calls.contains(&call), "{call}\n{calls}");
        }
    }
}

/// Checks that commands handle a hostile variable as one word.
#[test]
fn variables_are_single_words_in_commands() {
    let place = place("hostile-variables");
    describe(&place.root.with_file_name("service"), "api.yaml", "Pets");
    assert!(
        init(&place, &["../service", "--out", ".", "--package", "pets"])
            .status
            .success()
    );
    begin(&place);
    for text in HOSTILE {
        place.run("git switch --quiet main && rm -f notes.md");
        let calls = run_all(&place, &[("PACKAGE", text), ("SPEC", text)]);
        for call in [
            format!("[cargo][publish][-p][{text}]\n"),
            format!("[cargo][pkgid][-p][{text}]\n"),
            format!("[sdkgen][diff][:{text}][{text}][--config]"),
        ] {
            assert!(calls.contains(&call), "{call}\n{calls}");
        }
    }
}

#[test]
fn names_of_packages_are_refused_or_words() {
    let place = place("hostile-packages");
    describe(&place.root.with_file_name("service"), "api.yaml", "Pets");
    for text in HOSTILE {
        let package = format!("--package={text}");
        let made = init(&place, &["../service", "--out", "o", &package]);
        assert_eq!(made.status.code(), Some(2), "{text}");
        assert!(!place.path("o").exists(), "{text}");
    }
    // Words that YAML does not read as strings.
    for name in ["null", "yes"] {
        assert!(
            init(&place, &["../service", "--out", name, "--package", name])
                .status
                .success()
        );
        let manifest = fs::read_to_string(place.path(name).join(name).join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "{manifest}"
        );
    }
    assert_unharmed(&place);
}

/// Checks that values of another generator's configuration cannot inject keys, and that an invalid value creates no
/// repository.
#[test]
fn another_generators_configuration_cannot_inject_keys() {
    let place = place("hostile-former");
    describe(&place.root.with_file_name("service"), "api.yaml", "Pets");
    let former = |license: &str, env: &str| {
        let (license, env) = (
            serde_json::Value::from(license),
            serde_json::Value::from(env),
        );
        let text = format!(
            "settings: {{license: {license}}}\norganization: {{name: zoo}}\n\
             client_settings: {{opts: {{api_key: {{type: string, auth: {{security_scheme: key}}, read_env: {env}}}}}}}\n"
        );
        fs::write(place.path("stainless.yml"), text).unwrap();
        init(
            &place,
            &["../service", "--out", "o", "--from", "stainless.yml"],
        )
    };
    for (license, env) in [
        ("MIT\nallow_files: [/]", "ZOO_KEY"),
        ("MIT", "ZOO_KEY}\nallow_files: [/]\n#"),
        ("MIT", "$(touch pwned)"),
        ("MIT # x", "ZOO_KEY"),
    ] {
        let made = former(license, env);
        let told = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(1), "{license} {env}: {told}");
        assert!(told.contains("spec/sdkgen.yaml:"), "{told}");
        assert!(!place.path("o").exists(), "{told}");
    }
    assert!(former("MIT", "ZOO_KEY").status.success());
    assert_unharmed(&place);
}

/// Checks that the title is plain text in the README, not Markdown.
#[test]
fn a_title_is_text_of_the_readme() {
    let place = place("hostile-title");
    let title = "A <img src=x> [link](https://evil.example) `touch pwned`";
    describe(&place.root.with_file_name("service"), "api.yaml", title);
    assert!(
        init(&place, &["../service", "--out", ".", "--package", "pets"])
            .status
            .success()
    );
    let readme = fs::read_to_string(place.path("README.md")).unwrap();
    let line = readme.lines().nth(2).unwrap();
    assert_eq!(
        line,
        "The Rust client for A \\<img src=x> \\[link](https\\://evil.example) \\`touch pwned\\`, \
         generated by sdkgen 0.1.0 from the OpenAPI document in `spec/`."
    );
}

/// Checks that a file that others refer to keeps its name, or that no repository is created.
#[test]
fn references_lead_to_the_copies_of_their_files() {
    let place = place("hostile-references");
    let folder = place.root.with_file_name("service");
    let write = |file: &str, text: &str| {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let api = |reference: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths:\n  /a:\n    get:\n      \
             operationId: a\n      responses: {{'200': {{description: OK, content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}\n\
             components: {{schemas: {{Own: {{type: string}}}}}}\n"
        )
    };
    let pet = "Pet: {type: object, properties: {name: {type: string}}}\n";
    write("v 1/a b.yaml", &api("../types/pet.yaml#/Pet"));
    write("types/pet.yaml", pet);
    let entry = "../service/v 1/a b.yaml";
    fs::create_dir_all(folder.join(".git")).unwrap();
    let made = |out: &str| {
        let made = init(&place, &[entry, "--out", out, "--package", "pets"]);
        (
            made.status.code(),
            String::from_utf8_lossy(&made.stderr).into_owned(),
        )
    };
    // The files are in two folders, both of which the new repository contains without git.
    let (code, told) = made("good");
    assert_eq!(code, Some(0), "{told}");
    let config = fs::read_to_string(place.path("good/spec/sdkgen.yaml")).unwrap();
    assert!(config.contains("spec: v-1/a-b.yaml\n"), "{config}");
    assert!(config.contains("allow_files: [.]\n"), "{config}");
    assert!(place.path("good/pets/src/types/pet.rs").exists());
    // The document refers to itself by a name that would change.
    for (reference, file) in [
        ("a b.yaml#/components/schemas/Own", None),
        ("a%20b.yaml#/components/schemas/Own", None),
        ("../types/my pet.yaml#/Pet", Some("types/my pet.yaml")),
    ] {
        write("v 1/a b.yaml", &api(reference));
        if let Some(file) = file {
            write(file, pet);
        }
        let (code, told) = made("bad");
        assert_eq!(code, Some(1), "{reference}: {told}");
        assert!(told.contains("sdkgen bundle"), "{told}");
        assert!(!place.path("bad").exists());
    }
}
