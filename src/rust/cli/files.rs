//! Renders the files of the program.

use super::plan::Program;
use super::view;
use crate::parallel;
use crate::render::{Files, Templates};
use crate::rust::Plan;
use minijinja::Error;

/// The text of the licence, which the client crate has too.
const APACHE: &str = "rust/LICENSE-APACHE";

/// The folder of the runtime files.
const RUNTIME: &str = "cli/runtime/";

/// Runtime files that only some programs have.
const AUTHORIZATION: &str = "cli/runtime/authorization.rs";
const DEVICE: &str = "cli/runtime/device.rs";
const DOWNLOADS: &str = "cli/runtime/download.rs";
const EVENTS: &str = "cli/runtime/events.rs";
const PARTS: &str = "cli/runtime/parts.rs";
const LOGIN: [&str; 3] = [
    "cli/runtime/browser.rs",
    "cli/runtime/session.rs",
    "cli/runtime/token.rs",
];

/// Renders the program, if one is configured and the API has operations.
///
/// # Errors
///
/// Returns an error if a template does not match its view.
pub fn render(plan: &Plan<'_>, templates: &Templates<'_>) -> Result<Option<Files>, Error> {
    let Some(program) = Program::new(*plan) else {
        return Ok(plan.options.cli.as_ref().map(|_| Files::default()));
    };
    let mut files = Files::default();
    let manifest = view::manifest(&program);
    files.insert(
        "Cargo.toml",
        templates.render("cli/Cargo.toml.j2", &manifest)?,
    );
    files.insert(
        "README.md",
        templates.render("cli/README.md.j2", view::readme(&program))?,
    );
    let client = crate::rust::view::manifest::manifest(*plan, &[]);
    if client.is_mit {
        files.insert(
            "LICENSE-MIT",
            templates.render("rust/LICENSE-MIT.j2", &client)?,
        );
    }
    let licenses = &plan.options.package.license;
    for (name, text) in templates.copied() {
        if *name == APACHE && licenses.split_whitespace().any(|word| word == "Apache-2.0") {
            files.insert("LICENSE-APACHE", *text);
        }
    }
    let index = view::index(&program);
    files.insert("src/main.rs", templates.render("cli/main.rs.j2", &index)?);
    files.insert(
        "src/commands/mod.rs",
        templates.render("cli/commands_mod.rs.j2", &index)?,
    );
    let runtime = templates.render("cli/runtime_mod.rs.j2", &index)?;
    files.insert("src/runtime/mod.rs", runtime);
    let login = templates.render("cli/login.rs.j2", &index)?;
    files.insert("src/runtime/login.rs", login);
    if index.has_login {
        let oauth = templates.render("cli/oauth.rs.j2", &index)?;
        files.insert("src/runtime/oauth.rs", oauth);
    }
    files.insert("src/commands/program.json", view::specification(&program));
    let groups: Vec<usize> = (0..plan.api.groups.len()).collect();
    let rendered = parallel::map(&groups, |group| {
        let resource = view::resource(&program, *group);
        let code = templates.render("cli/command.rs.j2", &resource);
        (resource.module, code, view::commands(&program, *group))
    });
    for (module, code, commands) in rendered {
        files.insert(format!("src/commands/{module}.rs"), code?);
        files.insert(format!("src/commands/{module}.json"), commands);
    }
    for (name, text) in templates.copied() {
        let is_needed = match *name {
            AUTHORIZATION => index.has_authorization,
            DEVICE => index.has_device,
            DOWNLOADS => index.has_downloads,
            EVENTS => index.has_events,
            PARTS => index.has_parts,
            name => index.has_login || !LOGIN.contains(&name),
        };
        if let Some(file) = name.strip_prefix(RUNTIME).filter(|_| is_needed) {
            files.insert(format!("src/runtime/{file}"), *text);
        }
    }
    Ok(Some(files))
}
