//! Standard input in place of a file: `-` on the command line.

use std::path::Path;
use std::sync::OnceLock;

/// What stands for standard input.
const NAMED: &str = "-";

/// The name of the file that standard input stands for. References in it are relative to the working
/// folder.
pub const SHOWN: &str = "<stdin>";

/// Whether a path stands for standard input; a file of that name is `./-`.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == NAMED
}

/// The bytes of standard input. They are read once, as a document may be loaded several times.
pub fn read() -> Result<Vec<u8>, String> {
    static BYTES: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let read = || super::storage::read_all(std::io::stdin().lock(), 0);
    BYTES.get_or_init(read).clone()
}
