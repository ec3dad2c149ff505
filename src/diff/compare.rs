//! Two surfaces side by side: which part of the one is which of the other, and what has become of it.

use super::fingerprint::ident;
use super::matching::Pairs;
use super::name_overrides;
use super::surface::{ACCEPT, FORMAT, ItemKind, STRICTNESS, Surface, SurfaceItem};
use super::{Change, ChangeKind, CodeHint, Severity};
use crate::describe::code;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// How many aliases may stand behind each other.
const DEPTH: usize = 32;

pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let pairs = Pairs::of(&old.items, &new.items);
    let is_type = |(old, new): &&(usize, usize)| {
        let (old, new) = (&pairs.old[*old], &pairs.new[*new]);
        old.kind == ItemKind::Type && old.name != new.name
    };
    let renamed = pairs.both.iter().filter(is_type);
    let renamed = renamed.map(|(from, to)| {
        let (from, to) = (&pairs.old[*from].name, &pairs.new[*to].name);
        (from.clone(), to.clone())
    });
    let mut comparison = Comparison {
        old: Names {
            aliases: &old.aliases,
            renamed: renamed.collect(),
        },
        new: Names {
            aliases: &new.aliases,
            renamed: HashMap::new(),
        },
        accessors: name_overrides::accessors(new),
        changes: Vec::new(),
    };
    comparison.sides(&pairs, None);
    name_overrides::settle(&mut comparison.changes);
    comparison.changes
}

/// What the types that one side names are in the words of the new one.
struct Names<'s> {
    aliases: &'s HashMap<String, String>,
    renamed: HashMap<String, String>,
}

impl Names<'_> {
    /// A type with its aliases followed: two that are equal are one type to the compiler.
    fn meant(&self, ty: &str, depth: usize) -> String {
        let mut meant = String::with_capacity(ty.len());
        let mut rest = ty;
        while let Some((before, after)) = rest.split_once("types::") {
            let (ident, after) = after.split_at(ident(after).len());
            meant.push_str(before);
            match self.aliases.get(ident).filter(|_| depth > 0) {
                Some(target) => meant.push_str(&self.meant(target, depth - 1)),
                None => {
                    let ident = self.renamed.get(ident).map_or(ident, String::as_str);
                    meant.push_str("types::");
                    meant.push_str(ident);
                }
            }
            rest = after;
        }
        meant.push_str(rest);
        meant
    }
}

