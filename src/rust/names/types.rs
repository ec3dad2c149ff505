//! Names of declared types, and the modules that they stand in.

use super::claims::{Holders, claim_pin, tell};
use super::{LONG, LONGEST, TypeNames, abbreviated, ascii, bounded, length, members, variants};
use crate::diag::Diagnostics;
use crate::ir::{Api, Origin, Owner, Role, Shape, StatusPattern, TypeDef, TypeId};
use crate::naming::{Claimed, Scope, Style, Words, all_words, reserved, words};
use crate::parallel;
use crate::rust::names::reason;

pub fn resolve(api: &Api, operations: &[Words], diagnostics: &mut Diagnostics) -> Vec<TypeNames> {
    let mut resolver = Resolver {
        api,
        operations,
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

struct Resolver<'a> {
    api: &'a Api,
    operations: &'a [Words],
    scope: Scope,
    claimed: Vec<Option<Claimed>>,
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
        for id in self.api.type_ids() {
            let def = self.api.ty(id);
            if self.claimed[id.0 as usize].is_some() || !which(def) {
                continue;
            }
            let wishes = self.wishes(def);
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
    fn wishes(&self, def: &TypeDef) -> Vec<Words> {
        match &def.origin {
            Origin::Component(name) | Origin::Referenced(name) => {
                let whole = all_words(name);
                let more = (length(&whole) > LONGEST)
                    .then(|| abbreviated(&whole, LONGEST, LONGEST * 3 / 4));
                let own = bounded(whole);
                let context = match (def.usage.request, def.usage.response) {
                    (true, false) => "request",
                    (false, true) => "response",
                    _ => "model",
                };
                let in_context = with(&own, context);
                [Some(own), more, Some(in_context)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Origin::Inline { owner, role } => self.inline_wishes(owner, role),
        }
    }

    fn inline_wishes(&self, owner: &Owner, role: &Role) -> Vec<Words> {
        let base = match owner {
            Owner::Type(id) => match &self.claimed[id.0 as usize] {
                Some(claimed) => claimed.words.clone(),
                None => Words::new(),
            },
            Owner::Operation(id) => self.operations[id.0 as usize].clone(),
            Owner::Webhook(name) | Owner::Component(name) => words(name),
        };
        let mut wishes = Vec::new();
        // A component for a body or a response has a name that says what it is.
        if let (Owner::Component(_), Role::RequestBody | Role::Response(_)) = (owner, role) {
            wishes.push(base.clone());
        }
        if let (Owner::Webhook(_), Role::RequestBody) = (owner, role) {
            wishes.push(with(&base, "payload"));
        }
        // What members share says too little beside the outermost type alone.
        let root_words = match role {
            Role::Members(_) => None,
            _ => self.root_words(owner),
        };
        if let Role::Members(names) = role
            && common_end(names).is_empty()
            && let Some((last, others)) = base.split_last()
            && let Some(one) = singular(last)
        {
            wishes.push(with(others, &one));
        }
        for role in role_words(role) {
            let full = joined(&base, role.clone());
            if length(&full) <= LONG {
                wishes.push(full);
                continue;
            }
            let short = root_words.as_ref().map(|root| joined(root, role));
            let abbreviated = abbreviated(&full, LONG, LONG / 2);
            let bearable = |wish: &Words| length(wish) <= LONGEST;
            wishes.extend(short.into_iter().chain([full]).filter(bearable));
            wishes.push(abbreviated);
        }
        wishes
    }

    /// The words of the outermost type that an owner is a part of, where it is a part of one.
    fn root_words(&self, owner: &Owner) -> Option<Words> {
        let Owner::Type(id) = owner else { return None };
        let root = root(self.api, *id);
        let claimed = self.claimed[root.0 as usize].as_ref()?;
        (root != *id).then(|| claimed.words.clone())
    }
}

fn with(base: &[String], word: &str) -> Words {
    joined(base, vec![word.to_owned()])
}

/// Owner and part in one; what the part repeats of its owner is said once (`Call` and `callStatus`
/// make `CallStatus`).
fn joined(owner: &[String], part: Words) -> Words {
    match part.starts_with(owner) {
        true if part.len() > owner.len() => part,
        _ => [owner, &part].concat(),
    }
}

/// What a role adds to its owner's name, the best wish first.
fn role_words(role: &Role) -> Vec<Words> {
    let plain = |text: &str| vec![words(text)];
    let inner = |inner: &Role, word: &str| {
        let add = |mut wish: Words| {
            wish.push(word.to_owned());
            wish
        };
        role_words(inner).into_iter().map(add).collect()
    };
    match role {
        Role::Itself => vec![Words::new()],
        Role::Member(name) | Role::Parameter(name) => plain(name),
        Role::Members(names) => vec![match common_end(names) {
            end if end.is_empty() => words("value"),
            end => end,
        }],
        Role::Item(of) => inner(of, "item"),
        Role::Value(of) => inner(of, "value"),
        Role::Branch(_, Some(title), of) => {
            let title = words(title);
            role_words(of)
                .into_iter()
                .map(|wish| [wish, title.clone()].concat())
                .collect()
        }
        Role::Branch(index, None, of) => inner(of, &format!("variant{}", index + 1)),
        Role::RequestBody => plain("request"),
        Role::Response(status) => response_words(*status),
        Role::Header(name) => vec![[words(name), words("header")].concat()],
    }
}

/// The words that all names end in.
fn common_end(names: &[String]) -> Words {
    let mut names = names.iter().map(|name| words(name));
    let mut end = names.next().unwrap_or_default();
    for name in names {
        let pairs = end.iter().rev().zip(name.iter().rev());
        let common = pairs.take_while(|(one, other)| one == other).count();
        end.drain(..end.len() - common);
    }
    end
}

/// What an English plural is the plural of.
fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s')?;
    match stem {
        _ if stem.len() < 3 || stem.ends_with(['s', 'u', 'i']) => None,
        _ if stem.ends_with("ie") => Some(format!("{}y", &stem[..stem.len() - 2])),
        _ if ["xe", "che", "she", "sse"]
            .iter()
            .any(|end| stem.ends_with(end)) =>
        {
            Some(stem[..stem.len() - 1].to_owned())
        }
        _ => Some(stem.to_owned()),
    }
}

fn response_words(status: StatusPattern) -> Vec<Words> {
    match status {
        _ if status.is_success() => vec![words("response"), words(&format!("response {status}"))],
        StatusPattern::Exact(code @ 400..) => {
            vec![
                words("error"),
                [words(reason(code)), words("error")].concat(),
            ]
        }
        StatusPattern::Default => vec![words("default response")],
        _ => vec![words(&format!("response {status}"))],
    }
}
