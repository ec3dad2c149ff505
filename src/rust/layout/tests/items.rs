//! Fields, signatures, types, imports and attributes.

use super::*;

#[test]
fn fields_match_rustfmt() {
    assert_formatted(&in_functions(1500, |random, indent| {
        let mut text = format!("{indent}Self {{\n");
        for _ in 0..2 {
            let name = random.name(30);
            let callee = ["json::required", "f", "Some"][random.number_up_to(2)];
            let value = Expr::call(callee, random.arguments(3));
            let value = match random.number_up_to(1) {
                0 => value.tried(),
                _ => value,
            };
            let line = field_value(&format!("{indent}    "), &name, &value);
            let _ = writeln!(text, "{line}");
        }
        text + indent + "}"
    }));
}

#[test]
fn struct_literals_match_rustfmt() {
    assert_formatted(&in_functions(1000, |random, indent| {
        let fields = random.some(4, |random| {
            let value = (random.number_up_to(1) > 0).then(|| random.argument());
            (random.name(6), value)
        });
        let fields = fields.iter().map(|(name, value)| Field {
            name,
            value: value.clone(),
        });
        struct_literal(indent, &random.name(20), &fields.collect::<Vec<_>>())
    }));
}

#[test]
fn field_values_match_rustfmt() {
    assert_formatted(&in_functions(3000, |random, indent| {
        let value = match random.number_up_to(3) {
            0 => Expr::variable(random.name(60)).method("to_owned", []),
            1 => Expr::boxed(Expr::variable(random.name(60))),
            _ => Expr::item(random.name(50), random.name(50)),
        };
        let inner = format!("{indent}    ");
        let field = field_value(&inner, &random.name(40), &value);
        format!(
            "{indent}self.value = A {{\n{inner}first: {},\n{field}\n{indent}}};",
            value.to_string().len()
        )
    }));
}

#[test]
fn signatures_match_rustfmt() {
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut code = String::from("impl A {\n");
    for case in 0..3000 {
        let parameters = random.some(5, |random| {
            let ty = match random.number_up_to(9) {
                0 => {
                    let item = TypeCode::name(random.name(75)).prefixed("Item = ");
                    TypeCode::generic("IntoIterator", [item]).prefixed("impl ")
                }
                1 => generic("Vec", random.name(90)),
                _ => TypeCode::name(random.name(20)),
            };
            FnParameter::new(random.name(20), ty)
        });
        let returns = (random.number_up_to(3) > 0).then(|| format!("Result<{}>", random.name(40)));
        let head = format!("pub fn {}{case}", random.name(50));
        let _ = writeln!(
            code,
            "{}\n    }}\n",
            signature("    ", &head, &parameters, returns.as_deref()).replace("{\n", "{")
        );
    }
    code.truncate(code.trim_end().len());
    code.push_str("\n}\n");
    // rustfmt prints an empty body as `{}` on one line, so add a statement to each.
    let code = code.replace(" {\n    }\n", " {\n        x\n    }\n");
    assert_formatted(&code);
}

/// Returns a type of nested maps, lists and options.
fn nested(random: &mut Random, depth: usize) -> TypeCode {
    match random.number_up_to(if depth == 0 { 0 } else { 4 }) {
        1 => TypeCode::generic("Vec", [nested(random, depth - 1)]),
        2 => TypeCode::generic("Option", [nested(random, depth - 1)]),
        3 | 4 => {
            let value = nested(random, depth - 1);
            TypeCode::generic("BTreeMap", [TypeCode::name("String"), value])
        }
        _ => TypeCode::name(format!("types::{}", random.name(60))),
    }
}

/// Returns a type with one argument.
fn generic(name: &'static str, argument: String) -> TypeCode {
    TypeCode::generic(name, [TypeCode::name(argument)])
}

#[test]
fn nested_types_match_rustfmt() {
    let mut random = Random(0x0ddb_a11c_0ffe_e000);
    let mut code = String::new();
    for case in 0..1500 {
        let ty = nested(&mut random, 5);
        let _ = writeln!(code, "{}\n", alias(&format!("A{case}"), &ty));
        let line = field("    ", &format!("pub {}", random.name(40)), &ty);
        let _ = writeln!(code, "pub struct S{case} {{\n{line}\n}}\n");
        let from_ty = TypeCode::generic("From", [ty.clone()]);
        let head = impl_head("impl", &from_ty, &format!("E{case}"));
        let _ = writeln!(code, "{head}\n{}\n        x\n    }}\n}}\n", from(&ty));
        let line = variant("    ", &random.name(20), &ty);
        let _ = writeln!(code, "pub enum E{case} {{\n{line}\n}}\n");
        let first = FnParameter::new(random.name(40), ty.clone());
        let parameters = [first, FnParameter::plain("b", "u8")];
        let head = signature("", &format!("pub fn f{case}"), &parameters, None);
        let name = random.name(50);
        let given = Expr::variable(name.clone());
        let value = match random.number_up_to(1) {
            0 => given.method("into_iter", []).method("collect", []),
            _ => given.method("into", []),
        };
        let line = binding("    ", &name, &ty, &value);
        let _ = writeln!(code, "{head}\n{line}\n}}\n");
    }
    code.truncate(code.trim_end().len());
    assert_formatted(&(code + "\n"));
}

