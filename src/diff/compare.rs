//! Compares two surfaces and reports the changes.

use super::change::{Change, ChangeKind, ChangeSeverity, CodeHint};
use super::commands;
use super::item::{ACCEPT, FORMAT, STRICTNESS, SurfaceItem, SurfaceItemKind};
use super::matching::Matching;
use super::name_overrides;
use super::phrases::{became, changed, hint, is_narrower, quoted, shown};
use super::surface::Surface;
use super::surface_code::SurfaceCode;
use crate::describe::code;
use serde_json::Value as Json;
use std::collections::{HashMap, HashSet};

/// The maximum length of a chain of aliases.
const DEPTH: usize = 32;

pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let pairs = Matching::of(&old.items, &new.items);
    let is_type = |(old, new): &&(usize, usize)| {
        let (old, new) = (&pairs.old[*old], &pairs.new[*new]);
        old.kind == SurfaceItemKind::Type && old.name != new.name
    };
    let renamed = pairs.both.iter().filter(is_type);
    let renamed = renamed.map(|(from, to)| {
        let (from, to) = (&pairs.old[*from].name, &pairs.new[*to].name);
        (from.clone(), to.clone())
    });
    let mut comparison = Comparison {
        old: NameTranslation {
            aliases: &old.aliases,
            renamed: renamed.collect(),
        },
        new: NameTranslation {
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

/// The names of types on one side, translated to those of the new side.
struct NameTranslation<'s> {
    aliases: &'s HashMap<String, SurfaceCode>,
    renamed: HashMap<String, String>,
}

impl NameTranslation<'_> {
    /// Returns code with aliases followed; equal results are one type to the compiler.
    fn resolved(&self, code: &SurfaceCode, depth: usize) -> String {
        code.with_names(
            |ident| match self.aliases.get(ident).filter(|_| depth > 0) {
                Some(target) => self.resolved(target, depth - 1),
                None => {
                    let ident = self.renamed.get(ident).map_or(ident, String::as_str);
                    SurfaceCode::declared(ident).as_str().to_owned()
                }
            },
        )
    }
}

