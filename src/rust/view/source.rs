//! The builder's setters for credential providers.

use super::docs::Text;
use crate::describe;
use crate::ir::SecurityKind;
use crate::rust::code::Parameter;
use crate::rust::layout;
use crate::rust::plan::credentials::{Credential, Source};
use indexmap::IndexSet;
use serde::Serialize;

/// A setter for the provider of a credential's secret.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceView {
    pub docs: Vec<String>,
    pub signature: String,
    /// The statements that create the builder's stored value.
    pub statements: String,
}

/// Returns the setters of a credential besides the one that takes the secret.
pub fn views(credential: Credential<'_>) -> Vec<SourceView> {
    let sources = credential.sources().into_iter();
    sources.map(|source| view(credential, &source)).collect()
}

fn view(credential: Credential<'_>, source: &Source<'_>) -> SourceView {
    let label = credential.label();
    let (docs, parameter) = match source.is_grant {
        true => {
            let docs = grant_docs(&label, &credential.scheme.kind);
            (docs, Parameter::plain("grant", "Grant"))
        }
        false => {
            let about = format!(
                "Requests the {label} from `provider` before each attempt of a request, for a credential that \
                 changes during the life of the client."
            );
            let docs = Text::new().paragraph(&about).finish();
            (docs, Parameter::plain("provider", "impl TokenProvider"))
        }
    };
    let parameters = [Parameter::MUT_SELF, parameter];
    let head = format!("pub fn {}", source.ident);
    SourceView {
        docs,
        signature: layout::signature("    ", &head, &parameters, Some("Self")),
        statements: layout::block("        ", &source.statements()),
    }
}

fn grant_docs(label: &str, kind: &SecurityKind) -> Vec<String> {
    let flows = match kind {
        SecurityKind::OAuth2 { flows } => &flows[..],
        _ => &[],
    };
    let mut scopes: IndexSet<String> = IndexSet::new();
    for (scope, about) in flows.iter().flat_map(|flow| &flow.scopes) {
        let about = crate::prose::escaped(about.lines().next().unwrap_or_default().trim());
        let item = match about.is_empty() {
            true => format!("{}.", describe::code(scope)),
            false => format!("{}: {about}", describe::code(scope)),
        };
        scopes.insert(item);
    }
    let mut docs = Text::new().paragraph(&format!(
        "Requests the {label} with OAuth 2.0, and a new one before it expires."
    ));
    let scopes: Vec<String> = scopes.into_iter().collect();
    if !scopes.is_empty() {
        docs = docs.paragraph("Scopes:").list(&scopes);
    }
    docs.finish()
}
