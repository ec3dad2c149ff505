//! Names of servers and of the variables in their URLs.

use super::{ServerNames, bounded};
use crate::ir::{Api, Server};
use crate::naming::{IdentCase, NameScope, Words, reserved, words};

/// A longer description is a sentence, not a name.
const MOST_WORDS: usize = 5;

/// Names each server that has an absolute URL or can be completed to one.
pub fn resolve(api: &Api) -> Vec<ServerNames> {
    let mut types = NameScope::with_reserved(IdentCase::Pascal, reserved::resources());
    let mut constants = NameScope::new(IdentCase::Screaming);
    let named = |server: &&Server| {
        let variables = server.names();
        let scope = match variables.is_empty() {
            true => &mut constants,
            false => &mut types,
        };
        let mut setters =
            NameScope::with_reserved(IdentCase::Snake, reserved::SERVER.iter().copied());
        ServerNames {
            ident: scope.claim(&wishes(server)).ident,
            variables: variables
                .into_iter()
                .map(|name| setters.claim(&[bounded(words(name))]).ident)
                .collect(),
        }
    };
    api.named_servers().iter().map(named).collect()
}

/// Returns the candidates for a server: its name, its description if short, its host.
fn wishes(server: &Server) -> Vec<Words> {
    let about = server.description.as_deref();
    let about = about
        .map(crate::prose::first_sentence)
        .map(|text| words(&text));
    let (_, from_host) = server.url.split_once("://").unwrap_or_default();
    let host = from_host.split('/').next().unwrap_or_default();
    let suffix = vec!["server".to_owned()];
    let all = [
        server.name.as_deref().map(words),
        about.filter(|words| words.len() <= MOST_WORDS),
        Some(words(host)),
        Some(words(from_host)),
        Some([words(host), suffix].concat()),
    ];
    let all = all.into_iter().flatten().filter(|words| !words.is_empty());
    all.map(bounded).collect()
}
