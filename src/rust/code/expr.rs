//! Rust expressions. Views build code from these; [`crate::rust::layout`] prints them with rustfmt's line
//! breaks, and `Display` prints them on one line.

use crate::rust::literal;
use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

/// Code without brackets: an identifier, a path or a literal.
pub type Name = Cow<'static, str>;

/// An expression: a root and the chain of links after it.
///
/// `&` binds weaker than a link: a method of `&value` is the reference to the method's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    pub reference: Borrow,
    pub root: Tried<Root>,
    pub links: Vec<Tried<Link>>,
}

/// The reference operator of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Borrow {
    None,
    /// `&`
    Shared,
    /// `&mut`
    Mutable,
}

/// A part of an expression with the number of `?` after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<T> {
    pub part: T,
    pub tries: usize,
}

/// The start of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A variable or a parameter.
    Variable(Name),
    /// An item of a type or module: `Kind::Cat`.
    Item(Name, Name),
    /// A number, a boolean or a string.
    Literal(Name),
    /// A function with its arguments.
    Call(Name, Vec<Expr>),
    /// `Type::new(…)`
    New(Name, Vec<Expr>),
    /// `[…]`
    Array(Vec<Expr>),
    /// `vec![…]`
    Vec(Vec<Expr>),
    /// `(…)`
    Tuple(Vec<Expr>),
    /// A closure: its parameters without the bars, and its body.
    Closure(&'static str, Box<Expr>),
    /// A macro with tokens that are not Rust expressions, such as the JSON of `json!`.
    Macro(&'static str, String),
}

/// A link of a chain: the code after a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Field(Name),
    Method(Name, Vec<Expr>),
    Await,
}

impl Expr {
    fn of(root: Root) -> Self {
        Expr {
            reference: Borrow::None,
            root: Tried::never(root),
            links: Vec::new(),
        }
    }

    pub fn variable(name: impl Into<Name>) -> Self {
        Expr::of(Root::Variable(name.into()))
    }

    /// Creates `Owner::name`.
    pub fn item(owner: impl Into<Name>, name: impl Into<Name>) -> Self {
        Expr::of(Root::Item(owner.into(), name.into()))
    }

    /// Creates a number or a boolean.
    pub fn literal(value: impl ToString) -> Self {
        Expr::of(Root::Literal(value.to_string().into()))
    }

    /// Creates a string literal.
    pub fn string(text: &str) -> Self {
        Expr::of(Root::Literal(literal::string(text).into()))
    }

    /// Creates a string literal; a raw one if that leaves its quotes unescaped.
    pub fn quoting(text: &str) -> Self {
        Expr::of(Root::Literal(literal::quoting(text).into()))
    }

    pub fn call(function: impl Into<Name>, arguments: impl Into<Vec<Expr>>) -> Self {
        Expr::of(Root::Call(function.into(), arguments.into()))
    }

    /// Creates `Type::new(…)`.
    pub fn new(ty: impl Into<Name>, arguments: impl Into<Vec<Expr>>) -> Self {
        Expr::of(Root::New(ty.into(), arguments.into()))
    }

    pub fn array(items: impl Into<Vec<Expr>>) -> Self {
        Expr::of(Root::Array(items.into()))
    }

    /// Creates `&[…]`.
    pub fn slice(items: impl Into<Vec<Expr>>) -> Self {
        Expr::array(items).reference()
    }

    /// Creates a slice of string literals.
    pub fn strings<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let texts = texts.into_iter().map(|text| Expr::string(text.as_ref()));
        Expr::slice(texts.collect::<Vec<_>>())
    }

    /// Creates `vec![…]`.
    pub fn vec(items: impl Into<Vec<Expr>>) -> Self {
        Expr::of(Root::Vec(items.into()))
    }

    pub fn tuple(parts: impl Into<Vec<Expr>>) -> Self {
        Expr::of(Root::Tuple(parts.into()))
    }

    pub fn closure(parameters: &'static str, body: Expr) -> Self {
        Expr::of(Root::Closure(parameters, Box::new(body)))
    }

    pub fn macro_call(name: &'static str, tokens: String) -> Self {
        Expr::of(Root::Macro(name, tokens))
    }

    /// Creates `Some(…)`.
    pub fn some(value: Expr) -> Self {
        Expr::call("Some", [value])
    }

    /// Creates `Box::new(…)`.
    pub fn boxed(value: Expr) -> Self {
        Expr::new("Box", [value])
    }

    /// Adds `.name`.
    pub fn field(self, name: impl Into<Name>) -> Self {
        self.link(Link::Field(name.into()))
    }

    /// Adds `.name(…)`.
    pub fn method(self, name: impl Into<Name>, arguments: impl Into<Vec<Expr>>) -> Self {
        self.link(Link::Method(name.into(), arguments.into()))
    }

    /// Adds `.await`.
    pub fn awaited(self) -> Self {
        self.link(Link::Await)
    }

    /// Adds `?`.
    pub fn tried(mut self) -> Self {
        match self.links.last_mut() {
            Some(link) => link.tries += 1,
            None => self.root.tries += 1,
        }
        self
    }

    /// Prefixes the expression with `&`.
    pub fn reference(mut self) -> Self {
        self.reference = Borrow::Shared;
        self
    }

    /// Prefixes the expression with `&mut`.
    pub fn reference_mut(mut self) -> Self {
        self.reference = Borrow::Mutable;
        self
    }

    fn link(mut self, link: Link) -> Self {
        self.links.push(Tried::never(link));
        self
    }

    /// Returns whether any part calls a constructor.
    pub fn constructs(&self) -> bool {
        let any = |parts: &[Expr]| parts.iter().any(Expr::constructs);
        let in_root = match &self.root.part {
            Root::New(..) => true,
            Root::Call(_, parts) | Root::Array(parts) | Root::Vec(parts) | Root::Tuple(parts) => {
                any(parts)
            }
            Root::Closure(_, body) => body.constructs(),
            Root::Variable(_) | Root::Item(..) | Root::Literal(_) | Root::Macro(..) => false,
        };
        let in_link = |link: &Tried<Link>| match &link.part {
            Link::Method(_, arguments) => any(arguments),
            Link::Field(_) | Link::Await => false,
        };
        in_root || self.links.iter().any(in_link)
    }
}

