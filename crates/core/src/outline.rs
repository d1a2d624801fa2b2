//! The file as a tree of [`Item`]s: parents, children, bytes, and the leaves that tile it.

use crate::instruction::Instructions;
use crate::item::Item;
use crate::marshal::{Children, Field, Kind, NodeId, Region};
use crate::python::LineTable;
use crate::tables::pypy;
use crate::{Code, Pyc, SectionKind, Span};

/// Bit 7 marks the first byte of an entry, in the 3.11 location table as in the exception table (PEP 657;
/// `Objects/exception_handling_notes.txt` of CPython 3.11).
const ENTRY_START: u8 = 0x80;

impl Pyc {
    /// The items at the outermost level, in the order of the file.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = Item> + '_ {
        self.sections.iter().enumerate().map(|(position, section)| match section.kind {
            SectionKind::Header => Item::Header,
            SectionKind::Root(id) | SectionKind::Recovered(id) => Item::Object(id),
            SectionKind::Trailing => Item::Trailing(position as u32),
            SectionKind::Undecoded => Item::Undecoded(position as u32),
        })
    }

    /// What an item is made of, in the order of the file: the fields of the header, the fields of a code object, the items of
    /// a tuple, the instructions of a bytecode, the inline caches of an instruction, the entries of a table. The type code,
    /// length and payload of an object are not listed here: see [`Pyc::parts`].
    #[must_use]
    pub fn children(&self, item: Item) -> ItemChildren<'_> {
        let inner = match item {
            Item::Header => Inner::Header(0..self.header.fields.len() as u8),
            Item::Object(id) if self.tree.node(id).kind.is_code() => match self.code(id) {
                Some(code) => Inner::Code { code, at: 0 },
                None => Inner::Empty,
            },
            Item::Object(id) => match self.table(id) {
                Some((code, Field::Code)) => Inner::Instructions(code, self.instructions_of(code, 0)),
                Some((code, field)) => Inner::Entries { code, field, at: 0 },
                None => Inner::Objects(self.tree.children(id)),
            },
            Item::Instruction(code, offset) => match self.instruction_at(code, offset) {
                Some(instruction) => {
                    let start = offset + instruction.size;
                    Inner::Caches { code, at: start, end: instruction.end() }
                }
                None => Inner::Empty,
            },
            _ => Inner::Empty,
        };
        ItemChildren { pyc: self, inner }
    }

    /// The item that this one is directly in; `None` at the outermost level.
    #[must_use]
    pub fn parent(&self, item: Item) -> Option<Item> {
        match item {
            Item::Header | Item::Trailing(_) | Item::Undecoded(_) => None,
            Item::HeaderField(_) => Some(Item::Header),
            Item::Object(id) => self.tree.parent(id).map(Item::Object),
            Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) | Item::Number(id, _) => Some(Item::Object(id)),
            Item::Instruction(code, _) => self.table_object(code, Field::Code),
            Item::Cache(code, offset) => {
                self.instruction_at(code, offset).map(|instruction| Item::Instruction(code, instruction.offset))
            }
            Item::LocalKind(code, _) => self.table_object(code, Field::Localspluskinds),
            Item::Line(code, _) => self.table_object(code, Field::Linetable),
            Item::Exception(code, _) => self.table_object(code, Field::Exceptiontable),
        }
    }

    /// The type code, length and payload of an object, as far as it has them.
    pub fn parts(&self, id: NodeId) -> impl Iterator<Item = Item> + '_ {
        [Item::TypeCode(id), Item::Length(id), Item::Payload(id)]
            .into_iter()
            .filter(move |&part| part == Item::TypeCode(id) || !self.span(part).is_empty())
    }

    /// The bytes of an item.
    #[must_use]
    pub fn span(&self, item: Item) -> Span {
        match item {
            Item::Header => self.header.span(),
            Item::HeaderField(position) => {
                self.header.fields.get(usize::from(position)).map_or(Span::default(), |(_, span)| *span)
            }
            Item::Object(id) => self.tree.node(id).span,
            Item::TypeCode(id) => Span::new(self.tree.node(id).span.start, self.tree.node(id).span.start + 1),
            Item::Length(id) => {
                let node = self.tree.node(id);
                let start = node.span.start + 1;
                Span::new(start, (start + node.kind.length_size()).min(node.span.end))
            }
            Item::Payload(id) => self.payload_span(id),
            Item::Number(id, field) => {
                self.code(id).and_then(|code| code.field_span(field)).unwrap_or_else(|| self.tree.node(id).span)
            }
            Item::Instruction(code, offset) => {
                let size = self.instruction_at(code, offset).map_or(0, |i| i.end() - i.offset);
                self.table_span(code, Field::Code, offset, size)
            }
            Item::Cache(code, offset) => self.table_span(code, Field::Code, offset, self.cache_size(code, offset)),
            Item::LocalKind(code, position) => self.table_span(code, Field::Localspluskinds, position, 1),
            Item::Line(code, offset) => {
                self.table_span(code, Field::Linetable, offset, self.entry_size(code, Field::Linetable, offset))
            }
            Item::Exception(code, offset) => self.table_span(
                code,
                Field::Exceptiontable,
                offset,
                self.entry_size(code, Field::Exceptiontable, offset),
            ),
            Item::Trailing(position) | Item::Undecoded(position) => {
                self.sections.get(position as usize).map_or(Span::default(), |section| section.span)
            }
        }
    }

    /// The part of the file's anatomy that an item belongs to.
    #[must_use]
    pub fn region(&self, item: Item) -> Region {
        match item {
            Item::Header | Item::HeaderField(_) => Region::Header,
            Item::Object(id) | Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => self.tree.node(id).region,
            Item::Number(..) => Region::Code,
            Item::Instruction(..) | Item::Cache(..) => Region::Bytecode,
            Item::LocalKind(..) => Region::Names,
            Item::Line(..) => Region::Lines,
            Item::Exception(..) => Region::Exceptions,
            Item::Trailing(_) | Item::Undecoded(_) => Region::Other,
        }
    }

    /// The leaf that the byte at `offset` belongs to: the smallest item, of which no other has a part. `None` behind the end.
    #[must_use]
    pub fn leaf_at(&self, offset: u32) -> Option<Item> {
        self.leaf_near(offset, NodeId(0))
    }

    /// The same, its object looked for at `near` first.
    fn leaf_near(&self, offset: u32, near: NodeId) -> Option<Item> {
        let behind = self.sections.partition_point(|section| section.span.start <= offset);
        let position = behind.checked_sub(1)?;
        let section = self.sections.get(position).filter(|section| section.span.contains(offset))?;
        match section.kind {
            SectionKind::Header => {
                let field = self.header.fields.iter().position(|(_, span)| span.contains(offset))?;
                Some(Item::HeaderField(field as u8))
            }
            SectionKind::Trailing => Some(Item::Trailing(position as u32)),
            SectionKind::Undecoded => Some(Item::Undecoded(position as u32)),
            SectionKind::Root(_) | SectionKind::Recovered(_) => {
                Some(self.leaf_of(self.tree.at_near(offset, near)?, offset))
            }
        }
    }

    fn leaf_of(&self, id: NodeId, offset: u32) -> Item {
        let node = self.tree.node(id);
        let distance = offset - node.span.start;
        if distance == 0 {
            return Item::TypeCode(id);
        }
        if distance <= node.kind.length_size() {
            return Item::Length(id);
        }
        if let Some(code) = self.code(id) {
            let number = code.fields().find(|&(field, span)| code.object(field).is_none() && span.contains(offset));
            return number.map_or(Item::Payload(id), |(field, _)| Item::Number(id, field));
        }
        let at = offset.saturating_sub(node.payload().start);
        match self.table(id) {
            Some((code, Field::Code)) => match self.instruction_at(code, at) {
                Some(instruction) if at >= instruction.offset + instruction.size => {
                    Item::Cache(code, self.cache_start(&instruction, at))
                }
                Some(instruction) => Item::Instruction(code, instruction.offset),
                None => Item::Payload(id),
            },
            Some((code, Field::Localspluskinds)) => Item::LocalKind(code, at),
            Some((code, field)) => {
                let start = self.entry_start(code, field, at);
                if field == Field::Linetable { Item::Line(code, start) } else { Item::Exception(code, start) }
            }
            None => Item::Payload(id),
        }
    }

    /// The leaves from the one that has the byte at `offset` on: they tile the file, each byte in one.
    #[must_use]
    pub fn leaves(&self, offset: u32) -> Leaves<'_> {
        let at = self.leaf_at(offset).map_or(offset, |leaf| self.leaf_span(leaf).start);
        Leaves { pyc: self, at, near: NodeId(0), bytecode: None }
    }

    /// The bytes that a leaf alone has: an instruction's without its inline caches, any other's in full.
    #[must_use]
    pub fn leaf_span(&self, leaf: Item) -> Span {
        match leaf {
            Item::Instruction(code, offset) => {
                let size = self.instruction_at(code, offset).map_or(0, |instruction| instruction.size);
                self.table_span(code, Field::Code, offset, size)
            }
            _ => self.span(leaf),
        }
    }

    /// The code object whose table this byte string is, and which table; `None` for any other object.
    #[must_use]
    pub fn table(&self, id: NodeId) -> Option<(NodeId, Field)> {
        let node = self.tree.node(id);
        let crate::marshal::Role::Field(field) = node.role else { return None };
        let tables = matches!(field, Field::Code | Field::Linetable | Field::Exceptiontable | Field::Localspluskinds);
        (tables && matches!(node.kind, Kind::Bytes | Kind::Interned)).then_some((self.tree.parent(id)?, field))
    }

    /// The byte string that is a code object's table. A table that is a reference is where the reference leads.
    fn table_object(&self, code: NodeId, field: Field) -> Option<Item> {
        let object = self.code(code)?.object(field)?;
        Some(Item::Object(self.tree.resolve(object)))
    }

    /// `size` bytes from `offset` on in a table, as far as it has them.
    fn table_span(&self, code: NodeId, field: Field, offset: u32, size: u32) -> Span {
        let Some((_, span)) = self.code(code).and_then(|code| code.data(field)) else {
            return Span::at(self.tree.node(code).span.start);
        };
        let start = span.start.saturating_add(offset).min(span.end);
        Span::new(start, start.saturating_add(size).min(span.end))
    }

    /// The bytes of an object behind its head. Of a code object: those that are no field, because the file ends among them.
    fn payload_span(&self, id: NodeId) -> Span {
        let node = self.tree.node(id);
        match self.code(id) {
            Some(code) => {
                let covered = code.fields().map(|(_, span)| span.end).last();
                Span::new(covered.unwrap_or(node.span.start + 1).min(node.span.end), node.span.end)
            }
            None if node.kind.is_container() || node.kind == Kind::Slice => Span::at(node.payload().start),
            None => node.payload(),
        }
    }

    fn instructions_of(&self, code: NodeId, offset: u32) -> Instructions<'_> {
        let bytecode = self.code(code).map_or(&[][..], |code| code.bytecode());
        Instructions::at(bytecode, self.python(), offset)
    }

    /// The size of the cache field at `offset` in the bytecode.
    fn cache_size(&self, code: NodeId, offset: u32) -> u32 {
        let Some(instruction) = self.instruction_at(code, offset) else { return 0 };
        cache_fields(self, &instruction).find(|&(start, _)| start == offset).map_or(2, |(_, size)| size)
    }

    /// Where the cache field begins that has the byte at `offset` in the bytecode.
    fn cache_start(&self, instruction: &crate::Instruction, offset: u32) -> u32 {
        cache_fields(self, instruction)
            .find(|&(start, size)| offset < start + size)
            .map_or(offset & !1, |(start, _)| start)
    }

    /// Where the entry of a line or exception table begins that has the byte at `offset` in the table.
    fn entry_start(&self, code: NodeId, field: Field, offset: u32) -> u32 {
        if self.has_pairs(field) {
            return offset & !1;
        }
        let Some((table, _)) = self.code(code).and_then(|code| code.data(field)) else { return offset };
        if self.is_of_pypy(field) {
            return pypy::entry_start(table, offset as usize) as u32;
        }
        let upto = table.get(..=offset as usize).unwrap_or(table);
        upto.iter().rposition(|byte| byte & ENTRY_START != 0).unwrap_or(0) as u32
    }

    /// The size of the entry of a line or exception table that begins at `offset`.
    fn entry_size(&self, code: NodeId, field: Field, offset: u32) -> u32 {
        if self.has_pairs(field) {
            return 2;
        }
        let Some((table, _)) = self.code(code).and_then(|code| code.data(field)) else { return 0 };
        if self.is_of_pypy(field) {
            return pypy::entry_size(table, offset as usize) as u32;
        }
        let behind = table.get(offset as usize + 1..).unwrap_or(&[]);
        1 + behind.iter().position(|byte| byte & ENTRY_START != 0).unwrap_or(behind.len()) as u32
    }

    /// Whether the entries of a table are pairs of bytes, rather than marked by their first one.
    fn has_pairs(&self, field: Field) -> bool {
        field == Field::Linetable && !matches!(self.python().format.lines, LineTable::Pep657 | LineTable::PyPy)
    }

    /// Whether the entries of a table are as only PyPy writes them.
    fn is_of_pypy(&self, field: Field) -> bool {
        field == Field::Linetable && self.python().format.lines == LineTable::PyPy
    }
}

