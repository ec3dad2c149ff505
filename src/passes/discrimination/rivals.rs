//! Finds the candidates that the tag does not distinguish from another, and the properties that do.
//!
//! Comparing every pair takes quadratic time, so indexes find candidates by their tags and required properties.
//! The remaining comparisons are counted. If a union exceeds its budget, its branches require all their
//! required properties and prefer none, which is correct but longer.

use super::{Candidate, required};
use crate::ir::JsonKind;
use foldhash::fast::RandomState;
use serde_json::Value as Json;
use std::rc::Rc;

// Every property of every candidate is looked up.
type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
type HashSet<T> = std::collections::HashSet<T, RandomState>;

/// Enough properties to recognize an object.
const MOST_PREFERRED: usize = 12;

/// The properties of a candidate's object.
#[derive(Default)]
struct CandidateProperties<'a> {
    declared: HashSet<&'a str>,
    /// In document order.
    required: Vec<&'a str>,
    requires: HashSet<&'a str>,
}

/// Candidates that require the same properties, so that only other declared properties distinguish them.
#[derive(Default)]
struct Class<'a> {
    by_branch: HashMap<usize, Vec<usize>>,
    all: Counts<'a>,
    /// Candidates that the tag does not distinguish.
    untagged: Counts<'a>,
}

/// The number of candidates, and how many of them declare each property.
#[derive(Default)]
struct Counts<'a> {
    candidates: usize,
    declare: HashMap<&'a str, usize>,
}

pub(super) struct Rivals<'l, 'a> {
    candidates: &'l [Candidate<'a>],
    /// The number of steps that are left.
    steps: usize,
    /// By candidate.
    members: Vec<Rc<CandidateProperties<'a>>>,
    /// Candidates that are objects, or may be.
    objects: Vec<usize>,
    /// Objects that the tag does not distinguish.
    untagged: Vec<usize>,
    by_tag: HashMap<&'l Json, Vec<usize>>,
    by_required: HashMap<&'a str, Vec<usize>>,
    classes: Vec<Class<'a>>,
    /// By candidate.
    class: Vec<usize>,
    /// The number of candidates of each branch.
    of_branch: HashMap<usize, usize>,
    /// For the tags of a candidate, the candidates that share one of them.
    sharing: HashMap<&'l [Json], Rc<Vec<usize>>>,
    chosen: HashMap<CacheKey<'l, 'a>, Vec<String>>,
}

/// The key of cached results of [`Rivals::distinguishing`].
#[derive(PartialEq, Eq, Hash)]
struct CacheKey<'l, 'a> {
    required: Vec<&'a str>,
    tags: Option<&'l [Json]>,
    /// The branch, if it has other candidates, which need not be distinguished.
    branch: Option<usize>,
}

