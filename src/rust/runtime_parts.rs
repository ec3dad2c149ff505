//! Parts of the runtime that not every crate has, and the reason for each.
//!
//! A part is a file, or lines of a file between `// sdkgen:if PART` and `// sdkgen:end`. Without the lines of any part,
//! each file of the runtime is valid Rust, so that tests can include the files as they are.

use super::Plan;
use crate::ir::{EnumKind, Framing, Shape};
use std::collections::BTreeSet;

/// A condition of a crate.
type Condition = fn(Plan<'_>) -> bool;

/// The parts, by the name that the markers use.
static PARTS: &[(&str, Condition)] = &[
    ("digits", has_digits),
    ("enums", |plan| {
        has_shape(plan, |shape| matches!(shape, Shape::Enum(_))) || plan.has_nullable_setters()
    }),
    ("integer_enums", |plan| has_enum(plan, EnumKind::Integer)),
    ("opened", |plan| {
        plan.has_streams_of(Framing::Events)
            || plan.has_streams_of(Framing::Lines)
            || plan.has_downloads()
    }),
    ("text_enums", |plan| has_enum(plan, EnumKind::String)),
    ("tolerant", |plan| has_tolerant(plan, false)),
    ("tolerant_any", |plan| {
        has_tolerant(plan, false) || has_digits(plan)
    }),
    ("header_errors", |plan| {
        plan.has_headers() || plan.has_streams_of(Framing::Events)
    }),
    ("unions", has_unions),
    ("value_enums", |plan| has_enum(plan, EnumKind::Scalar)),
];

/// The parts that whole files belong to.
static FILES: &[(&str, &str)] = &[
    ("digits.rs", "digits"),
    ("enumeration.rs", "enums"),
    ("lenient_union.rs", "unions"),
    ("tolerant.rs", "tolerant_any"),
    ("union.rs", "unions"),
    ("union_trials.rs", "unions"),
];

const BEGIN: &str = "// sdkgen:if ";
const END: &str = "// sdkgen:end";

fn has_shape(plan: Plan<'_>, is_meant: impl Fn(&Shape) -> bool) -> bool {
    plan.api.types.iter().any(|def| is_meant(&def.shape))
}

fn has_unions(plan: Plan<'_>) -> bool {
    has_shape(plan, |shape| matches!(shape, Shape::Union(_)))
}

fn has_enum(plan: Plan<'_>, kind: EnumKind) -> bool {
    has_shape(
        plan,
        |shape| matches!(shape, Shape::Enum(it) if it.kind == kind),
    )
}

/// Returns whether a union or an inferred property may hold numbers beyond the machine's types.
fn has_digits(plan: Plan<'_>) -> bool {
    has_shape(
        plan,
        |shape| matches!(shape, Shape::Union(union) if union.exact),
    ) || has_tolerant(plan, true)
}

/// Returns whether an inferred property keeps a value that does not fit.
fn has_tolerant(plan: Plan<'_>, exact: bool) -> bool {
    has_shape(plan, |shape| match shape {
        Shape::Object(object) => {
            let mut members = object.members.iter();
            members.any(|it| it.inferred && !it.required && it.exact == exact)
        }
        _ => false,
    })
}

/// The parts of one crate.
pub struct RuntimeParts(BTreeSet<&'static str>);

impl RuntimeParts {
    pub fn of(plan: Plan<'_>) -> Self {
        let needed = PARTS.iter().filter(|(_, is_needed)| is_needed(plan));
        RuntimeParts(needed.map(|(name, _)| *name).collect())
    }

    /// Returns whether the crate has a file of the runtime.
    pub fn has_file(&self, file: &str) -> bool {
        let mut parts = FILES.iter().filter(|(name, _)| *name == file);
        parts.all(|(_, part)| self.0.contains(part))
    }

    /// Returns a file of the runtime without the parts that the crate does not have, or `None` if the file has no parts.
    pub fn select(&self, text: &str) -> Option<String> {
        if !text.contains(BEGIN) {
            return None;
        }
        let mut selected = String::with_capacity(text.len());
        let mut open: Vec<bool> = Vec::new();
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if let Some(part) = trimmed.strip_prefix(BEGIN) {
                open.push(self.0.contains(part));
            } else if trimmed == END {
                open.pop();
            } else if open.iter().all(|is_kept| *is_kept) {
                let is_second_blank = trimmed.is_empty() && selected.ends_with("\n\n");
                if !is_second_blank {
                    selected.push_str(line);
                }
            }
        }
        selected.truncate(selected.trim_end().len());
        selected.push('\n');
        Some(selected)
    }
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, FILES, PARTS, RuntimeParts};
    use crate::render::Templates;
    use std::collections::{BTreeMap, BTreeSet};

    /// Returns the files of the runtime.
    fn files() -> Vec<(String, String)> {
        let templates = Templates::new(&BTreeMap::new()).unwrap();
        let copied = templates.copied().iter();
        let files = copied.filter_map(|(name, text)| {
            let file = name.strip_prefix("rust/runtime/")?;
            Some((file.to_owned(), (*text).to_owned()))
        });
        files.collect()
    }

    #[test]
    fn markers_name_parts_and_are_in_pairs() {
        let known: BTreeSet<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        let mut used: BTreeSet<String> = FILES.iter().map(|(_, it)| (*it).to_owned()).collect();
        for (file, text) in files() {
            let mut depth = 0;
            for line in text.lines().map(str::trim) {
                if let Some(part) = line.strip_prefix(BEGIN) {
                    assert!(known.contains(part), "{file}: {part}");
                    used.insert(part.to_owned());
                    depth += 1;
                } else if line == END {
                    assert!(depth > 0, "{file}");
                    depth -= 1;
                }
            }
            assert_eq!(depth, 0, "{file}");
        }
        assert_eq!(
            used.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            known
        );
    }

    #[test]
    fn a_crate_declares_the_files_that_it_has() {
        let files = files();
        let (_, index) = files.iter().find(|(file, _)| file == "mod.rs").unwrap();
        for (name, _) in PARTS {
            let parts = RuntimeParts(BTreeSet::from([*name]));
            let index = parts.select(index).unwrap();
            for (file, _) in FILES {
                let module = file.trim_end_matches(".rs");
                let line = format!("mod {module};\n");
                assert_eq!(
                    index.contains(&line),
                    parts.has_file(file),
                    "{name}: {file}"
                );
            }
        }
    }
}
