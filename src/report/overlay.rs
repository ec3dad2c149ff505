//! The changes that mend what was found, as an overlay.

use crate::diag::Diagnostic;
use crate::diag::fix::Actions;
use crate::tree::Tree;

/// An overlay that mends everything that an overlay can mend, as YAML; a comment where there is nothing.
pub fn report(actions: &Actions) -> String {
    match actions.overlay() {
        Some(overlay) => yaml(&overlay),
        None => "# Nothing was found that an overlay can mend.\n".to_owned(),
    }
}

/// The actions that mend one finding; `None` where there are none.
pub fn actions(diagnostic: &Diagnostic, tree: &Tree) -> Option<String> {
    let actions = diagnostic.actions(tree);
    let text = (!actions.is_empty()).then(|| yaml(&actions))?;
    Some(format!(
        "these actions of an overlay mend it:\n{}",
        text.trim_end()
    ))
}

fn yaml(value: &impl serde::Serialize) -> String {
    // JSON values can always be written.
    serde_yaml::to_string(value).unwrap_or_default()
}
