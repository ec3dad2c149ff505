//! Assigns items to pages, and builds the links between pages.

use super::uses::Uses;
use crate::ir::{Api, Response, Schema, SchemaKind, Shape, TypeId, preferred};
use crate::rust::{Plan, Scope, Ty};

/// The number of types up to which all types share a page. Beyond it, each root type has a page with its
/// inline parts.
const MAX_TYPES_ON_A_PAGE: usize = 100;

/// The anchor of the start page's section about inferred parts. sdkgen's anchors contain a capital letter
/// or a full stop, so they never collide with mdBook's anchors for a description's headings.
pub const INFERRED: &str = "Inferred";

/// The path of the start page.
pub const START: &str = "index.md";

/// The input of all pages.
pub struct Book<'a> {
    pub plan: Plan<'a>,
    /// Whether each root type has its own page.
    pub split: bool,
    pub uses: Uses,
}

/// A page during rendering, with its path for relative links.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub book: &'a Book<'a>,
    /// The path below `src`, with `/` separators.
    pub path: &'a str,
}

impl<'a> Book<'a> {
    pub fn new(plan: Plan<'a>) -> Self {
        Book {
            plan,
            split: plan.api.types.len() > MAX_TYPES_ON_A_PAGE,
            uses: Uses::of(plan.api),
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

    /// Returns whether any part of the description is marked as inferred.
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

/// Renames `readme`, because mdBook treats `readme.md` as the index of its folder.
fn file_stem(module: &str) -> String {
    let stem = module.trim_start_matches("r#");
    if stem == "readme" {
        format!("{stem}_")
    } else {
        stem.to_owned()
    }
}

impl Page<'_> {
    /// Returns the relative URL from this page to an anchor in the book.
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

    /// Returns a link to a type's section.
    pub fn type_link(self, id: TypeId) -> String {
        let ident = &self.book.plan.names.ty(id).ident;
        format!(
            "[`{ident}`]({})",
            self.to(&self.book.type_page(id), &type_anchor(ident))
        )
    }

    /// Returns the URL of the section about inferred parts.
    pub fn inferred_link(self) -> String {
        self.to(START, INFERRED)
    }

    /// Returns a Rust type as a code span. It links to the first type of the crate in it.
    pub fn rust_type(self, ty: &Ty<'_>, schema: &Schema) -> String {
        let code = match &schema.kind {
            SchemaKind::Constant(only) => {
                return crate::prose::piped(&crate::describe::json(&only.value));
            }
            _ => crate::prose::code_span(&Scope::in_book().ty(ty).to_string()),
        };
        match declared(schema) {
            Some(id) => {
                let ident = &self.book.plan.names.ty(id).ident;
                let url = self.to(&self.book.type_page(id), &type_anchor(ident));
                format!("[{code}]({url})")
            }
            None => code,
        }
    }

    /// Describes a schema in words, with links to declared types.
    pub fn type_words(self, schema: &Schema) -> String {
        let words = match &schema.kind {
            SchemaKind::Any => "any JSON value".to_owned(),
            SchemaKind::Null => "null".to_owned(),
            SchemaKind::Constant(only) => crate::describe::json(&only.value),
            SchemaKind::Boolean => "boolean".to_owned(),
            SchemaKind::Integer(_) => "integer".to_owned(),
            SchemaKind::Number(_) => "number".to_owned(),
            SchemaKind::String(format) => format.format().meaning.to_owned(),
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

/// Returns the first declared type in a schema.
fn declared(schema: &Schema) -> Option<TypeId> {
    match &schema.kind {
        SchemaKind::Declared(id) => Some(*id),
        kind => kind.parts().iter().find_map(declared),
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the anchor of a type's section. Non-ASCII identifiers stay unchanged: fragments allow them,
/// and browsers encode them.
pub fn type_anchor(ident: &str) -> String {
    format!("types.{ident}")
}

/// Returns a chapter title that is plain text, because mdBook prints titles in several places and does
/// not escape all of them.
pub fn title(text: &str, otherwise: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || "-.,/'".contains(c) {
            c
        } else {
            ' '
        }
    };
    let text: String = text.chars().map(plain).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        otherwise.to_owned()
    } else {
        words.join(" ")
    }
}

/// Returns an entry in a list of pages.
pub fn item(title: &str, path: &str) -> String {
    format!("[{title}]({path})")
}

/// Returns whether a response's body is inferred.
pub fn is_inferred(api: &Api, response: &Response) -> bool {
    let body = preferred(&response.contents);
    body.is_some_and(|content| response.inferred || leads_to_inferred(api, &content.schema))
}

/// Returns whether a schema refers directly to an inferred type.
fn leads_to_inferred(api: &Api, schema: &Schema) -> bool {
    match &schema.kind {
        SchemaKind::Declared(id) => api.ty(*id).inferred,
        kind => kind.parts().iter().any(|part| leads_to_inferred(api, part)),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_plain_text() {
        assert_eq!(
            title("Pets & <b>Owners</b> [x](y)", "pets"),
            "Pets b Owners /b x y"
        );
        assert_eq!(title("*", "other"), "other");
    }
}
