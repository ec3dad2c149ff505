//! The commands as clap knows them. Those of a resource are built when they are needed, as an API may have hundreds.

use std::sync::OnceLock;

use clap::{Arg, ArgAction, Command, ValueHint};

use super::arguments;
use super::specification::{self, Form, Operation, Specification};
use super::terminal::{glued, printable};
use super::{Program, Resource};

/// The program that runs. Commands of a resource are built by a function without arguments, which looks here.
static RUNNING: OnceLock<Running> = OnceLock::new();

/// The program with its description.
#[derive(Debug)]
pub struct Running {
    pub program: &'static Program,
    pub specification: Specification,
}

/// Returns the program that runs.
pub fn running(program: &'static Program) -> &'static Running {
    RUNNING.get_or_init(|| Running {
        program,
        specification: Specification::read(program.description),
    })
}

impl Running {
    /// Returns a resource by the name of its command.
    pub fn resource(&self, name: &str) -> Option<&'static Resource> {
        let mut resources = self.specification.resources.iter();
        let index = resources.position(|resource| resource.name == name)?;
        self.program.resources.get(index)
    }

    /// Returns the whole command.
    pub fn command(&self) -> Command {
        let described = &self.specification;
        let about = match described.about.is_empty() {
            true => described.title.clone(),
            false => format!("{}\n\n{}", described.title, described.about),
        };
        let resources = described.resources.iter().map(|resource| {
            Command::new(resource.name.clone())
                .about(resource.about.clone())
                .subcommand_required(true)
                .arg_required_else_help(true)
                .defer(with_operations)
        });
        Command::new(described.program.clone())
            .version(env!("CARGO_PKG_VERSION"))
            .about(described.title.clone())
            .long_about(about)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true)
            .max_term_width(100)
            .after_help(variables(described))
            .args(globals(described))
            .subcommands(resources)
            .subcommands(super::builtin::commands(described))
    }
}

/// Returns the environment variables that the program reads, with what they are for.
fn variables(described: &Specification) -> String {
    let login = format!("also stored by `{} login`", described.program);
    let credentials = described.credentials.iter();
    let mut all: Vec<(String, String)> = credentials
        .map(|one| (one.env.clone(), format!("{}; {login}", one.label)))
        .collect();
    let url = "The URL of the API, as --base-url".to_owned();
    all.push((described.base_url_env.clone(), url));
    if !described.credentials.is_empty() {
        let profile = format!("{}_PROFILE", described.env_prefix);
        all.push((profile, "The profile, as --profile".to_owned()));
    }
    let longest = all.iter().map(|(name, _)| name.len()).max();
    let longest = longest.unwrap_or_default();
    let lines = all
        .iter()
        .map(|(name, about)| format!("\n  {name:longest$}  {about}"));
    format!("Environment variables:{}", lines.collect::<String>())
}

/// Adds the operations of a resource to its command.
fn with_operations(command: Command) -> Command {
    let Some(running) = RUNNING.get() else {
        return command;
    };
    let Some(resource) = running.resource(command.get_name()) else {
        return command;
    };
    let resource_name = command.get_name().to_owned();
    let program = &running.specification.program;
    let operations = specification::operations(resource.commands);
    let commands = operations.iter().map(|operation| {
        let line = format!("{program} {resource_name} {}", operation.name);
        of_operation(operation, &line)
    });
    command.subcommands(commands)
}

fn of_operation(operation: &Operation, line: &str) -> Command {
    let request = format!("{} {}", operation.method, operation.path);
    let mut about = match operation.about.is_empty() {
        true => request.clone(),
        false => operation.about.clone(),
    };
    if operation.is_deprecated {
        about = format!("{about} (deprecated)").trim_start().to_owned();
    }
    let last = match operation.about.is_empty() {
        true => "",
        false => &request,
    };
    let paragraphs = [&*about, &*operation.details, last];
    let paragraphs = paragraphs.into_iter().filter(|text| !text.is_empty());
    let long_about: Vec<&str> = paragraphs.collect();
    Command::new(operation.name.clone())
        .about(about.clone())
        .long_about(long_about.join("\n\n"))
        .args(arguments::of_operation(operation))
        .args(own(operation))
        .after_help(after_help(operation, line))
}

