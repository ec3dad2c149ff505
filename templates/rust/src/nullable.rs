//! Arguments of setters for properties that may be absent, null or a value.

use crate::runtime::enumeration::Open;

/// An argument for a property that may be null: a value, an `Option` of one, or a string if a string converts into it.
///
/// `None` sends null. To leave the property out of the request, do not call its setter.
pub trait IntoNullable<T> {
    /// Returns the value, or `None` for null.
    fn into_nullable(self) -> Option<T>;
}

impl<T> IntoNullable<T> for T {
    fn into_nullable(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoNullable<T> for Option<T> {
    fn into_nullable(self) -> Option<T> {
        self
    }
}

impl IntoNullable<String> for &str {
    fn into_nullable(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoNullable<String> for &String {
    fn into_nullable(self) -> Option<String> {
        Some(self.clone())
    }
}

impl<'a, T: Open + From<&'a str>> IntoNullable<T> for &'a str {
    fn into_nullable(self) -> Option<T> {
        Some(T::from(self))
    }
}

impl<T, U: Into<T>, const N: usize> IntoNullable<Vec<T>> for [U; N] {
    fn into_nullable(self) -> Option<Vec<T>> {
        Some(self.into_iter().map(Into::into).collect())
    }
}
