//! Converts between byte and character offsets, without scanning long lines again for each position.

/// The distance in bytes between counted positions.
const STEP: usize = 256;

/// The number of characters before each [`STEP`]th byte of a text. Empty for ASCII.
#[derive(Debug)]
pub struct Characters(Vec<u32>);

impl Characters {
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Characters(Vec::new());
        }
        let mut before = 0;
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let here = before;
            before += begun(chunk) as u32;
            here
        });
        Characters(counts.collect())
    }

    /// Returns the number of characters that start before a byte offset.
    pub fn before(&self, text: &str, offset: usize) -> usize {
        match self.0.get(offset / STEP) {
            Some(before) => {
                let from = offset - offset % STEP;
                *before as usize + begun(&text.as_bytes()[from..offset])
            }
            None if self.0.is_empty() => offset,
            None => begun(text.as_bytes()),
        }
    }

    /// Returns the byte offset of the character that is `steps` characters after `from`, or the end of the text.
    pub fn nth(&self, text: &str, from: usize, steps: usize) -> usize {
        if self.0.is_empty() {
            return (from + steps).min(text.len());
        }
        let (mut from, mut steps) = (from, steps);
        if steps > STEP {
            let wanted = self.before(text, from) + steps;
            let known = self.0.partition_point(|before| (*before as usize) < wanted);
            if let Some(index) = known.checked_sub(1).filter(|index| index * STEP > from) {
                from = index * STEP;
                steps = wanted - self.0[index] as usize;
                // A character that starts before the position is already counted.
                while !text.is_char_boundary(from) {
                    from += 1;
                }
            }
        }
        let mut starts = text[from..].char_indices();
        starts
            .nth(steps)
            .map_or(text.len(), |(offset, _)| from + offset)
    }
}

/// Returns the number of characters that start in these bytes.
fn begun(bytes: &[u8]) -> usize {
    let continues = |byte: &&u8| **byte & 0xc0 == 0x80;
    bytes.len() - bytes.iter().filter(continues).count()
}

/// Returns the nearest character boundary at or before an offset.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::Characters;

    #[test]
    fn offsets_round_trip() {
        for piece in ["a", "ä", "日", "🦀", "a🦀", "abcdefgä日"] {
            let text = piece.repeat(1_000);
            let characters = Characters::new(&text);
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for from in [0, 1, 77, 300] {
                for (steps, start) in starts[from..].iter().enumerate().step_by(13) {
                    assert_eq!(characters.before(&text, *start), from + steps, "{piece}");
                    assert_eq!(
                        characters.nth(&text, starts[from], steps),
                        *start,
                        "{piece}"
                    );
                }
            }
            assert_eq!(characters.before(&text, text.len()), starts.len());
            assert_eq!(characters.nth(&text, 0, starts.len() + 1), text.len());
        }
    }
}
