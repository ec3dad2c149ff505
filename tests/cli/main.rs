//! The commands as a user runs them: exit codes, output, and the resulting files.

mod cases;
mod diff;
mod edits;
mod interrupted;
mod outside;
mod places;
mod reports;
mod sandbox;
mod stdin;
mod templates;
mod terminal;

use sandbox::Sandbox;
use sdkgen::diag::explain;
use std::io::{BufRead, Read};
use std::process::{Command, Stdio};

const API: &str = "\
openapi: 3.1.0
info: {title: Tiny Pets, version: '7'}
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200':
          description: All pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
";

/// Returns a document with a loader warning, independent of the later stages.
fn api_with_warning() -> String {
    format!("{API}        age: {{type: string}}\n        age: {{type: integer}}\n")
}

fn generated() -> Sandbox {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    let run = sandbox.run("generate api.yaml --out out --docs book");
    assert_eq!(run.code, 0, "{run:?}");
    sandbox
}

#[test]
fn a_changed_document_is_regenerated_in_watch_mode() {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    std::fs::create_dir(sandbox.path("mine")).unwrap();
    let line = "generate api.yaml --out out --watch --templates mine";
    let arguments: Vec<&str> = line.split(' ').collect();
    let mut command = sandbox.command(&arguments);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (told, lines) = std::sync::mpsc::channel();
    for stream in [
        Box::new(child.stdout.take().unwrap()) as Box<dyn Read + Send>,
        Box::new(child.stderr.take().unwrap()),
    ] {
        let told = told.clone();
        std::thread::spawn(move || {
            let lines = std::io::BufReader::new(stream).lines();
            lines
                .map_while(Result::ok)
                .try_for_each(|line| told.send(line))
        });
    }
    // The timeout is generous for a busy machine; a passing test does not wait for it.
    let until = |end: &str| loop {
        let line = lines.recv_timeout(std::time::Duration::from_secs(60));
        let line = line.unwrap_or_else(|_| panic!("no line begins with {end}"));
        if line.starts_with(end) {
            return;
        }
    };
    until("watching 2 files");

    sandbox.write("api.yaml", &API.replace("listPets", "searchPets"));
    until("out: 0 created, ");
    until("watching");
    assert!(
        sandbox
            .read("out/src/resources/pets.rs")
            .contains("fn search(")
    );

    sandbox.write("api.yaml", "openapi: [");
    until("error[E0002]");
    sandbox.write("api.yaml", API);
    until("out: 0 created, ");
    until("watching");
    assert!(
        sandbox
            .read("out/src/resources/pets.rs")
            .contains("fn list(")
    );
    for text in ["One.\n", "Another.\n"] {
        sandbox.write("mine/rust/README.md.j2", text);
        until("out: 0 created, ");
        until("watching 4 files");
        assert_eq!(sandbox.read("out/README.md"), text);
    }
    child.kill().unwrap();
    child.wait().unwrap();

    let run = sandbox.run("generate none.yaml --out out --watch");
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_watched_file_is_listed_once() {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    let mut command = sandbox.command(&["generate", "api.yaml", "--out", "out", "--watch"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map_while(Result::ok);
    let told = lines.find(|line| line.starts_with("watching"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        told.as_deref(),
        Some("watching 1 file; press Ctrl-C to stop")
    );
}

#[test]
fn check_names_the_changed_input() {
    let sandbox = generated();
    // A change that does not affect the crate is not reported.
    sandbox.write("api.yaml", &format!("# a comment\n{API}"));
    let run = sandbox.run("check api.yaml --out out");
    assert_eq!(run.code, 0, "{run:?}");

    let more = API.replace(
        "components:",
        "    delete: {operationId: removePets, responses: {'204': {description: None.}}}\ncomponents:",
    );
    sandbox.write("api.yaml", &more);
    sandbox.write("out/src/lib.rs", "// edited\n");
    let run = sandbox.run("check api.yaml --out out");
    assert_eq!(run.code, 1, "{run:?}");
    let reasons = "changed since the last `generate`:\n  \
                   api.yaml: 1 operation added (DELETE /pets)\n\
                   edited after the last `generate`:\n  src/lib.rs\n";
    assert!(run.out.contains(reasons), "{run:?}");

    let run = sandbox.run("generate api.yaml --out out --docs book --force");
    assert_eq!(run.code, 0, "{run:?}");
    let run = sandbox.run("check api.yaml --out out --docs book");
    assert_eq!(run.code, 0, "{run:?}");
    // The output does not depend on the working directory: paths are relative to the document's folder.
    let (before, path) = (sandbox.read("out/sdkgen.lock"), sandbox.path("api.yaml"));
    let run = sandbox.run(&format!(
        "generate {} --out out --docs book",
        path.display()
    ));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(sandbox.read("out/sdkgen.lock"), before);
}

#[test]
fn wire_tests_are_generated_if_enabled() {
    let sandbox = generated();
    assert!(!sandbox.path("out/tests").exists());
    let run = sandbox.run("generate api.yaml --out out --wire-tests");
    assert_eq!(run.code, 0, "{run:?}");
    let calls = sandbox.read("out/tests/wire/resources/pets.rs");
    assert!(calls.contains("operation: \"listPets\""), "{calls}");
    // Without the option, the files are left over.
    let run = sandbox.run("check api.yaml --out out");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("tests/wire.rs"), "{run:?}");

    sandbox.write(
        "sdkgen.yaml",
        "spec: api.yaml\nout: out\nwire_tests: true\n",
    );
    let run = sandbox.run("check");
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn configured_operations_must_exist() {
    let config = "spec: api.yaml\nout: out\nretry:\n  idempotent:\n  - listPets\n  - listpet\n";
    let sandbox = Sandbox::new(&[("api.yaml", API), ("sdkgen.yaml", config)]);
    for command in ["generate", "check", "lint"] {
        let run = sandbox.run(command);
        // Findings are the result of `lint`, and go to standard output.
        let (told, other) = match command {
            "lint" => (&run.out, &run.err),
            _ => (&run.err, &run.out),
        };
        assert_eq!((run.code, other.as_str()), (1, ""), "{command}: {run:?}");
        let start = "error[E0442]: unknown operation `listpet` in `retry.idempotent`\n \
                     --> sdkgen.yaml:6:5\n";
        assert!(told.starts_with(start), "{command}: {told}");
    }
    assert!(!sandbox.path("out").exists());
    let known = config.replace("  - listpet\n", "");
    sandbox.write("sdkgen.yaml", &known);
    assert_eq!(sandbox.run("generate").code, 0);
    // A document of another kind is reported as such.
    sandbox.write("api.yaml", "asyncapi: '2.6.0'\n");
    let run = sandbox.run("generate");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("E0"), "{run:?}");
}

#[test]
fn generate_writes_what_check_expects() {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    let run = sandbox.run("check api.yaml --out out");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("  missing Cargo.toml\n"), "{run:?}");
    assert!(!sandbox.path("out").exists(), "check writes nothing");

    let run = sandbox.run("generate api.yaml --out out");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.starts_with("out: "), "{run:?}");
    assert!(
        run.out
            .ends_with(" created, 0 updated, 0 unchanged, 0 removed\n"),
        "{run:?}"
    );
    assert!(
        sandbox.read("out/Cargo.toml").contains("\"tiny-pets\""),
        "the title names the crate"
    );

    let run = sandbox.run("check api.yaml --out out");
    assert_eq!(run.code, 0, "{run:?}");
    sandbox.age("out");
    let run = sandbox.run("generate api.yaml --out out");
    assert!(
        run.out.starts_with("out: 0 created, 0 updated, "),
        "{run:?}"
    );
    assert_eq!(sandbox.touched("out"), [""; 0]);
    let names: Vec<_> = std::fs::read_dir(sandbox.path(""))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing temporary is left: {names:?}");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let (one, two) = (generated(), generated());
    assert_eq!(one.tree("out"), two.tree("out"));
    assert_eq!(one.tree("book"), two.tree("book"));
}

#[test]
fn drift_is_shown_and_fixed() {
    let sandbox = generated();
    let before = sandbox.tree("out");
    let manifest = sandbox.read("out/Cargo.toml");
    sandbox.write("out/Cargo.toml", &format!("# edited\n{manifest}"));
    std::fs::remove_file(sandbox.path("out/src/lib.rs")).unwrap();
    let run = sandbox.run("check api.yaml --docs book --out out");
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{run:?}");
    assert!(
        run.out.starts_with(
            "edited after the last `generate`:\n  Cargo.toml\n\
             out: 1 missing, 0 extra, 1 changed\n  missing src/lib.rs\n  changed Cargo.toml\n"
        ),
        "{run:?}"
    );
    assert!(
        run.out
            .contains("--- a/out/Cargo.toml\n+++ b/out/Cargo.toml\n@@ "),
        "{run:?}"
    );
    assert!(run.out.contains("\n-# edited\n"), "{run:?}");
    assert!(
        run.out
            .ends_with("\nto fix it: sdkgen generate api.yaml --out out --docs book --force\n"),
        "{run:?}"
    );
    assert_eq!(
        sandbox
            .run("check api.yaml --docs book --out out --quiet")
            .out,
        ""
    );

    sandbox.age("out");
    let run = sandbox.run("generate api.yaml --out out --docs book --force");
    assert!(
        run.out.starts_with("out: 1 created, 1 updated, "),
        "{run:?}"
    );
    assert_eq!(sandbox.tree("out"), before);
    assert_eq!(sandbox.touched("out"), ["Cargo.toml", "src/lib.rs"]);
}

#[test]
fn colour_follows_the_option() {
    let sandbox = generated();
    sandbox.write("out/Cargo.toml", "x\n");
    let plain = sandbox.run("check api.yaml --out out");
    assert!(!plain.out.contains('\x1b'), "{plain:?}");
    let colored = sandbox.run("check api.yaml --out out --color always");
    assert!(colored.out.contains("\x1b[31m-x\x1b[0m\n"), "{colored:?}");
}

#[test]
fn stale_files_are_removed_and_user_files_are_kept() {
    let sandbox = generated();
    let manifest = sandbox.read("out/.sdkgen-files");
    sandbox.write(
        "out/.sdkgen-files",
        &format!("{manifest}src/old/stale.rs\nsrc/gone.rs\n"),
    );
    sandbox.write("out/src/old/stale.rs", "// stale\n");
    sandbox.write("out/src/mine.rs", "// mine\n");
    let run = sandbox.run("check api.yaml --out out");
    assert!(
        run.out
            .starts_with("out: 0 missing, 1 extra, 0 changed\n  extra   src/old/stale.rs\n"),
        "{run:?}"
    );
    let run = sandbox.run("generate api.yaml --out out");
    assert!(run.out.ends_with(", 1 removed\n"), "{run:?}");
    assert!(!sandbox.path("out/src/old").exists());
    assert_eq!(sandbox.read("out/src/mine.rs"), "// mine\n");
    assert_eq!(sandbox.read("out/.sdkgen-files"), manifest);
    assert_eq!(sandbox.run("check api.yaml --out out").code, 0);
}

#[test]
fn a_failing_run_changes_nothing() {
    let sandbox = generated();
    let before = sandbox.tree("out");
    sandbox.age("out");
    sandbox.write(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: Broken\npaths: {}\n",
    );
    let run = sandbox.run("generate api.yaml --out out");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("error[E0002]: invalid YAML"), "{run:?}");
    assert!(run.err.contains("api.yaml:3:"), "{run:?}");
    assert_eq!(sandbox.tree("out"), before);
    assert_eq!(sandbox.touched("out"), [""; 0]);
}