#[test]
fn aliases_match_rustfmt() {
    let mut random = Random(0x0dd0_beef_cafe_f00d);
    let mut code = String::new();
    for case in 0..600 {
        let aliased = alias(
            &format!("A{}{case}", random.name(40)),
            &generic("std::vec::Vec", random.name(60)),
        );
        let _ = writeln!(code, "{aliased}\n");
    }
    code.truncate(code.trim_end().len());
    assert_formatted(&(code + "\n"));
}

#[test]
fn long_return_types_match_rustfmt() {
    let mut random = Random(0x1234_0fa5_50c1_0001);
    let mut code = "impl A {\n".to_owned();
    for case in 0..600 {
        let ty = format!("pages::Items<{}>", random.name(76));
        let own = [FnParameter::SELF];
        let head = signature("    ", &format!("pub fn f{case}"), &own, Some(&ty));
        let _ = writeln!(code, "{head}\n        1\n    }}\n");
    }
    code.truncate(code.trim_end().len());
    assert_formatted(&(code + "\n}\n"));
}

#[test]
fn uses_and_modules_are_sorted_as_rustfmt_sorts_them() {
    let mut random = Random(0xabcd_ef01_2345_6789);
    let pieces = [
        "a", "b", "Ab", "AB", "a1", "a10", "a2", "a02", "_a", "a_b", "ab", "A_B", "B", "r#type",
        "x_1", "X1", "x86_64",
    ];
    let mut code = String::new();
    for case in 0..300 {
        let mut uses: Vec<String> = (0..8)
            .map(|_| {
                let root = ["crate", "super", "std", "serde"][random.number_up_to(3)];
                let path: Vec<&str> = (0..=random.number_up_to(2))
                    .map(|_| pieces[random.number_up_to(pieces.len() - 1)])
                    .collect();
                format!("    use {root}::{};", path.join("::"))
            })
            .collect();
        sort_uses(&mut uses);
        uses.dedup();
        let mut modules: Vec<&str> = pieces
            .iter()
            .copied()
            .filter(|_| random.number_up_to(1) == 0)
            .collect();
        modules.retain(|module| !module.starts_with("r#"));
        modules.sort_by(|one, other| module_order(one, other));
        let modules: String = modules
            .iter()
            .map(|module| format!("    mod {module};\n"))
            .collect();
        let gap = if modules.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            code,
            "mod m{case} {{\n{}\n{gap}{modules}}}\n",
            uses.join("\n")
        );
    }
    code.truncate(code.trim_end().len());
    assert_formatted_alone(&(code + "\n"));
}

#[test]
fn imports_of_several_names() {
    let mut random = Random(0x1297);
    let mut code = String::new();
    for number in 0..1_500 {
        let longest = 1 + random.number_up_to(40);
        let mut lines = random.some(12, |random| format!("use a::{};", random.name(longest)));
        lines.push("use a::last;".to_owned());
        sort_uses(&mut lines);
        lines.dedup();
        let names = lines.iter().filter_map(|line| line.strip_prefix("use a::"));
        let names: Vec<&str> = names.map(|name| name.trim_end_matches(';')).collect();
        let path = format!("pub use self::module{number}");
        writeln!(code, "{}\n", import(&path, &names)).expect("text");
    }
    assert_formatted(&format!("{}\n", code.trim()));
}

#[test]
fn attributes_of_features() {
    let mut random = Random(0xFEA7);
    let mut code = String::new();
    for number in 0..600 {
        let longest = 1 + random.number_up_to(40);
        let features = random.some(5, |random| random.name(longest));
        let outer = cfg("", &features);
        let outer = format!("{outer}\npub fn outer{number}() {{}}\n");
        writeln!(code, "{}", outer.trim_start_matches('\n')).expect("text");
        let inner = cfg("    ", &features);
        let inner = format!("{inner}\n    pub fn inner() {{}}");
        writeln!(
            code,
            "impl S{number} {{\n{}\n}}\n",
            inner.trim_start_matches('\n')
        )
        .expect("text");
    }
    assert_formatted(&format!("{}\n", code.trim()));
}
