//! `sdkgen diff`: two files, and a file compared with a git revision.

use super::sandbox::{Run, Sandbox};
use std::process::Command;

/// Returns an API with one operation of this name, whose type is in another file.
fn api(operation: &str) -> String {
    format!(
        "openapi: 3.1.0\n\
         info: {{title: Pets, version: '1'}}\n\
         paths:\n\
         \x20 /pets:\n\
         \x20   get:\n\
         \x20     operationId: {operation}\n\
         \x20     tags: [pets]\n\
         \x20     responses:\n\
         \x20       '200': {{description: OK, content: {{application/json: {{schema: {{$ref: 'pet.yaml#/Pet'}}}}}}}}\n"
    )
}

const PET: &str = "Pet: {type: object, properties: {name: {type: string}}}\n";
const OLDER: &str =
    "Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}\n";

fn git(sandbox: &Sandbox, line: &str) {
    let mut command = Command::new("git");
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    command.args(identity).args(["-c", "commit.gpgsign=false"]);
    let command = command.args(line.split(' ')).current_dir(sandbox.path(""));
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {line}: {output:?}");
}

/// Creates a repository whose first commit has the older type, and whose working tree has the newer one.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new(&[
        ("spec/api.yaml", &api("listPets")),
        ("spec/pet.yaml", OLDER),
    ]);
    git(&sandbox, "init --quiet");
    git(&sandbox, "add .");
    git(&sandbox, "commit --quiet -m First");
    git(&sandbox, "tag v1");
    sandbox.write("spec/pet.yaml", PET);
    sandbox
}

const GONE: &str = "breaking: types::Pet.age was removed\n";

#[test]
fn a_file_is_compared_with_a_revision_of_it() {
    let sandbox = repository();
    for old in [
        "HEAD:spec/api.yaml",
        "v1:spec/api.yaml",
        "v1:./spec/api.yaml",
    ] {
        let run = sandbox.run(&format!("diff {old} spec/api.yaml --format short"));
        assert_eq!((run.code, run.out.as_str()), (1, GONE), "{run:?}");
    }
    // Each side reads the files of its own revision.
    let same = sandbox.run("diff v1:spec/api.yaml HEAD:spec/api.yaml --format short");
    assert_eq!((same.code, same.out.as_str()), (0, ""), "{same:?}");
    let mut below = sandbox.command(&["diff", "v1:./api.yaml", "api.yaml", "--format", "short"]);
    let output = below.current_dir(sandbox.path("spec")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), GONE);
}

#[test]
fn a_file_missing_from_git_is_reported() {
    let sandbox = repository();
    let told = |old: &str| {
        let Run { code, out, err } = sandbox.run(&format!("diff {old} spec/api.yaml"));
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    let err = told("v2:spec/api.yaml");
    assert!(err.contains("unknown git revision `v2`"), "{err}");
    let err = told("v1:api.yaml");
    assert!(err.contains("no such file in the revision `v1`"), "{err}");
    let err = told("v1:spec");
    assert!(err.contains("no such file in the revision `v1`"), "{err}");
    let err = told("--upload-pack=x:y");
    assert!(err.contains("unexpected argument"), "{err}");

    let outside = Sandbox::new(&[("api.yaml", &api("listPets")), ("pet.yaml", PET)]);
    let mut command = outside.command(&["diff", "HEAD:api.yaml", "api.yaml"]);
    let output = command
        .env(
            "GIT_CEILING_DIRECTORIES",
            outside.path("").parent().unwrap(),
        )
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("not a git repository"), "{err}");
    let mut command = outside.command(&["diff", "HEAD:api.yaml", "api.yaml"]);
    let output = command.env("PATH", outside.path("none")).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("cannot run git"), "{err}");
}

#[test]
fn exit_codes_tell_whether_anything_breaks() {
    let sandbox = Sandbox::new(&[
        ("old.yaml", &api("listPets")),
        ("same.yaml", &api("list_pets")),
        ("new.yaml", &api("findPets")),
        (
            "more.yaml",
            &api("listPets").replace("listPets", "listPets\n      deprecated: true"),
        ),
        ("pet.yaml", PET),
        ("none.yaml", "openapi: [\n"),
        ("names.yaml", "spec: old.yaml\noperations: {}\n"),
    ]);
    let code = |line: &str| sandbox.run(&format!("diff {line}")).code;
    assert_eq!(code("old.yaml same.yaml"), 0);
    assert_eq!(code("old.yaml more.yaml"), 0);
    assert_eq!(code("old.yaml new.yaml"), 1);
    assert_eq!(code("old.yaml new.yaml --quiet"), 1);
    for misuse in [
        "old.yaml",
        "old.yaml absent.yaml",
        "none.yaml old.yaml",
        "old.yaml none.yaml",
        "old.yaml new.yaml --format sarif",
        "old.yaml new.yaml --config absent.yaml",
        "old.yaml new.yaml --config names.yaml",
    ] {
        assert_eq!(code(misuse), 2, "{misuse}");
    }
    let markdown = sandbox.run("lint old.yaml --format markdown");
    assert_eq!(
        (markdown.code, markdown.out.as_str()),
        (2, ""),
        "{markdown:?}"
    );
}

