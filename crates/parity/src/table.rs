//! The table that is printed.

use std::fmt::Write;

/// What came of an interpreter's standard library.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) files: usize,
    pub(crate) codes: usize,
    pub(crate) instructions: usize,
    pub(crate) differing_files: usize,
    pub(crate) differences: usize,
}

/// A Markdown table of all of them.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut text =
        "| interpreter | files | code objects | instructions | differences |\n|---|--:|--:|--:|--:|\n".to_owned();
    for row in rows {
        let numbers = [row.files, row.codes, row.instructions].map(grouped);
        let differences = match row.differing_files {
            0 => "0".to_owned(),
            files => format!("{} in {} files", grouped(row.differences), grouped(files)),
        };
        let _ = writeln!(text, "| {} | {} | {differences} |", row.title, numbers.join(" | "));
    }
    text
}

/// A number with a comma at each thousand.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_row_with_differences_says_where() {
        let row =
            Row { title: "CPython 3.9.1".into(), files: 1_700, differing_files: 2, differences: 7, ..Row::default() };
        assert!(markdown(&[row]).ends_with("| CPython 3.9.1 | 1,700 | 0 | 0 | 7 in 2 files |\n"));
    }
}
