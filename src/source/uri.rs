//! Resolves relative references (RFC 3986, section 5), as far as identifiers of schemas need it, and decodes
//! percent-encoding.

use std::borrow::Cow;

/// Resolves a reference without fragment against a base. Both may be plain paths.
pub fn resolve(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    let start = scheme(base).map_or(0, |scheme| scheme.len() + 1);
    if reference.starts_with("//") {
        return format!("{}{reference}", &base[..start]);
    }
    // The authority ends at the first slash of the path.
    let authority = match base[start..].strip_prefix("//") {
        Some(rest) => start + 2 + rest.find('/').unwrap_or(rest.len()),
        None => start,
    };
    let (head, path) = base.split_at(authority);
    let path = path.split('?').next().unwrap_or_default();
    if reference.starts_with('/') {
        return format!("{head}{}", without_dots(reference));
    }
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    let slash = if folder.is_empty() && authority > start {
        "/"
    } else {
        ""
    };
    format!(
        "{head}{}",
        without_dots(&format!("{slash}{folder}{reference}"))
    )
}

/// Returns the scheme of an absolute URI, without the colon.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    // A single letter is the drive of a Windows path.
    (scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(fine))
    .then_some(scheme)
}

fn without_dots(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let parts: Vec<&str> = path.split('/').collect();
    for (index, step) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        match *step {
            "." if last => steps.push(""),
            "." => {}
            ".." => {
                if steps
                    .last()
                    .is_some_and(|step| !step.is_empty() && *step != "..")
                {
                    steps.pop();
                } else if steps.first() != Some(&"") {
                    steps.push("..");
                }
                if last {
                    steps.push("");
                }
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Decodes `%XX`. Invalid sequences are kept.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match tail {
            [high, low, ..] if *first == b'%' => {
                let digit = |byte: u8| (byte as char).to_digit(16);
                digit(*high)
                    .zip(digit(*low))
                    .map(|(high, low)| (high * 16 + low) as u8)
            }
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{percent_decode, resolve};

    #[test]
    fn references_are_resolved_as_in_the_standard() {
        let base = "http://a/b/c/d;p?q";
        let cases = [
            ("gg:h", "gg:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn paths_and_names_are_bases_too() {
        assert_eq!(resolve("api/main.yaml", "../x.yaml"), "x.yaml");
        assert_eq!(resolve("main.yaml", "../x.yaml"), "../x.yaml");
        assert_eq!(resolve("main.yaml", "pet"), "pet");
        assert_eq!(
            resolve("https://example.com", "pet"),
            "https://example.com/pet"
        );
        assert_eq!(resolve("C:/x/y.yaml", "z.yaml"), "C:/x/z.yaml");
        assert_eq!(resolve("x", "urn:uuid:1"), "urn:uuid:1");
    }

    #[test]
    fn a_lone_percent_stays() {
        assert_eq!(percent_decode("100%/a%2Fb%zz"), "100%/a/b%zz");
    }
}
