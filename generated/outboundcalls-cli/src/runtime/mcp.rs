//! A server of the Model Context Protocol over the standard input and output, or over HTTP.
//!
//! A request that costs money or deletes is not sent before the user agrees, unless the user started the server so. No
//! result has a secret.

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, Implementation, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ProtocolVersion, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ServerCapabilities, ServerConfig,
    Tool as ToolModel, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::stdio;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use sdk::Client;

use super::calls::unknown;
use super::command::Running;
use super::credentials::Stored;
use super::fault::{Fault, FaultKind};
use super::run::{block_on, client, text};
use super::secrets::Secrets;
use super::tools::{Allowed, Tool, schema, tools};

/// How many characters a result has at most.
const BUDGET: usize = 40_000;

/// Returns the command `mcp`.
pub fn command() -> Command {
    let switch = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .help(help)
            .action(ArgAction::SetTrue)
    };
    let command = Command::new("mcp")
        .about("Serve the Model Context Protocol")
        .long_about(
            "Serve the Model Context Protocol over the standard input and output, for assistants. Requests that \
             delete, and those that ask in other commands, are not sent before the user agrees; --yes sends them \
             without a question.",
        )
        .arg(switch("read-only", "Only offer requests that change nothing"))
        .arg(
            Arg::new("allow")
                .long("allow")
                .value_name("tag:TAG|RESOURCE|OPERATION")
                .help("Only offer these operations; can be repeated")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(switch("confirm", "Ask before every request that changes something"))
        .arg(
            Arg::new("max-result")
                .long("max-result")
                .value_name("CHARACTERS")
                .help("The longest result; longer ones are cut, with a hint")
                .value_parser(clap::value_parser!(usize)),
        );
    #[cfg(feature = "mcp-http")]
    let command = command.arg(
        Arg::new("http")
            .long("http")
            .value_name("PORT|ADDRESS")
            .help("Serve over HTTP instead, for programs of this machine alone")
            .num_args(0..=1)
            .default_missing_value(super::http::DEFAULT_ADDRESS),
    );
    command
}

/// Serves until the standard input ends, or over HTTP until the program is ended.
///
/// # Errors
///
/// Returns an error if the server cannot start.
pub fn serve(running: &'static Running, matches: &ArgMatches) -> Result<(), Fault> {
    let allow = matches.get_many::<String>("allow").into_iter().flatten();
    let allowed = Allowed {
        only_reads: matches.get_flag("read-only"),
        names: allow.cloned().collect(),
    };
    let tools = tools(running, &allowed);
    if tools.is_empty() {
        return Err(Fault::usage("no operation is allowed").hint("see `mcp --help`"));
    }
    let stored = Stored::find(&running.specification, matches)?;
    let server = Server {
        running,
        tools: Arc::new(tools),
        client: client(running, &stored, matches)?,
        secrets: stored.secrets.clone(),
        asks: !matches.get_flag("yes"),
        asks_always: matches.get_flag("confirm"),
        budget: matches
            .get_one::<usize>("max-result")
            .copied()
            .unwrap_or(BUDGET),
    };
    #[cfg(feature = "mcp-http")]
    if let Some(address) = text(matches, "http") {
        let variable = format!("{}_MCP_TOKEN", running.specification.env_prefix);
        let token = super::credentials::from_env(&variable);
        let address = super::http::address(&address)?;
        return block_on(super::http::serve(server, address, token));
    }
    block_on(async {
        let fault = |error: String| Fault::new(FaultKind::Api, error);
        let service = server
            .serve(stdio())
            .await
            .map_err(|error| fault(error.to_string()))?;
        service
            .waiting()
            .await
            .map_err(|error| fault(error.to_string()))?;
        Ok(())
    })
}

/// The server.
#[derive(Clone)]
pub struct Server {
    pub running: &'static Running,
    pub tools: Arc<Vec<Tool>>,
    pub client: Client,
    pub secrets: Secrets,
    /// Whether the user has to confirm requests that need it.
    pub asks: bool,
    pub asks_always: bool,
    pub budget: usize,
}

const PAGES: &str = "docs://api/";

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let described = &self.running.specification;
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let mut info = ServerConfig::new(capabilities);
        info.protocol_version = ProtocolVersion::LATEST_WITH_INITIALIZE;
        info.server_info =
            Implementation::new(described.program.clone(), env!("CARGO_PKG_VERSION"));
        info.instructions = Some(match described.about.is_empty() {
            true => described.title.clone(),
            false => format!("{}\n\n{}", described.title, described.about),
        });
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tool = |tool: &Tool| {
            let operation = &tool.operation;
            let annotations = ToolAnnotations::new()
                .read_only(tool.is_read())
                .destructive(operation.method == "DELETE" || operation.confirms)
                .idempotent(operation.is_idempotent)
                .open_world(true);
            ToolModel::new(
                tool.name.clone(),
                tool.description(),
                Arc::new(schema(&operation.input)),
            )
            .with_title(operation.about.clone())
            .with_raw_output_schema(Arc::new(schema(&operation.output)))
            .with_annotations(annotations)
        };
        let tools = match self.has_few() {
            true => self.tools.iter().map(tool).collect(),
            false => self.general(),
        };
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        if !self.has_few() {
            return self.general_call(&request, &context).await;
        }
        let tool = self.tools.iter().find(|tool| tool.name == request.name);
        let tool = tool.ok_or_else(|| unknown(&request.name))?;
        let arguments = request.arguments.clone().unwrap_or_default();
        self.call(tool, arguments, &request, &context).await
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let resources = self.running.specification.resources.iter();
        let resources =
            resources.filter(|one| self.tools.iter().any(|tool| tool.resource == one.name));
        let resource = |one: &super::specification::ResourceSpec| {
            Resource::new(format!("{PAGES}{}", one.name), one.name.clone())
                .with_description(one.about.clone())
                .with_mime_type("text/markdown")
        };
        Ok(ListResourcesResult::with_all_items(
            resources.map(resource).collect(),
        ))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let page = request
            .uri
            .strip_prefix(PAGES)
            .and_then(|name| self.page(name));
        let page = page.ok_or_else(|| {
            ErrorData::resource_not_found(format!("there is no resource `{}`", request.uri), None)
        })?;
        let contents = ResourceContents::TextResourceContents {
            uri: request.uri,
            mime_type: Some("text/markdown".to_owned()),
            text: page,
            meta: None,
        };
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}
