//! What a string stands for, from its name, its description and its owner.

use crate::ir::{
    Api, Operation, Origin, Owner, Parameter, ParameterLocation, PathPart, Property, Role, TypeDef,
};

/// What the document says about a string. Samples are chosen by it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SampleLabel<'a> {
    /// The name of the property, parameter or format.
    pub name: &'a str,
    pub description: Option<&'a str>,
    /// The thing that has the property: the name of a component, of a property or of a path segment.
    pub owner: &'a str,
    /// Whether the value is an item of the list with this name.
    pub is_item: bool,
    /// Whether the value is a path segment, where spaces and slashes are hard to read.
    pub is_segment: bool,
}

impl<'a> SampleLabel<'a> {
    /// Creates a label of a value that only has a name.
    pub fn named(name: &'a str) -> Self {
        SampleLabel {
            name,
            ..SampleLabel::default()
        }
    }

    pub fn property(property: &'a Property, owner: &'a str) -> Self {
        let docs = &property.docs;
        SampleLabel {
            description: docs.description.as_deref().or(docs.summary.as_deref()),
            owner,
            ..SampleLabel::named(&property.name)
        }
    }

    pub fn parameter(parameter: &'a Parameter, operation: Option<&'a Operation>) -> Self {
        let is_segment = parameter.location == ParameterLocation::Path;
        let owner = operation.filter(|_| is_segment);
        SampleLabel {
            description: parameter.docs.description.as_deref(),
            owner: owner
                .and_then(|operation| segment_before(operation, &parameter.name))
                .unwrap_or_default(),
            is_segment,
            ..SampleLabel::named(&parameter.name)
        }
    }

    pub fn item(self) -> Self {
        SampleLabel {
            is_item: true,
            ..self
        }
    }
}

/// Returns the segment of the path before a parameter: `users` of `/users/{id}`.
fn segment_before<'a>(operation: &'a Operation, name: &str) -> Option<&'a str> {
    let is_named = |part: &PathPart| matches!(part, PathPart::Parameter(known) if known == name);
    let at = operation.path.parts.iter().position(is_named)?;
    last_segment(&operation.path.parts[..at])
}

fn last_segment(parts: &[PathPart]) -> Option<&str> {
    let literals = parts.iter().rev().filter_map(|part| match part {
        PathPart::Literal(text) => Some(text.as_str()),
        PathPart::Parameter(_) => None,
    });
    let mut segments = literals.flat_map(|text| text.rsplit('/'));
    segments.find(|segment| !segment.is_empty())
}

/// Returns the name of the thing that a type describes: that of the component, of the property with the inline type, or
/// of the resource in the operation's path.
pub fn thing<'a>(api: &'a Api, def: &'a TypeDef) -> &'a str {
    let mut def = def;
    // A type that contains itself has a component around it, so the search ends there.
    for _ in 0..MAX_OWNERS {
        let (owner, role) = match &def.origin {
            Origin::Component(name) | Origin::Referenced(name) => return name,
            Origin::Inline { owner, role } => (first(owner), role.innermost()),
        };
        match (role, owner) {
            (Role::Property(name) | Role::Parameter(name) | Role::Header(name), _) => return name,
            (Role::Members(names), _) => return names.first().map_or("", String::as_str),
            (_, Owner::Type(id)) => def = api.ty(*id),
            (_, Owner::Operation(id)) => {
                return last_segment(&api.operation(*id).path.parts).unwrap_or_default();
            }
            (_, Owner::Webhook(name) | Owner::Component(name)) => return name,
            (_, Owner::Several(_)) => return "",
        }
    }
    ""
}

/// The maximum number of inline types around each other.
const MAX_OWNERS: usize = 16;

fn first(owner: &Owner) -> &Owner {
    match owner {
        Owner::Several(owners) => owners.first().map_or(owner, first),
        owner => owner,
    }
}
