//! The search itself, a part of the file at a time, so that whoever runs it can do other things between.

use pycxray::{Field, Instruction, Item, Kind, NodeId, Operands, Pyc, Region, Span, Value};

use super::bytes;
use super::hits::{Hits, MOST};
use super::query::{Needle, Query};
use crate::bytecode::subjects;
use crate::item::clicked;
use crate::protocol::HitKind;
use crate::source::Source;
use crate::values;

/// What is looked at in one step takes about a millisecond: so many objects,
const OBJECTS: usize = 5_000;
/// so many instructions,
const INSTRUCTIONS: usize = 10_000;
/// or so many bytes,
const BYTES: usize = 1 << 20;
/// or so many lines of the source.
const LINES: usize = 2_000;

/// A search, and what it found up to now.
#[derive(Debug)]
pub(crate) struct Search {
    pub(super) typed: String,
    pub(super) query: Result<Query, String>,
    at: At,
    pub(crate) hits: Hits,
    /// Which opcodes' names match.
    opcodes: Vec<bool>,
    /// Which names and constants match, as far as they have been looked at: many instructions may use one long constant.
    verdicts: Vec<Option<bool>>,
}

/// How far it is.
#[derive(Debug)]
enum At {
    /// The next object.
    Object(usize),
    /// In the bytecode of this object, with what the arguments of its code object mean.
    Bytecode {
        object: usize,
        code: NodeId,
        /// The next instruction, counted from 0.
        position: usize,
        operands: Box<Operands>,
    },
    /// In the bytes.
    Byte(usize),
    /// In the source, with what was found there.
    Line(usize, Vec<(Item, usize)>),
    Done,
}

impl Search {
    /// Begins a search, `None` for an empty query. Nothing is looked at before [`Search::step`].
    pub(crate) fn new(pyc: &Pyc, typed: &str) -> Option<Self> {
        let query = Query::parse(typed).transpose()?;
        let at = match query {
            Ok(Query::Bytes(_)) => At::Byte(0),
            Ok(_) => At::Object(0),
            Err(_) => At::Done,
        };
        let needle = match &query {
            Ok(Query::Text(needle)) => Some(needle),
            Ok(Query::Instruction { op, .. }) => op.as_ref(),
            _ => None,
        };
        let matches = |number| {
            let name = pyc.python().opcode(number).map_or("", |opcode| opcode.name);
            needle.is_none_or(|needle| needle.is_in(name))
        };
        let opcodes = (0..=u8::MAX).map(matches).collect();
        Some(Self { typed: typed.to_owned(), query, at, hits: Hits::default(), opcodes, verdicts: Vec::new() })
    }

    /// Why it cannot be searched for.
    pub(super) fn error(&self) -> Option<&str> {
        self.query.as_ref().err().map(String::as_str)
    }

    /// Whether all of the file has been looked at.
    pub(crate) fn is_complete(&self) -> bool {
        matches!(self.at, At::Done)
    }

    /// How far it is, from 0 to 1.
    pub(super) fn progress(&self, pyc: &Pyc) -> f64 {
        let share = |at: usize, all: usize| at as f64 / all.max(1) as f64;
        match self.at {
            At::Object(at) | At::Bytecode { object: at, .. } => share(at, pyc.tree().len()),
            At::Byte(at) => share(at, pyc.bytes().len()),
            At::Line(..) | At::Done => 1.0,
        }
    }

    /// Looks at the next part of the file, and at last at its source, as far as that was written. `true` when all is looked at.
    pub(crate) fn step(&mut self, pyc: &Pyc, source: Option<&Source>) -> bool {
        self.at = match std::mem::replace(&mut self.at, At::Done) {
            At::Object(object) => self.objects(pyc, object),
            At::Bytecode { object, code, position, operands } => self.bytecode(pyc, object, code, position, operands),
            At::Byte(at) => self.bytes(pyc, at),
            At::Line(line, found) => self.lines(pyc, source, line, found),
            At::Done => At::Done,
        };
        self.is_complete()
    }

    /// Looks at objects, up to the next bytecode.
    fn objects(&mut self, pyc: &Pyc, first: usize) -> At {
        for object in first..first + OBJECTS {
            let Some(id) = pyc.tree().id(object) else { return At::Line(0, Vec::new()) };
            match pyc.table(id) {
                Some((code, Field::Code)) => {
                    let Some(view) = pyc.code(code) else { continue };
                    let operands = Box::new(Operands::new(&view, values::ROW));
                    return At::Bytecode { object, code, position: 0, operands };
                }
                // Other tables are no text.
                Some(_) => continue,
                None => {}
            }
            let node = pyc.tree().node(id);
            let kind = if node.region == Region::Names { HitKind::Name } else { HitKind::Constant };
            if self.has_match(pyc, id) && !self.hits.keep(pyc, kind, Item::Object(id), node.span) {
                return At::Done;
            }
        }
        At::Object(first + OBJECTS)
    }