#[test]
fn both_folders_are_unchanged_if_one_cannot_be_written() {
    let sandbox = Sandbox::new(&[("api.yaml", API), ("book", "a file in the way\n")]);
    let run = sandbox.run("generate api.yaml --out out --docs book");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(
        run.err.contains("`book` was not created by sdkgen"),
        "{run:?}"
    );
    assert!(!sandbox.path("out").exists());
}

#[test]
fn files_not_generated_are_not_overwritten() {
    let sandbox = Sandbox::new(&[
        ("api.yaml", API),
        ("out/Cargo.toml", "# mine\n"),
        ("out/notes.txt", "mine\n"),
    ]);
    let before = sandbox.tree("out");
    let run = sandbox.run("generate api.yaml --out out");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert_eq!(
        run.err,
        "error: `out` contains a file that sdkgen did not create and would overwrite:\n  Cargo.toml\n\
         move them away, or choose another output folder\n"
    );
    assert_eq!(sandbox.tree("out"), before);
}

#[test]
fn the_configuration_file_sets_paths_and_the_package() {
    let config = "spec: api.yaml\nout: ../gen/crate\ndocs: ../gen/book\npackage: {name: pets, version: 1.2.3}\n";
    let sandbox = Sandbox::new(&[("spec/sdkgen.yaml", config), ("spec/api.yaml", API)]);
    let run = sandbox.run("generate");
    assert_eq!(run.code, 0, "{run:?}");
    let roots: Vec<_> = run
        .out
        .lines()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(roots, ["gen/crate", "gen/book"]);
    let manifest = sandbox.read("gen/crate/Cargo.toml");
    assert!(
        manifest.contains("\"pets\"") && manifest.contains("\"1.2.3\""),
        "{manifest}"
    );
    assert_eq!(sandbox.run("check").code, 0);

    let run = sandbox.run("generate --config spec/sdkgen.yaml --out other --package beasts");
    assert!(run.out.starts_with("other: "), "{run:?}");
    assert!(sandbox.read("other/Cargo.toml").contains("\"beasts\""));
    // The file in the folder itself takes precedence.
    sandbox.write("sdkgen.yaml", "spec: spec/api.yaml\nout: here\n");
    assert!(sandbox.run("generate").out.starts_with("here: "));
}

