//! The code blocks of a page.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

/// A fenced code block.
pub struct Block {
    /// The page and the line of the fence.
    pub position: String,
    pub language: String,
    /// The words after the language.
    pub marks: Vec<String>,
    pub text: String,
}

impl Block {
    pub fn has(&self, mark: &str) -> bool {
        self.marks.iter().any(|found| found == mark)
    }

    /// Returns the name of the file that the block shows.
    pub fn file(&self) -> Option<&str> {
        self.marks
            .iter()
            .find_map(|mark| mark.strip_prefix("file="))
    }
}

/// Returns the pages of a folder and its subfolders, in alphabetical order.
pub fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pages(&path));
        } else if path.extension() == Some("md".as_ref()) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the code blocks of a page, in order.
pub fn blocks(path: &Path) -> Vec<Block> {
    let text = fs::read_to_string(path).unwrap();
    let mut blocks: Vec<Block> = Vec::new();
    let mut indent = None;
    for (index, line) in text.lines().enumerate() {
        let fence = line.trim_start().strip_prefix("```");
        match (indent, fence) {
            (None, Some(info)) => {
                indent = Some(line.len() - line.trim_start().len());
                let mut words = info.split_whitespace().map(str::to_owned);
                blocks.push(Block {
                    position: format!("{}:{}", path.display(), index + 1),
                    language: words.next().unwrap_or_default(),
                    marks: words.collect(),
                    text: String::new(),
                });
            }
            (Some(_), Some("")) => indent = None,
            (Some(width), _) => {
                let block = blocks.last_mut().expect("a fence began it");
                block.text.push_str(line.get(width..).unwrap_or_default());
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(
        indent.is_none(),
        "{}: a code block has no end",
        path.display()
    );
    blocks
}
