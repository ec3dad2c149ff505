//! What all builders of requests share.

/// Implements what every builder of a request has: options, and the ways to send it. The decoder of the response is
/// after its type.
macro_rules! send {
    ($name:ident -> $output:ty, $decode:expr) => {
        impl $name {
            /// Overrides the client's timeouts, retries and headers for this request.
            pub fn options(mut self, options: $crate::runtime::RequestOptions) -> Self {
                self.request.options(options);
                self
            }

            /// Builds the request without sending it, for signing, queues and dry runs. **It contains the
            /// credentials.**
            pub fn build(self) -> $crate::runtime::HttpRequestFuture {
                self.request.build()
            }

            /// Sends the request. Awaiting the builder does the same.
            pub fn send(self) -> $crate::runtime::ResponseFuture<$output> {
                self.request.send($decode)
            }

            /// Sends the request and returns the raw response: status, headers and bytes, decoded on demand.
            pub fn send_raw(self) -> $crate::runtime::RawResponseFuture<$output> {
                self.request.send_raw($decode)
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = $crate::runtime::Result<$output>;
            type IntoFuture = $crate::runtime::ResponseFuture<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

/// Implements setters that take an `Option`, each by the setter that takes a value.
macro_rules! optional {
    ($($(#[$attribute:meta])* $optional:ident($value:ty) => $setter:ident,)*) => {
        $(
            #[doc = concat!("Sets [`", stringify!($setter), "`](Self::", stringify!($setter), ") if there is a value.")]
            $(#[$attribute])*
            pub fn $optional(self, value: ::std::option::Option<$value>) -> Self {
                match value {
                    ::std::option::Option::Some(value) => self.$setter(value),
                    ::std::option::Option::None => self,
                }
            }
        )*
    };
}

pub(crate) use {optional, send};
