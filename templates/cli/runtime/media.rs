//! The media type of a body, if the user can choose one.

use super::fault::Fault;
use super::specification::BodySpec;

/// Extensions of files whose media type does not end in them.
const NAMES: [(&str, &[&str]); 6] = [
    ("bin", &["octet-stream"]),
    ("jpg", &["jpeg"]),
    ("jsonl", &["x-ndjson", "x-jsonlines"]),
    ("md", &["markdown", "x-markdown"]),
    ("txt", &["plain"]),
    ("yml", &["yaml", "x-yaml"]),
];

/// Chooses a media type by its index: the one that `--body-type` names, or else that of the extension of the file that
/// `--body` names, or else the default one.
///
/// # Errors
///
/// Returns a usage error if the operation has no such media type.
pub fn choose(
    described: &BodySpec,
    wanted: Option<&str>,
    body: Option<&str>,
) -> Result<usize, Fault> {
    let Some(wanted) = wanted else {
        let path = body.and_then(|body| body.strip_prefix('@'));
        let extension = path.and_then(|path| std::path::Path::new(path).extension());
        let extension = extension.unwrap_or_default().to_string_lossy();
        let mut types = described.media_types();
        let index = types.position(|media_type| suits(media_type, &extension.to_ascii_lowercase()));
        return Ok(index.unwrap_or_default());
    };
    let is_wanted = |media_type: &str| essence(media_type).eq_ignore_ascii_case(essence(wanted));
    let index = described.media_types().position(is_wanted);
    index.ok_or_else(|| {
        let known: Vec<&str> = described.media_types().collect();
        let message = format!("--body-type: the operation takes no `{wanted}`");
        Fault::usage(message).hint(format!("it takes {}", known.join(", ")))
    })
}

/// Returns whether files with an extension have a media type.
fn suits(media_type: &str, extension: &str) -> bool {
    let (_, subtype) = essence(media_type).split_once('/').unwrap_or_default();
    let subtype = subtype.to_ascii_lowercase();
    let named = NAMES.iter().find(|(known, _)| *known == extension);
    let is_own = |name: &str| {
        let rest = subtype.strip_suffix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest == "x-" || rest.ends_with('+'))
    };
    !extension.is_empty()
        && (is_own(extension) || named.is_some_and(|(_, names)| names.contains(&&*subtype)))
}

/// Returns a media type without parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::runtime::specification::{BodySpec, Form};

    #[test]
    fn files_tell_their_media_type() {
        let described = BodySpec {
            media_type: "application/merge-patch+json".to_owned(),
            others: [
                "text/plain",
                "text/csv; charset=utf-8",
                "application/x-yaml",
            ]
            .map(|name| (name.to_owned(), Form::Text))
            .to_vec(),
            ..BodySpec::default()
        };
        let of = |wanted, body| choose(&described, wanted, body).map_err(|fault| fault.message);
        for (body, index) in [("@a.json", 0), ("@a.TXT", 1), ("@a.csv", 2), ("@b.yml", 3)] {
            assert_eq!(of(None, Some(body)), Ok(index), "{body}");
        }
        for other in ["@a", "@a.pdf", "a.txt", "-", "@-"] {
            assert_eq!(of(None, Some(other)), Ok(0), "{other}");
        }
        assert_eq!(of(Some("Text/CSV"), Some("@a.txt")), Ok(2));
        assert!(of(Some("text/html"), None).is_err());
    }
}
