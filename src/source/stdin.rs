//! Reads standard input in place of a file, for `-` on the command line.

use std::path::Path;
use std::sync::OnceLock;

/// The argument for standard input.
const NAMED: &str = "-";

/// The file name to show for standard input. References in it are relative to the working folder.
pub const SHOWN: &str = "<stdin>";

/// Returns whether a path means standard input. A file of that name is `./-`.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == NAMED
}

/// Reads standard input. It is cached, because a document may be loaded several times.
pub fn read() -> Result<Vec<u8>, String> {
    static BYTES: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let read = || super::storage::read_all(std::io::stdin().lock(), 0);
    BYTES.get_or_init(read).clone()
}
