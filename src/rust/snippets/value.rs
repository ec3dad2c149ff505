//! Rust expressions of the API's values: the same JSON, as a caller of the crate writes it.

use crate::ir::{IntegerFormat, NumberFormat, Schema, SchemaKind, Shape, StringFormat, TypeId};
use crate::prose::is_unseen;
use crate::rust::plan::is_any;
use crate::rust::{Expr, Plan, Scope, Ty};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// Writes expressions, and notes what they need.
pub struct Writer<'a> {
    pub plan: Plan<'a>,
    /// The types that the code names.
    pub types: BTreeSet<String>,
    /// The types beside a call that the code names, by module and name.
    pub bodies: BTreeSet<(String, String)>,
    /// Whether a text is parsed on the way, which fails with an error of its own.
    pub parses: bool,
    /// How many values are being written, each within the one before it or as a branch of it.
    depth: usize,
}

/// Values deeper than this are read from JSON: unions of unions and aliases go on for longer than any stack.
const DEEPEST: usize = 100;

impl<'a> Writer<'a> {
    pub fn new(plan: Plan<'a>) -> Self {
        Writer {
            plan,
            types: BTreeSet::new(),
            bodies: BTreeSet::new(),
            parses: false,
            depth: 0,
        }
    }

    /// The argument for a value of a parameter or of a part of a body.
    pub fn taken(&mut self, schema: &Schema, value: &Json) -> Expr {
        let plan = self.plan;
        let schema = &Schema {
            nullable: false,
            ..schema.clone()
        };
        match (plan.api.resolved(schema), value) {
            _ if self.is_text(schema) => text(value),
            _ if plan.is_converted(schema) => self.argument(schema, value),
            (SchemaKind::Array(items), Json::Array(values)) => {
                // The argument's items are no `Option`s: an array has no way to send a null.
                let values = values
                    .iter()
                    .filter(|value| !(items.nullable && value.is_null()));
                let values: Vec<&Json> = values.collect();
                if values.is_empty() {
                    return Expr::new(self.path(self.plan.bare(items).vec()), []);
                }
                if plan.is_converted(items) && !items.nullable {
                    return self.items(items, &values);
                }
                let is_string = plan.is_string(items);
                let values = values
                    .iter()
                    .map(|value| match is_string && value.is_string() {
                        true => text(value),
                        false => self.value(items, value),
                    });
                Expr::array(values.collect::<Vec<_>>())
            }
            (
                SchemaKind::Any
                | SchemaKind::Tuple(_)
                | SchemaKind::Map(_)
                | SchemaKind::Envelope(..),
                _,
            ) => self.owned(schema, value).reference(),
            (SchemaKind::Declared(id), _) if !matches!(plan.api.ty(*id).shape, Shape::Enum(_)) => {
                self.owned(schema, value).reference()
            }
            _ => self.owned(schema, value),
        }
    }

    /// The argument of a parameter without a type.
    pub fn untyped(&mut self, value: &Json) -> Expr {
        match value {
            Json::String(_) => text(value),
            Json::Bool(_) => Expr::literal(value),
            _ => self.any(value),
        }
    }

    /// Whether the type is a text of Rust's own.
    pub(super) fn is_text(&self, schema: &Schema) -> bool {
        let own = matches!(self.plan.api.resolved(schema), SchemaKind::String(_))
            && self.plan.bare(schema) == Ty::STRING;
        own || self.plan.is_string(schema)
    }

    /// An expression of the schema's own type, for an argument that converts where it can.
    pub(super) fn argument(&mut self, schema: &Schema, value: &Json) -> Expr {
        let schema = &Schema {
            nullable: false,
            ..schema.clone()
        };
        if let (Some(items), Some(values)) = (self.plan.converted_items(schema), value.as_array()) {
            if values.is_empty() {
                return Expr::new(self.path(self.plan.bare(schema)), []);
            }
            return self.items(items, &values.iter().collect::<Vec<_>>());
        }
        if let Some(branch) = self.chosen(schema, value) {
            return self.branch(branch, value);
        }
        match self.plan.api.resolved(schema) {
            _ if self.is_text(schema) && value.is_string() => text(value),
            SchemaKind::String(StringFormat::Password) if value.is_string() => text(value),
            SchemaKind::String(StringFormat::Integer(_)) => match digits(value) {
                Some(digits) => digits,
                None => self.owned(schema, value),
            },
            SchemaKind::String(StringFormat::Base64 | StringFormat::Base64Url)
                if value == BASE64.1 =>
            {
                Expr::string(BASE64.0)
            }
            _ => self.owned(schema, value),
        }
    }

