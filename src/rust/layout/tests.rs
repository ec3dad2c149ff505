//! Compares each layout with the real rustfmt, for many lengths.

mod items;

use super::*;
use std::fmt::Write;
use std::process::{Command, Stdio};

/// Reproducible random numbers (xorshift).
struct Random(u64);

impl Random {
    fn number_up_to(&mut self, max: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % (max as u64 + 1)) as usize
    }

    fn name(&mut self, max: usize) -> String {
        let len = 1 + self.number_up_to(max - 1);
        (0..len)
            .map(|_| (b'a' + self.number_up_to(25) as u8) as char)
            .collect::<String>()
            + "_q"
    }

    fn some<T>(&mut self, max: usize, make: impl Fn(&mut Random) -> T) -> Vec<T> {
        (0..self.number_up_to(max)).map(|_| make(self)).collect()
    }

    fn argument(&mut self) -> Expr {
        match self.number_up_to(6) {
            0 => Expr::variable(self.name(20)).reference_mut(),
            1 => Expr::variable("self").field(self.name(30)).reference(),
            2 => Expr::string(&self.name(40)),
            3 => Expr::literal(self.number_up_to(2000) as i64 - 1000),
            4 => Expr::variable(self.name(10)).field(self.name(20)),
            _ => Expr::variable(self.name(12)),
        }
    }

    fn arguments(&mut self, max: usize) -> Vec<Expr> {
        self.some(max, Random::argument)
    }

    /// Returns a variable for a `let`, a field for an assignment, or an empty string.
    fn place(&mut self, max: usize) -> String {
        match self.number_up_to(2) {
            0 => format!("let {}", self.name(max)),
            1 => format!("self.{}", self.name(max)),
            _ => String::new(),
        }
    }
}

