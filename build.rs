//! Sets `cfg(released)` for builds whose version identifies their sources: the package on crates.io, and releases,
//! which set `SDKGEN_RELEASE`. Two other builds of the same version may differ.
//!
//! Lists the files below `templates/` and the pages of diagnostics, so that the program embeds them.
//!
//! Sets `SDKGEN_REVISION` to the commit of a package, which the workflows of `sdkgen init` install.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() {
    // `cargo package` writes this file beside the manifest.
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let packaged = root.join(".cargo_vcs_info.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SDKGEN_RELEASE");
    println!("cargo::rustc-check-cfg=cfg(released)");
    if packaged.exists() || env::var_os("SDKGEN_RELEASE").is_some() {
        println!("cargo::rustc-cfg=released");
    }
    println!("cargo::rerun-if-env-changed=SDKGEN_REVISION");
    let packed = fs::read_to_string(packaged).ok();
    let revision = packed.as_deref().and_then(commit);
    if let Some(revision) = revision {
        println!("cargo::rustc-env=SDKGEN_REVISION={revision}");
    }
    println!("cargo::rerun-if-changed=templates");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let tables = tables(&root.join("templates")).expect("the folder of templates");
    fs::write(out.join("templates.rs"), tables).expect("a file in OUT_DIR");
    println!("cargo::rerun-if-changed=src/diag/pages");
    let pages = pages(&root.join("src/diag/pages")).expect("the folder of pages");
    fs::write(out.join("pages.rs"), pages).expect("a file in OUT_DIR");
}

/// Returns the tables of templates, which end in `.j2`, and of files that are copied: texts by name. Templates of new
/// repositories have a table with other paths.
fn tables(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for part in ["cli", "docs", "rust"] {
        collect(folder, part, &mut names)?;
    }
    names.sort_unstable();
    let (templates, copied): (Vec<_>, Vec<_>) =
        names.iter().partition(|name| name.ends_with(".j2"));
    let row = |name: &&String| ((*name).clone(), folder.join(name));
    let tables = [("TEMPLATES", templates), ("COPIED", copied)];
    let tables = tables.map(|(table, names)| rust_table(table, names.iter().map(row)));
    Ok(tables.concat())
}

/// Returns the table of diagnostics' pages: texts by code, ordered by number.
fn pages(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    collect(folder, ".", &mut names)?;
    let mut rows: Vec<_> = names
        .iter()
        .filter_map(|name| {
            let code = name.strip_prefix("./")?.strip_suffix(".md")?;
            Some((code.to_owned(), folder.join(name)))
        })
        .collect();
    // The letter says how severe a finding is; the number identifies it.
    rows.sort_unstable_by(|(one, _), (other, _)| one[1..].cmp(&other[1..]));
    Ok(rust_table("PAGES", rows.into_iter()))
}

/// Returns the Rust constant with the texts of files by name.
fn rust_table(table: &str, rows: impl Iterator<Item = (String, PathBuf)>) -> String {
    let rows: String = rows
        .map(|(name, path)| format!("    ({name:?}, include_str!({path:?})),\n"))
        .collect();
    format!("pub const {table}: &[(&str, &str)] = &[\n{rows}];\n")
}

/// Adds the files below a folder by their paths with slashes.
fn collect(root: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        match entry.file_type()?.is_dir() {
            true => collect(root, &name, names)?,
            false => names.push(name),
        }
    }
    Ok(())
}

/// The commit that a package was made from, if no file of it was changed after the commit.
pub fn commit(packed: &str) -> Option<&str> {
    if packed.contains("\"dirty\"") {
        return None;
    }
    let (_, rest) = packed.split_once("\"sha1\"")?;
    rest.split('"').nth(1)
}
