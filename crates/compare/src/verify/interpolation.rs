//! The text of an expression in a t-string, which its bytecode keeps (PEP 750), and before a value in an f-string (`{value=}`).

use ruff_python_ast::InterpolatedElement;
use ruff_text_size::Ranged;

/// The text of a field's expression as it is written in `source`, without what follows it: blanks, `=`, conversion and format. Comments
/// are gone (`set_ftstring_expr` in CPython's `lexer.c`).
pub(super) fn text(source: &str, field: &InterpolatedElement) -> String {
    let written = |start, end| source.get(start..end).unwrap_or_default();
    let (start, end) = (field.range().start().to_usize() + 1, field.range().end().to_usize());
    let inner = field.expression.range().end().to_usize();
    let text = without_comments(written(start, inner + closers(written(inner, end))));
    text.trim_end_matches(is_blank).to_owned()
}

/// How many bytes behind an expression still belong to it: parentheses, a comma, blanks, comments.
fn closers(behind: &str) -> usize {
    let mut rest = behind;
    loop {
        rest = rest.trim_start_matches(|letter| is_blank(letter) || matches!(letter, ')' | ',' | '\\'));
        match rest.strip_prefix('#') {
            Some(comment) => rest = comment.find('\n').map_or("", |end| &comment[end..]),
            None => return behind.len() - rest.len(),
        }
    }
}

/// What CPython takes for blanks there (`_PyUnicode_IsWhitespace`).
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\x1c'..='\x1f')
}

/// What `{value=}` shows before the value, of which `written` is what is written.
pub(super) fn shown(written: &str) -> String {
    without_comments(written)
}

/// What the first releases of 3.12 and 3.13 made of it: to them each `#` began a comment, in texts as well. That they have read
/// escapes in it too is for others to find out.
pub(super) fn shown_before(written: &str) -> String {
    let lines = written.split_inclusive('\n').map(|line| match line.split_once('#') {
        Some((before, _)) => before.to_owned() + if line.ends_with('\n') { "\n" } else { "" },
        None => line.to_owned(),
    });
    lines.collect()
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quote, mut is_comment, mut is_escaped) = (None, false, false);
    for letter in text.chars() {
        let was_escaped = is_escaped;
        is_escaped = letter == '\\' && !was_escaped;
        match (letter, quote) {
            _ if was_escaped && quote.is_some() => {}
            ('\n', _) => is_comment = false,
            _ if is_comment => continue,
            ('#', None) => {
                is_comment = true;
                continue;
            }
            // Of three quotes in a row the second ends what the first began: the third begins it again.
            ('\'' | '"', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            _ => {}
        }
        out.push(letter);
    }
    out
}
