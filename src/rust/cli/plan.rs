//! Facts about the commands: arguments and flags, bodies, columns, and which requests ask before they are sent.

mod arguments;
mod body;
mod login;

pub use arguments::{Argument, ArgumentKind, ArgumentTarget, Decoding};
pub use body::{BodyForm, CommandBody, MultipartPart, OtherBody};
pub use login::LoginFlow;

use super::columns;
use crate::config::CommandLine;
use crate::ir::{Framing, Operation, OperationId, Pagination, Parameter, Polling, SchemaKind};
use crate::parallel;
use crate::rust::Plan;
use crate::rust::names::commands::{self, CommandNames, FlagNames};

/// The program.
pub struct Program<'a> {
    pub plan: Plan<'a>,
    pub options: &'a CommandLine,
    pub names: CommandNames,
    /// By [`OperationId`].
    commands: Vec<Command<'a>>,
}

/// The command of one operation.
pub struct Command<'a> {
    pub id: OperationId,
    pub operation: &'a Operation,
    pub name: String,
    pub parameters: Vec<Taken<'a>>,
    pub body: Option<CommandBody<'a>>,
    /// The paths of properties that may hold the list or the object of the response; the first that exists is shown.
    pub rows: Vec<Vec<String>>,
    /// The properties that a table shows by default.
    pub columns: Vec<String>,
    /// Whether the request asks before it is sent.
    pub confirms: bool,
    pub streams: Option<Framing>,
    pub is_download: bool,
    pub paging: Option<&'a Pagination>,
    pub polling: Option<&'a Polling>,
}

/// A parameter of an operation, and how its value reaches the client.
pub struct Taken<'a> {
    pub parameter: &'a Parameter,
    pub argument: Argument,
    /// The argument or setter of the client.
    pub ident: &'a str,
    /// Whether the client's method takes it, instead of a setter of the builder.
    pub is_argument: bool,
    pub decoding: Decoding<'a>,
}

impl<'a> Program<'a> {
    pub fn new(plan: Plan<'a>) -> Option<Self> {
        let options = plan.options.cli.as_ref()?;
        if plan.api.operations.is_empty() {
            return None;
        }
        let mut program = Program {
            plan,
            options,
            names: commands::resolve(plan.api, plan.names),
            commands: Vec::new(),
        };
        let ids: Vec<OperationId> = plan.api.operation_ids().collect();
        program.commands = parallel::map(&ids, |id| program.planned(*id));
        Some(program)
    }

    /// Returns the command of an operation.
    pub fn command(&self, id: OperationId) -> &Command<'a> {
        &self.commands[id.0 as usize]
    }

    /// Returns the name of the binary.
    pub fn binary(&self) -> &'a str {
        match &*self.options.name {
            "" => &self.plan.options.package.name,
            name => name,
        }
    }

    /// Returns the name of the crate.
    pub fn package(&self) -> String {
        self.options.package(&self.plan.options.package.name)
    }

    fn planned(&self, id: OperationId) -> Command<'a> {
        let plan = self.plan;
        let operation = plan.api.operation(id);
        let mut flags = FlagNames::default();
        let planned = plan.operation(id);
        let parameters = planned.arguments.iter();
        let parameters = parameters
            .filter(|argument| !argument.is_constant())
            .map(|argument| arguments::taken(plan, operation, argument, &mut flags))
            .collect();
        let body = body::body(plan, id, &mut flags);
        let (rows, columns) = columns::of(plan.api, operation);
        Command {
            id,
            operation,
            name: self.names.operations[id.0 as usize].clone(),
            parameters,
            body,
            rows,
            columns,
            confirms: self.confirms(operation),
            streams: planned.streams.first().map(|stream| stream.items.framing),
            is_download: planned.result.is_binary(),
            paging: operation.paging.as_ref(),
            polling: operation.polling.as_ref(),
        }
    }

    /// Returns whether a request asks before it is sent: each `DELETE`, and what the configuration names.
    fn confirms(&self, operation: &Operation) -> bool {
        operation.method == "DELETE" || self.is_named(operation)
    }

    /// Returns whether the configuration names an operation in `confirm`.
    pub fn is_named(&self, operation: &Operation) -> bool {
        let is_listed = |name: String| self.options.confirm.contains(&name);
        operation.names().any(is_listed)
    }

    /// Returns the resource and the operation that return whose credential it is: a `GET` without parameters of a
    /// path such as `/me` or `/user`.
    pub fn whoami(&self) -> Option<(usize, OperationId)> {
        const PATHS: [&str; 12] = [
            "/me",
            "/user",
            "/users/me",
            "/account",
            "/whoami",
            "/profile",
            "/user/me",
            "/self",
            "/users/self",
            "/accounts/me",
            "/viewer",
            "/current_user",
        ];
        let api = self.plan.api;
        let matching = |path: &str| {
            let suits = |id: &OperationId| {
                let operation = api.operation(*id);
                let raw = operation.path.raw.trim_end_matches('/');
                let is_free = !operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.required);
                operation.method == "GET" && is_free && ends_with_segments(raw, path)
            };
            api.operation_ids().find(suits)
        };
        let id = PATHS.iter().find_map(|path| matching(path))?;
        Some((api.operation(id).group, id))
    }
}

/// Returns whether a path is another one, perhaps behind segments with a version such as `/api/v1`.
fn ends_with_segments(path: &str, end: &str) -> bool {
    let Some(before) = path.strip_suffix(end) else {
        return false;
    };
    let is_prefix = |segment: &str| {
        let version = segment.strip_prefix('v').unwrap_or(segment);
        segment == "api"
            || !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    before.split('/').skip(1).all(is_prefix)
}

impl<'a> Command<'a> {
    /// Lists the arguments and flags: those of parameters, then those of the body.
    pub fn arguments(&self) -> impl Iterator<Item = &Argument> {
        let parameters = self.parameters.iter().map(|taken| &taken.argument);
        parameters.chain(self.body.iter().flat_map(|body| &body.arguments))
    }

    /// Returns whether some success has a body that the program can show as JSON.
    pub fn envelope(&self) -> Option<&'a [String]> {
        let (_, content) = self.operation.only_json()?;
        match &content.schema.kind {
            SchemaKind::Envelope(keys, _) => Some(keys),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ends_with_segments;

    #[test]
    fn versions_may_precede_a_path() {
        assert!(ends_with_segments("/me", "/me"));
        assert!(ends_with_segments("/api/v1/me", "/me"));
        assert!(ends_with_segments("/2.0/users/me", "/users/me"));
        assert!(!ends_with_segments("/teams/me", "/me"));
        assert!(!ends_with_segments("/name", "/me"));
    }
}
