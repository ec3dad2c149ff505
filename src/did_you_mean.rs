//! Finds the known name that is most similar to an unknown one.

/// Returns the most similar known name, ignoring case, or `None` if none is similar.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let unknown = unknown.to_lowercase();
    let most = most(&unknown);
    let scored = known
        .into_iter()
        .filter(|known| is_as_long(unknown.len(), known.len(), most))
        .filter_map(|known| Some((distance(&unknown, &known.to_lowercase(), most)?, known)));
    scored
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Returns the known name that an unknown one is likely a typo of: one letter differs, or two of a long name. For
/// positions where unknown names are valid.
pub fn slip<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let near = nearest(unknown, known)?;
    let most = if unknown.chars().count() < 6 { 1 } else { 2 };
    distance(&unknown.to_lowercase(), &near.to_lowercase(), most).map(|_| near)
}

/// Returns whether texts of these byte lengths can be within `most` edits. A letter has up to four bytes, and its
/// length can change with its case.
fn is_as_long(a: usize, b: usize, most: usize) -> bool {
    a <= (b + most) * 4 && b <= (a + most) * 4
}

/// Returns `; did you mean …?`, or an empty string.
pub fn hint<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    match nearest(unknown, known) {
        Some(known) => format!("; did you mean `{known}`?"),
        None => String::new(),
    }
}

/// Returns the maximum distance: two, but at most half of a short name, which would match anything.
fn most(unknown: &str) -> usize {
    (unknown.chars().count() / 2).clamp(1, 2)
}

/// Returns the Levenshtein distance, unless it exceeds `most`.
///
/// Only cells near the diagonal of the table can lead to such a distance. Computing the whole table would take the
/// product of the lengths.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let (start, end) = (i.saturating_sub(most), (i + most + 1).min(b.len()));
        let mut diagonal = row[start];
        // Cells left of the band are out of reach.
        row[start] = if start == 0 { i + 1 } else { most + 1 };
        let mut least = row[start];
        for j in start..end {
            let change = diagonal + usize::from(*from != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
            least = least.min(row[j + 1]);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn similar_names_are_found() {
        let known = ["Pet", "PetOwner", "Order"];
        assert_eq!(nearest("Pot", known), Some("Pet"));
        assert_eq!(nearest("petowner", known), Some("PetOwner"));
        assert_eq!(nearest("Ordres", known), Some("Order"));
        assert_eq!(nearest("Pet", known), Some("Pet"));
        assert_eq!(nearest("Invoice", known), None);
        assert_eq!(nearest("ab", ["cd"]), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn the_band_equals_the_whole_table() {
        let names: Vec<String> = (0..3_usize.pow(6))
            .map(|n| {
                (0..6)
                    .map(|at| b"ab-"[n / 3_usize.pow(at) % 3] as char)
                    .collect()
            })
            .map(|name: String| name.replace('-', ""))
            .collect();
        for a in &names {
            for b in names.iter().step_by(7) {
                let whole = distance(a, b, 10).unwrap();
                for most in [1, 2] {
                    let expected = (whole <= most).then_some(whole);
                    assert_eq!(distance(a, b, most), expected, "{a} {b} {most}");
                }
            }
        }
    }

    #[test]
    fn long_names_are_compared_near_the_diagonal_only() {
        let long = "a".repeat(1_000_000);
        let other = format!("{long}b");
        assert_eq!(nearest(&long, [other.as_str()]), Some(other.as_str()));
        assert_eq!(nearest(&long, [&*"b".repeat(1_000_000)]), None);
    }
}
