//! The decode loop: marshalled bytes into a tree, with a stack of its own.
//!
//! Each object costs one look at a table by its type code, one at its length, and one node: what is out of the ordinary is left
//! to functions that the loop does not contain, most of them in [`super::damage`].

use super::expected::is_usual;
use super::head::{Body, HEADS};
use super::node::{MARK_CUT, MARK_REF, NONE};
use super::{Encoding, FLAG_REF, Field, Kind, Layout, Node, NodeId, Region, Role, Tree, layout};
use crate::Span;
use crate::diagnostic::Diagnostics;
use crate::limits::Limits;
use crate::python::CodeLayout;
use crate::reader::Reader;
use crate::version::Version;

/// Nesting beyond which CPython itself gives up (`MAX_MARSHAL_STACK_DEPTH`, 3.x; 5000 in 2.0 – 2.4).
pub(super) const CPYTHON_DEPTH: usize = 2_000;

/// A file from this size on is large, in bytes.
const LARGE: usize = 16 << 20;

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
pub(super) struct Place {
    parent: u32,
    /// The region that it belongs to, unless it is a code object.
    region: Region,
    pub(super) role: Role,
    index: u32,
}

impl Place {
    /// An object in this place that has no others in it.
    #[inline]
    pub(super) fn node(&self, id: u32, code: u8, span: Span, link: u32) -> Node {
        let Self { parent, region, role, index } = *self;
        let marks = if code & FLAG_REF != 0 { MARK_REF } else { 0 };
        Node { span, parent, next: id + 1, index, link, kind: Kind::of(code), role, region, marks }
    }
}

impl Frame {
    /// That of something in it that belongs to the same region.
    #[inline]
    fn place(&self, role: Role, index: u32) -> Place {
        Place { parent: self.node, region: self.region, role, index }
    }
}

