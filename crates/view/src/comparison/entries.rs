//! The rows of the list of changes.

use pycxray_compare::diff::{Change, Class, CodeDifference, Difference, Fate};

use crate::protocol::ChangeRow;
use crate::text::made_displayable;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A change of the file as a whole.
    File(usize),
    /// A code object.
    Code(usize),
    /// A change in it.
    InCode(usize, usize),
}

/// The rows: what differs in the files as a whole, then each code object with what differs in it.
pub(super) fn entries(difference: &Difference) -> Vec<Entry> {
    let mut entries: Vec<Entry> = (0..difference.changes.len()).map(Entry::File).collect();
    for (code, told) in difference.codes.iter().enumerate() {
        entries.push(Entry::Code(code));
        entries.extend((0..told.changes.len()).map(|change| Entry::InCode(code, change)));
    }
    entries
}

impl Entry {
    pub(super) fn row(self, difference: &Difference) -> ChangeRow {
        match self {
            Self::File(change) => row(&difference.changes[change]),
            Self::Code(code) => heading(&difference.codes[code]),
            Self::InCode(code, change) => row(&difference.codes[code].changes[change]),
        }
    }
}

fn heading(code: &CodeDifference) -> ChangeRow {
    let mut fate = match code.fate {
        _ if !code.is_compared => "too large to be compared".to_owned(),
        Fate::Kept if code.is_renamed => String::new(),
        Fate::Kept => "written otherwise".to_owned(),
        fate => fate.word().to_owned(),
    };
    if code.is_renamed {
        let was = match &code.names {
            [Some(before), Some(after)] if before != after => format!("was {before}"),
            _ => "moved".to_owned(),
        };
        fate = if fate.is_empty() { was } else { format!("{fate}, {was}") };
    }
    let name = format!("{} {}", code.sort.word(), code.name());
    ChangeRow::Heading { name: made_displayable(name), fate: made_displayable(fate) }
}

fn row(change: &Change) -> ChangeRow {
    let side =
        |side: &Option<pycxray_compare::diff::Side>| side.as_ref().map(|side| made_displayable(side.text.clone()));
    let what = match change.count {
        0 | 1 => change.what.clone(),
        count => format!("{} ({count})", change.what),
    };
    ChangeRow::Change {
        what,
        before: side(&change.before),
        after: side(&change.after),
        is_program: change.class == Class::Program,
    }
}