    /// Looks at the next instructions of a bytecode.
    fn bytecode(&mut self, pyc: &Pyc, object: usize, code: NodeId, position: usize, mut operands: Box<Operands>) -> At {
        let bytecode = pyc.code(code).map_or(&[][..], |code| code.bytecode());
        let mut walk = pyc.bytecode_index(code).from(bytecode, pyc.python(), position);
        for _ in 0..INSTRUCTIONS {
            let Some(instruction) = walk.next() else { return At::Object(object + 1) };
            let item = Item::Instruction(code, instruction.offset);
            if self.instruction_matches(pyc, code, &instruction, &mut operands)
                && !self.hits.keep(pyc, HitKind::Instruction, item, pyc.span(item))
            {
                return At::Done;
            }
        }
        At::Bytecode { object, code, position: position + INSTRUCTIONS, operands }
    }

    fn instruction_matches(
        &mut self,
        pyc: &Pyc,
        code: NodeId,
        instruction: &Instruction,
        operands: &mut Operands,
    ) -> bool {
        let named = self.opcodes[usize::from(instruction.opcode)];
        match &self.query {
            Ok(Query::Text(_)) if named => true,
            Ok(Query::Text(_)) => {
                let used = subjects(&operands.meaning(pyc, instruction));
                used.into_iter().flatten().any(|id| self.has_match(pyc, pyc.tree().resolve(id)))
            }
            Ok(Query::Instruction { arg, .. }) if named => {
                arg.as_ref().is_none_or(|wanted| argument_matches(pyc, code, instruction, operands, wanted))
            }
            _ => false,
        }
    }

    /// Whether an object has in it what is searched for.
    fn has_match(&mut self, pyc: &Pyc, id: NodeId) -> bool {
        let Ok(Query::Text(needle)) = &self.query else { return false };
        if self.verdicts.is_empty() {
            self.verdicts.resize(pyc.tree().len(), None);
        }
        let Some(verdict) = self.verdicts.get_mut(id.index()) else { return false };
        *verdict.get_or_insert_with(|| matches(pyc, id, needle))
    }

    /// The source has been written: it is looked at too.
    pub(crate) fn look_at_source(&mut self) {
        if self.is_complete() && matches!(self.query, Ok(Query::Text(_))) {
            self.at = At::Line(0, Vec::new());
        }
    }

    /// Looks at the next lines of the source.
    fn lines(&mut self, pyc: &Pyc, source: Option<&Source>, first: usize, mut found: Vec<(Item, usize)>) -> At {
        let (Ok(Query::Text(needle)), Some(source)) = (&self.query, source) else { return At::Done };
        for line in first..first + LINES {
            let text = source.line(line).filter(|_| self.hits.all.len() + found.len() < MOST);
            let Some((text, item)) = text else {
                self.hits.add_lines(pyc, found);
                return At::Done;
            };
            found.extend(item.filter(|_| needle.is_in(text)).map(|item| (item, line)));
        }
        At::Line(first + LINES, found)
    }

    /// Looks at the next bytes.
    fn bytes(&mut self, pyc: &Pyc, mut at: usize) -> At {
        let Ok(Query::Bytes(pattern)) = &self.query else { return At::Done };
        let file = pyc.bytes();
        let end = at.saturating_add(BYTES).min(file.len());
        while let Some(found) = bytes::find(file, pattern, at, end) {
            let span = Span::new(found as u32, (found + pattern.len()) as u32);
            let Some(item) = clicked(pyc, span.start) else { return At::Done };
            if !self.hits.keep(pyc, HitKind::Bytes, item, span) {
                return At::Done;
            }
            at = found + 1;
        }
        if end == file.len() { At::Done } else { At::Byte(end) }
    }
}

/// Whether the argument of an instruction is what is searched for, or means something with that in it.
fn argument_matches(
    pyc: &Pyc,
    code: NodeId,
    instruction: &Instruction,
    operands: &mut Operands,
    wanted: &Needle,
) -> bool {
    if wanted.number.is_some() {
        return instruction.arg.map(i64::from) == wanted.number;
    }
    let mut text = String::new();
    operands.write(&mut text, pyc, instruction, pyc.bytecode_index(code).labels());
    wanted.is_in(&text)
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
