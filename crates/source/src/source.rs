//! The whole way: a file to its source, with what is known of how true that is.

use std::cell::Cell;
use std::fmt::Write;
use std::ops::{Range, RangeInclusive};

use pycxray::python::Python;
use pycxray::{Basis, Implementation, Labels, NodeId, Operands, Pyc, Version};

use crate::ast::Body;
use crate::graph::{Graph, Origin};
use crate::lift::lift;
use crate::print::{Layout, Printed, print, print_one, without_encoding};
use crate::shape::shape;
use crate::text_size;
use crate::unimproved;
use crate::unit::{CodeId, Unit, UnitKind, Units};
use crate::verdict::{Judge, Verdict};

/// How source is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether each statement stands on its original line, so that tracebacks fit.
    pub keep_lines: bool,
}

/// A range of text, and the instructions that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// Whose instructions they are.
    pub code: CodeId,
    /// The text, in bytes.
    pub text: Range<usize>,
    /// The instructions, in bytes of the bytecode.
    pub bytecode: Range<u32>,
}

/// The source of a file.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The text. It compiles, whatever the file holds.
    pub text: String,
    /// Which text stands for which instructions: an inner range before the one around it.
    pub owned: Vec<Owned>,
    /// How true the text is, by code object that it has, in the order of [`Pyc::codes`].
    pub verdicts: Vec<(NodeId, Verdict)>,
}

impl Source {
    /// Whether all of it is proved.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Proved)
    }
}

/// The versions of CPython 3 that source is made for, besides 2.7. For all other Pythons there is a listing, and no source yet.
pub const VERSIONS: RangeInclusive<Version> = Version::new(3, 6)..=Version::new(3, 15);

/// The versions of PyPy that source is made for.
const PYPY_VERSIONS: RangeInclusive<Version> = Version::new(3, 9)..=Version::new(3, 11);

/// The last Python 2, for which source is made as well.
const PYTHON_2: Version = Version::new(2, 7);

/// Whether source is made for the Python of a file. What is none at all is read as that of some Python, and has no source.
#[must_use]
pub fn is_supported(pyc: &Pyc) -> bool {
    pyc.detection().basis != Basis::Nothing && is_supported_python(pyc.python())
}

/// Whether source is made for the files of a Python. Of alphas whose opcodes are merely the nearest that are known nothing could
/// be proved.
#[must_use]
pub fn is_supported_python(python: &Python) -> bool {
    let is_known = match python.implementation {
        Implementation::CPython => VERSIONS.contains(&python.version) || python.version == PYTHON_2,
        Implementation::PyPy => PYPY_VERSIONS.contains(&python.version),
        _ => false,
    };
    python.exact && is_known
}

/// What is known of all code objects of a file, to write source from.
#[derive(Debug)]
pub struct Sources<'p> {
    pyc: &'p Pyc,
    units: Units,
    bodies: Vec<Body>,
    verdicts: Vec<Verdict>,
    /// How many more bytes of bytecode listings may go through.
    listed: Cell<usize>,
}

impl<'p> Sources<'p> {
    /// Finds the source of every code object, and looks whether it is true.
    #[must_use]
    pub fn new(pyc: &'p Pyc) -> Self {
        let (units, graphs) = lifted(pyc);
        let ids = || units.units.iter().map(|unit| unit.id);
        let mut bodies: Vec<Body> = ids().map(|id| shape(&units, &graphs, id)).collect();
        text_size::limit(&units, &mut bodies, pyc.bytes().len());
        let judge = Judge::new(&units, &bodies, &graphs);
        let mut verdicts: Vec<Verdict> = ids().map(|id| judge.verdict(id)).collect();
        let printed = print(&units, &bodies, Layout::default(), &|_, _, _| String::new());
        mark_unwritten(&units, &printed, &mut verdicts);
        if !units.since(3, 0) {
            let may_differ = unimproved::check(&units, &bodies, &graphs, &printed);
            for (verdict, _) in verdicts.iter_mut().zip(may_differ).filter(|(_, may_differ)| *may_differ) {
                if *verdict == Verdict::Proved {
                    let reason = "None may be a name in the source, whose lines are longer".to_owned();
                    *verdict = Verdict::Differs { offset: 0, reason, is_certain: false };
                }
            }
        }
        let listed = Cell::new(pyc.bytes().len() * 8 + 1_000_000);
        Self { pyc, units, bodies, verdicts, listed }
    }

