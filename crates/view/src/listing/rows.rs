//! The rows of the listing.

use std::ops::Range;

use pycxray::Item;

use super::arrows::Visible;
use super::{Layout, Line, Listing};
use crate::file::File;
use crate::protocol::{Lane, ListingContent, ListingRow, Relation};
use crate::search::Hits;
use crate::{labels, values};

impl Listing {
    /// Rows, for the part that is on screen. `chosen` is what is chosen.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, chosen: Option<Item>, hits: &Hits) -> Vec<ListingRow> {
        let Some(layout) = self.layout(file) else { return Vec::new() };
        let first = self.line(file, layout, range.start);
        let lines: Vec<Line> =
            std::iter::successors(first, |&line| self.line_behind(file, layout, line)).take(range.len()).collect();
        let positions = || {
            lines.iter().filter_map(|line| match line {
                Line::Instruction(position) | Line::Cache(position, _) => Some(*position),
                _ => None,
            })
        };
        let offset = |position: Option<usize>| layout.bytecode.instruction(&file.pyc, position?).map(|at| at.offset);
        let visible = match (offset(positions().next()), offset(positions().next_back())) {
            (Some(first), Some(last)) => layout.arrows.visible(first, last),
            _ => Visible::default(),
        };
        let scene = Scene { file, layout, visible, chosen: Chosen::new(file, layout, chosen) };
        let row = |line| {
            let item = layout.item(&file.pyc, line)?;
            let content = self.content(&scene, line, item)?;
            Some(ListingRow {
                item: item.into(),
                marked: hits.has_row(item),
                is_in_range: false,
                is_together: false,
                tint: None,
                content,
            })
        };
        lines.into_iter().filter_map(row).collect()
    }

    fn content(&self, scene: &Scene<'_>, line: Line, item: Item) -> Option<ListingContent> {
        let Scene { file, layout, chosen, .. } = scene;
        let (pyc, code) = (&file.pyc, layout.bytecode.code);
        Some(match line {
            Line::Instruction(position) => {
                let instruction = layout.bytecode.instruction(pyc, position)?;
                let before = layout.bytecode.offset_before(pyc, position);
                let expandable = instruction.cache_units > 0;
                let mut lanes = scene.lanes(instruction.offset, false);
                layout.arrows.end_undrawn(&mut lanes, pyc, &layout.bytecode, &instruction);
                ListingContent::Instruction {
                    cells: layout.bytecode.cells(pyc, &instruction, before),
                    columns: self.columns(file, layout, instruction.offset),
                    expandable,
                    expanded: expandable && self.is_unfolded(position),
                    relation: chosen.relation(instruction.offset, instruction.target(pyc.python())),
                    guards: layout.bytecode.guards.depth_at(instruction.offset),
                    lanes,
                }
            }
            Line::Cache(position, _) => {
                let Item::Cache(_, offset) = item else { return None };
                let instruction = layout.bytecode.instruction(pyc, position)?;
                ListingContent::Cache {
                    name: labels::cache(pyc, code, offset).map_or("cache", |(name, _)| name).to_owned(),
                    value: values::cache_value(pyc, code, offset),
                    guards: layout.bytecode.guards.depth_at(instruction.offset),
                    lanes: scene.lanes(instruction.offset, true),
                }
            }
            Line::Heading => ListingContent::ExceptionHeading,
            Line::Exception(_) => {
                let Item::Exception(_, offset) = item else { return None };
                let entry = values::exception_entry_at(pyc, code, offset)?;
                ListingContent::Exception(values::exception_text(code, &entry))
            }
        })
    }

    /// What a row says of columns of the source, if it says anything.
    fn columns(&self, file: &File, layout: &Layout, offset: u32) -> Option<String> {
        let shown = self.shows_columns(file) == Some(true);
        shown.then(|| layout.bytecode.columns(&file.pyc, offset).unwrap_or_else(|| "–".to_owned()))
    }

    /// How many lanes the margin has: at most 9.
    pub(crate) fn lanes(&self, file: &File) -> u8 {
        self.layout(file).map_or(0, |layout| layout.arrows.lanes())
    }
}

/// What all rows that are seen have in common.
struct Scene<'l> {
    file: &'l File,
    layout: &'l Layout,
    visible: Visible<'l>,
    chosen: Chosen,
}

impl Scene<'_> {
    /// What the margin shows on the row of the instruction at an offset, or `below` on those of its caches.
    fn lanes(&self, offset: u32, below: bool) -> Vec<Lane> {
        self.visible.lanes(self.layout.bytecode.code, offset, below, self.chosen.offset)
    }
}

/// What is chosen in the listing, and where it leads.
#[derive(Clone, Copy, Debug, Default)]
struct Chosen {
    /// The offset of the chosen instruction.
    offset: Option<u32>,
    /// Where it leads: its jump, its handler.
    targets: [Option<u32>; 2],
    /// From where to where a chosen entry of the exception table guards.
    guarded: Option<(u32, u32)>,
}

impl Chosen {
    fn new(file: &File, layout: &Layout, item: Option<Item>) -> Self {
        let code = layout.bytecode.code;
        let entry_at = |entry| values::exception_entry_at(&file.pyc, code, entry);
        match item {
            Some(Item::Instruction(of, offset) | Item::Cache(of, offset)) if of == code => {
                let Some((_, instruction)) = layout.bytecode.at(&file.pyc, offset) else { return Self::default() };
                let guard = layout.bytecode.guards.innermost_at(instruction.offset).and_then(entry_at);
                let target = instruction.target(file.pyc.python());
                Self {
                    offset: Some(instruction.offset),
                    targets: [target, guard.map(|entry| entry.target)],
                    guarded: None,
                }
            }
            Some(Item::Exception(of, offset)) if of == code => {
                let entry = entry_at(offset);
                Self {
                    offset: None,
                    targets: [entry.map(|entry| entry.target), None],
                    guarded: entry.map(|entry| (entry.start, entry.end)),
                }
            }
            _ => Self::default(),
        }
    }

    /// What an instruction is to it.
    fn relation(&self, offset: u32, target: Option<u32>) -> Option<Relation> {
        if self.targets.contains(&Some(offset)) {
            return Some(Relation::Target);
        }
        let leads_here = self.offset.is_some() && target == self.offset;
        let guarded = self.guarded.is_some_and(|(start, end)| (start..end).contains(&offset));
        (leads_here || guarded).then_some(Relation::Source)
    }
}
