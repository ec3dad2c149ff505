//! The builder's setters of where the secret of a credential comes from.

use super::access::{SourceView, label};
use super::docs::Text;
use crate::describe;
use crate::ir::{Flow, KeyLocation, SecurityKind};
use crate::rust::names::SourceNames;
use crate::rust::{Expr, layout};
use indexmap::IndexSet;

/// The setters of a scheme beside the one that takes the secret.
pub fn views(
    scheme: &str,
    kind: &SecurityKind,
    ident: &str,
    names: &SourceNames,
) -> Vec<SourceView> {
    let Some(shape) = shape(kind) else {
        return Vec::new();
    };
    let keep = provided(scheme, ident, shape);
    let label = label(ident);
    let mut views = vec![SourceView {
        docs: Text::new()
            .paragraph(&format!(
                "Asks `provider` for the {label} before each attempt of a call: for one that changes \
                 while the client lives."
            ))
            .finish(),
        signature: setter(&names.provider, "provider: impl TokenProvider"),
        statements: format!(
            "        let source = Provided::source(provider);\n{keep}"
        ),
    }];
    if let (SecurityKind::OAuth2 { flows }, Some(ident)) = (kind, &names.grant) {
        let (token, refresh) = kind.token_urls();
        let urls = [token, refresh].map(|url| Expr::string(url.unwrap_or_default()));
        let [token, refresh] = urls;
        let source = Expr::call("Grant::source", [Expr::variable("grant"), token, refresh]);
        let source = layout::assignment("        ", "let source", &source);
        views.push(SourceView {
            docs: grant_docs(&label, flows),
            signature: setter(ident, "grant: Grant"),
            statements: format!("{source}\n{keep}"),
        });
    }
    views
}

fn setter(ident: &str, parameter: &str) -> String {
    let parameters = ["mut self".to_owned(), parameter.to_owned()];
    layout::signature(
        "    ",
        &format!("pub fn {ident}"),
        &parameters,
        Some("Self"),
    )
}

fn provided(scheme: &str, ident: &str, shape: Expr) -> String {
    let arguments = [
        Expr::string(scheme),
        Expr::string(&label(ident)),
        shape,
        Expr::variable("source"),
    ];
    let made = Expr::new("Provided", arguments);
    layout::assignment("        ", "let provided", &made)
}

fn grant_docs(label: &str, flows: &[Flow]) -> Vec<String> {
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
        "Gets the {label} by OAuth 2.0, and another before it expires."
    ));
    let scopes: Vec<String> = scopes.into_iter().collect();
    if !scopes.is_empty() {
        docs = docs.paragraph("Scopes:").list(&scopes);
    }
    docs.finish()
}

/// Where a secret that is asked for goes; `None` where there is no one secret.
pub fn shape(kind: &SecurityKind) -> Option<Expr> {
    let (place, name, prefix) = match kind {
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => return Some(Expr::item("Shape", "Bearer")),
        SecurityKind::ApiKey {
            location,
            name,
            prefix,
        } => match location {
            KeyLocation::Header if prefix.is_empty() => ("Shape::Header", name, ""),
            KeyLocation::Header => ("Shape::Prefixed", name, &**prefix),
            KeyLocation::Query => ("Shape::Query", name, ""),
            KeyLocation::Cookie => ("Shape::Cookie", name, ""),
        },
        SecurityKind::Basic | SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => return None,
    };
    let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
    let arguments: Vec<Expr> = [&**name]
        .into_iter()
        .chain(prefix)
        .map(Expr::string)
        .collect();
    Some(Expr::call(place, arguments))
}
