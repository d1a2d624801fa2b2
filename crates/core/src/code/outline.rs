//! The file as a tree of [`Item`]s: parents, children, bytes, and the leaves that tile it.

use crate::bytecode::Instructions;
use crate::code::Item;
use crate::code::tables::EntryBounds;
use crate::marshal::{Children, Field, Kind, NodeId, Region};
use crate::python::CacheField;
use crate::{Code, Instruction, Pyc, Section, SectionKind, Span};

impl Pyc {
    /// The items at the outermost level, in the order of the file.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = Item> + '_ {
        self.sections.iter().enumerate().map(section_item)
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
                Some((code, field)) => match self.entries(code, field) {
                    Some(entries) => Inner::Entries(code, field, entries),
                    None => Inner::Empty,
                },
                None => Inner::Objects(self.tree.children(id)),
            },
            Item::Instruction(code, offset) => match self.instruction_at(code, offset) {
                Some(instruction) => Inner::Caches(code, Caches::of(self, &instruction)),
                None => Inner::Empty,
            },
            _ => Inner::Empty,
        };
        ItemChildren { inner }
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
            Item::LocalKind(code, offset) => self.entry_span(code, Field::Localspluskinds, offset),
            Item::Line(code, offset) => self.entry_span(code, Field::Linetable, offset),
            Item::Exception(code, offset) => self.entry_span(code, Field::Exceptiontable, offset),
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
                    let mut caches = Caches::of(self, &instruction);
                    let field = caches.find(|&(start, size)| at < start + size);
                    Item::Cache(code, field.map_or(at & !1, |(start, _)| start))
                }
                Some(instruction) => Item::Instruction(code, instruction.offset),
                None => Item::Payload(id),
            },
            Some((code, field)) => {
                entry_item(code, field, self.entries(code, field).map_or(at, |entries| entries.start_of(at)))
            }
            None => Item::Payload(id),
        }
    }

    /// The leaves from the one that has the byte at `offset` on: they tile the file, each byte in one.
    #[must_use]
    pub fn leaves(&self, offset: u32) -> Leaves<'_> {
        let at = self.leaf_at(offset).map_or(offset, |leaf| self.leaf_span(leaf).start);
        Leaves { pyc: self, at, near: NodeId(0), following: Following::Nothing }
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
        (field.is_table() && matches!(node.kind, Kind::Bytes | Kind::Interned))
            .then_some((self.tree.parent(id)?, field))
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
        Caches::of(self, &instruction).find(|&(start, _)| start == offset).map_or(2, |(_, size)| size)
    }

    /// The entries of a table other than the bytecode.
    fn entries(&self, code: NodeId, field: Field) -> Option<EntryBounds<'_>> {
        EntryBounds::of(&self.code(code)?, field)
    }

    /// The bytes of the entry that begins at `offset` in a table.
    fn entry_span(&self, code: NodeId, field: Field, offset: u32) -> Span {
        let entry = self.entries(code, field).and_then(|entries| entries.from(offset).next());
        self.table_span(code, field, offset, entry.map_or(0, |(_, size)| size))
    }
}

/// A section, with its position among them, as an item.
pub(super) fn section_item((position, section): (usize, &Section)) -> Item {
    match section.kind {
        SectionKind::Header => Item::Header,
        SectionKind::Root(id) | SectionKind::Recovered(id) => Item::Object(id),
        SectionKind::Trailing => Item::Trailing(position as u32),
        SectionKind::Undecoded => Item::Undecoded(position as u32),
    }
}

/// The entry of a table other than the bytecode that begins at `offset`.
pub(super) fn entry_item(code: NodeId, field: Field, offset: u32) -> Item {
    match field {
        Field::Localspluskinds => Item::LocalKind(code, offset),
        Field::Linetable => Item::Line(code, offset),
        _ => Item::Exception(code, offset),
    }
}

/// The cache fields of an instruction, as far as the bytecode has them: offset in the bytecode and size in bytes.
#[derive(Clone, Debug)]
pub(super) struct Caches {
    fields: std::slice::Iter<'static, CacheField>,
    at: u32,
    end: u32,
}

impl Caches {
    pub(super) fn of(pyc: &Pyc, instruction: &Instruction) -> Self {
        let fields = pyc.python().opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
        Self { fields: fields.iter(), at: instruction.offset + instruction.size, end: instruction.end() }
    }
}

