//! Colours for listings, put on behind the library's back: it writes plain text, and only a terminal has them.

use crate::output::{Output, Style};

/// Adds rows of a listing, set off.
pub(crate) fn listing(out: &mut Output, text: &str) {
    for row in text.split_inclusive('\n') {
        let (row, end) = row.strip_suffix('\n').map_or((row, ""), |row| (row, "\n"));
        write_row(out, row);
        out.text.push_str(end);
    }
}

fn write_row(out: &mut Output, row: &str) {
    if row.starts_with("Code object ") || row == "Exception table:" {
        out.styled(Style::Bold, row);
        return;
    }
    // The operation's name is the first word that begins with a capital or an angle bracket, and is no label.
    let is_name = |word: &str| word.starts_with(|c: char| c == '<' || c.is_ascii_uppercase()) && !word.ends_with(':');
    let Some(name) = words(row).find(|&(_, word)| is_name(word)) else {
        out.text.push_str(row);
        return;
    };
    let (before, rest) = row.split_at(name.0);
    write_numbers(out, before);
    let (name, rest) = rest.split_at(name.1.len());
    match name {
        // A row of its own for a field of a cache.
        "CACHE" => {
            out.styled(Style::Dim, name);
            out.styled(Style::Dim, rest);
            return;
        }
        _ if name.starts_with('<') => out.styled(Style::Red, name),
        _ => out.text.push_str(name),
    }
    let meaning = rest.find('(').unwrap_or(rest.len());
    out.text.push_str(&rest[..meaning]);
    if meaning < rest.len() {
        out.styled(Style::Green, &rest[meaning..]);
    }
}

/// The columns before the name: places of all kinds, the last of which is the offset in the bytecode.
fn write_numbers(out: &mut Output, columns: &str) {
    let mut written = 0;
    let mut following = words(columns).peekable();
    while let Some((start, word)) = following.next() {
        out.text.push_str(&columns[written..start]);
        written = start + word.len();
        let is_file_offset = start == 0 && word.len() == 8;
        match word {
            ">>" => out.styled(Style::Cyan, word),
            _ if word.ends_with(':') => out.styled(Style::Cyan, word),
            _ if is_file_offset || following.peek().is_none() => out.styled(Style::Dim, word),
            _ => out.styled(Style::Yellow, word),
        }
    }
    out.text.push_str(&columns[written..]);
}

/// The words of a row, with where they begin.
fn words(row: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = |word: &str| word.as_ptr() as usize - row.as_ptr() as usize;
    row.split_ascii_whitespace().map(move |word| (start_of(word), word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Output;

    fn painted(text: &str) -> String {
        let mut out = Output::colored();
        listing(&mut out, text);
        out.text.replace('\x1b', "").replace("[0m", "}").replace('[', "{")
    }

    #[test]
    fn columns_are_told_apart() {
        let row = "     2   >>        2  LOAD_GLOBAL                         1  (print + NULL)\n";
        assert_eq!(
            painted(row),
            "     {33m2}   {36m>>}        {2m2}  LOAD_GLOBAL                         1  {32m(print + NULL)}\n"
        );
        assert_eq!(painted("  L1:   12  <255>\n"), "  {36mL1:}   {2m12}  {31m<255>}\n");
        let row = "0000002a     1:0-1:9        0  RESUME  0\n";
        assert_eq!(painted(row), "{2m0000002a}     {33m1:0-1:9}        {2m0}  RESUME  0\n");
        assert_eq!(painted("  4 to 10 -> 24 [1] lasti\n").replace('{', "["), "  4 to 10 -> 24 [1] lasti\n");
    }
}
