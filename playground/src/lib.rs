//! Runs sdkgen in a web page.
//!
//! The page writes a request as JSON into the memory of the module, and reads the response, which is JSON too. There
//! are no bindings and no other imports: `page/worker.js` has the JavaScript side.

mod commands;

pub use commands::{Request, Response, respond};

use std::alloc::{self, Layout};
use std::slice;

/// Allocates memory for a request. The page writes the request there, and passes the memory to [`run`].
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    let layout = layout(length);
    // SAFETY: the size of the layout is not zero.
    let memory = unsafe { alloc::alloc(layout) };
    if memory.is_null() {
        alloc::handle_alloc_error(layout);
    }
    memory
}

/// Runs a request. Returns the length of the response in four bytes, the least significant first, and the response. The
/// page passes this memory to [`release`].
///
/// # Safety
///
/// `request` is the result of [`allocate`] for the same length, with all bytes written. It is released here.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(request: *mut u8, length: usize) -> *mut u8 {
    // SAFETY: the caller promises that the memory has this length and was written.
    let response = respond(unsafe { slice::from_raw_parts(request, length) });
    // SAFETY: the caller promises that `allocate` returned the memory for this length.
    unsafe { alloc::dealloc(request, layout(length)) };
    let written = allocate(PREFIX + response.len());
    let prefix = (response.len() as u32).to_le_bytes();
    // SAFETY: `allocate` returned memory for both parts.
    unsafe {
        written.copy_from_nonoverlapping(prefix.as_ptr(), PREFIX);
        let rest = written.add(PREFIX);
        rest.copy_from_nonoverlapping(response.as_ptr(), response.len());
    }
    written
}

/// Releases a response.
///
/// # Safety
///
/// `response` is the result of [`run`], and is not used afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(response: *mut u8) {
    let mut prefix = [0; PREFIX];
    // SAFETY: a response starts with its length, and `run` allocated that many bytes after it.
    unsafe {
        response.copy_to_nonoverlapping(prefix.as_mut_ptr(), PREFIX);
        let length = u32::from_le_bytes(prefix) as usize;
        alloc::dealloc(response, layout(PREFIX + length));
    }
}

/// The bytes that hold the length of a response.
const PREFIX: usize = 4;

/// Returns the layout of `length` bytes. An allocation has at least one byte.
fn layout(length: usize) -> Layout {
    Layout::array::<u8>(length.max(1)).expect("lengths in WebAssembly have 32 bits")
}
