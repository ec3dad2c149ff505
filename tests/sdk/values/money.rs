//! Types of a user, in place of generated ones.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// An amount in a currency, which the API sends as an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money(pub i64, pub String);

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let map = [("amount", serde_json::json!(self.0)), ("currency", serde_json::json!(self.1))];
        BTreeMap::from(map).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
        let currency = map.get("currency").and_then(|value| value.as_str());
        let amount = map.get("amount").and_then(|value| value.as_i64());
        let missing = || serde::de::Error::custom("no amount of money");
        Ok(Money(amount.ok_or_else(missing)?, currency.unwrap_or("EUR").to_owned()))
    }
}

/// The id of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderId(pub String);

impl Serialize for OrderId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OrderId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(OrderId)
    }
}
