//! Media types and media ranges.

use super::is_token;

/// Returns a media type in lower case, without parameters.
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns whether a media type is JSON or has the suffix `+json` (RFC 6839).
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Returns whether a header can contain a media type or range.
pub fn is_sendable(media_type: &str) -> bool {
    let fits = |byte| (b' '..=b'~').contains(&byte);
    !media_type.is_empty() && media_type.bytes().all(fits)
}

/// Returns whether a body can have this media type: it is not a range, and a header can contain it.
pub fn is_concrete(media_type: &str) -> bool {
    is_sendable(media_type) && !media_type.contains('*')
}

/// Returns whether a media type or range accepts `application/octet-stream`, as `*/*` and `application/*` do.
pub fn takes_octets(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(
        &*essence,
        "application/octet-stream" | "application/*" | "*/*" | "*"
    )
}

/// Returns whether only the caller knows the media type of a body, as for `image/*`.
pub fn is_open_range(media_type: &str) -> bool {
    // Only media ranges count (RFC 9110, section 12.5.1), not other text with an asterisk.
    let is_type = |text: &str| is_token(text) && !text.contains('*');
    let essence = essence(media_type);
    essence.strip_suffix("/*").is_some_and(is_type) && !takes_octets(&essence)
}

/// Returns a media type for examples from a range or a list of media types.
pub fn example_media_type(described: &str) -> String {
    let mut types = described.split(',').map(str::trim);
    let known = types.clone().find(|one| is_concrete(one));
    let family = types.next().and_then(|first| first.split('/').next());
    let of_family = || match family.unwrap_or_default() {
        "image" => "image/png",
        "audio" => "audio/mpeg",
        "video" => "video/mp4",
        "font" => "font/woff2",
        "model" => "model/gltf-binary",
        "text" => "text/plain",
        _ => "application/octet-stream",
    };
    known.unwrap_or_else(of_family).to_owned()
}

/// Returns `media_type` if a body can have it, else `otherwise`.
pub fn concrete<'t>(media_type: &'t str, otherwise: &'t str) -> &'t str {
    match is_concrete(media_type) {
        true => media_type,
        false => otherwise,
    }
}

/// Returns whether a media type is XML, which is returned as text.
pub fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Returns whether a media type is YAML (RFC 9512), including the names before its registration.
pub fn is_yaml(media_type: &str) -> bool {
    let essence = essence(media_type);
    let ends = ["/yaml", "/x-yaml", "/vnd.yaml", "+yaml"];
    ends.iter().any(|end| essence.ends_with(end))
}

/// Returns the text if it is a media type or range, else the first of several in it. `None` if no type has a
/// subtype (RFC 9110, sections 8.3.1 and 12.5.1).
pub fn meant_media_type(text: &str) -> Option<&str> {
    let is_media_type = |text: &str| {
        let name = text.split(';').next().unwrap_or_default().trim();
        name.split_once('/')
            .is_some_and(|(main, sub)| is_token(main) && is_token(sub))
    };
    if is_media_type(text) {
        return Some(text);
    }
    let first = text.split([',', ';', ' ']).find(|part| !part.is_empty())?;
    is_media_type(first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::meant_media_type;

    #[test]
    fn a_media_type_has_a_type_and_a_subtype() {
        for text in ["image/*", "*/*", "text/plain; charset=utf-8", "a/b+json"] {
            assert_eq!(meant_media_type(text), Some(text));
        }
        let several = "application/json, text/plain";
        assert_eq!(meant_media_type(several), Some("application/json"));
        let loose = "application/json charset=utf-8";
        assert_eq!(meant_media_type(loose), Some("application/json"));
        for text in [
            "", "*", "json", "schema", "/json", "text/", "a b/c", "a/b/c",
        ] {
            assert_eq!(meant_media_type(text), None, "{text}");
        }
    }
}
