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
    /// Print diagnostics in this format.
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub format: Format,
    /// Treat diagnostics as errors, so that nothing is written: `warnings`, `notes`, or codes such as W0201.
    #[arg(long, global = true, display_order = 100, value_name = "WHAT", value_delimiter = ',', value_parser = denied)]
    pub deny: Vec<Denied>,
    /// Do not report diagnostics with these codes. Errors cannot be suppressed.
    #[arg(long, global = true, display_order = 100, value_name = "CODE", value_delimiter = ',', value_parser = allowed)]
    pub allow: Vec<String>,
    /// Color the output.
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
    /// Text with source lines.
    #[default]
    Human,
    /// One line for each diagnostic.
    Short,
    /// JSON, with the number of diagnostics of each code.
    Json,
    /// Annotations for GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// An overlay with the fixes that sdkgen knows.
    Overlay,
    /// A section for a changelog; `diff` only.
    Markdown,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the crate and, if configured, the book.
    #[command(after_help = GENERATE)]
    Generate {
        #[command(flatten)]
        target: Target,
        /// Regenerate when the document, a file it refers to, a template or the configuration changes.
        #[arg(long, conflicts_with = "bump")]
        watch: bool,
        /// Set the next version and write the changelog, from the changes since the last release tag, such as
        /// v1.2.0.
        #[arg(long)]
        bump: bool,
        /// With --bump, accept changes that still compile but send or decode something else.
        #[arg(long, requires = "bump")]
        accept_silent: bool,
        /// Overwrite generated files that were edited.
        #[arg(long)]
        force: bool,
    },
    /// Check that generated files are up to date.
    #[command(after_help = CHECK)]
    Check {
        #[command(flatten)]
        target: Target,
        /// Also check that the crate can be published: metadata, size, `cargo package`, the build of docs.rs, and a
        /// build with the minimum supported Rust version.
        #[arg(long)]
        publish: bool,
    },
    /// Report problems in OpenAPI documents.
    #[command(after_help = LINT)]
    Lint(Documents),
    /// Create a repository for an SDK: document, configuration, crate, book and CI workflows.
    #[command(after_help = INIT)]
    Init(init::InitArguments),
    /// Compare two versions of a document by the crates generated from them.
    #[command(after_help = DIFF)]
    Diff(Sides),
    /// Bundle a document that is split into several files.
    #[command(after_help = BUNDLE)]
    Bundle(bundle::BundleArguments),
    /// List the Rust names of operations, types and variants, and mark those that read badly.
    #[command(after_help = NAMES)]
    Names {
        #[command(flatten)]
        target: Target,
        /// Print a `names` section for sdkgen.yaml, with suggestions as comments.
        #[arg(long)]
        suggest: bool,
    },
    /// Print an overlay with code samples (`x-codeSamples`) for documentation sites.
    #[command(after_help = SAMPLES)]
    Samples {
        #[command(flatten)]
        target: Target,
    },
    /// Print an intermediate result, for debugging and for custom templates.
    #[command(after_help = DUMP)]
    Dump {
        /// The intermediate result.
        stage: StageArgument,
        #[command(flatten)]
        target: Target,
    },
    /// Explain a diagnostic, with an example and its fix.
    #[command(after_help = EXPLAIN)]
    Explain {
        /// The code, such as W0201 [default: list all codes].
        code: Option<String>,
    },
    /// List or export the built-in templates.
    #[command(after_help = TEMPLATES)]
    Templates(templates::TemplatesArguments),
    /// Print shell completions.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page of sdkgen or of a command.
    #[command(after_help = MAN)]
    Man {
        /// The command [default: sdkgen itself].
        command: Option<String>,
    },
}

const SDKGEN: &str = "\
Exit codes: 0 on success, 1 if there are errors or differences, 2 if the command line, the configuration file or \
the document cannot be read.

Examples:
  sdkgen init api.yaml                       create a repository for an SDK
  sdkgen generate api.yaml --out client      generate a crate
  sdkgen generate                            use sdkgen.yaml or spec/sdkgen.yaml
  sdkgen check                               fail if generated files are outdated
  sdkgen lint api.yaml                       report problems in a document";

const GENERATE: &str = "\
Examples:
  sdkgen generate                            use sdkgen.yaml or spec/sdkgen.yaml
  sdkgen generate api.yaml --out client      use one document, without a configuration file
  sdkgen generate api.yaml --out client --package pets --docs book --wire-tests
  sdkgen generate --bump                     prepare a release: version and changelog
  sdkgen generate --watch                    regenerate after each change
  sdkgen generate --deny warnings            write nothing if there are warnings";

const CHECK: &str = "\
Lists the differences and the command that fixes them. Always regenerates in memory; it does not trust the lock file.

