//! Programs for documentation.

/// An example program for documentation, with hidden lines that make it compile.
#[derive(Debug, Default)]
pub struct Doctest(Vec<DoctestLine>);

#[derive(Debug)]
enum DoctestLine {
    Shown(String),
    Hidden(String),
}

impl Doctest {
    pub fn show(&mut self, line: impl Into<String>) {
        self.0.push(DoctestLine::Shown(line.into()));
    }

    pub fn show_all(&mut self, lines: impl IntoIterator<Item = String>) {
        self.0.extend(lines.into_iter().map(DoctestLine::Shown));
    }

    pub fn hide(&mut self, line: impl Into<String>) {
        self.0.push(DoctestLine::Hidden(line.into()));
    }

    /// Returns all lines, with rustdoc's `# ` on hidden ones.
    pub fn source(&self) -> Vec<String> {
        let source = |line: &DoctestLine| match line {
            DoctestLine::Shown(line) => line.clone(),
            DoctestLine::Hidden(line) => format!("# {line}"),
        };
        self.0.iter().map(source).collect()
    }

    /// Returns the lines that rustdoc shows.
    pub fn visible(&self) -> Vec<String> {
        let visible = |line: &DoctestLine| match line {
            DoctestLine::Shown(line) => Some(line.clone()),
            DoctestLine::Hidden(_) => None,
        };
        self.0.iter().filter_map(visible).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Doctest;

    #[test]
    fn only_rustdoc_sees_hidden_lines() {
        let mut doctest = Doctest::default();
        doctest.hide("fn run() {");
        doctest.show_all(["# shown".to_owned()]);
        doctest.show("call();");
        doctest.hide("}");
        assert_eq!(doctest.visible(), ["# shown", "call();"]);
        assert_eq!(
            doctest.source(),
            ["# fn run() {", "# shown", "call();", "# }"]
        );
    }
}
