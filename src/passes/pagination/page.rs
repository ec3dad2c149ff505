//! The parts of an operation that pagination may use.

use crate::ir::{
    Api, ContentKind, Operation, OperationId, Parameter, ParameterLocation, Property, Schema,
    SchemaKind, Shape,
};

/// The maximum depth of properties that are searched.
const DEEPEST: usize = 3;

/// The maximum number of properties that are searched, because nested objects multiply them.
const MOST: usize = 2_000;

/// An operation with a single success with one JSON body.
pub struct ListResponse<'a> {
    pub api: &'a Api,
    pub operation: &'a Operation,
    /// The schema of the body.
    pub schema: &'a Schema,
    /// Whether the response documents a `Link` header.
    pub has_link: bool,
}

/// A property with the path to it.
pub struct PropertyPath<'a> {
    pub path: Vec<&'a str>,
    pub member: &'a Property,
}

impl PropertyPath<'_> {
    pub fn path(&self) -> Vec<String> {
        self.path.iter().map(|name| (*name).to_owned()).collect()
    }
}

impl<'a> ListResponse<'a> {
    pub fn of(api: &'a Api, id: OperationId) -> Option<Self> {
        let operation = api.operation(id);
        let (response, content) = operation.only_json()?;
        let is_enveloped = matches!(content.schema.kind, SchemaKind::Envelope(..));
        let is_value = !is_enveloped && !response.status.is_redirect();
        is_value.then_some(ListResponse {
            api,
            operation,
            schema: &content.schema,
            has_link: response
                .headers
                .iter()
                .any(|header| header.is_called("link")),
        })
    }

    /// Returns the query parameters with a plain value.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        let in_path = &self.operation.path.query_names;
        let is_apart = move |parameter: &&Parameter| {
            let mut names = in_path.iter();
            !names.any(|(name, _)| *name == parameter.name)
        };
        let parameters = self.operation.parameters.iter();
        parameters
            .filter(|parameter| {
                parameter.location == ParameterLocation::Query && parameter.content.is_none()
            })
            .filter(is_apart)
    }

    /// Returns the schema of the request body, if it is only JSON.
    pub fn body(&self) -> Option<&'a Schema> {
        match &*self.operation.body.as_ref()?.contents {
            [content] if content.kind == ContentKind::Json => Some(&content.schema),
            _ => None,
        }
    }

    pub fn kind(&self, schema: &'a Schema) -> &'a SchemaKind {
        self.api.resolved(schema)
    }

    /// Returns [`Page::kind`] for a schema with a shorter lifetime.
    pub fn kind_of<'s>(&'s self, schema: &'s Schema) -> &'s SchemaKind {
        self.api.resolved(schema)
    }

    /// Returns the branches of a union.
    pub fn branches(&self, schema: &'a Schema) -> Vec<&'a Schema> {
        let SchemaKind::Declared(id) = self.kind(schema) else {
            return Vec::new();
        };
        match &self.api.ty(*id).shape {
            Shape::Union(union) => union.branches.iter().map(|branch| &branch.schema).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the properties of an object.
    pub fn members(&self, schema: &'a Schema) -> &'a [Property] {
        let SchemaKind::Declared(id) = self.kind(schema) else {
            return &[];
        };
        match &self.api.ty(*id).shape {
            Shape::Object(object) => &object.members,
            _ => &[],
        }
    }

    /// Returns all properties of the body and its nested objects, but not of lists.
    pub fn all(&self) -> Vec<PropertyPath<'a>> {
        let mut found: Vec<PropertyPath<'a>> = Vec::new();
        let mut open = vec![(Vec::new(), self.schema)];
        for _ in 0..DEEPEST {
            let mut deeper = Vec::new();
            for (path, schema) in open {
                for member in self.members(schema) {
                    let mut path: Vec<&str> = path.clone();
                    path.push(&member.name);
                    deeper.push((path.clone(), &member.schema));
                    found.push(PropertyPath { path, member });
                    if found.len() == MOST {
                        return found;
                    }
                }
            }
            open = deeper;
        }
        found
    }

    /// Returns the only list of the body: itself, or the only one among its properties or theirs.
    pub fn items(&self) -> Option<(Vec<String>, &'a Schema)> {
        if let SchemaKind::Array(item) = self.kind(self.schema) {
            return Some((Vec::new(), item));
        }
        let mut lists = self.lists(self.schema);
        if let Some((name, item)) = lists.next() {
            return lists
                .next()
                .is_none()
                .then(|| (vec![name.to_owned()], item));
        }
        let mut deeper = self.members(self.schema).iter().flat_map(|member| {
            let lists = self.lists(&member.schema);
            lists.map(|(name, item)| (vec![member.name.clone(), name.to_owned()], item))
        });
        deeper.next().filter(|_| deeper.next().is_none())
    }

    /// Returns the lists among the properties of an object, with their item schemas.
    fn lists(&self, schema: &'a Schema) -> impl Iterator<Item = (&'a str, &'a Schema)> {
        let members = self.members(schema).iter();
        members.filter_map(|member| match self.kind(&member.schema) {
            SchemaKind::Array(item) if !is_secondary(&member.name) => {
                Some((&*member.name, &**item))
            }
            _ => None,
        })
    }

    /// Returns whether a property describes the list at a path: it is next to the list or its parents, or in an
    /// object without lists.
    pub fn describes_list(&self, list: &[String], found: &PropertyPath<'a>) -> bool {
        let mut schema = self.schema;
        let above = &found.path[..found.path.len() - 1];
        above.iter().enumerate().all(|(depth, name)| {
            let members = self.members(schema);
            let Some(member) = members.iter().find(|member| member.name == **name) else {
                return false;
            };
            schema = &member.schema;
            let is_holder = list.get(depth).is_some_and(|holder| holder == name);
            is_holder || self.lists(schema).next().is_none()
        })
    }
}

/// Returns whether a list accompanies the main list.
fn is_secondary(name: &str) -> bool {
    matches!(
        name,
        "errors" | "included" | "links" | "messages" | "warnings"
    )
}