/// Asserts that rustfmt leaves the code unchanged.
fn assert_formatted(code: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("code.rs");
    std::fs::write(&file, code).expect("written");
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--config-path", "/dev/null"])
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .expect("rustfmt runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let changes = text.matches("Diff in").count();
    let shown: String = text
        .lines()
        .take(120)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(output.status.success(), "{changes} differences\n{shown}");
}

/// Returns a statement with the value, assigned to the place if it is not empty.
fn placed(indent: &str, place: &str, value: &Expr) -> String {
    match place {
        "" => statement(indent, value),
        place => assignment(indent, place, value),
    }
}

/// Returns functions with one statement each, some of them in nested blocks.
fn in_functions(cases: usize, make: impl Fn(&mut Random, &str) -> String) -> String {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut code = String::new();
    for case in 0..cases {
        let depth = 1 + random.number_up_to(3);
        let indent = "    ".repeat(depth);
        let _ = writeln!(code, "fn f{case}() {{");
        (1..depth).for_each(|level| {
            let _ = writeln!(code, "{}if a {{", "    ".repeat(level));
        });
        let _ = writeln!(code, "{}", make(&mut random, &indent));
        (1..depth).rev().for_each(|level| {
            let _ = writeln!(code, "{}}}", "    ".repeat(level));
        });
        code.push_str("}\n\n");
    }
    code.truncate(code.trim_end().len());
    code + "\n"
}

#[test]
fn calls_match_rustfmt() {
    assert_formatted(&in_functions(3000, |random, indent| {
        let arguments = random.arguments(5);
        let value = match random.number_up_to(2) {
            0 => Expr::call(random.name(30), arguments),
            1 => Expr::call(
                format!("{}::{}", random.name(20), random.name(20)),
                arguments,
            ),
            _ => Expr::variable(random.name(12)).method(random.name(20), arguments),
        };
        let value = match random.number_up_to(2) {
            0 => value.tried(),
            1 => value,
            _ => value.awaited().tried(),
        };
        placed(indent, &random.place(30), &value)
    }));
}

#[test]
fn nested_calls_match_rustfmt() {
    assert_formatted(&in_functions(3000, |random, indent| {
        let arguments = random.arguments(4);
        let inner = match random.number_up_to(2) {
            0 => Expr::call(random.name(20), arguments),
            1 => Expr::variable(random.name(20)).method(random.name(20), arguments),
            _ => Expr::slice(arguments),
        };
        let value = match random.number_up_to(2) {
            0 => Expr::call("Ok", [inner]),
            1 => Expr::some(inner),
            _ => Expr::boxed(inner),
        };
        let place = ["", "let value"][random.number_up_to(1)];
        placed(indent, place, &value)
    }));
}

#[test]
fn chains_match_rustfmt() {
    assert_formatted(&in_functions(4000, |random, indent| {
        let root = match random.number_up_to(4) {
            0 => Expr::variable("self"),
            1 => Expr::variable("x"),
            2 => Expr::new(random.name(20), random.arguments(3)),
            _ => Expr::variable(random.name(20)),
        };
        let mut value = root.method(random.name(12), []);
        for _ in 0..random.number_up_to(4) {
            value = match random.number_up_to(5) {
                0 => value.awaited().tried(),
                1 => value.field(random.name(10)),
                _ => value.method(random.name(20), random.arguments(3)),
            };
        }
        if random.number_up_to(1) == 0 {
            value = value.tried();
        }
        let place = match random.number_up_to(2) {
            0 => format!("let {}: {}", random.name(20), random.name(20)),
            1 => format!("let {}", random.name(20)),
            _ => String::new(),
        };
        placed(indent, &place, &value)
    }));
}

#[test]
fn rich_arguments_match_rustfmt() {
    assert_formatted(&in_functions(4000, |random, indent| {
        let rich = |random: &mut Random| match random.number_up_to(5) {
            0 => Expr::slice(random.arguments(4)),
            1 => Expr::variable(random.name(9)).method(random.name(9), random.arguments(2)),
            2 => Expr::call(
                format!("{}::{}", random.name(9), random.name(9)),
                random.arguments(2),
            ),
            3 => Expr::some(Expr::variable(random.name(20))),
            _ => random.argument(),
        };
        let arguments = [random.argument()]
            .into_iter()
            .chain(random.some(3, rich))
            .collect::<Vec<_>>();
        let place = ["", "let value", "self.value"][random.number_up_to(2)];
        let value = match random.number_up_to(1) {
            0 => Expr::call(random.name(30), arguments),
            _ => Expr::variable(random.name(20)).method(random.name(20), arguments),
        };
        let value = match random.number_up_to(1) {
            0 => value.tried(),
            _ => value,
        };
        placed(indent, place, &value)
    }));
}

#[test]
fn tuples_match_rustfmt() {
    assert_formatted(&in_functions(4000, |random, indent| {
        let part = |random: &mut Random| match random.number_up_to(3) {
            0 => Expr::slice(random.arguments(4)),
            1 => Expr::call(random.name(20), [random.argument()]),
            2 => Expr::string(&random.name(30)),
            _ => random.argument(),
        };
        let tuple = |random: &mut Random| {
            let parts = [part(random), part(random)].into_iter();
            let parts: Vec<Expr> = parts.chain(random.some(2, part)).collect();
            Expr::tuple(parts)
        };
        let argument = match random.number_up_to(3) {
            0 => Expr::slice(random.some(3, tuple)),
            1 => Expr::array(random.some(3, tuple)).method("into", []),
            2 => Expr::tuple([tuple(random), tuple(random)]),
            _ => tuple(random),
        };
        let arguments = match random.number_up_to(1) {
            0 => vec![argument],
            _ => vec![random.argument(), argument],
        };
        let place = ["", "let value", "self.value"][random.number_up_to(2)];
        let callee = ["Ok", "decode::status", "some_longer_name"][random.number_up_to(2)];
        placed(indent, place, &Expr::call(callee, arguments))
    }));
}

#[test]
fn closures_match_rustfmt_if_they_fit() {
    assert_formatted(&in_functions(2000, |random, indent| {
        let map = Expr::closure("item", Expr::variable("item").method(random.name(25), []));
        let place = format!("let {}: Vec<{}>", random.name(30), random.name(20));
        let items = Expr::variable(random.name(30)).method("into_iter", []);
        let value = items.method("map", [map]).method("collect", []);
        assignment(indent, &place, &value)
    }));
}

#[test]
fn lists_match_rustfmt() {
    assert_formatted(&in_functions(2000, |random, indent| {
        let max = [3, 8, 30][random.number_up_to(2)];
        let items = random.some(16, |random| Expr::string(&random.name(max)));
        let value = match random.number_up_to(2) {
            0 => Expr::array(items),
            1 => Expr::slice(items),
            _ => Expr::vec(items),
        };
        assignment(indent, &format!("let {}: &[&str]", random.name(20)), &value)
    }));
}

#[test]
fn numbers_are_packed_as_rustfmt_packs_them() {
    assert_formatted(&in_functions(1000, |random, indent| {
        let items = random.some(40, |random| match random.number_up_to(2) {
            0 => Expr::literal(format!("-0.{}", random.number_up_to(9999))),
            1 => Expr::literal(format!("{}e-7", random.number_up_to(99))),
            _ => Expr::literal(random.number_up_to(99999)),
        });
        let call = Expr::variable(random.name(20)).method("values", [Expr::vec(items)]);
        placed(indent, &random.place(20), &call)
    }));
}

#[test]
fn arms_match_rustfmt() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut code = String::from("fn f() {\n    match x {\n");
    for _ in 0..3000 {
        let pattern = match random.number_up_to(1) {
            0 => format!("Self::{}", random.name(60)),
            _ => format!("\"{}\"", random.name(60)),
        };
        let arguments = random.arguments(4);
        let body = match random.number_up_to(3) {
            0 => Expr::call(format!("json::{}", random.name(20)), arguments).tried(),
            1 => Expr::string(&random.name(60)),
            2 => {
                let variant = Expr::item("Self", random.name(20));
                let value = Expr::variable(random.name(9)).method(random.name(9), arguments);
                value.method("map", [variant])
            }
            _ => Expr::variable("object").method(random.name(20), arguments),
        };
        let _ = writeln!(code, "{}", arm("        ", &pattern, &body));
    }
    code.push_str("    }\n}\n");
    assert_formatted(&code);
}