Exit codes: 0 if files are up to date, 1 if they differ or, with --publish, if crates.io would reject the crate.

Examples:
  sdkgen check                               use sdkgen.yaml or spec/sdkgen.yaml
  sdkgen check --publish                     check a crate before its release
  sdkgen check api.yaml --out client         use one document";

const LINT: &str = "\
Examples:
  sdkgen lint api.yaml
  curl https://example.com/api.json | sdkgen lint -
  sdkgen lint apis/*.yaml                                  check several documents
  sdkgen lint api.yaml --format github --deny warnings     fail in CI if there are warnings
  sdkgen lint api.yaml --format sarif > sdkgen.sarif       upload to code scanning
  sdkgen lint api.yaml --format overlay > fixes.yaml       write an overlay with fixes";

const DIFF: &str = "\
A change is breaking if code that uses the crate may no longer compile, silent if it compiles but sends or decodes \
something else, and compatible otherwise. `--format markdown` prints a section for a changelog, `--format github` a \
text for a pull request.

Exit codes: 0 if no change is breaking, 1 if a change is breaking, 2 if a document cannot be compared.

Examples:
  sdkgen diff old.yaml new.yaml
  sdkgen diff main:spec/api.yaml spec/api.yaml --config sdkgen.yaml
  sdkgen diff v1.2.0:api.yaml HEAD:api.yaml --format markdown";

const INIT: &str = "\
Never replaces an existing file. Exits with code 2 if a file exists, or if there is no document.

Examples:
  sdkgen init api.yaml                       create a folder with the name of the crate
  sdkgen init api.yaml --out . --package pets
  sdkgen init ../service                     use the only OpenAPI document in a folder
  sdkgen init api.yaml --from stainless.yml  import the configuration of Stainless";

const BUNDLE: &str = "\
Turns referenced parts of other files into components, or copies them where OpenAPI has no such components, as for \
path items. Keeps comments and order if possible; JSON stays JSON. Applies the overlays of --overlay, but not the \
overlays and filters of the configuration file.

Examples:
  sdkgen bundle spec/openapi.yaml > openapi.yaml
  sdkgen bundle spec/openapi.yaml --out openapi.yaml
  sdkgen bundle --config sdkgen.yaml         use the folders that `remote` maps to URLs";

const DUMP: &str = "\
Examples:
  sdkgen dump ir api.yaml                    print the intermediate representation
  sdkgen dump view api.yaml                  print the values that templates receive
  sdkgen dump names --config sdkgen.yaml     print the Rust names";

const NAMES: &str = "\
Examples:
  sdkgen names openapi.yaml                  list all names
  sdkgen names --suggest >> sdkgen.yaml      append suggestions, then review them";

const SAMPLES: &str = "\
Adds a sample in Rust, which uses the generated crate, and one with curl to each operation that has none in that \
language. Apply the overlay to the document that the site is built from.

Examples:
  sdkgen samples openapi.yaml > samples.overlay.yaml
  sdkgen samples --config sdkgen.yaml
  sdkgen bundle openapi.yaml --overlay samples.overlay.yaml --out site/openapi.yaml";

const EXPLAIN: &str = "\
Examples:
  sdkgen explain W0201
  sdkgen explain                             list all codes";

const TEMPLATES: &str = "\
Examples:
  sdkgen templates                           list the names
  sdkgen templates --templates mine          mark those that the folder replaces
  sdkgen templates export mine rust/README.md.j2
  sdkgen generate --templates mine           generate with the changed template";

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
pub enum StageArgument {
    /// The parsed files: one node per line, with its position.
    Nodes,
    /// The intermediate representation of the API.
    Ir,
    /// The Rust names.
    Names,
    /// The contexts of the templates.
    View,
}

impl From<StageArgument> for pipeline::Stage {
    fn from(stage: StageArgument) -> Self {
        match stage {
            StageArgument::Nodes => pipeline::Stage::Nodes,
            StageArgument::Ir => pipeline::Stage::Ir,
            StageArgument::Names => pipeline::Stage::Names,
            StageArgument::View => pipeline::Stage::View,
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
    /// The configuration file for OLD, if it differs: a file or REV:PATH.
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
            Some(near) => Err(format!(
                "unknown severity `{other}`; did you mean `{near}`?"
            )),
            None => explain::known(other)
                .map(|code| Denied::Code(code.to_owned()))
                .map_err(|why| format!("{why} (also known: warnings, notes)")),
        },
    }
}

fn allowed(text: &str) -> Result<String, String> {
    match explain::known(text)? {
        code if code.starts_with('E') => Err("errors cannot be suppressed".to_owned()),
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