struct Comparison<'s> {
    old: NameTranslation<'s>,
    new: NameTranslation<'s>,
    /// The resources of the new crate.
    accessors: HashSet<&'s str>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Compares the parts of one owner.
    fn sides(&mut self, pairs: &Matching<'_>, owner: Option<(&SurfaceItem, &SurfaceItem)>) {
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
        severity: ChangeSeverity,
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
        // A status that is no longer documented may still be returned, and decodes differently.
        if item.kind == SurfaceItemKind::Status {
            let what = "is no longer documented".to_owned();
            self.push(ChangeSeverity::Silent, ChangeKind::Removed, item, what);
            return;
        }
        let change = self.push(
            ChangeSeverity::Breaking,
            ChangeKind::Removed,
            item,
            "was removed".to_owned(),
        );
        change.hint = Some(match owner.filter(|_| item.is_argument) {
            Some((old, new)) => hint(&old.code, &new.code),
            None => CodeHint {
                before: item.code.clone(),
                after: item.replacement.clone(),
            },
        });
    }

    fn added(&mut self, item: &SurfaceItem, owner: Option<(&SurfaceItem, &SurfaceItem)>) {
        let is_needed = item.is_argument || item.is_required;
        let Some((old, new)) = owner.filter(|_| is_needed) else {
            self.push(
                ChangeSeverity::Compatible,
                ChangeKind::Added,
                item,
                "was added".to_owned(),
            );
            return;
        };
        let what = "was added and is required".to_owned();
        let change = self.push(ChangeSeverity::Breaking, ChangeKind::Added, item, what);
        change.hint = Some(hint(&old.code, &new.code));
    }

    fn pair(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
    ) {
        let reported = self.changes.len();
        // The name of a builder follows from that of its method.
        let follows = |(from, to): (&SurfaceItem, &SurfaceItem)| {
            old.kind == SurfaceItemKind::Call && from.name != to.name
        };
        // The names of arguments are not written. A flag that was an argument is reported as such.
        let is_unnamed = match new.kind {
            SurfaceItemKind::Argument => old.is_argument || new.is_argument,
            _ => old.is_argument && new.is_argument,
        };
        if old.name != new.name && !is_unnamed && !owner.is_some_and(follows) {
            let overrides = name_overrides::between(old, new, &self.accessors);
            let what = format!("was renamed to {}", code(&new.name));
            let change = self.push(ChangeSeverity::Breaking, ChangeKind::Changed, old, what);
            change.hint = Some(hint(&old.code, &new.code));
            change.name_overrides = overrides;
        }
        let has_changed = match new.kind {
            SurfaceItemKind::Argument => self.argument(old, new),
            _ => self.types(old, new, owner),
        };
        self.wire(old, new, owner, has_changed);
        if let (Some(before), Some(after)) = (&old.limits, &new.limits) {
            self.limits(before, after, new);
        }
        if new.deprecated && !old.deprecated {
            let what = "is now deprecated".to_owned();
            self.push(
                ChangeSeverity::Compatible,
                ChangeKind::Deprecated,
                new,
                what,
            );
        }
        // If the kind of type changed, its parts are not comparable.
        if !(has_changed && new.kind == SurfaceItemKind::Type) {
            let pairs = Matching::of(&old.items, &new.items);
            self.sides(&pairs, Some((old, new)));
        }
        // A changed type is reported at its declaration.
        if self.changes.len() == reported && !has_changed && old.wire == new.wire {
            self.code(old, new);
        }
    }

    /// Compares an argument or a flag of a command. Returns whether it takes other values.
    fn argument(&mut self, old: &SurfaceItem, new: &SurfaceItem) -> bool {
        for (severity, what) in commands::changes(old, new) {
            let change = self.push(severity, ChangeKind::Changed, new, what);
            if severity == ChangeSeverity::Breaking {
                change.hint = Some(hint(&old.code, &new.code));
            }
        }
        old.ty != new.ty
    }

    /// Compares the facts on the wire.
    fn wire(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
        has_changed: bool,
    ) {
        let find = |item: &SurfaceItem, what: &str| {
            let found = item.wire.iter().find(|(name, _)| *name == what);
            found.map(|(_, value)| value.clone())
        };
        for (what, before) in &old.wire {
            let Some(after) = find(new, what).filter(|after| after != before) else {
                continue;
            };
            // Not reported if the change of type implies it, or the owner's change already covers it.
            let is_implied = match *what {
                FORMAT | ACCEPT => has_changed,
                STRICTNESS => {
                    has_changed
                        || owner.is_some_and(|(from, to)| find(from, what) != find(to, what))
                }
                _ => false,
            };
            if !is_implied {
                let what = became(what, before, &after);
                self.push(ChangeSeverity::Silent, ChangeKind::Changed, new, what);
            }
        }
    }

    /// Compares the generated code if no other change was reported.
    fn code(&mut self, old: &SurfaceItem, new: &SurfaceItem) {
        let resolved = |names: &NameTranslation<'_>, lines: &[SurfaceCode]| -> Vec<String> {
            let lines = lines.iter().map(|line| names.resolved(line, DEPTH));
            lines.map(|line| line.trim().to_owned()).collect()
        };
        let before = resolved(&self.old, &old.printed);
        let after = resolved(&self.new, &new.printed);
        if before == after {
            return;
        }
        let without = |lines: &[String], others: &[String]| {
            let lines = lines.iter().filter(|line| !others.contains(line));
            let own: Vec<&str> = lines.flat_map(|line| line.lines()).map(str::trim).collect();
            shown(&own.join(" "))
        };
        let what = match (without(&after, &before), without(&before, &after)) {
            (is, was) if is == was => "is tried in a different order".to_owned(),
            (is, was) => format!("is encoded as {is} instead of {was}"),
        };
        self.push(ChangeSeverity::Silent, ChangeKind::Changed, new, what);
    }

    /// Reports a changed type, and a changed way to pass a value. Returns whether the type changed.
    fn types(
        &mut self,
        old: &SurfaceItem,
        new: &SurfaceItem,
        owner: Option<(&SurfaceItem, &SurfaceItem)>,
    ) -> bool {
        let before = self.old.resolved(&old.ty, DEPTH);
        let after = self.new.resolved(&new.ty, DEPTH);
        let has_changed = before != after;
        // A constructor that only one side has is reported as a whole.
        let moved = owner.filter(|(from, to)| {
            old.is_argument != new.is_argument && from.is_made() == to.is_made()
        });
        if let Some(owners) = moved {
            let what = match new.is_argument {
                true => "is now required",
                false => "is now optional",
            };
            let change = self.push(
                ChangeSeverity::Breaking,
                ChangeKind::Changed,
                new,
                what.to_owned(),
            );
            change.hint = Some(hint(&old.passed(owners.0), &new.passed(owners.1)));
            return has_changed;
        }
        // If both sides use the same name, the change is reported at the type's declaration.
        if !has_changed || self.old.resolved(&old.ty, 0) == new.ty.as_str() {
            return has_changed;
        }
        // A choice of media types accepts all its variants.
        let is_taken = |variant: &SurfaceItem| self.new.resolved(&variant.ty, DEPTH) == before;
        if new.kind == SurfaceItemKind::Body && new.items.iter().any(is_taken) {
            let what = format!("accepts other types than {}, too", quoted(old));
            self.push(ChangeSeverity::Compatible, ChangeKind::Changed, new, what);
            return has_changed;
        }
        let what = changed(old, new, &before, &after);
        // Callers see the body of an error as a variant of one enum.
        if new.kind == SurfaceItemKind::Status {
            self.push(ChangeSeverity::Silent, ChangeKind::Changed, new, what);
            return has_changed;
        }
        let change = self.push(ChangeSeverity::Breaking, ChangeKind::Changed, new, what);
        change.hint = Some(hint(&old.typed(), &new.typed()));
        has_changed
    }

    /// Compares limits of values that are sent. A narrower limit lets the server reject values that it accepted
    /// before.
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
                true => ChangeSeverity::Silent,
                false => ChangeSeverity::Compatible,
            };
            let text =
                |value: Option<Json>| value.map_or_else(String::new, |value| value.to_string());
            let (before, after) = (text(before), text(after));
            let what = became(name, &before, &after);
            self.push(severity, ChangeKind::Changed, item, what);
        }
    }

    /// Reports reordered arguments.
    fn order(&mut self, pairs: &Matching<'_>, (old, new): (&SurfaceItem, &SurfaceItem)) {
        if are_swapped(old, new) {
            let what = "has its path parameters at other positions".to_owned();
            let change = self.push(ChangeSeverity::Silent, ChangeKind::Changed, new, what);
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
            let before = self.old.resolved(&pairs.old[*from].ty, DEPTH);
            before == self.new.resolved(&pairs.new[*to].ty, DEPTH)
        };
        // If the types are equal, the compiler does not notice swapped arguments.
        let severity = match kept.iter().zip(&sorted).all(fits) {
            true => ChangeSeverity::Silent,
            false => ChangeSeverity::Breaking,
        };
        let what = "takes its arguments in a different order".to_owned();
        let change = self.push(severity, ChangeKind::Changed, new, what);
        change.hint = Some(hint(&old.code, &new.code));
    }
}

/// Returns whether the number of path parameters is the same but one changed its position, so that a value
/// would be sent as another parameter. Parameters are matched by position, so their names reveal it.
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
