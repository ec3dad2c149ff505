//! Numbers of any size and precision.

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::Error as _,
};
use serde_json::value::RawValue;

use crate::runtime::number_of;

/// A decimal number with all of its digits, which an `f64` or an integer type may not represent.
///
/// It is stored as text: convert [`as_str`](Self::as_str) to a type of the decimal or big integer crate that
/// you calculate with. Numbers are compared by value: `1.50` equals `1.5`.
#[derive(Clone)]
pub struct Decimal(pub(crate) Box<str>);

/// The error if a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseDecimalError;

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number")
    }
}

impl std::error::Error for ParseDecimalError {}

impl Decimal {
    /// Returns the number as it is written, in JSON's grammar: `-12.50e3`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        // Rust parses every number of JSON's grammar.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Returns the sign, the digits without leading and trailing zeros, and the exponent of the decimal point
    /// before them: -12.50 is `(true, "125", 2)`.
    fn parts(&self) -> (bool, String, i64) {
        let (negative, text) = match self.0.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, &*self.0),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let leading = all.len() - digits.len();
        let digits = digits.trim_end_matches('0');
        if digits.is_empty() {
            return (false, String::new(), 0);
        }
        let limit = if exponent.starts_with('-') {
            i64::MIN
        } else {
            i64::MAX
        };
        let exponent = exponent.parse().unwrap_or(limit);
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
        let leading = i64::try_from(leading).unwrap_or(i64::MAX);
        let place = point.saturating_sub(leading).saturating_add(exponent);
        (negative, digits.to_owned(), place)
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit())
            && serde_json::from_str::<&RawValue>(text).is_ok();
        number.then(|| Self(text.into())).ok_or(ParseDecimalError)
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => {
        $(impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.to_string().into())
            }
        })*
    };
}

from_integer!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl TryFrom<f64> for Decimal {
    type Error = ParseDecimalError;

    fn try_from(number: f64) -> Result<Self, ParseDecimalError> {
        number.to_string().parse()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.parts() == other.parts()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |negative: bool, digits: &str| match (negative, digits) {
            (_, "") => 0,
            (true, _) => -1,
            (false, _) => 1,
        };
        let (negative, digits, place) = self.parts();
        let (other_negative, other_digits, other_place) = other.parts();
        let signs = sign(negative, &digits).cmp(&sign(other_negative, &other_digits));
        let size = place.cmp(&other_place).then(digits.cmp(&other_digits));
        signs.then(if negative { size.reverse() } else { size })
    }
}

impl hash::Hash for Decimal {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::from(0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Any serializer can write a number that fits the machine's types. Others need serde_json's.
        if let Ok(number) = self.0.parse::<i64>() {
            return serializer.serialize_i64(number);
        }
        if let Ok(number) = self.0.parse::<u64>() {
            return serializer.serialize_u64(number);
        }
        let raw = RawValue::from_string(self.0.clone().into()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let expected = |_| D::Error::custom(format_args!("expected a number, found {raw}"));
        number_of(&raw).parse().map_err(expected)
    }
}
