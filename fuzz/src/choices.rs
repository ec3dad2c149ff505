//! A source of choices: the bytes of a fuzzer, or pseudorandom bytes of a seed.

/// The number of bytes of a seed: a graph takes a few hundred.
const LENGTH: usize = 4096;

/// Turns bytes into choices. After the last byte, each choice is the first alternative, so that recursion whose first
/// alternative ends always terminates.
pub struct Choices {
    bytes: Vec<u8>,
    next: usize,
}

impl Choices {
    /// Takes choices from the bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Choices {
            bytes: bytes.to_vec(),
            next: 0,
        }
    }

    /// Generates the bytes of document `number` in the sequence of `seed` (SplitMix64), the same on each machine.
    pub fn from_seed(seed: u64, number: u64) -> Self {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut state = mixed(seed.wrapping_add(STEP)).wrapping_add(number.wrapping_mul(STEP));
        // Neighbouring numbers must not share parts of their sequences.
        state = mixed(state);
        let mut bytes = Vec::with_capacity(LENGTH);
        while bytes.len() < LENGTH {
            state = state.wrapping_add(STEP);
            bytes.extend(mixed(state).to_le_bytes());
        }
        Choices { bytes, next: 0 }
    }

    fn byte(&mut self) -> usize {
        let byte = self.bytes.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        usize::from(byte)
    }

    /// Returns a number below `sides`, which has at most three bytes; 0 after the last byte.
    pub fn roll(&mut self, sides: usize) -> usize {
        let number = match sides {
            0..=0x100 => self.byte(),
            0x101..=0x1_0000 => self.byte() << 8 | self.byte(),
            _ => self.byte() << 16 | self.byte() << 8 | self.byte(),
        };
        number % sides.max(1)
    }

    /// Returns true once in `times`; never after the last byte.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == times - 1
    }

    /// Returns one of the items; the first after the last byte.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.roll(items.len())]
    }
}

/// Implements the output function of SplitMix64.
fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
