//! Templates to text: minijinja with one environment, one context a file, and no formatting pass.

mod table;

use crate::did_you_mean;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a back end made: path relative to the output folder (with `/`) to text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }
}

/// The templates, ready to print, and the files that are copied as they are.
#[derive(Debug)]
pub struct Templates<'t> {
    environment: Environment<'t>,
    copied: Vec<(&'static str, &'static str, &'t str)>,
}

impl<'t> Templates<'t> {
    /// Compiles all templates. Those that are built in give way to those of the same name in `own`.
    ///
    /// # Errors
    ///
    /// A template is not well-formed.
    pub fn new(own: &BTreeMap<&str, &'t str>) -> Result<Self, Error> {
        let text = |name: &str, built_in| own.get(name).copied().unwrap_or(built_in);
        let mut environment = environment()?;
        for (name, built_in) in table::TEMPLATES {
            environment.add_template(name, text(name, built_in))?;
        }
        let copied = table::COPIED.iter();
        let copied = copied.map(|(path, name, built_in)| (*path, *name, text(name, built_in)));
        Ok(Templates {
            environment,
            copied: copied.collect(),
        })
    }

    /// Prints one template.
    ///
    /// # Errors
    ///
    /// The template asks for what the view does not have.
    pub fn render(&self, name: &str, view: impl Serialize) -> Result<String, Error> {
        let template = self.environment.get_template(name)?;
        template.render(Value::from(Serde(view)))
    }

    /// Files that are copied as they are: path in the crate, name, and text.
    pub fn copied(&self) -> &[(&'static str, &'static str, &'t str)] {
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

/// What a new repository has beside the crate and the description.
///
/// # Errors
///
/// A template asks for what the view does not have.
pub fn repository(view: impl Serialize) -> Result<Files, Error> {
    let environment = environment()?;
    let view = Value::from(Serde(view));
    let mut files = Files::default();
    for (path, name, text) in table::REPOSITORY {
        files.insert(*path, environment.render_named_str(name, text, &view)?);
    }
    Ok(files)
}

/// Every text that is built in, with its name.
pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    let copied = table::COPIED.iter().map(|(_, name, text)| (*name, *text));
    table::TEMPLATES.iter().copied().chain(copied)
}

/// The name that a file was most likely meant to have: with `.j2` behind it, one that differs in a few
/// letters, or the same file in the folder that it belongs into.
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

/// Strings and numbers are printed. Anything else in a template's `{{ }}` is a mistake in the
/// template, which would otherwise show up as `True` or `none` in the output.
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