struct Comparison<'s> {
    old: Names<'s>,
    new: Names<'s>,
    /// The resources that the new crate has.
    accessors: HashSet<&'s str>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// The parts of one owner, before and after.
    fn sides(&mut self, pairs: &Pairs<'_>, owner: Option<(&SurfaceItem, &SurfaceItem)>) {
        for item in pairs.removed() {
            self.removed(item, owner);
        }
        for (old, new) in &pairs.both {
            self.pair(&pairs.old[*old], &pairs.new[*new], owner);
        }
        for item in pairs.added() {
            self.added(item, owner);
        }
        if let Some(owner) = owner {
            self.order(pairs, owner);
        }
    }

    fn push(
        &mut self,
        severity: Severity,
        way: ChangeKind,
        item: &SurfaceItem,
        what: String,
    ) -> &mut Change {
        let index = self.changes.len();
        self.changes.push(Change {
            severity,
            way,
            kind: item.kind,
            path: item.path.clone(),
            what,
            hint: None,
            name_overrides: Vec::new(),
        });
        &mut self.changes[index]
    }

    fn removed(&mut self, item: &SurfaceItem, owner: Option<(&SurfaceItem, &SurfaceItem)>) {
        // What is no longer described may come all the same, and is read in another way.
        if item.kind == ItemKind::Status {
            let what = "is no longer described".to_owned();
            self.push(Severity::Silent, ChangeKind::Removed, item, what);
            return;
        }
        let change = self.push(
            Severity::Breaking,
            ChangeKind::Removed,
            item,
            "is gone".to_owned(),
        );
        change.hint = Some(match owner.filter(|_| item.is_argument) {
            Some((old, new)) => hint(&old.code, &new.code),
            None => CodeHint {
                before: item.code.clone(),
                after: item.stead.clone(),
            },
        });
    }

    fn added(&mut self, item: &SurfaceItem, owner: Option<(&SurfaceItem, &SurfaceItem)>) {
        let Some((old, new)) = owner.filter(|_| item.is_argument) else {
            self.push(
                Severity::Compatible,
                ChangeKind::Added,
                item,
                "is new".to_owned(),
            );
            return;
        };
        let what = "is new and has to be given".to_owned();
        let change = self.push(Severity::Breaking, ChangeKind::Added, item, what);
        change.hint = Some(hint(&old.code, &new.code));
    }

    fn pair(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
    ) {
        let told = self.changes.len();
        // What a call is called follows from its method's name.
        let follows = |(from, to): (&SurfaceItem, &SurfaceItem)| {
            old.kind == ItemKind::Call && from.name != to.name
        };
        if old.name != new.name
            && !(old.is_argument && new.is_argument || owner.is_some_and(follows))
        {
            let overrides = name_overrides::between(old, new, &self.accessors);
            let what = format!("is called {} now", code(&new.name));
            let change = self.push(Severity::Breaking, ChangeKind::Changed, old, what);
            change.hint = Some(hint(&old.code, &new.code));
            change.name_overrides = overrides;
        }
        let is_other = self.types(old, new, owner);
        self.wire(old, new, owner, is_other);
        if let (Some(before), Some(after)) = (&old.limits, &new.limits) {
            self.limits(before, after, new);
        }
        if new.deprecated && !old.deprecated {
            let what = "is deprecated".to_owned();
            self.push(Severity::Compatible, ChangeKind::Deprecated, new, what);
        }
        // Of another kind of type nothing is what it was.
        if !(is_other && new.kind == ItemKind::Type) {
            let pairs = Pairs::of(&old.items, &new.items);
            self.sides(&pairs, Some((old, new)));
        }
        // A type that is another is reported where it is declared.
        if self.changes.len() == told && !is_other && old.wire == new.wire {
            self.code(old, new);
        }
    }

    /// What goes over the wire for a part, fact by fact.
    fn wire(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
        is_other: bool,
    ) {
        let find = |item: &SurfaceItem, what: &str| {
            let found = item.wire.iter().find(|(name, _)| *name == what);
            found.map(|(_, value)| value.clone())
        };
        for (what, before) in &old.wire {
            let Some(after) = find(new, what).filter(|after| after != before) else {
                continue;
            };
            // Another type says it already, and the type says it of all its members.
            let is_said = match *what {
                FORMAT | ACCEPT => is_other,
                STRICTNESS => {
                    is_other || owner.is_some_and(|(from, to)| find(from, what) != find(to, what))
                }
                _ => false,
            };
            if !is_said {
                let what = became(what, before, &after);
                self.push(Severity::Silent, ChangeKind::Changed, new, what);
            }
        }
    }

    /// Where nothing says yet that a part is another: the code that reads and writes it.
    fn code(&mut self, old: &SurfaceItem, new: &SurfaceItem) {
        let meant = |names: &Names<'_>, lines: &[String]| -> Vec<String> {
            let lines = lines.iter().map(|line| names.meant(line.trim(), DEPTH));
            lines.collect()
        };
        let before = meant(&self.old, &old.printed);
        let after = meant(&self.new, &new.printed);
        if before == after {
            return;
        }
        let without = |lines: &[String], others: &[String]| {
            let lines = lines.iter().filter(|line| !others.contains(line));
            let own: Vec<&str> = lines.flat_map(|line| line.lines()).map(str::trim).collect();
            shown(&own.join(" "))
        };
        let what = match (without(&after, &before), without(&before, &after)) {
            (is, was) if is == was => "is tried in another order".to_owned(),
            (is, was) => format!("is read or written in another way: {is}, which was {was}"),
        };
        self.push(Severity::Silent, ChangeKind::Changed, new, what);
    }

    /// Tells of another type and of another way to give a value; whether the type is another.
    fn types(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
    ) -> bool {
        let before = self.old.meant(&old.ty, DEPTH);
        let after = self.new.meant(&new.ty, DEPTH);
        let is_other = before != after;
        // What can be made on one side only is told of as a whole.
        let moved = owner.filter(|(from, to)| {
            old.is_argument != new.is_argument && from.is_made() == to.is_made()
        });
        if let Some(owners) = moved {
            let what = match new.is_argument {
                true => "has to be given now",
                false => "may be left out now",
            };
            let change = self.push(
                Severity::Breaking,
                ChangeKind::Changed,
                new,
                what.to_owned(),
            );
            change.hint = Some(hint(&old.given(owners.0), &new.given(owners.1)));
            return is_other;
        }
        // Where both say the same name of a type, it is told of that type.
        if !is_other || self.old.meant(&old.ty, 0) == new.ty {
            return is_other;
        }
        // A choice of media types takes what it is made of.
        let is_taken = |variant: &SurfaceItem| self.new.meant(&variant.ty, DEPTH) == before;
        if new.kind == ItemKind::Body && new.items.iter().any(is_taken) {
            let what = format!("may be of other types than {} too", quoted(old));
            self.push(Severity::Compatible, ChangeKind::Changed, new, what);
            return is_other;
        }
        let what = changed(old, new, &before, &after);
        // Callers see the body of an error as a variant of one enum.
        if new.kind == ItemKind::Status {
            self.push(Severity::Silent, ChangeKind::Changed, new, what);
            return is_other;
        }
        let change = self.push(Severity::Breaking, ChangeKind::Changed, new, what);
        change.hint = Some(hint(&old.typed(), &new.typed()));
        is_other
    }

    /// Limits of what is sent: narrower ones let the server refuse what it took before.
    fn limits(&mut self, old: &[(String, Json)], new: &[(String, Json)], item: &SurfaceItem) {
        let find = |limits: &[(String, Json)], name: &str| {
            let found = limits.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        let removed = old.iter().filter(|(name, _)| find(new, name).is_none());
        for (name, _) in removed.chain(new) {
            let (before, after) = (find(old, name), find(new, name));
            if before == after {
                continue;
            }
            let severity = match is_narrower(name, before.as_ref(), after.as_ref()) {
                true => Severity::Silent,
                false => Severity::Compatible,
            };
            let text =
                |value: Option<Json>| value.map_or_else(String::new, |value| value.to_string());
            let (before, after) = (text(before), text(after));
            let what = became(name, &before, &after);
            self.push(severity, ChangeKind::Changed, item, what);
        }
    }

    /// Arguments that have changed places.
    fn order(&mut self, pairs: &Pairs<'_>, (old, new): (&SurfaceItem, &SurfaceItem)) {
        if are_swapped(old, new) {
            let what = "has its path parameters in other places".to_owned();
            let change = self.push(Severity::Silent, ChangeKind::Changed, new, what);
            change.hint = Some(hint(&old.code, &new.code));
            return;
        }
        let kept: Vec<(usize, usize)> = pairs
            .both
            .iter()
            .copied()
            .filter(|(from, to)| pairs.old[*from].is_argument && pairs.new[*to].is_argument)
            .collect();
        if kept.is_sorted_by_key(|(_, to)| *to) {
            return;
        }
        let mut sorted: Vec<usize> = kept.iter().map(|(_, to)| *to).collect();
        sorted.sort_unstable();
        let fits = |((from, _), to): (&(usize, usize), &usize)| {
            let before = self.old.meant(&pairs.old[*from].ty, DEPTH);
            before == self.new.meant(&pairs.new[*to].ty, DEPTH)
        };
        // Where types are alike, the compiler does not see that one stands in the place of another.
        let severity = match kept.iter().zip(&sorted).all(fits) {
            true => Severity::Silent,
            false => Severity::Breaking,
        };
        let what = "takes its arguments in another order".to_owned();
        let change = self.push(severity, ChangeKind::Changed, new, what);
        change.hint = Some(hint(&old.code, &new.code));
    }
}

