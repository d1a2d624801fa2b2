//! The constants of a decoded file, and the literals of a source, tried for what they hold.

use std::ops::Range;

use pycxray::{Code, Field, Kind as NodeKind, Node, NodeId, Pyc, Role, Span};

use super::search::SMALLEST;
use super::{Chain, Search, literal, pickle};
use crate::archive::span;
use crate::identify::identify;
use crate::kind::Kind;
use crate::limits::Limits;

/// Something that encoded bytes in a file come to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payload {
    /// Where it stands and how it is decoded.
    pub chain: Chain,
    /// What comes out at the end.
    pub kind: Kind,
    /// How many bytes that has.
    pub size: usize,
    /// The constant, where it is a single one of a decoded file.
    pub constant: Option<NodeId>,
    /// Why there is no more of it, as a sentence.
    pub trouble: Option<String>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payloads {
    /// In the order of the file.
    pub found: Vec<Payload>,
    /// Whether so much had to be decoded that not all could be tried.
    pub is_cut: bool,
}

/// Tries each text and bytes constant of a decoded file, alone and joined by `+` with its neighbours.
#[must_use]
pub fn payloads(pyc: &Pyc, limits: &Limits) -> Payloads {
    let mut search = PayloadSearch::new(pyc, limits);
    while !search.step(pyc) {}
    search.finish()
}

/// How many objects are looked at in one step, at most.
const OBJECTS: usize = 5_000;
/// How many bytes are decoded in one step, unless a single constant has more.
const DECODED: usize = 1 << 20;

/// The same a part at a time, so that whoever runs it can do other things between.
#[derive(Debug)]
pub struct PayloadSearch {
    search: Search,
    found: Vec<Payload>,
    at: At,
    /// Any number of code objects may share one bytecode: all together walk through no more than so many bytes.
    shared: usize,
    /// How many constants one code object joins at most.
    joined: usize,
}

/// How far it is.
#[derive(Debug)]
enum At {
    /// The next object.
    Object(usize),
    /// The next code object.
    Code(usize),
    Done,
}

impl PayloadSearch {
    /// Nothing is looked at before [`PayloadSearch::step`].
    #[must_use]
    pub fn new(pyc: &Pyc, limits: &Limits) -> Self {
        let (shared, joined) = (pyc.bytes().len(), limits.payload_bytes);
        Self { search: Search::new(limits), found: Vec::new(), at: At::Object(0), shared, joined }
    }

    /// Looks at the next part of the file. `true` when all is looked at.
    pub fn step(&mut self, pyc: &Pyc) -> bool {
        let enough = self.search.left().saturating_sub(DECODED);
        for _ in 0..OBJECTS {
            self.at = match self.at {
                At::Object(at) => match pyc.tree().id(at) {
                    Some(id) => {
                        self.object(pyc, id);
                        At::Object(at + 1)
                    }
                    None => At::Code(0),
                },
                At::Code(at) if !self.search.is_spent() => match pyc.codes().get(at) {
                    Some(&id) => {
                        self.code(pyc, id);
                        At::Code(at + 1)
                    }
                    None => At::Done,
                },
                At::Code(_) | At::Done => At::Done,
            };
            if self.search.left() <= enough {
                break;
            }
        }
        matches!(self.at, At::Done)
    }

    /// What was found, in the order of the file.
    #[must_use]
    pub fn finish(mut self) -> Payloads {
        self.found.sort_by_key(|payload| payload.chain.parts.first().map(|part| part.start));
        Payloads { found: self.found, is_cut: self.search.is_cut() }
    }

    /// Tries a constant by itself.
    fn object(&mut self, pyc: &Pyc, id: NodeId) {
        let node = pyc.tree().node(id);
        // Fields hold bytecode, tables and names.
        if !matches!(node.role, Role::Item | Role::Root | Role::Key | Role::Value) {
            return;
        }
        let parts = match node.kind.is_string() {
            true => Some(vec![node.payload()]),
            false => items(pyc, id).filter(|parts| parts.len() <= self.joined),
        };
        if let Some(parts) = parts {
            self.joined -= if parts.len() > 1 { parts.len() } else { 0 };
            try_parts(&mut self.search, pyc.bytes(), parts, false, Some(id), &mut self.found);
        }
    }

    /// Tries the constants that a code object joins.
    fn code(&mut self, pyc: &Pyc, id: NodeId) {
        let Some(code) = pyc.code(id) else { return };
        if code.object(Field::Code).is_some_and(|object| pyc.tree().target(object).is_some()) {
            let Some(left) = self.shared.checked_sub(code.bytecode().len()) else { return };
            self.shared = left;
        }
        for joined in joined_constants(pyc, &code, self.joined) {
            if let Some(parts) = parts(pyc, joined.into_iter().map(|id| Some(pyc.tree().node(id)))) {
                try_parts(&mut self.search, pyc.bytes(), parts, false, None, &mut self.found);
            }
        }
    }
}

