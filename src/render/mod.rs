//! Renders templates with minijinja: one environment, one context per file, and no formatting pass.

mod table;

use crate::did_you_mean;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// Generated files: text by path, relative to the output folder and separated by `/`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// Adds a file that is copied unchanged, given its name.
    pub fn copy(&mut self, templates: &Templates<'_>, path: String, name: &str) {
        let copied = templates.copied.iter().find(|(copied, _)| *copied == name);
        if let Some((_, text)) = copied {
            self.insert(path, *text);
        }
    }
}

/// The compiled templates, and the files that are copied unchanged.
#[derive(Debug)]
pub struct Templates<'t> {
    environment: Environment<'t>,
    copied: Vec<(&'static str, &'t str)>,
}

impl<'t> Templates<'t> {
    /// Compiles all templates. Templates in `own` replace built-in ones of the same name.
    ///
    /// # Errors
    ///
    /// Returns an error if a template is malformed.
    pub fn new(own: &BTreeMap<&str, &'t str>) -> Result<Self, Error> {
        let text = |name: &str, built_in| own.get(name).copied().unwrap_or(built_in);
        let mut environment = environment()?;
        for (name, built_in) in table::TEMPLATES {
            environment.add_template(name, text(name, built_in))?;
        }
        let copied = table::COPIED.iter();
        let copied = copied.map(|(name, built_in)| (*name, text(name, built_in)));
        Ok(Templates {
            environment,
            copied: copied.collect(),
        })
    }

    /// Renders a template.
    ///
    /// # Errors
    ///
    /// Returns an error if the template uses a field that the view does not have.
    pub fn render(&self, name: &str, view: impl Serialize) -> Result<String, Error> {
        let template = self.environment.get_template(name)?;
        template.render(Value::from(Serde(view)))
    }

    /// Returns the files that are copied unchanged, by name.
    pub fn copied(&self) -> &[(&'static str, &'t str)] {
        &self.copied
    }
}

fn environment<'t>() -> Result<Environment<'t>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(format);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    environment.set_syntax(syntax);
    Ok(environment)
}

/// Renders the files of a new repository.
///
/// # Errors
///
/// Returns an error if a template uses a field that the view does not have.
pub fn repository(view: impl Serialize) -> Result<Files, Error> {
    let environment = environment()?;
    let view = Value::from(Serde(view));
    let mut files = Files::default();
    for (path, name, text) in table::REPOSITORY {
        files.insert(*path, environment.render_named_str(name, text, &view)?);
    }
    Ok(files)
}

/// Returns every built-in template and copied file, with its name.
pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    table::TEMPLATES.iter().chain(table::COPIED).copied()
}

/// Returns the most likely intended name: with `.j2` added, with a few letters changed, or the same file in its
/// proper folder.
pub fn nearest_name(unknown: &str) -> Option<&'static str> {
    let names = || built_in().map(|(name, _)| name);
    let file = |name: &str| name.rsplit('/').next().map(str::to_owned);
    let ends = format!("/{unknown}");
    names()
        .find(|name| name.strip_suffix(".j2") == Some(unknown))
        .or_else(|| did_you_mean::nearest(unknown, names()))
        .or_else(|| names().find(|name| name.ends_with(&ends)))
        .or_else(|| names().find(|name| file(name) == file(unknown)))
}

/// Prints strings and numbers only. Any other value in `{{ }}` is a mistake in the template, which would print `True`
/// or `none`.
fn format(
    out: &mut minijinja::Output,
    state: &mut minijinja::State,
    value: &Value,
) -> Result<(), Error> {
    let number = value.is_number() && !matches!(value.kind(), minijinja::value::ValueKind::Bool);
    if value.as_str().is_some() || number {
        return minijinja::escape_formatter(out, state, value);
    }
    let message = format!(
        "only strings and numbers can be printed, this is {}",
        value.kind()
    );
    Err(Error::new(ErrorKind::InvalidOperation, message))
}
