//! Builds names for inline schemas from the words of their owners and roles.

use super::types::TypeNaming;
use crate::ir::{
    Api, Content, ContentKind, Origin, Owner, Role, SchemaKind, Shape, StatusPattern, TypeId,
    reason,
};
use crate::naming::method;
use crate::naming::types::{self, NamedKind, OwnerPart, SharedType};
use crate::naming::{Claimed, Words, all_words, words};
use std::collections::{HashMap, HashSet};

impl TypeNaming<'_> {
    pub(super) fn inline_wishes(&self, id: TypeId, owner: &Owner, role: &Role) -> Vec<Words> {
        let kind = kind(&self.api.ty(id).shape);
        let part = self.part(id, role);
        if let Owner::Several(list) = owner {
            let owners: Vec<Words> = list.iter().map(|owner| self.bare(owner)).collect();
            let shared = SharedType {
                owners: &owners,
                kind,
                in_operations: owners_are_operations(self.api, list),
                only: only_value(&self.api.ty(id).shape),
            };
            return types::shared(&part, &shared);
        }
        let owners = self.candidates_by_depth(owner);
        let mut wishes = Vec::new();
        // A body or response component already has a descriptive name.
        if let (Owner::Component(_), Role::RequestBody | Role::Response(_)) = (owner, role) {
            wishes.push(owners[0].clone());
        }
        if let (Owner::Webhook(_), Role::RequestBody) = (owner, role) {
            wishes.push([owners[0].clone(), words("payload")].concat());
        }
        wishes.extend(types::candidates(&owners, &part, kind));
        // Two groups of properties without a common word.
        if let Role::Members(names) = role
            && let Some(first) = names.first()
        {
            let first = OwnerPart::Property(words(first));
            wishes.extend(types::candidates(&owners, &first, kind));
        }
        wishes
    }

    /// Returns the outermost owner's name, then the same name extended by each inner step.
    fn candidates_by_depth(&self, owner: &Owner) -> Vec<Words> {
        let mut steps = Vec::new();
        let mut at = owner.clone();
        loop {
            match at {
                Owner::Type(id) => match self.step(id) {
                    Some((owner, role)) => {
                        steps.push((self.part(id, role), kind(&self.api.ty(id).shape)));
                        at = owner.clone();
                    }
                    None => {
                        let claimed = self.claimed[id.0 as usize].as_ref();
                        let own = claimed.map(|own| own.words.clone());
                        return types::owner_names(own.unwrap_or_default(), &steps);
                    }
                },
                owner => return types::owner_names(self.bare_root(&owner), &steps),
            }
        }
    }

    /// Returns a type's owner and role, if its own name adds nothing to them.
    fn step(&self, id: TypeId) -> Option<(&Owner, &Role)> {
        let def = self.api.ty(id);
        let claimed = self.claimed[id.0 as usize].as_ref();
        let is_usual = def.pinned.is_none() && claimed.is_none_or(Claimed::is_first_candidate);
        let Origin::Inline { owner, role } = &def.origin else {
            return None;
        };
        let has_own = matches!(
            (owner, role),
            (Owner::Several(_), _)
                | (Owner::Component(_), Role::Response(_))
                | (Owner::Component(_) | Owner::Webhook(_), Role::RequestBody)
        );
        (is_usual && !has_own).then_some((owner, role))
    }

    fn bare_root(&self, owner: &Owner) -> Words {
        match owner {
            Owner::Operation(id) => self.operations[id.0 as usize].clone(),
            Owner::Webhook(name) | Owner::Component(name) => words(name),
            Owner::Type(_) | Owner::Several(_) => Words::new(),
        }
    }

    /// Returns an owner's name before any name is claimed, without an operation's verb.
    fn bare(&self, owner: &Owner) -> Words {
        let Owner::Type(id) = owner else {
            let name = self.bare_root(owner);
            return match owner {
                Owner::Operation(_) => method::without_verb(&name).to_vec(),
                _ => name,
            };
        };
        match &self.api.ty(*id).origin {
            Origin::Component(name) | Origin::Referenced(name) => all_words(name),
            Origin::Inline {
                owner: owner @ Owner::Several(_),
                role,
            } => self.inline_wishes(*id, owner, role).swap_remove(0),
            // "Request" in the name would not describe the type.
            Origin::Inline {
                owner: owner @ Owner::Operation(_),
                role: Role::RequestBody,
            } => self.bare(owner),
            Origin::Inline { owner, role } => {
                let part = self.part(*id, role);
                types::names(&self.bare(owner), &part, kind(&self.api.ty(*id).shape)).swap_remove(0)
            }
        }
    }

    /// Returns the words for a type's role in its owner.
    fn part(&self, id: TypeId, role: &Role) -> OwnerPart {
        let of = |role: &Role| Box::new(self.part(id, role));
        match role {
            Role::Itself => OwnerPart::Itself,
            Role::Property(name) => OwnerPart::Property(words(name)),
            Role::Members(names) => match common_end(names) {
                // An item of `permissions` is a `permission`.
                end if end.is_empty() => OwnerPart::Value(Box::new(OwnerPart::Itself)),
                end => OwnerPart::Property(end),
            },
            Role::Parameter(name) => {
                let own = words(name);
                let more = [own.clone(), words("param")].concat();
                OwnerPart::Named(vec![own, more])
            }
            Role::Header(name) => OwnerPart::Named(vec![[words(name), words("header")].concat()]),
            Role::RequestBody => OwnerPart::Named(
                vec![words("request")]
                    .into_iter()
                    .chain(self.media(id))
                    .collect(),
            ),
            Role::Response(status) => OwnerPart::Named(response_words(*status)),
            Role::Item(inner) => OwnerPart::Item(of(inner)),
            Role::Value(inner) => OwnerPart::Value(of(inner)),
            Role::Branch(index, label, inner) => OwnerPart::Branch {
                label: label.as_deref().map(words),
                number: index + 1,
                is_alone: self.is_alone(id, inner),
                of: of(inner),
            },
        }
    }

    /// Returns whether the union has no other branch with an inline type.
    fn is_alone(&self, id: TypeId, of: &Role) -> bool {
        let Origin::Inline { owner, .. } = &self.api.ty(id).origin else {
            return true;
        };
        self.branches
            .get(&(owner, of))
            .is_none_or(|all| all.len() < 2)
    }

    /// Returns a name from the media type, for an operation's second body.
    fn media(&self, id: TypeId) -> Option<Words> {
        let Origin::Inline {
            owner: Owner::Operation(operation),
            ..
        } = &self.api.ty(id).origin
        else {
            return None;
        };
        let body = self.api.operation(*operation).body.as_ref()?;
        let is_own = |content: &&Content| matches!(content.schema.kind, SchemaKind::Declared(own) if own == id);
        let content = body.contents.iter().find(is_own)?;
        Some(words(match content.kind {
            ContentKind::Multipart => "multipart",
            ContentKind::Form => "form",
            _ => "body",
        }))
    }
}