/// Like [`assert_formatted`], for code with `mod x;` items. rustfmt reads it from standard input, so that
/// it does not look for the missing files.
fn assert_formatted_alone(code: &str) {
    use std::io::Write as _;
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(code.as_bytes())
        .expect("written");
    let output = child.wait_with_output().expect("rustfmt ends");
    let formatted = String::from_utf8_lossy(&output.stdout).into_owned();
    let differing = formatted
        .lines()
        .zip(code.lines())
        .find(|(one, other)| one != other);
    assert_eq!(differing, None);
}

#[test]
fn closures_macros_and_tuples_of_one_part_stay_on_their_line() {
    let long = Expr::string(&"a".repeat(120));
    let json = Expr::macro_call("serde_json::json", format!("[{long}]"));
    let closure = Expr::closure("()", long.clone());
    for unbroken in [json, closure, Expr::tuple([long])] {
        let text = unbroken.to_string();
        let call = statement("", &Expr::call("f", [unbroken]));
        assert_eq!(call, format!("f({text});"));
    }
}

#[test]
fn layouts_grow_linearly_with_depth() {
    let layouts = |levels: usize| {
        let one = || Expr::literal(1);
        let calls = (0..levels).fold(one(), |inner, level| {
            Expr::new(format!("Level{}", levels - level), [inner])
        });
        let chains = (0..levels).fold(one(), |inner, level| {
            let made = Expr::new(format!("Level{}", levels - level), []);
            let text = Expr::string("some text");
            made.method("inner", [inner]).method("other", [text])
        });
        [calls, chains].map(|value| {
            let mut layouts = Layouts::of(&value);
            layouts.right_side(LineShape::line(4, 1));
            layouts.count()
        })
    };
    for (some, more) in layouts(12).into_iter().zip(layouts(24)) {
        assert!(more < 8 * some && more < 24 * 24 * 4, "{some} {more}");
    }
}
