//! The search itself, in slices.

use pycxray::{
    Field, Instruction, InstructionCursor, Instructions, Item, Kind, NodeId, Operands, Pyc, Region, Span, Value,
};

use super::query::{Needle, Query};
use super::{Hit, HitKind, bytes};
use crate::Document;
use crate::bytecode::subjects;
use crate::item::{ItemMap, clicked, row_item};
use crate::safe::made_displayable;
use crate::values;

/// How many hits are kept. Further ones are not looked for.
pub(super) const MOST: usize = 100_000;

/// How many bytes are looked through for the price of one object.
const BYTES: usize = 256;

/// A search, and what it found up to now.
#[derive(Debug)]
pub(crate) struct Search {
    pub(super) typed: String,
    query: Result<Query, String>,
    at: At,
    /// A long text in which it looks before it goes on, and the byte of that from which on.
    text: Option<(NodeId, usize)>,
    pub(super) complete: bool,
    /// In the order of the file.
    pub(super) hits: Vec<Hit>,
    /// How many there are of each kind.
    pub(super) counts: [usize; HitKind::ALL.len()],
    /// What their rows show.
    rows: ItemMap,
    /// Which opcodes' names match.
    opcodes: Vec<bool>,
    /// What the arguments of the code object at hand mean.
    operands: Option<Operands>,
    /// Which names and constants match, as far as instructions that use them have been met.
    verdicts: Vec<Verdict>,
}

/// Whether an object has in it what is searched for. Kept, since many instructions may use one long constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Unknown,
    Differs,
    Matches,
}

/// How far it is.
#[derive(Clone, Copy, Debug)]
enum At {
    /// The next object.
    Object(usize),
    /// In the bytecode of this object.
    Bytecode { object: usize, code: NodeId, cursor: InstructionCursor },
    /// In the bytes.
    Byte(usize),
}

/// Longer texts are looked through in slices.
const LONG: usize = 1 << 16;

impl Search {
    pub(super) fn new(pyc: &Pyc, typed: &str) -> Option<Self> {
        let query = Query::parse(typed).transpose()?;
        let at = if matches!(query, Ok(Query::Bytes(_))) { At::Byte(0) } else { At::Object(0) };
        let needle = match &query {
            Ok(Query::Text(needle)) => Some(needle),
            Ok(Query::Instruction { op, .. }) => op.as_ref(),
            _ => None,
        };
        let mut opcodes = Vec::new();
        for number in 0..=u8::MAX {
            let name = pyc.python().opcode(number).map_or("", |opcode| opcode.name);
            opcodes.push(needle.is_none_or(|needle| needle.is_in(name)));
        }
        let complete = query.is_err();
        Some(Self {
            typed: typed.to_owned(),
            query,
            at,
            text: None,
            complete,
            hits: Vec::new(),
            counts: [0; HitKind::ALL.len()],
            rows: ItemMap::new(),
            opcodes,
            operands: None,
            verdicts: Vec::new(),
        })
    }

    /// Why it cannot be searched for.
    pub(super) fn error(&self) -> Option<&str> {
        self.query.as_ref().err().map(String::as_str)
    }

    /// How far it is, from 0 to 1.
    pub(super) fn progress(&self, pyc: &Pyc) -> f64 {
        if self.complete {
            return 1.0;
        }
        let share = |at: usize, all: usize| at as f64 / all.max(1) as f64;
        match self.at {
            At::Object(at) | At::Bytecode { object: at, .. } => share(at, pyc.tree().len()),
            At::Byte(at) => share(at, pyc.bytes().len()),
        }
    }

    /// Whether an item's row shows a hit.
    pub(super) fn has_row(&self, item: Item) -> bool {
        self.rows.contains_key(&item)
    }

    /// The first hit that does not end before an offset.
    pub(super) fn hit_from(&self, offset: u32) -> Option<&Hit> {
        // Hits may lie in each other only where bytes are searched for, and then all are of one length.
        let at = self.hits.partition_point(|hit| hit.span.end <= offset);
        self.hits.get(at)
    }

    /// From now on for the instructions of a code object. What that cost.
    fn turn_to(&mut self, pyc: &Pyc, code: NodeId) -> usize {
        let Some(view) = pyc.code(code) else { return 1 };
        self.operands = Some(Operands::new(&view, values::ROW));
        // Tables that stand elsewhere are not gathered.
        let own = |field| view.tuple(field).filter(|&tuple| view.object(field) == Some(tuple));
        let items = |field| own(field).map_or(0, |tuple| pyc.tree().item_count(tuple) as usize);
        1 + (items(Field::Consts) + items(Field::Names)) / 16
    }

