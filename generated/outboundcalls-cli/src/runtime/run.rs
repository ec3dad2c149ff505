//! Runs a command: from its arguments to the printed response.

use std::io::Write;
use std::time::Duration;

use clap::ArgMatches;
use sdk::Client;

use super::arguments;
use super::command::{Running, running};
use super::confirm::confirm;
use super::credentials::Stored;
use super::curl;
use super::exchange::Exchange;
use super::fault::{Fault, FaultKind};
use super::input::{Input, Mode, Settings};
use super::output::Output;
use super::specification::{self, Operation, Streams};
use super::terminal::{shows_messages, shows_output, unglued};
use super::time;
use super::verbose::Verbose;
use super::wait::{self, Poll};
use super::{Function, Program, Resource, builtin};

/// Runs the program.
pub fn main(program: &'static Program) -> std::process::ExitCode {
    let running = running(program);
    let matches = match running.command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let code = if error.use_stderr() {
                FaultKind::Usage.code()
            } else {
                0
            };
            print(&error);
            return code.into();
        }
    };
    match dispatch(running, &matches) {
        Ok(()) => 0.into(),
        Err(fault) => {
            eprintln!("{fault}");
            fault.kind.code().into()
        }
    }
}

/// Prints a help or an error of clap.
fn print(error: &clap::Error) {
    let text = error.render();
    let (is_error, is_terminal) = match error.use_stderr() {
        true => (true, shows_messages()),
        false => (false, shows_output()),
    };
    let has_colors = is_terminal && std::env::var_os("NO_COLOR").is_none();
    let text = match has_colors {
        true => unglued(&text.ansi().to_string()),
        false => unglued(&text.to_string()),
    };
    match is_error {
        true => eprint!("{text}"),
        // A reader may stop before the end of a help text.
        false => drop(std::io::stdout().write_all(text.as_bytes())),
    }
}

fn dispatch(running: &'static Running, matches: &ArgMatches) -> Result<(), Fault> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Fault::usage("a command is missing"));
    };
    let Some(resource) = running.resource(name) else {
        return builtin::run(running, name, matches);
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Fault::usage("a command is missing"));
    };
    by_index(running, resource, name, matches)
}

/// Runs an operation by the names of its commands.
///
/// # Errors
///
/// Returns the error of the request.
pub fn by_name(
    running: &'static Running,
    resource: &str,
    operation: &str,
    matches: &ArgMatches,
) -> Result<(), Fault> {
    let found = running.resource(resource);
    let resource =
        found.ok_or_else(|| Fault::usage(format!("there is no command `{resource}`")))?;
    by_index(running, resource, operation, matches)
}

fn by_index(
    running: &'static Running,
    resource: &Resource,
    name: &str,
    matches: &ArgMatches,
) -> Result<(), Fault> {
    let operations = specification::operations(resource.commands);
    let index = operations
        .iter()
        .position(|operation| operation.name == name);
    let found =
        index.and_then(|index| Some((operations.get(index)?, resource.functions.get(index)?)));
    let (operation, function) =
        found.ok_or_else(|| Fault::usage(format!("there is no command `{name}`")))?;
    let request = Request {
        running,
        operation,
        function: *function,
    };
    block_on(request.run(matches))
}

/// Runs a future on this thread.
pub fn block_on<T>(future: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(future)
}

/// The request of a command.
pub struct Request<'o> {
    pub running: &'static Running,
    pub operation: &'o Operation,
    pub function: Function,
}

