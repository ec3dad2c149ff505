//! Names that are wished for and that somebody else may have.

use super::bounded;
use crate::diag::{Diagnostics, codes};
use crate::ir::Pin;
use crate::naming::{Claimed, Scope, Style, words};
use crate::tree::NodeId;

/// The name that somebody has asked for; where it cannot be given, that is told.
pub fn claim_pin(
    scope: &mut Scope,
    pin: Option<&Pin>,
    at: Option<NodeId>,
    holder: impl FnOnce(&str) -> Option<NodeId>,
    diagnostics: &mut Diagnostics,
) -> Option<Claimed> {
    let pin = pin?;
    let claimed = match pin {
        Pin::Exact { name, .. } => scope.claim_exact(name),
        Pin::Wish(text) => scope.claim_free(&bounded(words(text))),
    };
    if claimed.is_none() {
        match (pin, at) {
            (Pin::Exact { name, at: Some(at) }, _) => {
                diagnostics.push(codes::given_name_refused(at, name));
            }
            (_, Some(at)) => {
                let holder = holder(&scope.ident(&words(pin.text())));
                diagnostics.push(codes::pinned_name_refused(at, pin.text(), holder));
            }
            (_, None) => {}
        }
    }
    claimed
}

/// Says that a name is taken, by whom as far as the holder knows, and which one was given, where it is not
/// the one wished for.
pub fn tell(
    diagnostics: &mut Diagnostics,
    at: Option<NodeId>,
    style: Style,
    wished: &[String],
    given: &Claimed,
    holder: impl FnOnce(&str) -> Option<NodeId>,
) {
    if let Some(at) = at.filter(|_| !given.is_first_wish()) {
        let wished = style.ident(wished);
        let holder = holder(&wished);
        diagnostics.push(codes::name_taken(at, &wished, &given.ident, holder));
    }
}

/// Who has a name, among those that are named already: each with its place.
pub fn holder<'n>(
    name: &str,
    named: impl IntoIterator<Item = (Option<NodeId>, Option<&'n str>)>,
) -> Option<NodeId> {
    let mut named = named.into_iter();
    let has_it = |given: Option<&str>| given.is_some_and(|given| given.eq_ignore_ascii_case(name));
    named.find(|(_, given)| has_it(*given))?.0
}

/// Where nobody is known who could have a name.
pub fn nobody(_: &str) -> Option<NodeId> {
    None
}

/// The same among items of which some are pinned, and the first have been given names.
pub fn holder_among(
    name: &str,
    places: impl Iterator<Item = Option<NodeId>> + Clone,
    pinned: &[Option<String>],
    given: &[String],
) -> Option<NodeId> {
    let given = given.iter().map(|ident| Some(ident.as_str()));
    let pinned = pinned.iter().map(Option::as_deref);
    holder(name, places.clone().zip(given).chain(places.zip(pinned)))
}
