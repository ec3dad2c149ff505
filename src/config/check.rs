//! Checks package metadata as cargo and crates.io do, before anything is generated.

use super::Package;
use crate::did_you_mean;
use crate::naming::package::is_refused;
use spdx::ParseMode;
use spdx::error::Reason;

/// An invalid value: its path in the configuration, and the message.
pub type Fault = (Vec<String>, String);

/// Checks the metadata of the package. Returns the first fault.
pub fn package(package: &Package) -> Result<(), Fault> {
    let at = |key: &str| vec!["package".to_owned(), key.to_owned()];
    name(&package.name).map_err(|fault| (at("name"), fault))?;
    version(&package.version).map_err(|fault| (at("version"), fault))?;
    license(&package.license).map_err(|fault| (at("license"), fault))?;
    let urls = [
        ("repository", &package.repository),
        ("homepage", &package.homepage),
        ("documentation", &package.documentation),
    ];
    for (key, url) in urls {
        if let Some(url) = url.as_deref().filter(|url| !is_url(url)) {
            return Err((at(key), format!("`{url}` is not a URL with `https://`")));
        }
    }
    list(&package.keywords, "keywords", keyword)?;
    list(&package.categories, "categories", category)
}

/// Checks a list of at most five values.
fn list(values: &[String], key: &str, fault: impl Fn(&str) -> Option<String>) -> Result<(), Fault> {
    let at = vec!["package".to_owned(), key.to_owned()];
    if values.len() > 5 {
        return Err((
            at,
            format!(
                "crates.io allows at most 5 {key}, but there are {}",
                values.len()
            ),
        ));
    }
    let found = values
        .iter()
        .enumerate()
        .find_map(|(index, value)| Some((index, fault(value)?)));
    found.map_or(Ok(()), |(index, fault)| {
        Err(([at, vec![index.to_string()]].concat(), fault))
    })
}

/// Checks that cargo and crates.io accept a package name.
pub fn name(name: &str) -> Result<(), String> {
    let plain = name
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'));
    if !plain || !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.len() > 64 {
        return Err(format!(
            "`{name}` is not a package name: it must begin with a letter, hold only ASCII letters, digits, \
             `-` and `_`, and have at most 64 characters"
        ));
    }
    match is_refused(name) {
        true => Err(format!(
            "`{name}` is a reserved name, which cargo rejects for a package"
        )),
        false => Ok(()),
    }
}

/// Checks a version (SemVer 2.0.0).
fn version(version: &str) -> Result<(), String> {
    let (rest, build) = version.split_once('+').unwrap_or((version, "0"));
    let (core, pre) = rest.split_once('-').unwrap_or((rest, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| digits(text) && (text == "0" || !text.starts_with('0'));
    let word = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let parts: Vec<&str> = core.split('.').collect();
    let right = parts.len() == 3
        && parts
            .iter()
            .all(|part| number(part) && part.parse::<u64>().is_ok())
        && pre
            .split('.')
            .all(|part| word(part) && (!digits(part) || number(part)))
        && build.split('.').all(word);
    match right {
        true => Ok(()),
        false => Err(format!(
            "`{version}` is not a SemVer version; use three numbers, such as `0.1.0`"
        )),
    }
}

/// Checks a license: an SPDX expression, or the deprecated `/` of crates.io for `OR`.
fn license(text: &str) -> Result<(), String> {
    const MODE: ParseMode = ParseMode {
        allow_slash_as_or_operator: true,
        allow_imprecise_license_names: false,
        allow_postfix_plus_on_gpl: true,
        allow_deprecated: true,
        allow_unknown: false,
    };
    let is_plain = |char: char| char.is_ascii_alphanumeric() || " -.+()/:".contains(char);
    let fault = match spdx::Expression::parse_mode(text, MODE) {
        Ok(_) if text.chars().all(is_plain) => return Ok(()),
        Ok(_) => {
            "it contains characters other than letters, digits, spaces and `-.+()/:`".to_owned()
        }
        Err(fault) => {
            let term = text.get(fault.span.clone()).unwrap_or_default();
            let nearest = match fault.reason {
                Reason::UnknownTerm | Reason::UnknownLicense => {
                    let known = spdx::identifiers::LICENSES.iter().map(|known| known.name);
                    did_you_mean::hint(term, known)
                }
                _ => String::new(),
            };
            format!("{} `{term}`{nearest}", reason(&fault.reason))
        }
    };
    Err(format!(
        "`{text}` is not an SPDX expression such as `MIT OR Apache-2.0`: {fault}"
    ))
}

fn reason(reason: &Reason) -> &'static str {
    match reason {
        Reason::UnknownLicense | Reason::UnknownTerm => "unknown SPDX license",
        Reason::UnknownException => "unknown SPDX exception",
        Reason::UnclosedParens | Reason::UnopenedParens => "unmatched bracket at",
        Reason::Empty => "it contains no license",
        _ => "unexpected",
    }
}

fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn keyword(text: &str) -> Option<String> {
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '+');
    let right = text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(plain)
        && text.len() <= 20;
    (!right).then(|| {
        format!("`{text}` is not a crates.io keyword: use at most 20 ASCII letters, digits, `-`, `_` and `+`")
    })
}

fn category(text: &str) -> Option<String> {
    let plain = |char: char| {
        char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | ':')
    };
    (text.is_empty() || !text.chars().all(plain))
        .then(|| format!("`{text}` is not a category slug; see <https://crates.io/category_slugs>"))
}

/// Checks that every shell can set an environment variable of this name.
pub fn env(name: &str) -> Result<(), String> {
    let plain = |char: char| char.is_ascii_alphanumeric() || char == '_';
    match name.chars().all(plain)
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
    {
        true => Ok(()),
        false => Err(format!(
            "`{name}` is not the name of an environment variable: use letters, digits and `_`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{category, env, keyword, license, name, version};

    #[test]
    fn names() {
        for good in ["a", "outbound-calls", "x2_y"] {
            assert_eq!(name(good), Ok(()));
        }
        for bad in [
            "",
            "2fa",
            "a b",
            "ä",
            "type",
            "Type",
            "test",
            "con",
            "-a",
            &"a".repeat(65),
        ] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn versions() {
        for good in ["0.1.0", "1.2.3-alpha.1", "1.0.0+build.5", "1.0.0-rc-1+2"] {
            assert_eq!(version(good), Ok(()));
        }
        for bad in [
            "", "1", "1.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0.0", "v1.0.0", "1.0.0+", "1.0.x",
        ] {
            assert!(version(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn licences() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "(MIT AND LicenseRef-x)",
            "GPL-3.0",
            "GPL-3.0-or-later WITH Classpath-exception-2.0",
        ] {
            assert_eq!(license(good), Ok(()));
        }
        for bad in [
            "",
            " ",
            "FOO",
            "MIT OR",
            "MIT\n# x",
            "(MIT",
            "MIT,Apache-2.0",
            "mitt",
        ] {
            assert!(license(bad).is_err(), "{bad}");
        }
        let fault = license("MIT OR Apach-2.0").unwrap_err();
        assert!(
            fault.ends_with("unknown SPDX license `Apach-2.0`; did you mean `Apache-2.0`?"),
            "{fault}"
        );
    }

    #[test]
    fn words() {
        assert_eq!(keyword("voice"), None);
        assert!(keyword("two words").is_some());
        assert_eq!(category("web-programming::http-client"), None);
        assert!(category("Web Programming").is_some());
        assert_eq!(env("OUTBOUNDCALLS_API_KEY"), Ok(()));
        assert!(env("1X").is_err() && env("A-B").is_err() && env("").is_err());
    }
}