impl<T> Tried<T> {
    fn never(part: T) -> Self {
        Tried { part, tries: 0 }
    }
}

impl Borrow {
    pub fn code(self) -> &'static str {
        match self {
            Borrow::None => "",
            Borrow::Shared => "&",
            Borrow::Mutable => "&mut ",
        }
    }
}

/// Prints the expression on one line.
impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.reference.code())?;
        self.root.fmt(f)?;
        self.links.iter().try_for_each(|link| link.fmt(f))
    }
}

impl<T: Display> Display for Tried<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.part.fmt(f)?;
        (0..self.tries).try_for_each(|_| f.write_str("?"))
    }
}

impl Display for Root {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Root::Variable(name) | Root::Literal(name) => f.write_str(name),
            Root::Item(owner, name) => write!(f, "{owner}::{name}"),
            Root::Call(function, arguments) => listed(f, &[function, "("], arguments, ")"),
            Root::New(ty, arguments) => listed(f, &[ty, "::new("], arguments, ")"),
            Root::Array(items) => listed(f, &["["], items, "]"),
            Root::Vec(items) => listed(f, &["vec!["], items, "]"),
            Root::Tuple(parts) if parts.len() == 1 => listed(f, &["("], parts, ",)"),
            Root::Tuple(parts) => listed(f, &["("], parts, ")"),
            Root::Closure(parameters, body) => write!(f, "|{parameters}| {body}"),
            Root::Macro(name, tokens) => write!(f, "{name}!({tokens})"),
        }
    }
}

impl Display for Link {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Link::Field(name) => write!(f, ".{name}"),
            Link::Method(name, arguments) => listed(f, &[".", name, "("], arguments, ")"),
            Link::Await => f.write_str(".await"),
        }
    }
}

fn listed(f: &mut Formatter<'_>, open: &[&str], items: &[Expr], close: &str) -> fmt::Result {
    open.iter().try_for_each(|text| f.write_str(text))?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    f.write_str(close)
}

#[cfg(test)]
mod tests {
    use super::Expr;

    #[test]
    fn expressions_print_on_one_line() {
        let call = Expr::variable("client").method("calls", []);
        let list = Expr::vec([Expr::literal(1), Expr::literal(-2.5)]);
        let call = call.method("list", [Expr::string("a\"b"), list.reference()]);
        let json = Expr::macro_call("serde_json::json", "{\"a\": 1}".to_owned());
        let call = call.field("value").method("set", [Expr::some(json)]);
        assert_eq!(
            call.awaited().tried().reference().to_string(),
            "&client.calls().list(\"a\\\"b\", &vec![1, -2.5]).value.set(Some(serde_json::json!({\"a\": 1}))).await?"
        );
        let parts = [Expr::tuple([]), Expr::tuple([Expr::variable("a")])];
        let map = Expr::closure("()", Expr::item("Self", "A"));
        let tuple = Expr::tuple(parts).method("map", [map]);
        assert_eq!(tuple.to_string(), "((), (a,)).map(|()| Self::A)");
    }

    #[test]
    fn constructs_ignores_string_literals() {
        let text = Expr::string("Pet::new(\"Tom\")");
        assert!(!Expr::call("read", [text.clone()]).constructs());
        let made = Expr::new("Pet", [text]).method("age", [Expr::literal(3)]);
        assert_eq!(
            made.to_string(),
            "Pet::new(\"Pet::new(\\\"Tom\\\")\").age(3)"
        );
        assert!(
            Expr::variable("client")
                .method("add", [made.reference()])
                .constructs()
        );
    }
}
