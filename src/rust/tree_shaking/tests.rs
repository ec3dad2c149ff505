//! Small crates before and after.

use super::shake;
use crate::render::Files;

/// Shakes a crate whose `src/lib.rs` stays whole.
fn shaken(files: &[(&str, &str)]) -> Files {
    let mut all = Files::default();
    for (path, text) in files {
        all.insert(format!("src/{path}"), *text);
    }
    shake(&mut all, |path| path.starts_with("src/runtime/"));
    all
}

/// Returns the text of `src/runtime/a.rs` after shaking, beside this `lib.rs`.
fn file(lib: &str, text: &str) -> String {
    let modules = ("runtime/mod.rs", "pub(crate) mod a;\n");
    let files = shaken(&[("lib.rs", lib), modules, ("runtime/a.rs", text)]);
    files.0.get("src/runtime/a.rs").cloned().unwrap_or_default()
}

const FUNCTIONS: &str = "//! Docs of the module.\n\nuse std::fmt;\n\nuse super::b::{One, Two as Other};\n\n/// Is used.\n\
                         pub fn used(one: One) -> fmt::Result {\n    helper(one)\n}\n\nfn helper(one: One) -> fmt::Result {\n    \
                         Ok(())\n}\n\n/// Is not used.\npub fn unused(two: Other) {}\n";

#[test]
fn items_stay_that_are_reached_by_paths() {
    let lib = "mod runtime;\nuse crate::runtime::a;\nfn f() { a::used(One); }\n";
    let text = file(lib, FUNCTIONS);
    assert!(
        text.starts_with(
            "//! Docs of the module.\n\nuse std::fmt;\n\nuse super::b::One;\n\n/// Is used."
        ),
        "{text}"
    );
    assert!(
        text.contains("fn helper(") && text.ends_with("}\n"),
        "{text}"
    );
    assert!(
        !text.contains("unused") && !text.contains("Other"),
        "{text}"
    );
}

#[test]
fn variables_and_definitions_are_no_calls() {
    let lib = "mod runtime;\nfn f() { runtime::a::used(); }\n";
    let text = "pub fn used() {\n    let text = 1;\n    show(text);\n    x.number;\n}\n\nfn show(text: u8) {}\n\nfn text() {}\n\n\
                fn number() {}\n";
    let lib = format!("use self::runtime::a;\n{lib}");
    let left = file(&lib, text);
    assert_eq!(
        left,
        "pub fn used() {\n    let text = 1;\n    show(text);\n    x.number;\n}\n\nfn show(text: u8) {}\n"
    );
}

#[test]
fn methods_stay_by_their_name_and_public_ones_with_their_type() {
    let lib =
        "mod runtime;\npub use self::runtime::a::Client;\nfn f(request: R) { request.query(1); }\n";
    let text = "pub struct Client;\n\nimpl Client {\n    pub fn new() -> Self {\n        Client\n    }\n\n    \
                pub(crate) fn query(&self) {}\n\n    pub(crate) fn header(&self) {}\n}\n\nstruct Unused;\n\n\
                impl Unused {\n    fn query(&self) {}\n}\n\nimpl Clone for Unused {\n    fn clone(&self) -> Self {\n        \
                Unused\n    }\n}\n";
    assert_eq!(
        file(lib, text),
        "pub struct Client;\n\nimpl Client {\n    pub fn new() -> Self {\n        Client\n    }\n\n    \
         pub(crate) fn query(&self) {}\n}\n"
    );
}

#[test]
fn macros_reach_what_their_code_names() {
    let lib = "mod runtime;\nuse crate::runtime::a::made;\nmade! { X }\n";
    let text = "macro_rules! made {\n    ($name:ident) => {\n        fn f() { $crate::runtime::a::read() }\n    };\n}\n\n\
                macro_rules! other {\n    () => {};\n}\n\npub(crate) use {made, other};\n\npub(crate) fn read() {}\n\n\
                pub(crate) fn write() {}\n";
    let left = file(lib, text);
    assert!(
        left.contains("macro_rules! made") && left.contains("fn read()"),
        "{left}"
    );
    assert!(left.contains("pub(crate) use made;"), "{left}");
    assert!(!left.contains("other") && !left.contains("write"), "{left}");
}

#[test]
fn macros_call_methods_by_names_in_their_arguments() {
    let lib = "mod runtime;\nuse crate::runtime::a;\na::rows! { \"id\" => value(0, id), }\n";
    let text = "macro_rules! rows {\n    ($key:literal => $kind:ident($place:literal, $field:ident),) => {\n        \
                fn f(of: $crate::runtime::a::Next) { of.$kind($place) }\n    };\n}\n\npub(crate) use rows;\n\n\
                pub(crate) struct Next;\n\nimpl Next {\n    pub(crate) fn value(&self, place: usize) {}\n\n    \
                pub(crate) fn id(&self) {}\n}\n";
    let left = file(lib, text);
    assert!(left.contains("fn value("), "{left}");
    assert!(!left.contains("fn id("), "{left}");
}

#[test]
fn traits_stay_in_scope_where_a_method_is_called() {
    let lib = "mod runtime;\nuse crate::runtime::a;\nfn f() { a::used(); }\n";
    let text = "use std::fmt::Write as _;\n\npub fn used() {\n    text.write_str(\"\");\n}\n";
    assert_eq!(file(lib, text), text);
    let text = text.replace("write_str", "push");
    assert!(file(lib, &text).starts_with("pub fn used()"));
}

#[test]
fn files_without_used_items_go_with_their_declaration() {
    let files = shaken(&[
        (
            "lib.rs",
            "mod runtime;\nuse crate::runtime::Name;\nfn f(name: Name) {}\n",
        ),
        (
            "runtime/mod.rs",
            "//! The runtime.\n\nmod a;\n#[cfg(unix)]\n#[cfg_attr(target_family = \"wasm\", path = \"web.rs\")]\nmod b;\n\n\
             pub use self::{a::Name, b::Other};\n",
        ),
        ("runtime/a.rs", "pub struct Name;\n"),
        ("runtime/b.rs", "pub struct Other;\n"),
        ("runtime/web.rs", "pub struct Other;\n"),
    ]);
    let paths: Vec<&str> = files.0.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        ["src/lib.rs", "src/runtime/a.rs", "src/runtime/mod.rs"]
    );
    assert_eq!(
        files.0["src/runtime/mod.rs"],
        "//! The runtime.\n\nmod a;\n\npub use self::a::Name;\n"
    );
}

#[test]
fn code_that_does_not_compile_is_no_panic() {
    let lib = "mod runtime;\nuse crate::runtime::a;\nfn f() { a::used(); }\n";
    let whole = "pub fn used() {\n    b'x'; 'y'; r#\"z\"#;\n}\n\nimpl<T: Fn() -> u8> A<T> {\n    fn f(&self) {}\n}\n\n\
                 impl B { fn g() {} }\n\nuse a::{b, c::{d as e}};\n\n#[x]\nmacro_rules! m { () => {} }\n";
    for end in 0..whole.len() {
        file(lib, &whole[..end]);
        file(lib, &whole[end..]);
    }
    let block = "pub struct B;\n\nimpl B { fn g() {} }\n\npub fn used(b: B) {}\n";
    assert_eq!(file(lib, block), block);
}
