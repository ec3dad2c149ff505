//! Reads Schema Objects into one form for all versions.

use super::additional::{Additional, additional};
use super::discriminator::discriminator;
use super::{Reader, Version};
use crate::diag::codes;
use crate::resolve::reference;
use crate::tree::{Kind, Node};

/// The types in `type`, without `null`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypeSet {
    pub boolean: bool,
    pub integer: bool,
    pub number: bool,
    pub string: bool,
    pub array: bool,
    pub object: bool,
}

impl TypeSet {
    /// Returns the number of types.
    pub fn len(self) -> usize {
        let flags = [
            self.boolean,
            self.integer,
            self.number,
            self.string,
            self.array,
            self.object,
        ];
        flags.into_iter().filter(|flag| *flag).count()
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns whether there is exactly one type, and it is neither array nor object.
    pub fn is_scalar(self) -> bool {
        self.len() == 1 && !self.array && !self.object
    }
}

/// The items of an array after those that have a schema by position.
#[derive(Debug, Clone, Copy)]
pub enum FurtherItems<'t> {
    /// Any items.
    Any,
    /// No further items.
    None,
    Schema(Node<'t>),
}

/// A Schema Object. Schemas inside of it stay nodes, and are read when they are needed.
#[derive(Debug, Clone)]
pub struct Schema<'t> {
    pub node: Node<'t>,
    /// The text of `$ref`.
    pub reference: Option<&'t str>,
    pub types: TypeSet,
    /// `nullable: true`, or `null` in `type` or `enum`.
    pub nullable: bool,
    pub format: Option<&'t str>,
    /// A value in the document does not match the `format`; see [`Reader::doubted`].
    pub doubted: bool,
    /// The values of `enum` or `const`, without `null`.
    pub values: Vec<Node<'t>>,
    pub properties: Vec<(&'t str, Node<'t>)>,
    pub required: Vec<&'t str>,
    pub additional: Additional<'t>,
    /// The schemas by position: `prefixItems`, or an `items` array before JSON Schema 2020.
    pub places: Vec<Node<'t>>,
    /// `items`, or `additionalItems` beside an `items` array.
    pub rest: FurtherItems<'t>,
    pub all_of: Vec<Node<'t>>,
    /// `oneOf`, else `anyOf`.
    pub branches: Vec<Node<'t>>,
    pub discriminator: Option<Node<'t>>,
    pub deprecated: bool,
    pub inferred: bool,
    /// `x-sdkgen-envelope`.
    pub envelope: Vec<&'t str>,
}

/// Annotations of a schema that apply to the property that has it.
#[derive(Debug, Clone, Copy)]
pub struct PropertyMarks {
    pub deprecated: bool,
    pub inferred: bool,
}

impl PropertyMarks {
    pub fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Self {
        let mut flag = |key| reader.flag(node, key).unwrap_or_default();
        PropertyMarks {
            deprecated: flag("deprecated"),
            inferred: flag("x-sdkgen-inferred"),
        }
    }
}

impl<'t> Schema<'t> {
    /// Reads an object schema. Other nodes, such as boolean schemas, result in a blank schema.
    pub fn read(node: Node<'t>, reader: &mut Reader<'_>) -> Self {
        let mut schema = Schema::blank(node);
        schema.reference = reference(node).map(|(_, text)| text);
        schema.format = node.text("format");
        schema.doubted = schema.format.is_some() && reader.doubted.contains(&node.id());
        if node.is_object() {
            schema.read_members(reader);
        }
        if schema.reference.is_some() && reader.version <= Version::V30 {
            schema.forget_siblings(reader);
        }
        schema
    }

    /// Drops structural keywords beside a `$ref`, as Swagger 2.0 and OpenAPI 3.0 require. Annotations such as
    /// `nullable` are kept, because authors who write them mean them.
    fn forget_siblings(&mut self, reader: &mut Reader<'_>) {
        let parts = [
            "properties",
            "required",
            "additionalProperties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
            "enum",
        ];
        for sibling in parts
            .into_iter()
            .filter_map(|keyword| self.node.get(keyword))
        {
            reader.diagnostics.push(codes::beside_reference(sibling));
        }
        *self = Schema {
            reference: self.reference,
            nullable: self.nullable,
            deprecated: self.deprecated,
            inferred: self.inferred,
            envelope: std::mem::take(&mut self.envelope),
            ..Schema::blank(self.node)
        };
    }

    /// Returns whether keywords beside a `$ref` make it a different type than its target.
    pub fn extends_reference(&self) -> bool {
        self.adds_to_reference() || (self.reference.is_some() && !self.branches.is_empty())
    }

