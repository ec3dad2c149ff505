//! `signature.rs`: verifies webhook signatures by the configured scheme.

use crate::config::webhooks::{Encoding, Piece, Scheme, SecretForm, Timestamp};
use crate::describe;
use crate::rust::code::Parameter;
use crate::rust::requirements::hash;
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Signature {
    /// The module's documentation of the signed content and the location of the signature.
    pub about: Vec<String>,
    pub uses: Vec<String>,
    /// The type of the hash.
    pub hash: &'static str,
    /// Declarations of constants, laid out.
    pub header: String,
    pub prefix: Option<String>,
    pub separator: Option<String>,
    pub id_header: Option<String>,
    pub timestamp_header: Option<String>,
    pub timestamp_prefix: Option<String>,
    pub tolerance: u64,
    pub has_id: bool,
    pub has_timestamp: bool,
    /// Whether verification reads headers besides the signature.
    pub reads_headers: bool,
    /// The signatures of the methods that sign.
    pub sign: String,
    pub sign_at: String,
    /// The arguments and the parameters of the function that hashes the signed content.
    pub arguments: String,
    pub parameters: String,
    /// The statements of that function.
    pub updates: Vec<String>,
    /// The functions that decode and encode signatures.
    pub decode: &'static str,
    pub encode: &'static str,
    pub is_hex: bool,
    pub is_base64: bool,
    pub has_base64_secret: bool,
    pub reads_base64: bool,
    /// A secret for examples, as a literal.
    pub secret: &'static str,
    pub crate_name: String,
}

pub fn signature(plan: Plan<'_>) -> Option<Signature> {
    let scheme = plan.options.signatures.as_ref()?;
    let (package, hash) = hash(scheme.algorithm);
    let (own_header, beside) = match &scheme.timestamp {
        None => (None, None),
        Some(Timestamp::Header(name)) => (Some(name), None),
        Some(Timestamp::Beside(prefix)) => (None, Some(prefix)),
    };
    let has = [
        (scheme.id_header.is_some(), "id", "id: &str"),
        (scheme.timestamp.is_some(), "timestamp", "timestamp: &str"),
        (true, "body", "body: &[u8]"),
    ];
    let has = has.into_iter().filter(|(is_there, _, _)| *is_there);
    let (arguments, parameters): (Vec<&str>, Vec<&str>) =
        has.map(|(_, name, parameter)| (name, parameter)).unzip();
    let is_base64 = scheme.encoding == Encoding::Base64;
    let mut uses = [
        "use hmac::{Hmac, KeyInit, Mac};".to_owned(),
        "use http::{HeaderMap, HeaderValue};".to_owned(),
        format!("use {package}::{hash};"),
    ];
    layout::sort_uses(&mut uses);
    let prefix = Some(&scheme.prefix).filter(|prefix| !prefix.is_empty());
    let text =
        |name: &str, text: &String| layout::constant("", &format!("const {name}: &str"), text);
    Some(Signature {
        about: about(scheme),
        uses: uses.to_vec(),
        hash,
        header: text("SIGNATURE", &scheme.header),
        prefix: prefix.map(|prefix| text("PREFIX", prefix)),
        separator: scheme.separator.map(|char| format!("{char:?}")),
        id_header: scheme.id_header.as_ref().map(|name| text("ID", name)),
        timestamp_header: own_header.map(|name| text("TIMESTAMP", name)),
        timestamp_prefix: beside.map(|prefix| text("TIMESTAMP", prefix)),
        tolerance: scheme.tolerance,
        has_id: scheme.id_header.is_some(),
        has_timestamp: scheme.timestamp.is_some(),
        reads_headers: scheme.id_header.is_some() || own_header.is_some(),
        sign: sign(scheme, "sign", None),
        sign_at: sign(
            scheme,
            "sign_at",
            Some(Parameter::plain("now", "SystemTime")),
        ),
        arguments: arguments.join(", "),
        parameters: parameters.join(", "),
        updates: scheme.signed.iter().map(update).collect(),
        decode: if is_base64 { "from_base64" } else { "from_hex" },
        encode: if is_base64 { "to_base64" } else { "to_hex" },
        is_hex: !is_base64,
        is_base64,
        has_base64_secret: scheme.secret == SecretForm::Base64,
        reads_base64: is_base64 || scheme.secret == SecretForm::Base64,
        secret: match scheme.secret {
            SecretForm::Text => "\"the secret\"",
            SecretForm::Base64 => "\"whsec_dGhlIHNlY3JldA==\"",
        },
        crate_name: plan.crate_name(),
    })
}

fn sign(scheme: &Scheme, name: &str, clock: Option<Parameter>) -> String {
    let id = scheme.id_header.as_ref();
    let id = id.map(|_| Parameter::plain("id", "&str"));
    let body = Parameter::plain("body", "&[u8]");
    let parameters = [Some(Parameter::REF_SELF), id, Some(body), clock];
    let parameters: Vec<Parameter> = parameters.into_iter().flatten().collect();
    let returns = Some("Result<HeaderMap, SignatureError>");
    layout::signature("    ", &format!("pub fn {name}"), &parameters, returns)
}

fn update(piece: &Piece) -> String {
    let value = match piece {
        Piece::Id => Expr::variable("id").method("as_bytes", []),
        Piece::Timestamp => Expr::variable("timestamp").method("as_bytes", []),
        Piece::Body => Expr::variable("body"),
        Piece::Text(text) => Expr::string(text).method("as_bytes", []),
    };
    layout::statement("    ", &Expr::variable("code").method("update", [value]))
}

fn about(scheme: &Scheme) -> Vec<String> {
    let pieces = scheme.signed.iter().map(|piece| match piece {
        Piece::Id => "{id}",
        Piece::Timestamp => "{timestamp}",
        Piece::Body => "{body}",
        Piece::Text(text) => text,
    });
    let (_, hash) = hash(scheme.algorithm);
    let signed = describe::code(&pieces.collect::<String>());
    let about = format!(
        "The header {} contains the {hash} HMAC of {signed}.",
        describe::code(&scheme.header)
    );
    super::docs::Text::new().paragraph(&about).finish()
}
