//! Did you mean: the known name that a misspelt one most likely stands for.

/// The nearest of the known names, whatever the case of letters; `None` where none is near.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let unknown = unknown.to_lowercase();
    let most = most(&unknown);
    let unknown: Vec<char> = unknown.chars().collect();
    let scored = known.into_iter().filter_map(|known| {
        // A letter has at most four bytes, so that this is longer by more letters than may differ.
        let is_longer = known.len() / 4 > unknown.len() + most;
        let distance = (!is_longer).then(|| distance(&unknown, &known.to_lowercase(), most))?;
        distance.map(|distance| (distance, known))
    });
    let nearest = scored.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, known)| known)
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

/// The number of letters to add, drop or change (Levenshtein), if it is at most `most`. Only the part
/// of each row that such a number may come from is filled in.
fn distance(a: &[char], b: &str, most: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let far = most + 1;
    let mut row: Vec<usize> = (0..=b.len()).map(|column| column.min(far)).collect();
    for (i, from) in a.iter().enumerate() {
        let (first, last) = ((i + 1).saturating_sub(most), (i + 1 + most).min(b.len()));
        let mut diagonal = row[first.saturating_sub(1)];
        row[first.saturating_sub(1)] = if first <= 1 { (i + 1).min(far) } else { far };
        for column in first.max(1)..=last {
            let change = diagonal + usize::from(*from != b[column - 1]);
            diagonal = row[column];
            row[column] = change
                .min(row[column] + 1)
                .min(row[column - 1] + 1)
                .min(far);
        }
        if let Some(beyond) = row.get_mut(last + 1) {
            *beyond = far;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

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

    #[test]
    fn the_distance_is_that_of_the_whole_table() {
        let texts = (0..3_usize.pow(5)).map(|number| {
            let digits = (0..5).map(|place| number / 3_usize.pow(place) % 3);
            let letters = digits.map(|digit| ["a", "b", ""][digit]);
            letters.collect::<String>()
        });
        let texts: std::collections::BTreeSet<String> = texts.collect();
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
            let letters: Vec<char> = a.chars().collect();
            let whole = distance(&letters, b, 9).unwrap();
            for most in 1..3 {
                let expected = (whole <= most).then_some(whole);
                assert_eq!(distance(&letters, b, most), expected, "{a} {b}");
            }
        }
        let letters: Vec<char> = "kitten".chars().collect();
        assert_eq!(distance(&letters, "sitting", 9), Some(3));
    }
}
