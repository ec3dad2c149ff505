//! Finds the positions of JSON nodes by scanning the text again, only if a diagnostic needs one.

use std::ops::Range;

/// The start offsets of all keys and values in a file.
///
/// The loader adds nodes in document order, containers before their content. So the id of a node, relative to the
/// root's, is the index of the value in the text.
#[derive(Debug)]
pub struct Positions {
    root: usize,
    starts: Vec<Start>,
}

#[derive(Debug, Clone, Copy)]
struct Start {
    key: Option<u32>,
    value: u32,
}

impl Positions {
    /// Scans a text that is known to be valid. `root` is the index of its first node.
    pub fn new(text: &str, root: usize) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::new();
        // For each open container: whether the next string is a key, or `None` in an array.
        let mut open: Vec<Option<bool>> = Vec::new();
        let mut key = None;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at as u32;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b':' => at += 1,
                b',' => {
                    if let Some(Some(key_next)) = open.last_mut() {
                        *key_next = true;
                    }
                    at += 1;
                }
                b'}' | b']' => {
                    open.pop();
                    at += 1;
                }
                b'"' if open.last() == Some(&Some(true)) => {
                    key = Some(start);
                    open.pop();
                    open.push(Some(false));
                    at = token_end(bytes, at);
                }
                first => {
                    starts.push(Start {
                        key: key.take(),
                        value: start,
                    });
                    match first {
                        b'{' => open.push(Some(true)),
                        b'[' => open.push(None),
                        _ => {}
                    }
                    at = token_end(bytes, at);
                }
            }
        }
        Positions { root, starts }
    }

    fn start(&self, node: usize) -> Option<Start> {
        self.starts.get(node.checked_sub(self.root)?).copied()
    }

    /// Returns the range of a value. For an array or object it is the opening bracket.
    pub fn value(&self, text: &str, node: usize) -> Option<Range<usize>> {
        let start = self.start(node)?.value as usize;
        Some(start..token_end(text.as_bytes(), start))
    }

    /// Returns the range of a key with its quotes.
    pub fn key(&self, text: &str, node: usize) -> Option<Range<usize>> {
        let start = self.start(node)?.key? as usize;
        Some(start..token_end(text.as_bytes(), start))
    }
}

/// Returns the end of the token at `start`: a bracket, a string with its quotes, a number or a word.
fn token_end(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start) {
        None => start,
        Some(b'{' | b'[') => start + 1,
        Some(b'"') => string_end(bytes, start + 1),
        Some(_) => {
            let ends =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
            let length = bytes[start..]
                .iter()
                .position(ends)
                .unwrap_or(bytes.len() - start);
            start + length.max(1)
        }
    }
}

/// Returns the offset after the closing quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at.min(bytes.len())..]) {
        at += found + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        // Skips the escaped character.
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::Positions;
    use crate::diag::Diagnostics;
    use crate::tree::{FileId, Node, Tree};

    fn tree(text: &str) -> Tree {
        let mut tree = Tree::default();
        super::super::load(text, FileId(0), &mut tree, &mut Diagnostics::default()).unwrap();
        tree
    }

    fn walk(node: Node<'_>, visit: &mut dyn FnMut(Node<'_>)) {
        visit(node);
        node.members().for_each(|(_, child)| walk(child, visit));
        node.items().for_each(|child| walk(child, visit));
    }

    #[test]
    fn every_node_is_found_again() {
        let text = "{\"ä\\\"{\": [1, -2.5e3 ,\"日\\\\\",null],\r\n \"b\" :{\"c\":{}, \"d\":[]},\"e\":true}";
        let tree = tree(text);
        let positions = Positions::new(text, 0);
        let mut seen = Vec::new();
        walk(tree.root(FileId(0)).unwrap(), &mut |node| {
            let cut =
                |range: Option<std::ops::Range<usize>>| range.map_or("-", |range| &text[range]);
            let index = node.id().index();
            seen.push((
                cut(positions.key(text, index)),
                cut(positions.value(text, index)),
            ));
        });
        assert_eq!(
            seen,
            [
                ("-", "{"),
                ("\"ä\\\"{\"", "["),
                ("-", "1"),
                ("-", "-2.5e3"),
                ("-", "\"日\\\\\""),
                ("-", "null"),
                ("\"b\"", "{"),
                ("\"c\"", "{"),
                ("\"d\"", "["),
                ("\"e\"", "true"),
            ]
        );
    }
}