#[test]
fn a_workspace_member_is_recognised() {
    let sandbox = Sandbox::new(&[
        ("api.yaml", API),
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"sdk/*\"]\nresolver = \"3\"\n",
        ),
    ]);
    sandbox.run("generate api.yaml --out sdk/pets");
    sandbox.run("generate api.yaml --out elsewhere");
    assert!(!sandbox.read("sdk/pets/Cargo.toml").contains("[workspace]"));
    assert!(sandbox.read("elsewhere/Cargo.toml").contains("[workspace]"));
}

#[test]
fn misuse_is_told_in_a_line() {
    let sandbox = Sandbox::new(&[
        ("api.yaml", API),
        ("unknown.yaml", "spec: api.yaml\npackage:\n  nmae: x\n"),
        ("type.yaml", "spec: api.yaml\ndates: joda\n"),
        ("name.yaml", "spec: api.yaml\npackage:\n  name: 2fa\n"),
        (
            "version.yaml",
            "spec: api.yaml\nout: out\npackage: {version: 1.0}\n",
        ),
        (
            "keywords.yaml",
            "spec: api.yaml\npackage:\n  keywords: [a, b, c, d, e, f]\n",
        ),
        (
            "keyword.yaml",
            "spec: api.yaml\npackage:\n  keywords:\n  - fine\n  - two words\n",
        ),
        ("folders.yaml", "spec: api.yaml\nout: x\ndocs: ./x\n"),
        ("no-spec.yaml", "out: x\n"),
        ("no-out.yaml", "spec: api.yaml\n"),
        ("syntax.yaml", "spec: [\n"),
    ]);
    insta::assert_snapshot!(sandbox.transcript(&[
        "generate",
        "generate api.yaml",
        "check api.yaml",
        "generate none.yaml --out out",
        "generate . --out out",
        "generate api.yaml --out out --package 2fa",
        "generate --config none.yaml",
        "generate --config unknown.yaml",
        "generate --config type.yaml",
        "generate --config name.yaml",
        "generate --config version.yaml",
        "generate --config keywords.yaml",
        "generate --config keyword.yaml",
        "generate --config folders.yaml",
        "generate --config no-spec.yaml",
        "generate --config no-out.yaml",
        "generate --config syntax.yaml",
        "lint",
    ]));
    for line in [
        "",
        "frobnicate",
        "generate --outt x",
        "dump",
        "dump everything",
        "--color sometimes lint x",
    ] {
        assert_eq!(sandbox.run(line).code, 2, "{line}");
    }
    assert_eq!(sandbox.run("--version").code, 0);
    assert_eq!(sandbox.run("generate --help").code, 0);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn codes_are_explained() {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    let run = sandbox.run("explain");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(
        run.out
            .contains("\nW0201  A reference cannot be resolved\n"),
        "{run:?}"
    );
    assert_eq!(run.out.lines().count(), explain::codes().count());
    insta::assert_snapshot!(sandbox.transcript(&[
        "explain w0201",
        "explain E0201",
        "explain references",
        "lint api.yaml --allow W0202,W02021",
        "lint api.yaml --deny warning",
        "lint api.yaml --deny W0199",
    ]));
}

#[test]
fn lint_tells_everything_in_every_form() {
    let warned = api_with_warning();
    let sandbox = Sandbox::new(&[("warned.yaml", &warned), ("clean.yaml", API)]);
    let run = sandbox.run("lint clean.yaml");
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (0, "no findings\n", ""),
        "{run:?}"
    );
    let run = sandbox.run("lint warned.yaml --format short");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert_eq!(
        run.out,
        "warned.yaml:21:9: warning[W0005]: duplicate key `age` (twice in this object)\n"
    );
    insta::assert_snapshot!(sandbox.transcript(&[
        "lint warned.yaml",
        "lint warned.yaml --format json",
        "lint warned.yaml --quiet",
        "lint clean.yaml --format json",
    ]));
}

