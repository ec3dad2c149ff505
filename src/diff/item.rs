//! The items of a surface.

use super::surface_code::SurfaceCode;
use crate::ir::Schema;
use crate::rust::Ty;
use serde::Serialize;
use serde_json::Value as Json;

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SurfaceItemKind {
    Client,
    Credential,
    Server,
    Operation,
    /// The builder of a request.
    Call,
    Parameter,
    Body,
    Part,
    Response,
    Header,
    Error,
    /// A status that one operation documents.
    Status,
    Pages,
    Stream,
    Feature,
    Webhook,
    Type,
    Constructor,
    /// `Eq` of a type.
    Trait,
    Property,
    Value,
    Branch,
    /// The command-line program.
    Program,
    Command,
    /// An argument or a flag of a command.
    Argument,
}

/// The label for the format of a schema.
pub const FORMAT: &str = "format";

/// The label for the requested media types.
pub const ACCEPT: &str = "`Accept` header";

/// The label for the handling of values of other types.
pub const STRICTNESS: &str = "handling of invalid values";

/// An item of the crate with its parts.
#[derive(Debug, Clone)]
pub struct SurfaceItem {
    pub kind: SurfaceItemKind,
    /// The name in callers' code; irrelevant for an argument.
    pub name: String,
    /// The path in reports.
    pub path: String,
    /// The representation on the wire, which identifies a renamed item.
    pub identity: SurfaceCode,
    /// The configuration keys that rename the item.
    pub keys: Vec<ConfigKey>,
    /// The content of the item, which identifies it if nothing else does.
    pub fingerprint: String,
    /// The first use of a type, with its fingerprint.
    pub first_use: String,
    /// An example of its use.
    pub code: String,
    /// Code that replaces the item if it is removed.
    pub replacement: Option<String>,
    /// The type; empty if it has none.
    pub ty: SurfaceCode,
    /// Whether the type is given in words instead of code.
    pub is_type_in_words: bool,
    /// Whether the item is a positional argument of its owner.
    pub is_argument: bool,
    /// Whether a flag of a command is required.
    pub is_required: bool,
    /// Which of the path's parameters it is.
    pub place_in_path: Option<usize>,
    pub deprecated: bool,
    /// Facts on the wire as (label, value).
    pub wire: Vec<(&'static str, String)>,
    /// The generated code that encodes and decodes the item. It is compared if no other field differs, so that
    /// every difference on the wire is reported.
    pub printed: Vec<SurfaceCode>,
    /// The limits of values; `None` if the item is never sent.
    pub limits: Option<Vec<(String, Json)>>,
    pub items: Vec<SurfaceItem>,
}

impl SurfaceItem {
    pub fn new(kind: SurfaceItemKind, name: impl Into<String>, path: impl Into<String>) -> Self {
        let (name, path) = (name.into(), path.into());
        SurfaceItem {
            kind,
            code: path.clone(),
            name,
            path,
            identity: SurfaceCode::default(),
            fingerprint: String::new(),
            first_use: String::new(),
            keys: Vec::new(),
            replacement: None,
            ty: SurfaceCode::default(),
            is_type_in_words: false,
            is_argument: false,
            is_required: false,
            place_in_path: None,
            deprecated: false,
            wire: Vec::new(),
            printed: Vec::new(),
            limits: None,
            items: Vec::new(),
        }
    }

    pub fn of_type(mut self, ty: &Ty<'_>) -> Self {
        self.ty = SurfaceCode::of(ty);
        self
    }

    /// Describes the kind of its type.
    pub fn of_kind(mut self, words: &str) -> Self {
        self.ty = SurfaceCode::text(words);
        self.is_type_in_words = true;
        self
    }

    pub fn known_as(mut self, identity: impl Into<String>) -> Self {
        self.identity = SurfaceCode::text(identity);
        self
    }

    /// Identifies the item by its type.
    pub fn known_as_type(mut self, ty: &Ty<'_>) -> Self {
        self.identity = SurfaceCode::of(ty);
        self
    }

    pub fn used(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    pub fn named_by(mut self, section: Section, key: impl Into<String>, name: &str) -> Self {
        self.keys.push(ConfigKey::new(section, key, name));
        self
    }

    pub fn on_wire(mut self, what: &'static str, value: impl Into<String>) -> Self {
        self.wire.push((what, value.into()));
        self
    }

    pub fn printed(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.printed
            .extend(lines.into_iter().map(SurfaceCode::text));
        self
    }

    /// Returns whether callers construct the type.
    pub fn is_made(&self) -> bool {
        let mut items = self.items.iter();
        items.any(|item| item.kind == SurfaceItemKind::Constructor && item.name == "new")
    }

    /// Returns how a caller passes the item to its owner.
    pub fn passed(&self, owner: &SurfaceItem) -> String {
        match self.is_argument {
            true => owner.code.clone(),
            false => format!("{}.{1}({1})", owner.code, self.name),
        }
    }

    /// Returns the example with its type.
    pub fn typed(&self) -> String {
        match self.code == self.ty.as_str() {
            true => self.code.clone(),
            false => format!("{} // {}", self.code, self.ty.as_str()),
        }
    }

    /// Adds the default, format and limits of a value that is sent.
    pub fn sends(mut self, schema: &Schema) -> Self {
        let facts = schema.facts.as_deref().cloned().unwrap_or_default();
        let default = facts.default.map(|value| value.to_string());
        self.wire.push(("default", default.unwrap_or_default()));
        self.wire.push((FORMAT, facts.format.unwrap_or_default()));
        self.limits = Some(facts.limits);
        self
    }
}

/// A section of `names` in the configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    Tags,
    Ids,
    Operations,
    Types,
}

/// The configuration key of an item, and the item's name.
#[derive(Debug, Clone)]
pub struct ConfigKey {
    pub section: Section,
    /// Empty if the name follows from that of the owner.
    pub key: String,
    pub name: String,
    /// Whether the document or the configuration prescribes the name.
    pub is_asked_for: bool,
}

impl ConfigKey {
    pub fn new(section: Section, key: impl Into<String>, name: impl Into<String>) -> Self {
        ConfigKey {
            section,
            key: key.into(),
            name: name.into(),
            is_asked_for: false,
        }
    }
}
