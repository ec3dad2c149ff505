//! Calls of tools: arguments, the question to the user, the request, and the result.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ElicitRequestParams,
    ElicitationAction, InputRequest, InputRequests, InputRequiredResult, Tool as ToolModel,
    ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde_json::{Map, Value, json};

use super::command::quoted;
use super::exchange::{Exchange, next};
use super::fault::Fault;
use super::input::{Input, Mode};
use super::mcp::Server;
use super::run::Request;
use super::specification::Streams;
use super::tools::{MOST_TOOLS, Tool, fit, schema};

/// How many values of a stream a result has at most.
const MOST_VALUES: usize = 200;

/// What the user says about a request.
enum Consent {
    Given,
    Refused(String),
    /// The client asks the user and calls again.
    Awaited(InputRequiredResult),
}

impl Server {
    pub fn has_few(&self) -> bool {
        self.tools.len() <= MOST_TOOLS
    }

    fn find(&self, name: &str) -> Option<&Tool> {
        let mut tools = self.tools.iter();
        tools.find(|tool| tool.name == name || tool.operation.id == name)
    }

    /// Returns the tools for an API of many operations.
    pub fn general(&self) -> Vec<ToolModel> {
        let names = json!({"type": "object", "properties": {
            "search": {"type": "string", "description": "Words that the name or the description contains."},
            "resource": {"type": "string", "description": "The resource of the operations."},
        }, "additionalProperties": false});
        let one = json!({"type": "object", "properties": {
            "operation": {"type": "string", "description": "The name from list_operations."},
        }, "required": ["operation"], "additionalProperties": false});
        let run = json!({"type": "object", "properties": {
            "operation": {"type": "string", "description": "The name from list_operations."},
            "arguments": {"type": "object", "description": "The arguments that describe_operation describes."},
        }, "required": ["operation"], "additionalProperties": false});
        let title = &self.running.specification.title;
        let reads = || ToolAnnotations::new().read_only(true).open_world(false);
        let count = self.tools.len();
        vec![
            ToolModel::new(
                "list_operations",
                format!(
                    "Lists the operations of the {title}, {count} in all, by resource or search."
                ),
                Arc::new(schema(&names)),
            )
            .with_annotations(reads()),
            ToolModel::new(
                "describe_operation",
                "Returns the description of an operation, and the JSON Schema of its arguments.",
                Arc::new(schema(&one)),
            )
            .with_annotations(reads()),
            ToolModel::new(
                "run_operation",
                "Sends the request of an operation.",
                Arc::new(schema(&run)),
            )
            .with_annotations(ToolAnnotations::new().read_only(false).open_world(true)),
        ]
    }

    fn listed(&self, arguments: &Map<String, Value>) -> Value {
        let word = |name: &str| {
            arguments
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_lowercase()
        };
        let (search, resource) = (word("search"), word("resource"));
        let suits = |tool: &&Tool| {
            let text = format!(
                "{} {} {} {} {}",
                tool.name,
                tool.operation.id,
                tool.operation.about,
                tool.operation.method,
                tool.operation.path
            );
            let text = text.to_lowercase();
            let is_found = search.split_whitespace().all(|word| text.contains(word));
            is_found && (resource.is_empty() || tool.resource == resource)
        };
        let found: Vec<&Tool> = self.tools.iter().filter(suits).collect();
        if found.len() > 100 && search.is_empty() && resource.is_empty() {
            let resources = self.running.specification.resources.iter();
            let resources = resources.map(|one| json!({"resource": one.name, "about": one.about, "operations": one.operations}));
            return json!({"resources": resources.collect::<Vec<_>>(), "hint": "Give `resource` or `search`."});
        }
        let line = |tool: &&Tool| json!({"operation": tool.name, "about": tool.operation.about});
        let lines: Vec<Value> = found.iter().take(100).map(line).collect();
        match found.len() > 100 {
            true => {
                json!({"operations": lines, "hint": format!("{} operations suit; search for more words.", found.len())})
            }
            false => json!({"operations": lines}),
        }
    }