#[test]
fn denied_findings_fail_and_allowed_ones_are_hidden() {
    let sandbox = Sandbox::new(&[("warned.yaml", &api_with_warning())]);
    for what in ["warnings", "W0005", "w0005", "notes,warnings"] {
        let run = sandbox.run(&format!("generate warned.yaml --out out --deny {what}"));
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.err.contains("error[W0005]"), "{run:?}");
        assert!(!sandbox.path("out").exists(), "nothing is written");
    }
    // A suppressed diagnostic cannot fail a run.
    let run = sandbox.run("generate warned.yaml --out out --deny warnings --allow W0005");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let run = sandbox.run("lint warned.yaml --deny notes --format github");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.out
            .starts_with("::warning file=warned.yaml,line=21,col=9,"),
        "{run:?}"
    );
    for (line, why) in [
        ("--allow E0001", "errors cannot be suppressed"),
        ("--deny W12", "`W12` is not the code of a diagnostic"),
        (
            "--allow warnings",
            "`warnings` is not the code of a diagnostic",
        ),
    ] {
        let run = sandbox.run(&format!("lint warned.yaml {line}"));
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(why), "{run:?}");
    }
}

#[test]
fn errors_cannot_be_allowed_by_a_code_of_another_letter() {
    let sandbox = Sandbox::new(&[("broken.yaml", "openapi: 3.1.0\ninfo: [\n")]);
    let run = sandbox.run("lint broken.yaml --allow W0002");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("did you mean `E0002`?"), "{run:?}");
}

