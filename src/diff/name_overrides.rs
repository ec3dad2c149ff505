//! Names that the configuration can keep: the key that gives each part its name, and what to write there so
//! that a part which the description calls something else has the name that it had.

use super::Change;
use super::surface::{Surface, SurfaceItem};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A section of `names` in the configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    Tags,
    Ids,
    Operations,
    Types,
}

/// How the configuration calls a part, and the name that the part has there.
#[derive(Debug, Clone)]
pub struct Key {
    pub section: Section,
    /// Empty for what follows the name of its owner.
    pub key: String,
    pub name: String,
    /// Somebody has asked for the name, so that it follows from no other.
    pub is_asked_for: bool,
}

impl Key {
    pub fn new(section: Section, key: impl Into<String>, name: impl Into<String>) -> Self {
        Key {
            section,
            key: key.into(),
            name: name.into(),
            is_asked_for: false,
        }
    }
}

/// A line of the configuration by which a part keeps its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestedName {
    pub section: Section,
    /// What the new description calls the part.
    pub key: String,
    pub name: String,
}

/// The lines that give the new part the name of the old one; none where there is no such line.
pub fn between(old: &SurfaceItem, new: &SurfaceItem, taken: &HashSet<&str>) -> Vec<SuggestedName> {
    let of = |section: Section| {
        let find =
            |item: &SurfaceItem| item.keys.iter().find(|key| key.section == section).cloned();
        find(old).zip(find(new))
    };
    let differs = |section: Section| of(section).is_some_and(|(old, new)| old.name != new.name);
    // What is still there under its old name cannot be that of another tag too.
    if let Some((tag, _)) = of(Section::Tags)
        && differs(Section::Tags)
        && taken.contains(tag.name.as_str())
    {
        return Vec::new();
    }
    let needed = |(old, new): &(Key, Key)| {
        // A method is called after its id and without the noun of its tag.
        let follows = differs(Section::Ids) && !differs(Section::Tags);
        let is_asked_for = old.is_asked_for || new.is_asked_for;
        let is_own = old.section != Section::Operations || is_asked_for || !follows;
        is_own && !new.key.is_empty()
    };
    let sections = old.keys.iter().map(|key| key.section);
    let changed = sections.filter(|section| differs(*section));
    let pairs = changed.filter_map(of).filter(needed);
    let suggested = |(old, new): (Key, Key)| SuggestedName {
        section: new.section,
        key: new.key,
        name: old.name,
    };
    pairs.map(suggested).collect()
}

/// The names of the client's methods that give its resources.
pub fn accessors(surface: &Surface) -> HashSet<&str> {
    let keys = surface.items.iter().flat_map(|item| &item.keys);
    let tags = keys.filter(|key| key.section == Section::Tags);
    tags.map(|key| key.name.as_str()).collect()
}

/// Takes back what would give one name to two resources: the first that asks for it has it.
pub fn settle(changes: &mut [Change]) {
    let mut given: HashMap<String, String> = HashMap::new();
    for change in changes {
        let is_refused = change.name_overrides.iter().any(|name| {
            let key = given.entry(name.name.clone());
            name.section == Section::Tags && *key.or_insert_with(|| name.key.clone()) != name.key
        });
        if is_refused {
            change.name_overrides.clear();
        }
    }
}

/// `names` of the configuration file: all lines, by their sections.
pub fn names(changes: &[Change]) -> BTreeMap<Section, BTreeMap<&str, &str>> {
    let mut names: BTreeMap<Section, BTreeMap<&str, &str>> = BTreeMap::new();
    for name in changes.iter().flat_map(|change| &change.name_overrides) {
        let section = names.entry(name.section).or_default();
        section.insert(&name.key, &name.name);
    }
    names
}

/// The lines as the configuration file has them; empty where there are none.
pub fn yaml(changes: &[Change]) -> String {
    let names = names(changes);
    if names.is_empty() {
        return String::new();
    }
    // All of it is text, so that it can always be written.
    serde_yaml::to_string(&BTreeMap::from([("names", names)])).unwrap_or_default()
}
