//! Scrolling through more rows than a browser can lay out.

/// A pane of rows of equal height whose whole height a browser could not hold: past `max_height` the scroll bar is scaled.
/// Within a screenful it moves by pixels all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// How many rows there are.
    pub rows: u64,
    /// The height of a row, in pixels.
    pub row_height: f64,
    /// The height of the pane, in pixels.
    pub pane_height: f64,
    /// The greatest height that the browser lays out, in pixels. 8,000,000 is safe everywhere.
    pub max_height: f64,
}

impl Scroll {
    /// How many rows the pane can show, a cut one included.
    #[must_use]
    pub fn page(&self) -> usize {
        (self.pane_height / self.row_height).floor().max(1.0) as usize
    }

    /// The height to lay out.
    #[must_use]
    pub fn height(&self) -> f64 {
        (self.rows as f64 * self.row_height).min(self.max_height).max(0.0)
    }

    /// How far the scroll bar can go.
    fn range(&self) -> f64 {
        (self.height() - self.pane_height).max(0.0)
    }

    /// How far the rows would have to be moved if all of them were laid out.
    fn whole_range(&self) -> f64 {
        (self.rows as f64 * self.row_height - self.pane_height).max(0.0)
    }

    /// The first row to draw when the scroll bar stands at `top`, and how many pixels of it are cut off above.
    #[must_use]
    pub fn first_row(&self, top: f64) -> (u64, f64) {
        let range = self.range();
        let share = if range > 0.0 { (top / range).clamp(0.0, 1.0) } else { 0.0 };
        let pixels = share * self.whole_range();
        let row = (pixels / self.row_height).floor();
        (row as u64, pixels - row * self.row_height)
    }

    /// Where the scroll bar must stand for `row` to be the first.
    #[must_use]
    pub fn top_of(&self, row: u64) -> f64 {
        let whole = self.whole_range();
        let share = if whole > 0.0 { (row as f64 * self.row_height / whole).min(1.0) } else { 0.0 };
        share * self.range()
    }

    /// Where the scroll bar must stand for `row` to be seen, from `top` on: `top` itself if it is, else with a third of the
    /// pane above it.
    #[must_use]
    pub fn reveal(&self, row: u64, top: f64) -> f64 {
        let (first, cut) = self.first_row(top);
        let above = (row as f64 - first as f64) * self.row_height - cut;
        if above >= 0.0 && above + self.row_height <= self.pane_height {
            return top;
        }
        self.top_of(row.saturating_sub(self.page() as u64 / 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scroll(rows: u64) -> Scroll {
        Scroll { rows, row_height: 22.0, pane_height: 600.0, max_height: 8_000_000.0 }
    }

    #[test]
    fn few_rows_scroll_by_pixels() {
        let scroll = scroll(1_000);
        assert_eq!(scroll.height(), 22_000.0);
        assert_eq!(scroll.first_row(0.0), (0, 0.0));
        let (row, cut) = scroll.first_row(50.0);
        assert_eq!(row, 2);
        assert!((cut - 6.0).abs() < 1e-6);
        assert!((scroll.top_of(2) - 44.0).abs() < 1e-6);
    }

    #[test]
    fn every_row_of_a_hundred_megabytes_is_reached() {
        let scroll = scroll(13_107_200);
        assert_eq!(scroll.height(), 8_000_000.0);
        assert_eq!(scroll.first_row(0.0).0, 0);
        let (last, cut) = scroll.first_row(scroll.height() - scroll.pane_height);
        let seen = (scroll.pane_height + cut) / scroll.row_height;
        assert_eq!((last as f64 + seen).round() as u64, scroll.rows, "the last row ends at the pane's end");
        for row in (0..scroll.rows - 28).step_by(9_973) {
            let (first, _) = scroll.first_row(scroll.top_of(row));
            assert!(first.abs_diff(row) <= 1, "{row} is shown where it is looked for, not {first}");
        }
    }

    #[test]
    fn a_row_that_is_seen_moves_nothing() {
        let scroll = scroll(1_000);
        assert_eq!(scroll.reveal(5, 0.0), 0.0);
        let top = scroll.reveal(500, 0.0);
        let (first, _) = scroll.first_row(top);
        assert!(first < 500 && 500 < first + scroll.page() as u64);
        assert_eq!(scroll.reveal(500, top), top);
    }
}
