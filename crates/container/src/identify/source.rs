//! Telling Python source from other text.

use memchr::memmem;

/// How many lines are looked at.
const LINES: usize = 2_000;
/// Statements that other languages do not write so; one is enough.
const TELLING: usize = 4;

/// Whether the text reads as Python source: statements of Python, and nothing that another language would be known by.
pub(crate) fn is_source(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    if first.starts_with("#!") {
        return first.contains("python");
    }
    if text.lines().take(2).any(|line| line.starts_with('#') && line.contains("coding")) {
        return true;
    }
    let mut evidence = 0;
    for line in text.lines().take(LINES) {
        evidence += weight(line.trim());
        if evidence >= TELLING {
            return true;
        }
    }
    evidence > 0 && is_one_statement(text)
}

/// A short text with nothing but statements in it.
fn is_one_statement(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| weight(line) > 0)
}

/// How much a line says for Python.
fn weight(line: &str) -> usize {
    let block = line.ends_with(':');
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if (block && starts(&["def ", "class ", "async def ", "elif ", "except", "with ", "try:", "else:", "finally:"]))
        || (line.starts_with("from ") && line.contains(" import "))
    {
        return 2;
    }
    if block && starts(&["if ", "for ", "while "]) && !line.contains('{') {
        return 1;
    }
    let is_import = line.strip_prefix("import ").is_some_and(|rest| {
        !rest.ends_with(';')
            && rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | ' ' | ';' | '#'))
    });
    // `_ = lambda __: …;exec(_(b'…'))` and its kin put all on one line.
    let calls = ["exec(", "eval(", "print(", "__import__(", "exec ", "@"];
    let is_call = !line.ends_with(';')
        && line.contains('(')
        && line.split(';').any(|part| calls.iter().any(|call| part.trim_start().starts_with(call)));
    let is_lambda = line.split_once("= lambda ").is_some_and(|(_, rest)| rest.contains(':'));
    if is_import || is_call || is_lambda { 2 } else { 0 }
}

/// Whether the source is one that PyArmor wrote: it hands its runtime the encrypted code.
pub(super) fn is_pyarmor_script(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    memmem::find(head, b"__pyarmor__(").is_some() || memmem::find(head, b"pyarmor_runtime(").is_some()
}