/// The cache fields of an instruction, as far as the bytecode has them: offset in the bytecode and size in bytes.
fn cache_fields(pyc: &Pyc, instruction: &crate::Instruction) -> impl Iterator<Item = (u32, u32)> {
    let fields = pyc.python().opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
    let mut at = instruction.offset + instruction.size;
    let end = instruction.end();
    fields.iter().map_while(move |field| {
        let start = at;
        at = (at + u32::from(field.units) * 2).min(end);
        (start < at).then_some((start, at - start))
    })
}

/// What an item is made of.
#[derive(Clone, Debug)]
pub struct ItemChildren<'p> {
    pyc: &'p Pyc,
    inner: Inner<'p>,
}

#[derive(Clone, Debug)]
enum Inner<'p> {
    Empty,
    Header(std::ops::Range<u8>),
    Objects(Children<'p>),
    Code { code: Code<'p>, at: usize },
    Instructions(NodeId, Instructions<'p>),
    Caches { code: NodeId, at: u32, end: u32 },
    Entries { code: NodeId, field: Field, at: u32 },
}

impl Iterator for ItemChildren<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        match &mut self.inner {
            Inner::Empty => None,
            Inner::Header(fields) => fields.next().map(Item::HeaderField),
            Inner::Objects(children) => children.next().map(Item::Object),
            Inner::Code { code, at } => {
                let (field, _) = code.fields().nth(*at)?;
                *at += 1;
                Some(match code.object(field) {
                    Some(object) => Item::Object(object),
                    None => Item::Number(code.id(), field),
                })
            }
            Inner::Instructions(code, instructions) => {
                instructions.next().map(|instruction| Item::Instruction(*code, instruction.offset))
            }
            Inner::Caches { code, at, end } => {
                if *at >= *end {
                    return None;
                }
                let item = Item::Cache(*code, *at);
                *at += self.pyc.cache_size(*code, *at).max(1);
                Some(item)
            }
            Inner::Entries { code, field, at } => {
                let (table, _) = self.pyc.code(*code)?.data(*field)?;
                if *at as usize >= table.len() {
                    return None;
                }
                let start = *at;
                Some(match field {
                    Field::Localspluskinds => {
                        *at += 1;
                        Item::LocalKind(*code, start)
                    }
                    Field::Linetable => {
                        *at += self.pyc.entry_size(*code, *field, start);
                        Item::Line(*code, start)
                    }
                    _ => {
                        *at += self.pyc.entry_size(*code, *field, start);
                        Item::Exception(*code, start)
                    }
                })
            }
        }
    }
}