    /// Runs one of the general tools.
    pub async fn general_call(
        &self,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut arguments = request.arguments.clone().unwrap_or_default();
        if request.name == "list_operations" {
            return Ok(CallToolResult::structured(self.listed(&arguments)).into());
        }
        let name = arguments
            .get("operation")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(tool) = self.find(name) else {
            let message = format!("there is no operation `{name}`; list_operations lists them");
            return Ok(failed(message));
        };
        match &*request.name {
            "describe_operation" => {
                let errors: Map<String, Value> = tool
                    .operation
                    .errors
                    .iter()
                    .map(|(status, text)| (status.clone(), json!(text)))
                    .collect();
                let described = json!({
                    "operation": tool.name,
                    "description": tool.description(),
                    "arguments": schema(&tool.operation.input),
                    "errors": errors,
                });
                Ok(CallToolResult::structured(described).into())
            }
            "run_operation" => {
                let own = match arguments.remove("arguments") {
                    Some(Value::Object(own)) => own,
                    None | Some(Value::Null) => Map::new(),
                    Some(_) => return Ok(failed("`arguments` is not an object")),
                };
                self.call(tool, own, request, context).await
            }
            name => Err(unknown(name)),
        }
    }

    /// Sends the request of an operation.
    pub async fn call(
        &self,
        tool: &Tool,
        arguments: Map<String, Value>,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        // Arguments are checked first, so that users confirm only requests that can be sent.
        let input = match Input::from_json(&tool.operation, arguments) {
            Ok(input) => input,
            Err(fault) => return Ok(failed(fault.message)),
        };
        if self.needs_consent(tool) {
            match self.consent(tool, &input, request, context).await {
                Consent::Given => {}
                Consent::Refused(why) => return Ok(failed(why)),
                Consent::Awaited(required) => return Ok(required.into()),
            }
        }
        Ok(match self.send(tool, input).await {
            Ok(result) => result.into(),
            Err(fault) => failed(self.secrets.redacted(&fault.to_string())),
        })
    }

    fn needs_consent(&self, tool: &Tool) -> bool {
        (self.asks && tool.operation.confirms) || (self.asks_always && !tool.is_read())
    }

    async fn consent(
        &self,
        tool: &Tool,
        input: &Input,
        request: &CallToolRequestParams,
        context: &RequestContext<RoleServer>,
    ) -> Consent {
        const KEY: &str = "confirm";
        let operation = &tool.operation;
        let what = format!(
            "{} {} ({}) with {}",
            operation.method,
            operation.path,
            operation.about,
            input.summary()
        );
        let refused = || {
            Consent::Refused(format!(
                "the user did not agree to {what}; nothing was sent"
            ))
        };
        let is_accepted = |action: Option<&str>| action == Some("accept");
        let params = json!({
            "mode": "form",
            "message": format!("Send {what}?"),
            "requestedSchema": {"type": "object", "properties": {}},
        });
        let params: Result<ElicitRequestParams, _> = serde_json::from_value(params.clone());
        let capabilities = context.client_capabilities();
        let can_ask = capabilities.is_some_and(|capabilities| capabilities.elicitation.is_some());
        let Ok(params) = params
            .map_err(drop)
            .and_then(|params| can_ask.then_some(params).ok_or(()))
        else {
            let program = &self.running.specification.program;
            return Consent::Refused(format!(
                "{what} needs the user's agreement, and this client cannot ask. Nothing was sent. The user can run \
                 `{program} {} {}`, or start the server with `{program} mcp --yes`.",
                quoted(&tool.resource),
                quoted(&tool.command)
            ));
        };
        let version = context.protocol_version();
        if version.is_some_and(|version| !version.has_initialize()) {
            // Since 2026-07-28, a server does not ask itself.
            let answers = request.input_responses.as_ref();
            let answer = answers.and_then(|answers| answers.get(KEY));
            return match answer {
                Some(answer) if is_accepted(answer.get("action").and_then(Value::as_str)) => {
                    Consent::Given
                }
                Some(_) => refused(),
                None => {
                    let asked = serde_json::from_value::<InputRequest>(
                        json!({"method": "elicitation/create", "params": params}),
                    );
                    match asked {
                        Ok(asked) => {
                            let requests = InputRequests::from([(KEY.to_owned(), asked)]);
                            Consent::Awaited(InputRequiredResult::from_input_requests(requests))
                        }
                        Err(_) => refused(),
                    }
                }
            };
        }
        match context.peer.create_elicitation(params).await {
            Ok(answer) if answer.action == ElicitationAction::Accept => Consent::Given,
            _ => refused(),
        }
    }

