//! Finds the operation that the configuration shows first.

use super::find_operations::OperationIndex;
use crate::diag::Diagnostics;
use crate::ir::{Api, ConfiguredName};

pub fn run(api: &mut Api, configured: Option<&ConfiguredName>, diagnostics: &mut Diagnostics) {
    let Some(configured) = configured else {
        return;
    };
    let operations = OperationIndex::new(api);
    let at = &configured.at.0;
    api.quick_start = operations.find(api, "quick_start", &configured.name, at, diagnostics);
}
