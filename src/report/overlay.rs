//! Renders fixes as an overlay.

use crate::diag::Diagnostic;
use crate::diag::fix::Actions;
use crate::tree::Tree;

/// Renders an overlay with all fixes as YAML, or a comment if there are none.
pub fn report(actions: &Actions) -> String {
    match actions.overlay() {
        Some(overlay) => yaml(&overlay),
        None => "# An overlay can fix none of the findings.\n".to_owned(),
    }
}

/// Renders the actions that fix a finding, if there are any.
pub fn actions(diagnostic: &Diagnostic, tree: &Tree) -> Option<String> {
    let actions = diagnostic.actions(tree);
    let text = (!actions.is_empty()).then(|| yaml(&actions))?;
    Some(format!(
        "add these actions to an overlay:\n{}",
        text.trim_end()
    ))
}

fn yaml(value: &impl serde::Serialize) -> String {
    // Serializing JSON values cannot fail.
    serde_yaml::to_string(value).unwrap_or_default()
}
