//! Templates to text: minijinja with one environment, one context a file, and no formatting pass.

mod table;

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

/// The templates, ready to print.
#[derive(Debug)]
pub struct Templates(Environment<'static>);

impl Templates {
    /// Compiles all templates that are built in.
    ///
    /// # Errors
    ///
    /// A template is not well-formed.
    pub fn new() -> Result<Self, Error> {
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
        for (name, text) in table::TEMPLATES {
            environment.add_template(name, text)?;
        }
        Ok(Templates(environment))
    }

    /// Prints one template.
    ///
    /// # Errors
    ///
    /// The template asks for what the view does not have.
    pub fn render(&self, name: &str, view: impl Serialize) -> Result<String, Error> {
        self.0.get_template(name)?.render(Value::from(Serde(view)))
    }
}

/// Files that are copied as they are: path in the output to text.
pub fn copied() -> &'static [(&'static str, &'static str)] {
    table::COPIED
}

/// Every text that is built in, with its name.
pub fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    table::TEMPLATES.iter().chain(table::COPIED).copied()
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
