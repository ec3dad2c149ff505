//! Checks the syntax of regular expressions (ECMA-262, section 22.2.1, with its Annex B).
//!
//! Some valid expressions cannot be compiled by sdkgen, such as those with lookaround.

/// Checks a pattern. Returns the first fault.
pub fn check(pattern: &str) -> Result<(), &'static str> {
    let mut reader = PatternReader {
        rest: pattern.chars().collect(),
        at: 0,
    };
    reader.read()
}

struct PatternReader {
    rest: Vec<char>,
    at: usize,
}

impl PatternReader {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.get(self.at).copied();
        self.at += usize::from(next.is_some());
        next
    }

    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn read(&mut self) -> Result<(), &'static str> {
        let mut open = 0_usize;
        // Whether a quantifier may follow.
        let mut is_atom = false;
        while let Some(next) = self.next() {
            is_atom = match next {
                '\\' => self.escape().map(|()| true)?,
                '[' => self.class().map(|()| true)?,
                '(' => {
                    open += 1;
                    self.group().map(|()| false)?
                }
                ')' => {
                    open = open.checked_sub(1).ok_or("a `)` closes nothing")?;
                    true
                }
                '*' | '+' | '?' => self.quantifier(is_atom).map(|()| false)?,
                '{' if self.is_repetition() => self.repetition(is_atom).map(|()| false)?,
                '|' | '^' => false,
                _ => true,
            };
        }
        match open {
            0 => Ok(()),
            _ => Err("a `(` is not closed"),
        }
    }

    fn escape(&mut self) -> Result<(), &'static str> {
        self.next().map(|_| ()).ok_or("it ends with a lone `\\`")
    }

    fn class(&mut self) -> Result<(), &'static str> {
        while let Some(next) = self.next() {
            match next {
                ']' => return Ok(()),
                '\\' => self.escape()?,
                from => self.range(from)?,
            }
        }
        Err("a `[` is not closed")
    }

    /// Checks that a range of two plain characters is in order.
    fn range(&mut self, from: char) -> Result<(), &'static str> {
        let [Some('-'), Some(to)] = [self.peek(), self.rest.get(self.at + 1).copied()] else {
            return Ok(());
        };
        if matches!(to, ']' | '\\' | '[') {
            return Ok(());
        }
        self.at += 2;
        match from <= to {
            true => Ok(()),
            false => Err("a range in `[…]` ends before it begins"),
        }
    }

    fn group(&mut self) -> Result<(), &'static str> {
        if self.peek() != Some('?') {
            return Ok(());
        }
        self.at += 1;
        let what = "unknown kind of group after `(?`";
        match self.next() {
            Some(':' | '=' | '!' | '<') => Ok(()),
            // Modifiers of a group (ECMA-262 since 2025).
            Some('i' | 'm' | 's' | '-') => {
                while self.peek().is_some_and(|c| "ims-".contains(c)) {
                    self.at += 1;
                }
                self.next()
                    .filter(|next| *next == ':')
                    .map(|_| ())
                    .ok_or(what)
            }
            _ => Err(what),
        }
    }

    /// Skips the `?` of a lazy quantifier.
    fn quantifier(&mut self, is_atom: bool) -> Result<(), &'static str> {
        if self.peek() == Some('?') {
            self.at += 1;
        }
        match is_atom {
            true => Ok(()),
            false => Err("a quantifier repeats nothing"),
        }
    }

    /// Returns whether `{` starts a quantifier. Otherwise it is a literal.
    fn is_repetition(&self) -> bool {
        let inner = self.rest[self.at..].iter().take_while(|c| **c != '}');
        let inner: String = inner.collect();
        let is_closed = self.at + inner.chars().count() < self.rest.len();
        let (least, most) = inner.split_once(',').unwrap_or((&inner, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        is_closed && !least.is_empty() && is_digits(least) && is_digits(most)
    }

    fn repetition(&mut self, is_atom: bool) -> Result<(), &'static str> {
        let mut inner = String::new();
        while let Some(next) = self.next().filter(|next| *next != '}') {
            inner.push(next);
        }
        let limits = inner.split_once(',');
        let numbers = limits.and_then(|(least, most)| {
            Some((least.parse::<u64>().ok()?, most.parse::<u64>().ok()?))
        });
        if numbers.is_some_and(|(least, most)| least > most) {
            return Err("the minimum of a quantifier is greater than its maximum");
        }
        self.quantifier(is_atom)
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn expressions_are_accepted() {
        for pattern in [
            "",
            "^a+?$",
            "(a|b)*",
            "[^\\]]",
            "[]",
            "[^]",
            "a{2}",
            "a{2,}?",
            "a{2,3}",
            "{",
            "a{,3}",
            "}",
            "]",
            "(?<year>\\d{4})",
            "(?<!a)b",
            "(?=a)b",
            "(?i:a)",
            "\\u{1F600}",
            "\\p{L}+",
            "[a-z\\d-]",
            "[\\w-z]",
            "^/[a-z]",
            "[a-]",
            "[-a]",
            "\\/",
            "(?!^[.]+$)x",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for pattern in [
            "(", ")", "[a", "a\\", "*a", "a**", "(?P<y>a)", "[z-a]", "a{3,2}", "(?", "(*)", "a|*",
            "+", "{2}", "(?i)a",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
