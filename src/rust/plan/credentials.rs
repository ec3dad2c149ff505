//! Environment variables of credentials.

use super::Plan;

impl<'a> Plan<'a> {
    /// Returns the variable that `Client::from_env` reads, if one credential makes a client.
    pub fn main_env(self) -> Option<&'a str> {
        let main = self.api.main_credential();
        main.map(|_| self.options.auth_env.as_str())
    }

    /// Returns the variable that replaces the base URL.
    pub fn base_url_env(self) -> String {
        format!("{}_BASE_URL", self.options.env_prefix)
    }

    /// Returns the environment variable of a scheme's credential: the one that the client reads, or one named
    /// after the setter. User name and password are one value, with a colon between them.
    pub fn credential_env(self, scheme: &str) -> String {
        let index = self.api.security_schemes.get_index_of(scheme);
        if let Some(env) = self
            .main_env()
            .filter(|_| index == self.api.main_credential())
        {
            return env.to_owned();
        }
        let ident = index.map_or("credential", |index| self.names.credentials[index].as_str());
        // Shells allow no letters but those of ASCII in a name.
        let plain = |c: char| match c.is_ascii_alphanumeric() {
            true => c.to_ascii_uppercase(),
            false => '_',
        };
        let suffix: String = ident.trim_end_matches('_').chars().map(plain).collect();
        format!("{}_{suffix}", self.options.env_prefix)
    }
}
