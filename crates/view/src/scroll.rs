//! Where a virtual list stands: which rows are seen, and how far its scroll bar is down.
//!
//! Browsers cap the height of an element (about 33 million pixels in Chromium, 17 in Firefox, fewer on dense
//! displays), and a 100 MB file has more rows than that. Beyond six million pixels the scroll bar is a scale model of the
//! list: dragging it moves in proportion, while the wheel, touch and the keyboard go on moving pixel by pixel.

use std::ops::Range;

/// The tallest element that every browser draws faithfully, in CSS pixels.
const TALLEST: f64 = 6_000_000.0;

/// The state of a virtual list, all lengths in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// How many rows there are.
    pub rows: usize,
    /// The height of each of them.
    pub row_height: f64,
    /// The height of the part that is seen.
    pub height: f64,
    /// How much of the list is above the part that is seen.
    pub top: f64,
    /// The element's `scrollTop`, as last written or read.
    bar: f64,
    /// Whether the bar moved last, rather than the code.
    by_bar: bool,
}

impl Scroll {
    /// A list of `rows` rows, at its start, not yet measured.
    #[must_use]
    pub fn new(rows: usize, row_height: f64) -> Self {
        Self { rows, row_height, height: 0.0, top: 0.0, bar: 0.0, by_bar: false }
    }

    /// The height of the whole list.
    fn total(&self) -> f64 {
        self.rows as f64 * self.row_height
    }

    /// The height of the element that the browser scrolls.
    #[must_use]
    pub fn element_height(&self) -> f64 {
        self.total().min(TALLEST).max(self.height)
    }

