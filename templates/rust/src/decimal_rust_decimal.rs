//! Conversions between decimal numbers and the crate `rust_decimal`, which calculates with them.

use crate::Decimal;

impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(number.to_string().into())
    }
}

/// Fails if the number has more digits than `rust_decimal` holds: about 28.
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(number: &Decimal) -> Result<Self, rust_decimal::Error> {
        let text = number.as_str();
        match text.contains(['e', 'E']) {
            true => Self::from_scientific(text),
            false => Self::from_str_exact(text),
        }
    }
}

impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    fn try_from(number: Decimal) -> Result<Self, rust_decimal::Error> {
        Self::try_from(&number)
    }
}
