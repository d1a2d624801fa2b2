//! The rows of the listing.

use std::ops::Range;

use super::jumps::Window;
use super::state::{Layout, Line};
use super::{ListingRow, ListingRowKind, Relation};
use crate::{Crumb, Document, Item, Span, labels, values};

impl Document {
    /// Rows of the listing, for the part that is on screen.
    #[must_use]
    pub fn listing_rows(&self, range: Range<usize>) -> Vec<ListingRow> {
        let Some(layout) = self.listing_layout() else { return Vec::new() };
        let mut lines = Vec::new();
        let mut line = self.listing_line(&layout, range.start);
        // The instructions that they are about.
        let mut positions: Option<(usize, usize)> = None;
        while lines.len() < range.len()
            && let Some(this) = line
        {
            lines.push(this);
            if let Line::Instruction(position) | Line::Cache(position, _) = this {
                positions = Some((positions.map_or(position, |(first, _)| first), position));
            }
            line = self.listing_next(&layout, this);
        }
        let offset = |position| layout.bytecode.instruction(&self.pyc, position).map(|found| found.offset);
        let (first, last) = positions.map_or((None, None), |(first, last)| (offset(first), offset(last)));
        let ways = layout.lanes.within(first.unwrap_or(u32::MAX), last.unwrap_or(0));
        let seen = Seen { layout: &layout, ways, chosen: self.listing_chosen(&layout) };
        let mut rows = Vec::with_capacity(lines.len());
        for (at, line) in lines.into_iter().enumerate() {
            rows.extend(self.listing_row(&seen, range.start + at, line));
        }
        rows
    }

    fn listing_row(&self, seen: &Seen<'_>, index: usize, line: Line) -> Option<ListingRow> {
        let Seen { layout, ways, chosen } = seen;
        let (pyc, code) = (&self.pyc, layout.bytecode.code);
        let item = self.listing_line_item(layout, line);
        let mut row = ListingRow {
            item,
            index,
            kind: ListingRowKind::ExceptionHeading,
            span: item.map_or(Span::default(), |item| pyc.span(item)),
            starts_line: false,
            expandable: false,
            expanded: false,
            selected: item.is_some() && self.selection.item == item,
            marked: item.is_some_and(|item| self.is_hit(item)),
            relation: None,
            guards: 0,
            lanes: Vec::new(),
        };
        row.kind = match line {
            Line::Instruction(position) => {
                let instruction = layout.bytecode.instruction(pyc, position)?;
                let before = layout.bytecode.offset_before(pyc, position);
                let cells = layout.bytecode.cells(pyc, &instruction, before);
                row.starts_line = cells.line.is_some();
                row.expandable = instruction.cache_units > 0;
                row.expanded = row.expandable && self.listing_unfolded(position);
                row.guards = layout.bytecode.guards.depth_at(instruction.offset);
                row.relation = chosen.relation(instruction.offset, instruction.target(pyc.python()));
                ways.cross(&mut row.lanes, code, instruction.offset, false, chosen.offset);
                layout.lanes.end_undrawn(&mut row.lanes, pyc, &layout.bytecode, &instruction);
                ListingRowKind::Instruction(cells)
            }
            Line::Cache(position, _) => {
                let Some(Item::Cache(_, offset)) = item else { return None };
                let instruction = layout.bytecode.instruction(pyc, position)?;
                let name = labels::cache(pyc, code, offset).map_or("cache", |(name, _)| name).to_owned();
                row.guards = layout.bytecode.guards.depth_at(instruction.offset);
                ways.cross(&mut row.lanes, code, instruction.offset, true, chosen.offset);
                ListingRowKind::Cache { name, value: values::cache_value(pyc, code, offset) }
            }
            Line::Heading => {
                row.selected = false;
                ListingRowKind::ExceptionHeading
            }
            Line::Exception(_) => {
                let Some(Item::Exception(_, offset)) = item else { return None };
                let entry = values::exception_entry_at(pyc, code, offset)?;
                ListingRowKind::Exception(values::exception_text(code, &entry))
            }
        };
        Some(row)
    }

    /// What is chosen in the listing, and where it leads.
    fn listing_chosen(&self, layout: &Layout) -> Chosen {
        let code = layout.bytecode.code;
        match self.selection.item {
            Some(Item::Instruction(of, offset) | Item::Cache(of, offset)) if of == code => {
                let Some((_, instruction)) = layout.bytecode.at(&self.pyc, offset) else { return Chosen::default() };
                let guard = layout.bytecode.guards.innermost_at(instruction.offset);
                let guard = guard.and_then(|entry| values::exception_entry_at(&self.pyc, code, entry));
                let target = instruction.target(self.pyc.python());
                Chosen {
                    offset: Some(instruction.offset),
                    targets: [target, guard.map(|entry| entry.target)],
                    guarded: None,
                }
            }
            Some(Item::Exception(of, offset)) if of == code => {
                let entry = values::exception_entry_at(&self.pyc, code, offset);
                Chosen {
                    offset: None,
                    targets: [entry.map(|entry| entry.target), None],
                    guarded: entry.map(|entry| (entry.start, entry.end)),
                }
            }
            _ => Chosen::default(),
        }
    }

    /// How many lanes the margin has: at most 9.
    #[must_use]
    pub fn listing_lanes(&self) -> u8 {
        self.listing_layout().map_or(0, |layout| layout.lanes.count())
    }

    /// The code objects that the one in the listing is nested in, outermost first, itself last.
    #[must_use]
    pub fn listing_crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = Vec::new();
        let mut code = self.listing_code().and_then(Item::object);
        while let Some(id) = code {
            crumbs.push(Crumb { label: labels::code_name(&self.pyc, id), item: Item::Object(id) });
            code = labels::outer_code(&self.pyc, id).filter(|_| crumbs.len() < CRUMBS);
        }
        crumbs.reverse();
        crumbs
    }
}

/// How many code objects around the one in the listing are named.
const CRUMBS: usize = 32;

/// What all rows that are seen have in common.
struct Seen<'l> {
    layout: &'l Layout,
    ways: Window<'l>,
    chosen: Chosen,
}

/// What is chosen in the listing.
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
