//! Bodies that say whether the response is to be a stream.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::{
    error::Error,
    runtime::{Body, Request},
};

/// Sets `stream` in a JSON body; others stay as they are. All other members keep their text.
pub(crate) fn set(request: &mut Request) {
    let Some(body) = request.body_mut() else {
        return request.json(&BTreeMap::from([("stream", true)]));
    };
    let json = body.as_bytes().unwrap_or_default();
    let Ok(mut members) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(json) else {
        return;
    };
    members.insert("stream".to_owned(), RawValue::TRUE);
    match serde_json::to_vec(&members) {
        Ok(json) => *body = Body::from(json),
        Err(error) => request.fail(Error::build("the body cannot be written").because(error)),
    }
}