/// Tries each string literal of a source, alone or joined with its neighbours, and each list of numbers.
#[must_use]
pub fn payloads_in_source(source: &[u8], limits: &Limits) -> Payloads {
    let literals = literal::literals(source);
    let gathered = literal::gathered(source, &literals);
    let literals = literals.into_iter().chain(gathered).map(|literal| literal.parts);
    let candidates = literals.chain(literal::number_lists(source).into_iter().map(|list| vec![list]));
    let to_span = |part: Range<usize>| span(part.start, part.end);
    payloads_among(source, candidates.map(|parts| parts.into_iter().map(to_span).collect()), true, limits)
}

/// Tries the texts and bytes in a pickle, of which nothing is made.
#[must_use]
pub fn payloads_in_pickle(bytes: &[u8], limits: &Limits) -> Payloads {
    payloads_among(bytes, pickle::strings(bytes).into_iter().map(|string| vec![string]), false, limits)
}

/// Tries a text: all of it at once, as a hex dump, base64, a literal; of a source, and of a text that is none of these, the
/// literals in it.
#[must_use]
pub fn payloads_in_text(text: &[u8], limits: &Limits) -> Payloads {
    if identify(text) != Kind::Source {
        let whole = payloads_among(text, [vec![span(0, text.len())]], false, limits);
        if !whole.found.is_empty() {
            return whole;
        }
    }
    payloads_in_source(text, limits)
}

fn payloads_among(
    file: &[u8],
    candidates: impl IntoIterator<Item = Vec<Span>>,
    is_source: bool,
    limits: &Limits,
) -> Payloads {
    let mut search = Search::new(limits);
    let mut found = Vec::new();
    for parts in candidates {
        try_parts(&mut search, file, parts, is_source, None, &mut found);
    }
    found.sort_by_key(|payload: &Payload| payload.chain.parts.first().map(|part| part.start));
    Payloads { found, is_cut: search.is_cut() }
}

fn try_parts(
    search: &mut Search,
    file: &[u8],
    parts: Vec<Span>,
    is_source: bool,
    constant: Option<NodeId>,
    found: &mut Vec<Payload>,
) {
    let size: u64 = parts.iter().map(|part| u64::from(part.len())).sum();
    if size < SMALLEST as u64 || search.is_spent() || (parts.len() > 1 && !search.may_join(size)) {
        return;
    }
    let mut chain = Chain { parts, is_source, steps: Vec::new() };
    let outcome = if is_source || chain.parts.len() > 1 {
        search.run(&chain.decode(file, usize::MAX).bytes)
    } else {
        search.run(&file[chain.parts[0].start as usize..chain.parts[0].end as usize])
    };
    if let Some(outcome) = outcome {
        chain.steps = outcome.steps;
        let (kind, size, trouble) = (outcome.kind, outcome.size, outcome.trouble);
        found.push(Payload { chain, kind, size, constant, trouble });
    }
}

/// Fewer numbers than this are no bytes worth trying.
const NUMBERS: usize = 24;

/// The parts of a tuple or list of strings that may be joined, or of numbers from 0 to 255 that may be bytes: of a number
/// that is its lowest byte.
fn items(pyc: &Pyc, id: NodeId) -> Option<Vec<Span>> {
    let tree = pyc.tree();
    let count = tree.item_count(id);
    let item = |at: u32| Some(tree.node(tree.resolve(tree.item(id, at)?)));
    if !matches!(tree.node(id).kind, NodeKind::Tuple | NodeKind::SmallTuple | NodeKind::List) || count < 2 {
        return None;
    }
    parts(pyc, (0..count).map(item))
}

/// The bytes of strings that are joined, or of numbers that are bytes.
fn parts<'p>(pyc: &Pyc, nodes: impl Iterator<Item = Option<&'p Node>>) -> Option<Vec<Span>> {
    let mut nodes = nodes.peekable();
    let is_text = nodes.peek().copied().flatten()?.kind.is_string();
    let of_kind =
        |node: Option<&Node>| node.filter(|node| node.kind.is_string() == is_text).and_then(|node| piece(pyc, node));
    let parts: Vec<Span> = nodes.map(of_kind).collect::<Option<_>>()?;
    (is_text || parts.len() >= NUMBERS).then_some(parts)
}

