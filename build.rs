//! Tells the library what it is made of, so that a crate's lock file can say which sdkgen made it: two
//! builds of one version may differ while that version is being worked on.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = Fnv::default();
    for folder in ["src", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
        add(&root, &root.join(folder), &mut hash)?;
    }
    println!("cargo::rustc-env=SDKGEN_BUILD={:016x}", hash.0);
    Ok(())
}

/// Takes in the files of a folder and the folders in it, by name.
fn add(root: &Path, folder: &Path, hash: &mut Fnv) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(root, &path, hash)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        hash.add(name.replace('\\', "/").as_bytes());
        hash.add(&fs::read(&path)?);
    }
    Ok(())
}

/// FNV-1a of 64 bits: the same for every version of Rust, which that of the standard library need not be.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Git may give a file other line ends on another machine, so their carriage returns do not count.
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().filter(|byte| **byte != b'\r').chain(&[0]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
