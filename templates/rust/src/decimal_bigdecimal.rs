//! Decimal numbers from and to the crate `bigdecimal`, which calculates with them.

use bigdecimal::{BigDecimal, ParseBigDecimalError};

use crate::Decimal;

impl From<BigDecimal> for Decimal {
    fn from(number: BigDecimal) -> Self {
        Self(number.to_string().into())
    }
}

/// Fails where the power of ten is past 64 bits.
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