impl Iterator for Caches {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        let field = self.fields.next()?;
        let start = self.at;
        self.at = (start + u32::from(field.units) * 2).min(self.end);
        (start < self.at).then_some((start, self.at - start))
    }
}

/// What an item is made of.
#[derive(Clone, Debug)]
pub struct ItemChildren<'p> {
    pub(super) inner: Inner<'p>,
}

#[derive(Clone, Debug)]
pub(super) enum Inner<'p> {
    Empty,
    Header(std::ops::Range<u8>),
    Objects(Children<'p>),
    Code { code: Code<'p>, at: usize },
    Instructions(NodeId, Instructions<'p>),
    Caches(NodeId, Caches),
    Entries(NodeId, Field, EntryBounds<'p>),
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
            Inner::Caches(code, caches) => caches.next().map(|(offset, _)| Item::Cache(*code, offset)),
            Inner::Entries(code, field, entries) => entries.next().map(|(offset, _)| entry_item(*code, *field, offset)),
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
    following: Following<'p>,
}

/// What follows in the table that the leaf before stands in: walking on is cheaper than looking each leaf up.
#[derive(Clone, Debug)]
enum Following<'p> {
    Nothing,
    /// The rest of a bytecode that begins at `start`, after what is left of an instruction's caches.
    Bytecode {
        code: NodeId,
        start: u32,
        caches: Option<Caches>,
        rest: Instructions<'p>,
    },
    /// The rest of another table that begins at `start`.
    Entries {
        code: NodeId,
        field: Field,
        start: u32,
        rest: EntryBounds<'p>,
    },
}

impl<'p> Following<'p> {
    /// What follows behind `leaf`.
    fn behind(pyc: &'p Pyc, leaf: Item) -> Self {
        let (id, field, offset) = match leaf {
            Item::Instruction(id, offset) => (id, Field::Code, offset),
            Item::LocalKind(id, offset) => (id, Field::Localspluskinds, offset),
            Item::Line(id, offset) => (id, Field::Linetable, offset),
            Item::Exception(id, offset) => (id, Field::Exceptiontable, offset),
            _ => return Self::Nothing,
        };
        let Some((code, (_, span))) = pyc.code(id).and_then(|code| Some((code, code.data(field)?))) else {
            return Self::Nothing;
        };
        let mut following = match EntryBounds::of(&code, field).filter(|_| field != Field::Code) {
            Some(entries) => Self::Entries { code: id, field, start: span.start, rest: entries.from(offset) },
            None => {
                let rest = Instructions::at(code.bytecode(), pyc.python(), offset);
                Self::Bytecode { code: id, start: span.start, caches: None, rest }
            }
        };
        // The leaf itself.
        following.next(pyc);
        following
    }

    /// The next leaf with its bytes; `None` when the table is at its end.
    fn next(&mut self, pyc: &Pyc) -> Option<(Span, Item)> {
        let (start, offset, size, leaf) = match self {
            Self::Nothing => return None,
            Self::Bytecode { code, start, caches, rest } => match caches.as_mut().and_then(Iterator::next) {
                Some((offset, size)) => (*start, offset, size, Item::Cache(*code, offset)),
                None => {
                    let instruction = rest.next()?;
                    *caches = (instruction.cache_units > 0).then(|| Caches::of(pyc, &instruction));
                    let Instruction { offset, size, .. } = instruction;
                    (*start, offset, size, Item::Instruction(*code, offset))
                }
            },
            Self::Entries { code, field, start, rest } => {
                let (offset, size) = rest.next()?;
                (*start, offset, size, entry_item(*code, *field, offset))
            }
        };
        Some((Span::new(start + offset, start + offset + size), leaf))
    }
}

impl Iterator for Leaves<'_> {
    type Item = (Span, Item);

    fn next(&mut self) -> Option<(Span, Item)> {
        if let Some((span, leaf)) = self.following.next(self.pyc).filter(|(span, _)| span.start == self.at) {
            self.at = span.end;
            return Some((span, leaf));
        }
        let leaf = self.pyc.leaf_near(self.at, self.near)?;
        if let Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) = leaf {
            self.near = id;
        }
        let mut span = self.pyc.leaf_span(leaf);
        // A leaf has a byte at least, and none that was given to the one before it.
        span.start = self.at;
        span.end = span.end.max(self.at + 1);
        self.at = span.end;
        self.following = Following::behind(self.pyc, leaf);
        Some((span, leaf))
    }
}
