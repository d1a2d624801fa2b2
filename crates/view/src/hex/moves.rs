//! Where keys move the cursor of the hex view.

use crate::protocol::HexMove;

/// The byte to which a key moves from another, with `columns` bytes in a row and `page` rows on screen; `last` is the file's
/// last byte.
pub(crate) fn moved(to: HexMove, at: u32, last: u32, columns: u32, page: u32) -> u32 {
    let (columns, page) = (columns.max(1), page.max(2) - 1);
    let in_row = at % columns;
    let down = |rows: u32| match at.checked_add(rows.saturating_mul(columns)) {
        Some(below) if below <= last => below,
        // Short of the last row, the cursor goes into it; in it, it stays.
        _ if at / columns < last / columns => (last / columns * columns + in_row).min(last),
        _ => at,
    };
    let up = |rows: u32| at.checked_sub(rows.saturating_mul(columns)).unwrap_or(in_row);
    match to {
        HexMove::Left => at.saturating_sub(1),
        HexMove::Right => at.saturating_add(1).min(last),
        HexMove::Up => up(1),
        HexMove::Down => down(1),
        HexMove::PageUp => up(page),
        HexMove::PageDown => down(page),
        HexMove::RowStart => at - in_row,
        HexMove::RowEnd => (at - in_row).saturating_add(columns - 1).min(last),
        HexMove::Start => 0,
        HexMove::End => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_where_the_file_does() {
        let from = |to, at| moved(to, at, 40, 16, 2);
        assert_eq!((from(HexMove::Down, 20), from(HexMove::Down, 30)), (36, 40), "into the last row, or to its end");
        assert_eq!((from(HexMove::Down, 36), from(HexMove::Up, 5)), (36, 5));
        assert_eq!((from(HexMove::RowStart, 20), from(HexMove::RowEnd, 20), from(HexMove::RowEnd, 36)), (16, 31, 40));
        assert_eq!((from(HexMove::Left, 0), from(HexMove::Right, 40)), (0, 40));
        assert_eq!((from(HexMove::Start, 20), from(HexMove::End, 20)), (0, 40));
        assert_eq!((from(HexMove::PageUp, 40), from(HexMove::PageDown, 3)), (24, 19));
    }
}
