//! Removes the items that a crate does not use from the files that are the same for every API.
//!
//! No API uses all of them. An item stays if code that is made for the API refers to
//! it, directly or through other items. Paths are resolved as Rust does, through modules and `use` items; a method
//! counts as used if any method of its name is called. So an item can stay without need, and none is missing.

mod bindings;
mod condition;
mod file;
mod items;
mod lexer;
mod mark;
mod references;
mod resolve;
mod scope;
mod sweep;
#[cfg(test)]
mod tests;
mod traits;
mod uses;

use self::file::File;
use self::scope::Crate;
use crate::parallel;
use crate::render::Files;

/// Removes unused items, and files without any, of those that `may_lose` accepts.
pub fn shake(files: &mut Files, may_lose: impl Fn(&str) -> bool + Sync) {
    let is_code = |path: &str| path.starts_with("src/") && path.ends_with(".rs");
    let code = files.0.iter().filter(|(path, _)| is_code(path));
    let code: Vec<(&String, &String)> = code.collect();
    let parsed = parallel::map(&code, |(path, text)| match may_lose(path) {
        true => File::divided(path, text),
        false => File::whole(path, text),
    });
    let of = Crate::new(parsed);
    let used = mark::used(&of);
    let swept = sweep::sweep(&of, &used);
    for (path, text) in swept {
        match text {
            Some(text) => files.insert(path, text),
            None => {
                files.0.remove(&path);
            }
        }
    }
}
