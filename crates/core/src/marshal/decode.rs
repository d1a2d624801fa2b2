//! The decode loop: marshalled bytes into a tree, with a stack of its own.

use super::tree::{MARK_CUT, MARK_REF, NONE};
use super::{Encoding, FLAG_REF, Kind, Layout, Node, NodeId, Region, Role, Tree, layout};
use crate::Span;
use crate::diagnostic::Diagnostics;
use crate::limits::Limits;
use crate::python::CodeLayout;
use crate::reader::Reader;
use crate::version::Version;

/// Nesting beyond which CPython itself gives up (`MAX_MARSHAL_STACK_DEPTH`, 3.x; 5000 in 2.0 – 2.4).
const CPYTHON_DEPTH: usize = 2_000;

/// Why decoding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The object is complete.
    Finished,
    /// What follows cannot be told from here on.
    Damaged {
        /// The string whose length runs past the end of the file, if that is the reason.
        cut: Option<NodeId>,
    },
    /// A limit was reached.
    Limit,
}

/// A container or code object that is being read.
#[derive(Clone, Copy, Debug)]
struct Frame {
    node: u32,
    /// Items read, of a code object: fields.
    done: u32,
    /// Items in all; not used for code objects and dicts.
    count: u32,
    /// What the node is, and where it belongs.
    kind: Kind,
    region: Region,
}

/// What an object is to the one that it stands in.
#[derive(Clone, Copy, Debug)]
struct Place {
    parent: u32,
    parent_region: Region,
    role: Role,
    index: u32,
}

impl Frame {
    #[inline]
    fn place(&self, role: Role, index: u32) -> Place {
        Place { parent: self.node, parent_region: self.region, role, index }
    }
}

/// Decodes one object at a time; the tree grows with each.
#[derive(Debug)]
pub(crate) struct Decoder<'a> {
    reader: Reader<'a>,
    layout: Layout,
    version: Version,
    limits: Limits,
    stack: Vec<Frame>,
    references: Vec<u32>,
    interned: Vec<u32>,
    /// What was in front is unknown, and with it what references lead to.
    recovering: bool,
    too_deep: bool,
    /// Whether the version has FLAG_REF (3.4+).
    knows_flag_ref: bool,
    pub(crate) tree: Tree,
    pub(crate) problems: Diagnostics,
}

impl<'a> Decoder<'a> {
    /// A decoder for objects as `version` writes them, code objects laid out as `code`.
    pub(crate) fn new(bytes: &'a [u8], version: Version, code: CodeLayout, limits: Limits) -> Self {
        Self {
            reader: Reader::new(bytes, 0),
            layout: layout(code),
            version,
            limits,
            stack: Vec::new(),
            references: Vec::new(),
            interned: Vec::new(),
            recovering: false,
            too_deep: false,
            knows_flag_ref: version >= Version::new(3, 4),
            tree: Tree::default(),
            problems: Diagnostics::new(limits.diagnostics),
        }
    }

    /// Makes room for the objects of a whole file of `length` bytes: files have one for each 25 bytes or so.
    pub(crate) fn reserve(&mut self, length: usize) {
        self.tree.nodes.reserve((length / 24).min(self.limits.nodes as usize));
    }

