//! Checks that modules import only the layers below them. The table is the architecture; change it with the
//! architecture, and not to make an import pass.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules with the top-level modules that they may import. Of several rows that contain a file, the longest path
/// counts.
const ALLOWED: [(&str, &[&str]); 43] = [
    // Without a layer: pure functions.
    ("did_you_mean", &[]),
    ("parallel", &[]),
    ("pattern", &[]),
    ("progress", &[]),
    ("prose", &[]),
    ("text", &[]),
    // Files: from bytes to nodes, and findings about them.
    ("tree", &[]),
    ("diag", &["did_you_mean", "text", "tree"]),
    ("json", &["diag", "tree"]),
    ("yaml", &["diag", "text", "tree"]),
    ("source", &["diag", "json", "text", "tree"]),
    ("overlay", &["diag", "tree"]),
    ("report", &["diag", "source", "text", "tree"]),
    ("render", &["did_you_mean"]),
    (
        "load",
        &[
            "diag", "json", "overlay", "render", "source", "tree", "yaml",
        ],
    ),
    // The document.
    ("resolve", &["diag", "did_you_mean", "source", "tree"]),
    ("openapi", &["diag", "ir", "resolve", "source", "tree"]),
    (
        "filter",
        &["diag", "did_you_mean", "load", "openapi", "resolve", "tree"],
    ),
    (
        "bundle",
        &[
            "diag", "load", "openapi", "resolve", "source", "tree", "yaml",
        ],
    ),
    (
        "validate",
        &["diag", "did_you_mean", "openapi", "resolve", "tree"],
    ),
    // What is true in any language. `ir` itself is the model: it knows no prose and makes no decision.
    ("naming", &["parallel"]),
    ("ir", &["naming", "pattern", "tree"]),
    (
        "lower",
        &[
            "describe",
            "diag",
            "did_you_mean",
            "example",
            "ir",
            "openapi",
            "parallel",
            "pattern",
            "resolve",
            "tree",
        ],
    ),
    (
        "passes",
        &[
            "describe",
            "diag",
            "did_you_mean",
            "example",
            "ir",
            "naming",
            "openapi",
            "parallel",
            "resolve",
            "tree",
        ],
    ),
    ("example", &["ir", "parallel", "pattern"]),
    ("example/sample", &["example", "ir", "naming", "pattern"]),
    ("example/validate", &["ir", "pattern"]),
    ("describe", &["ir", "prose"]),
    (
        "config",
        &[
            "diag",
            "did_you_mean",
            "filter",
            "ir",
            "load",
            "naming",
            "source",
            "tree",
        ],
    ),
    // Rust: it knows the API, and not the document.
    (
        "rust",
        &[
            "config", "describe", "diag", "example", "ir", "naming", "parallel", "progress",
            "prose", "render", "tree",
        ],
    ),
    ("rust/code", &["rust"]),
    (
        "rust/book",
        &[
            "describe", "example", "ir", "naming", "progress", "prose", "render", "rust",
        ],
    ),
    (
        "rust/cli",
        &[
            "config", "describe", "example", "ir", "naming", "parallel", "prose", "render", "rust",
        ],
    ),
    // Above the back end.
    ("diff", &["describe", "ir", "naming", "rust"]),
    ("release", &["diff"]),
    ("samples", &["diag", "ir", "load", "rust", "tree"]),
    ("output", &["parallel", "progress", "render"]),
    (
        "pipeline",
        &[
            "config", "diag", "ir", "load", "lower", "openapi", "parallel", "passes", "progress",
            "render", "resolve", "rust", "source", "validate",
        ],
    ),
    (
        "pipeline/inspect",
        &[
            "diag", "diff", "ir", "load", "lower", "rust", "samples", "tree",
        ],
    ),
    (
        "lock",
        &[
            "config", "filter", "load", "openapi", "output", "parallel", "pipeline", "render",
            "source", "tree",
        ],
    ),
    (
        "init",
        &[
            "config", "diag", "ir", "load", "naming", "passes", "pipeline", "prose", "render",
            "source", "tree",
        ],
    ),
    (
        "generator",
        &[
            "config", "diag", "load", "lock", "output", "pipeline", "progress", "render", "report",
            "source", "tree",
        ],
    ),
    ("cli", &[]),
];

/// The roots of the crate and of the program, and modules for tests.
const WITHOUT_ROW: [&str; 4] = ["golden", "layers", "lib", "main"];