pub(super) fn branches(api: &Api) -> HashMap<(&Owner, &Role), HashSet<usize>> {
    let mut branches: HashMap<_, HashSet<usize>> = HashMap::new();
    for def in &api.types {
        let Origin::Inline { owner, role } = &def.origin else {
            continue;
        };
        let mut role = role;
        while let Role::Item(of) | Role::Value(of) | Role::Branch(_, _, of) = role {
            if let Role::Branch(index, _, of) = role {
                branches.entry((owner, &**of)).or_default().insert(*index);
            }
            role = of;
        }
    }
    branches
}

fn kind(shape: &Shape) -> NamedKind {
    match shape {
        Shape::Object(_) => NamedKind::Object,
        Shape::Enum(_) => NamedKind::Enum,
        Shape::Union(_) => NamedKind::Union,
        Shape::Alias(_) => NamedKind::Alias,
    }
}

/// Returns whether every owner is an operation or a part of one.
fn owners_are_operations(api: &Api, owners: &[Owner]) -> bool {
    let mut owner = owners.first();
    while let Some(Owner::Type(id)) = owner {
        match &api.ty(*id).origin {
            Origin::Inline { owner: next, .. } => owner = Some(next),
            _ => return false,
        }
    }
    match owner {
        Some(Owner::Several(owners)) => owners_are_operations(api, owners),
        owner => matches!(owner, Some(Owner::Operation(_))),
    }
}

/// Returns the words of an enum's only string value.
fn only_value(shape: &Shape) -> Option<Words> {
    match shape {
        Shape::Enum(one) if let [only] = one.values.as_slice() => only.value.as_str().map(words),
        _ => None,
    }
}

/// Returns the words that all names end with.
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
