//! Faults in templates.

use minijinja::Error;

/// Returns an error with its causes, such as an error in an included template.
pub fn causes(fault: &Error) -> impl Iterator<Item = &Error> {
    fn cause<'f>(fault: &&'f Error) -> Option<&'f Error> {
        std::error::Error::source(*fault)?.downcast_ref()
    }
    std::iter::successors(Some(fault), cause)
}