impl<'l, 'a> Rivals<'l, 'a> {
    pub fn new(candidates: &'l [Candidate<'a>], steps: usize) -> Self {
        let mut rivals = Rivals {
            candidates,
            steps,
            members: Vec::new(),
            objects: Vec::new(),
            untagged: Vec::new(),
            by_tag: HashMap::default(),
            by_required: HashMap::default(),
            classes: Vec::new(),
            class: Vec::new(),
            of_branch: HashMap::default(),
            sharing: HashMap::default(),
            chosen: HashMap::default(),
        };
        let mut known: HashMap<*const crate::ir::Object, Rc<CandidateProperties<'a>>> =
            HashMap::default();
        let mut classes: HashMap<Vec<&'a str>, usize> = HashMap::default();
        for (index, candidate) in candidates.iter().enumerate() {
            let place = candidate
                .object
                .map_or(std::ptr::null(), std::ptr::from_ref);
            let members = known
                .entry(place)
                .or_insert_with(|| Rc::new(members(candidate)));
            let members = Rc::clone(members);
            *rivals.of_branch.entry(candidate.branch).or_default() += 1;
            rivals.index(index, &members);
            let mut required = members.required.clone();
            required.sort_unstable();
            let class = *classes.entry(required).or_insert(rivals.classes.len());
            rivals.classify(index, class, &members);
            rivals.members.push(members);
        }
        rivals
    }

    fn index(&mut self, index: usize, members: &CandidateProperties<'a>) {
        let candidate = &self.candidates[index];
        if has_tag(candidate) {
            for tag in &candidate.tags {
                self.by_tag.entry(tag).or_default().push(index);
            }
        }
        if candidate.kind < JsonKind::Object {
            return;
        }
        self.objects.push(index);
        if !has_tag(candidate) {
            self.untagged.push(index);
        }
        for name in &members.required {
            self.by_required.entry(name).or_default().push(index);
        }
    }

    fn classify(&mut self, index: usize, class: usize, members: &CandidateProperties<'a>) {
        if class == self.classes.len() {
            self.classes.push(Class::default());
        }
        self.class.push(class);
        let candidate = &self.candidates[index];
        if candidate.object.is_none() || !self.spend(members.declared.len()) {
            return;
        }
        let class = &mut self.classes[class];
        class
            .by_branch
            .entry(candidate.branch)
            .or_default()
            .push(index);
        class.all.add(members);
        if !has_tag(candidate) {
            class.untagged.add(members);
        }
    }

    pub fn steps_left(&self) -> usize {
        self.steps
    }

    /// Spends steps. Returns false if none are left.
    fn spend(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }

    /// Returns a minimal list of required properties that distinguish a candidate from every other that may
    /// have its tags.
    pub fn distinguishing(&mut self, index: usize) -> Vec<String> {
        let candidate = &self.candidates[index];
        if self.members[index].required.is_empty() {
            return Vec::new();
        }
        let key = CacheKey {
            required: self.members[index].required.clone(),
            tags: has_tag(candidate).then_some(&candidate.tags[..]),
            branch: (self.of_branch[&candidate.branch] > 1).then_some(candidate.branch),
        };
        if let Some(known) = self.chosen.get(&key) {
            return known.clone();
        }
        let chosen = self.choose(index);
        let all = || self.members[index].required.clone();
        let chosen = chosen.unwrap_or_else(all);
        let chosen: Vec<String> = chosen.into_iter().map(str::to_owned).collect();
        self.chosen.insert(key, chosen.clone());
        chosen
    }

    /// Returns `None` if no steps are left.
    fn choose(&mut self, index: usize) -> Option<Vec<&'a str>> {
        let own = Rc::clone(&self.members[index]);
        let sharing = self.sharing(index)?;
        let mut chosen: Vec<&'a str> = Vec::new();
        let mut next = 0;
        while let Some(other) = self.rival_from(index, next, &sharing, &chosen)? {
            next = other + 1;
            if !self.spend(1 + own.required.len()) {
                return None;
            }
            let members = &self.members[other];
            let is_apart = self.candidates[other].branch == self.candidates[index].branch
                || chosen.iter().any(|name| !members.requires.contains(name));
            if is_apart {
                continue;
            }
            let mut names = own.required.iter();
            let undeclared = names.find(|name| !members.declared.contains(*name));
            let mut names = own.required.iter();
            let found = undeclared.or_else(|| names.find(|name| !members.requires.contains(*name)));
            chosen.extend(found);
        }
        Some(chosen)
    }

    /// Returns the first candidate from `from` on that neither the tags nor the chosen properties rule out. The
    /// outer `None` means that no steps are left.
    fn rival_from(
        &mut self,
        index: usize,
        from: usize,
        sharing: &[usize],
        chosen: &[&'a str],
    ) -> Option<Option<usize>> {
        let first = |list: &[usize]| {
            let place = list.partition_point(|other| *other < from);
            list.get(place).copied()
        };
        let has_tag = has_tag(&self.candidates[index]);
        let Some(last) = chosen.last() else {
            let all = if has_tag {
                &self.untagged
            } else {
                &self.objects
            };
            let either = first(all).into_iter().chain(first(sharing));
            return Some(either.min());
        };
        let requiring = &self.by_required[last];
        let place = requiring.partition_point(|other| *other < from);
        let may_be = |other: &&usize| {
            let is_untold = !self::has_tag(&self.candidates[**other]);
            !has_tag || is_untold || sharing.binary_search(other).is_ok()
        };
        let rest = &requiring[place..];
        let passed = rest.iter().position(|other| may_be(&other));
        let found = passed.map(|passed| rest[passed]);
        self.spend(passed.unwrap_or(rest.len())).then_some(found)
    }

    /// Returns the candidates that share a tag with this one, in order; empty if its tags do not distinguish
    /// it.
    fn sharing(&mut self, index: usize) -> Option<Rc<Vec<usize>>> {
        let candidate = &self.candidates[index];
        if !has_tag(candidate) {
            return Some(Rc::default());
        }
        if let Some(known) = self.sharing.get(&candidate.tags[..]) {
            return Some(Rc::clone(known));
        }
        let mut found: Vec<usize> = Vec::new();
        for tag in &candidate.tags {
            let having = self.by_tag[tag].len();
            if !self.spend(having) {
                return None;
            }
            found.extend(&self.by_tag[tag]);
        }
        found.retain(|other| self.candidates[*other].kind >= JsonKind::Object);
        found.sort_unstable();
        found.dedup();
        let found = Rc::new(found);
        self.sharing.insert(&candidate.tags, Rc::clone(&found));
        Some(found)
    }

    /// Returns properties that this candidate declares and that at least one indistinguishable candidate does
    /// not.
    pub fn own_members(&mut self, index: usize) -> Vec<String> {
        let candidate = &self.candidates[index];
        let Some(object) = candidate.object else {
            return Vec::new();
        };
        let Some(sharing) = self.sharing(index) else {
            return Vec::new();
        };
        let has_tag = has_tag(candidate);
        let id = self.class[index];
        // Candidates that share a tag are compared one by one; all others are counted.
        let is_rival = |other: &&usize| {
            let rival = &self.candidates[**other];
            self.class[**other] == id && rival.branch != candidate.branch && rival.object.is_some()
        };
        let shared: Vec<usize> = sharing.iter().filter(is_rival).copied().collect();
        let steps = sharing.len() + shared.len().min(1) * object.members.len();
        if !self.spend(steps) {
            return Vec::new();
        }
        let class = &self.classes[id];
        let counts = if has_tag { &class.untagged } else { &class.all };
        let of_branch = class.by_branch.get(&candidate.branch).into_iter().flatten();
        let of_branch =
            of_branch.filter(|other| !(has_tag && self::has_tag(&self.candidates[**other])));
        let of_branch: Vec<usize> = of_branch.copied().collect();
        let rivals = counts.candidates - of_branch.len();
        let declares = |other: &&usize, name: &str| self.members[**other].declared.contains(name);
        let mut steps = of_branch.len();
        let is_own = |name: &&str| {
            steps += shared.len() + of_branch.len();
            let all = counts.declare.get(name).copied().unwrap_or_default();
            let own = of_branch.iter().filter(|other| declares(other, name));
            all - own.count() < rivals || !shared.iter().all(|other| declares(&other, name))
        };
        let names = object.members.iter().map(|member| member.name.as_str());
        let own = names.filter(is_own).take(MOST_PREFERRED);
        let own = own.map(str::to_owned).collect();
        self.spend(steps);
        own
    }
}

impl<'a> Counts<'a> {
    fn add(&mut self, members: &CandidateProperties<'a>) {
        self.candidates += 1;
        for name in &members.declared {
            *self.declare.entry(name).or_default() += 1;
        }
    }
}

fn members<'a>(candidate: &Candidate<'a>) -> CandidateProperties<'a> {
    let all = candidate
        .object
        .into_iter()
        .flat_map(|object| &object.members);
    let required: Vec<&str> = required(candidate).collect();
    CandidateProperties {
        declared: all.map(|member| member.name.as_str()).collect(),
        requires: required.iter().copied().collect(),
        required,
    }
}

/// Returns whether the tags alone select this candidate.
fn has_tag(candidate: &Candidate<'_>) -> bool {
    !candidate.tags.is_empty() && !candidate.tag_optional
}
