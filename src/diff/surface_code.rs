//! Code of the surface. It knows which of its parts are names of declared types, so that two sides with other names
//! are comparable.

use crate::rust::Ty;

/// A text with the names of declared types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurfaceCode {
    /// The text, with declared types as other modules name them: `types::Call`.
    text: String,
    /// The declared types in the text.
    types: Vec<DeclaredType>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct DeclaredType {
    start: usize,
    end: usize,
    ident: String,
}

impl SurfaceCode {
    pub fn of(ty: &Ty<'_>) -> Self {
        let mut code = SurfaceCode::default();
        code.push(ty);
        code
    }

    /// Returns a declared type.
    pub fn declared(ident: &str) -> Self {
        SurfaceCode::of(&Ty::Declared { module: "", ident })
    }

    /// Returns code or words without names of types.
    pub fn text(text: impl Into<String>) -> Self {
        SurfaceCode {
            text: text.into(),
            types: Vec::new(),
        }
    }

    /// Returns the code between two texts.
    pub fn between(self, before: &str, after: &str) -> Self {
        let mut code = SurfaceCode::text(before);
        code.append(self);
        code.text.push_str(after);
        code
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the names of declared types.
    pub fn idents(&self) -> impl Iterator<Item = &str> {
        self.types.iter().map(|declared| &*declared.ident)
    }

    /// Returns the text before the first declared type.
    pub fn start(&self) -> &str {
        let end = self
            .types
            .first()
            .map_or(self.text.len(), |first| first.start);
        &self.text[..end]
    }

    /// Returns the text with other names for declared types.
    pub fn with_names(&self, name: impl Fn(&str) -> String) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut end = 0;
        for declared in &self.types {
            text.push_str(&self.text[end..declared.start]);
            text.push_str(&name(&declared.ident));
            end = declared.end;
        }
        text.push_str(&self.text[end..]);
        text
    }

    /// Adds a type as `rust::Scope` prints it.
    fn push(&mut self, ty: &Ty<'_>) {
        let mut around = |before: &str, inner: &Ty<'_>, after: &str| {
            self.append(SurfaceCode::of(inner).between(before, after));
        };
        match ty {
            Ty::Option(inner) => around("Option<", inner, ">"),
            Ty::Vec(item) => around("Vec<", item, ">"),
            Ty::Box(inner) => around("Box<", inner, ">"),
            Ty::Map(value) => around("BTreeMap<String, ", value, ">"),
            Ty::Ref(inner) => around("&", inner, ""),
            Ty::Into(target) => around("impl Into<", target, ">"),
            Ty::IntoNullable(target) => around("impl crate::IntoNullable<", target, ">"),
            Ty::IntoIterator(item) => around("impl IntoIterator<Item = ", item, ">"),
            Ty::Tuple(parts) => {
                self.text.push('(');
                for (index, part) in parts.iter().enumerate() {
                    let before = if index > 0 { ", " } else { "" };
                    self.append(SurfaceCode::of(part).between(before, ""));
                }
                self.text
                    .push_str(if parts.len() == 1 { ",)" } else { ")" });
            }
            Ty::Declared { ident, .. } => {
                let start = self.text.len();
                self.text.push_str(&ty.to_string());
                self.types.push(DeclaredType {
                    start,
                    end: self.text.len(),
                    ident: (*ident).to_owned(),
                });
            }
            Ty::Plain(_)
            | Ty::Root(_)
            | Ty::Runtime(..)
            | Ty::Local(_)
            | Ty::OpenMap
            | Ty::Quoted(_)
            | Ty::Serialize
            | Ty::AsStr
            | Ty::ToString => self.text.push_str(&ty.to_string()),
        }
    }

    fn append(&mut self, other: SurfaceCode) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.types
            .extend(other.types.into_iter().map(|declared| DeclaredType {
                start: declared.start + offset,
                end: declared.end + offset,
                ..declared
            }));
    }
}

#[cfg(test)]
mod tests {
    use super::SurfaceCode;
    use crate::rust::Ty;

    #[test]
    fn code_is_that_of_other_modules() {
        let pet = || Ty::Declared {
            module: "pet",
            ident: "Pet",
        };
        for ty in [
            pet().option().vec().boxed().reference(),
            pet().map().conversion(),
            pet().iterator(),
            Ty::Tuple(vec![pet()]),
            Ty::Tuple(vec![pet(), Ty::STRING, pet()]),
            Ty::Tuple(Vec::new()),
            Ty::Quoted(Box::new(Ty::Plain("i64"))),
        ] {
            assert_eq!(SurfaceCode::of(&ty).as_str(), ty.to_string());
        }
    }

    #[test]
    fn only_declared_types_are_renamed() {
        let pair = Ty::Tuple(vec![
            Ty::Declared {
                module: "pet",
                ident: "Pet",
            },
            Ty::STRING,
        ]);
        let code = SurfaceCode::of(&pair).between("let types::Pet: ", ";");
        assert_eq!(code.start(), "let types::Pet: (");
        assert_eq!(code.idents().collect::<Vec<_>>(), ["Pet"]);
        let renamed = code.with_names(|ident| format!("types::{ident}2"));
        assert_eq!(renamed, "let types::Pet: (types::Pet2, String);");
    }
}
