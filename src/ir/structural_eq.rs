//! Equality and hashes of model parts by content, ignoring their position in the document.

use super::{Branch, Docs, NameOverride, Property, Schema};
use serde_json::Value as Json;
use std::hash::{Hash, Hasher};

impl Property {
    /// Returns everything but the position.
    fn content(
        &self,
    ) -> (
        &str,
        &Option<NameOverride>,
        &Docs,
        [bool; 7],
        &Schema,
        &Option<Json>,
    ) {
        let flags = [
            self.required,
            self.deprecated,
            self.read_only,
            self.write_only,
            self.inferred,
            self.indirect,
            self.exact,
        ];
        let (pinned, constant) = (&self.pinned, &self.constant);
        (
            &self.name,
            pinned,
            &self.docs,
            flags,
            &self.schema,
            constant,
        )
    }
}

impl Branch {
    /// Returns everything but the position and the tag that the component name implies.
    fn content(&self) -> (&Schema, &[Json], [bool; 2]) {
        (&self.schema, &self.tags, [self.writes_tag, self.indirect])
    }
}

impl NameOverride {
    /// Returns the text and whether it is exact, but not its position.
    fn content(&self) -> (&str, bool) {
        (self.text(), matches!(self, NameOverride::Exact { .. }))
    }
}

macro_rules! equal_by_content {
    ($($part:ty),*) => {$(
        impl PartialEq for $part {
            fn eq(&self, other: &Self) -> bool {
                self.content() == other.content()
            }
        }

        impl Eq for $part {}

        impl Hash for $part {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.content().hash(state);
            }
        }
    )*};
}

equal_by_content!(Property, Branch, NameOverride);
