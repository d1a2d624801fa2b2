//! What a program imports and uses, as the summary tells it.

use std::collections::BTreeMap;

use pycxray::{Field, Noted, Notes, Pyc, shown};

use crate::output::{Output, Style};

/// How many names of a list are told.
const MOST: usize = 40;
/// How many bytes of a name are shown.
const NAME: usize = 80;

/// Writes a section with them, if there are any.
pub(crate) fn write(out: &mut Output, pyc: &Pyc) {
    let notes = Notes::of(pyc);
    if !notes.imports.is_empty() {
        out.styled(Style::Bold, "\nImports\n");
        let mut names: Vec<String> = notes.imports.iter().map(|noted| shown(noted.name.as_bytes(), NAME)).collect();
        names.sort();
        names.dedup();
        let more = names.len().saturating_sub(MOST);
        names.truncate(MOST);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        out.put(format_args!("  {}{more}\n", names.join(", ")));
    }
    if !notes.uses.is_empty() {
        out.styled(Style::Bold, "\nCalls of note\n");
        let mut places: BTreeMap<(_, &str), Vec<&Noted>> = BTreeMap::new();
        for noted in &notes.uses {
            places.entry((noted.subject, noted.name.as_str())).or_default().push(noted);
        }
        let more = places.len().saturating_sub(MOST);
        for ((subject, name), places) in places.into_iter().take(MOST) {
            out.put(format_args!("  {}", shown(name.as_bytes(), NAME)));
            let others = if places.len() > 1 { format!(" and {} more", places.len() - 1) } else { String::new() };
            out.styled(Style::Dim, format_args!("  {}, {}{others}\n", subject.words(), place(pyc, places[0])));
        }
        if more > 0 {
            out.put(format_args!("  and {more} more\n"));
        }
    }
}

/// Where something is used.
fn place(pyc: &Pyc, noted: &Noted) -> String {
    let code = pyc.code(noted.code);
    let name = code.and_then(|code| code.text(Field::Qualname).or_else(|| code.text(Field::Name)));
    let line = noted.line.map(|line| format!(", line {line}")).unwrap_or_default();
    format!("in {} at {}{line}", shown(name.unwrap_or(b"?"), NAME), noted.offset)
}
