//! The source that the workflows of a new repository install sdkgen from: a git repository and a commit.

/// A git repository of sdkgen and one of its commits.
///
/// A workflow that publishes runs what it installs, so the source must not change: a name in a registry could be
/// registered by anybody, and a branch or tag can be moved. The hash of a commit cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    pub repository: String,
    pub revision: String,
}

impl Pin {
    /// Creates a pin from the URL of a repository and the hash of a commit.
    ///
    /// # Errors
    ///
    /// Returns a message if the URL is not an `https` URL of safe characters, or the hash is not a whole one.
    pub fn new(repository: &str, revision: &str) -> Result<Pin, String> {
        let is_safe = |char: char| char.is_ascii_alphanumeric() || "._~:/-".contains(char);
        let place = repository.strip_prefix("https://").unwrap_or_default();
        if !place.contains('/') || !place.chars().all(is_safe) {
            return Err(format!(
                "`{repository}` is not the URL of a git repository, such as https://example.com/sdkgen.git"
            ));
        }
        let is_hash = |text: &str| text.chars().all(|char| char.is_ascii_hexdigit());
        if !matches!(revision.len(), 40 | 64) || !is_hash(revision) {
            return Err(format!(
                "`{revision}` is not the full hash of a commit; a branch, a tag or a short hash can change"
            ));
        }
        Ok(Pin {
            repository: repository.to_owned(),
            revision: revision.to_ascii_lowercase(),
        })
    }

    /// Returns the pin of this build, if the build knows its repository and its commit.
    pub fn of_build() -> Option<Pin> {
        let revision = option_env!("SDKGEN_REVISION")?;
        Pin::new(env!("CARGO_PKG_REPOSITORY"), revision).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Pin;

    const HASH: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn only_a_whole_hash_of_an_https_repository_is_a_pin() {
        let pin = Pin::new("https://example.com/a/sdkgen.git", HASH).unwrap();
        assert_eq!(pin.revision, HASH);
        for repository in [
            "",
            "sdkgen",
            "https://",
            "https://example.com",
            "http://example.com/a",
            "https://example.com/$(touch pwned)",
            "https://example.com/a b",
            "https://example.com/${{ github.token }}",
            "--config=x",
        ] {
            assert!(Pin::new(repository, HASH).is_err(), "{repository}");
        }
        for revision in [
            "",
            "main",
            "v1.0.0",
            &HASH[..7],
            &HASH[1..],
            &HASH.replace('0', "g"),
        ] {
            let pin = Pin::new("https://example.com/a", revision);
            assert!(pin.is_err(), "{revision}");
        }
    }
}
