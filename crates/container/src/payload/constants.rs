//! The constants of a decoded file, and the literals of a source, tried for what they hold.

use std::ops::Range;

use pycxray::{Code, Field, NodeId, Pyc, Role, Span};

use super::search::SMALLEST;
use super::{Chain, Search, literal};
use crate::archive::span;
use crate::kind::Kind;
use crate::limits::Limits;

/// Something that encoded bytes in a file come to.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        Payloads { found: self.found, is_cut: self.search.is_spent() }
    }

    /// Tries a constant by itself.
    fn object(&mut self, pyc: &Pyc, id: NodeId) {
        let node = pyc.tree().node(id);
        // Fields hold bytecode, tables and names.
        if node.kind.is_string() && matches!(node.role, Role::Item | Role::Root | Role::Key | Role::Value) {
            try_parts(&mut self.search, pyc.bytes(), vec![node.payload()], false, Some(id), &mut self.found);
        }
    }

    /// Tries the constants that a code object joins.
    fn code(&mut self, pyc: &Pyc, id: NodeId) {
        let Some(code) = pyc.code(id) else { return };
        if code.object(Field::Code).is_some_and(|object| pyc.tree().target(object).is_some()) {
            let Some(left) = self.shared.checked_sub(code.bytecode().len()) else { return };
            self.shared = left;
        }
        for parts in joined_constants(pyc, &code, self.joined) {
            let parts = parts.into_iter().map(|id| pyc.tree().node(id).payload()).collect();
            try_parts(&mut self.search, pyc.bytes(), parts, false, None, &mut self.found);
        }
    }
}

/// Tries each string literal of a source, alone or joined with its neighbours.
#[must_use]
pub fn payloads_in_source(source: &[u8], limits: &Limits) -> Payloads {
    let mut search = Search::new(limits);
    let mut found = Vec::new();
    for literal in literal::literals(source) {
        let to_span = |part: Range<usize>| span(part.start, part.end);
        let parts = literal.parts.into_iter().map(to_span).collect();
        try_parts(&mut search, source, parts, true, None, &mut found);
    }
    Payloads { found, is_cut: search.is_spent() }
}

/// Tries a text as a whole: a hex dump, base64, a literal.
pub(crate) fn payload_of_whole(text: &[u8], limits: &Limits) -> Payloads {
    let mut search = Search::new(limits);
    let mut found = Vec::new();
    try_parts(&mut search, text, vec![span(0, text.len())], false, None, &mut found);
    Payloads { found, is_cut: search.is_spent() }
}

fn try_parts(
    search: &mut Search,
    file: &[u8],
    parts: Vec<Span>,
    is_source: bool,
    constant: Option<NodeId>,
    found: &mut Vec<Payload>,
) {
    let size: usize = parts.iter().map(|part| part.len() as usize).sum();
    if size < SMALLEST || search.is_spent() {
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

/// The strings that a code object joins by `+` before it does anything else with them: compilers leave long ones apart.
fn joined_constants(pyc: &Pyc, code: &Code<'_>, most: usize) -> Vec<Vec<NodeId>> {
    let Some(constants) = code.tuple(Field::Consts) else { return Vec::new() };
    let string = |arg: u32| {
        let id = pyc.tree().resolve(pyc.tree().item(constants, arg)?);
        pyc.tree().node(id).kind.is_string().then_some(id)
    };
    let mut stack: Vec<Vec<NodeId>> = Vec::new();
    let mut joined = Vec::new();
    let mut left = most;
    for instruction in code.instructions() {
        let name = code.python().opcode(instruction.opcode).map_or("", |opcode| opcode.name);
        match (name, instruction.arg) {
            ("EXTENDED_ARG" | "CACHE" | "NOP", _) => {}
            ("LOAD_CONST", Some(arg)) => match string(arg) {
                Some(id) => stack.push(vec![id]),
                None => flush(&mut stack, &mut joined),
            },
            ("BINARY_ADD", _) | ("BINARY_OP", Some(0)) if stack.len() >= 2 => {
                let last = stack.pop().unwrap_or_default();
                left = left.saturating_sub(last.len());
                if let (Some(top), true) = (stack.last_mut(), left > 0) {
                    top.extend(last);
                }
            }
            _ => flush(&mut stack, &mut joined),
        }
    }
    flush(&mut stack, &mut joined);
    joined
}

fn flush(stack: &mut Vec<Vec<NodeId>>, joined: &mut Vec<Vec<NodeId>>) {
    joined.extend(stack.drain(..).filter(|parts| parts.len() > 1));
}
