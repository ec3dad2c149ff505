//! Sets a property of a JSON body that is already written.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::{
    error::BuildError,
    runtime::{Body, Request},
};

/// Sets the property at a path of the JSON body to a JSON value. All other properties keep their text. A body
/// that is not an object is left unchanged.
pub(crate) fn put(request: &mut Request, path: &[&str], value: &str) {
    let Some(body) = request.body_mut() else {
        return match with("null", path, value) {
            Ok(body) => request.json(&body),
            Err(error) => fail(request, error),
        };
    };
    let Ok(json) = std::str::from_utf8(body.as_bytes().unwrap_or_default()) else {
        return;
    };
    match with(json, path, value) {
        Ok(json) => *body = Body::from(json.get().to_owned()),
        // A body that cannot be parsed is not an object.
        Err(error) if error.is_data() || error.is_syntax() || error.is_eof() => {}
        Err(error) => fail(request, error),
    }
}

fn fail(request: &mut Request, error: serde_json::Error) {
    request.fail(BuildError::new("the body cannot be written").caused_by(error));
}

fn with(json: &str, path: &[&str], value: &str) -> serde_json::Result<Box<RawValue>> {
    let Some((name, deeper)) = path.split_first() else {
        return RawValue::from_string(value.to_owned());
    };
    // A missing object is created.
    let members: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(json)?;
    let mut members = members.unwrap_or_default();
    let own = members.get(*name).map_or("null", |own| own.get());
    let new = with(own, deeper, value)?;
    members.insert((*name).to_owned(), new);
    serde_json::value::to_raw_value(&members)
}