fn after_help(operation: &Operation, line: &str) -> String {
    let mut words = vec![line.to_owned()];
    words.extend(operation.example.iter().map(|word| quoted(word)));
    let mut text = format!("Example:\n  {}", glued(&printable(&words.join(" "))));
    if operation.confirms {
        text.push_str("\n\nAsks before it sends the request; --yes skips the question.");
    }
    text
}

/// Returns a word quoted for a shell.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// Returns the flags that only some operations have.
fn own(operation: &Operation) -> Vec<Arg> {
    let heading = "Request and response";
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).help(help).help_heading(heading)
    };
    let mut flags = Vec::new();
    if let Some(body) = operation
        .body
        .as_ref()
        .filter(|body| body.form != Form::Multipart)
    {
        let help = match body.form {
            Form::Value => {
                "The body as JSON, @FILE, or - for standard input; flags are merged over it"
            }
            _ => "The body: a text, @FILE, or - for standard input",
        };
        flags.push(
            flag("body", help)
                .value_name("BODY")
                .allow_hyphen_values(true),
        );
        if !body.others.is_empty() {
            let types: Vec<&str> = body.media_types().collect();
            let help = format!(
                "The media type of the body: {}; by default, that of the file, or the first",
                types.join(", ")
            );
            let media_type = Arg::new("body-type").long("body-type").help(help);
            flags.push(media_type.value_name("TYPE").help_heading(heading));
        }
    }
    if operation.is_paged {
        flags.push(flag("all", "Print the items of all pages").action(ArgAction::SetTrue));
        let max = flag(
            "max",
            "Print at most this many items, of as many pages as it takes",
        );
        flags.push(max.value_name("N").value_parser(clap::value_parser!(u64)));
    }
    if operation.is_polled {
        if operation.wait.is_some() {
            flags.push(flag("wait", "Poll until the work is done").action(ArgAction::SetTrue));
        }
        let until = flag(
            "until",
            "Poll until a property has one of these values: status=completed,failed",
        );
        flags.push(until.value_name("PROPERTY=VALUES"));
        let interval = flag(
            "interval",
            "How long to wait between two requests of a poll; 1s, and then longer",
        );
        flags.push(interval.value_name("DURATION"));
    }
    let out = flag("out", "Write the response to a file").value_name("FILE");
    flags.push(out.value_hint(ValueHint::FilePath));
    flags
}

/// Hides the global options that have no effect on a command: all except those with these names.
pub fn with_only(command: Command, described: &Specification, names: &[&str]) -> Command {
    let globals = globals(described).into_iter();
    let others = globals.filter(|arg| !names.contains(&arg.get_id().as_str()));
    command.args(others.map(|arg| arg.global(false).hide(true)))
}

/// Returns the flags of every command.
pub fn globals(described: &Specification) -> Vec<Arg> {
    let heading = "Global options";
    let flag = |name: &'static str, help: String| {
        Arg::new(name)
            .long(name)
            .help(help)
            .help_heading(heading)
            .global(true)
    };
    let text =
        |name, help: &str, value: &'static str| flag(name, help.to_owned()).value_name(value);
    let switch = |name, help: &str| flag(name, help.to_owned()).action(ArgAction::SetTrue);
    let formats = ["table", "json", "jsonl", "yaml", "raw"];
    vec![
        text(
            "output",
            "The format; a table on a terminal, or else JSON",
            "FORMAT",
        )
        .short('o')
        .value_parser(formats),
        text(
            "query",
            "Print what a JSONPath selects: '$[*].id'",
            "JSONPATH",
        )
        .short('q'),
        text(
            "columns",
            "The columns of a table, separated by commas",
            "NAMES",
        )
        .value_delimiter(','),
        switch(
            "dry-run",
            "Print the request as a curl command, and send nothing",
        ),
        switch("yes", "Send the request without a question").short('y'),
        switch(
            "verbose",
            "Print requests and responses to the standard error, without secrets",
        )
        .short('v'),
        text(
            "header",
            "Send a header: 'Name: value'; can be repeated",
            "HEADER",
        )
        .action(ArgAction::Append),
        text(
            "timeout",
            "How long a request may take: 30s, 2m",
            "DURATION",
        ),
        text("profile", "The stored credentials to use", "NAME"),
        flag(
            "base-url",
            format!(
                "The URL of the API; also the variable {}",
                described.base_url_env
            ),
        )
        .value_name("URL")
        .value_hint(ValueHint::Url),
    ]
}