#[test]
fn both_documents_are_read_as_the_configuration_says() {
    let rename = "overlay: 1.0.0\ninfo: {title: Names, version: '1'}\nactions:\n  \
                  - {target: \"$.paths['/pets'].get\", update: {operationId: searchPets}}\n";
    let sandbox = Sandbox::new(&[
        ("old.yaml", &api("listPets")),
        ("new.yaml", &api("findPets")),
        ("pet.yaml", PET),
        ("rename.yaml", rename),
        ("sdkgen.yaml", "spec: new.yaml\noverlays: [rename.yaml]\n"),
    ]);
    let run = sandbox.run("diff old.yaml new.yaml --config sdkgen.yaml --format short");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    sandbox.write("before.yaml", "spec: old.yaml\n");
    let line =
        "diff old.yaml new.yaml --config sdkgen.yaml --old-config before.yaml --format short";
    let run = sandbox.run(line);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(
        run.out,
        "breaking: pets().list was renamed to `pets().search`\n"
    );
}

/// Checks a renamed schema with the configuration line that `diff` suggests: the older document has no such schema.
#[test]
fn a_revision_is_read_with_its_own_configuration() {
    let spec = |name: &str| {
        let of_file =
            api("listPets").replace("pet.yaml#/Pet", &format!("#/components/schemas/{name}"));
        format!("{of_file}components: {{schemas: {{{name}: {{type: object}}}}}}\n")
    };
    let sandbox = Sandbox::new(&[
        ("spec/api.yaml", &spec("Pet")),
        ("spec/sdkgen.yaml", "spec: api.yaml\n"),
        ("old/api.yaml", &spec("Pet")),
    ]);
    git(&sandbox, "init --quiet");
    git(&sandbox, "add .");
    git(&sandbox, "commit --quiet -m First");
    git(&sandbox, "tag v1");
    sandbox.write("spec/api.yaml", &spec("Animal"));
    let names = "spec: api.yaml\nnames:\n  types:\n    Animal: Pet\n";
    let line = "diff v1:spec/api.yaml spec/api.yaml --config spec/sdkgen.yaml --format short";
    let run = sandbox.run(line);
    assert!(run.out.contains("was renamed to `Animal`"), "{run:?}");
    sandbox.write("spec/sdkgen.yaml", names);
    let run = sandbox.run(line);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let mut below = sandbox.command(&[
        "diff",
        "v1:./api.yaml",
        "api.yaml",
        "--config",
        "sdkgen.yaml",
        "--format",
        "short",
    ]);
    let output = below.current_dir(sandbox.path("spec")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // Two files share the given configuration, or each has its own.
    let line = "diff old/api.yaml spec/api.yaml --config spec/sdkgen.yaml --format short";
    let run = sandbox.run(line);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    assert!(run.err.contains("E0504"), "{run:?}");
    assert!(
        run.err.contains("the old document `old/api.yaml`"),
        "{run:?}"
    );
    assert!(run.err.contains("--old-config"), "{run:?}");
    let run = sandbox.run(&format!("{line} --old-config v1:spec/sdkgen.yaml"));
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let run = sandbox.run(&format!("{line} --old-config v2:spec/sdkgen.yaml"));
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("unknown git revision `v2`"), "{run:?}");
    let run = sandbox.run("diff v1:spec/api.yaml spec/none.yaml --config spec/sdkgen.yaml");
    assert!(
        run.err.contains("the new document `spec/none.yaml`"),
        "{run:?}"
    );
    assert!(!run.err.contains("--old-config"), "{run:?}");
}

