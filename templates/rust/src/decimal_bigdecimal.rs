//! Conversions between decimal numbers and the crate `bigdecimal`, which calculates with them.

use bigdecimal::{BigDecimal, ParseBigDecimalError};

use crate::Decimal;

impl From<BigDecimal> for Decimal {
    fn from(number: BigDecimal) -> Self {
        Self(number.to_string().into())
    }
}

/// Fails if the exponent exceeds 64 bits.
impl TryFrom<&Decimal> for BigDecimal {
    type Error = ParseBigDecimalError;

    fn try_from(number: &Decimal) -> Result<Self, ParseBigDecimalError> {
        number.as_str().parse()
    }
}

impl TryFrom<Decimal> for BigDecimal {
    type Error = ParseBigDecimalError;

    fn try_from(number: Decimal) -> Result<Self, ParseBigDecimalError> {
        Self::try_from(&number)
    }
}
