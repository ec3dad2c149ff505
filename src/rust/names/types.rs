//! Names of declared types, and the modules that they stand in.

use super::claims::{Holders, claim_pin, tell};
use super::inline::branches;
use super::{TypeNames, abbreviated, ascii, length, members, variants};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, Owner, Role, Shape, TypeDef, TypeId};
use crate::naming::types;
use crate::naming::{Claimed, Scope, Style, Words, all_words, reserved, words};
use crate::parallel;
use std::collections::{HashMap, HashSet};

pub fn resolve(api: &Api, operations: &[Words], diagnostics: &mut Diagnostics) -> Vec<TypeNames> {
    let mut resolver = Resolver {
        api,
        operations,
        branches: branches(api),
        scope: Scope::with_reserved(Style::Pascal, reserved::types()),
        claimed: api.types.iter().map(|_| None).collect(),
        holders: Holders::default(),
    };
    resolver.pinned(diagnostics);
    resolver.claim_all(
        |def| matches!(def.origin, Origin::Component(_)),
        diagnostics,
    );
    // In a bundle these are components too, and are to have the same names there.
    resolver.claim_all(
        |def| matches!(def.origin, Origin::Referenced(_)),
        diagnostics,
    );
    resolver.claim_all(is_shared, diagnostics);
    resolver.claim_all(|_| true, diagnostics);
    let claimed: Vec<Claimed> = resolver.claimed.into_iter().flatten().collect();
    let type_words = |id: TypeId| claimed[id.0 as usize].words.clone();
    let mut modules = Scope::with_reserved(Style::Snake, reserved::modules("types"));
    let mut names: Vec<TypeNames> = Vec::new();
    let ids: Vec<TypeId> = api.type_ids().collect();
    let parts = parallel::map(&ids, |id| {
        let mut told = Diagnostics::default();
        let def = api.ty(*id);
        let parts = match &def.shape {
            Shape::Union(union) => {
                variants::resolve(api, union, &claimed[id.0 as usize].words, &type_words)
            }
            shape => members::resolve(shape, def.at, &mut told),
        };
        (parts, told)
    });
    for ((id, claimed), (parts, told)) in ids.into_iter().zip(&claimed).zip(parts) {
        diagnostics.extend(told);
        let root = root(api, id);
        // An owner's id is lower than that of its parts, so its module is known already.
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
            null_setters: parts.null_setters,
        });
    }
    names
}

/// The outermost type that a type is an inline part of.
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

/// How many types a type is an inline part of.
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

/// What types are called, one after the other.
pub(super) struct Resolver<'a> {
    pub(super) api: &'a Api,
    pub(super) operations: &'a [Words],
    /// Which branches of a union have types of their own.
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
        // What lies deep in a type takes no name from what lies at its surface.
        ids.sort_by_cached_key(|id| depth(self.api, *id));
        for id in ids {
            let def = self.api.ty(id);
            let wishes = self.wishes(id);
            let claimed = self.scope.claim(&wishes);
            // The name of an inline type is sdkgen's own to choose; that of a component is not.
            if matches!(def.origin, Origin::Component(_)) {
                let taken = |name: &str| self.holders.find(name);
                tell(
                    diagnostics,
                    def.at,
                    Style::Pascal,
                    &wishes[0],
                    &claimed,
                    taken,
                );
            }
            self.holders.add(&claimed.ident, def.at);
            self.claimed[id.0 as usize] = Some(claimed);
        }
    }

    /// The own name, then the name with its context.
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

    /// What a component is called whose own name is that of the client's error: no component's name.
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

/// Whether a component would have the name of the client's own error.
fn is_error(name: &str) -> bool {
    matches!(all_words(name).as_slice(), [word] if word == "error")
}

/// Whether several owners have a type in common.
fn is_shared(def: &TypeDef) -> bool {
    matches!(
        def.origin,
        Origin::Inline {
            owner: Owner::Several(_),
            ..
        }
    )
}

/// The name of a component, which users search for: as it is where a line has room for it.
fn component(own: Words) -> Words {
    match length(&own) > types::LONGEST {
        true => abbreviated(&own, types::LONGEST, types::LONGEST * 3 / 4),
        false => own,
    }
}
