//! Items as the views see them: their colours, their rows.

use std::collections::HashMap;

use pycxray::{Item, Kind, Pyc, Span};

use crate::protocol::Hue;

/// A number of each item.
pub(crate) type ItemMap = HashMap<Item, u32>;

/// The bytes of a part of the file; none where it reaches out of it.
pub(crate) fn bytes(pyc: &Pyc, span: Span) -> &[u8] {
    pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[])
}

/// The byte of the file at an offset; 0 behind its end.
pub(crate) fn byte_at(pyc: &Pyc, offset: u32) -> u8 {
    pyc.bytes().get(offset as usize).copied().unwrap_or(0)
}

/// The colour of an item.
pub(crate) fn hue(pyc: &Pyc, item: Item) -> Hue {
    let damaged = matches!(item, Item::Object(id) if pyc.tree().node(id).kind == Kind::Invalid);
    if damaged { Hue::Damage } else { pyc.region(item).into() }
}

/// The item whose row in the tree shows this one: the object, for its type code, length and payload.
pub(crate) fn row_item(pyc: &Pyc, item: Item) -> Item {
    match item {
        Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => Item::Object(id),
        // Entries of a table that several code objects share have rows under the one that it stands in.
        Item::Instruction(..) | Item::LocalKind(..) | Item::Line(..) | Item::Exception(..) | Item::Cache(..) => {
            let owner = pyc.parent(table_entry(pyc, item)).and_then(Item::object).and_then(|table| pyc.table(table));
            owner.map_or(item, |(code, _)| of_code(item, code))
        }
        _ => item,
    }
}

fn table_entry(pyc: &Pyc, item: Item) -> Item {
    if matches!(item, Item::Cache(..)) { pyc.parent(item).unwrap_or(item) } else { item }
}

/// The same entry of the same table, in the name of another code object.
fn of_code(item: Item, code: pycxray::NodeId) -> Item {
    match item {
        Item::Instruction(_, at) => Item::Instruction(code, at),
        Item::Cache(_, at) => Item::Cache(code, at),
        Item::LocalKind(_, at) => Item::LocalKind(code, at),
        Item::Line(_, at) => Item::Line(code, at),
        Item::Exception(_, at) => Item::Exception(code, at),
        other => other,
    }
}

/// What a click on a byte chooses: the leaf there, or the object that it makes up with nothing else in it.
pub(crate) fn clicked(pyc: &Pyc, offset: u32) -> Option<Item> {
    let leaf = pyc.leaf_at(offset)?;
    Some(match leaf {
        Item::TypeCode(id) | Item::Length(id) | Item::Payload(id)
            if pyc.children(Item::Object(id)).next().is_none() =>
        {
            Item::Object(id)
        }
        _ => leaf,
    })
}

/// The innermost item that has all of these bytes; `None` where only the whole file has them.
pub(crate) fn covering(pyc: &Pyc, span: Span) -> Option<Item> {
    let mut item = clicked(pyc, span.start);
    while let Some(inner) = item.filter(|&inner| !pyc.span(inner).covers(span)) {
        item = pyc.parent(inner);
    }
    item
}
