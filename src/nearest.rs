//! Did you mean: the known name that a misspelt one most likely stands for.

/// The nearest of the known names, whatever the case of letters; `None` where none is near.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let unknown = unknown.to_lowercase();
    let most = most(&unknown);
    let scored = known
        .into_iter()
        .map(|known| (distance(&unknown, &known.to_lowercase()), known));
    scored
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, known)| known)
}

/// `; did you mean …?`, or nothing.
pub fn hint<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    match nearest(unknown, known) {
        Some(known) => format!("; did you mean `{known}`?"),
        None => String::new(),
    }
}

/// How many letters may differ: two, but less than half of a short name, which would be near to anything.
fn most(unknown: &str) -> usize {
    (unknown.chars().count() / 2).clamp(1, 2)
}

/// The number of letters to add, drop or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_is_near_is_found() {
        let known = ["Pet", "PetOwner", "Order"];
        assert_eq!(nearest("Pot", known), Some("Pet"));
        assert_eq!(nearest("petowner", known), Some("PetOwner"));
        assert_eq!(nearest("Ordres", known), Some("Order"));
        assert_eq!(nearest("Pet", known), Some("Pet"));
        assert_eq!(nearest("Invoice", known), None);
        assert_eq!(nearest("ab", ["cd"]), None);
        assert_eq!(nearest("", known), None);
    }
}
