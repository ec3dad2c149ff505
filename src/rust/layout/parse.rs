//! Reads an expression as far as its layout depends on it.

/// An expression: what stands before it, its root, and the links of its chain.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expr {
    /// `&`, `&mut `, `*`, `!`, or nothing.
    pub(super) prefix: String,
    pub(super) root: Item,
    pub(super) links: Vec<Item>,
}

/// A part of a chain: a root (`client`, `Request::new(…)`, `vec![…]`) or a link (`.get(…)`, `.await`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) arguments: Option<Arguments>,
    /// How many `?` follow.
    pub(super) tries: usize,
    /// Not understood: closures, struct literals, operators. Laid out on one line only.
    pub(super) opaque: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arguments {
    pub(super) open: char,
    pub(super) items: Vec<Expr>,
}

impl Expr {
    pub(super) fn parse(text: &str) -> Expr {
        let text = text.trim();
        let mut rest = text;
        while let Some(after) = ["&mut ", "&", "*", "!"]
            .iter()
            .find_map(|prefix| rest.strip_prefix(prefix))
        {
            rest = after;
        }
        let prefix = text[..text.len() - rest.len()].to_owned();
        let known = chain(rest).map(|(root, links)| Expr {
            prefix,
            root,
            links,
        });
        known.unwrap_or_else(|| Expr::opaque(text))
    }

    fn opaque(text: &str) -> Expr {
        let root = Item {
            name: text.to_owned(),
            arguments: None,
            tries: 0,
            opaque: true,
        };
        Expr {
            prefix: String::new(),
            root,
            links: Vec::new(),
        }
    }

    /// The item that the expression ends with.
    pub(super) fn last(&self) -> &Item {
        self.links.last().unwrap_or(&self.root)
    }
}

/// The root and the links, if the text is nothing but a chain.
fn chain(text: &str) -> Option<(Item, Vec<Item>)> {
    let (root, mut rest) = item(text, root_len(text)?)?;
    let mut links = Vec::new();
    while !rest.is_empty() {
        let name = rest.strip_prefix('.')?;
        let (link, after) = item(rest, 1 + path_len(name))?;
        (link.name.len() > 1).then_some(())?;
        links.push(link);
        rest = after;
    }
    Some((root, links))
}

/// The length of what a root begins with: a path, a literal, a macro's name, nothing before `[` or `(`.
fn root_len(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '"' => string_len(text),
        'r' if text.starts_with(RAW) => string_len(text),
        '[' | '(' => Some(0),
        c if c.is_ascii_digit() => {
            let number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
            Some(text.find(|c| !number(c)).unwrap_or(text.len()))
        }
        _ => {
            let len = path_len(text);
            (len > 0).then_some(len + usize::from(text[len..].starts_with("![")))
        }
    }
}

/// The length of a path with its generic arguments: `Vec::<u8>::new`.
fn path_len(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if let Some(generics) = rest.strip_prefix("::<") {
            at += 3 + generics_len(generics);
        } else if rest.starts_with("::") {
            at += 2;
        } else {
            let len = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            if len == 0 {
                return at;
            }
            at += len;
        }
    }
}

/// The length up to and with the `>` that closes.
fn generics_len(text: &str) -> usize {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if !text[..at].ends_with('-') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// How a raw string begins.
const RAW: &str = "r#\"";

/// The length of a string literal, which may be a raw one.
fn string_len(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix(RAW) {
        return raw.find("\"#").map(|at| RAW.len() + at + 2);
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return Some(at + 1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

/// The item whose name has this length, and what follows it.
fn item(text: &str, name_len: usize) -> Option<(Item, &str)> {
    let (name, mut rest) = text.split_at(name_len);
    let mut arguments = None;
    let is_list = name.is_empty() || name.ends_with('!');
    let is_tuple = name.is_empty() && rest.starts_with('(');
    if let Some(open) = rest
        .chars()
        .next()
        .filter(|&c| c == '(' && (!is_list || is_tuple) || c == '[' && is_list)
    {
        let len = bracketed_len(rest)?;
        let items = split(&rest[1..len - 1])?;
        // One expression in brackets is no tuple, and the comma of a tuple of one has to stay.
        (!is_tuple || items.len() > 1).then_some(())?;
        arguments = Some(Arguments { open, items });
        rest = &rest[len..];
    }
    let after = rest.trim_start_matches('?');
    let tries = rest.len() - after.len();
    Some((
        Item {
            name: name.to_owned(),
            arguments,
            tries,
            opaque: false,
        },
        after,
    ))
}

/// The length of a bracketed text, brackets included.
fn bracketed_len(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut len = c.len_utf8();
        match c {
            '"' => len = string_len(&text[at..])?,
            'r' if text[at..].starts_with(RAW) => len = string_len(&text[at..])?,
            '\'' => len = char_len(&text[at..]),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        at += len;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of a character literal, or 1 for the quote of a lifetime.
fn char_len(text: &str) -> usize {
    let inner = &text[1..];
    let len = match inner.strip_prefix('\\') {
        Some(escape) => escape.find('\'').map(|at| at + 1),
        None => inner
            .chars()
            .next()
            .map(char::len_utf8)
            .filter(|&len| inner[len..].starts_with('\'')),
    };
    len.map_or(1, |len| len + 2)
}

/// The arguments of a list; `None` for a closure with several parameters, whose commas are its own.
fn split(text: &str) -> Option<Vec<Expr>> {
    let mut items = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let len = argument_len(rest)?;
        items.push(Expr::parse(&rest[..len]));
        rest = rest[len..].trim_start_matches(',').trim();
    }
    Some(items)
}

fn argument_len(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut in_closure = false;
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            ',' if !in_closure => return Some(at),
            '|' => {
                in_closure = !in_closure && at == text[..at].trim_end_matches("move ").len();
                1
            }
            ':' if text[at..].starts_with("::<") => 3 + generics_len(&text[at + 3..]),
            '"' => string_len(&text[at..])?,
            'r' if text[at..].starts_with(RAW) => string_len(&text[at..])?,
            '\'' => char_len(&text[at..]),
            '(' | '[' | '{' => bracketed_len(&text[at..])?,
            c => c.len_utf8(),
        };
    }
    Some(at)
}
