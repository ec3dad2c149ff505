//! Faults in templates.

use minijinja::Error;

/// The faults that led to this one, itself first: one in a template that another includes, say.
pub fn causes(fault: &Error) -> impl Iterator<Item = &Error> {
    fn cause<'f>(fault: &&'f Error) -> Option<&'f Error> {
        std::error::Error::source(*fault)?.downcast_ref()
    }
    std::iter::successors(Some(fault), cause)
}
