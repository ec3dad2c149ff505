//! Suggests name overrides: lines of the configuration that keep a name when the document renames an item.

use super::change::{Change, SuggestedName};
use super::item::{ConfigKey, Section, SurfaceItem};
use super::surface::Surface;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Returns the lines that keep the old name, or none if there is no such line.
pub fn between(old: &SurfaceItem, new: &SurfaceItem, taken: &HashSet<&str>) -> Vec<SuggestedName> {
    let of = |section: Section| {
        let find =
            |item: &SurfaceItem| item.keys.iter().find(|key| key.section == section).cloned();
        find(old).zip(find(new))
    };
    let differs = |section: Section| of(section).is_some_and(|(old, new)| old.name != new.name);
    // A name that is still in use cannot be given to another tag.
    if let Some((tag, _)) = of(Section::Tags)
        && differs(Section::Tags)
        && taken.contains(tag.name.as_str())
    {
        return Vec::new();
    }
    let needed = |(old, new): &(ConfigKey, ConfigKey)| {
        // A method is named after its id, without the noun of its tag.
        let follows = differs(Section::Ids) && !differs(Section::Tags);
        let is_asked_for = old.is_asked_for || new.is_asked_for;
        let is_own = old.section != Section::Operations || is_asked_for || !follows;
        is_own && !new.key.is_empty()
    };
    let sections = old.keys.iter().map(|key| key.section);
    let changed = sections.filter(|section| differs(*section));
    let pairs = changed.filter_map(of).filter(needed);
    let suggested = |(old, new): (ConfigKey, ConfigKey)| SuggestedName {
        section: new.section,
        key: new.key,
        name: old.name,
    };
    pairs.map(suggested).collect()
}

/// Returns the names of the client's resource methods.
pub fn accessors(surface: &Surface) -> HashSet<&str> {
    let keys = surface.items.iter().flat_map(|item| &item.keys);
    let tags = keys.filter(|key| key.section == Section::Tags);
    tags.map(|key| key.name.as_str()).collect()
}

/// Removes suggestions that would give two resources one name; the first one is kept.
pub fn settle(changes: &mut [Change]) {
    let mut assigned: HashMap<String, String> = HashMap::new();
    for change in changes {
        let is_refused = change.name_overrides.iter().any(|name| {
            let key = assigned.entry(name.name.clone());
            name.section == Section::Tags && *key.or_insert_with(|| name.key.clone()) != name.key
        });
        if is_refused {
            change.name_overrides.clear();
        }
    }
}

/// Returns `names` of the configuration file, by section.
pub fn names(changes: &[Change]) -> BTreeMap<Section, BTreeMap<&str, &str>> {
    let mut names: BTreeMap<Section, BTreeMap<&str, &str>> = BTreeMap::new();
    for name in changes.iter().flat_map(|change| &change.name_overrides) {
        let section = names.entry(name.section).or_default();
        section.insert(&name.key, &name.name);
    }
    names
}

/// Returns the lines that keep names as YAML, or an empty string if there are none.
pub fn yaml(changes: &[Change]) -> String {
    match names(changes) {
        names if names.is_empty() => String::new(),
        names => section("names", names),
    }
}

/// Returns the lines that keep parameters on their operations as YAML, or an empty string if there are none.
pub fn client_parameters_yaml(names: &[String]) -> String {
    let lines: BTreeMap<&str, bool> = names.iter().map(|name| (&**name, false)).collect();
    match lines.is_empty() {
        true => String::new(),
        false => section("client_parameters", lines),
    }
}

fn section(key: &str, lines: impl serde::Serialize) -> String {
    // Maps of strings always serialize.
    serde_yaml::to_string(&BTreeMap::from([(key, lines)])).unwrap_or_default()
}