#[test]
fn shells_and_manuals_know_every_command() {
    let sandbox = Sandbox::new(&[]);
    let help = sandbox.run("--help").out;
    let commands = help.split_once("Commands:\n").unwrap().1;
    let commands = commands.split_once("\n\n").unwrap().0.lines();
    // The description of a command may continue on the next line.
    let begins = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let names: Vec<&str> = commands
        .filter(begins)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.contains(&"generate") && names.len() > 4, "{names:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = sandbox.run(&format!("completions {shell}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        for name in &names {
            assert!(run.out.contains(name), "{shell}: {name}");
        }
    }
    let whole = sandbox.run("man").out;
    for name in names.iter().filter(|name| **name != "help") {
        assert!(whole.contains(&format!("sdkgen\\-{name}(1)")), "{whole}");
        let page = sandbox.run(&format!("man {name}"));
        assert_eq!((page.code, page.err.as_str()), (0, ""), "{page:?}");
        assert!(
            page.out.contains(&format!(".TH sdkgen-{name} 1")),
            "{page:?}"
        );
        assert!(
            page.out.contains("\n.SH EXAMPLES\n.nf\n"),
            "every command has examples: {page:?}"
        );
    }
    assert_eq!(sandbox.run("man nothing").code, 2);
}

/// Checks that a command's help begins with its own options and fits a page.
#[test]
fn help_is_in_order() {
    let sandbox = Sandbox::new(&[]);
    insta::assert_snapshot!(sandbox.transcript(&["--help", "check --help"]));
    for command in ["generate", "check", "lint", "diff", "bundle", "init"] {
        let help = sandbox.run(&format!("{command} --help")).out;
        assert!(
            help.lines().all(|line| line.chars().count() <= 100),
            "{help}"
        );
        let own = help.find("\nOptions:\n").unwrap();
        let common = help.find("\nOptions of every command:\n").unwrap();
        let examples = help.find("\nExamples:\n").unwrap();
        assert!(own < common && common < examples, "{help}");
        assert!(help[common..].contains("--format <FORMAT>"), "{help}");
    }
}

