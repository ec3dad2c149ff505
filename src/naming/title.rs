//! Turns names that are written for programs into titles for people: `code-scanning` → "Code scanning".

use super::words::all_words;

/// Words that are not written in lower case.
#[rustfmt::skip]
const SPELLINGS: &[&str] = &[
    "ACH", "ACL", "AI", "API", "APIs", "AWS", "BIC", "CDN", "CI", "CLI", "CORS", "CPU", "CRM", "CSRF", "CSS", "CSV",
    "DDoS", "DLP", "DNS", "FAQ", "GDPR", "GIF", "GitHub", "GitLab", "GPG", "GPU", "GraphQL", "GRPC", "HTML", "HTTP",
    "HTTPS", "IAM", "IBAN", "ID", "IDs", "iOS", "IoT", "IP", "IPs", "IPv4", "IPv6", "JavaScript", "JSON", "JWK",
    "JWKS", "JWT", "KMS", "KYC", "LinkedIn", "LLM", "macOS", "MCP", "MFA", "MMS", "mTLS", "MySQL", "OAuth", "OAuth2",
    "oEmbed", "OIDC", "OpenAI", "OpenAPI", "OpenID", "OTP", "PayPal", "PCI", "PDF", "PGP", "PKI", "QoS", "QR", "RBAC",
    "RPC", "RSS", "S3", "SAML", "SCIM", "SDK", "SEPA", "SIP", "SLA", "SMS", "SMTP", "SQL", "SSH", "SSL", "SSO", "TCP",
    "TLS", "TOTP", "UDP", "UI", "URI", "URL", "URLs", "UTC", "UUID", "VAT", "VM", "VMs", "VoIP", "VPC", "VPCs", "VPN",
    "WebAuthn", "WHOIS", "XML", "YAML", "YouTube",
];

/// Returns the title of an item with this name. A name that already reads as a title is not changed.
pub fn title(name: &str) -> String {
    let name = name.trim();
    match is_for_programs(name) {
        true => sentence(&all_words(name)),
        false => name.to_owned(),
    }
}

/// Returns lower-case words as a title.
pub fn sentence(words: &[String]) -> String {
    let mut rest = words;
    let mut title: Vec<String> = Vec::new();
    while let [word, ..] = rest {
        // `GitHub` has two words.
        let spelt = [2, 1].into_iter().find_map(|count| {
            let joined = rest.get(..count)?.concat();
            let found = SPELLINGS.iter().find(|it| it.to_lowercase() == joined);
            found.map(|found| (count, (*found).to_owned()))
        });
        let (count, text) = spelt.unwrap_or_else(|| match title.is_empty() {
            true => (1, capitalized(word)),
            false => (1, word.clone()),
        });
        title.push(text);
        rest = &rest[count..];
    }
    title.join(" ")
}

/// Returns whether a name is an identifier or a path, or has no capital.
fn is_for_programs(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ' ');
    if name.is_empty() || !name.chars().all(is_plain) {
        return false;
    }
    let is_lower = !name.contains(|c: char| c.is_ascii_uppercase());
    is_lower || !name.contains(' ') && (name.contains(['_', '/']) || is_camel_case(name))
}

/// Returns whether a capital follows a lower-case letter, as in `camelCase`.
pub fn is_camel_case(name: &str) -> bool {
    let mut pairs = name.as_bytes().windows(2);
    pairs.any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::{sentence, title};
    use crate::naming::words;

    #[test]
    fn names_for_programs_become_titles() {
        for (name, expected) in [
            ("GitHubApps", "GitHub apps"),
            ("code-scanning", "Code scanning"),
            ("account links", "Account links"),
            ("system/ip-pools", "System IP pools"),
            ("oidc", "OIDC"),
            ("oAuth2", "OAuth2"),
            ("ApiKeys", "API keys"),
            ("core_v1", "Core v1"),
            ("iosApps", "iOS apps"),
        ] {
            assert_eq!(title(name), expected, "{name}");
        }
    }

    #[test]
    fn titles_are_not_changed() {
        for name in [
            "Fine-tuning",
            "IP Allowlist",
            "Uploads (Chunked)",
            "Batch",
            "OIDC",
            "ペット",
            "Größe",
            "",
        ] {
            assert_eq!(title(name), name);
        }
    }

    #[test]
    fn words_become_a_sentence() {
        assert_eq!(sentence(&words("list_api_keys")), "List API keys");
    }
}
