//! Names of commands and flags of the command-line program. They come from the names of the crate.

use super::Names;
use crate::ir::Api;
use crate::naming::{IdentCase, NameScope, Words, words};

/// The names of all commands.
#[derive(Debug)]
pub struct CommandNames {
    /// By the index of the resource's group.
    pub resources: Vec<String>,
    /// By [`OperationId`](crate::ir::OperationId).
    pub operations: Vec<String>,
}

/// Commands of every program beside those of resources.
const COMMANDS: [&str; 8] = [
    "completions",
    "help",
    "login",
    "logout",
    "man",
    "mcp",
    "profiles",
    "whoami",
];

/// Flags of every program.
const FLAGS: [&str; 23] = [
    "all",
    "base-url",
    "body",
    "body-type",
    "columns",
    "confirm",
    "dry-run",
    "header",
    "help",
    "max",
    "no-color",
    "out",
    "output",
    "profile",
    "query",
    "quiet",
    "timeout",
    "until",
    "verbose",
    "version",
    "wait",
    "yes",
    "interval",
];

/// Names the commands of all resources and operations.
pub fn resolve(api: &Api, names: &Names) -> CommandNames {
    let mut scope = NameScope::with_reserved(IdentCase::Kebab, COMMANDS);
    let resource = |accessor: &str| {
        let own = words(accessor);
        let suffixed = [own.clone(), words("api")].concat();
        scope.claim(&[own, suffixed]).ident
    };
    let accessors = names.resources.iter().map(|names| &*names.accessor);
    let resources = accessors.map(resource).collect();
    let mut operations = vec![String::new(); api.operations.len()];
    for group in &api.groups {
        let mut scope = NameScope::with_reserved(IdentCase::Kebab, ["help"]);
        for id in &group.operations {
            let own = words(&names.operation(*id).method);
            let suffixed = [own.clone(), words("operation")].concat();
            operations[id.0 as usize] = scope.claim(&[own, suffixed]).ident;
        }
    }
    CommandNames {
        resources,
        operations,
    }
}

/// The flags of one command.
#[derive(Debug)]
pub struct FlagNames {
    scope: NameScope,
}

impl Default for FlagNames {
    fn default() -> Self {
        FlagNames {
            scope: NameScope::with_reserved(IdentCase::Kebab, FLAGS),
        }
    }
}

impl FlagNames {
    /// Names the flag of a parameter or a property. `kind` distinguishes it from a flag of every program.
    pub fn claim(&mut self, name: &str, kind: &str) -> String {
        let own = words(name);
        let suffixed = [own.clone(), words(kind)].concat();
        self.scope.claim(&[own, suffixed]).ident
    }

    /// Names the flag of a property inside of another: `--address.city`.
    pub fn claim_within(&mut self, outer: &str, name: &str) -> String {
        let nested = |words: &Words| format!("{outer}.{}", IdentCase::Kebab.ident(words));
        let own = words(name);
        let ident = nested(&own);
        match self.scope.claim_text(&ident) {
            true => ident,
            false => {
                let inner = self.scope.claim(&[[words(outer), own].concat()]);
                inner.ident
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FlagNames;

    #[test]
    fn flags_are_unique() {
        let mut flags = FlagNames::default();
        assert_eq!(flags.claim("agentId", "parameter"), "agent-id");
        assert_eq!(flags.claim("query", "parameter"), "query-parameter");
        assert_eq!(flags.claim("agent_id", "field"), "agent-id-field");
        assert_eq!(flags.claim("type", "field"), "type");
        assert_eq!(
            flags.claim_within("address", "postCode"),
            "address.post-code"
        );
        assert_eq!(
            flags.claim_within("address", "post_code"),
            "address-post-code"
        );
        assert_eq!(flags.claim("日本", "field"), "日本");
        assert_eq!(flags.claim("!", "field"), "not");
    }
}
