//! Server-sent events, printed as objects.

use std::future::Future;

use sdk::{Error, Event, EventStream};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::{Value, json};

use super::exchange::{Exchange, to_value};

impl Exchange {
    /// The events of a stream. An event of the usual kind is its data alone.
    pub fn events<F, T>(stream: F) -> Self
    where
        F: Future<Output = Result<EventStream<T>, Error>> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        Self::opened_with(stream, event)
    }
}

fn event<T: Serialize>(event: &Event<T>) -> Value {
    let data = to_value(&event.data);
    match &*event.event {
        "message" => data,
        name => json!({"event": name, "data": data}),
    }
}
