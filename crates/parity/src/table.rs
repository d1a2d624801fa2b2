//! The tables that are printed.

use std::fmt::Write;

use crate::listings::Listings;
use crate::round_trip::RoundTrip;
use crate::spoiled::Counts;

/// A Markdown table of what listings came to.
pub(crate) fn of_listings(rows: &[Listings]) -> String {
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

/// A Markdown table of what source came to.
pub(crate) fn of_source(rows: &[RoundTrip]) -> String {
    let mut text = "| interpreter | modules | compile again | same as a whole | code objects | same | proved | \
                    proved, other instructions | proved, but different |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for row in rows {
        let of_modules = |count| share(count, row.modules);
        let of_codes = |count| share(count, row.codes);
        let cells = [
            row.title.clone(),
            grouped(row.modules),
            of_modules(row.compiling),
            of_modules(row.whole),
            grouped(row.codes),
            of_codes(row.same),
            of_codes(row.proved),
            grouped(row.other_instructions),
            grouped(row.different),
        ];
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// A Markdown table of what spoiled files were taken for.
pub(crate) fn of_spoiled(head: &str, rows: &[(&str, Counts)]) -> String {
    let mut text = format!(
        "| {head} | files | right | rightly open | right or rightly open | wrong, but open | surely wrong |\n\
         |---|--:|--:|--:|--:|--:|--:|\n"
    );
    for (name, counts) in rows {
        let numbers = [counts.all(), counts.right, counts.open].map(grouped).join(" | ");
        let good = share(counts.right + counts.open, counts.all());
        let bad = [counts.wrong, counts.surely_wrong].map(grouped).join(" | ");
        let _ = writeln!(text, "| {name} | {numbers} | {good} | {bad} |");
    }
    text
}

/// A part of a whole in percent, never rounded up to all of it.
fn share(part: usize, whole: usize) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{} %", tenths / 10, tenths % 10)
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
    fn a_share_is_never_rounded_up() {
        assert_eq!(
            [(1, 3), (1_999, 2_000), (7, 7), (0, 0)].map(|(part, whole)| share(part, whole)),
            ["33.3 %", "99.9 %", "100.0 %", "100.0 %"]
        );
    }

    #[test]
    fn a_row_of_source_says_how_much_is_the_same() {
        let row = RoundTrip {
            title: "CPython 3.9.1".into(),
            modules: 2,
            compiling: 1,
            codes: 4,
            same: 3,
            ..Default::default()
        };
        assert!(of_source(&[row]).ends_with("| CPython 3.9.1 | 2 | 50.0 % | 0.0 % | 4 | 75.0 % | 0.0 % | 0 | 0 |\n"));
    }

    #[test]
    fn a_row_of_spoiled_files_says_how_many_are_good() {
        let counts = Counts { right: 900, open: 95, wrong: 4, surely_wrong: 1 };
        let text = of_spoiled("way", &[("no header", counts)]);
        assert!(text.ends_with("| no header | 1,000 | 900 | 95 | 99.5 % | 4 | 1 |\n"), "{text}");
    }

    #[test]
    fn a_row_with_differences_says_where() {
        let row = Listings {
            title: "CPython 3.9.1".into(),
            files: 1_700,
            differing_files: 2,
            differences: 7,
            ..Listings::default()
        };
        assert!(of_listings(&[row]).ends_with("| CPython 3.9.1 | 1,700 | 0 | 0 | 7 in 2 files |\n"));
    }
}