    /// The source of the whole file.
    #[must_use]
    pub fn module(&self, options: Options) -> Source {
        if self.units.units.is_empty() {
            return Source { text: "# No code object could be read.\n".to_owned(), ..Source::default() };
        }
        let listing = |code, start, end| self.listing(code, start, end);
        let printed = print(&self.units, &self.bodies, layout(options), &listing);
        self.source(printed, options, |_| true)
    }

    /// The source of one code object, by its place in [`Pyc::codes`], and of those in it. `None` if there is no such one.
    #[must_use]
    pub fn code(&self, index: usize, options: Options) -> Option<Source> {
        let id = self.units.units.get(index)?.id;
        let listing = |code, start, end| self.listing(code, start, end);
        let printed = print_one(&self.units, &self.bodies, id, layout(options), &listing);
        // A code object comes behind the one that it stands in.
        let mut is_inside = vec![false; self.units.units.len()];
        for unit in &self.units.units {
            let at = unit.id.0 as usize;
            is_inside[at] = unit.id == id || unit.parent.is_some_and(|parent| is_inside[parent.0 as usize]);
        }
        Some(self.source(printed, options, |at| is_inside[at]))
    }

    /// What was printed of the code objects that `has` tells by their place.
    fn source(&self, printed: Printed, options: Options, has: impl Fn(usize) -> bool) -> Source {
        let verdicts = || self.verdicts.iter().enumerate().filter(|(at, _)| has(*at));
        let header = self.header(verdicts());
        // Where lines are kept, the header would move them.
        let (mut text, moved) = if options.keep_lines { (String::new(), 0) } else { (header.clone(), header.len()) };
        text.push_str(&printed.text);
        let owned = printed.ranges.into_iter().filter_map(|range| {
            let Origin::Bytecode { start, end, .. } = self.bodies.get(range.code.0 as usize)?.origin(range.node) else {
                return None;
            };
            let text = range.range.start + moved..range.range.end + moved;
            Some(Owned { code: range.code, text, bytecode: start..end })
        });
        let node = |at: usize| self.pyc.codes()[at];
        let verdicts = verdicts().map(|(at, verdict)| (node(at), verdict.clone())).collect();
        Source { text, owned: owned.collect(), verdicts }
    }

