//! `extra_modules`: modules of the user's own in the crate.

use super::check::Fault;
use crate::naming::ident::{is_ident, is_keyword};
use crate::naming::reserved::{DEVICES, ROOT_MODULES};

/// The names, sorted, or which of them `lib.rs` cannot declare and why.
pub fn modules(mut names: Vec<String>) -> Result<Vec<String>, Fault> {
    let at = || vec!["extra_modules".to_owned()];
    for name in &names {
        let is_plain = name.is_ascii() && is_ident(name) && !is_keyword(name);
        if !is_plain || DEVICES.contains(&name.as_str()) {
            return Err((at(), format!("`{name}` is not the name of a module")));
        }
        if ROOT_MODULES.contains(&name.as_str()) {
            let why = "is reserved for a module that sdkgen generates; use another name";
            return Err((at(), format!("`{name}` {why}")));
        }
    }
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err((at(), format!("`{}` is listed twice", pair[0]))),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn names_are_modules_that_sdkgen_does_not_generate() {
        let names = ["retries", "helpers", "v2"].map(str::to_owned);
        assert_eq!(
            modules(names.to_vec()).unwrap(),
            ["helpers", "retries", "v2"]
        );
        for name in [
            "", "a-b", "a/b", "fn", "self", "1a", "aux", "../a", "a;b", "types", "client", "mock",
            "é",
        ] {
            let (at, fault) = modules(vec![name.to_owned()]).unwrap_err();
            assert_eq!(at, ["extra_modules"]);
            assert!(fault.starts_with(&format!("`{name}` is ")), "{fault}");
        }
        let (_, fault) = modules(vec!["a".to_owned(), "a".to_owned()]).unwrap_err();
        assert_eq!(fault, "`a` is listed twice");
    }
}
