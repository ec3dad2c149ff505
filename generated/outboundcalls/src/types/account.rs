use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};

use super::User;
use crate::runtime::json;

/// Your account. Inferred: the API's page names user info, credit balance and active
/// subscription, and no members.
///
/// Inferred: the API's documentation describes it in prose only, so every member may be absent.
/// What does not fit its member is kept with the undeclared ones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// The user that the API key belongs to.
    pub user: Option<User>,
    /// How many credits the account has. At least 25 are needed to dispatch a call. Not
    /// documented: whether it is always a whole number.
    ///
    /// On the wire: `creditBalance`.
    pub credit_balance: Option<f64>,
    /// The active subscription. Its members are not documented.
    pub subscription: Option<serde_json::Map<String, serde_json::Value>>,
    /// The members that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.optional("user", &self.user);
        object.optional("creditBalance", &self.credit_balance);
        object.optional("subscription", &self.subscription);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Account {
    const EXPECTING: &'static str = "an `Account` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = Self::default();
        while let Some(key) = json::key(&mut map)? {
            (match &*key {
                "user" => json::tolerant(&mut map, key, &mut value.user, &mut value.extra),
                "creditBalance" => {
                    json::tolerant(&mut map, key, &mut value.credit_balance, &mut value.extra)
                }
                "subscription" => {
                    json::tolerant(&mut map, key, &mut value.subscription, &mut value.extra)
                }
                _ => json::keep(&mut map, key, &mut value.extra),
            })?;
        }
        Ok(value)
    }
}
