//! Short texts without an allocation.

use std::fmt;

/// A text of at most `N` bytes on the stack. Writing more is an error.
pub(super) struct StackText<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> StackText<N> {
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
        }
    }

    pub(super) fn text(&self) -> &str {
        let written = self.bytes.get(..self.length).unwrap_or_default();
        // All of it was written as text.
        std::str::from_utf8(written).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Write for StackText<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let free = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