/// Leaves in the order of the file, each with the bytes that it alone has.
#[derive(Clone, Debug)]
pub struct Leaves<'p> {
    pyc: &'p Pyc,
    at: u32,
    /// The object that the leaf before belongs to.
    near: NodeId,
    /// While in a bytecode: its code object and what follows there.
    bytecode: Option<(NodeId, Instructions<'p>)>,
}

impl Iterator for Leaves<'_> {
    type Item = (Span, Item);

    fn next(&mut self) -> Option<(Span, Item)> {
        let leaf = match self.bytecode.take().and_then(|(code, mut following)| {
            // Walking on is cheaper than looking each instruction up.
            let instruction = following.next()?;
            let leaf = Item::Instruction(code, instruction.offset);
            let start = self.pyc.table_span(code, Field::Code, instruction.offset, instruction.size);
            (start.start == self.at).then(|| {
                if instruction.cache_units == 0 {
                    self.bytecode = Some((code, following));
                }
                (start, leaf)
            })
        }) {
            Some((span, leaf)) => {
                self.at = span.end;
                return Some((span, leaf));
            }
            None => self.pyc.leaf_near(self.at, self.near)?,
        };
        if let Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) = leaf {
            self.near = id;
        }
        let mut span = self.pyc.leaf_span(leaf);
        // A leaf has a byte at least, and none that was given to the one before it.
        span.start = self.at;
        span.end = span.end.max(self.at + 1);
        self.at = span.end;
        if let Item::Instruction(code, offset) = leaf {
            let mut following = self.pyc.instructions_of(code, offset);
            if following.next().is_some_and(|instruction| instruction.cache_units == 0) {
                self.bytecode = Some((code, following));
            }
        }
        Some((span, leaf))
    }
}
