//! Names of declared types and of their modules.

use super::claims::{Holders, claim_pin, report_taken};
use super::inline::branches;
use super::{TypeNames, abbreviated, ascii, length, members, variants};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, Owner, Role, Shape, TypeDef, TypeId};
use crate::naming::types;
use crate::naming::{Claimed, IdentCase, Scope, Words, all_words, reserved, words};
use crate::parallel;
use std::collections::{HashMap, HashSet};

pub fn resolve(api: &Api, operations: &[Words], diagnostics: &mut Diagnostics) -> Vec<TypeNames> {
    let mut resolver = Resolver {
        api,
        operations,
        branches: branches(api),
        scope: Scope::with_reserved(IdentCase::Pascal, reserved::types()),
        claimed: api.types.iter().map(|_| None).collect(),
        holders: Holders::default(),
    };
    resolver.pinned(diagnostics);
    resolver.claim_all(
        |def| matches!(def.origin, Origin::Component(_)),
        diagnostics,
    );
    // Bundling turns these schemas into components, so claim them as components to keep their names.
    resolver.claim_all(
        |def| matches!(def.origin, Origin::Referenced(_)),
        diagnostics,
    );
    resolver.claim_all(is_shared, diagnostics);
    resolver.claim_all(|_| true, diagnostics);
    let claimed: Vec<Claimed> = resolver.claimed.into_iter().flatten().collect();
    let type_words = |id: TypeId| claimed[id.0 as usize].words.clone();
    let mut modules = Scope::with_reserved(IdentCase::Snake, reserved::modules("types"));
    let mut names: Vec<TypeNames> = Vec::new();
    let ids: Vec<TypeId> = api.type_ids().collect();
    let parts = parallel::map(&ids, |id| {
        let mut reported = Diagnostics::default();
        let def = api.ty(*id);
        let parts = match &def.shape {
            Shape::Union(union) => {
                variants::resolve(api, union, &claimed[id.0 as usize].words, &type_words)
            }
            shape => members::resolve(shape, def.at, &mut reported),
        };
        (parts, reported)
    });
    for ((id, claimed), (parts, reported)) in ids.into_iter().zip(&claimed).zip(parts) {
        diagnostics.extend(reported);
        let root = root(api, id);
        // An owner's id is lower than its parts' ids, so its module is already named.
        let module = match root == id {
            true => modules.claim(&[ascii(&claimed.words)]).ident,
            false => names[root.0 as usize].module.clone(),
        };
        names.push(TypeNames {
            ident: claimed.ident.clone(),
            module,
            words: claimed.words.clone(),
            root,
            parts: parts.idents,
            rest: parts.rest,
        });
    }
    names
}

/// Returns the outermost type that contains a type inline, or the type itself.
fn root(api: &Api, id: TypeId) -> TypeId {
    let mut at = id;
    while let Origin::Inline {
        owner: Owner::Type(owner),
        ..
    } = &api.ty(at).origin
    {
        at = *owner;
    }
    at
}

/// Returns the number of types that contain a type inline.
fn depth(api: &Api, id: TypeId) -> usize {
    let (mut at, mut depth) = (id, 0);
    while let Origin::Inline {
        owner: Owner::Type(owner),
        ..
    } = &api.ty(at).origin
    {
        (at, depth) = (*owner, depth + 1);
    }
    depth
}

/// Names types in order of precedence.
pub(super) struct Resolver<'a> {
    pub(super) api: &'a Api,
    pub(super) operations: &'a [Words],
    /// The branches of each union that have inline types.
    pub(super) branches: HashMap<(&'a Owner, &'a Role), HashSet<usize>>,
    scope: Scope,
    pub(super) claimed: Vec<Option<Claimed>>,
    holders: Holders,
}

impl Resolver<'_> {
    fn pinned(&mut self, diagnostics: &mut Diagnostics) {
        for id in self.api.type_ids() {
            let def = self.api.ty(id);
            let pin = def.pinned.as_ref();
            let taken = |name: &str| self.holders.find(name);
            let claimed = claim_pin(&mut self.scope, pin, def.at, taken, diagnostics);
            if let Some(claimed) = &claimed {
                self.holders.add(&claimed.ident, def.at);
            }
            self.claimed[id.0 as usize] = claimed;
        }
    }

    fn claim_all(&mut self, which: impl Fn(&TypeDef) -> bool, diagnostics: &mut Diagnostics) {
        let is_open =
            |id: &TypeId| self.claimed[id.0 as usize].is_none() && which(self.api.ty(*id));
        let mut ids: Vec<TypeId> = self.api.type_ids().filter(is_open).collect();
        // Name shallow types first, so that a deeply nested one takes no name from them.
        ids.sort_by_cached_key(|id| depth(self.api, *id));
        for id in ids {
            let def = self.api.ty(id);
            let wishes = self.wishes(id);
            let claimed = self.scope.claim(&wishes);
            // Report only component names: sdkgen chooses the names of inline types anyway.
            if matches!(def.origin, Origin::Component(_)) {
                let taken = |name: &str| self.holders.find(name);
                report_taken(
                    diagnostics,
                    def.at,
                    IdentCase::Pascal,
                    &wishes[0],
                    &claimed,
                    taken,
                );
            }
            self.holders.add(&claimed.ident, def.at);
            self.claimed[id.0 as usize] = Some(claimed);
        }
    }

    /// Returns the type's own name, then longer names with its context.
    fn wishes(&self, id: TypeId) -> Vec<Words> {
        let def = self.api.ty(id);
        match &def.origin {
            Origin::Component(name) | Origin::Referenced(name) => {
                let own = component(all_words(name));
                let context = match (def.usage.request, def.usage.response) {
                    (true, false) => "request",
                    (false, true) => "response",
                    _ => "model",
                };
                let in_context = [own.clone(), words(context)].concat();
                match is_error(name) {
                    true => self.error_names(in_context),
                    false => vec![own, in_context],
                }
            }
            Origin::Inline { owner, role } => self.inline_wishes(id, owner, role),
        }
    }

    /// Returns the candidates for a component whose name collides with the client's error type.
    fn error_names(&self, in_context: Words) -> Vec<Words> {
        let is_free = |wish: &Words| {
            let mut origins = self.api.types.iter().map(|def| &def.origin);
            !origins.any(|origin| match origin {
                Origin::Component(name) => all_words(name) == *wish,
                _ => false,
            })
        };
        let names = [words("error details"), words("error object")];
        names
            .into_iter()
            .filter(is_free)
            .chain([in_context])
            .collect()
    }
}

/// Returns whether a component would be named like the client's own error type.
fn is_error(name: &str) -> bool {
    matches!(all_words(name).as_slice(), [word] if word == "error")
}

/// Returns whether several owners share a type.
fn is_shared(def: &TypeDef) -> bool {
    matches!(
        def.origin,
        Origin::Inline {
            owner: Owner::Several(_),
            ..
        }
    )
}

/// Returns a component's name, unchanged if a line has room for it, because users search for it.
fn component(own: Words) -> Words {
    match length(&own) > types::LONGEST {
        true => abbreviated(&own, types::LONGEST, types::LONGEST * 3 / 4),
        false => own,
    }
}
