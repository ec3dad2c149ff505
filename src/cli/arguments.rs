//! Defines the command line with clap. Doc comments of arguments are its help.

use super::target::{Access, Documents, Target};
use super::{bundle, init, templates};
use clap::{Args, Parser, Subcommand, ValueEnum};
use sdkgen::diag::{Denied, explain};
use sdkgen::{did_you_mean, pipeline};
use std::path::PathBuf;

/// Generate a Rust client crate and its documentation from an OpenAPI description.
#[derive(Debug, Parser)]
#[command(name = "sdkgen", version, max_term_width = 100, after_help = SDKGEN)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// The options of every command. They come last in the help.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Print errors only.
    #[arg(long, short, global = true, display_order = 100)]
    pub quiet: bool,
    /// The format of diagnostics.
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub format: Format,
    /// Turn diagnostics into errors, so that nothing is written: `warnings`, `notes`, or codes such as W0312.
    #[arg(long, global = true, display_order = 100, value_name = "WHAT", value_delimiter = ',', value_parser = denied)]
    pub deny: Vec<Denied>,
    /// Suppress diagnostics of these codes; errors cannot be suppressed.
    #[arg(long, global = true, display_order = 100, value_name = "CODE", value_delimiter = ',', value_parser = allowed)]
    pub allow: Vec<String>,
    /// When to use color.
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_enum,
        default_value_t,
        value_name = "WHEN"
    )]
    pub color: Color,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With source lines.
    #[default]
    Human,
    /// One line each.
    Short,
    /// JSON, with the number of findings of each code.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// An overlay with all fixes that an overlay can make.
    Overlay,
    /// A section of a changelog, for `diff` only.
    Markdown,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the crate and, if configured, the book.
    #[command(after_help = GENERATE)]
    Generate {
        #[command(flatten)]
        target: Target,
        /// Generate again whenever the document, one of its files, a template or the configuration changes.
        #[arg(long, conflicts_with = "bump")]
        watch: bool,
        /// Set the version that the changes since the last release (the last tag such as v1.2.0) require, and write
        /// the changelog.
        #[arg(long)]
        bump: bool,
        /// With --bump, accept changes that compile as before but send something else.
        #[arg(long, requires = "bump")]
        accept_silent: bool,
        /// Overwrite generated files even if they were edited.
        #[arg(long)]
        force: bool,
    },
    /// Check that generated files are up to date.
    #[command(after_help = CHECK)]
    Check {
        #[command(flatten)]
        target: Target,
        /// Also check that the crate can be published, and that nothing users expect is missing: metadata, size,
        /// package build, docs.rs build, and a build with the oldest Rust.
        #[arg(long)]
        publish: bool,
    },
    /// Report problems in OpenAPI documents.
    #[command(after_help = LINT)]
    Lint(Documents),
    /// Create a repository for the SDK of an API: description, configuration, crate, book, workflows.
    #[command(after_help = INIT)]
    Init(init::InitArguments),
    /// Report what changes for users of the crate between two versions of a document.
    #[command(after_help = DIFF)]
    Diff(Sides),
    /// Bundle a description of several files into one document.
    #[command(after_help = BUNDLE)]
    Bundle(bundle::BundleArguments),
    /// List every operation, type and variant with its name, and mark those that read badly.
    #[command(after_help = NAMES)]
    Names {
        #[command(flatten)]
        target: Target,
        /// Print the `names` section of sdkgen.yaml instead, with better names as comments.
        #[arg(long)]
        suggest: bool,
    },
    /// Print an overlay with code samples, `x-codeSamples`, for documentation sites.
    #[command(after_help = SAMPLES)]
    Samples {
        #[command(flatten)]
        target: Target,
    },
    /// Print the result of one stage.
    #[command(after_help = DUMP)]
    Dump {
        stage: Stage,
        #[command(flatten)]
        target: Target,
    },
    /// Explain the code of a diagnostic, with an example and the fix.
    #[command(after_help = EXPLAIN)]
    Explain {
        /// The code; without it, all codes are listed.
        code: Option<String>,
    },
    /// List the templates that `--templates` can replace, or export them.
    #[command(after_help = TEMPLATES)]
    Templates(templates::TemplatesArguments),
    /// Generate shell completions.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Generate the manual page of sdkgen or of a command.
    #[command(after_help = MAN)]
    Man {
        /// The command.
        command: Option<String>,
    },
}

const SDKGEN: &str = "\
Exit code 0: done. Exit code 1: something was found that has to be mended. Exit code 2: the command line or \
the configuration file cannot be used.

Examples:
  sdkgen init api.yaml                       a repository for the SDK of an API
  sdkgen generate api.yaml --out client      its crate alone
  sdkgen generate                            as sdkgen.yaml or spec/sdkgen.yaml says
  sdkgen check                               is what is there up to date?
  sdkgen lint api.yaml                       what is to be said of a document";

const GENERATE: &str = "\
Examples:
  sdkgen generate                            as sdkgen.yaml or spec/sdkgen.yaml says
  sdkgen generate api.yaml --out client      the crate of one document
  sdkgen generate api.yaml --out client --package pets --docs book --wire-tests
  sdkgen generate --bump                     the next release: version and changelog too
  sdkgen generate --watch                    again after each change of the document
  sdkgen generate --deny warnings            only if nothing had to be repaired";