    /// A comment with the version and the verdict.
    fn header<'v>(&self, verdicts: impl Iterator<Item = (usize, &'v Verdict)>) -> String {
        let python = self.pyc.python();
        let verdicts: Vec<(usize, &Verdict)> = verdicts.collect();
        let proved = verdicts.iter().filter(|(_, verdict)| **verdict == Verdict::Proved).count();
        let (all, implementation, version) = (verdicts.len(), python.implementation, python.version);
        let objects = if all == 1 { "code object" } else { "code objects" };
        let mut header =
            format!("# {implementation} {version}, source by pycxray: {proved} of {all} {objects} proved.\n");
        header.push_str(match self.units.units.first().map(|unit| unit.kind) {
            Some(UnitKind::Expression) => "# An expression, for eval: what compile gives with the mode 'eval'.\n",
            Some(UnitKind::Interactive) => "# Typed at the prompt: what compile gives with the mode 'single'.\n",
            _ => "",
        });
        if (implementation, version) == (Implementation::PyPy, Version::new(3, 10)) {
            // No such interpreter was at hand.
            header.push_str(
                "# What PyPy 3.10 makes of it was not tried: it is taken to do what PyPy 3.9 and 3.11 both do.\n",
            );
        }
        let failed = verdicts.iter().filter(|(_, verdict)| **verdict != Verdict::Proved);
        for (at, verdict) in failed.take(FAILURES) {
            let (name, says) = (self.units.units[*at].qualname.as_bytes(), verdict.to_string());
            // Names of the file are in both: none of them may end the comment.
            let mut line = format!("# {}: {}.\n", pycxray::shown(name, 100), pycxray::shown(says.as_bytes(), 400));
            if !self.units.since(3, 0) {
                // Without an encoding, Python 2 reads ASCII alone.
                line = line.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect();
            }
            header.push_str(&without_encoding(&line));
        }
        if all - proved > FAILURES {
            _ = writeln!(header, "# {} more are not proved.", all - proved - FAILURES);
        }
        header
    }

    /// The instructions of a part of a code object's bytecode, one a line.
    fn listing(&self, code: CodeId, start: u32, end: u32) -> String {
        let mut out = String::new();
        let Some(code) = self.pyc.codes().get(code.0 as usize).and_then(|&node| self.pyc.code(node)) else {
            return out;
        };
        // Each part goes through all of the bytecode: where there are many, the last ones have no listing.
        let Some(left) = self.listed.get().checked_sub(code.bytecode().len()) else { return out };
        self.listed.set(left);
        let labels = Labels::of_jumps(code.bytecode(), code.python());
        let mut operands = Operands::new(&code, OPERAND);
        let listed = code.instructions().filter(|instruction| (start..end).contains(&instruction.offset));
        for (number, instruction) in listed.enumerate() {
            if number == LINES {
                out.push_str("   ... more than can be shown here\n");
                break;
            }
            let line = out.len();
            let name = code.python().opcode(instruction.opcode).map_or("?", |opcode| opcode.name);
            _ = write!(out, "{:>6} {name}", instruction.offset);
            if let Some(arg) = instruction.arg {
                _ = write!(out, " {arg} ");
                operands.write(&mut out, self.pyc, &instruction, &labels);
            }
            let mut cut = out.len().min(line + WIDTH);
            while !out.is_char_boundary(cut) {
                cut -= 1;
            }
            out.truncate(cut);
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }
}

/// Of what could not be written nothing is proved, nor of what is in it.
fn mark_unwritten(units: &Units, printed: &Printed, verdicts: &mut [Verdict]) {
    let mut is_unwritten = vec![false; verdicts.len()];
    printed.unwritten.iter().for_each(|code| is_unwritten[code.0 as usize] = true);
    for (at, unit) in units.units.iter().enumerate() {
        // A code object comes behind the one that it stands in.
        is_unwritten[at] |= unit.parent.is_some_and(|parent| is_unwritten[parent.0 as usize]);
        if is_unwritten[at] && verdicts[at] == Verdict::Proved {
            verdicts[at] =
                Verdict::NotCompared { reason: "something in it, or around it, cannot be written".to_owned() };
        }
    }
}

/// How many code objects that are not proved the header names.
const FAILURES: usize = 20;

/// How many instructions of a part without a shape are listed, and how many bytes each takes there.
const LINES: usize = 1_000;
const WIDTH: usize = 200;

/// How long the text of an operand may be in the listing of what has no shape, in bytes.
const OPERAND: usize = 80;

fn layout(options: Options) -> Layout {
    Layout { keep_lines: options.keep_lines }
}

/// All code objects of a file, and what each does: its graph, in normal form.
#[must_use]
pub fn lifted(pyc: &Pyc) -> (Units, Vec<Graph>) {
    let mut units = Units::read(pyc);
    let graphs: Vec<Graph> = units.units.iter().map(|unit| graph(pyc, unit)).collect();
    units.learn(&graphs);
    (units, graphs)
}

fn graph(pyc: &Pyc, unit: &Unit) -> Graph {
    let node = pyc.codes()[unit.id.0 as usize];
    let mut graph = pyc.code(node).map(|code| lift(&code, unit)).unwrap_or_default();
    graph.normalize();
    graph
}

/// The source of a file.
#[must_use]
pub fn source(pyc: &Pyc, options: Options) -> Source {
    Sources::new(pyc).module(options)
}
