//! Long text, written a slice at a time: how far one goes, and what becomes of it.

use crate::Pyc;
use crate::text::buffer::Text;
use crate::text::disassembly::TEXT_OF_ONE;

/// How many instructions are written between two moves of the text: as many as the processor's caches hold.
const SLICE: usize = 2048;

/// What writes text in slices, and borrows nothing between them.
pub(crate) trait Slices {
    /// Writes on for `budget` instructions or so. `true` when all is written.
    fn write_slice(&mut self, out: &mut Text, pyc: &Pyc, budget: usize) -> bool;

    /// Where a slice is kept until it is moved on: empty between two steps.
    fn text(&mut self) -> &mut Text;

    /// Whether a step ends here, whatever is left of its budget.
    fn pauses(&self) -> bool {
        false
    }

    /// Writes slices up to `budget`, behind what is in `out`. `true` when all is written.
    fn write_text(&mut self, pyc: &Pyc, budget: usize, out: &mut String) -> bool {
        let mut text = std::mem::take(self.text());
        let is_done = self.write_slices(&mut text, pyc, budget, |text| text.hand_to(out));
        *self.text() = text;
        is_done
    }

    /// The same as bytes, without a check for UTF-8 and without a copy.
    fn write_bytes(&mut self, pyc: &Pyc, budget: usize, out: &mut Vec<u8>) -> bool {
        let mut text = Text::behind(std::mem::take(out));
        let is_done = self.write_slices(&mut text, pyc, budget, |_| ());
        *out = text.into_bytes();
        is_done
    }

    /// Writes slices, each of which is handed to `pass_on`, up to `budget`.
    fn write_slices(&mut self, text: &mut Text, pyc: &Pyc, budget: usize, mut pass_on: impl FnMut(&mut Text)) -> bool {
        let mut left = budget;
        loop {
            let (slice, start) = (left.min(SLICE), text.len());
            let is_done = self.write_slice(text, pyc, slice);
            // Long texts take longer than instructions.
            left -= slice.max((text.len() - start) / TEXT_OF_ONE).min(left);
            pass_on(text);
            if is_done || left == 0 || self.pauses() {
                return is_done;
            }
        }
    }
}
