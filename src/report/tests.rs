//! Tests of the report formats.

use super::counts::summary;
use super::{Findings, ReportFormat, Style, human, short};
use crate::diag::{Diagnostic, Diagnostics, Location, Severity, codes};
use crate::load::{Loaded, from_texts};
use crate::tree::FileId;

fn plain(diagnostics: &Diagnostics, loaded: &Loaded) -> String {
    human(diagnostics, &loaded.sources, &loaded.tree, Style::default())
}

/// Renders a report of one document.
fn shown_as(form: ReportFormat, diagnostics: &Diagnostics, loaded: &Loaded) -> String {
    Findings::of(form, diagnostics, &loaded.sources, &loaded.tree).text()
}

fn found(list: impl IntoIterator<Item = Diagnostic>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    list.into_iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic));
    diagnostics
}

fn two_files() -> (Loaded, Diagnostics) {
    let texts = [
        ("a.yaml", "x: 1\nключ:\n  y: [é, 2]\n  z: {$ref: b.json}\n"),
        ("b.json", "{\n\t\"a\": true\n}\n"),
    ];
    let loaded = from_texts(&texts, &mut Diagnostics::default()).unwrap();
    let root = loaded.tree.root(FileId(0)).unwrap();
    let items = root.get("ключ").unwrap().get("y").unwrap();
    let other = loaded.tree.root(FileId(1)).unwrap().get("a").unwrap();
    let list = [
        Diagnostic::new(
            "E0999",
            Severity::Error,
            Location::value(items.item(1).unwrap()),
            "two is wrong",
        )
        .label("this one")
        .also(Location::key(root.get("x").unwrap()), "because of this")
        .also(Location::key(other), "and of this")
        .help("write three"),
        Diagnostic::new(
            "W0998",
            Severity::Warning,
            Location::Path("c.yaml".into()),
            "no file",
        ),
        Diagnostic::new(
            "N0997",
            Severity::Note,
            Location::File(FileId(1)),
            "a whole file",
        ),
        Diagnostic::new(
            "N0997",
            Severity::Note,
            Location::value(root.get("ключ").unwrap()),
            "a block",
        ),
    ];
    let diagnostics = found(list);
    (loaded, diagnostics)
}

#[test]
fn human_shows_the_lines() {
    let (loaded, diagnostics) = two_files();
    insta::assert_snapshot!(plain(&diagnostics, &loaded));
}

/// The order does not depend on the stages.
#[test]
fn findings_are_sorted_by_position() {
    let loaded = from_texts(
        &[("a.yaml", "x: 1\ny: 2\nz: 3\n")],
        &mut Diagnostics::default(),
    );
    let loaded = loaded.unwrap();
    let root = loaded.tree.root(loaded.entry).unwrap();
    let of = |key| {
        let place = Location::key(root.get(key).unwrap());
        Diagnostic::new("W0999", Severity::Warning, place, key)
    };
    let shown = shown_as(
        ReportFormat::Short,
        &found([of("z"), of("x"), of("y")]),
        &loaded,
    );
    let keys: Vec<&str> = shown.lines().map(|line| &line[line.len() - 1..]).collect();
    assert_eq!(keys, ["x", "y", "z"]);
}

#[test]
fn short_is_a_line_each() {
    let (loaded, diagnostics) = two_files();
    assert_eq!(
        short(&diagnostics, &loaded.sources, &loaded.tree),
        "a.yaml:3:3: note[N0997]: a block\na.yaml:3:10: error[E0999]: two is wrong\n\
         b.json: note[N0997]: a whole file\nc.yaml: warning[W0998]: no file\n"
    );
    let all = Findings::of(
        ReportFormat::Short,
        &diagnostics,
        &loaded.sources,
        &loaded.tree,
    );
    assert_eq!(summary(&all), "1 error, 1 warning, 2 notes");
    assert_eq!(summary(&Findings::new(ReportFormat::Short)), "");
}

#[test]
fn annotations_keep_to_their_line() {
    let (loaded, _) = two_files();
    let node = loaded.tree.root(FileId(0)).unwrap().get("x").unwrap();
    let fault = Diagnostic::new(
        "E0999",
        Severity::Error,
        Location::value(node),
        "50 %\nof: it",
    )
    .help("write a, b");
    let odd = Diagnostic::new(
        "N0998",
        Severity::Note,
        Location::Path("a,b:c.yaml".into()),
        "no file",
    );
    let shown = shown_as(ReportFormat::Github, &found([fault, odd]), &loaded);
    assert_eq!(
        shown,
        "::error file=a.yaml,line=1,col=4,title=sdkgen E0999::50 %25%0Aof: it%0A%0Ahelp: write a, b\n\
         ::notice file=a%2Cb%3Ac.yaml,title=sdkgen N0998::no file\n"
    );
}