    /// Whether the scroll bar is a scale model.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        self.total() > TALLEST
    }

    fn lowest_top(&self) -> f64 {
        (self.total() - self.height).max(0.0)
    }

    fn lowest_bar(&self) -> f64 {
        (self.element_height() - self.height).max(0.0)
    }

    /// The `scrollTop` that shows `top`.
    #[must_use]
    pub fn bar(&self) -> f64 {
        if !self.is_scaled() || self.lowest_top() == 0.0 {
            return self.top;
        }
        self.top / self.lowest_top() * self.lowest_bar()
    }

    /// Moves to `top`, as near as the ends allow. The caller then writes [`Scroll::bar`] to the element and reports
    /// what the element made of it to [`Scroll::wrote_bar`].
    pub fn move_to(&mut self, top: f64) {
        self.top = top.clamp(0.0, self.lowest_top());
        self.by_bar = false;
    }

    /// The element's `scrollTop` after writing it; browsers round.
    pub fn wrote_bar(&mut self, bar: f64) {
        self.bar = bar;
    }

    /// Whether the rows in sight came of the bar's standing at `bar`, rather than of [`Scroll::move_to`].
    #[must_use]
    pub fn is_at(&self, bar: f64) -> bool {
        self.by_bar && (self.bar - bar).abs() < 0.01
    }

    /// The element was scrolled to `bar`. Answers whether anything moved.
    pub fn scrolled(&mut self, bar: f64) -> bool {
        let step = bar - self.bar;
        if step.abs() < 0.01 {
            return false;
        }
        self.bar = bar;
        let before = self.top;
        self.put(bar, step);
        self.by_bar = true;
        self.top != before
    }

    fn put(&mut self, bar: f64, step: f64) {
        if !self.is_scaled() {
            self.move_to(bar);
        } else if bar <= 0.5 {
            self.top = 0.0;
        } else if bar >= self.lowest_bar() - 0.5 {
            self.top = self.lowest_top();
        } else if step.abs() <= self.height {
            self.move_to(self.top + step);
        } else {
            self.move_to(bar / self.lowest_bar() * self.lowest_top());
        }
    }

    /// The rows that are at least partly seen, and one more for the part of a row at the edge.
    #[must_use]
    pub fn seen(&self) -> Range<usize> {
        let first = (self.top / self.row_height) as usize;
        let count = (self.height / self.row_height).ceil() as usize + 1;
        let first = first.min(self.rows);
        first..(first + count).min(self.rows)
    }

    /// How far the first seen row is cut off by the upper edge.
    #[must_use]
    pub fn cut(&self) -> f64 {
        // Not `%`: a remainder that is exact for all numbers would be a kilobyte of the page.
        self.top - (self.top / self.row_height).floor() * self.row_height
    }

    /// How many whole rows fit.
    #[must_use]
    pub fn page(&self) -> usize {
        ((self.height / self.row_height) as usize).max(1)
    }

    /// Moves so that `row` is wholly seen: not at all if it is, by a little if it is near the edge, else to a third
    /// of the height, so that what follows it is seen too. Answers whether anything moved.
    pub fn reveal(&mut self, row: usize) -> bool {
        let before = self.top;
        let start = row as f64 * self.row_height;
        let end = start + self.row_height;
        // A row more than asked for, so that the reader sees that it goes on.
        let (start, end) = ((start - self.row_height).max(0.0), (end + self.row_height).min(self.total()));
        let near = self.row_height * 3.0;
        if start < self.top {
            let gentle = start >= self.top - near;
            self.move_to(if gentle { start } else { start - self.height / 3.0 });
        } else if end > self.top + self.height {
            let gentle = end <= self.top + self.height + near;
            self.move_to(if gentle { end - self.height } else { start - self.height / 3.0 });
        }
        self.top != before
    }

    /// The number of rows or the height changed: stays where it was, as far as that still exists.
    pub fn resize(&mut self, rows: usize, height: f64) {
        self.rows = rows;
        self.height = height;
        self.move_to(self.top);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: usize) -> Scroll {
        let mut scroll = Scroll::new(rows, 22.0);
        scroll.resize(rows, 440.0);
        scroll
    }

    #[test]
    fn a_short_list_scrolls_pixel_by_pixel() {
        let mut scroll = list(1000);
        assert_eq!(scroll.seen(), 0..21);
        assert!(scroll.scrolled(33.0));
        assert_eq!((scroll.seen(), scroll.cut(), scroll.bar()), (1..22, 11.0, 33.0));
        assert!(scroll.scrolled(1e9));
        assert_eq!(scroll.seen(), 980..1000);
    }

    #[test]
    fn rows_past_the_browsers_height_limit_are_reached() {
        let mut scroll = list(100_000_000 / 16);
        assert!(scroll.is_scaled());
        assert_eq!(scroll.element_height(), TALLEST);
        scroll.scrolled(TALLEST - 440.0);
        assert_eq!(scroll.seen().end, 6_250_000);
        scroll.scrolled((TALLEST - 440.0) / 2.0);
        let middle = scroll.seen().start;
        assert!((3_124_900..3_125_000).contains(&middle), "{middle}");
    }

    #[test]
    fn the_wheel_moves_a_scaled_list_by_its_own_pixels() {
        let mut scroll = list(6_250_000);
        scroll.scrolled(1_000_000.0);
        let before = scroll.top;
        scroll.scrolled(1_000_100.0);
        assert!((scroll.top - before - 100.0).abs() < 0.001);
    }

    #[test]
    fn revealing_a_row_moves_no_more_than_needed() {
        let mut scroll = list(1000);
        assert!(!scroll.reveal(5));
        assert!(scroll.reveal(20));
        assert_eq!(scroll.top, 44.0);
        assert!(scroll.reveal(500));
        assert!(scroll.seen().contains(&500));
        assert!(scroll.reveal(999));
        assert_eq!(scroll.top, 1000.0 * 22.0 - 440.0);
    }

    #[test]
    fn a_list_that_shrinks_keeps_within_its_end() {
        let mut scroll = list(1000);
        scroll.scrolled(10_000.0);
        scroll.resize(10, 440.0);
        assert_eq!((scroll.top, scroll.seen()), (0.0, 0..10));
        scroll.resize(0, 440.0);
        assert_eq!(scroll.seen(), 0..0);
    }
}
