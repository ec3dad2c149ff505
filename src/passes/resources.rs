//! Groups operations into resources, by tag or by path.

use crate::ir::{Api, ConfiguredNames, Group};
use crate::naming::method::resource;
use crate::naming::{Words, words};
use indexmap::IndexMap;
use std::collections::HashMap;

/// Operations with equal keys form one resource.
#[derive(PartialEq, Eq, Hash)]
enum ResourceKey {
    Tag(String),
    Path(String),
}

pub fn run(api: &mut Api, overrides: &ConfiguredNames) {
    let tags = || api.groups.iter().filter(|group| group.is_tag);
    let shared = resource::shared_words(tags().map(|group| group.name.as_str()));
    let flat: Vec<bool> = api
        .groups
        .iter()
        .map(|group| is_flat(api, group, overrides))
        .collect();
    let by_path: HashMap<usize, String> = paths(api, &flat);
    let tag_words = |group: &Group| resource::tag_words(&group.name, shared);
    // By group; unused for operations without a tag.
    let nouns: Vec<Words> = api.groups.iter().map(tag_words).collect();
    let keys: Vec<String> = nouns.iter().map(|noun| resource::key(noun)).collect();
    // The tag that describes a resource, preferably one that is not split by path.
    let mut tag_of: HashMap<&String, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if api.groups[index].is_tag {
            let tag = tag_of.entry(key).or_insert(index);
            if flat[*tag] {
                *tag = index;
            }
        }
    }
    let mut groups: IndexMap<ResourceKey, Group> = IndexMap::new();
    let old = std::mem::take(&mut api.groups);
    for (index, operation) in api.operations.iter_mut().enumerate() {
        let (group, own) = (operation.group, &old[operation.group]);
        let path = by_path.get(&index);
        let key = match path {
            Some(name) => {
                let key = resource::key(&words(name));
                match tag_of.contains_key(&key) {
                    true => ResourceKey::Tag(key),
                    false => ResourceKey::Path(name.clone()),
                }
            }
            None => ResourceKey::Tag(keys[group].clone()),
        };
        let tag = match (&key, path) {
            (_, None) => Some(group),
            // Operations of the tag may come later.
            (ResourceKey::Tag(key), Some(_)) => tag_of.get(key).copied().filter(|tag| !flat[*tag]),
            (ResourceKey::Path(_), Some(_)) => None,
        };
        let entry = groups.entry(key);
        operation.group = entry.index();
        let resource = entry.or_insert_with(|| match (tag, path) {
            (None, Some(name)) => Group::of_path(name.clone()),
            (tag, _) => {
                let tag = tag.unwrap_or(group);
                Group {
                    noun: nouns[tag].clone(),
                    ..Group::of_tag(&old[tag])
                }
            }
        });
        if path.is_none() && resource.name != own.name && !resource.also.contains(&own.name) {
            resource.also.push(own.name.clone());
        }
        resource
            .operations
            .push(crate::ir::OperationId(index as u32));
    }
    api.groups = groups.into_values().collect();
}

/// Returns whether paths describe the operations of a tag better, and the configuration does not name it.
fn is_flat(api: &Api, group: &Group, overrides: &ConfiguredNames) -> bool {
    let paths = group
        .operations
        .iter()
        .map(|id| api.operation(*id).path.raw.as_str());
    group.is_tag
        && !overrides.contains_key(&group.name)
        && resource::is_flat(&paths.collect::<Vec<_>>())
}

/// Returns the path resource of each operation without a usable tag.
fn paths(api: &Api, flat: &[bool]) -> HashMap<usize, String> {
    let is_untagged = |group: usize| !api.groups[group].is_tag || flat[group];
    let operations = api.operations.iter().enumerate();
    let untagged: Vec<usize> = operations
        .filter(|(_, operation)| is_untagged(operation.group))
        .map(|(index, _)| index)
        .collect();
    let paths: Vec<&str> = untagged
        .iter()
        .map(|index| api.operations[*index].path.raw.as_str())
        .collect();
    untagged
        .into_iter()
        .zip(resource::by_path(&paths))
        .collect()
}