#[test]
fn modules_import_only_the_layers_below_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    let names: Vec<String> = files.iter().map(|file| relative(file, &src)).collect();
    let modules: BTreeSet<&str> = names.iter().map(|name| top(name)).collect();
    let mut found = Vec::new();
    for (file, name) in files.iter().zip(&names) {
        let rows = ALLOWED.iter().filter(|(module, _)| holds(module, name));
        let Some((_, allowed)) = rows.max_by_key(|(module, _)| module.len()) else {
            if !WITHOUT_ROW.contains(&top(name)) {
                found.push(format!("src/{name} has no row"));
            }
            continue;
        };
        let text = fs::read_to_string(file).expect("a source file");
        for import in imports(&text) {
            let is_own = import == top(name);
            if modules.contains(import) && !is_own && !allowed.contains(&import) {
                found.push(format!("src/{name} imports `{import}`"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "imports that src/layers.rs does not allow:\n{}",
        found.join("\n")
    );
}

/// Modules that read the plan of the crate. Views are strings for templates, and nobody asks them for a fact.
const WITHOUT_VIEWS: [&str; 6] = [
    "diff",
    "rust/book",
    "rust/code",
    "rust/layout",
    "rust/plan",
    "rust/snippets",
];

#[test]
fn views_are_read_by_templates_alone() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    for file in files {
        let name = relative(&file, &src);
        if WITHOUT_VIEWS.iter().any(|module| holds(module, &name)) {
            let text = fs::read_to_string(&file).expect("a source file");
            assert!(!names_views(&text), "src/{name} reads a view");
        }
    }
    assert!(names_views("use crate::rust::view::access;"));
    assert!(names_views("use crate::rust::{layout, view::access};"));
}

#[test]
fn the_plan_prints_nothing() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![src.join("rust/plan.rs")];
    collect(&src.join("rust/plan"), &mut files);
    assert!(files.len() > 10);
    for file in files {
        let name = relative(&file, &src);
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(!text.contains("layout"), "src/{name} lays out code");
    }
}

/// Returns whether a file names the module of views.
fn names_views(text: &str) -> bool {
    text.contains("view::") || text.contains("rust::view")
}

#[test]
fn every_row_names_modules_that_exist() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let exists =
        |module: &str| src.join(module).is_dir() || src.join(format!("{module}.rs")).is_file();
    for (module, allowed) in ALLOWED {
        for name in allowed.iter().chain([&module]) {
            assert!(exists(name), "`{name}` in src/layers.rs is no module");
        }
    }
}

#[test]
fn only_code_that_ships_counts() {
    let text = "use crate::ir::Api;\n// crate::rust::book\nfn f() { crate::rust::f() }\n\
                #[cfg(test)]\nmod tests { use crate::pipeline; }\n";
    assert_eq!(imports(text), BTreeSet::from(["ir", "rust"]));
}

/// Lists the files of a folder that are compiled into the program.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut tests = BTreeSet::from(["tests.rs".to_owned()]);
    let entries = fs::read_dir(folder).expect("a folder of sources");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.is_file()) {
        let text = fs::read_to_string(path).expect("a source file");
        let after = text.split("#[cfg(test)]\nmod ").skip(1);
        let names = after.filter_map(|rest| rest.split_once(';'));
        let names = names.filter(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
        tests.extend(names.map(|(name, _)| format!("{name}.rs")));
    }
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, files);
        } else if name.ends_with(".rs") && !tests.contains(&*name) {
            files.push(path);
        }
    }
}

/// Returns the top-level modules that a file names by `crate::`, without comments and unit tests.
fn imports(text: &str) -> BTreeSet<&str> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split("crate::").skip(1));
    let end = |path: &str| {
        path.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(path.len())
    };
    paths.map(|path| &path[..end(path)]).collect()
}

/// Returns a file's path below `src`, with slashes.
fn relative(file: &Path, src: &Path) -> String {
    let path = file.strip_prefix(src).expect("a file below src");
    let name = path.to_str().expect("a name in UTF-8");
    name.replace('\\', "/")
}

fn holds(module: &str, file: &str) -> bool {
    let rest = file.strip_prefix(module);
    rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

fn top(file: &str) -> &str {
    let name = file.split('/').next().unwrap_or(file);
    name.strip_suffix(".rs").unwrap_or(name)
}
