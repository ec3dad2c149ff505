use super::apply;
use crate::diag::Diagnostics;
use crate::load::Inputs;
use crate::tree::{FileId, Tree};
use serde_json::{Value as Json, json};

/// Returns a YAML document after these actions, with the codes of diagnostics.
fn changed(document: &str, actions: &str) -> (Json, Vec<&'static str>) {
    let head = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n";
    overlaid(document, &format!("{head}actions:\n{actions}"))
}

/// Like [`changed`], with a whole overlay.
fn overlaid(document: &str, overlay: &str) -> (Json, Vec<&'static str>) {
    let mut tree = Tree::default();
    let mut diagnostics = Diagnostics::default();
    for (file, text) in [document, overlay].into_iter().enumerate() {
        crate::yaml::load(text, FileId(file as u32), &mut tree, &mut diagnostics).unwrap();
        tree.seal();
    }
    apply(&mut tree, FileId(0), FileId(1), &mut diagnostics);
    let codes = diagnostics.iter().map(|found| found.code).collect();
    (tree.root(FileId(0)).unwrap().to_json(), codes)
}

fn result(document: &str, actions: &str) -> Json {
    let (json, codes) = changed(document, actions);
    assert_eq!(codes, [""; 0], "{actions}");
    json
}

#[test]
fn objects_merge_lists_grow_and_values_are_replaced() {
    let document = "a: {x: 1, list: [1], in: {deep: true}}\n";
    let actions =
        "  - target: $.a\n    update: {x: two, list: [2, 3], in: {more: [null]}, new: {k: v}}\n";
    assert_eq!(
        result(document, actions),
        json!({"a": {"x": "two", "list": [1, 2, 3], "in": {"deep": true, "more": [null]}, "new": {"k": "v"}}})
    );
}

#[test]
fn an_item_is_appended_and_a_value_replaced_in_place() {
    let actions = "  - {target: $.list, update: {n: 2}}\n  - {target: $.list, update: [x, y]}\n  \
                   - {target: '$.list[0]', update: first}\n";
    assert_eq!(
        result("list: [0, 1]\n", actions),
        json!({"list": ["first", 1, {"n": 2}, "x", "y"]})
    );
}

#[test]
fn every_target_is_changed() {
    let document = "paths:\n  /a: {get: {x: [1]}, post: {}}\n  /b: {get: {tags: [old, keep]}}\n";
    let actions = "  - {target: '$.paths.*.get', update: {safe: true}}\n  \
                   - {target: \"$..tags[?@ == 'old']\", remove: true}\n  \
                   - {target: \"$.paths[?@.post]\", update: {summary: s}}\n";
    assert_eq!(
        result(document, actions),
        json!({"paths": {
            "/a": {"get": {"x": [1], "safe": true}, "post": {}, "summary": "s"},
            "/b": {"get": {"tags": ["keep"], "safe": true}},
        }})
    );
}

#[test]
fn removed_keys_can_be_added_again() {
    let actions = "  - {target: $.a, remove: true}\n  - {target: $, update: {a: [new]}}\n";
    assert_eq!(
        result("a: {x: 1}\nb: 1\n", actions),
        json!({"b": 1, "a": ["new"]})
    );
    // Later actions use the new indices.
    let actions =
        "  - {target: '$.list[0]', remove: true}\n  - {target: '$.list[1]', update: changed}\n";
    assert_eq!(
        result("list: [a, b, c]\n", actions),
        json!({"list": ["b", "changed"]})
    );
}

#[test]
fn large_objects_are_reindexed() {
    let keys: Vec<String> = (0..40)
        .map(|number| format!("k{number}: {number}"))
        .collect();
    let document = format!("o: {{{}}}\n", keys.join(", "));
    let actions = "  - {target: $.o.k7, remove: true}\n  - {target: $.o, update: {k7: back, k5: five, a: 0}}\n  \
                   - {target: $.o.k7, update: again}\n";
    let json = result(&document, actions);
    let object = json["o"].as_object().unwrap();
    assert_eq!(object.len(), 41);
    assert_eq!(
        (&object["k7"], &object["k5"], &object["a"]),
        (&json!("again"), &json!("five"), &json!(0))
    );
}

#[test]
fn nodes_can_be_copied_into_themselves() {
    let actions = "  - {target: $.a.b, copy: $.a}\n";
    assert_eq!(
        result("a: {b: {c: 1}}\n", actions),
        json!({"a": {"b": {"c": 1, "b": {"c": 1}}}})
    );
}

#[test]
fn invalid_actions_are_reported_and_skipped() {
    let cases = [
        ("{target: $.a, update: [1]}", "E0703"),
        ("{target: $.a, update: 1}", "E0703"),
        ("{target: $.x, update: {n: 1}}", "E0703"),
        ("{target: $, remove: true}", "E0703"),
        ("{target: 'a.b', update: {}}", "E0702"),
        ("{target: '$.a[', update: {}}", "E0702"),
        ("{target: $.a, copy: $.none}", "E0702"),
        ("{target: $.a, copy: $.*}", "E0702"),
        ("{target: $.none, update: {}}", "W0704"),
        ("{target: $.a}", "E0701"),
        ("{target: $.a, updates: {}}", "E0701"),
        ("{target: $.a, update: {}, copy: $.a}", "E0701"),
        ("{update: {}}", "E0701"),
        ("text", "E0701"),
    ];
    for (action, code) in cases {
        let actions = format!("  - {action}\n  - {{target: $, update: {{done: true}}}}\n");
        let (json, codes) = changed("a: {b: 1}\nx: 1\n", &actions);
        assert_eq!(codes, [code], "{action}");
        assert_eq!(
            json,
            json!({"a": {"b": 1}, "x": 1, "done": true}),
            "{action}"
        );
    }
}

