//! Bodies with a media type that the caller sets.

use http::HeaderValue;

use crate::runtime::{Body, BuildError, Request};

/// A body with its media type, for operations that accept a range of media types such as `image/*`.
#[derive(Debug)]
pub struct MediaBody {
    media_type: String,
    body: Body,
}

impl MediaBody {
    /// Creates a body with a media type, such as `image/png`, from bytes, a text, or a
    /// [`Body`](crate::transport::Body), which may be a stream.
    pub fn new(media_type: impl Into<String>, body: impl Into<Body>) -> Self {
        Self {
            media_type: media_type.into(),
            body: body.into(),
        }
    }

    /// Sets the body of a request that accepts a range of media types.
    pub(crate) fn fill(self, range: &str, request: &mut Request) {
        let is_one = self.media_type.contains('/') && !self.media_type.contains('*');
        match HeaderValue::try_from(&self.media_type) {
            Ok(media_type) if is_one => request.body_of(media_type, self.body),
            _ => request.fail(BuildError::new(format!(
                "the body needs a media type of `{range}`, but its own is not a single media type"
            ))),
        }
    }
}