/// The bytes of a string, or of a number from 0 to 255: its lowest.
fn piece(pyc: &Pyc, node: &Node) -> Option<Span> {
    let payload = node.payload();
    if node.kind.is_string() {
        return Some(payload);
    }
    let bytes = &pyc.bytes()[payload.start as usize..payload.end as usize];
    let is_byte = node.kind == NodeKind::Int && bytes.len() == 4 && bytes[1..] == [0; 3];
    is_byte.then(|| span(payload.start as usize, payload.start as usize + 1))
}

/// The strings, or numbers, that a code object puts together before it does anything else with them: compilers leave long ones
/// apart.
fn joined_constants(pyc: &Pyc, code: &Code<'_>, most: usize) -> Vec<Vec<NodeId>> {
    let Some(constants) = code.tuple(Field::Consts) else { return Vec::new() };
    let constant = |arg: u32| {
        let id = pyc.tree().resolve(pyc.tree().item(constants, arg)?);
        piece(pyc, pyc.tree().node(id)).map(|_| id)
    };
    let mut joining = Joining { left: most, ..Joining::default() };
    for instruction in code.instructions() {
        let name = code.python().opcode(instruction.opcode).map_or("", |opcode| opcode.name);
        match (name, instruction.arg) {
            ("EXTENDED_ARG" | "CACHE" | "NOP", _) => {}
            ("LOAD_CONST", Some(arg)) => match constant(arg) {
                Some(id) => joining.stack.push(vec![id]),
                None => joining.flush(),
            },
            ("BINARY_ADD", _) | ("BINARY_OP", Some(0)) => joining.add(),
            ("BUILD_LIST" | "BUILD_TUPLE" | "BUILD_STRING", Some(count)) => joining.gather(count as usize),
            ("LOAD_NAME" | "LOAD_FAST" | "LOAD_GLOBAL" | "LOAD_DEREF", Some(arg)) => joining.load(arg),
            ("INPLACE_ADD", _) | ("BINARY_OP", Some(13)) => joining.add_to_variable(),
            ("STORE_NAME" | "STORE_FAST" | "STORE_GLOBAL" | "STORE_DEREF", Some(arg)) => joining.store(arg),
            _ => joining.flush(),
        }
    }
    joining.flush();
    joining.close();
    joining.joined
}

/// What stands on the stack while strings are put together.
#[derive(Default)]
struct Joining {
    stack: Vec<Vec<NodeId>>,
    /// The variable that was loaded below what is on the stack.
    loaded: Option<u32>,
    /// The variable that strings are added to, and these.
    variable: Option<u32>,
    added: Vec<NodeId>,
    /// How many strings may still be joined to others.
    left: usize,
    joined: Vec<Vec<NodeId>>,
}

impl Joining {
    /// `+` of the two strings on the top.
    fn add(&mut self) {
        if self.stack.len() < 2 {
            return self.flush();
        }
        self.gather(2);
    }

    /// A list or text of so many strings on the top.
    fn gather(&mut self, count: usize) {
        let Some(first) = self.stack.len().checked_sub(count).filter(|_| count > 0) else { return self.flush() };
        let gathered = self.stack.split_off(first);
        let count: usize = gathered.iter().skip(1).map(Vec::len).sum();
        if count > self.left {
            return self.flush();
        }
        self.left -= count;
        self.stack.push(gathered.concat());
    }

    fn load(&mut self, variable: u32) {
        self.flush();
        self.loaded = Some(variable);
    }

    /// `+=` of the string on the top.
    fn add_to_variable(&mut self) {
        match (self.stack.pop(), self.loaded == self.variable) {
            (Some(strings), true) if self.stack.is_empty() && strings.len() <= self.left => {
                self.left -= strings.len();
                self.added.extend(strings);
            }
            _ => self.close(),
        }
        self.stack.clear();
    }

    fn store(&mut self, variable: u32) {
        let is_added = self.loaded.take() == Some(variable) && self.variable == Some(variable) && self.stack.is_empty();
        if !is_added {
            self.close();
            self.variable = Some(variable);
            self.added = match self.stack.as_slice() {
                [only] => only.clone(),
                _ => Vec::new(),
            };
            self.flush();
        }
    }

    /// Something else is done with what is on the stack.
    fn flush(&mut self) {
        self.loaded = None;
        self.joined.extend(self.stack.drain(..).filter(|parts| parts.len() > 1));
    }

    /// Something else is done with the variable.
    fn close(&mut self) {
        self.variable = None;
        let added = std::mem::take(&mut self.added);
        self.joined.extend(Some(added).filter(|parts| parts.len() > 1));
    }
}
