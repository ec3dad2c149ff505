//! Reads the user's templates: files of a folder that replace built-in ones of the same name.

use super::Loaded;
use crate::diag::{Diagnostic, Diagnostics, Location, causes, codes};
use crate::render;
use crate::source::{Syntax, entries, is_folder, read_text};
use std::path::Path;

/// Reads the files of a folder whose paths are names of templates. Other files are reported as errors; hidden ones,
/// such as those of version control, are skipped.
///
/// Returns `None` if the folder or one of its files cannot be read.
pub fn load_templates(
    loaded: &mut Loaded,
    folder: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let names: Vec<&'static str> = render::built_in().map(|(name, _)| name).collect();
    let mut open = vec![String::new()];
    while let Some(within) = open.pop() {
        let path = match within.is_empty() {
            true => folder.to_owned(),
            false => folder.join(within.trim_end_matches('/')),
        };
        let found = reported(entries(&path), &path, diagnostics)?;
        loaded.templates.folders.push(path);
        for entry in found {
            let name = format!("{within}{entry}");
            let path = folder.join(&name);
            let below = format!("{name}/");
            if is_folder(&path) && names.iter().any(|known| known.starts_with(&below)) {
                open.push(below);
            } else if let Some(known) = names.iter().find(|known| **known == name) {
                let text = reported(read_text(&path), &path, diagnostics)?;
                loaded.add_template(known, &path, &text);
            } else {
                diagnostics.push(codes::unknown_template(
                    &shown(&path),
                    render::nearest_name(&name),
                ));
            }
        }
    }
    Some(())
}

impl Loaded {
    /// Returns the finding about a template that cannot be rendered. If one of the user's own led to the
    /// fault, the finding is about that one.
    pub fn template_fault(&self, fault: &minijinja::Error) -> Diagnostic {
        let own = |fault: &minijinja::Error| {
            let mut files = self.templates.files.iter();
            let (_, id) = files.find(|(name, _)| Some(*name) == fault.name())?;
            let line = || {
                let file = self.sources.file(*id)?;
                Some(file.line_range(fault.line()?))
            };
            let range = fault.range().or_else(line).unwrap_or_default();
            Some(Location::Bytes(*id, range))
        };
        match causes(fault).filter_map(own).last() {
            Some(place) => codes::custom_template(place, fault),
            None => codes::template(fault),
        }
    }

    fn add_template(&mut self, name: &'static str, path: &Path, text: &str) {
        let id = self.sources.next_id();
        // Templates are printed with their line endings, which must not depend on the system.
        let text = text.replace("\r\n", "\n");
        self.sources.push(path.to_owned(), text, Syntax::Yaml);
        self.templates.files.push((name, id));
    }
}

/// Reports an error of reading a file or folder.
fn reported<T>(result: Result<T, String>, path: &Path, diagnostics: &mut Diagnostics) -> Option<T> {
    let report = |why: String| diagnostics.push(codes::unreadable(&shown(path), &why));
    result.map_err(report).ok()
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
