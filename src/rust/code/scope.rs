//! Prints types by the names that a file knows, and collects the file's imports.

use super::expr::Name;
use super::{Ty, TypeCode};
use crate::rust::layout;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A file that types are printed into.
///
/// Imports are collected while printing. Searching printed code for names would also match string
/// literals of the API.
#[derive(Debug)]
pub struct Scope<'a> {
    file: FileKind<'a>,
    /// Paths of `use` items, without those of declared types.
    imports: RefCell<BTreeSet<String>>,
    /// Declared types that the file uses by a bare identifier and does not define.
    declared: RefCell<BTreeSet<String>>,
}

#[derive(Debug)]
enum FileKind<'a> {
    /// A module of `types`, which imports the types of other modules.
    Types(&'a str),
    /// Any other file of the crate; it refers to declared types as `types::Pet`.
    Crate,
    /// The file of a resource's builders, a submodule of the resource.
    Builders,
    /// The file of webhooks. It imports runtime types from the crate root, as a user does.
    Webhooks,
    /// A program that depends on the crate of this name.
    Dependent(&'a str),
    /// A file of the command-line program, for the resource of this module. The crate is called `sdk` there.
    Program(&'a str),
    /// A page of the book, which shows the names of types only.
    Book,
}

const BTREE_MAP: &str = "std::collections::BTreeMap";

impl<'a> Scope<'a> {
    fn new(file: FileKind<'a>) -> Self {
        Scope {
            file,
            imports: RefCell::default(),
            declared: RefCell::default(),
        }
    }

    pub fn types(module: &'a str) -> Self {
        Scope::new(FileKind::Types(module))
    }

    pub fn in_crate() -> Self {
        Scope::new(FileKind::Crate)
    }

    pub fn builders() -> Self {
        Scope::new(FileKind::Builders)
    }

    pub fn webhooks() -> Self {
        Scope::new(FileKind::Webhooks)
    }

    pub fn dependent(crate_name: &'a str) -> Self {
        Scope::new(FileKind::Dependent(crate_name))
    }

    pub fn program(module: &'a str) -> Self {
        Scope::new(FileKind::Program(module))
    }

    pub fn in_book() -> Self {
        Scope::new(FileKind::Book)
    }

    /// Imports a name, given by its path from the root of the crate.
    pub fn import(&self, path: &str) {
        self.import_path(format!("crate::{path}"));
    }

    fn import_path(&self, path: String) {
        self.imports.borrow_mut().insert(path);
    }

    /// Returns the paths of the file's `use` lines.
    pub fn into_imports(self) -> BTreeSet<String> {
        self.imports.into_inner()
    }

    /// Returns the declared types that the file imports individually.
    pub fn declared(&self) -> BTreeSet<String> {
        self.declared.borrow().clone()
    }

    /// Prints a type.
    pub fn ty(&self, ty: &Ty<'_>) -> TypeCode {
        match ty {
            // The program has no dependency for it, but the crate exports it.
            &Ty::BYTES if matches!(self.file, FileKind::Program(_)) => {
                TypeCode::name("sdk::bytes::Bytes")
            }
            Ty::Plain(text) => TypeCode::name(*text),
            Ty::Path(path) => TypeCode::name(match path.strip_prefix("crate::") {
                Some(name) => self.root(name),
                None => path.clone(),
            }),
            Ty::Root(name) => TypeCode::name(self.root(name)),
            Ty::Runtime(module, ident) => TypeCode::name(self.runtime(module, ident)),
            Ty::Local(ident) => TypeCode::name(self.local(ident)),
            Ty::Declared { module, ident } => TypeCode::name(self.declared_ty(module, ident)),
            Ty::Option(inner) => self.generic("Option", inner),
            Ty::Vec(item) => self.generic("Vec", item),
            Ty::Box(inner) => self.generic("Box", inner),
            Ty::Map(value) => {
                let arguments = [TypeCode::name("String"), self.ty(value)];
                TypeCode::generic(self.btree_map(), arguments)
            }
            Ty::OpenMap => {
                let arguments = ["String", "serde_json::Value"].map(TypeCode::name);
                TypeCode::generic("serde_json::Map", arguments)
            }
            Ty::Tuple(parts) => TypeCode::Tuple(parts.iter().map(|part| self.ty(part)).collect()),
            Ty::Quoted(integer) => self.generic(self.root("Quoted"), integer),
            Ty::Ref(inner) => self.ty(inner).prefixed("&"),
            Ty::Into(target) => self.generic("Into", target).prefixed("impl "),
            Ty::IntoNullable(target) => {
                let name = self.root("IntoNullable");
                self.generic(name, target).prefixed("impl ")
            }
            Ty::IntoIterator(item) => {
                let item = self.ty(item).prefixed("Item = ");
                TypeCode::generic("IntoIterator", [item]).prefixed("impl ")
            }
            Ty::Serialize => {
                self.import_path("serde_core::Serialize".to_owned());
                TypeCode::name("Serialize").prefixed("impl ")
            }
            Ty::AsStr => TypeCode::generic("AsRef", [TypeCode::name("str")]).prefixed("impl "),
            Ty::ToString => TypeCode::name("ToString").prefixed("impl "),
        }
    }

    fn generic(&self, name: impl Into<Name>, argument: &Ty<'_>) -> TypeCode {
        TypeCode::generic(name, [self.ty(argument)])
    }

    /// Prints a type as a path before an associated function: `Vec::<String>`, before `::new()`.
    pub fn expression_path(&self, ty: &Ty<'_>) -> String {
        match ty {
            Ty::Vec(item) => format!("Vec::<{}>", self.ty(item)),
            Ty::OpenMap => "serde_json::Map::<String, serde_json::Value>".to_owned(),
            other => self.ty(other).to_string(),
        }
    }

    fn local(&self, ident: &str) -> String {
        if let FileKind::Program(module) = self.file {
            self.import_path("sdk::resources".to_owned());
            return format!("resources::{module}::{ident}");
        }
        if let FileKind::Builders = self.file {
            self.import_path(format!("super::{ident}"));
        }
        ident.to_owned()
    }

    fn runtime(&self, module: &str, ident: &str) -> String {
        match self.file {
            FileKind::Program(_) if *ident == *"Body" => return "sdk::transport::Body".to_owned(),
            FileKind::Program(_) => return format!("sdk::{ident}"),
            FileKind::Webhooks => self.import(ident),
            _ => self.import(&format!("{module}::{ident}")),
        }
        ident.to_owned()
    }

    fn root(&self, name: &str) -> String {
        match self.file {
            FileKind::Dependent(crate_name) => format!("{crate_name}::{name}"),
            FileKind::Program(_) => format!("sdk::{name}"),
            FileKind::Types(_) | FileKind::Crate | FileKind::Builders | FileKind::Webhooks => {
                format!("crate::{name}")
            }
            FileKind::Book => name.to_owned(),
        }
    }

    fn btree_map(&self) -> &'static str {
        match self.file {
            FileKind::Dependent(_) | FileKind::Program(_) => BTREE_MAP,
            FileKind::Book => "BTreeMap",
            FileKind::Types(_) | FileKind::Crate | FileKind::Builders | FileKind::Webhooks => {
                self.import_path(BTREE_MAP.to_owned());
                "BTreeMap"
            }
        }
    }

    fn declared_ty(&self, module: &str, ident: &str) -> String {
        match self.file {
            FileKind::Crate | FileKind::Builders | FileKind::Webhooks => {
                self.import("types");
                return format!("types::{ident}");
            }
            FileKind::Program(_) => {
                self.import_path("sdk::types".to_owned());
                return format!("types::{ident}");
            }
            FileKind::Types(own) if own == module => {}
            FileKind::Book => {}
            FileKind::Types(_) | FileKind::Dependent(_) => {
                self.declared.borrow_mut().insert(ident.to_owned());
            }
        }
        ident.to_owned()
    }
}

/// Prints paths as `use` lines in rustfmt's groups: the standard library, other crates, the crate itself.
pub fn use_lines(paths: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut groups: [Vec<String>; 3] = Default::default();
    for path in paths {
        let group = match path.split("::").next() {
            Some("std") => 0,
            Some("crate" | "super") => 2,
            _ => 1,
        };
        groups[group].push(format!("use {path};"));
    }
    use_groups(groups)
}

/// Sorts each group of `use` lines as rustfmt does, and joins the groups with empty lines.
pub fn use_groups(groups: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    for mut group in groups {
        layout::sort_uses(&mut group);
        if !group.is_empty() && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(group);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Scope, Ty, use_lines};

    const PET: Ty<'static> = Ty::Declared {
        module: "pet",
        ident: "Pet",
    };

    #[test]
    fn type_paths_depend_on_the_file() {
        let ty = PET.vec().map().option();
        let printed = |scope: Scope<'_>| {
            let text = scope.ty(&ty).to_string();
            let declared: Vec<String> = scope.declared().into_iter().collect();
            (text, declared, use_lines(scope.into_imports()))
        };
        let map = "use std::collections::BTreeMap;";
        let outside = "Option<BTreeMap<String, Vec<types::Pet>>>";
        assert_eq!(
            printed(Scope::in_crate()),
            (
                outside.into(),
                vec![],
                vec![map.into(), String::new(), "use crate::types;".into()]
            )
        );
        let own = "Option<BTreeMap<String, Vec<Pet>>>";
        assert_eq!(
            printed(Scope::types("pet")),
            (own.into(), vec![], vec![map.into()])
        );
        assert_eq!(
            printed(Scope::types("shop")),
            (own.into(), vec!["Pet".into()], vec![map.into()])
        );
        let example = "Option<std::collections::BTreeMap<String, Vec<Pet>>>";
        assert_eq!(
            printed(Scope::dependent("pets")),
            (example.into(), vec!["Pet".into()], vec![])
        );
    }

    #[test]
    fn examples_use_the_crate_name() {
        let ty = Ty::Tuple(vec![
            Ty::Root("Decimal"),
            Ty::Quoted(Box::new(Ty::Plain("i64"))),
        ]);
        assert_eq!(
            Scope::dependent("pets").ty(&ty).to_string(),
            "(pets::Decimal, pets::Quoted<i64>)"
        );
        assert_eq!(ty.to_string(), "(crate::Decimal, crate::Quoted<i64>)");
        let list = Scope::dependent("pets").expression_path(&Ty::STRING.vec());
        assert_eq!(list, "Vec::<String>");
    }
}
