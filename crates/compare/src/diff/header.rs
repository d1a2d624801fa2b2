//! What precedes the marshalled object, and which Python wrote it.

use pycxray::{Header, HeaderField, Item, Pyc};

use super::change::{Change, Side};
use super::class::Class;

/// What differs in the headers of two files, and in the Python that they are read as.
pub(super) fn changes(files: [&Pyc; 2]) -> Vec<Change> {
    let mut changes = Vec::new();
    let pythons = files.map(|pyc| format!("{} {}", pyc.python().implementation, pyc.python().version));
    let is_same_python = pythons[0] == pythons[1];
    // An empty file is of no Python.
    if !is_same_python && files.iter().all(|pyc| !pyc.bytes().is_empty()) {
        let [before, after] = pythons.map(|python| Some(Side::of(python)));
        changes.push(Change::one(Class::Python, "Python", before, after));
    }
    let mut fields: Vec<HeaderField> = Vec::new();
    for (field, _) in files.iter().flat_map(|pyc| &pyc.header().fields) {
        // Another Python has another magic number.
        if !fields.contains(field) && (is_same_python || *field != HeaderField::Magic) {
            fields.push(*field);
        }
    }
    for field in fields {
        let [before, after] = files.map(|pyc| side(pyc, field));
        if before.as_ref().map(|side| &side.text) != after.as_ref().map(|side| &side.text) {
            changes.push(Change::one(Class::Header, field.name(), before, after));
        }
    }
    changes
}

fn side(pyc: &Pyc, field: HeaderField) -> Option<Side> {
    let header = pyc.header();
    let position = header.fields.iter().position(|(known, _)| *known == field)?;
    Some(Side::at(text(pyc, header, field, position), Item::HeaderField(position as u8)))
}

fn text(pyc: &Pyc, header: &Header, field: HeaderField, position: usize) -> String {
    let number = match field {
        HeaderField::Magic => header.magic,
        HeaderField::Flags => header.flags,
        HeaderField::Mtime => header.mtime,
        HeaderField::SourceSize => header.source_size,
        HeaderField::SourceHash | HeaderField::Cut => None,
    };
    number.map(|number| number.to_string()).unwrap_or_else(|| {
        let span = header.fields[position].1;
        let bytes = pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or_default();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    })
}
