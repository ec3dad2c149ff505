//! The contexts of the templates of the program, and the descriptions of its commands as JSON.

mod function;
mod specification;

pub use specification::{program as specification, resource as commands};

use self::function::ProgramFunction;
use super::plan::Program;
use crate::ir::OperationId;
use crate::prose;
use crate::rust::book::Sample;
use crate::rust::view::manifest;
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

/// The contexts of all files of the program.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Program"))]
pub struct ProgramViews {
    pub manifest: ProgramManifest,
    pub readme: ProgramReadme,
    pub index: ProgramIndex,
    pub resources: Vec<ProgramResource>,
}

/// Creates all views of the program, if one is configured.
pub fn all(plan: Plan<'_>) -> Option<ProgramViews> {
    let program = Program::new(plan)?;
    let groups = 0..plan.api.groups.len();
    Some(ProgramViews {
        manifest: manifest(&program),
        readme: readme(&program),
        index: index(&program),
        resources: groups.map(|index| resource(&program, index)).collect(),
    })
}

/// `cli/Cargo.toml.j2`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramManifest {
    /// TOML strings.
    pub name: String,
    pub version: String,
    pub license: String,
    pub description: String,
    pub links: Vec<String>,
    /// A TOML list, unless no keyword is configured.
    pub keywords: Option<String>,
    pub own_workspace: bool,
    pub binary: String,
    pub client: String,
    pub client_path: String,
    /// Whether the features of resources have to be turned on.
    pub has_features: bool,
    /// Whether `login` requests tokens by OAuth 2.0, and whether a browser brings the code.
    pub has_login: bool,
    pub has_authorization: bool,
}

/// `cli/README.md.j2`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramReadme {
    pub package: String,
    pub binary: String,
    pub title: String,
    pub client: String,
    pub env: Option<String>,
    pub base_url_env: String,
    pub example: Option<String>,
    pub confirmed: Vec<String>,
    /// Whether `login` requests tokens by OAuth 2.0, by a code that a browser brings, or by one that the user types.
    pub has_login: bool,
    pub has_authorization: bool,
    pub has_device: bool,
    /// The variable that holds the id of the program at the authorization server.
    pub client_id_env: String,
    pub resources: Vec<ResourceSection>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResourceSection {
    pub name: String,
    pub about: String,
    pub commands: Vec<CommandRow>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CommandRow {
    pub command: String,
    pub about: String,
}

/// `cli/commands_mod.rs.j2`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramIndex {
    pub docs: String,
    pub modules: Vec<String>,
    pub list: String,
    pub has_downloads: bool,
    pub has_events: bool,
    pub has_parts: bool,
    /// Whether `login` requests tokens by OAuth 2.0, by a code that a browser brings, or by one that the user types.
    pub has_login: bool,
    pub has_authorization: bool,
    pub has_device: bool,
    /// Statements that set each credential of the client's builder.
    pub credentials: Vec<ProgramCredential>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramCredential {
    pub lines: Vec<String>,
}

/// `cli/command.rs.j2`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgramResource {
    pub module: String,
    pub name: String,
    pub docs: Vec<String>,
    pub uses_parts: bool,
    /// The `use` lines of the client.
    pub uses: Vec<String>,
    /// The field with the functions of the resource, laid out.
    pub functions: String,
    pub operations: Vec<ProgramFunction>,
}

/// The label of samples with the program.
pub const LABEL: &str = "CLI";

/// Returns the example command of an operation, for documentation sites.
pub fn sample(program: &Program<'_>, id: OperationId) -> Sample {
    Sample {
        lang: "Shell",
        label: LABEL,
        source: specification::example_line(program, id),
    }
}

pub fn manifest(program: &Program<'_>) -> ProgramManifest {
    let plan = program.plan;
    let client = manifest::manifest(plan, &[]);
    let title = plan.api.info.title.trim();
    let toml = manifest::toml;
    ProgramManifest {
        name: toml(&program.package()),
        version: client.version,
        license: client.license,
        description: toml(&prose::plain(&format!("Command line of the {title}"))),
        links: client.links,
        keywords: client.keywords,
        own_workspace: !program.options.workspace_member,
        binary: toml(program.binary()),
        client: client.name,
        client_path: toml(&program.options.client_path),
        has_features: !plan.names.features.is_empty(),
        has_login: program.has_login(),
        has_authorization: program.logs_in(false),
    }
}

pub fn readme(program: &Program<'_>) -> ProgramReadme {
    let plan = program.plan;
    let sections = plan.api.groups.iter().zip(&program.names.resources);
    let section = |(group, name): (&crate::ir::Group, &String)| ResourceSection {
        name: name.clone(),
        about: prose::first_sentence(group.docs.description.as_deref().unwrap_or_default()),
        commands: group
            .operations
            .iter()
            .map(|id| row(program, name, *id))
            .collect(),
    };
    let operations = plan.api.operation_ids();
    let confirmed = operations
        .filter(|id| program.is_named(plan.api.operation(*id)))
        .map(|id| {
            let group = plan.api.operation(id).group;
            format!(
                "{} {}",
                program.names.resources[group], program.names.operations[id.0 as usize]
            )
        });
    ProgramReadme {
        package: program.package(),
        binary: program.binary().to_owned(),
        title: prose::escaped(plan.api.info.title.trim().trim_end_matches('.')),
        client: plan.options.package.name.clone(),
        env: plan.main_env().map(str::to_owned),
        base_url_env: plan.client.base_url_env.clone(),
        example: plan
            .client
            .showcase
            .map(|id| specification::example_line(program, id)),
        confirmed: confirmed.collect(),
        has_login: program.has_login(),
        has_authorization: program.logs_in(false),
        has_device: program.logs_in(true),
        client_id_env: format!("{}_CLIENT_ID", plan.options.env_prefix),
        resources: sections.map(section).collect(),
    }
}

