//! Unions in JSON that is decoded leniently.

use serde_core::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Error, Value, value::RawValue};

use super::{
    decode,
    deviation::{self, Deviation},
    lenient::{self, Node},
    union::{self, Union},
    union_trials::{TOO_MANY_TRIALS, Trials},
};

/// Decodes a union strictly if possible, else as the branch with the fewest deviations.
pub(super) fn read<'de, T: Union, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(from)?;
    let text = raw.get();
    let strict: serde_json::Result<T> = deviation::strictly(|| {
        let value = serde_json::from_str(text)?;
        union::choose(&value, |branch| {
            T::read(branch, &mut serde_json::Deserializer::from_str(text))
        })
    });
    let fit = strict.or_else(|_| nearest(text));
    fit.map_err(|error| D::Error::custom(decode::placeless(&error)))
}

/// Decodes a value as the branch that accepts it with the fewest deviations.
fn nearest<T: Union>(text: &str) -> serde_json::Result<T> {
    let value: Value = deviation::strictly(|| lenient::part(text))?;
    let mut best: Option<(T, Vec<Deviation>)> = None;
    let mut failed: Option<(String, Option<String>)> = None;
    let trials = Trials::within();
    for branch in T::BRANCHES.iter().filter(|it| it.takes(T::TAG, &value)) {
        let trial = deviation::attempt(|| T::read(branch.index, Node::of(text)));
        let least = best.as_ref().map_or(usize::MAX, |(_, least)| least.len());
        match trial.value {
            Ok(fit) if trial.deviations.len() < least => best = Some((fit, trial.deviations)),
            Err(_) if trials.are_exhausted() => return Err(Error::custom(TOO_MANY_TRIALS)),
            Err(error) if failed.is_none() => {
                let tag = union::tag_name(T::TAG, branch, &value);
                let error = decode::placeless(&error);
                failed = Some((union::reason(T::TAG, branch, tag, &error), trial.fault));
            }
            _ => {}
        }
    }
    match (best, failed) {
        (Some((fit, found)), _) => {
            deviation::accept(found, None);
            Ok(fit)
        }
        (None, Some((reason, path))) => {
            deviation::accept(Vec::new(), path);
            Err(Error::custom(reason))
        }
        (None, None) => T::read(usize::MAX, Node::of(text)),
    }
}
