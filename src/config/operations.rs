//! Matches operation names of the configuration with the document.

use super::settings::place::Places;
use crate::diag::{Diagnostics, codes};
use crate::did_you_mean;
use crate::filter::operations::item;
use indexmap::IndexSet;

/// Reports names of a list that are not in the document. `steps` is the path of the list.
pub fn answer<'k>(
    steps: &[&str],
    names: &[String],
    known: impl Iterator<Item = &'k String>,
    places: &Places<'_>,
    diagnostics: &mut Diagnostics,
) {
    let known: IndexSet<&str> = known.map(String::as_str).collect();
    for (index, name) in names.iter().enumerate() {
        let place = places.value(&item(steps, index));
        if known.contains(name.as_str()) {
            diagnostics.mark_used(&place);
            continue;
        }
        let near = did_you_mean::nearest(name, known.iter().copied());
        let finding = codes::unknown_operation(&place, &steps.join("."), name, near);
        diagnostics.push_unless_used(finding);
    }
}