impl Request<'_> {
    async fn run(&self, matches: &ArgMatches) -> Result<(), Fault> {
        let operation = self.operation;
        let [body, media_type] = ["body", "body-type"].map(|name| text(matches, name));
        let values = arguments::values(operation, matches)?;
        let input = Input::new(operation, values, body.as_deref(), media_type.as_deref())?;
        let input = input.with_settings(settings(matches)?);
        let output = output(matches)?;
        let poll = poll(operation, matches)?;
        let is_dry = matches.get_flag("dry-run");
        if operation.confirms && !is_dry && !matches.get_flag("yes") {
            confirm(operation)?;
        }
        let stored = Stored::find(&self.running.specification, matches)?;
        let stored = if is_dry {
            stored.placeholders()
        } else {
            stored
        };
        let client = client(self.running, &stored, matches)?;
        let most = matches.try_get_one::<u64>("max").ok().flatten().copied();
        let is_all = most.is_some() || is_set(matches, "all");
        let mode = match () {
            () if is_dry => Mode::Build,
            () if is_all => Mode::Items,
            () if self.is_stream(&input) => Mode::Stream,
            () if operation.downloads && poll.is_none() => Mode::Download,
            () => Mode::Send,
        };
        let input = input.with_mode(mode);
        if let Some(poll) = poll.filter(|_| mode == Mode::Send) {
            return self.poll(&client, &input, &output, poll).await;
        }
        match (self.function)(&client, &input)? {
            Exchange::Build(request) => {
                let request = request.await.map_err(|error| self.fault(&error))?;
                output.write((curl::command(&request, &stored.stand_ins()) + "\n").as_bytes())
            }
            Exchange::Send(response) => {
                let response = response.await.map_err(|error| self.fault(&error))?;
                output.response(operation, &response)
            }
            Exchange::Stream(values) => {
                let values = values.await.map_err(|error| self.fault(&error))?;
                output
                    .values(operation, values, most, mode == Mode::Stream)
                    .await
            }
            Exchange::Download(download) => {
                let (mut response, body) = download.await.map_err(|error| self.fault(&error))?;
                if !response.is_json() {
                    return output.download(&response, body).await;
                }
                let bytes = body.bytes(usize::MAX).await;
                response.body =
                    bytes.map_err(|error| Fault::new(FaultKind::Network, error.to_string()))?;
                output.response(operation, &response)
            }
        }
    }

    fn is_stream(&self, input: &Input) -> bool {
        match self.operation.streams {
            Streams::Never => false,
            Streams::Always => true,
            Streams::ByFlag => {
                let flag = input.json_body().and_then(|body| body.get("stream"));
                flag == Some(&serde_json::Value::Bool(true))
            }
        }
    }

    async fn poll(
        &self,
        client: &Client,
        input: &Input,
        output: &Output,
        mut poll: Poll,
    ) -> Result<(), Fault> {
        loop {
            let Exchange::Send(response) = (self.function)(client, input)? else {
                return Err(Fault::usage("this operation cannot be polled"));
            };
            let response = response.await.map_err(|error| self.fault(&error))?;
            let value = response.json().unwrap_or_default();
            if poll.is_done(&value) {
                return output.response(self.operation, &response);
            }
            tokio::time::sleep(poll.next_wait()?).await;
        }
    }

    /// Returns the error of a request.
    pub fn fault(&self, error: &sdk::Error) -> Fault {
        let fault = Fault::of(error, self.operation);
        match fault.kind {
            FaultKind::Auth => fault.hint(auth_hint(self.running)),
            _ => fault,
        }
    }
}

fn auth_hint(running: &Running) -> String {
    let described = &running.specification;
    match described.credentials.first() {
        Some(first) => format!("run `{} login`, or set {}", described.program, first.env),
        None => "the API has no credential that this program knows".to_owned(),
    }
}

/// Creates the client.
///
/// # Errors
///
/// Returns an error if a setting cannot be used.
pub fn client(running: &Running, stored: &Stored, matches: &ArgMatches) -> Result<Client, Fault> {
    let described = &running.specification;
    let builder = (running.program.credentials)(Client::builder(), stored);
    let agent = format!("{}/{}", described.program, env!("CARGO_PKG_VERSION"));
    let mut builder = builder.user_agent(&agent);
    let url = text(matches, "base-url").or_else(|| stored.base_url.clone());
    match url {
        Some(url) => builder = builder.base_url(url),
        None if described.needs_base_url => {
            let message = "the API has no base URL";
            let hint = format!("add --base-url URL, or set {}", described.base_url_env);
            return Err(Fault::usage(message).hint(hint));
        }
        None => {}
    }
    if stored.is_verbose {
        builder = builder.transport(Verbose::new(stored.secrets.clone())?);
    }
    builder.build().map_err(|error| match error.is_auth() {
        true if stored.is_empty() => {
            Fault::new(FaultKind::Auth, "no credential is set").hint(auth_hint(running))
        }
        true => Fault::new(FaultKind::Auth, error.to_string()).hint(auth_hint(running)),
        false => Fault::usage(error.to_string()),
    })
}

fn settings(matches: &ArgMatches) -> Result<Settings, Fault> {
    let timeout = duration(matches, "timeout")?;
    let headers = matches.get_many::<String>("header").into_iter().flatten();
    let header = |text: &String| match text.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Fault::usage(format!(
            "--header: `{text}` is not of the form NAME: VALUE"
        ))),
    };
    Ok(Settings {
        timeout,
        headers: headers.map(header).collect::<Result<_, _>>()?,
    })
}

fn output(matches: &ArgMatches) -> Result<Output, Fault> {
    let columns = matches.get_many::<String>("columns").into_iter().flatten();
    Output::new(
        text(matches, "output").as_deref(),
        text(matches, "query").as_deref(),
        columns.map(|name| name.trim().to_owned()).collect(),
        text(matches, "out"),
    )
}

fn poll(operation: &Operation, matches: &ArgMatches) -> Result<Option<Poll>, Fault> {
    let interval = duration(matches, "interval")?;
    let described = operation.wait.as_ref();
    let condition = match text(matches, "until") {
        Some(until) => Some(wait::condition(&until, &operation.envelope)?),
        None => described.filter(|_| is_set(matches, "wait")).cloned(),
    };
    Ok(condition.map(|condition| Poll::new(condition, interval)))
}

fn duration(matches: &ArgMatches, name: &str) -> Result<Option<Duration>, Fault> {
    let seconds = text(matches, name)
        .map(|text| time::duration(&text))
        .transpose();
    let seconds = seconds.map_err(|fault| Fault::usage(format!("--{name}: {fault}")))?;
    Ok(seconds.map(Duration::from_secs))
}

/// Returns the text of a flag, which the command may not have.
pub fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

/// Returns whether a flag is set, which the command may not have.
fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one::<bool>(name).ok().flatten() == Some(&true)
}