/// Checks that a release changes the version in the lock file, which `--locked` builds use, and in the changelog.
#[test]
fn a_release_updates_the_lock_file_and_the_changelog() {
    let lock = "version = 4\n\n[[package]]\nname = \"pets\"\nversion = \"0.1.0\"\n";
    let config = "spec: api.yaml\nout: ../crates/pets\npackage: {name: pets, version: 0.1.0}\n";
    let sandbox = Sandbox::new(&[
        ("spec/api.yaml", &api("listPets")),
        ("spec/pet.yaml", PET),
        ("spec/sdkgen.yaml", config),
        ("Cargo.lock", lock),
    ]);
    git(&sandbox, "init --quiet");
    git(&sandbox, "add .");
    git(&sandbox, "commit --quiet -m First");
    git(&sandbox, "tag v0.1.0");
    sandbox.write("spec/pet.yaml", OLDER);
    let run = sandbox.run("generate --bump");
    assert_eq!(run.code, 0, "{run:?}");
    let read = |path: &str| sandbox.read(path);
    let released = "version = \"0.1.1\"";
    assert!(read("crates/pets/Cargo.toml").contains(released));
    assert_eq!(read("Cargo.lock"), lock.replace("0.1.0", "0.1.1"));
    assert!(read("crates/pets/CHANGELOG.md").contains("## [0.1.1]"));
    assert!(read("crates/pets/Cargo.toml").contains("\"/CHANGELOG.md\""));
    // The crate's own lock file takes precedence over those of parent folders.
    sandbox.write("crates/pets/Cargo.lock", lock);
    sandbox.write("spec/api.yaml", &api("findPets"));
    let run = sandbox.run("generate --bump");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(read("crates/pets/Cargo.lock").contains("version = \"0.2.0\""));
    assert_eq!(read("Cargo.lock"), lock.replace("0.1.0", "0.1.1"));
}

/// Checks that a confirmed shape and fewer envelope keys require acceptance, as they change how responses are read.
#[test]
fn changes_of_decoding_require_acceptance() {
    let confirmed = "Pet: {type: object, properties: {name: {type: string}}}\n";
    let inferred = confirmed.replace("Pet: {", "Pet: {x-sdkgen-inferred: true, ");
    let config = "spec: api.yaml\nout: ../pets\npackage: {name: pets, version: 0.1.0}\n";
    let sandbox = Sandbox::new(&[
        ("spec/api.yaml", &api("listPets")),
        ("spec/pet.yaml", &inferred),
        ("spec/sdkgen.yaml", config),
    ]);
    git(&sandbox, "init --quiet");
    git(&sandbox, "add .");
    git(&sandbox, "commit --quiet -m First");
    git(&sandbox, "tag v0.1.0");
    sandbox.write("spec/pet.yaml", confirmed);
    let run = sandbox.run("generate --bump");
    assert!(
        run.code == 1 && run.err.contains("1 silent change: "),
        "{run:?}"
    );
    assert!(sandbox.read("spec/sdkgen.yaml").contains("version: 0.1.0"));
    let run = sandbox.run("generate --bump --accept-silent");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(sandbox.read("spec/sdkgen.yaml").contains("version: 0.1.1"));
}

#[test]
fn a_parameter_that_moves_to_the_client_can_stay_at_the_operations() {
    let document = |with: usize| {
        let tenant = "parameters: [{name: X-Tenant, in: header, schema: {type: string}}], ";
        let path = |at: usize| {
            let own = if at < with { tenant } else { "" };
            format!(
                "  /p{at}:\n    get: {{operationId: get{at}, {own}responses: {{'204': {{description: OK}}}}}}\n"
            )
        };
        let paths: String = (0..5).map(path).collect();
        format!(
            "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
             paths:\n{paths}"
        )
    };
    let kept = "client_parameters:\n  X-Tenant: false\n";
    let sandbox = Sandbox::new(&[
        ("old.yaml", &document(1)),
        ("new.yaml", &document(5)),
        ("kept.yaml", &format!("spec: new.yaml\n{kept}")),
    ]);
    let moved = sandbox.run("diff old.yaml new.yaml").out;
    let indented =
        "    client_parameters:\n        X-Tenant: false\n".replace("        ", "      ");
    assert!(moved.contains(&indented), "{moved}");
    let markdown = sandbox.run("diff old.yaml new.yaml --format markdown").out;
    assert!(
        markdown.contains(&format!("```yaml\n{kept}```")),
        "{markdown}"
    );
    let stays = sandbox.run("diff old.yaml new.yaml --config kept.yaml").out;
    assert!(!stays.contains("client_parameters"), "{stays}");
    assert!(
        stays.contains("0 breaking") || !stays.contains("breaking"),
        "{stays}"
    );
}