#[test]
fn sarif_has_rules_results_and_places() {
    let (loaded, diagnostics) = two_files();
    let shown = shown_as(ReportFormat::Sarif, &diagnostics, &loaded);
    insta::assert_snapshot!(shown.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    // A run without findings has an empty list, and paths are valid URIs.
    let none = shown_as(ReportFormat::Sarif, &Diagnostics::default(), &loaded);
    let none: serde_json::Value = serde_json::from_str(&none).unwrap();
    assert_eq!(none["runs"][0]["results"], serde_json::json!([]));
    let place = Location::Path("/my apis/ключ.yaml".into());
    let odd = found([Diagnostic::new("E0001", Severity::Error, place, "no file")]);
    let shown = shown_as(ReportFormat::Sarif, &odd, &loaded);
    assert!(
        shown.contains("\"file:///my%20apis/%D0%BA%D0%BB%D1%8E%D1%87.yaml\""),
        "{shown}"
    );
}

#[test]
fn json_has_everything() {
    let (loaded, diagnostics) = two_files();
    insta::assert_snapshot!(shown_as(ReportFormat::Json, &diagnostics, &loaded));
}

/// Two positions of one line may be too far apart for one excerpt.
#[test]
fn two_positions_of_a_long_line_are_both_marked() {
    for (between, excerpts) in [(10, 1), (300, 2), (5000, 2)] {
        let padding = "x".repeat(between);
        let text = format!("{{\"one\": 1, \"{padding}\": 0, \"two\": 2}}");
        let loaded = from_texts(&[("min.json", &text)], &mut Diagnostics::default()).unwrap();
        let root = loaded.tree.root(FileId(0)).unwrap();
        let [one, two] = ["one", "two"].map(|key| Location::value(root.get(key).unwrap()));
        let fault =
            Diagnostic::new("E0999", Severity::Error, two, "two").also(one, "because of this");
        let shown = plain(&found([fault]), &loaded);
        assert_eq!(shown.matches("1 | ").count(), excerpts, "{shown}");
        assert!(
            shown.contains(&format!("min.json:1:{}", between + 26)),
            "{shown}"
        );
        assert_eq!(shown.contains("min.json:1:9"), excerpts == 2, "{shown}");
        // Each mark is below its value.
        let lines: Vec<&str> = shown.lines().collect();
        for (mark, value) in [('^', b'2'), ('-', b'1')] {
            let mut pairs = lines.windows(2).filter(|pair| pair[0].starts_with("1 | "));
            let at = |pair: &[&str]| pair[1].find(mark).filter(|at| *at > 3);
            let is_below =
                |pair: &[&str]| at(pair).is_some_and(|at| pair[0].as_bytes()[at] == value);
            assert!(pairs.any(is_below), "{mark}: {shown}");
        }
    }
}

#[test]
fn long_lines_are_cut_and_keep_their_column() {
    let text = format!(
        "{{\"é{}\": 1, \"b\": 2, \"c\": \"{}\"}}",
        "x".repeat(5000),
        "y".repeat(5000)
    );
    let loaded = from_texts(&[("min.json", &text)], &mut Diagnostics::default()).unwrap();
    let root = loaded.tree.root(FileId(0)).unwrap();
    let diagnostics = found([
        Diagnostic::new(
            "E0999",
            Severity::Error,
            Location::value(root.get("b").unwrap()),
            "two",
        ),
        Diagnostic::new(
            "E0999",
            Severity::Error,
            Location::value(root.get("c").unwrap()),
            "long",
        ),
    ]);
    let shown = plain(&diagnostics, &loaded);
    assert!(shown.contains("min.json:1:5015"), "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() < 160),
        "{shown}"
    );
    assert!(shown.contains("\"b\": 2"), "{shown}");
}

#[test]
fn repeated_messages_are_cut() {
    let text: String = (0..60).map(|line| format!("k{line}: 1\n")).collect();
    let loaded = from_texts(&[("a.yaml", &text)], &mut Diagnostics::default()).unwrap();
    let root = loaded.tree.root(FileId(0)).unwrap();
    let of = |(at, key): (usize, crate::tree::Node<'_>)| {
        // Half of the messages differ.
        let message = ["again".to_owned(), format!("number {at}")][at % 2].clone();
        Diagnostic::new("W0999", Severity::Warning, Location::key(key), message)
    };
    let nodes = root.members().map(|(_, node)| node).enumerate();
    let diagnostics = found(nodes.map(of));
    let shown = plain(&diagnostics, &loaded);
    assert_eq!(shown.matches("]: again").count(), 3, "{shown}");
    assert_eq!(shown.matches("]: number").count(), 30, "{shown}");
    assert!(shown.contains("… and 27 more with the same message (`--format short` lists them)"));
    assert!(shown.contains("60 warnings"), "{shown}");
    let all = short(&diagnostics, &loaded.sources, &loaded.tree);
    assert_eq!(all.lines().count(), 60);
}

#[test]
fn repeated_codes_are_cut_in_brief() {
    let text: String = (0..30).map(|line| format!("k{line}: 1\n")).collect();
    let loaded = from_texts(&[("a.yaml", &text)], &mut Diagnostics::default()).unwrap();
    let root = loaded.tree.root(FileId(0)).unwrap();
    let of = |(key, node)| Diagnostic::new("W0999", Severity::Warning, Location::key(node), key);
    let diagnostics = found(root.members().map(of));
    let style = Style {
        color: false,
        brief: true,
    };
    let shown = human(&diagnostics, &loaded.sources, &loaded.tree, style);
    assert_eq!(shown.matches("warning[W0999]").count(), 3);
    assert!(
        shown.contains("… and 27 more of W0999 (see `sdkgen lint`)\n\n30 warnings\n"),
        "{shown}"
    );
    assert_eq!(
        plain(&diagnostics, &loaded)
            .matches("warning[W0999]")
            .count(),
        30
    );
}

#[test]
fn notes_are_left_out_in_brief() {
    let (loaded, diagnostics) = two_files();
    let style = Style {
        color: false,
        brief: true,
    };
    let shown = human(&diagnostics, &loaded.sources, &loaded.tree, style);
    assert!(!shown.contains("note["), "{shown}");
    let end = "\n1 error, 1 warning, 2 notes (see `sdkgen lint` for the notes)\n";
    assert!(shown.contains(end), "{shown}");
    let (_, table) = shown.split_once(end).unwrap();
    assert!(
        table.contains("W0998") && !table.contains("N0997"),
        "{shown}"
    );
}

#[test]
fn codes_are_counted_by_severity() {
    let text: String = (0..13).map(|line| format!("k{line}: 1\n")).collect();
    let loaded = from_texts(&[("a.yaml", &text)], &mut Diagnostics::default()).unwrap();
    let root = loaded.tree.root(FileId(0)).unwrap();
    let keys: Vec<_> = root.members().map(|(_, node)| node).collect();
    let mut diagnostics = Diagnostics::default();
    keys.iter()
        .for_each(|key| diagnostics.push(codes::no_operation_id(*key)));
    diagnostics.push(codes::path_without_slash(keys[0]));
    for key in &keys[..2] {
        diagnostics.push(codes::dangling_reference(*key, "#/x"));
    }
    let shown = plain(&diagnostics, &loaded);
    let end = "\
3 warnings, 13 notes
   2  W0201  A reference cannot be resolved
   1  W0403  A path does not begin with a slash
  13  N0401  An operation has no `operationId`
for more information, run: sdkgen explain W0201
";
    assert!(shown.ends_with(end), "{shown}");
    let report = shown_as(ReportFormat::Json, &diagnostics, &loaded);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let first = serde_json::json!({
        "code": "W0201", "severity": "warning", "title": "A reference cannot be resolved", "count": 2
    });
    assert_eq!(report["counts"][0], first);
    let log = shown_as(ReportFormat::Sarif, &diagnostics, &loaded);
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][2];
    assert_eq!(
        rule["shortDescription"]["text"],
        "A reference cannot be resolved"
    );
    let page = rule["help"]["markdown"].as_str().unwrap();
    assert!(page.starts_with("# W0201: "), "{page}");
}

#[test]
fn color_is_optional() {
    let (loaded, diagnostics) = two_files();
    assert!(!plain(&diagnostics, &loaded).contains('\x1b'));
    let style = Style {
        color: true,
        brief: false,
    };
    assert!(human(&diagnostics, &loaded.sources, &loaded.tree, style).contains('\x1b'));
}
