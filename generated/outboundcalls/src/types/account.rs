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

json::object! {
    Account,
    required: &[],
    "user" => tolerant(user, extra),
    "creditBalance" => tolerant(credit_balance, extra),
    "subscription" => tolerant(subscription, extra),
    _ => keep(extra),
}
