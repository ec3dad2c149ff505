//! Prints responses: as a table, JSON, YAML, or as they are.

use std::io::{BufWriter, ErrorKind, Write, stdout};

use sdk::transport::Body;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::columns;
use super::exchange::{Response, Values, next};
use super::fault::{Fault, FaultKind};
use super::specification::Operation;
use super::terminal::{self, printable_lines, safe_json};
use super::yaml;

/// The format of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Table,
    Json,
    /// A line for each value.
    Lines,
    Yaml,
    Raw,
}

/// What is printed of a response, and where.
#[derive(Debug)]
pub struct Output {
    pub format: Format,
    pub query: Option<JsonPath>,
    /// The columns that the user wants.
    pub columns: Vec<String>,
    /// The file that the response goes to.
    pub file: Option<String>,
}

impl Output {
    /// Reads the format and the JSONPath.
    ///
    /// # Errors
    ///
    /// Returns a usage error if the path is not valid.
    pub fn new(
        format: Option<&str>,
        query: Option<&str>,
        columns: Vec<String>,
        file: Option<String>,
    ) -> Result<Self, Fault> {
        let is_for_people = terminal::shows_output() && file.is_none();
        let format = match format {
            Some("table") => Format::Table,
            Some("json") => Format::Json,
            Some("jsonl") => Format::Lines,
            Some("yaml") => Format::Yaml,
            Some("raw") => Format::Raw,
            _ if is_for_people && query.is_none() => Format::Table,
            _ => Format::Json,
        };
        let query = query.map(JsonPath::parse).transpose();
        let query = query.map_err(|error| Fault::usage(format!("--query: {error}")))?;
        Ok(Self {
            format,
            query,
            columns,
            file,
        })
    }

    /// Prints a whole response.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written, or if it is not fit for a terminal.
    pub fn response(&self, operation: &Operation, response: &Response) -> Result<(), Fault> {
        let json = response.json().filter(|_| self.format != Format::Raw);
        match json {
            _ if response.body.is_empty() => {
                if terminal::shows_messages() {
                    eprintln!("{}", response.status);
                }
                Ok(())
            }
            Some(value) => self.value(operation, &value),
            None => self.bytes(response),
        }
    }

    /// Prints a value.
    pub fn value(&self, operation: &Operation, value: &Value) -> Result<(), Fault> {
        let selected = self.query.as_ref().map(|query| selected(query, value));
        let text = match (&selected, self.format) {
            (Some(value), format) => self.text(operation, value, value, format),
            (None, format) => self.text(operation, value, columns::shown(operation, value), format),
        };
        self.write(text.as_bytes())
    }

    fn text(&self, operation: &Operation, whole: &Value, shown: &Value, format: Format) -> String {
        let json = |value: &Value| {
            let text = serde_json::to_string_pretty(value).unwrap_or_default();
            safe_json(&text) + "\n"
        };
        match format {
            Format::Table => {
                let columns = if self.columns.is_empty() {
                    &operation.columns
                } else {
                    &self.columns
                };
                columns::table(shown, columns, self.screen()) + "\n"
            }
            Format::Json | Format::Raw => json(whole),
            Format::Lines => match shown {
                Value::Array(items) => items.iter().map(line).collect(),
                value => line(value),
            },
            Format::Yaml => safe_json(&yaml::text(whole)),
        }
    }

    fn screen(&self) -> usize {
        match terminal::shows_output() {
            true => terminal::columns(),
            false => usize::MAX,
        }
    }

    fn bytes(&self, response: &Response) -> Result<(), Fault> {
        let is_seen = terminal::shows_output() && self.file.is_none();
        match std::str::from_utf8(&response.body) {
            Ok(text) if is_seen => self.write((printable_lines(text) + "\n").as_bytes()),
            Err(_) if is_seen => {
                let size = response.body.len();
                let kind = response.media_type();
                let message = format!(
                    "the response is {size} bytes of {kind}, which a terminal does not show"
                );
                Err(Fault::usage(message).hint("add --out FILE"))
            }
            _ => self.write(&response.body),
        }
    }

