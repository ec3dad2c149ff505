//! User templates: which commands use them, what they change, and the diagnostics about errors in them.

use super::sandbox::Sandbox;
use super::{API, generated};

const GENERATE: &str = "generate api.yaml --out client --templates mine";

/// Creates a sandbox with the document and a user template.
fn with(name: &str, text: &str) -> Sandbox {
    Sandbox::new(&[("api.yaml", API), (&format!("mine/{name}"), text)])
}

/// Compares with a snapshot.
fn snapshot(name: &str, told: &str) {
    let mut settings = insta::Settings::new();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, told));
}

#[test]
fn custom_templates_and_files_replace_built_in_ones() {
    let sandbox = with("rust/README.md.j2", "# {{ name }}\r\n\r\nMine.\r\n");
    sandbox.write("mine/rust/runtime/retry.rs", "// Mine.\n");
    sandbox.write("mine/.git/config", "[core]\n");
    let run = sandbox.run(GENERATE);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(sandbox.read("client/README.md"), "# tiny-pets\n\nMine.\n");
    assert_eq!(sandbox.read("client/src/runtime/retry.rs"), "// Mine.\n");
    let plain = generated();
    let (mine, built_in) = (sandbox.tree("client"), plain.tree("out"));
    let differ = mine
        .iter()
        .filter(|(path, text)| built_in.get(*path) != Some(text));
    let differ: Vec<&str> = differ.map(|(path, _)| path.as_str()).collect();
    // The crate has no module that only the replaced file used.
    let module = "src/runtime/mod.rs";
    let retry = "src/runtime/retry.rs";
    let expected = [
        "README.md",
        "sdkgen.lock",
        module,
        retry,
        "src/runtime/time.rs",
    ];
    assert_eq!(differ, expected);

    sandbox.write(
        "sdkgen.yaml",
        "spec: api.yaml\nout: client\ntemplates: mine\n",
    );
    assert_eq!(
        sandbox.run("check").code,
        0,
        "the configuration says the same"
    );
}

/// Checks that `lint` reports errors of rendering although it prints no files.
#[test]
fn lint_reports_templates_that_cannot_be_rendered() {
    let sandbox = with("rust/README.md.j2", "Fine.\n\n{{ nmae }}\n");
    sandbox.write("sdkgen.yaml", "spec: api.yaml\ntemplates: mine\n");
    let run = sandbox.run("lint --format short");
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    let told = "mine/rust/README.md.j2:3:";
    assert!(
        run.out.contains(told) && run.out.contains("[E0602]"),
        "{}",
        run.out
    );
}

#[test]
fn check_names_the_changed_template() {
    let sandbox = with("rust/README.md.j2", "One.\n");
    assert_eq!(sandbox.run(GENERATE).code, 0);
    let check = GENERATE.replace("generate", "check");
    assert_eq!(sandbox.run(&check).code, 0);
    sandbox.write("mine/rust/README.md.j2", "Two.\n");
    let run = sandbox.run(&check);
    assert_eq!(run.code, 1);
    let told = "last `generate`:\n  template rust/README.md.j2: changed\n";
    assert!(run.out.contains(told), "{}", run.out);
    let fix = "to fix it: sdkgen generate api.yaml --out client --templates mine\n";
    assert!(run.out.ends_with(fix), "{}", run.out);
    let without = sandbox.run("check api.yaml --out client");
    let told = "  template rust/README.md.j2: no longer read\n";
    assert!(without.out.contains(told), "{}", without.out);
}

#[test]
fn template_errors_have_positions_and_nothing_is_written() {
    let mistakes = [
        ("rust/README.md.j2", "# {{ name }}\n\n{{ nmae }}\n"),
        ("rust/README.md.j2", "# {{ name }}\n{% if features %}\n"),
        ("rust/README.md.j2", "{{ features }}\n"),
        // The error occurs in the built-in template, as this one passes it an unknown view.
        (
            "rust/README.md.j2",
            "One.\n{% include 'rust/src/lib.rs.j2' %}\n",
        ),
        // No book is requested.
        ("docs/index.md.j2", "{{ title | upcase }}\n{% endfor %}\n"),
        ("rust/src/cleint.rs.j2", ""),
        ("client.rs.j2", ""),
        ("rust/runtime", "a file where there are to be some"),
        ("notes/todo.md", "Later.\n"),
    ];
    let mut told = String::new();
    for (name, text) in mistakes {
        let sandbox = with(name, text);
        told.push_str(&format!("{name}: {text:?}\n"));
        told.push_str(&sandbox.transcript(&[GENERATE]));
        assert_eq!(sandbox.tree("client").len(), 0, "{name}");
    }
    told.push_str(&with("a", "").transcript(&["generate api.yaml --out a --templates none"]));
    snapshot("mistakes_in_templates", &told);
}

#[test]
fn templates_are_listed_and_exported() {
    let sandbox = with("rust/README.md.j2", "Mine.\n");
    let plain = sandbox.run("templates").out;
    for name in [
        "docs/index.md.j2",
        "rust/runtime/retry.rs",
        "rust/src/base64.rs",
    ] {
        assert!(plain.lines().any(|line| line == name), "{plain}");
    }
    let marked = sandbox.run("templates --templates mine").out;
    let marks: Vec<&str> = marked
        .lines()
        .filter(|line| !line.starts_with("  "))
        .collect();
    assert_eq!(marks, ["* rust/README.md.j2"]);

    let told = sandbox.transcript(&[
        "templates export mine rust/src/lib.rs.j2 rust/runtime/retry.rs",
        "templates export mine rust/src/lib.rs.j2",
        "templates export mine rust/README.md.j2 rust/src/error.rs.j2",
        "templates export mine rust/src/lib.rs",
        "templates export mine nothing",
    ]);
    snapshot("templates_are_exported", &told);
    let names: Vec<String> = sandbox.tree("mine").into_keys().collect();
    let expected = [
        "rust/README.md.j2",
        "rust/runtime/retry.rs",
        "rust/src/lib.rs.j2",
    ];
    assert_eq!(names, expected);
    assert_eq!(sandbox.read("mine/rust/README.md.j2"), "Mine.\n");
}

/// Checks that exported templates equal the built-in ones.
#[test]
fn exported_templates_give_the_same_crate() {
    let sandbox = generated();
    assert_eq!(sandbox.run("templates export all").code, 0);
    let run = sandbox.run("check api.yaml --out out --docs book --templates all");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
