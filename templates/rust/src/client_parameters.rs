//! Parameters that the client sends with every operation that has them.

use crate::runtime::{Request, Required};

/// Sends the client's value of a header parameter, else the default. A header that the caller sets for all
/// requests takes precedence over the default.
#[allow(dead_code, reason = "an API may have no such parameter")]
pub(crate) fn header(request: &mut Request, name: &'static str, default: Option<&str>) {
    let core = request.core().clone();
    let settings = core.settings();
    let default = default.filter(|_| !settings.has_header(name));
    if let Some(value) = settings.shared_parameter(name).or(default) {
        request.header(name, value);
    }
}

/// Sends the client's value of a query parameter, else the default.
#[allow(dead_code, reason = "an API may have no such parameter")]
pub(crate) fn query(request: &mut Request, name: &'static str, default: Option<&str>) {
    let core = request.core().clone();
    if let Some(value) = core.settings().shared_parameter(name).or(default) {
        request.query(name, value);
    }
}

/// Sends the client's value of a header parameter. `setter` of the client's builder sets it.
#[allow(dead_code, reason = "an API may have no such parameter")]
pub(crate) fn required_header(request: &mut Request, name: &'static str, setter: &'static str) {
    header(request, name, None);
    request.require(Required {
        name,
        is_header: true,
        setter,
    });
}

/// Sends the client's value of a query parameter. `setter` of the client's builder sets it.
#[allow(dead_code, reason = "an API may have no such parameter")]
pub(crate) fn required_query(request: &mut Request, name: &'static str, setter: &'static str) {
    query(request, name, None);
    request.require(Required {
        name,
        is_header: false,
        setter,
    });
}
