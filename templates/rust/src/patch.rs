//! JSON bodies of which one member is set late.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::{
    error::BuildError,
    runtime::{Body, Request},
};

/// Sets what members of the JSON body lead to, one in the other, to a value that is JSON too. All other
/// members keep their text, and a body that is no object stays as it is.
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
        // What cannot be read is no object.
        Err(error) if error.is_data() || error.is_syntax() || error.is_eof() => {}
        Err(error) => fail(request, error),
    }
}

fn fail(request: &mut Request, error: serde_json::Error) {
    request.fail(BuildError::new("the body cannot be written").because(error));
}

fn with(json: &str, path: &[&str], value: &str) -> serde_json::Result<Box<RawValue>> {
    let Some((name, deeper)) = path.split_first() else {
        return RawValue::from_string(value.to_owned());
    };
    // An object that is not there is made.
    let members: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(json)?;
    let mut members = members.unwrap_or_default();
    let own = members.get(*name).map_or("null", |own| own.get());
    let new = with(own, deeper, value)?;
    members.insert((*name).to_owned(), new);
    serde_json::value::to_raw_value(&members)
}
