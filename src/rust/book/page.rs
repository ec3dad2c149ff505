//! The plan of the book: which page a thing is on, and how one page links to another.

use crate::ir::{Schema, SchemaKind, Shape, TypeId};
use crate::rust::Plan;

/// With more types than this, each type has a page, together with its inline parts.
const MAX_TYPES_ON_A_PAGE: usize = 100;

/// The start page's section about what is inferred. Anchors of sdkgen's own have a capital or a full
/// stop, which those that mdBook makes of a description's headings never have.
pub const INFERRED: &str = "Inferred";

/// What every page is made from.
pub struct Book<'a> {
    pub plan: Plan<'a>,
    /// Whether each type has a page of its own.
    pub split: bool,
}

/// A page in the making, which knows where it is.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub book: &'a Book<'a>,
    /// Below `src`, with `/`.
    pub path: &'a str,
}

impl<'a> Book<'a> {
    pub fn new(plan: Plan<'a>) -> Self {
        Book {
            plan,
            split: plan.api.types.len() > MAX_TYPES_ON_A_PAGE,
        }
    }

    pub fn page<'p>(&'p self, path: &'p str) -> Page<'p> {
        Page { book: self, path }
    }

    pub fn resource_page(&self, group: usize) -> String {
        format!(
            "resources/{}.md",
            file_stem(&self.plan.names.resources[group].module)
        )
    }

    pub fn type_page(&self, id: TypeId) -> String {
        match self.split {
            true => format!("types/{}.md", file_stem(&self.plan.names.ty(id).module)),
            false => "types.md".to_owned(),
        }
    }

    /// Whether anything in the description is marked as inferred.
    pub fn has_inferred(&self) -> bool {
        let api = self.plan.api;
        let types = api.types.iter().any(|def| {
            let members = match &def.shape {
                Shape::Object(object) => &object.members[..],
                _ => &[],
            };
            def.inferred || members.iter().any(|member| member.inferred)
        });
        let operations = api.operations.iter().any(|operation| {
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.inferred)
                || operation.responses.iter().any(|response| response.inferred)
        });
        types || operations || api.webhooks.iter().any(|webhook| webhook.inferred)
    }
}

/// mdBook takes a `readme.md` for the index of its folder.
fn file_stem(module: &str) -> String {
    let stem = module.trim_start_matches("r#");
    if stem == "readme" {
        format!("{stem}_")
    } else {
        stem.to_owned()
    }
}

impl Page<'_> {
    /// The address of a place in the book, seen from this page.
    pub fn to(self, path: &str, anchor: &str) -> String {
        let fragment = if anchor.is_empty() {
            String::new()
        } else {
            format!("#{anchor}")
        };
        if path == self.path {
            return if anchor.is_empty() {
                file_name(path).to_owned()
            } else {
                fragment
            };
        }
        let up = "../".repeat(self.path.matches('/').count());
        format!("{up}{path}{fragment}")
    }

    /// A link to a type's section.
    pub fn type_link(self, id: TypeId) -> String {
        let ident = &self.book.plan.names.ty(id).ident;
        format!(
            "[`{ident}`]({})",
            self.to(&self.book.type_page(id), &type_anchor(ident))
        )
    }

    /// A link to the section about inferred things.
    pub fn inferred_link(self) -> String {
        self.to(super::start::PATH, INFERRED)
    }

    /// What a schema is, in words, with links to declared types.
    pub fn type_words(self, schema: &Schema) -> String {
        let words = match &schema.kind {
            SchemaKind::Any => "any JSON value".to_owned(),
            SchemaKind::Null => "null".to_owned(),
            SchemaKind::Constant(only) => crate::describe::json(&only.value),
            SchemaKind::Boolean => "boolean".to_owned(),
            SchemaKind::Integer(_) => "integer".to_owned(),
            SchemaKind::Number(_) => "number".to_owned(),
            SchemaKind::String(format) => string_words(*format).to_owned(),
            SchemaKind::Array(items) => format!("array of {}", self.type_words(items)),
            SchemaKind::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.type_words(part)).collect();
                format!("array of exactly: {}", parts.join(", "))
            }
            SchemaKind::Map(values) if values.kind == SchemaKind::Any => "object".to_owned(),
            SchemaKind::Map(values) => format!("object, each value: {}", self.type_words(values)),
            SchemaKind::Declared(id) => self.type_link(*id),
            SchemaKind::Envelope(_, inner) => self.type_words(inner),
        };
        if schema.nullable && schema.kind != SchemaKind::Any {
            format!("{words} or null")
        } else {
            words
        }
    }
}

fn string_words(format: crate::ir::StringFormat) -> &'static str {
    use crate::ir::StringFormat::{
        Base64, Base64Url, Binary, Date, DateTime, Integer, Password, Plain, Uuid,
    };
    match format {
        Plain => "string",
        Date => "date, as `2026-01-31`",
        DateTime => "date and time (RFC 3339)",
        Uuid => "UUID",
        Base64 => "bytes in base64",
        Base64Url => "bytes in base64url",
        Binary => "bytes",
        Password => "password",
        Integer(_) => "integer, as a string",
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The anchor of a type's section. Identifiers that are no ASCII are left as they are: a fragment may
/// hold them, and browsers encode them.
pub fn type_anchor(ident: &str) -> String {
    format!("types.{ident}")
}

/// The title of a chapter: words and little else, since mdBook prints titles in several places, not
/// all of which it escapes.
pub fn title(text: &str, otherwise: &str) -> String {
    let kept = |c: char| {
        if c.is_alphanumeric() || "-.,/'".contains(c) {
            c
        } else {
            ' '
        }
    };
    let text: String = text.chars().map(kept).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        otherwise.to_owned()
    } else {
        words.join(" ")
    }
}

/// An item in a list of what is in the book.
pub fn item(title: &str, path: &str) -> String {
    format!("[{title}]({path})")
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_words() {
        assert_eq!(
            title("Pets & <b>Owners</b> [x](y)", "pets"),
            "Pets b Owners /b x y"
        );
        assert_eq!(title("*", "other"), "other");
    }
}
