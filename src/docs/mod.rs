//! The book: mdBook sources for the documentation of a generated crate.

use crate::render::{Files, Templates};
use crate::rust::Plan;

/// temporary
pub fn render(_plan: &Plan<'_>, _templates: &Templates) -> Result<Files, minijinja::Error> {
    Ok(Files::default())
}