/// Decodes one object at a time; the tree grows with each.
#[derive(Debug)]
pub(crate) struct Decoder<'a> {
    pub(super) reader: Reader<'a>,
    layout: Layout,
    pub(super) version: Version,
    pub(super) limits: Limits,
    stack: Vec<Frame>,
    references: Vec<u32>,
    interned: Vec<u32>,
    /// What was in front is unknown, and with it what references lead to.
    recovering: bool,
    is_too_deep: bool,
    /// Whether the version has FLAG_REF (3.4+).
    knows_flag_ref: bool,
    /// Whether interned strings are listed, to be referred to: up to 2.7.
    lists_interned: bool,
    pub(crate) tree: Tree,
    /// The code objects that have begun.
    pub(crate) codes: Vec<NodeId>,
    /// Whether a code object may have a field that is not what it must be: worth a look at each.
    pub(crate) has_odd_fields: bool,
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
            is_too_deep: false,
            knows_flag_ref: version >= Version::new(3, 4),
            lists_interned: version < Version::new(3, 0),
            tree: Tree::default(),
            codes: Vec::new(),
            has_odd_fields: false,
            problems: Diagnostics::new(limits.diagnostics),
        }
    }

    /// Makes room for the objects of a whole file of `length` bytes: files have one for each 25 bytes or so. Large files get
    /// room for more, since to move hundreds of megabytes takes longer than a frame, and room that is not used costs nothing.
    pub(crate) fn reserve(&mut self, length: usize) {
        let likely = length / 24;
        let count = if length < LARGE { likely } else { likely * 7 };
        if self.tree.nodes.try_reserve_exact(count.min(self.limits.nodes as usize)).is_err() {
            self.tree.nodes.reserve(likely.min(self.limits.nodes as usize));
        }
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
            is_too_deep: self.is_too_deep,
            knows_flag_ref: self.knows_flag_ref,
            lists_interned: self.lists_interned,
            tree: self.tree,
            codes: self.codes,
            has_odd_fields: self.has_odd_fields,
            problems: self.problems,
        }
    }

    /// What it may cost.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// Where the next byte is read from.
    pub(crate) fn position(&self) -> u32 {
        self.reader.position()
    }

    /// Begins an object at `start`: [`Role::Root`] or [`Role::Recovered`].
    pub(crate) fn begin(&mut self, start: u32, role: Role) -> Result<(), Stop> {
        self.reader = self.reader.at(start);
        self.recovering = role == Role::Recovered;
        if role == Role::Root {
            // Each call of `marshal.load` begins with empty lists.
            self.references.clear();
            self.interned.clear();
        }
        let began = self.single(Place { parent: NONE, region: Region::Constants, role, index: 0 });
        began.map(drop).map_err(|stop| self.stopped(stop))
    }

    /// Goes on for `budget` objects at most. `None` while there is more to do.
    pub(crate) fn run(&mut self, budget: u32) -> Option<Stop> {
        let mut left = budget;
        while left > 0 {
            let Some(&frame) = self.stack.last() else { return Some(Stop::Finished) };
            left -= 1;
            let went = match frame.kind {
                Kind::Code | Kind::OldCode => self.fields(frame, &mut left),
                Kind::Dict | Kind::FrozenDict => self.entry(frame),
                Kind::Slice => self.part(frame),
                _ => self.items(frame, &mut left),
            };
            if let Err(stop) = went {
                return Some(self.stopped(stop));
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
        self.has_odd_fields = true;
        stop
    }

    /// Reads items of a tuple, list or set, up to one that holds others itself; behind the last, ends it.
    #[inline]
    fn items(&mut self, frame: Frame, left: &mut u32) -> Result<(), Stop> {
        let depth = self.stack.len();
        let mut done = frame.done;
        while done < frame.count {
            let kind = self.object(frame.place(Role::Item, done))?;
            done += 1;
            if frame.region == Region::Names && !kind.is_string() {
                self.has_odd_fields = true;
            }
            if self.stack.len() > depth || *left == 0 {
                self.stack[depth - 1].done = done;
                return Ok(());
            }
            *left -= 1;
        }
        self.close();
        Ok(())
    }

    /// Reads fields of a code object, up to an object that holds others; behind the last, ends it.
    #[inline]
    fn fields(&mut self, frame: Frame, left: &mut u32) -> Result<(), Stop> {
        let depth = self.stack.len();
        let mut done = frame.done as usize;
        let fields = fields_of(frame.kind, self.layout);
        while let Some(&(field, encoding)) = fields.get(done) {
            done += 1;
            if encoding != Encoding::Object {
                self.number(field, encoding)?;
                continue;
            }
            let place = Place { region: Region::of_field(field), ..frame.place(Role::Field(field), 0) };
            let kind = self.object(place)?;
            if !is_usual(field, kind) {
                self.has_odd_fields = true;
            }
            if self.stack.len() > depth || *left == 0 {
                self.stack[depth - 1].done = done as u32;
                return Ok(());
            }
            *left -= 1;
        }
        self.close();
        Ok(())
    }

    /// Reads a number of a code object.
    #[inline]
    fn number(&mut self, field: Field, encoding: Encoding) -> Result<(), Stop> {
        let negative = match encoding {
            Encoding::U16 => self.reader.u16().map(|_| false),
            _ => self.reader.i32().map(|number| number < 0),
        };
        match negative {
            Some(negative) => {
                self.has_odd_fields |= negative;
                Ok(())
            }
            None => Err(self.cut_number(field)),
        }
    }

    /// Reads a key or a value of a dict, or the NULL that ends it.
    fn entry(&mut self, frame: Frame) -> Result<(), Stop> {
        let depth = self.stack.len();
        self.stack[depth - 1].done += 1;
        let role = if frame.done & 1 == 0 { Role::Key } else { Role::Value };
        if self.single(frame.place(role, frame.done / 2))? == Kind::Null {
            let last = self.last() as usize;
            self.tree.nodes[last].role = Role::Terminator;
            if role == Role::Value {
                self.key_without_value();
            }
            self.close();
        }
        Ok(())
    }

    /// Reads a part of a slice; behind the last, ends it.
    fn part(&mut self, frame: Frame) -> Result<(), Stop> {
        let Some(&role) = [Role::Start, Role::Stop, Role::Step].get(frame.done as usize) else {
            self.close();
            return Ok(());
        };
        let depth = self.stack.len();
        self.stack[depth - 1].done += 1;
        self.single(frame.place(role, 0)).map(drop)
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

    /// [`Decoder::object`] where few are read.
    #[inline(never)]
    fn single(&mut self, place: Place) -> Result<Kind, Stop> {
        self.object(place)
    }

    /// Reads an object's head, and all of it if it holds no others. Gives what it is; of a reference, what it refers to.
    #[inline(always)] // into the two loops that nearly all objects are read in: a third of the time
    fn object(&mut self, place: Place) -> Result<Kind, Stop> {
        let start = self.reader.position();
        let Some((code, behind, available)) = self.reader.head() else { return Err(self.no_object(start)) };
        let head = &HEADS[usize::from(code & !FLAG_REF)];
        let id = self.tree.nodes.len() as u32;
        if id >= self.limits.nodes {
            return Err(self.too_many_objects(start));
        }
        let (mut kind, mut link) = (head.kind, NONE);
        if code & FLAG_REF != 0 {
            if head.takes_reference {
                link = self.references.len() as u32;
                if link >= self.limits.references {
                    return Err(self.too_many_references(start));
                }
                self.references.push(id);
            }
            if !self.knows_flag_ref {
                self.flag_ref_too_new(start, head.kind);
            }
        }
        let length = behind & head.length;
        // A length that has its highest bit set is one below 0.
        let fits = length <= i32::MAX as u32 && length as usize + usize::from(head.size) <= available;
        if !fits {
            return Err(self.object_past_end(place, code, link));
        }
        if head.body == Body::Reference && !self.recovering {
            (link, kind) = self.referred(start, behind, place.region);
        }
        let size = length + u32::from(head.size);
        self.reader.skip(size as usize);
        self.tree.nodes.push(place.node(id, code, Span::new(start, start + size), link));
        if matches!(head.body, Body::Nothing | Body::Reference) { Ok(kind) } else { self.body(place, code, behind) }
    }

    /// What is to be done behind the head of all but the plainest objects.
    fn body(&mut self, place: Place, code: u8, behind: u32) -> Result<Kind, Stop> {
        let head = &HEADS[usize::from(code & !FLAG_REF)];
        let (id, kind) = (self.last(), head.kind);
        let body = match head.body {
            Body::Nothing | Body::Reference => return Ok(kind),
            Body::InternedReference => {
                if !self.recovering {
                    self.refer_to_interned(behind);
                }
                return Ok(kind);
            }
            Body::Interned => {
                self.list_interned(id);
                return Ok(kind);
            }
            Body::Fields => {
                self.tree.nodes[id as usize].region = Region::Code;
                self.codes.push(NodeId(id));
                self.open(id, 0)
            }
            Body::Objects => self.open(id, 0),
            Body::ByteCounted => self.open(id, behind & 0xff),
            Body::Counted => self.counted(id, behind as i32),
            Body::Digits => self.long(),
            Body::TwoTexts => self.two_texts(),
            Body::Null | Body::Unknown => {
                self.odd_object(place.role, head.body);
                return Ok(kind);
            }
            Body::Invalid => Err(self.bad_type_code(code)),
        };
        match body {
            Ok(()) => {
                self.tree.nodes[id as usize].span.end = self.reader.position();
                Ok(kind)
            }
            Err(stop) => Err(self.cut_short(id, stop)),
        }
    }

    /// Gives an interned string the next index among them.
    pub(super) fn list_interned(&mut self, id: u32) {
        if self.lists_interned {
            self.tree.nodes[id as usize].link = self.interned.len() as u32;
            self.interned.push(id);
        }
    }

    /// An object has ended too early.
    #[cold]
    pub(super) fn cut_short(&mut self, id: u32, stop: Stop) -> Stop {
        let node = &mut self.tree.nodes[id as usize];
        node.span.end = self.reader.position();
        node.marks |= MARK_CUT;
        stop
    }

    /// The node of the last object that began.
    pub(super) fn last(&self) -> u32 {
        self.tree.nodes.len() as u32 - 1
    }

    /// A complex number as text: its real part, its imaginary part.
    fn two_texts(&mut self) -> Result<(), Stop> {
        for _ in 0..2 {
            let Some(length) = self.reader.u8() else { return Err(self.cut()) };
            if self.reader.take(length.into()).is_none() {
                return Err(self.bad_length(length.into(), 1));
            }
        }
        Ok(())
    }

    fn long(&mut self) -> Result<(), Stop> {
        let Some(count) = self.reader.i32() else { return Err(self.cut()) };
        let Some(digits) = count.unsigned_abs().checked_mul(2).and_then(|size| self.reader.take(size)) else {
            return Err(self.bad_length(i64::from(count.unsigned_abs()) * 2, 4));
        };
        let (mut units, tail) = (digits.chunks_exact(2), digits.last_chunk::<2>());
        if units.any(|digit| digit[1] & 0x80 != 0) || tail == Some(&[0, 0]) {
            self.odd_long(digits);
        }
        Ok(())
    }

    /// A container whose count is in four bytes, which have been read.
    fn counted(&mut self, id: u32, count: i32) -> Result<(), Stop> {
        if count < 0 {
            return Err(self.bad_count(count));
        }
        if count as u32 > self.reader.remaining() {
            self.count_past_end(count);
        }
        self.open(id, count as u32)
    }

    /// Objects inside this one follow.
    #[inline]
    fn open(&mut self, id: u32, count: u32) -> Result<(), Stop> {
        let depth = self.stack.len();
        if depth >= CPYTHON_DEPTH && !self.is_too_deep {
            self.is_too_deep = true;
            self.deep_nesting();
        }
        if depth >= self.limits.depth as usize {
            return Err(self.too_deep());
        }
        let node = &mut self.tree.nodes[id as usize];
        node.next = 0;
        self.stack.push(Frame { node: id, done: 0, count, kind: node.kind, region: node.region });
        Ok(())
    }

    /// What a reference that begins at `start`, in this region, refers to by this index: its node, and what it is.
    #[inline(always)]
    fn referred(&mut self, start: u32, index: u32, from: Region) -> (u32, Kind) {
        let Some(&target) = self.references.get(index as usize) else {
            let known = self.references.len();
            self.bad_reference(start, index, known);
            return (NONE, Kind::Ref);
        };
        let Node { kind, region, next, .. } = self.tree.nodes[target as usize];
        if next == 0 {
            self.reference_to_around(start, target);
        }
        if region != Region::Names && from == Region::Names && !kind.is_string() {
            self.has_odd_fields |= !self.is_small_tuple_of_strings(target);
        }
        (target, kind)
    }

    /// Ties the last object to the interned string of this index.
    fn refer_to_interned(&mut self, index: u32) {
        let id = self.last() as usize;
        match self.interned.get(index as usize) {
            Some(&target) => self.tree.nodes[id].link = target,
            None => {
                let (start, known) = (self.tree.nodes[id].span.start, self.interned.len());
                self.bad_reference(start, index, known);
            }
        }
    }

    /// Whether this is a tuple of a few strings: compilers let names share it with constants that are equal.
    #[cold]
    fn is_small_tuple_of_strings(&self, tuple: u32) -> bool {
        let (tree, tuple) = (&self.tree, NodeId(tuple));
        let is_string = |item| tree.node(tree.resolve(item)).kind.is_string();
        tree.behind(tuple).saturating_sub(tuple.index()) < 16 && tree.children(tuple).all(is_string)
    }
}

/// The fields of a code object of this kind: `C` has always been laid out as in Python 1.0.
pub(crate) fn fields_of(kind: Kind, layout_of_version: Layout) -> Layout {
    if kind == Kind::OldCode { layout(CodeLayout::V1_0) } else { layout_of_version }
}
