//! The outline: functions and classes, nested as they are.

use std::ops::Range;

use pycxray::{Field, Item, NodeId};

use crate::file::File;
use crate::moves::Move;
use crate::protocol::{OutlineAction, OutlineRow, Style, Styled};
use crate::{labels, values};

/// How deep the outline is drawn nested at most.
const DEPTH: usize = 64;

/// The outline as the user left it.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Those whose names hold what was typed, in the order of the file; `None` for all.
    shown: Option<Vec<NodeId>>,
}

impl Outline {
    /// Does what the user did. Answers what is chosen by that: the first that fits.
    pub(crate) fn act(&mut self, file: &File, action: OutlineAction) -> Option<Move> {
        let OutlineAction::Filter(typed) = action;
        let typed = typed.trim().to_lowercase();
        let fits = |code: &&NodeId| labels::code_name(&file.pyc, **code).to_lowercase().contains(&typed);
        self.shown = (!typed.is_empty()).then(|| file.pyc.codes().iter().filter(fits).copied().collect());
        self.shown.as_ref()?.first().map(|&code| Move::Past(Item::Object(code)))
    }

    fn codes<'o>(&'o self, file: &'o File) -> &'o [NodeId] {
        self.shown.as_deref().unwrap_or(file.pyc.codes())
    }

    pub(crate) fn len(&self, file: &File) -> usize {
        self.codes(file).len()
    }

    /// Rows, as far as there are so many.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>) -> Vec<OutlineRow> {
        let codes = self.codes(file);
        let codes = codes.get(range.start..range.end.min(codes.len())).unwrap_or(&[]);
        codes.iter().filter_map(|&id| row(file, id)).collect()
    }

    /// Which row shows a code object.
    pub(crate) fn row_of(&self, file: &File, code: Option<NodeId>) -> Option<usize> {
        self.codes(file).binary_search(&code?).ok()
    }
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
