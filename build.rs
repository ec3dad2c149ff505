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
    let mut text = String::new();
    for (table, names) in [("TEMPLATES", templates), ("COPIED", copied)] {
        text += &format!("pub const {table}: &[(&str, &str)] = &[\n");
        for name in names {
            let path = folder.join(name);
            text += &format!("    ({name:?}, include_str!({path:?})),\n");
        }
        text += "];\n";
    }
    Ok(text)
}

/// Returns the table of diagnostics' pages: texts by code, ordered by number.
fn pages(folder: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    let code = |name: &str| name.strip_suffix(".md").map(str::to_owned);
    let mut codes: Vec<String> = names.iter().filter_map(|name| code(name)).collect();
    // The letter says how severe a finding is; the number identifies it.
    codes.sort_unstable_by_key(|code| code.chars().skip(1).collect::<String>());
    let mut text = String::from("const PAGES: &[(&str, &str)] = &[\n");
    for code in codes {
        let path = folder.join(format!("{code}.md"));
        text += &format!("    ({code:?}, include_str!({path:?})),\n");
    }
    text += "];\n";
    Ok(text)
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
