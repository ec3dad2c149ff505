//! The texts that no output may have.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::value::base64;

/// A shorter text is too common to be hidden.
const SHORTEST: usize = 4;

/// Secrets that are known so far. Clones share them, as a token may be replaced while a request is on its way.
#[derive(Clone, Default)]
pub struct Secrets(Arc<RwLock<Vec<String>>>);

impl Secrets {
    /// Adds a secret as it is and in base64. Of a user name and a password, the password is one too.
    pub fn add(&self, secret: &str) {
        let password = secret.split_once(':').map(|(_, password)| password);
        let encoded = base64(secret.as_bytes());
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for text in [Some(secret), password, Some(&*encoded)]
            .into_iter()
            .flatten()
        {
            if text.len() >= SHORTEST && !known.iter().any(|one| one == text) {
                known.push(text.to_owned());
            }
        }
        // A longer text comes first, so that nothing of it remains after a part of it is replaced.
        known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    }

    /// Returns a text with `***` in place of secrets.
    pub fn redacted(&self, text: &str) -> String {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let hide = |text: String, secret: &String| text.replace(&**secret, "***");
        known.iter().fold(text.to_owned(), hide)
    }
}

/// Shows no secret.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn secrets_are_hidden_in_each_form() {
        let secrets = Secrets::default();
        secrets.clone().add("ada:password");
        secrets.add("password1");
        secrets.add("a");
        let text = "a password1 ada:password YWRhOnBhc3N3b3Jk password";
        assert_eq!(secrets.redacted(text), "a *** *** *** ***");
    }
}
