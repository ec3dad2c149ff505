//! Server URLs without a scheme: hosts, and paths beside the document.

use crate::source::{Sources, relocated};
use crate::tree::FileId;

/// A URL that is relative to the file which it is written in, as it is seen from the root document; `None`
/// for the same URL, and for one that is not relative.
pub fn seen_from(root: FileId, file: FileId, url: &str, sources: &Sources) -> Option<String> {
    let folder = sources.file(root)?.path.parent()?;
    relocated(url, &sources.file(file)?.path, folder)
}

/// Whether a URL begins with the name of this machine.
pub fn is_loopback(url: &str) -> bool {
    let host = url.split(['/', ':']).next().unwrap_or_default();
    host == "localhost" || host == "127.0.0.1"
}

/// Whether a URL without a scheme begins with a domain, which no path does that anyone has written.
pub fn is_host(url: &str) -> bool {
    let host = url.split(['/', ':']).next().unwrap_or_default();
    let top = host.rsplit('.').next().unwrap_or_default();
    let domain = |c: char| c.is_ascii_alphanumeric() || "-.{}_".contains(c);
    host.contains('.')
        && host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '{')
        && host.chars().all(domain)
        && top.len() > 1
        && top.chars().all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn a_domain_is_told_from_a_path() {
        for host in ["api.example.com", "{tenant}.example.com/v1", "a.io:8443/x"] {
            assert!(is_host(host), "{host}");
        }
        for path in ["v1", "v1.0", "./v1", "../api", "/a.com", "", "api/v1.com"] {
            assert!(!is_host(path), "{path}");
        }
    }
}
