//! Selects the files that are copied unchanged into a crate.

use super::view::Views;

/// A file and the condition under which a crate needs it.
type Row = (&'static str, fn(&Views) -> bool);

/// All copied files outside of `runtime/`, by their paths below `templates/rust/`. Some files are
/// alternatives for one path in the crate.
const OPTIONAL: &[Row] = &[
    ("LICENSE-APACHE", |views| views.manifest.is_apache),
    ("src/base64.rs", |views| views.library.has_base64),
    ("src/base64_url.rs", |views| views.library.has_base64_url),
    ("src/client_parameters.rs", |views| {
        views.library.has_client_parameters
    }),
    ("src/date.rs", |views| views.library.has_date),
    ("src/day_chrono.rs", |views| {
        views.library.has_date && views.manifest.chrono
    }),
    ("src/day_jiff.rs", |views| {
        views.library.has_date && views.manifest.jiff
    }),
    ("src/day_time.rs", |views| {
        views.library.has_date && views.manifest.time
    }),
    ("src/date_time.rs", |views| {
        views.library.has_date_time && views.manifest.jiff
    }),
    ("src/date_time_chrono.rs", |views| {
        views.library.has_date_time && views.manifest.chrono
    }),
    ("src/date_time_time.rs", |views| {
        views.library.has_date_time && views.manifest.time
    }),
    ("src/decimal.rs", |views| views.library.has_decimal),
    ("src/decimal_bigdecimal.rs", |views| {
        views.manifest.bigdecimal
    }),
    ("src/decimal_rust_decimal.rs", |views| {
        views.manifest.rust_decimal
    }),
    ("src/download.rs", |views| views.library.has_downloads),
    ("src/encoded.rs", |views| views.manifest.base64),
    ("src/events.rs", |views| views.library.has_events),
    ("src/flight.rs", |views| views.library.has_oauth),
    ("src/headers.rs", |views| views.library.has_headers),
    ("src/idempotency.rs", |views| views.library.has_keys),
    ("src/lines.rs", |views| views.library.has_lines),
    ("src/link.rs", |views| views.library.has_link),
    ("src/media_body.rs", |views| views.library.has_media_bodies),
    ("src/multipart.rs", |views| views.library.has_multipart),
    ("src/oauth.rs", |views| views.library.has_oauth),
    ("src/pages.rs", |views| views.library.has_pages),
    ("src/paging.rs", |views| views.library.has_pages),
    ("src/patch.rs", |views| views.library.has_patch),
    ("src/quoted.rs", |views| views.library.has_quoted),
    ("src/stream.rs", |views| views.library.has_streams),
    ("src/token.rs", |views| views.library.has_oauth),
    ("src/transport.rs", |views| views.library.has_resources),
    ("src/upload.rs", |views| views.library.has_uploads),
    ("src/uuid_text.rs", |views| views.manifest.uuid),
    ("src/waiter.rs", |views| views.library.has_waits),
];

/// Returns whether a crate needs a copied file, given its path below `templates/`. Every crate needs the
/// runtime.
pub fn is_needed(name: &str, views: &Views) -> bool {
    let name = name.strip_prefix("rust/").unwrap_or(name);
    let row = OPTIONAL.iter().find(|(file, _)| *file == name);
    row.map_or(name.starts_with(RUNTIME), |(_, needs)| needs(views))
}

const RUNTIME: &str = "runtime/";

#[cfg(test)]
mod tests {
    use super::{OPTIONAL, RUNTIME};
    use crate::render::Templates;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn every_copied_file_has_one_row() {
        let templates = Templates::new(&BTreeMap::new()).unwrap();
        let copied = templates.copied().iter();
        let names = copied.filter_map(|(_, name, _)| name.strip_prefix("rust/"));
        let copied: BTreeSet<&str> = names.filter(|name| !name.starts_with(RUNTIME)).collect();
        let rows: BTreeSet<&str> = OPTIONAL.iter().map(|(name, _)| *name).collect();
        assert_eq!(copied, rows);
        assert_eq!(rows.len(), OPTIONAL.len());
    }
}