    /// Like [`Schema::extends_reference`], but ignores a union, whose branches may only be constraints.
    pub fn adds_to_reference(&self) -> bool {
        let parts = !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.all_of.is_empty()
            || !self.conditional().is_empty()
            || !self.is_open();
        self.reference.is_some() && parts
    }

    /// Returns a schema without keywords.
    pub fn blank(node: Node<'t>) -> Self {
        Schema {
            node,
            reference: None,
            types: TypeSet::default(),
            nullable: false,
            format: None,
            doubted: false,
            values: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unsaid,
            places: Vec::new(),
            rest: FurtherItems::Any,
            all_of: Vec::new(),
            branches: Vec::new(),
            discriminator: None,
            deprecated: false,
            inferred: false,
            envelope: Vec::new(),
        }
    }

    /// Returns the conditional schemas: `then`, `else`, and those that depend on a property.
    pub fn conditional(&self) -> Vec<Node<'t>> {
        let node = self.node;
        let test = node.get("if");
        let branches = ["then", "else"].map(|keyword| test.and_then(|_| node.get(keyword)));
        let dependent = ["dependentSchemas", "dependencies"].map(|keyword| node.get(keyword));
        let dependent = dependent.into_iter().flatten().flat_map(Node::members);
        let schemas = branches
            .into_iter()
            .flatten()
            .chain(dependent.map(|(_, schema)| schema));
        schemas.filter(|schema| schema.is_object()).collect()
    }

    fn read_members(&mut self, reader: &mut Reader<'_>) {
        let node = self.node;
        self.read_types(reader);
        self.nullable |= reader.flag(node, "nullable").unwrap_or_default();
        if reader.version == Version::V20 {
            self.nullable |= reader.flag(node, "x-nullable").unwrap_or_default();
        }
        self.read_values(reader);
        self.read_properties(reader);
        self.read_required(reader);
        self.additional = additional(node);
        self.read_items(reader);
        self.all_of = reader.array(node, "allOf");
        self.branches = reader.array(node, "oneOf");
        if self.branches.is_empty() {
            self.branches = reader.array(node, "anyOf");
        }
        self.discriminator = discriminator(node, reader);
        let marks = PropertyMarks::read(node, reader);
        self.deprecated = marks.deprecated;
        self.inferred = marks.inferred;
        self.envelope = reader.strings(node, "x-sdkgen-envelope");
    }

    fn read_properties(&mut self, reader: &mut Reader<'_>) {
        let Some(properties) = reader.object(self.node, "properties") else {
            return;
        };
        let members = properties.members();
        let members = members.map(|(name, property)| (name, reader.content(property)));
        self.properties = members.collect();
        if let Some(elsewhere) = reader.borrowed.get(&properties.id()) {
            reader
                .diagnostics
                .push(codes::reference_for_properties(properties));
            self.properties.retain(|(name, _)| *name != "$ref");
            let borrowed = properties.tree().node(*elsewhere).members();
            let borrowed = borrowed.filter(|(name, _)| properties.get(name).is_none());
            self.properties.extend(borrowed);
        }
    }

    fn read_items(&mut self, reader: &mut Reader<'_>) {
        let items = self.node.get("items");
        let listed = items.filter(|items| items.kind() == Kind::Array);
        let rest = match listed {
            Some(places) => {
                self.places = places.items().collect();
                self.node.get("additionalItems")
            }
            None => {
                self.places = reader.array(self.node, "prefixItems");
                items
            }
        };
        self.rest = match rest {
            None => FurtherItems::Any,
            Some(rest) => match rest.as_bool() {
                Some(true) => FurtherItems::Any,
                Some(false) => FurtherItems::None,
                None => FurtherItems::Schema(rest),
            },
        };
    }

    /// Returns whether the array has exactly one item for each position.
    ///
    /// Strictly, fewer items are valid unless `minItems` forbids it. An author who lists the positions and allows no
    /// further items means all of them.
    pub fn is_tuple(&self) -> bool {
        let count = |keyword: &str| {
            let number = self.node.get(keyword).and_then(Node::as_number);
            number.and_then(serde_json::Number::as_u64)
        };
        let places = self.places.len() as u64;
        let closed = matches!(self.rest, FurtherItems::None) || count("maxItems") == Some(places);
        places > 0 && closed && count("minItems").is_none_or(|least| least == places)
    }

    /// Returns whether the schema describes the items of an array.
    fn says_items(&self) -> bool {
        !self.places.is_empty()
            || !matches!(self.rest, FurtherItems::Any)
            || self.node.get("items").is_some()
    }

    /// Returns whether the schema describes arrays, by its type or by keywords of arrays.
    pub fn is_array(&self) -> bool {
        self.types.array || (self.types.is_empty() && self.says_items())
    }

    fn read_types(&mut self, reader: &mut Reader<'_>) {
        let Some(node) = self.node.get("type") else {
            return;
        };
        match node.kind() {
            Kind::String => self.add_type(node, reader),
            Kind::Array => node.items().for_each(|item| self.add_type(item, reader)),
            Kind::Null => self.add_type(node, reader),
            _ => reader
                .diagnostics
                .push(codes::wrong_kind(node, "type", "a string or an array")),
        }
    }

    fn add_type(&mut self, node: Node<'t>, reader: &mut Reader<'_>) {
        match node.as_str() {
            Some("boolean") => self.types.boolean = true,
            Some("integer") => self.types.integer = true,
            Some("number") => self.types.number = true,
            Some("string") => self.types.string = true,
            Some("array") => self.types.array = true,
            Some("object") => self.types.object = true,
            Some("null") => self.nullable = true,
            // The type of uploads in Swagger 2.0, often left behind by converters.
            Some("file") => {
                self.types.string = true;
                self.format = Some("binary");
                if reader.version != Version::V20 {
                    reader
                        .diagnostics
                        .push(codes::unknown_type(node, "file", "a binary string"));
                }
            }
            None if node.kind() == Kind::Null => {
                self.nullable = true;
                reader.diagnostics.push(codes::unquoted_null_type(node));
            }
            other => {
                let name = other.unwrap_or_default();
                reader
                    .diagnostics
                    .push(codes::unknown_type(node, name, "any JSON value"));
            }
        }
    }

    fn read_values(&mut self, reader: &mut Reader<'_>) {
        let mut values = reader.array(self.node, "enum");
        if let Some(constant) = self.node.get("const") {
            values = vec![constant];
        }
        let null = values.iter().find(|value| value.kind() == Kind::Null);
        if let Some(null) = null.filter(|_| !self.nullable && self.node.get("type").is_some()) {
            reader.diagnostics.push(codes::null_in_enum(*null));
        }
        self.nullable |= null.is_some();
        values.retain(|value| value.kind() != Kind::Null);
        self.values = values;
    }

    /// Reads `required`. A boolean is the syntax of draft 3, and is reported and ignored.
    fn read_required(&mut self, reader: &mut Reader<'_>) {
        match self.node.get("required") {
            // A parameter of Swagger 2.0 is its own schema.
            Some(node)
                if node.kind() == Kind::Bool
                    && reader.version == Version::V20
                    && self.node.text("in").is_some() => {}
            Some(node) if node.kind() == Kind::Bool => {
                reader.diagnostics.push(codes::boolean_required(node));
            }
            _ => self.required = reader.strings(self.node, "required"),
        }
    }

    /// Returns a constant, default or example. An unquoted number or boolean in YAML becomes a string again if the
    /// schema wants one.
    pub fn value(&self, node: Node<'_>) -> serde_json::Value {
        let is_text = self.types.string && self.types.len() == 1;
        match node.kind() {
            Kind::Number | Kind::Bool if is_text => node.spelled().into(),
            _ => node.to_json(),
        }
    }

    /// Returns whether the schema does not restrict the structure of values, only has prose, limits or examples.
    pub fn is_annotation(&self) -> bool {
        self.reference.is_none()
            && self.types.is_empty()
            && self.values.is_empty()
            && self.properties.is_empty()
            && !self.says_items()
            && self.all_of.is_empty()
            && self.branches.is_empty()
            && matches!(self.additional, Additional::Unsaid | Additional::Allowed)
    }

    /// Returns whether an object may have any other properties.
    pub fn is_open(&self) -> bool {
        use Additional::{Allowed, Patterned, Unsaid};
        matches!(self.additional, Unsaid | Allowed | Patterned(_))
    }

    /// Returns whether the schema describes objects, by its type or by keywords of objects.
    pub fn is_object(&self) -> bool {
        self.types.object
            || (self.types.is_empty()
                && (!self.properties.is_empty()
                    || matches!(
                        self.additional,
                        Additional::Schema(_)
                            | Additional::Several(_)
                            | Additional::Patterned(_)
                            | Additional::Forbidden
                    )))
    }

    /// Returns whether `null` is the only valid value.
    pub fn is_null(&self) -> bool {
        let nothing = self.types.is_empty() && self.values.is_empty() && self.branches.is_empty();
        let typed_null = self.node.get("type").is_some() || self.node.get("enum").is_some();
        let constant = self
            .node
            .get("const")
            .is_some_and(|node| node.kind() == Kind::Null);
        nothing && self.nullable && (typed_null || constant) && self.reference.is_none()
    }
}
