//! Classifies server URLs without a scheme: hosts, and paths relative to the document.

use crate::source::{Sources, relocated};
use crate::tree::FileId;

/// Rewrites a URL that is relative to its file to be relative to the root document.
///
/// Returns `None` if the URL is not relative or does not change.
pub fn seen_from(root: FileId, file: FileId, url: &str, sources: &Sources) -> Option<String> {
    let folder = sources.file(root)?.path.parent()?;
    relocated(url, &sources.file(file)?.path, folder)
}

/// Returns whether a URL starts with a loopback host.
pub fn is_loopback(url: &str) -> bool {
    let host = url.split(['/', ':']).next().unwrap_or_default();
    host == "localhost" || host == "127.0.0.1"
}

/// Returns whether a URL without a scheme starts with a domain. No real path does.
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
    fn domains_and_paths_are_distinguished() {
        for host in ["api.example.com", "{tenant}.example.com/v1", "a.io:8443/x"] {
            assert!(is_host(host), "{host}");
        }
        for path in ["v1", "v1.0", "./v1", "../api", "/a.com", "", "api/v1.com"] {
            assert!(!is_host(path), "{path}");
        }
    }
}