const CHECK: &str = "\
Exit code 0: up to date. Exit code 1: the differences are listed, and the command that mends them; with \
--publish, what crates.io would refuse.

Examples:
  sdkgen check
  sdkgen check --publish                     before a release
  sdkgen check api.yaml --out client";

const LINT: &str = "\
Examples:
  sdkgen lint api.yaml
  curl https://example.com/api.json | sdkgen lint -
  sdkgen lint apis/*.yaml                                  in one report
  sdkgen lint api.yaml --format github --deny warnings     as a step of CI
  sdkgen lint api.yaml --format sarif > sdkgen.sarif
  sdkgen lint api.yaml --format overlay > fixes.yaml       an overlay that mends what it can";

const DIFF: &str = "\
A change is breaking where code that calls the crate may not compile any more, silent where it compiles \
and something else goes over the wire, and compatible otherwise. `--format markdown` prints a section of a \
changelog, `--format github` the text of a pull request.

Exit code 0: nothing breaks. Exit code 1: something does. Exit code 2: a document cannot be compared.

Examples:
  sdkgen diff old.yaml new.yaml
  sdkgen diff main:spec/api.yaml spec/api.yaml --config sdkgen.yaml
  sdkgen diff v1.2.0:api.yaml HEAD:api.yaml --format markdown";

const INIT: &str = "\
No file that is there is replaced. Exit code 2: something is in the way, or there is no document.

Examples:
  sdkgen init api.yaml                       in a folder with the crate's name
  sdkgen init api.yaml --out . --package pets
  sdkgen init ../service                     the one OpenAPI document of a folder";

const BUNDLE: &str = "\
What other files hold becomes components, or stands in the place of the references to it where OpenAPI has \
no such components: path items, for one. Comments and order stay where YAML allows; JSON stays JSON. \
Overlays and filters of the configuration file are not applied, only those overlays that --overlay names.

Examples:
  sdkgen bundle spec/openapi.yaml > openapi.yaml
  sdkgen bundle spec/openapi.yaml --out openapi.yaml
  sdkgen bundle --config sdkgen.yaml         with the folders that stand for URLs";

const DUMP: &str = "\
Examples:
  sdkgen dump ir api.yaml
  sdkgen dump names --config sdkgen.yaml";

const NAMES: &str = "\
Examples:
  sdkgen names openapi.yaml
  sdkgen names --suggest >> sdkgen.yaml      then review the names once";

const SAMPLES: &str = "\
Each operation gets a sample in Rust, with the generated crate, and one with curl, unless the document has one in \
that language. Apply the overlay to the document that the site is built from.

Examples:
  sdkgen samples openapi.yaml > samples.overlay.yaml
  sdkgen samples --config sdkgen.yaml
  sdkgen bundle openapi.yaml --overlay samples.overlay.yaml --out site/openapi.yaml";

const EXPLAIN: &str = "\
Examples:
  sdkgen explain W0201
  sdkgen explain                             all codes, with what they say";

const TEMPLATES: &str = "\
Examples:
  sdkgen templates                           the names
  sdkgen templates --templates mine          with a mark at those that the folder replaces
  sdkgen templates export mine rust/README.md.j2
  sdkgen generate --templates mine";

const COMPLETIONS: &str = "\
Examples:
  sdkgen completions bash > /etc/bash_completion.d/sdkgen
  sdkgen completions zsh > ~/.zfunc/_sdkgen
  sdkgen completions fish > ~/.config/fish/completions/sdkgen.fish";

const MAN: &str = "\
Examples:
  sdkgen man > sdkgen.1
  sdkgen man generate > sdkgen-generate.1";

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stage {
    /// The parsed files: one node per line, with its position.
    Nodes,
    /// The intermediate representation of the API.
    Ir,
    /// The Rust names.
    Names,
    /// The contexts of the templates.
    View,
}

impl From<Stage> for pipeline::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Nodes => pipeline::Stage::Nodes,
            Stage::Ir => pipeline::Stage::Ir,
            Stage::Names => pipeline::Stage::Names,
            Stage::View => pipeline::Stage::View,
        }
    }
}

/// The two documents to compare.
#[derive(Debug, Args)]
pub struct Sides {
    /// The old OpenAPI document: a file, REV:PATH in a git revision, or `-` for standard input.
    pub old: PathBuf,
    /// The new document, in the same forms.
    pub new: PathBuf,
    /// The configuration file for both documents: a file or REV:PATH. A document in a git revision is read with
    /// the configuration file of that revision, if there is one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The configuration file of OLD, if it differs: a file or REV:PATH.
    #[arg(long, value_name = "FILE")]
    pub old_config: Option<PathBuf>,
    #[command(flatten)]
    pub access: Access,
}

fn denied(text: &str) -> Result<Denied, String> {
    match text {
        "warnings" => Ok(Denied::Warnings),
        "notes" => Ok(Denied::Notes),
        other => match did_you_mean::nearest(other, ["warnings", "notes"]) {
            Some(near) => Err(format!("`{other}` is no severity; did you mean `{near}`?")),
            None => explain::known(other)
                .map(|code| Denied::Code(code.to_owned()))
                .map_err(|why| format!("{why} (also known: warnings, notes)")),
        },
    }
}

fn allowed(text: &str) -> Result<String, String> {
    match explain::known(text)? {
        code if code.starts_with('E') => Err("errors cannot be left out".to_owned()),
        code => Ok(code.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }
}
