//! Chooses the credentials of a request.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{auth::Credential, client::Settings, provide::Shape};

/// The alternative credentials of an operation: each set has the names of the security schemes that are
/// needed together.
///
/// If there is no set, no credential is sent. If the empty set is the only one, the API description does not
/// specify the operation's credentials, and all credentials that are set are sent.
pub(crate) type Security = &'static [&'static [&'static str]];

/// A security scheme with its name, and where its credential is placed.
pub(crate) struct Scheme(pub(crate) &'static str, pub(crate) Shape);

/// All security schemes, in the order of the description.
pub(crate) type Schemes = &'static [Scheme];

/// The headers that the caller set: for the client, and for one request.
pub(super) struct OwnHeaders<'a> {
    pub(super) client: &'a HeaderMap,
    pub(super) request: &'a [(HeaderName, HeaderValue)],
}

impl OwnHeaders<'_> {
    /// Returns whether one of them is the credential that belongs in `shape`.
    pub(super) fn have(&self, shape: Shape) -> bool {
        let request = self.request.iter().map(|(name, value)| (name, value));
        let mut all = self.client.iter().chain(request);
        all.any(|(name, value)| shape.is_header(name, value))
    }
}

/// Returns the schemes whose credentials are sent: the first alternative that is fulfilled.
///
/// An alternative without credentials is the last resort, so that a key is used if it is allowed. A header of
/// the caller's fulfills a scheme and overrides its credential. If two credentials have the same place, the
/// first is sent.
pub(super) fn choose(
    security: Security,
    settings: &Settings,
    own: &OwnHeaders<'_>,
) -> Result<Vec<&'static str>, String> {
    let shape = |scheme: &str| shape(settings.schemes, scheme);
    let is_own = |scheme: &str| shape(scheme).is_some_and(|shape| own.have(shape));
    let mut chosen: Vec<&str> = match security {
        [[]] => {
            let all = settings.schemes.iter().map(|Scheme(name, _)| *name);
            all.filter(|scheme| settings.has_credential(scheme))
                .collect()
        }
        sets => {
            let is_met = |scheme: &str| settings.has_credential(scheme) || is_own(scheme);
            one_of(sets, is_met, settings.allows_none)?.to_vec()
        }
    };
    let mut places: Vec<Shape> = Vec::new();
    chosen.retain(|scheme| {
        let Some(shape) = shape(scheme) else {
            return true;
        };
        if own.have(shape) || places.iter().any(|place| place.is_same_place(shape)) {
            return false;
        }
        places.push(shape);
        true
    });
    Ok(chosen)
}

fn one_of(
    sets: Security,
    is_met: impl Fn(&str) -> bool,
    allows_none: bool,
) -> Result<&'static [&'static str], String> {
    let are_met = |schemes: &&&'static [&'static str]| {
        !schemes.is_empty() && schemes.iter().all(|scheme| is_met(scheme))
    };
    if let Some(schemes) = sets.iter().find(are_met) {
        return Ok(schemes);
    }
    if allows_none || sets.is_empty() || sets.iter().any(|schemes| schemes.is_empty()) {
        return Ok(&[]);
    }
    let wanted: Vec<_> = sets.iter().map(|schemes| schemes.join(" and ")).collect();
    Err(format!(
        "no credential is set: the operation needs {}",
        wanted.join(", or ")
    ))
}

/// Returns where the credential of a scheme is placed.
pub(super) fn shape(schemes: Schemes, name: &str) -> Option<Shape> {
    let known = schemes.iter().find(|Scheme(known, _)| *known == name);
    known.map(|Scheme(_, shape)| *shape)
}

/// Returns the credentials of some schemes.
pub(super) fn of<'a>(
    schemes: &'a [&str],
    credentials: &'a [Credential],
) -> impl Iterator<Item = &'a Credential> {
    let find = |scheme: &&str| credentials.iter().find(|known| known.scheme == *scheme);
    schemes.iter().filter_map(find)
}

impl Settings {
    /// Returns whether the caller set a credential, or a source of one, for a scheme.
    fn has_credential(&self, scheme: &str) -> bool {
        let set = self.credentials.iter().map(|known| known.scheme);
        let provided = self.provided.iter().map(|known| known.scheme);
        set.chain(provided).any(|known| known == scheme)
    }
}
