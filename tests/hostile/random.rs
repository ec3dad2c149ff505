//! Random names: unusual ones, arbitrary characters, and parts that make names collide.

use super::attacks::NAMES;
use super::document::Texts;

/// A small random number generator (xorshift), the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }

    fn char(&mut self) -> char {
        let ranges: [(u32, u32); 8] = [
            (0, 0x7f),
            (0x80, 0x24f),
            (0x300, 0x5ff),
            (0x600, 0x1fff),
            (0x2000, 0x2fff),
            (0x3000, 0xd7ff),
            (0xe000, 0xffff),
            (0x1_0000, 0x10_ffff),
        ];
        let (first, last) = *self.pick(&ranges);
        let number = first + self.roll((last - first + 1) as usize) as u32;
        char::from_u32(number).unwrap_or('x')
    }
}

/// Words that are joined in several spellings, so that the names collide.
const WORDS: [&str; 10] = [
    "foo", "bar", "list", "get", "extra", "new", "2", "null", "model", "response",
];

pub struct Random {
    pub dice: Dice,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Random {
            dice: Dice::new(seed),
        }
    }

    fn compound(&mut self) -> String {
        let count = 1 + self.dice.roll(3);
        let separator = *self.dice.pick(&["", "_", "-", ".", " "]);
        let mut words = Vec::new();
        for _ in 0..count {
            let word = *self.dice.pick(&WORDS);
            let capital = word[..1].to_uppercase() + &word[1..];
            words.push(match self.dice.roll(3) {
                0 => word.to_owned(),
                1 => word.to_uppercase(),
                _ => capital,
            });
        }
        words.join(separator)
    }
}

impl Texts for Random {
    fn text(&mut self, place: &str) -> String {
        self.name(place)
    }

    fn setting(&mut self, _: &str) -> String {
        "X-Key".to_owned()
    }

    fn name(&mut self, _: &str) -> String {
        match self.dice.roll(5) {
            0 => (*self.dice.pick(NAMES)).to_owned(),
            1 => (0..self.dice.roll(6)).map(|_| self.dice.char()).collect(),
            2 => format!("{}{}", self.compound(), self.dice.char()),
            _ => self.compound(),
        }
    }
}