fn row(program: &Program<'_>, resource: &str, id: OperationId) -> CommandRow {
    let command = program.command(id);
    let positional = command
        .arguments()
        .filter(|argument| argument.is_positional);
    let positional = positional.map(|argument| format!(" <{}>", argument.name));
    let line = format!(
        "{} {resource} {}{}",
        program.binary(),
        command.name,
        positional.collect::<String>()
    );
    let docs = &command.operation.docs;
    let about = docs.summary.as_deref().or(docs.description.as_deref());
    CommandRow {
        command: line,
        about: prose::piped(&prose::first_sentence(about.unwrap_or_default())),
    }
}

pub fn index(program: &Program<'_>) -> ProgramIndex {
    let plan = program.plan;
    let modules = plan
        .names
        .resources
        .iter()
        .map(|names| names.module.clone());
    let mut sorted: Vec<String> = modules.clone().collect();
    sorted.sort_by(|one, other| layout::module_order(one, other));
    let list = modules.map(|module| Expr::item(module, "RESOURCE"));
    let list = Expr::slice(list.collect::<Vec<_>>());
    let commands: Vec<_> = plan
        .api
        .operation_ids()
        .map(|id| program.command(id))
        .collect();
    let title = prose::escaped(plan.api.info.title.trim().trim_end_matches('.'));
    ProgramIndex {
        docs: format!("The command line of the {title}."),
        modules: sorted,
        list: layout::assignment("", "pub static RESOURCES: &[Resource]", &list),
        has_downloads: commands.iter().any(|command| command.is_download),
        has_events: commands
            .iter()
            .any(|command| command.streams == Some(crate::ir::Framing::Events)),
        has_parts: commands
            .iter()
            .any(|command| command.body.as_ref().is_some_and(function::has_parts)),
        has_login: program.has_login(),
        has_authorization: program.logs_in(false),
        has_device: program.logs_in(true),
        credentials: plan
            .credentials()
            .map(|one| credential(one, !program.flows(one).is_empty()))
            .collect(),
    }
}

/// Returns the statements that set a credential, if there is one.
fn credential(
    credential: crate::rust::plan::credentials::Credential<'_>,
    has_flows: bool,
) -> ProgramCredential {
    let name = Expr::string(credential.ident);
    let stored = Expr::variable("stored");
    let function = if credential.is_basic() {
        "basic"
    } else {
        "secret"
    };
    let value = stored.method(function, [name]);
    let arguments = match credential.is_basic() {
        true => vec![Expr::variable("user"), Expr::variable("password")],
        false => vec![Expr::variable("secret")],
    };
    let pattern = match credential.is_basic() {
        true => "(user, password)",
        false => "secret",
    };
    let set = Expr::variable("builder").method(credential.ident.to_owned(), arguments);
    let mut lines = vec![
        layout::assignment("    ", "let found", &value),
        format!("    if let Some({pattern}) = found {{"),
        layout::assignment("        ", "builder", &set),
        "    }".to_owned(),
    ];
    let mut sources = credential.sources().into_iter();
    let provider = sources.find(|source| !source.is_grant && has_flows);
    if let Some(provider) = provider {
        // It replaces the token, which it provides itself.
        let session = Expr::variable("stored").method("session", [Expr::string(credential.ident)]);
        let ident = provider.ident.to_owned();
        let set = Expr::variable("builder").method(ident, [Expr::variable("session")]);
        lines.extend([
            layout::assignment("    ", "let found", &session),
            "    if let Some(session) = found {".to_owned(),
            layout::assignment("        ", "builder", &set),
            "    }".to_owned(),
        ]);
    }
    ProgramCredential { lines }
}

pub fn resource(program: &Program<'_>, index: usize) -> ProgramResource {
    let plan = program.plan;
    let group = &plan.api.groups[index];
    let names = &plan.names.resources[index];
    let operations = group.operations.iter();
    let operations: Vec<ProgramFunction> = operations
        .map(|id| function::view(program, program.command(*id)))
        .collect();
    let functions = group.operations.iter();
    let functions = functions.map(|id| Expr::variable(plan.names.operation(*id).method.clone()));
    ProgramResource {
        module: names.module.clone(),
        name: program.names.resources[index].clone(),
        docs: crate::rust::view::resource::about(plan, index),
        functions: layout::field_value(
            "    ",
            "functions",
            &Expr::slice(functions.collect::<Vec<_>>()),
        ),
        uses: uses(&operations),
        uses_parts: operations.iter().any(|operation| operation.uses_parts),
        operations,
    }
}

/// Returns the imports of a resource's file from the client.
fn uses(operations: &[ProgramFunction]) -> Vec<String> {
    let imports = operations.iter().flat_map(|operation| &operation.imports);
    let imports = imports.cloned().chain(["sdk::Client".to_owned()]);
    let imports: std::collections::BTreeSet<String> = imports.collect();
    crate::rust::code::use_lines(imports)
}