/// Applies the patterns that the specification shows: traits, filtered parameters, and moving by copying.
#[test]
fn targets_are_selected_by_content() {
    let document = "paths:\n  /items: {get: {x-oai-traits: [paged], parameters: [{name: a, in: query}, {name: a, in: path}]}}\n  \
                    /other: {get: {x-oai-traits: [odd]}}\n";
    let actions = "  - target: $.paths[?(@.get['x-oai-traits'][?(@ == 'paged')])].get\n    update: {parameters: [{name: top}]}\n  \
                   - target: $.paths.*.get.parameters[?@.name=='a' && @.in=='query']\n    remove: true\n  \
                   - target: $.paths\n    update: {/new-items: {}}\n  \
                   - target: $.paths[\"/new-items\"]\n    copy: '$.paths[\"/items\"]'\n  \
                   - target: $.paths['/items']\n    remove: true\n    update: {get: {no: impact}}\n";
    assert_eq!(
        result(document, actions),
        json!({"paths": {
            "/other": {"get": {"x-oai-traits": ["odd"]}},
            "/new-items": {"get": {
                "x-oai-traits": ["paged"],
                "parameters": [{"name": "a", "in": "path"}, {"name": "top"}],
            }},
        }})
    );
}

#[test]
fn deviations_are_reported_and_applied() {
    let head = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n";
    let update = "actions: [{target: $, update: {done: true}}]\n";
    let first = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n";
    for (overlay, expected) in [
        (
            format!("overlay: 1.1\ninfo: {{title: T, version: '1'}}\n{update}"),
            1,
        ),
        (format!("overlay: 1.1.0\n{update}"), 1),
        (format!("overlay: 1.1.0\ninfo: {{title: T}}\n{update}"), 1),
        (format!("{head}note: x\nx-note: y\n{update}"), 1),
        (
            format!("{head}actions: [{{target: $, update: {{a:, done: true}}}}]\n"),
            1,
        ),
        (
            format!("{first}actions: [{{target: $, copy: $.with}}]\n"),
            1,
        ),
        (
            format!(
                "{first}actions: [{{target: $.a.b, update: 1}}, {{target: $, update: {{done: true}}}}]\n"
            ),
            1,
        ),
        (
            format!("overlay: 1.2.0\ninfo: {{title: T, version: '1'}}\n{update}"),
            1,
        ),
        // Version 1.1 allows scalars, if all targets are of one kind.
        (
            format!(
                "{head}actions: [{{target: '$[\"a\", \"with\"][\"b\", \"done\"]', update: 1}}, {{target: $, update: {{a: {{b: 1}}, with: {{done: true}}, done: true}}}}]\n"
            ),
            0,
        ),
        (format!("{first}{update}"), 0),
    ] {
        let (json, codes) = overlaid("a: {b: 1}\nwith: {done: true}\n", &overlay);
        assert_eq!(codes, vec!["W0705"; expected], "{overlay}");
        let wanted = json!({"a": {"b": 1}, "with": {"done": true}, "done": true});
        assert_eq!(json, wanted, "{overlay}");
    }
    for (document, target, expected) in [
        ("a: {b: [1], c: text}\n", "$.a['b','c']", 1),
        ("a: {b: {d: 1}, c: [1]}\n", "$.a['b','c']", 1),
        ("a: {b: {d: 1}, c: {d: 2}}\n", "$.a['b','c']", 0),
        ("a: {b: 1, c: text}\n", "$.a['b','c']", 0),
    ] {
        let overlay =
            format!("{head}actions: [{{target: \"{target}\", remove: false, update: 2}}]\n");
        let (_, codes) = overlaid(document, &overlay);
        let of_kinds = codes.iter().filter(|code| **code == "W0705").count();
        assert_eq!(of_kinds, expected, "{document}");
    }
    let (_, codes) = overlaid("a: 1\n", &format!("{head}actions: []\n"));
    assert_eq!(codes, ["W0705"]);
}

#[test]
fn documents_that_copies_make_too_large_are_refused() {
    let deeper = "  - {target: $.a, copy: $}\n".repeat(600);
    let (_, codes) = changed("a: {}\n", &deeper);
    assert!(codes.contains(&"E0004") && codes.iter().all(|code| *code == "E0004"));
}

#[test]
fn overlays_may_be_moved() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    let spec = write("api.yaml", "openapi: 3.1.0\ninfo: {title: A}\n");
    for (extended, is_reported) in [("api.yaml", false), ("other.yaml", true)] {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: B, version: '1'}}\nextends: {extended}\n\
             actions: [{{target: $.info, update: {{version: '1'}}}}]\n"
        );
        let overlay = write("changes/overlay.yaml", &text);
        let mut diagnostics = Diagnostics::default();
        let inputs = Inputs {
            overlays: vec![overlay],
            ..Inputs::of(&spec)
        };
        crate::load::load(&inputs, &mut diagnostics).unwrap();
        let reported = diagnostics.iter().any(|found| found.code == "W0705");
        assert_eq!(reported, is_reported, "{extended}");
    }
}