    /// The array of an argument whose items convert. The items of an array have one type: those of several
    /// branches of a union are converted one by one.
    fn items(&mut self, items: &Schema, values: &[&Json]) -> Expr {
        let branch = |value: &&Json| self.chosen(items, value).map(|chosen| chosen.index);
        let mut branches = values.iter().map(branch);
        let first = branches.next().flatten();
        let is_same = branches.all(|branch| branch == first);
        let write = |value: &&Json| match is_same {
            true => self.argument(items, value),
            false => self.owned(items, value),
        };
        Expr::array(values.iter().map(write).collect::<Vec<_>>())
    }

    /// An expression of exactly the schema's type.
    pub fn owned(&mut self, schema: &Schema, value: &Json) -> Expr {
        if self.depth >= DEEPEST {
            return self.read(schema, value);
        }
        self.depth += 1;
        let code = match (schema.nullable, value) {
            (true, Json::Null) => Expr::variable("None"),
            (true, value) => Expr::some(self.value(schema, value)),
            (false, value) => self.value(schema, value),
        };
        self.depth -= 1;
        code
    }

    fn value(&mut self, schema: &Schema, value: &Json) -> Expr {
        let plan = self.plan;
        match (&schema.kind, value) {
            (SchemaKind::Any, _) => self.any(value),
            (SchemaKind::Null | SchemaKind::Constant(_), _) => Expr::tuple([]),
            (SchemaKind::Boolean, Json::Bool(value)) => Expr::literal(value),
            (SchemaKind::Integer(IntegerFormat::Big), Json::Number(number))
            | (SchemaKind::Number(NumberFormat::Decimal), Json::Number(number)) => {
                self.parsed(&number.to_string())
            }
            (SchemaKind::Integer(_), Json::Number(number)) => integer(number),
            (SchemaKind::Number(NumberFormat::Double), Json::Number(number)) => {
                Expr::literal(format!("{:?}", number.as_f64().unwrap_or_default()))
            }
            (SchemaKind::String(format), Json::String(text)) => self.string(schema, *format, text),
            (SchemaKind::Array(items), Json::Array(values)) => match &values[..] {
                [] => Expr::new("Vec", []),
                values => {
                    let values = values.iter().map(|value| self.owned(items, value));
                    Expr::vec(values.collect::<Vec<_>>())
                }
            },
            (SchemaKind::Tuple(parts), Json::Array(values)) if parts.len() == values.len() => {
                let pairs = parts.iter().zip(values);
                let parts = pairs.map(|(part, value)| self.owned(part, value));
                Expr::tuple(parts.collect::<Vec<_>>())
            }
            (SchemaKind::Map(values), Json::Object(map)) => self.map(values, map),
            (SchemaKind::Declared(id), _) => {
                let def = plan.api.ty(*id);
                let code = match &def.shape {
                    Shape::Enum(shape) => {
                        let mut listed = shape.values.iter();
                        let index = listed.position(|known| known.value == *value);
                        index.map(|index| {
                            let (ty, variant) = self.variant(*id, index);
                            Expr::item(ty, variant)
                        })
                    }
                    Shape::Object(object) => self.object(*id, object, value),
                    Shape::Union(union) => self.union(*id, union, value),
                    Shape::Alias(target) => Some(self.owned(target, value)),
                };
                code.unwrap_or_else(|| self.read(schema, value))
            }
            (SchemaKind::Envelope(_, inner), _) => self.owned(inner, value),
            _ => self.read(schema, value),
        }
    }

    /// Any JSON. What JSON escapes is another escape in Rust.
    fn any(&mut self, value: &Json) -> Expr {
        const SHORT: usize = 50;
        let text = spaced(value);
        let plain = |c: char| c != '\\' && !is_unseen(c);
        if text.len() <= SHORT && text.chars().all(plain) {
            return Expr::macro_call("serde_json::json", text);
        }
        self.read(&Schema::any(), value)
    }

