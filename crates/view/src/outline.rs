//! The outline: functions and classes, nested as they are.

use std::ops::Range;

use pycxray::{Field, Item, NodeId};

use crate::file::File;
use crate::protocol::{OutlineRow, Style, Styled};
use crate::{labels, values};

/// How deep the outline is drawn nested at most.
const DEPTH: usize = 64;

/// The code objects of the file, nested as they are.
pub(crate) fn rows(file: &File, range: Range<usize>) -> Vec<OutlineRow> {
    let codes = file.pyc.codes();
    let end = range.end.min(codes.len());
    let codes = codes.get(range.start..end).unwrap_or(&[]);
    codes.iter().filter_map(|&id| row(file, id)).collect()
}

fn row(file: &File, id: NodeId) -> Option<OutlineRow> {
    let code = file.pyc.code(id)?;
    let mut name = Styled::of(Style::Strong, &labels::code_name(&file.pyc, id));
    values::write_parameters(&mut name, &code);
    let outer = |id: &NodeId| labels::outer_code(&file.pyc, *id);
    Some(OutlineRow {
        item: Item::Object(id).into(),
        depth: std::iter::successors(outer(&id), outer).take(DEPTH).count() as u32,
        name,
        line: code.number(Field::Firstlineno),
        size: code.bytecode().len() as u32,
    })
}

/// Which row shows a code object.
pub(crate) fn row_of(file: &File, code: Option<NodeId>) -> Option<usize> {
    file.pyc.codes().binary_search(&code?).ok()
}
