//! Checks security schemes, whose fields depend on their type.

use super::found::Found;
use super::objects::Kind;
use crate::diag::codes;
use crate::tree::Node;

/// Returns the kind of a security scheme. With an unknown type, it may have the fields of all.
pub fn kind(node: Node<'_>) -> Kind {
    match node.text("type") {
        Some("apiKey") => Kind::ApiKey,
        Some("http") => Kind::Http,
        Some("mutualTLS") => Kind::MutualTls,
        Some("oauth2") => Kind::OAuth2,
        Some("openIdConnect") => Kind::OpenIdConnect,
        _ => Kind::SecurityScheme,
    }
}

/// Reports `bearerFormat` of a scheme other than `bearer`.
pub fn http(node: Node<'_>, found: &mut Found<'_>) {
    let scheme = node.text("scheme");
    let is_bearer = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"));
    if let (false, Some(scheme), Some(format)) =
        (is_bearer, node.get("scheme"), node.get("bearerFormat"))
    {
        found.push(format, codes::exclusive_fields(format, scheme));
    }
}
