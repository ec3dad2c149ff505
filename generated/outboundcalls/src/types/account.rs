use serde_core::{de::MapAccess, ser::SerializeMap};

use super::User;
use crate::runtime::json;

/// Your account. Inferred: the API's page mentions user info, credit balance and active
/// subscription, but no property names.
///
/// Inferred: the API's documentation describes this type only in prose. Every property may be
/// absent. A value of another type is stored with the unknown properties.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// The user that the API key belongs to.
    pub user: Option<User>,
    /// The credit balance. At least 25 credits are needed to dispatch a call. Not documented:
    /// whether it is always a whole number.
    ///
    /// On the wire: `creditBalance`.
    pub credit_balance: Option<f64>,
    /// The active subscription. Its properties are not documented.
    pub subscription: Option<serde_json::Map<String, serde_json::Value>>,
    /// Properties that this type does not declare, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

json::object!(Account);

impl<'de> json::Object<'de> for Account {
    const ABOUT: json::About = json::About {
        name: "Account",
        required: &[],
    };

    fn blank() -> Self {
        Self::default()
    }

    fn read<A: MapAccess<'de>>(&mut self, next: &mut json::Next<'de, A>) -> Result<(), A::Error> {
        match next.key() {
            "user" => next.tolerant(&mut self.user, &mut self.extra),
            "creditBalance" => next.tolerant(&mut self.credit_balance, &mut self.extra),
            "subscription" => next.tolerant(&mut self.subscription, &mut self.extra),
            _ => next.keep(&mut self.extra),
        }
    }

    fn write<'a, M: SerializeMap>(&'a self, members: &mut json::Members<'a, M>) {
        members.extra(&self.extra);
        members.optional("user", &self.user);
        members.optional("creditBalance", &self.credit_balance);
        members.optional("subscription", &self.subscription);
    }
}