    async fn send(&self, tool: &Tool, input: Input) -> Result<CallToolResult, Fault> {
        let operation = &tool.operation;
        let request = Request {
            running: self.running,
            operation,
            function: tool.function,
        };
        let is_stream = operation.streams == Streams::Always;
        let mode = if is_stream { Mode::Stream } else { Mode::Send };
        let fault = |error: &sdk::Error| request.fault(error);
        let (status, data) = match (tool.function)(&self.client, &input.with_mode(mode))? {
            Exchange::Send(response) => {
                let response = response.await.map_err(|error| fault(&error))?;
                let data = match (response.json(), std::str::from_utf8(&response.body)) {
                    (Some(json), _) => json,
                    (None, Ok(text)) => Value::from(text),
                    (None, Err(_)) => {
                        let kind = response.media_type();
                        Value::from(format!(
                            "{} bytes of {kind}, which are not shown",
                            response.body.len()
                        ))
                    }
                };
                (response.status.as_u16(), data)
            }
            Exchange::Stream(values) => {
                let mut values = values.await.map_err(|error| fault(&error))?;
                let mut kept = Vec::new();
                while kept.len() < MOST_VALUES {
                    match next(&mut values).await {
                        Some(value) => kept.push(value.map_err(|error| fault(&error))?),
                        None => break,
                    }
                }
                (200, Value::Array(kept))
            }
            _ => {
                return Err(Fault::usage(
                    "this operation has no result that a tool can return",
                ));
            }
        };
        let data = self.without_secrets(data);
        let (data, note) = fit(operation, data, self.budget);
        let mut result = json!({"status": status, "data": data});
        if let Some(note) = note {
            result["note"] = note.into();
        }
        Ok(CallToolResult::structured(result))
    }

    /// Replaces secrets that the server of the API may have repeated.
    fn without_secrets(&self, data: Value) -> Value {
        let text = data.to_string();
        let redacted = self.secrets.redacted(&text);
        match redacted == text {
            true => data,
            false => serde_json::from_str(&redacted).unwrap_or(Value::Null),
        }
    }

    /// Returns a page about a resource of the API.
    pub fn page(&self, resource: &str) -> Option<String> {
        let mut text = String::new();
        for tool in self.tools.iter().filter(|tool| tool.resource == resource) {
            text.push_str(&format!("## {}\n\n{}\n\n", tool.name, tool.description()));
            for argument in &tool.operation.arguments {
                text.push_str(&format!(
                    "- `{}`: {}\n",
                    argument.path.join("."),
                    argument.help
                ));
            }
            for (status, meaning) in &tool.operation.errors {
                text.push_str(&format!("- error {status}: {meaning}\n"));
            }
            text.push('\n');
        }
        (!text.is_empty()).then(|| format!("# {resource}\n\n{text}"))
    }
}

fn failed(message: impl Into<String>) -> CallToolResponse {
    CallToolResult::error(vec![ContentBlock::text(message)]).into()
}

pub fn unknown(name: &str) -> ErrorData {
    ErrorData::invalid_params(format!("there is no tool `{name}`"), None)
}
