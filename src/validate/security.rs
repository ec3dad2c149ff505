//! Checks security schemes, whose fields depend on their type.

use super::found::GroupedFindings;
use super::objects::ObjectType;
use crate::diag::codes;
use crate::tree::Node;

/// Returns the kind of a security scheme. With an unknown type, it may have the fields of all.
pub fn kind(node: Node<'_>) -> ObjectType {
    match node.text("type") {
        Some("apiKey") => ObjectType::ApiKey,
        Some("http") => ObjectType::Http,
        Some("mutualTLS") => ObjectType::MutualTls,
        Some("oauth2") => ObjectType::OAuth2,
        Some("openIdConnect") => ObjectType::OpenIdConnect,
        _ => ObjectType::SecurityScheme,
    }
}

/// Reports `bearerFormat` of a scheme other than `bearer`.
pub fn http(node: Node<'_>, found: &mut GroupedFindings<'_>) {
    let scheme = node.text("scheme");
    let is_bearer = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"));
    if let (false, Some(scheme), Some(format)) =
        (is_bearer, node.get("scheme"), node.get("bearerFormat"))
    {
        found.push(format, codes::exclusive_fields(format, scheme));
    }
}
