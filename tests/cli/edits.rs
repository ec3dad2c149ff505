//! User code in the generated crate is preserved: edits of generated files, and added modules.

use super::sandbox::Sandbox;
use super::{API, generated};

const GENERATE: &str = "generate api.yaml --out out --docs book";

#[test]
fn an_edit_of_a_generated_file_is_shown_and_kept() {
    let sandbox = generated();
    let lib = sandbox.read("out/src/lib.rs");
    let index = sandbox.read("book/src/index.md");
    sandbox.write("out/src/lib.rs", &format!("{lib}// by hand\n"));
    sandbox.write("book/src/index.md", &format!("{index}By hand.\n"));
    sandbox.write("api.yaml", &API.replace("listPets", "searchPets"));
    let (out, book) = (sandbox.tree("out"), sandbox.tree("book"));
    let run = sandbox.run(GENERATE);
    assert_eq!(run.code, 1, "{run:?}");
    for line in ["  out/src/lib.rs\n", "  book/src/index.md\n", "--force"] {
        assert!(run.err.contains(line), "{run:?}");
    }
    for line in ["--- a/out/src/lib.rs\n", "\n-// by hand\n", "\n-By hand.\n"] {
        assert!(run.out.contains(line), "{run:?}");
    }
    assert_eq!((sandbox.tree("out"), sandbox.tree("book")), (out, book));

    let run = sandbox.run(&format!("{GENERATE} --force"));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!sandbox.read("out/src/lib.rs").contains("by hand"));
    assert_eq!(sandbox.run(GENERATE).code, 0);
}

/// Checks that an edited file is kept even if it is no longer generated.
#[test]
fn an_edited_file_is_not_removed() {
    let sandbox = generated();
    let pet = sandbox.read("out/src/types/pet.rs");
    sandbox.write("out/src/types/pet.rs", &format!("{pet}// by hand\n"));
    let (api, _) = API.split_once("components:").unwrap();
    let api = api.replace("{$ref: '#/components/schemas/Pet'}", "{type: string}");
    sandbox.write("api.yaml", &api);
    let run = sandbox.run(GENERATE);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("  out/src/types/pet.rs\n"), "{run:?}");
    assert!(sandbox.path("out/src/types/pet.rs").exists());
    assert_eq!(sandbox.run(&format!("{GENERATE} --force")).code, 0);
    assert!(!sandbox.path("out/src/types/pet.rs").exists());
}

#[test]
fn lossless_changes_do_not_require_force() {
    let sandbox = generated();
    // Git on Windows converts line endings.
    let lib = sandbox.read("out/src/lib.rs");
    sandbox.write("out/src/lib.rs", &lib.replace('\n', "\r\n"));
    assert_eq!(sandbox.run(GENERATE).code, 0);
    assert_eq!(sandbox.read("out/src/lib.rs"), lib);
    // Another user's newer output, whose lock file was not committed.
    sandbox.write("api.yaml", &API.replace("listPets", "searchPets"));
    let lock = sandbox.read("out/sdkgen.lock");
    assert_eq!(sandbox.run(GENERATE).code, 0);
    sandbox.write("out/sdkgen.lock", &lock);
    let run = sandbox.run(GENERATE);
    assert_eq!(run.code, 0, "{run:?}");
    // A deleted file has no edits.
    std::fs::remove_file(sandbox.path("out/src/lib.rs")).unwrap();
    assert_eq!(sandbox.run(GENERATE).code, 0);
}

#[test]
fn modules_of_the_user_are_declared_and_stay() {
    let config =
        "spec: api.yaml\nout: out\npackage: {name: pets}\nextra_modules: [retries, helpers]\n";
    let helpers = "//! By hand.\n";
    let sandbox = Sandbox::new(&[
        ("api.yaml", API),
        ("sdkgen.yaml", config),
        ("out/src/helpers.rs", helpers),
    ]);
    for _ in 0..2 {
        let run = sandbox.run("generate");
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(sandbox.read("out/src/helpers.rs"), helpers);
    }
    let lib = sandbox.read("out/src/lib.rs");
    assert!(
        lib.contains("\npub mod helpers;\npub mod retries;\n"),
        "{lib}"
    );
    assert_eq!(sandbox.run("check").code, 0);
    sandbox.write("sdkgen.yaml", &config.replace("helpers", "types"));
    let run = sandbox.run("generate");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.err
            .contains("`types` is reserved for a module that sdkgen generates"),
        "{run:?}"
    );
}