    /// A decoder that has nothing to do.
    pub(crate) fn idle() -> Decoder<'static> {
        let limits = Limits { diagnostics: 0, ..Limits::default() };
        Decoder::new(&[], Version::new(0, 0), CodeLayout::V1_0, limits)
    }

    /// The same decoder, its bytes lent anew: between slices of work it holds none.
    pub(crate) fn on<'b>(self, bytes: &'b [u8]) -> Decoder<'b> {
        Decoder {
            reader: self.reader.on(bytes),
            layout: self.layout,
            version: self.version,
            limits: self.limits,
            stack: self.stack,
            references: self.references,
            interned: self.interned,
            recovering: self.recovering,
            too_deep: self.too_deep,
            knows_flag_ref: self.knows_flag_ref,
            tree: self.tree,
            problems: self.problems,
        }
    }

    /// Where the next byte is read from.
    pub(crate) fn position(&self) -> u32 {
        self.reader.position()
    }

    /// Begins an object at `start`: [`Role::Root`] or [`Role::Recovered`].
    pub(crate) fn begin(&mut self, start: u32, role: Role) -> Result<(), Stop> {
        self.reader = self.reader.at(start);
        self.recovering = role == Role::Recovered;
        let began = self.object(Place { parent: NONE, parent_region: Region::Constants, role, index: 0 });
        began.map(drop).map_err(|stop| self.stopped(stop))
    }

    /// Goes on for `budget` objects at most. `None` while there is more to do.
    pub(crate) fn run(&mut self, budget: u32) -> Option<Stop> {
        for _ in 0..budget {
            match self.step() {
                Ok(true) => {}
                Ok(false) => return Some(Stop::Finished),
                Err(stop) => return Some(self.stopped(stop)),
            }
        }
        None
    }

    /// Ends here, in the midst of it.
    pub(crate) fn give_up(&mut self) {
        self.stopped(Stop::Limit);
    }

    /// Closes everything that is still open.
    fn stopped(&mut self, stop: Stop) -> Stop {
        let end = self.reader.position();
        let next = self.tree.nodes.len() as u32;
        for frame in self.stack.drain(..) {
            let node = &mut self.tree.nodes[frame.node as usize];
            node.span.end = end;
            node.next = next;
            node.marks |= MARK_CUT;
        }
        stop
    }

    /// Reads one more object, or ends one. `false` when nothing is open any more.
    #[inline]
    fn step(&mut self) -> Result<bool, Stop> {
        let Some(open) = self.stack.last_mut() else { return Ok(false) };
        let frame = *open;
        let done = frame.done;
        match frame.kind {
            Kind::Code | Kind::OldCode => return self.code_field(),
            Kind::Dict | Kind::FrozenDict => {
                open.done += 1;
                let role = if done % 2 == 0 { Role::Key } else { Role::Value };
                if self.object(frame.place(role, done / 2))? == Kind::Null {
                    let last = self.tree.nodes.len() - 1;
                    self.tree.nodes[last].role = Role::Terminator;
                    if role == Role::Value {
                        let at = self.tree.nodes[last].span;
                        self.problems
                            .error("null-object", at, || "A dict ends behind a key that has no value.".to_owned());
                    }
                    self.close();
                }
            }
            Kind::Slice => {
                if done == 3 {
                    self.close();
                } else {
                    open.done += 1;
                    self.object(frame.place([Role::Start, Role::Stop, Role::Step][done as usize], 0))?;
                }
            }
            _ => {
                if done == frame.count {
                    self.close();
                } else {
                    open.done += 1;
                    self.object(frame.place(Role::Item, done))?;
                }
            }
        }
        Ok(true)
    }

    /// Ends the innermost object.
    fn close(&mut self) {
        if let Some(frame) = self.stack.pop() {
            let next = self.tree.nodes.len() as u32;
            let node = &mut self.tree.nodes[frame.node as usize];
            node.span.end = self.reader.position();
            node.next = next;
        }
    }

    /// Reads the numbers of a code object up to its next object, and that object; or ends it.
    fn code_field(&mut self) -> Result<bool, Stop> {
        let Some(frame) = self.stack.last_mut() else { return Ok(false) };
        let fields = fields_of(frame.kind, self.layout);
        while let Some(&(field, encoding)) = fields.get(frame.done as usize) {
            frame.done += 1;
            let size = encoding.size();
            if encoding == Encoding::Object {
                let place = frame.place(Role::Field(field), 0);
                self.object(place)?;
                return Ok(true);
            }
            if self.reader.take(size).is_none() {
                let rest = self.reader.rest();
                self.problems.error("cut-code", rest, || {
                    let start = rest.start;
                    format!("The file ends inside a code object: co_{} should follow at {start:#x}.", field.name())
                });
                self.reader.take(rest.len());
                return Err(Stop::Damaged { cut: None });
            }
        }
        self.close();
        Ok(true)
    }

    /// Reads an object's head, and all of it if it holds no others.
    #[inline]
    fn object(&mut self, place: Place) -> Result<Kind, Stop> {
        let Place { parent, parent_region, role, index } = place;
        let start = self.reader.position();
        let Some(code) = self.reader.u8() else {
            self.problems.error("cut-file", Span::at(start), || {
                format!("The file ends at {start:#x} where an object should begin: it is cut off.")
            });
            return Err(Stop::Damaged { cut: None });
        };
        let id = self.tree.nodes.len() as u32;
        if id >= self.limits.nodes {
            let span = Span::new(start, start + 1);
            self.reader = self.reader.at(start);
            self.problems.error("limit-nodes", span, || {
                format!("More than {} objects: what follows is not decoded.", self.limits.nodes)
            });
            return Err(Stop::Limit);
        }
        let kind = Kind::of(code);
        let flagged = code & FLAG_REF != 0;
        let mut link = NONE;
        if flagged && kind.takes_reference() {
            link = self.references.len() as u32;
            if link >= self.limits.references {
                self.problems.error("limit-references", Span::new(start, start + 1), || {
                    format!("More than {} objects with FLAG_REF: what follows is not decoded.", self.limits.references)
                });
                self.reader = self.reader.at(start);
                return Err(Stop::Limit);
            }
            self.references.push(id);
        }
        let region = Region::of(kind, role, parent_region);
        self.tree.nodes.push(Node {
            span: Span::new(start, start + 1),
            parent,
            next: id + 1,
            index,
            link,
            kind,
            role,
            region,
            marks: if flagged { MARK_REF } else { 0 },
        });
        if flagged && !self.knows_flag_ref && kind != Kind::Invalid {
            let version = self.version;
            self.problems.warning("flag-ref-too-new", Span::new(start, start + 1), || {
                format!("FLAG_REF is set on a type code, which Python {version} cannot read.")
            });
        }
        let body = match kind {
            Kind::None | Kind::False | Kind::True | Kind::StopIteration | Kind::Ellipsis => return Ok(kind),
            Kind::Null => {
                if !matches!(role, Role::Key | Role::Value) {
                    self.problems.error("null-object", Span::new(start, start + 1), || {
                        format!("NULL at {start:#x}, where an object must be.")
                    });
                }
                return Ok(kind);
            }
            Kind::Ref | Kind::StringRef => self.reference(kind),
            Kind::Int => self.fixed(4),
            Kind::Int64 | Kind::Float => self.fixed(8),
            Kind::Complex => self.fixed(16),
            Kind::Bytes | Kind::Unicode | Kind::Ascii | Kind::AsciiInterned => self.string(),
            Kind::Interned => {
                if self.version < Version::new(3, 0) {
                    self.tree.nodes[id as usize].link = self.interned.len() as u32;
                    self.interned.push(id);
                }
                self.string()
            }
            Kind::ShortAscii | Kind::ShortAsciiInterned | Kind::FloatText => self.short_string(),
            Kind::ComplexText => self.short_string().and_then(|()| self.short_string()),
            Kind::Long => self.long(),
            Kind::Tuple | Kind::List | Kind::Set | Kind::FrozenSet => self.counted(id),
            Kind::SmallTuple => match self.reader.u8() {
                Some(count) => self.open(id, count.into()),
                None => Err(self.cut(id)),
            },
            Kind::Dict | Kind::Slice | Kind::FrozenDict | Kind::Code | Kind::OldCode => self.open(id, 0),
            Kind::Unknown => {
                self.problems.error("unknown-object", Span::new(start, start + 1), || {
                    "Type code '?': the writer could not marshal this object, and left it out.".to_owned()
                });
                return Ok(kind);
            }
            Kind::Invalid => {
                self.problems.error("bad-type-code", Span::new(start, start + 1), || {
                    format!("Byte {code:#04x} at {start:#x} is no type code: what kind of object stands here cannot be told.")
                });
                Err(Stop::Damaged { cut: None })
            }
        };
        let node = &mut self.tree.nodes[id as usize];
        node.span.end = self.reader.position();
        match body {
            Ok(()) => Ok(kind),
            Err(stop) => {
                node.marks |= MARK_CUT;
                Err(stop)
            }
        }
    }

    /// The rest of the file is too short for what the last object needs: it takes what there is.
    fn cut(&mut self, id: u32) -> Stop {
        let rest = self.reader.rest();
        let start = self.tree.nodes[id as usize].span.start;
        let name = self.tree.nodes[id as usize].kind.name();
        self.problems.error("cut-object", Span::new(start, rest.end), || {
            format!("The file ends inside an object ({name}) that begins at {start:#x}.")
        });
        self.reader.take(rest.len());
        Stop::Damaged { cut: None }
    }

    fn last(&self) -> u32 {
        self.tree.nodes.len() as u32 - 1
    }

    #[inline]
    fn fixed(&mut self, size: u32) -> Result<(), Stop> {
        if self.reader.take(size).is_some() { Ok(()) } else { Err(self.cut(self.last())) }
    }

    #[inline]
    fn string(&mut self) -> Result<(), Stop> {
        let Some(length) = self.reader.i32() else { return Err(self.cut(self.last())) };
        if length >= 0 && self.reader.take(length as u32).is_some() {
            return Ok(());
        }
        Err(self.bad_length(length.into(), 4))
    }

    #[inline]
    fn short_string(&mut self) -> Result<(), Stop> {
        let Some(length) = self.reader.u8() else { return Err(self.cut(self.last())) };
        if self.reader.take(length.into()).is_some() { Ok(()) } else { Err(self.bad_length(length.into(), 1)) }
    }

    fn long(&mut self) -> Result<(), Stop> {
        let Some(count) = self.reader.i32() else { return Err(self.cut(self.last())) };
        let Some(digits) = count.unsigned_abs().checked_mul(2).and_then(|size| self.reader.take(size)) else {
            return Err(self.bad_length(i64::from(count.unsigned_abs()) * 2, 4));
        };
        let id = self.last();
        let (mut units, tail) = (digits.chunks_exact(2), digits.last_chunk::<2>());
        let start = self.tree.nodes[id as usize].span.start;
        let span = Span::new(start, self.reader.position());
        if units.any(|digit| digit[1] & 0x80 != 0) {
            self.problems
                .error("bad-long", span, || format!("The integer at {start:#x} has a digit of more than 15 bits."));
        } else if tail == Some(&[0, 0]) {
            self.problems.warning("unnormalized-long", span, || {
                format!("The integer at {start:#x} has a highest digit of 0, which no interpreter writes.")
            });
        }
        Ok(())
    }

    /// A length that is below 0 or past the end of the file.
    fn bad_length(&mut self, length: i64, size: u32) -> Stop {
        let at = self.reader.position();
        let id = self.last();
        let span = Span::new(at - size, at);
        let remaining = self.reader.remaining();
        let name = self.tree.nodes[id as usize].kind.name();
        self.problems.error("length-past-end", span, || {
            if length < 0 {
                format!("The length at {:#x} ({name}) is {length}: it cannot be below 0.", span.start)
            } else {
                format!("The length at {:#x} ({name}) is {length} bytes, but only {remaining} follow.", span.start)
            }
        });
        Stop::Damaged { cut: (length >= 0).then_some(NodeId(id)) }
    }

    fn counted(&mut self, id: u32) -> Result<(), Stop> {
        let Some(count) = self.reader.i32() else { return Err(self.cut(id)) };
        let at = self.reader.position();
        if count < 0 {
            self.problems.error("bad-count", Span::new(at - 4, at), || {
                format!("The count at {:#x} is {count}: it cannot be below 0.", at - 4)
            });
            return Err(Stop::Damaged { cut: None });
        }
        if count as u32 > self.reader.remaining() {
            let remaining = self.reader.remaining();
            self.problems.error("count-past-end", Span::new(at - 4, at), || {
                format!("The count at {:#x} is {count} items, but only {remaining} bytes follow.", at - 4)
            });
        }
        self.open(id, count as u32)
    }

    /// Objects inside this one follow.
    #[inline]
    fn open(&mut self, id: u32, count: u32) -> Result<(), Stop> {
        let depth = self.stack.len();
        if depth >= CPYTHON_DEPTH && !self.too_deep {
            self.too_deep = true;
            let start = self.tree.nodes[id as usize].span.start;
            self.problems.warning("deep-nesting", Span::new(start, start + 1), || {
                format!("Objects are nested more than {CPYTHON_DEPTH} deep here: CPython refuses to load this file.")
            });
        }
        if depth >= self.limits.depth as usize {
            let start = self.tree.nodes[id as usize].span.start;
            self.problems.error("limit-depth", Span::new(start, start + 1), || {
                format!("Objects are nested more than {} deep: what follows is not decoded.", self.limits.depth)
            });
            return Err(Stop::Limit);
        }
        let node = &mut self.tree.nodes[id as usize];
        node.next = 0;
        self.stack.push(Frame { node: id, done: 0, count, kind: node.kind, region: node.region });
        Ok(())
    }

    fn reference(&mut self, kind: Kind) -> Result<(), Stop> {
        let id = self.last();
        let Some(index) = self.reader.u32() else { return Err(self.cut(id)) };
        if self.recovering {
            return Ok(());
        }
        let list = if kind == Kind::Ref { &self.references } else { &self.interned };
        let start = self.tree.nodes[id as usize].span.start;
        let span = Span::new(start, start + 5);
        let Some(&target) = list.get(index as usize) else {
            let known = list.len();
            self.problems.error("bad-reference", span, || {
                format!("The reference at {start:#x} is to object {index}, but only {known} came before.")
            });
            return Ok(());
        };
        let node = &self.tree.nodes[target as usize];
        if node.next == 0 {
            let (name, at) = (node.kind.name(), node.span.start);
            if matches!(node.kind, Kind::Code | Kind::OldCode | Kind::FrozenSet | Kind::Slice | Kind::FrozenDict) {
                self.problems.error("bad-reference", span, || {
                    format!("The reference at {start:#x} is to the object ({name}, at {at:#x}) that it stands in: CPython refuses it.")
                });
            } else {
                self.problems.warning("reference-cycle", span, || {
                    format!(
                        "The reference at {start:#x} is to the object ({name}, at {at:#x}) that it stands in: a cycle."
                    )
                });
            }
        }
        self.tree.nodes[id as usize].link = target;
        Ok(())
    }
}

/// The fields of a code object of this kind: `C` has always been laid out as in Python 1.0.
pub(crate) fn fields_of(kind: Kind, layout_of_version: Layout) -> Layout {
    if kind == Kind::OldCode { layout(CodeLayout::V1_0) } else { layout_of_version }
}
