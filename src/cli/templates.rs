//! `sdkgen templates`: lists the built-in templates, or writes them to a folder.

use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, MISUSE};
use clap::{Args, Subcommand};
use sdkgen::output;
use sdkgen::render::{self, Files};
use sdkgen::source;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct TemplatesArguments {
    #[command(subcommand)]
    action: Option<TemplatesCommand>,
    /// Mark templates that a file in this folder replaces.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum TemplatesCommand {
    /// Export built-in templates to a folder. Existing files are never replaced.
    Export {
        /// The folder.
        dir: PathBuf,
        /// The templates [default: all].
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
}

pub fn templates(arguments: &TemplatesArguments, terminal: &Terminal) -> CommandResult {
    match &arguments.action {
        Some(TemplatesCommand::Export { dir, names }) => export(dir, names, terminal),
        None => list(arguments.templates.as_deref(), terminal),
    }
}

fn list(own: Option<&Path>, terminal: &Terminal) -> CommandResult {
    let mut text = String::new();
    for (name, _) in render::built_in() {
        let mark = match own {
            None => "",
            Some(folder) if source::is_file(&folder.join(name)) => "* ",
            Some(_) => "  ",
        };
        text.push_str(&format!("{mark}{name}\n"));
    }
    terminal.result(&text);
    Ok(DONE)
}

fn export(folder: &Path, names: &[String], terminal: &Terminal) -> CommandResult {
    let is_known = |name: &&String| render::built_in().any(|(known, _)| known == **name);
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        let hint = match render::nearest_name(unknown) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "run `sdkgen templates` to list the names".to_owned(),
        };
        terminal.error(&format!("unknown template `{unknown}`; {hint}"));
        return Err(MISUSE);
    }
    let mut files = Files::default();
    for (name, text) in render::built_in() {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            files.insert(name, text);
        }
    }
    let written =
        output::stage_user_files(folder, &files).and_then(|staged| output::commit(vec![staged]));
    let written = written.map_err(|fault| {
        terminal.error(&fault.to_string());
        FINDINGS
    })?;
    for output::Written {
        root,
        created,
        unchanged,
        ..
    } in written
    {
        let root = root.display();
        terminal.progress(&format!("{root}: {created} created, {unchanged} unchanged"));
    }
    Ok(DONE)
}