    /// Writes to the file, or else to the standard output.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Fault> {
        match &self.file {
            Some(path) => std::fs::write(path, bytes).map_err(|error| cannot_write(path, &error)),
            None => {
                let mut out = stdout().lock();
                ended(out.write_all(bytes).and_then(|()| out.flush()))
            }
        }
    }

    /// Prints values as they arrive, at most so many. Tables are printed at the end.
    ///
    /// # Errors
    ///
    /// Returns the error of the stream, after the values before it.
    pub async fn values(
        &self,
        operation: &Operation,
        mut values: Values,
        most: Option<u64>,
        is_live: bool,
    ) -> Result<(), Fault> {
        let format = match self.format {
            // A stream has no end that a table could wait for.
            Format::Table | Format::Json | Format::Raw if is_live => Format::Lines,
            format => format,
        };
        let mut sink: Box<dyn Write> = match &self.file {
            Some(path) => {
                let file =
                    std::fs::File::create(path).map_err(|error| cannot_write(path, &error))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(stdout())),
        };
        let mut kept = Vec::new();
        let mut count: u64 = 0;
        let mut fault = None;
        let shows_progress = format == Format::Table && terminal::shows_messages();
        while most.is_none_or(|most| count < most) {
            let value = match next(&mut values).await {
                Some(Ok(value)) => value,
                Some(Err(error)) => {
                    fault = Some(Fault::of(&error, operation));
                    break;
                }
                None => break,
            };
            count += 1;
            let value = self
                .query
                .as_ref()
                .map_or_else(|| value.clone(), |query| selected(query, &value));
            let written = match format {
                Format::Table => {
                    kept.push(value);
                    if shows_progress && count.is_multiple_of(100) {
                        eprint!("\r{count} items");
                    }
                    Ok(())
                }
                Format::Json | Format::Raw => {
                    let sign = if count == 1 { "[\n" } else { ",\n" };
                    write!(sink, "{sign}{}", safe_json(&value.to_string()))
                }
                Format::Lines => sink.write_all(line(&value).as_bytes()).and_then(|()| {
                    // Values of a stream are seen when they arrive.
                    if is_live { sink.flush() } else { Ok(()) }
                }),
                Format::Yaml => {
                    sink.write_all(format!("---\n{}", safe_json(&yaml::text(&value))).as_bytes())
                }
            };
            ended(written)?;
        }
        if shows_progress && count >= 100 {
            eprint!("\r{}\r", " ".repeat(30));
        }
        let end = match format {
            Format::Table => {
                let rows = Value::Array(kept);
                self.text(operation, &rows, &rows, Format::Table)
            }
            Format::Json | Format::Raw if count == 0 => "[]\n".to_owned(),
            Format::Json | Format::Raw => "\n]\n".to_owned(),
            Format::Lines | Format::Yaml => String::new(),
        };
        ended(sink.write_all(end.as_bytes()).and_then(|()| sink.flush()))?;
        fault.map_or(Ok(()), Err)
    }

    /// Writes a body as it arrives.
    ///
    /// # Errors
    ///
    /// Returns an error if the body breaks off, or cannot be written.
    pub async fn download(&self, response: &Response, mut body: Body) -> Result<(), Fault> {
        if terminal::shows_output()
            && self.file.is_none()
            && !response.media_type().starts_with("text/")
        {
            let message = format!(
                "the response is {}, which a terminal does not show",
                response.media_type()
            );
            return Err(Fault::usage(message).hint("add --out FILE"));
        }
        let mut sink: Box<dyn Write> = match &self.file {
            Some(path) => {
                Box::new(std::fs::File::create(path).map_err(|error| cannot_write(path, &error))?)
            }
            None => Box::new(stdout()),
        };
        let length = body.length();
        let mut done: u64 = 0;
        let shows_progress = self.file.is_some() && terminal::shows_messages();
        loop {
            let chunk = body.chunk().await;
            let chunk = chunk.map_err(|error| Fault::new(FaultKind::Network, error.to_string()))?;
            let Some(chunk) = chunk else { break };
            ended(sink.write_all(&chunk))?;
            done += chunk.len() as u64;
            if shows_progress {
                match length {
                    Some(length) if length > 0 => {
                        eprint!("\r{}%", done.saturating_mul(100) / length)
                    }
                    _ => eprint!("\r{done} bytes"),
                }
            }
        }
        if shows_progress {
            eprintln!("\r{done} bytes written");
        }
        ended(sink.flush())
    }
}

/// Returns what a path selects: the value if it is one, or else a list.
fn selected(query: &JsonPath, value: &Value) -> Value {
    let found = query.query(value).all();
    match &found[..] {
        [only] => (*only).clone(),
        all => Value::Array(all.iter().map(|value| (*value).clone()).collect()),
    }
}

fn line(value: &Value) -> String {
    safe_json(&value.to_string()) + "\n"
}

fn cannot_write(path: &str, error: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Api, format!("cannot write `{path}`: {error}"))
}

/// A reader that has seen enough, such as `head`, ends the program without an error.
fn ended(written: std::io::Result<()>) -> Result<(), Fault> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.map_err(Fault::from),
    }
}