    /// A value that is read from its JSON: what no constructor can make.
    pub(super) fn read(&mut self, schema: &Schema, value: &Json) -> Expr {
        self.parses = true;
        let ty = self.plan.bare(schema);
        let ty = self.print(|scope| scope.ty(&ty).to_string());
        let function = format!("serde_json::from_str::<{ty}>");
        Expr::call(function, [Expr::quoting(&value.to_string())]).tried()
    }

    /// Prints a type as the first part of an expression's path.
    pub(super) fn path(&mut self, ty: Ty<'_>) -> String {
        self.print(|scope| scope.expression_path(&ty))
    }

    /// Prints code of a program that depends on the crate, and notes the types that it has to import.
    pub(super) fn print(&mut self, print: impl FnOnce(&Scope<'_>) -> String) -> String {
        let crate_name = self.plan.crate_name();
        let scope = Scope::dependent(&crate_name);
        let code = print(&scope);
        self.types.extend(scope.declared());
        code
    }

    fn string(&mut self, schema: &Schema, format: StringFormat, text: &str) -> Expr {
        match format {
            _ if self.is_text(schema) => Expr::string(text).method("to_owned", []),
            StringFormat::Password => Expr::string(text).method("into", []),
            StringFormat::Base64 | StringFormat::Base64Url if text == BASE64.1 => {
                Expr::string(BASE64.0).method("into", [])
            }
            StringFormat::Base64 | StringFormat::Base64Url => self.read(schema, &Json::from(text)),
            StringFormat::Integer(_) => match digits(&Json::from(text)) {
                Some(digits) => {
                    let crate_name = self.plan.crate_name();
                    Expr::call(format!("{crate_name}::Quoted"), [digits])
                }
                None => self.read(schema, &Json::from(text)),
            },
            _ => self.parsed(text),
        }
    }

    fn parsed(&mut self, text: &str) -> Expr {
        self.parses = true;
        Expr::string(text).method("parse", []).tried()
    }

    fn map(&mut self, values: &Schema, map: &Map<String, Json>) -> Expr {
        if map.is_empty() {
            let ty = match is_any(values) {
                true => "serde_json::Map",
                false => "std::collections::BTreeMap",
            };
            return Expr::new(ty, []);
        }
        let pairs = map.iter().map(|(name, value)| {
            let value = self.owned(values, value);
            Expr::tuple([Expr::string(name).method("to_owned", []), value])
        });
        let pairs: Vec<Expr> = pairs.collect();
        // A longer pair would be several lines, which is no way to show a map.
        if pairs.iter().any(|pair| pair.to_string().len() > 60) {
            self.parses = true;
            let text = Json::Object(map.clone()).to_string();
            return Expr::call("serde_json::from_str", [Expr::quoting(&text)]).tried();
        }
        let pairs = Expr::array(pairs);
        match is_any(values) {
            true => {
                let function = format!("{}::from_iter", self.path(Ty::OpenMap));
                Expr::call(function, [pairs])
            }
            false => pairs.method("into", []),
        }
    }

    /// The type and the variant of an enumeration or union, by its index.
    pub(super) fn variant(&mut self, id: TypeId, index: usize) -> (String, String) {
        let names = self.plan.names.ty(id);
        self.types.insert(names.ident.clone());
        (names.ident.clone(), names.parts[index].clone())
    }
}

/// Bytes that a reader can tell from what they are written as.
const BASE64: (&str, &str) = ("bytes", "Ynl0ZXM=");

/// A string literal of a text, or of the text that another value is written as.
pub(super) fn text(value: &Json) -> Expr {
    match value.as_str() {
        Some(text) => Expr::string(text),
        None => Expr::string(&value.to_string()),
    }
}

/// The literal of an integer that is a text.
fn digits(value: &Json) -> Option<Expr> {
    let integer: i128 = value.as_str()?.parse().ok()?;
    Some(Expr::literal(integer))
}

/// What `json!` takes of a value: JSON on one line, with a space after each comma and colon. Rust reads an
/// integer without a suffix as `i32`.
fn spaced(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| {
                format!("{}: {}", Json::from(&**name), spaced(value))
            };
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Number(number)
            if number
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_err()) =>
        {
            format!("{number}_i64")
        }
        Json::Number(number) if number.is_u64() && !number.is_i64() => format!("{number}_u64"),
        scalar => scalar.to_string(),
    }
}

/// Integers past 64 bits have been read as floats.
pub(super) fn integer(number: &serde_json::Number) -> Expr {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => Expr::literal(float as i128),
        None => Expr::literal(number),
    }
}
