//! Two code objects that are the same one in two files, held against each other.

use std::collections::HashMap;

use pycxray::tables::{LineIndex, SourcePosition};
use pycxray::{Code, Field, Item, NodeId, Pyc, code_flags, counted};

use super::align::Alignment;
use super::change::{Change, Side};
use super::class::Class;
use super::steps::{Step, Stepper};
use super::values::{Objects, ValueId, Values};

/// What two files are compared with.
pub(super) struct Comparer<'p> {
    pub(super) values: Values<'p>,
    pub(super) objects: [Objects<'p>; 2],
    /// Whether they are of different versions: then instructions are compared by meaning.
    pub(super) by_meaning: bool,
    /// How many bytes and objects of tables may still be looked at: code objects may share them without end.
    pub(super) allowance: u64,
}

/// How many items that were added to a list or taken from it are told one by one.
const MOST_ITEMS: usize = 100;

/// Code objects with more bytes of bytecode are not compared: a step takes some 70 times the memory of its bytes.
const MOST_BYTECODE: usize = 4 << 20;
/// How many bytes and objects of tables are looked at for each byte of the files.
const ALLOWANCE: u64 = 4;
/// How many at least.
const LEAST_ALLOWANCE: u64 = 1 << 20;

impl<'p> Comparer<'p> {
    pub(super) fn new(files: [&'p Pyc; 2]) -> Self {
        let pythons = files.map(Pyc::python);
        let size: u64 = files.iter().map(|pyc| pyc.bytes().len() as u64).sum();
        let strings_alike = pythons[0].version.major != pythons[1].version.major;
        Self {
            values: Values::new(strings_alike),
            objects: files.map(Objects::new),
            by_meaning: !std::ptr::eq(pythons[0], pythons[1]),
            allowance: size.saturating_mul(ALLOWANCE).max(LEAST_ALLOWANCE),
        }
    }

    /// What differs between two code objects, apart from their names and files. `None` if the allowance is spent.
    pub(super) fn changes(&mut self, codes: [&Code<'p>; 2], is_equal: bool) -> Option<Vec<Change>> {
        let mut changes = Vec::new();
        self.numbers(codes, &mut changes);
        if is_equal && self.has_equal(codes, Field::Linetable) {
            return Some(changes);
        }
        self.spend(&codes)?;
        if !is_equal {
            self.lists(codes, &mut changes);
        }
        let steps = self.steps(codes);
        let alignment = Alignment::new(&steps[0], &steps[1]);
        let differing = alignment.is_same.iter().filter(|same| !**same).count() as u32;
        if differing > 0 {
            let [before, after] =
                [0, 1].map(|side| Some(Side::of(counted(steps[side].len(), "instruction").to_string())));
            changes.push(Change {
                class: Class::Program,
                what: "instructions".into(),
                before,
                after,
                count: differing,
            });
        } else if !is_equal && !self.by_meaning {
            self.encoding(codes, &mut changes);
        }
        self.exceptions(codes, &steps, &alignment, &mut changes);
        changes.extend(positions(codes, &steps, &alignment, self.by_meaning));
        if !is_equal && changes.is_empty() && !self.by_meaning {
            self.remainder(codes, &mut changes);
        }
        Some(changes)
    }

    /// Takes what looking at code objects costs from the allowance; `None` if they are too large, or it is spent.
    pub(super) fn spend(&mut self, codes: &[&Code<'p>]) -> Option<()> {
        if codes.iter().any(|code| code.bytecode().len() > MOST_BYTECODE) {
            return None;
        }
        self.allowance = self.allowance.checked_sub(codes.iter().map(|code| cost(code)).sum())?;
        Some(())
    }

    /// The steps of both.
    pub(super) fn steps(&mut self, codes: [&Code<'p>; 2]) -> [Vec<Step>; 2] {
        let mut stepper = Stepper { values: &mut self.values, by_meaning: self.by_meaning };
        let [before, after] = &mut self.objects;
        [stepper.steps(before, codes[0]), stepper.steps(after, codes[1])]
    }

    pub(super) fn value(&mut self, side: usize, id: NodeId) -> ValueId {
        self.objects[side].value(&mut self.values, id)
    }

    fn field_values(&mut self, codes: [&Code<'p>; 2], field: Field) -> [Option<ValueId>; 2] {
        [0, 1].map(|side| codes[side].object(field).map(|id| self.value(side, id)))
    }

    fn has_equal(&mut self, codes: [&Code<'p>; 2], field: Field) -> bool {
        let [before, after] = self.field_values(codes, field);
        before == after
    }

    fn numbers(&self, codes: [&Code<'p>; 2], changes: &mut Vec<Change>) {
        let fields =
            [Field::Argcount, Field::Posonlyargcount, Field::Kwonlyargcount, Field::Stacksize, Field::Firstlineno];
        for field in fields {
            // How deep the stack becomes is the version's.
            if self.by_meaning && field == Field::Stacksize {
                continue;
            }
            let numbers = codes.map(|code| code.number(field).or(self.by_meaning.then_some(0)));
            if numbers[0] != numbers[1] {
                let class = if field == Field::Firstlineno { Class::Positions } else { Class::Program };
                let side = |side: usize| {
                    let text = numbers[side]?.to_string();
                    Some(Side::at(text, Item::Number(codes[side].id(), field)))
                };
                changes.push(Change::one(class, format!("co_{}", field.name()), side(0), side(1)));
            }
        }
        let flags = codes.map(|code| code.number(Field::Flags).unwrap_or(0));
        let is_shared = |name: &str| codes.iter().all(|code| code_flags(code.python()).any(|flag| flag.name == name));
        let names = [0, 1].map(|side: usize| {
            let set = code_flags(codes[side].python()).filter(|flag| flags[side] & i64::from(flag.bit) != 0);
            let names = set.filter(|flag| !self.by_meaning || is_shared(flag.name)).map(|flag| flag.name);
            names.collect::<Vec<_>>().join(", ")
        });
        if names[0] != names[1] || (flags[0] != flags[1] && !self.by_meaning) {
            let side = |side: usize| {
                let text = format!("{:#x} ({})", flags[side], names[side]);
                Some(Side::at(text, Item::Number(codes[side].id(), Field::Flags)))
            };
            changes.push(Change::one(Class::Program, "co_flags", side(0), side(1)));
        }
    }

    /// Constants, names, variables.
    fn lists(&mut self, codes: [&Code<'p>; 2], changes: &mut Vec<Change>) {
        // Which constants and names there are besides what instructions use is the version's.
        if !self.by_meaning {
            for (what, field) in [("co_consts", Field::Consts), ("co_names", Field::Names)] {
                if !self.has_equal(codes, field) {
                    let items = codes.map(|code| code.items(field).collect());
                    self.list(what, items, changes);
                }
            }
        }
        self.list("co_varnames", codes.map(|code| code.varnames().unwrap_or_default()), changes);
        self.list("co_cellvars", codes.map(|code| code.cellvars().unwrap_or_default()), changes);
        self.list("co_freevars", codes.map(|code| code.freevars().unwrap_or_default()), changes);
    }

    /// What of one list is not in the other; if nothing, whether they stand in another order.
    fn list(&mut self, what: &str, items: [Vec<NodeId>; 2], changes: &mut Vec<Change>) {
        let values: [Vec<ValueId>; 2] = [0, 1].map(|side| items[side].iter().map(|&id| self.value(side, id)).collect());
        if values[0] == values[1] {
            return;
        }
        let missing = |side: usize| {
            let mut free: HashMap<ValueId, usize> = HashMap::new();
            for value in &values[1 - side] {
                *free.entry(*value).or_default() += 1;
            }
            let alone = |&(_, value): &(&NodeId, &ValueId)| match free.get_mut(value) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            };
            items[side].iter().zip(&values[side]).filter(alone).map(|(id, _)| *id).collect::<Vec<_>>()
        };
        let (removed, added) = (missing(0), missing(1));
        if removed.is_empty() && added.is_empty() {
            changes.push(Change::one(Class::ConstantOrder, format!("order of {what}"), None, None));
            return;
        }
        let count = removed.len().max(added.len());
        for position in 0..count.min(MOST_ITEMS) {
            let side =
                |side: usize, ids: &[NodeId]| ids.get(position).map(|&id| Side::object(self.objects[side].pyc, id));
            changes.push(Change::one(Class::Program, what, side(0, &removed), side(1, &added)));
        }
        if let Some(more) = count.checked_sub(MOST_ITEMS).filter(|more| *more > 0) {
            let more =
                Change { class: Class::Program, what: what.to_owned(), before: None, after: None, count: more as u32 };
            changes.push(more);
        }
    }

    /// The same steps in other bytes, which the order of constants and names does not account for.
    fn encoding(&mut self, codes: [&Code<'p>; 2], changes: &mut Vec<Change>) {
        let tables =
            [Field::Consts, Field::Names, Field::Varnames, Field::Localsplusnames, Field::Cellvars, Field::Freevars];
        if !self.has_equal(codes, Field::Code) && tables.into_iter().all(|table| self.has_equal(codes, table)) {
            let side = |side: usize| {
                let text = counted(codes[side].bytecode().len(), "byte").to_string();
                Some(
                    codes[side]
                        .object(Field::Code)
                        .map_or(Side::of(text.clone()), |id| Side::at(text, Item::Object(id))),
                )
            };
            changes.push(Change::one(Class::Encoding, "co_code", side(0), side(1)));
        }
    }

    /// The exception tables, by the steps that they are about.
    fn exceptions(
        &self,
        codes: [&Code<'p>; 2],
        steps: &[Vec<Step>; 2],
        alignment: &Alignment,
        changes: &mut Vec<Change>,
    ) {
        if codes.iter().any(|code| code.object(Field::Exceptiontable).is_none()) {
            return;
        }
        let places = alignment.places();
        // Of another version the handlers alone are compared: which instructions they guard, and how deep the stack is, is its own.
        let handlers: [Vec<_>; 2] = [0, 1].map(|side| {
            let place = |offset| places[side].of(&steps[side], offset);
            let handlers = codes[side].exception_entries().map(|entry| match self.by_meaning {
                true => (0, 0, place(entry.target), 0, false),
                false => (place(entry.start), place(entry.end), place(entry.target), entry.depth, entry.lasti),
            });
            let mut handlers: Vec<_> = handlers.collect();
            if self.by_meaning {
                handlers.sort_unstable();
                handlers.dedup();
            }
            handlers
        });
        let same = handlers[0].iter().zip(&handlers[1]).filter(|(one, other)| one == other).count();
        let count = handlers[0].len().max(handlers[1].len()) - same;
        if count > 0 {
            let [before, after] = [0, 1].map(|side| {
                let text = match codes[side].exception_entries().count() {
                    1 => "1 entry".to_owned(),
                    count => format!("{count} entries"),
                };
                Some(
                    codes[side]
                        .object(Field::Exceptiontable)
                        .map_or(Side::of(text.clone()), |id| Side::at(text, Item::Object(id))),
                )
            });
            let (class, what) = (Class::Program, "co_exceptiontable".to_owned());
            changes.push(Change { class, what, before, after, count: count as u32 });
        }
    }

    /// What differs and is nothing of what was looked for: the fields that have it.
    fn remainder(&mut self, codes: [&Code<'p>; 2], changes: &mut Vec<Change>) {
        let fields_of = |side: usize| codes[side].fields().map(|(field, _)| field).filter(|field| !field.is_number());
        let mut fields: Vec<Field> = fields_of(0).collect();
        // One that is cut off has fewer.
        let more: Vec<Field> = fields_of(1).filter(|field| !fields.contains(field)).collect();
        fields.extend(more);
        let placed = [Field::Filename, Field::Name, Field::Qualname, Field::Linetable];
        for field in fields.into_iter().filter(|field| !placed.contains(field)) {
            if !self.has_equal(codes, field) {
                let side = |side: usize| codes[side].object(field).map(|id| Side::object(self.objects[side].pyc, id));
                changes.push(Change::one(Class::Program, format!("co_{}", field.name()), side(0), side(1)));
            }
        }
    }
}

/// How much there is to look at in a code object, in bytes and objects.
fn cost(code: &Code<'_>) -> u64 {
    let tree = code.pyc().tree();
    let bytes = [Field::Code, Field::Linetable, Field::Exceptiontable];
    let bytes = bytes.iter().filter_map(|&field| code.data(field)).map(|(data, _)| data.len() as u64);
    let tuples = [Field::Consts, Field::Names, Field::Varnames, Field::Localsplusnames];
    let items = tuples.iter().filter_map(|&field| code.tuple(field)).map(|id| u64::from(tree.item_count(id)));
    bytes.chain(items).fold(1, u64::saturating_add)
}

/// Steps that stand elsewhere in the source.
fn positions(codes: [&Code<'_>; 2], steps: &[Vec<Step>; 2], alignment: &Alignment, by_meaning: bool) -> Option<Change> {
    let positions: [Vec<SourcePosition>; 2] = [0, 1].map(|side| {
        let (index, entries) = (LineIndex::new(codes[side]), codes[side].line_entries());
        steps[side].iter().map(|step| index.position(&entries, step.offset)).collect()
    });
    // Which columns an instruction has is the version's.
    let compared = |position: SourcePosition| match by_meaning {
        false => position,
        true => SourcePosition { line: position.line, ..SourcePosition::default() },
    };
    let differing = alignment.pairs.iter().filter_map(|&(step, other)| {
        let (step, other) = (step? as usize, other? as usize);
        (compared(positions[0][step]) != compared(positions[1][other])).then_some([step, other])
    });
    let differing: Vec<[usize; 2]> = differing.collect();
    let first = differing.first()?;
    let is_line = differing.iter().any(|&[step, other]| positions[0][step].line != positions[1][other].line);
    let side = |side: usize| {
        let step = first[side];
        Some(Side::at(place(positions[side][step]), Item::Instruction(codes[side].id(), steps[side][step].offset)))
    };
    let what = if is_line { "lines" } else { "columns" };
    let count = differing.len() as u32;
    Some(Change { class: Class::Positions, what: what.to_owned(), before: side(0), after: side(1), count })
}

fn place(position: SourcePosition) -> String {
    match (position.line, position.column, position.end_column) {
        (None, ..) => "no line".to_owned(),
        (Some(line), Some(column), Some(end)) => format!("line {line}, columns {column}-{end}"),
        (Some(line), ..) => format!("line {line}"),
    }
}