/// Whether a parameter of the path has another place in it, though no more and no fewer are given: what was
/// given for the one is taken for another then. Parameters are paired by their places, so that their names
/// say it.
fn are_swapped(old: &SurfaceItem, new: &SurfaceItem) -> bool {
    fn places(item: &SurfaceItem) -> Vec<(&str, usize)> {
        let arguments = item.items.iter().filter(|part| part.is_argument);
        arguments
            .filter_map(|part| Some((part.name.as_str(), part.place_in_path?)))
            .collect()
    }
    let (before, after) = (places(old), places(new));
    let moved = |(name, place): &(&str, usize)| {
        let known = before.iter().find(|(known, _)| known == name);
        known.is_some_and(|(_, known)| known != place)
    };
    before.len() == after.len() && after.iter().any(moved)
}

fn hint(before: &str, after: &str) -> CodeHint {
    CodeHint {
        before: before.to_owned(),
        after: Some(after.to_owned()),
    }
}

fn changed(old: &SurfaceItem, new: &SurfaceItem, before: &str, after: &str) -> String {
    let optional = |ty: &str| format!("Option<{ty}>");
    let (was, is) = (quoted(old), quoted(new));
    if after == optional(before) {
        format!("may be absent now: {is}, which was {was}")
    } else if before == optional(after) {
        format!("is always there now: {is}, which was {was}")
    } else {
        format!("is {is} now, which was {was}")
    }
}

/// A type as code; what stands for the kind of a type is words.
fn quoted(item: &SurfaceItem) -> String {
    match item.is_type_in_words {
        true => item.ty.clone(),
        false => code(&item.ty),
    }
}

fn became(what: &str, before: &str, after: &str) -> String {
    format!(
        "has another {what}: {}, which was {}",
        shown(after),
        shown(before)
    )
}

fn shown(value: &str) -> String {
    match value.is_empty() {
        true => "none".to_owned(),
        false => code(value),
    }
}

/// Whether a limit lets fewer values through than before.
fn is_narrower(name: &str, before: Option<&Json>, after: Option<&Json>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return after.is_some();
    };
    let numbers = before.as_f64().zip(after.as_f64());
    match numbers {
        Some((before, after)) if name.starts_with("max") || name.ends_with("Maximum") => {
            after < before
        }
        Some((before, after)) if name.starts_with("min") || name.ends_with("Minimum") => {
            after > before
        }
        _ => true,
    }
}
