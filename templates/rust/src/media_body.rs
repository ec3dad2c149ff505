//! Bodies whose media type the caller gives.

use http::HeaderValue;

use crate::runtime::{Body, BuildError, Request};

/// A body with its media type, where an operation takes a range of media types such as `image/*`.
#[derive(Debug)]
pub struct MediaBody {
    media_type: String,
    body: Body,
}

impl MediaBody {
    /// Creates a body of a media type, such as `image/png`: bytes, a text, or a
    /// [`Body`](crate::transport::Body), which may be a stream.
    pub fn new(media_type: impl Into<String>, body: impl Into<Body>) -> Self {
        Self {
            media_type: media_type.into(),
            body: body.into(),
        }
    }

    /// Puts the body into a request that takes media types of a range.
    pub(crate) fn fill(self, range: &str, request: &mut Request) {
        let is_one = self.media_type.contains('/') && !self.media_type.contains('*');
        match HeaderValue::try_from(&self.media_type) {
            Ok(media_type) if is_one => request.body_of(media_type, self.body),
            _ => request.fail(BuildError::new(format!(
                "the body needs a media type of `{range}`, and what it has is not one media type"
            ))),
        }
    }
}