    /// Whether an instruction uses a name or constant that has in it what is searched for. A long text that is not looked
    /// through yet is handed back.
    fn uses_match(&mut self, pyc: &Pyc, instruction: &Instruction, spent: &mut usize) -> Result<bool, NodeId> {
        let Some(operands) = self.operands.as_ref().filter(|_| matches!(self.query, Ok(Query::Text(_)))) else {
            return Ok(false);
        };
        for id in subjects(&operands.meaning(pyc, instruction)) {
            if let Some(id) = id
                && self.has_match(pyc, pyc.tree().resolve(id), spent)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an object has in it what is searched for. A long text that is not looked through yet is handed back.
    fn has_match(&mut self, pyc: &Pyc, id: NodeId, spent: &mut usize) -> Result<bool, NodeId> {
        let Ok(Query::Text(needle)) = &self.query else { return Ok(false) };
        if self.verdicts.is_empty() {
            self.verdicts.resize(pyc.tree().len(), Verdict::Unknown);
        }
        let Some(verdict) = self.verdicts.get_mut(id.index()) else { return Ok(false) };
        if *verdict == Verdict::Unknown {
            if pyc.text(id).is_some_and(|text| text.len() > LONG) {
                return Err(id);
            }
            *spent += price(pyc, id);
            *verdict = if matches(pyc, id, needle) { Verdict::Matches } else { Verdict::Differs };
        }
        Ok(*verdict == Verdict::Matches)
    }

    /// Goes on in a long text. What that cost.
    fn look_through(&mut self, pyc: &Pyc, budget: usize) -> usize {
        let Some((id, from)) = self.text else { return 0 };
        let text = pyc.text(id).unwrap_or_default();
        let end = from.saturating_add(budget.saturating_mul(BYTES)).min(text.len());
        let (found, overlap) = match &self.query {
            Ok(Query::Text(needle)) => {
                let overlap = needle.text.len().saturating_sub(1);
                (needle.is_in_bytes(&text[from.saturating_sub(overlap).min(end)..end]), overlap)
            }
            _ => (false, 0),
        };
        if found || end == text.len() {
            if let Some(verdict) = self.verdicts.get_mut(id.index()) {
                *verdict = if found { Verdict::Matches } else { Verdict::Differs };
            }
            self.text = None;
        } else {
            self.text = Some((id, end));
        }
        1 + (end - from + overlap) / BYTES
    }

    /// Whether the argument of an instruction is what is searched for, or means something with that in it. Adds to what is
    /// spent.
    fn argument_matches(&mut self, pyc: &Pyc, code: NodeId, instruction: &Instruction, spent: &mut usize) -> bool {
        let Ok(Query::Instruction { arg: Some(wanted), .. }) = &self.query else { return true };
        // Writing an operand is dearer than looking at an instruction.
        *spent += 4;
        if wanted.number.is_some() {
            return instruction.arg.map(i64::from) == wanted.number;
        }
        let Some(operands) = &mut self.operands else { return false };
        let mut text = String::new();
        operands.write(&mut text, pyc, instruction, pyc.bytecode_index(code).labels());
        wanted.is_in(&made_displayable(text))
    }

    /// Keeps a hit. `false` when there are enough.
    fn keep(&mut self, pyc: &Pyc, kind: HitKind, item: Item, span: Span) -> bool {
        self.rows.insert(row_item(pyc, item), 0);
        self.counts[kind as usize] += 1;
        self.hits.push(Hit { kind, item, span });
        self.hits.len() < MOST
    }
}

impl Document {
    /// Goes on for about `budget` items or kilobytes. `true` when all is looked at, or nothing is searched.
    pub fn search_step(&mut self, budget: u32) -> bool {
        let Some(mut search) = self.search.take() else { return true };
        let mut budget = budget as usize;
        while !search.complete && budget > 0 {
            let spent = match search.at {
                _ if search.text.is_some() => search.look_through(&self.pyc, budget),
                At::Object(object) => self.search_object(&mut search, object),
                At::Bytecode { object, code, cursor } => {
                    self.search_bytecode(&mut search, object, code, cursor, budget)
                }
                At::Byte(at) => self.search_bytes(&mut search, at, budget),
            };
            budget = budget.saturating_sub(spent);
        }
        let complete = search.complete;
        self.search = Some(search);
        complete
    }

    /// Looks at one object. What that cost.
    fn search_object(&self, search: &mut Search, object: usize) -> usize {
        let Some(id) = self.pyc.tree().id(object) else {
            search.complete = true;
            return 1;
        };
        search.at = At::Object(object + 1);
        if let Some((code, Field::Code)) = self.pyc.table(id) {
            search.at = At::Bytecode { object, code, cursor: InstructionCursor::default() };
            return search.turn_to(&self.pyc, code);
        }
        let node = self.pyc.tree().node(id);
        let mut spent = 1;
        // Tables are no text.
        let found = if self.pyc.table(id).is_some() { Ok(false) } else { search.has_match(&self.pyc, id, &mut spent) };
        if let Err(text) = found {
            (search.at, search.text) = (At::Object(object), Some((text, 0)));
        }
        if found == Ok(true) {
            let kind = if node.region == Region::Names { HitKind::Name } else { HitKind::Constant };
            if !search.keep(&self.pyc, kind, Item::Object(id), node.span) {
                search.complete = true;
            }
        }
        spent
    }

    /// Goes on in a bytecode. What that cost.
    fn search_bytecode(
        &self,
        search: &mut Search,
        object: usize,
        code: NodeId,
        cursor: InstructionCursor,
        budget: usize,
    ) -> usize {
        let bytecode = self.pyc.code(code).map_or(&[][..], |code| code.bytecode());
        let mut walk = Instructions::resume(bytecode, self.pyc.python(), cursor);
        let mut spent = 0;
        while spent < budget {
            let cursor = walk.cursor();
            let Some(instruction) = walk.next() else {
                search.at = At::Object(object + 1);
                return spent + 1;
            };
            spent += 1;
            if !search.opcodes[usize::from(instruction.opcode)] {
                match search.uses_match(&self.pyc, &instruction, &mut spent) {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(text) => {
                        search.at = At::Bytecode { object, code, cursor };
                        search.text = Some((text, 0));
                        return spent;
                    }
                }
            } else if !search.argument_matches(&self.pyc, code, &instruction, &mut spent) {
                continue;
            }
            let item = Item::Instruction(code, instruction.offset);
            if !search.keep(&self.pyc, HitKind::Instruction, item, self.pyc.span(item)) {
                search.complete = true;
                return spent;
            }
        }
        search.at = At::Bytecode { object, code, cursor: walk.cursor() };
        spent
    }

    /// Goes on in the bytes. What that cost.
    fn search_bytes(&self, search: &mut Search, at: usize, budget: usize) -> usize {
        let Ok(Query::Bytes(pattern)) = &search.query else {
            search.complete = true;
            return 1;
        };
        let file = self.pyc.bytes();
        let end = at.saturating_add(budget.saturating_mul(1024)).min(file.len());
        let (found, length) = (bytes::find(file, pattern, at, end), pattern.len());
        match found {
            Some(found) => {
                let span = Span::new(found as u32, (found + length) as u32);
                let item = clicked(&self.pyc, span.start);
                let more = item.is_some_and(|item| search.keep(&self.pyc, HitKind::Bytes, item, span));
                search.complete = !more;
                search.at = At::Byte(found + 1);
                1 + (found - at) / 1024
            }
            None => {
                search.complete = end == file.len();
                search.at = At::Byte(end);
                budget
            }
        }
    }
}

/// What looking at an object costs.
fn price(pyc: &Pyc, id: NodeId) -> usize {
    let node = pyc.tree().node(id);
    1 + if node.kind.is_string() { node.span.len() as usize / BYTES } else { 0 }
}

/// Whether an object is, or has in it, what is searched for. A container does not: what is in it is looked at by itself.
fn matches(pyc: &Pyc, id: NodeId, needle: &Needle) -> bool {
    match pyc.value(id) {
        Value::Text(text) | Value::Bytes(text) => needle.is_in_bytes(text),
        Value::Int(number) => needle.number == Some(number),
        Value::Long { negative, digits } => needle.number.is_some() && needle.number == small(negative, digits),
        value @ (Value::Float(_) | Value::FloatText(_)) => needle.float.is_some() && needle.float == value.as_float(),
        Value::None => needle.text == "None" && pyc.tree().node(id).kind == Kind::None,
        Value::Bool(truth) => needle.text == if truth { "True" } else { "False" },
        Value::Ellipsis => matches!(needle.text.as_str(), "..." | "Ellipsis"),
        _ => false,
    }
}

/// An integer in digits of 15 bits, if it fits.
fn small(negative: bool, digits: &[u8]) -> Option<i64> {
    let mut value = 0_i64;
    for digit in digits.chunks_exact(2).rev().skip_while(|digit| **digit == [0, 0]) {
        value = value.checked_mul(1 << 15)?.checked_add(u16::from_le_bytes([digit[0], digit[1]]).into())?;
    }
    Some(if negative { -value } else { value })
}
