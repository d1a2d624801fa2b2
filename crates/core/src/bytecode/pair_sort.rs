//! Sorting in slices: by counting digits, which takes time in proportion to the number of pairs.

/// Bits of a digit: so few that the counts of a pass stay in the processor's first cache.
const BITS: u32 = 11;

/// Bits of a digit where the pairs are fewer than a digit of [`BITS`] has values: more digits are less work then.
const BITS_OF_FEW: u32 = 6;

/// Puts pairs of a key and a value in the order of their keys, a slice at a time; pairs of one key stay in the order in which
/// they came. For so many pairs that sorting them at once would be felt.
#[derive(Clone, Debug, Default)]
pub struct PairSort {
    pairs: Vec<(u32, u32)>,
    /// The bits that are set in any key.
    bits: u32,
    /// The pairs in the order of the digits up to this one.
    next: Vec<(u32, u32)>,
    /// Where the pairs with each value of the digit go.
    places: Vec<u32>,
    /// The lowest bit of the digit that is sorted by.
    shift: u32,
    stage: Stage,
    /// The pair that the stage has come to.
    at: usize,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    /// How many pairs have each value of the digit?
    #[default]
    Count,
    /// Each pair goes where it belongs.
    Place,
}

impl PairSort {
    /// One more pair. Only before the first step.
    pub fn push(&mut self, key: u32, value: u32) {
        self.bits |= key;
        self.pairs.push((key, value));
    }

    /// The bits of a digit.
    fn width(&self) -> u32 {
        if self.pairs.len() < 1 << BITS { BITS_OF_FEW } else { BITS }
    }

    /// Whether the keys have no further digit.
    fn is_done(&self) -> bool {
        self.bits.checked_shr(self.shift).unwrap_or(0) == 0
    }

    /// Goes on for `budget` pairs. `true` when all are in order.
    pub fn step(&mut self, budget: usize) -> bool {
        let from = self.at;
        let end = from.saturating_add(budget.max(1)).min(self.pairs.len());
        if self.is_done() {
            return true;
        }
        let (shift, values) = (self.shift, 1 << self.width());
        let digit = |key: u32| (key >> shift) as usize % values;
        match self.stage {
            Stage::Count => {
                self.places.resize(values, 0);
                for (key, _) in &self.pairs[from..end] {
                    self.places[digit(*key)] += 1;
                }
                // Room is made in slices too: that much memory takes a while to be handed out.
                self.next.reserve_exact(self.pairs.len() - self.next.len());
                self.next.resize(end.max(self.next.len()), (0, 0));
            }
            Stage::Place => {
                for pair in &self.pairs[from..end] {
                    let place = &mut self.places[digit(pair.0)];
                    self.next[*place as usize] = *pair;
                    *place += 1;
                }
            }
        }
        self.at = end;
        if end == self.pairs.len() {
            self.turn();
        }
        self.is_done()
    }

    /// To the next stage.
    fn turn(&mut self) {
        self.at = 0;
        match self.stage {
            // Where all have the same digit, they are in its order.
            Stage::Count if self.places.iter().any(|count| *count as usize == self.pairs.len()) => self.turn_digit(),
            Stage::Count => {
                let mut before = 0;
                for place in &mut self.places {
                    before += std::mem::replace(place, before);
                }
                self.stage = Stage::Place;
            }
            Stage::Place => {
                std::mem::swap(&mut self.pairs, &mut self.next);
                self.turn_digit();
            }
        }
    }

    fn turn_digit(&mut self) {
        self.places.clear();
        self.stage = Stage::Count;
        self.shift += self.width();
    }

    /// The pairs, in order once [`PairSort::step`] has said `true`.
    #[must_use]
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// The pairs in order. What is not done yet is done now.
    #[must_use]
    pub fn into_pairs(mut self) -> Vec<(u32, u32)> {
        while !self.step(usize::MAX) {}
        self.pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_in_the_order_of_their_keys_and_equal_ones_as_they_came() {
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state
        };
        for (count, mask) in [
            (0, !0),
            (1, !0),
            (2, 0),
            (700, !0),
            (700, 0xfff),
            (5_000, !0),
            (5_000, 0xff),
            (5_000, 0x000f_f000),
            (5_000, 0xff00_0000),
        ] {
            let keys: Vec<u32> = (0..count).map(|_| random() & mask).collect();
            let mut expected: Vec<(u32, u32)> = keys.iter().copied().zip(0..).collect();
            expected.sort_by_key(|pair| pair.0);
            for budget in [1, 700, usize::MAX] {
                let mut sort = PairSort::default();
                keys.iter().zip(0..).for_each(|(key, value)| sort.push(*key, value));
                let mut steps = 1;
                while !sort.step(budget) {
                    steps += 1;
                }
                let digits = u32::BITS.div_ceil(BITS_OF_FEW) as usize;
                assert!(steps <= 2 * digits * (keys.len().div_ceil(budget).max(1)), "{steps} for {count}");
                assert_eq!(sort.pairs(), expected);
                assert_eq!(sort.into_pairs(), expected);
            }
        }
    }
}
