//! Completions in real shells: they are right, and text of the description is never code.

use super::corpus::{built, shop};
use std::path::Path;
use std::process::{Command, Stdio};

/// Types a line and a tab in an interactive zsh, and prints what is offered.
const ZSH: &str = r#"
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PROMPT= RPROMPT=; stty -echo columns 200; autoload -Uz compinit; compinit -D -u; source ./zsh
compadd() { case " $* " in *" -O "*|*" -A "*|*" -D "*) builtin compadd "$@"; return;; esac
local -a offered; builtin compadd -A offered "$@"; (( $#offered )) && print -rl -- "offered:"${^offered}:
builtin compadd "$@" }
finish() { print -r -- "end""ed:"; exit }; zle -N finish; bindkey "^X" finish; bindkey "^I" complete-word; print "rea""dy:"'
zpty -r shell text '*ready:*'
zpty -w -n shell "$1"$'\t\x18'
zpty -r shell text '*ended:*'
print -r -- $text
"#;

/// What a shell offers after a line.
type Offers = fn(&Path, &str) -> Vec<String>;

/// Runs a shell, and returns what it prints.
fn run(folder: &Path, shell: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(shell);
    command
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("TERM", "xterm")
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{shell}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn bash(folder: &Path, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let [.., before, last] = &words[..] else {
        panic!("{line}");
    };
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let script = format!(
        "source ./bash; COMP_WORDS=({}); COMP_CWORD={}; _shop shop '{last}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len() - 1
    );
    let text = run(folder, "bash", &["--norc", "-c", &script]);
    text.lines().map(str::to_owned).collect()
}

fn zsh(folder: &Path, line: &str) -> Vec<String> {
    let text = run(folder, "zsh", &["-f", "-c", ZSH, "zsh", line]);
    let offers = text.split("offered:").skip(1);
    offers
        .filter_map(|rest| Some(rest.split_once(':')?.0.to_owned()))
        .collect()
}

fn fish(folder: &Path, line: &str) -> Vec<String> {
    let script = format!("source ./fish; complete -C '{line}'");
    let text = run(folder, "fish", &["--no-config", "-c", &script]);
    let offers = text.lines().filter_map(|line| line.split('\t').next());
    offers.map(str::to_owned).collect()
}

#[test]
fn shells_complete_commands_flags_and_values() {
    let program = built(shop(), "shop");
    let folder = tempfile::tempdir().unwrap();
    let shells: [(&str, Offers); 3] = [("bash", bash), ("zsh", zsh), ("fish", fish)];
    for (shell, offers) in shells {
        if Command::new(shell).arg("--version").output().is_err() {
            eprintln!("skipped: there is no {shell}");
            continue;
        }
        let script = Command::new(&program).args(["completions", shell]).output();
        std::fs::write(folder.path().join(shell), script.unwrap().stdout).unwrap();
        let offers = |line: &str| offers(folder.path(), line);
        assert_eq!(
            offers("shop orders list --state "),
            ["open", "paid"],
            "{shell}"
        );
        assert_eq!(offers("shop orders li"), ["list"], "{shell}");
        assert_eq!(offers("shop orders list --sta"), ["--state"], "{shell}");
        // Shells show the descriptions of these.
        for line in ["shop ", "shop orders ", "shop orders list --"] {
            let offered = offers(line);
            assert!(offered.len() > 3, "{shell}: {offered:?}");
        }
        assert!(!folder.path().join("pwned").exists(), "{shell} ran a text");
    }
}
