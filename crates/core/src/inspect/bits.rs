//! A set of small numbers, one bit each.

/// A set of numbers below a bound that is given when it is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Empties it, for numbers below `bound` from now on.
    pub(crate) fn reset(&mut self, bound: usize) {
        self.words.clear();
        self.words.resize(bound.div_ceil(64), 0);
    }

    /// Adds a number; one past the bound is left out. Whether it is new.
    #[inline]
    pub(crate) fn insert(&mut self, number: usize) -> bool {
        let Some(word) = self.words.get_mut(number / 64) else { return false };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Whether all its numbers are in `others`, and none in `exceptions`.
    pub(crate) fn all_in(&self, others: &Self, exceptions: &Self) -> bool {
        let words = self.words.iter().zip(&others.words).zip(&exceptions.words);
        words.fold(0, |odd, ((word, other), exception)| odd | word & (!other | exception)) == 0
    }

    /// Whether it has this number.
    pub(crate) fn contains(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word & 1 << (number % 64) != 0)
    }
}