#[test]
fn diagnostics_come_beside_the_result() {
    let sandbox = Sandbox::new(&[("warned.yaml", &api_with_warning())]);
    let run = sandbox.run("generate warned.yaml --out out");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.err.contains("warning[W0005]") && run.err.contains("\n1 warning\n"),
        "{run:?}"
    );
    assert!(run.out.starts_with("out: "), "{run:?}");
    let run = sandbox.run("generate warned.yaml --out out --quiet");
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (0, "", ""),
        "{run:?}"
    );
}

#[test]
fn every_stage_can_be_dumped() {
    let sandbox = Sandbox::new(&[("api.yaml", API)]);
    let run = sandbox.run("dump nodes api.yaml");
    assert!(run.out.starts_with(
        "api.yaml:1:1 # object 5 properties\napi.yaml:1:10 #/openapi string \"3.1.0\"\n"
    ));
    for stage in ["ir", "names", "view"] {
        let run = sandbox.run(&format!("dump {stage} api.yaml"));
        assert_eq!(run.code, 0, "{run:?}");
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap();
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let long: String = (0..20_000)
        .map(|index| format!("x-{index}: {index}\n"))
        .collect();
    let sandbox = Sandbox::new(&[("api.yaml", &long)]);
    let mut command = sandbox.command(&["dump", "nodes", "api.yaml"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), b"".as_slice())
    );
}

/// Checks a run that cannot start threads. Root is exempt from the limit on processes, so that the run uses another
/// user.
#[cfg(target_os = "linux")]
#[test]
fn a_run_succeeds_without_new_threads() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    if Command::new("prlimit").arg("--version").output().is_err() {
        return eprintln!("skipped: there is no `prlimit`");
    }
    let sandbox = Sandbox::new(&[("api.yaml", API), ("deep.json", &nested(100))]);
    let all = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(sandbox.path("."), all).unwrap();
    for document in ["api.yaml", "deep.json"] {
        let free = sandbox.run(&format!("generate {document} --out free-{document}"));
        assert_eq!(free.code, 0, "{free:?}");
        for limit in [1, 2, 3] {
            let out = format!("{limit}-{document}");
            let mut command = Command::new("prlimit");
            command
                .arg(format!("--nproc={limit}:{limit}"))
                .arg(env!("CARGO_BIN_EXE_sdkgen"))
                .args(["generate", document, "--out", &out])
                .current_dir(sandbox.path("."))
                .stdin(Stdio::null());
            if rustix::process::geteuid().is_root() {
                command.uid(65_534).gid(65_534);
            }
            let output = command.output().unwrap();
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{limit} {document}: {complaint}");
            let (limited, free) = (
                sandbox.tree(&out),
                sandbox.tree(&format!("free-{document}")),
            );
            assert!(limited == free, "{limit} {document}: another output");
        }
    }
}

/// Returns a description whose body nests so many lists.
fn nested(levels: usize) -> String {
    let (open, close) = (r#"{"type":"object","properties":{"a":"#, "}}");
    let schema = [open.repeat(levels).as_str(), "{}", &close.repeat(levels)].concat();
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Deep","version":"1"}},"paths":{{"/a":{{"get":{{"operationId":"a","responses":{{"200":{{"description":"It.","content":{{"application/json":{{"schema":{schema}}}}}}}}}}}}}}}}}"#
    )
}
