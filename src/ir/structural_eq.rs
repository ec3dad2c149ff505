//! When two parts of the IR say the same: wherever they stand, and whatever they are called there.

use super::{Branch, Docs, Member, NameOverride, Schema};
use serde_json::Value as Json;
use std::hash::{Hash, Hasher};

impl Member {
    /// All but where it stands.
    fn said(
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
    /// All but the name that may mean it, and where it stands.
    fn said(&self) -> (&Schema, &[Json], [bool; 2]) {
        (&self.schema, &self.tags, [self.writes_tag, self.indirect])
    }
}

impl NameOverride {
    /// The text, and whether it is the name itself; not where it is given.
    fn said(&self) -> (&str, bool) {
        (self.text(), matches!(self, NameOverride::Exact { .. }))
    }
}

macro_rules! same_by_what_is_said {
    ($($part:ty),*) => {$(
        impl PartialEq for $part {
            fn eq(&self, other: &Self) -> bool {
                self.said() == other.said()
            }
        }

        impl Eq for $part {}

        impl Hash for $part {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.said().hash(state);
            }
        }
    )*};
}

same_by_what_is_said!(Member, Branch, NameOverride);
