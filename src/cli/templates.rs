//! `sdkgen templates`: the built-in templates, listed or written out to be changed.

use super::terminal::Ui;
use super::{DONE, FINDINGS, MISUSE, Outcome};
use clap::{Args, Subcommand};
use sdkgen::output;
use sdkgen::render::{self, Files};
use sdkgen::source;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Mark those that a file of this folder stands in place of.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Writes built-in templates into a folder; what is there already is never replaced.
    Export {
        /// The folder.
        dir: PathBuf,
        /// The templates; all without it.
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
}

pub fn templates(arguments: &Arguments, ui: &Ui) -> Outcome {
    match &arguments.action {
        Some(Action::Export { dir, names }) => export(dir, names, ui),
        None => list(arguments.templates.as_deref(), ui),
    }
}

fn list(own: Option<&Path>, ui: &Ui) -> Outcome {
    let mut text = String::new();
    for (name, _) in render::built_in() {
        let mark = match own {
            None => "",
            Some(folder) if source::is_file(&folder.join(name)) => "* ",
            Some(_) => "  ",
        };
        text.push_str(&format!("{mark}{name}\n"));
    }
    ui.result(&text);
    Ok(DONE)
}

fn export(folder: &Path, names: &[String], ui: &Ui) -> Outcome {
    let is_known = |name: &&String| render::built_in().any(|(known, _)| known == **name);
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        let hint = match render::nearest_name(unknown) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`sdkgen templates` lists the names".to_owned(),
        };
        ui.error(&format!("there is no template `{unknown}`; {hint}"));
        return Err(MISUSE);
    }
    let mut files = Files::default();
    for (name, text) in render::built_in() {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            files.insert(name, text);
        }
    }
    let written =
        output::stage_given(folder, &files).and_then(|staged| output::commit(vec![staged]));
    let written = written.map_err(|fault| {
        ui.error(&fault.to_string());
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
        ui.progress(&format!("{root}: {created} created, {unchanged} unchanged"));
    }
    Ok(DONE)
}
