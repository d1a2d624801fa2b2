//! Python as text: its lines, and its words in their colours.

use std::borrow::Cow;
use std::ops::Range;

use crate::protocol::{Style, Styled};
use crate::text::displayable;

/// A line is drawn up to so many bytes.
const WIDTH: usize = 2_000;

/// Where words begin and end, in bytes, and how they look; in order.
pub(crate) type Words = Vec<(Range<usize>, Style)>;

/// The words of a text.
pub(crate) fn words(text: &str) -> Words {
    pycxray_source::tokens(text).map(|(range, kind)| (range, Style::from(kind))).collect()
}

/// The lines of a text, in bytes, without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        range
    })
}

/// A line, cut into what is before the chosen text, the part of that which is in it, and what follows.
pub(crate) fn cut(text: &str, words: &Words, line: &Range<usize>, chosen: &Range<usize>) -> [Styled; 3] {
    let Range { start, end } = *line;
    let end = (start..=end.min(start + WIDTH)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    // What is chosen begins after the blanks that indent a line.
    let indent = text[start..end].find(|c| !matches!(c, ' ' | '\t')).unwrap_or(0);
    let from = chosen.start.clamp(start + indent, end);
    let to = chosen.end.clamp(from, end);
    let (from, to) = if from < to { (from, to) } else { (end, end) };
    let mut after = styled(text, words, to..end);
    if end < line.end {
        after.push(Style::Muted, " …");
    }
    [styled(text, words, start..from), styled(text, words, from..to), after]
}

/// A part of a line with its words in their colours.
fn styled(text: &str, words: &Words, range: Range<usize>) -> Styled {
    let mut styled = Styled::default();
    let mut at = range.start;
    let first = words.partition_point(|(word, _)| word.end <= range.start);
    for (word, style) in words[first..].iter().take_while(|(word, _)| word.start < range.end) {
        let (start, end) = (word.start.max(range.start), word.end.min(range.end));
        styled.push(Style::Plain, &shown(&text[at..start]));
        // In source nearly all is names: those of the language stand out, others do not.
        let style = if *style == Style::Name { Style::Plain } else { *style };
        styled.push(style, &shown(&text[start..end]));
        at = end;
    }
    styled.push(Style::Plain, &shown(&text[at..range.end]));
    styled
}

/// Text made displayable, but for tabs: they indent.
fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return displayable(text);
    }
    text.split('\t').map(displayable).collect::<Vec<_>>().join("\t").into()
}

/// The byte of a line at which the character begins that is drawn at `column`, counted in UTF-16 as browsers count; the end
/// of the line where it is shorter.
pub(crate) fn byte_at(text: &str, line: &Range<usize>, column: usize) -> usize {
    let mut drawn = 0;
    for (at, c) in text[line.clone()].char_indices() {
        let width = shown(&text[line.start + at..line.start + at + c.len_utf8()]).encode_utf16().count();
        if column < drawn + width {
            return line.start + at;
        }
        drawn += width;
    }
    line.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_around_what_is_chosen() {
        let text = "if x:\n\treturn 'a\u{202e}'\n";
        let (words, lines) = (words(text), lines(text).collect::<Vec<_>>());
        let chosen = text.find("'a").unwrap()..text.len();
        let cut = cut(text, &words, &lines[1], &chosen).map(|part| part.to_string());
        assert_eq!(cut, ["\treturn ", "'a\\u202e'", ""], "tabs stay, what hides is written out");
        let none = super::cut(text, &words, &lines[0], &chosen).map(|part| part.to_string());
        assert_eq!(none, ["if x:", "", ""]);
    }

    #[test]
    fn a_column_on_screen_is_a_byte_of_the_text() {
        let text = "é\u{202e}🎉x";
        let line = 0..text.len();
        let bytes: Vec<usize> = (0..12).map(|column| byte_at(text, &line, column)).collect();
        assert_eq!(bytes, [0, 2, 2, 2, 2, 2, 2, 5, 5, 9, 10, 10], "an escape is one character, as a pair is");
    }
}
