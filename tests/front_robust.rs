//! Parsing and reporting terminate without a panic, whatever the bytes.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sdkgen::diag::{Diagnostics, Location};
use sdkgen::load::{self, Loaded};
use sdkgen::report::{self, Findings, ReportFormat};
use sdkgen::tree::Node;

/// Tokens of YAML and JSON, so that a random text is not rejected at its first character.
const PIECES: &[&str] = &[
    "a",
    "é",
    "日",
    "😀",
    "$ref",
    "<<",
    ": ",
    ":",
    "- ",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "\\",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "---\n",
    "...\n",
    "#",
    "# c\n",
    "? ",
    "1",
    "-0.5",
    "null",
    ".inf",
    "~",
    "b.yaml#/x",
    "\u{feff}",
    "\u{85}",
    "\0",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Visits everything that a later stage could access.
fn visit(loaded: &Loaded, diagnostics: &Diagnostics) {
    let style = report::Style {
        color: true,
        brief: false,
    };
    report::human(diagnostics, &loaded.sources, &loaded.tree, style);
    Findings::of(
        ReportFormat::Json,
        diagnostics,
        &loaded.sources,
        &loaded.tree,
    )
    .text();
    load::dump(loaded);
    for (id, file) in loaded.sources.files() {
        let mut open: Vec<Node<'_>> = loaded.tree.root(id).into_iter().collect();
        while let Some(node) = open.pop() {
            for place in [Location::value(node), Location::key(node)] {
                let at = loaded.sources.place(&loaded.tree, &place).unwrap();
                assert!(file.text.get(at.range).is_some());
            }
            open.extend(node.members().map(|(_, child)| child));
            open.extend(node.items());
        }
    }
}

fn read(name: &str, text: &str) {
    let mut diagnostics = Diagnostics::default();
    let other = "x: {$ref: a.yaml}\n";
    let loaded = load::from_texts(&[(name, text), ("b.yaml", other)], &mut diagnostics);
    if let Some(loaded) = loaded {
        let parsed = loaded.tree.root(loaded.entry).is_some();
        assert_ne!(
            parsed,
            diagnostics.has_errors(),
            "no tree without a reason, and no error with one: {text:?}"
        );
        visit(&loaded, &diagnostics);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in text()) {
        read("a.yaml", &text);
        read("a.json", &text);
        read("a", &text);
    }
}
