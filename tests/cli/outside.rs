//! References to files outside of the description's project.

use super::sandbox::Sandbox;
use std::process::Command;

const SECRET: &str = "Token: {type: string, description: hunter2, default: hunter2}\n";

fn api(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\npaths:\n  /a:\n    get:\n      \
         operationId: a\n      responses:\n        '200':\n          description: OK\n          content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}\n"
    )
}

/// Creates a project, and next to it a folder that it must not read.
fn project() -> Sandbox {
    Sandbox::new(&[
        ("outside/secret.yaml", SECRET),
        ("project/shared/pet.yaml", "Pet: {type: string}\n"),
        ("project/api/own.yaml", "Own: {type: string}\n"),
    ])
}

const ENTRY: &str = "project/api/openapi.yaml";

/// Returns the commands that read a description.
fn commands(sandbox: &Sandbox) -> Vec<String> {
    let old = sandbox.path("project/api/plain.yaml");
    std::fs::write(old, api("own.yaml#/Own")).unwrap();
    let lines = [
        "generate {} --out made/crate --docs made/book",
        "check {} --out made/crate",
        "lint {}",
        "dump ir {}",
        "dump nodes {}",
        "bundle {}",
        "bundle {} --out made/bundle.yaml",
        "init {} --out made/repository",
        "diff project/api/plain.yaml {}",
    ];
    lines.map(|line| line.replace("{}", ENTRY)).to_vec()
}

#[test]
#[cfg(unix)]
fn no_command_reads_files_outside_of_the_project() {
    let sandbox = project();
    let link = sandbox.path("project/api/link.yaml");
    std::os::unix::fs::symlink(sandbox.path("outside/secret.yaml"), link).unwrap();
    let secret = sandbox.path("outside/secret.yaml").display().to_string();
    for reference in [
        "../../outside/secret.yaml",
        "..%2f..%2Foutside%2fsecret.yaml",
        "link.yaml",
        &secret,
        &format!("file://{secret}"),
        &format!("FILE:{secret}"),
    ] {
        sandbox.write(ENTRY, &api(&format!("{reference}#/Token")));
        for line in commands(&sandbox) {
            let run = sandbox.run(&line);
            let told = format!("{}{}", run.out, run.err);
            assert!(!told.contains("hunter2"), "{line}\n{told}");
            assert!(!sandbox.path("made").exists(), "{line}");
            if line.starts_with("dump nodes") {
                continue;
            }
            // `dump` prints the document despite errors.
            assert!(run.code > 0 || line.starts_with("dump"), "{line}\n{told}");
            assert!(
                told.contains("E0213") && told.contains("--allow-files DIR"),
                "{line}\n{told}"
            );
            assert!(told.contains(&format!("{ENTRY}:11:")), "{line}\n{told}");
            let allowed = sandbox.run(&format!("{line} --allow-files outside"));
            let is_init = line.starts_with("init") && reference.contains(&secret);
            let told = format!("{}{}", allowed.out, allowed.err);
            assert!(!told.contains("E0213"), "{line}\n{told}");
            // A new git repository does not change that the reference points to this machine.
            assert_eq!(
                told.contains("would not resolve to the copy"),
                is_init,
                "{told}"
            );
            let _ = std::fs::remove_dir_all(sandbox.path("made"));
        }
    }
}

#[test]
fn configured_paths_are_relative_to_the_file() {
    let sandbox = project();
    sandbox.write(ENTRY, &api("../../outside/secret.yaml#/Token"));
    let config = "spec: api/openapi.yaml\nout: ../made\n";
    sandbox.write("project/sdkgen.yaml", config);
    let generate = || sandbox.run("generate --config project/sdkgen.yaml");
    assert_eq!(generate().code, 1);
    sandbox.write(
        "project/sdkgen.yaml",
        &format!("{config}allow_files: [outside]\n"),
    );
    assert_eq!(generate().code, 1, "the folder is beside the project");
    sandbox.write(
        "project/sdkgen.yaml",
        &format!("{config}allow_files: [../outside]\n"),
    );
    let run = generate();
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn files_of_the_same_repository_are_read() {
    let sandbox = project();
    sandbox.write(ENTRY, &api("../shared/pet.yaml#/Pet"));
    let run = sandbox.run(&format!("lint {ENTRY}"));
    assert!(
        run.code == 1 && run.out.contains("outside the folder of the description"),
        "{run:?}"
    );
    std::fs::create_dir(sandbox.path("project/.git")).unwrap();
    assert_eq!(sandbox.run(&format!("lint {ENTRY}")).code, 0);
    sandbox.write(ENTRY, &api("../../outside/secret.yaml#/Token"));
    let run = sandbox.run(&format!("lint {ENTRY}"));
    assert!(
        run.out
            .contains("outside the git repository of the description"),
        "{run:?}"
    );
}

/// Checks that references added by an overlay follow the same rules as those of the description.
#[test]
fn references_of_overlays_follow_the_same_rules() {
    let sandbox = project();
    sandbox.write(ENTRY, &api("own.yaml#/Own"));
    // The user names the overlay, so that it may be anywhere.
    sandbox.write(
        "outside/overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: A, version: '1'}\nactions:\n- target: $.paths['/a'].get.responses['200'].content\n  \
         update: {application/json: {schema: {$ref: '../../outside/secret.yaml#/Token'}}}\n",
    );
    let run = sandbox.run(&format!("bundle {ENTRY} --overlay outside/overlay.yaml"));
    assert!(
        run.code == 1 && run.err.contains("E0213") && !run.err.contains("hunter2"),
        "{run:?}"
    );
}

#[test]
fn a_revision_contains_only_files_of_its_repository() {
    let sandbox = project();
    sandbox.write("project/api/plain.yaml", &api("own.yaml#/Own"));
    let secret = sandbox.path("outside/secret.yaml").display().to_string();
    let git = |line: &str| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
        command
            .args(line.split(' '))
            .current_dir(sandbox.path("project"));
        assert!(command.output().unwrap().status.success(), "{line}");
    };
    git("init --quiet");
    let diff = |more: &str| {
        let line = format!("diff HEAD:api/openapi.yaml api/plain.yaml{more}");
        let words: Vec<&str> = line.split(' ').collect();
        let mut command = sandbox.command(&words);
        let output = command
            .current_dir(sandbox.path("project"))
            .output()
            .unwrap();
        let told = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(told).unwrap(),
        )
    };
    for (reference, is_outside) in [
        ("../shared/pet.yaml", false),
        ("../../outside/secret.yaml", true),
        (secret.as_str(), true),
    ] {
        let key = if is_outside { "Token" } else { "Pet" };
        sandbox.write(ENTRY, &api(&format!("{reference}#/{key}")));
        git("add --all");
        git("commit --quiet --message A");
        let (code, told) = diff("");
        assert_eq!(told.contains("E0213"), is_outside, "{told}");
        assert!(
            !told.contains("hunter2") && (code == 2) == is_outside,
            "{told}"
        );
        let (code, told) = diff(" --allow-files ../outside");
        assert!(code < 2 && !told.contains("E0213"), "{told}");
    }
    // The named files do not exist in the revision.
    for path in [
        secret.as_str(),
        "../outside/secret.yaml",
        "./../outside/secret.yaml",
    ] {
        let words = ["diff", &format!("HEAD:{path}"), "api/plain.yaml"].map(str::to_owned);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = sandbox.command(&words);
        let output = command
            .current_dir(sandbox.path("project"))
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.code() == Some(2) && told.contains("E0001"),
            "{told}"
        );
    }
}
