//! The walk through everything that decoding leaves alone, in slices.

use super::conclusion::Gathered;
use super::flow::{Aftermath, Flow};
use super::name::Use;
use super::{header, name, path, trailing};
use crate::DiagnosticCode;
use crate::code::Item;
use crate::code::Sharing;
use crate::diagnostic::Diagnostic;
use crate::file::{Pyc, SectionKind};
use crate::inspect::check::bytecode::{Sweep, Tally};
use crate::inspect::check::jumps::JumpSweep;
use crate::inspect::check::stack::check_stack;
use crate::inspect::check::tables::{ExceptionSweep, LineSweep, check_kinds};
use crate::inspect::check::variables::check_variables;
use crate::inspect::{Bits, Finding, Report, Scope, Subject, agreeing};
use crate::limits::Limits;
use crate::marshal::{Field, NodeId, Role, Value};
use crate::span::Span;

/// What an inspection came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Damage inside bytecode and tables, besides that which [`Pyc::diagnostics`] tells.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth knowing apart from damage.
    pub findings: Vec<Finding>,
}

/// How much of the work the names are, for showing progress.
const NAMES_SHARE: f64 = 0.2;
/// Bytes of trailing data looked through for the price of one instruction.
const BYTES_PER_UNIT: usize = 64;

/// Walks through everything that decoding leaves alone, in slices: instructions, line tables, exception tables, names, flags,
/// trailing bytes. Work is linear in the file's size.
///
/// ```
/// let bytes = include_bytes!("../../../../../tests/fixtures/cpython-3.12/hello.pyc").to_vec();
/// let pyc = pycxray::Pyc::parse(bytes);
/// let mut inspector = pycxray::Inspector::new(None);
/// while !inspector.step(&pyc, 50_000) {
///     println!("{:.0} %", inspector.progress(&pyc) * 100.0);
/// }
/// let inspection = inspector.finish();
/// assert!(inspection.diagnostics.is_empty());
/// ```
#[derive(Debug)]
pub struct Inspector {
    scope: Scope,
    now: Option<u64>,
    phase: Phase,
    report: Report,
    /// Names that were looked at, by their node.
    seen: Bits,
    has_path: bool,
    work: CodeWork,
    sharing: Option<Sharing>,
    passed_over: Tally,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Header,
    Trailing { section: usize, at: u32 },
    Names { at: usize },
    Codes { at: usize },
    Done,
}

impl Inspector {
    /// Before the first byte. `now` is in seconds since 1970, UTC, and is what the time in the header is compared with.
    #[must_use]
    pub fn new(now: Option<u64>) -> Self {
        Self {
            scope: Scope::Everything,
            now,
            phase: Phase::Header,
            report: Report::new(Limits::default().diagnostics),
            seen: Bits::default(),
            has_path: false,
            work: CodeWork::default(),
            sharing: None,
            passed_over: Tally::default(),
        }
    }

    /// The same for damage alone: it comes to no findings, and in a fifth of the time.
    #[must_use]
    pub fn for_damage() -> Self {
        Self { scope: Scope::Damage, ..Self::new(None) }
    }

    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn progress(&self, pyc: &Pyc) -> f64 {
        let share = |at: usize, all: usize| at as f64 / all.max(1) as f64;
        match self.phase {
            Phase::Header | Phase::Trailing { .. } => 0.0,
            Phase::Names { at } => share(at, pyc.tree().len()) * NAMES_SHARE,
            Phase::Codes { at } => {
                let start = pyc.codes().get(at).map(|&id| pyc.tree().node(id).span.start as usize);
                NAMES_SHARE + share(start.unwrap_or(pyc.bytes().len()), pyc.bytes().len()) * (1.0 - NAMES_SHARE)
            }
            Phase::Done => 1.0,
        }
    }

    /// Goes on with the same file for about `budget` instructions; 50,000 take about a millisecond. `true` when all is done.
    pub fn step(&mut self, pyc: &Pyc, budget: u32) -> bool {
        let mut left = i64::from(budget.max(1));
        while left > 0 {
            left -= match self.phase {
                Phase::Header if self.scope == Scope::Damage => {
                    self.phase = Phase::Codes { at: 0 };
                    1
                }
                Phase::Header => {
                    header::look_at(pyc.header(), self.now, &mut self.report);
                    self.seen.reset(pyc.tree().len());
                    self.phase = Phase::Trailing { section: 0, at: 0 };
                    1
                }
                Phase::Trailing { section, at } => self.trailing(pyc, section, at, left),
                Phase::Names { at } => self.names(pyc, at, left),
                Phase::Codes { at } => self.codes(pyc, at, left),
                Phase::Done => return true,
            };
        }
        matches!(self.phase, Phase::Done)
    }

    /// Finds the next trailing bytes that are not 0; says what they look like. Returns what it cost.
    fn trailing(&mut self, pyc: &Pyc, position: usize, at: u32, budget: i64) -> i64 {
        let Some(section) = pyc.sections().get(position) else {
            self.phase = Phase::Names { at: 0 };
            return 1;
        };
        let next = Phase::Trailing { section: position + 1, at: 0 };
        if section.kind != SectionKind::Trailing {
            self.phase = next;
            return 1;
        }
        let bytes = pyc.bytes().get(section.span.start as usize + at as usize..section.span.end as usize);
        let rest = bytes.unwrap_or_default();
        let most = usize::try_from(budget).unwrap_or(1).saturating_mul(BYTES_PER_UNIT);
        let slice = &rest[..rest.len().min(most)];
        let zeros = slice.iter().all(|&byte| byte == 0);
        if zeros && slice.len() < rest.len() {
            self.phase = Phase::Trailing { section: position, at: at + slice.len() as u32 };
        } else {
            trailing::look_at(pyc, position, section.span, zeros, &mut self.report);
            self.phase = next;
        }
        1 + (slice.len() / BYTES_PER_UNIT) as i64
    }

    /// Looks at the names among some objects. Returns what it cost.
    fn names(&mut self, pyc: &Pyc, from: usize, budget: i64) -> i64 {
        let tree = pyc.tree();
        let end = tree.len().min(from.saturating_add(usize::try_from(budget).unwrap_or(1)));
        for id in (from..end).filter_map(|at| tree.id(at)) {
            let Some(used) = named_by(pyc, id) else { continue };
            let target = tree.resolve(id);
            if !self.seen.insert(target.index()) {
                continue;
            }
            let place = (tree.node(id).span, Item::Object(id));
            let (Value::Text(text) | Value::Bytes(text)) = pyc.value(target) else { continue };
            match used {
                Named::File => {
                    // One path tells it: the others of a file are the same, or beside it.
                    if !self.has_path && path::is_absolute(text) {
                        self.has_path = true;
                        path::look_at(text, place, &mut self.report);
                    }
                }
                Named::As(used) => name::look_at(text, used, pyc.python(), place, &mut self.report),
            }
        }
        self.phase = if end == tree.len() { Phase::Codes { at: 0 } } else { Phase::Names { at: end } };
        (end - from) as i64 + 1
    }

    /// Goes on with a code object. Returns what it cost.
    fn codes(&mut self, pyc: &Pyc, at: usize, budget: i64) -> i64 {
        // What another implementation's bytecode means is not known, nor what shuffled opcodes do.
        let is_unknown = pyc.detection().foreign().is_some() || pyc.detection().is_shuffled;
        let codes = if is_unknown { &[] } else { pyc.codes() };
        let Some(&id) = codes.get(at) else {
            self.close(pyc);
            self.phase = Phase::Done;
            return 1;
        };
        let Some(subject) = Subject::new(pyc, id) else {
            self.phase = Phase::Codes { at: at + 1 };
            return 1;
        };
        if self.work.stage == Stage::Begin
            && !self.sharing.get_or_insert_with(|| Sharing::new(pyc)).admits(&subject.code)
        {
            self.passed_over.add(subject.code.span().start, 1);
            self.phase = Phase::Codes { at: at + 1 };
            return 1;
        }
        let mut spent = 0;
        loop {
            let left = u32::try_from(budget - spent).unwrap_or(u32::MAX);
            let (done, cost) = self.work.step(&subject, self.scope, left, &mut self.report);
            spent += cost;
            if done {
                self.phase = Phase::Codes { at: at + 1 };
            }
            if done || spent >= budget {
                return spent;
            }
        }
    }

    fn close(&mut self, pyc: &Pyc) {
        let Tally { count, first, size } = self.passed_over;
        if count > 0 {
            let span = Span::new(first, (first + size).min(pyc.bytes().len() as u32));
            self.report.problems.warning(
                DiagnosticCode::LimitSharedTables,
                span,
                format_args!(
                    "So many code objects share tables by reference that the instructions of {} not looked at.",
                    agreeing(count, "code object was", "code objects were")
                ),
            );
        }
    }

    /// What was found up to now.
    #[must_use]
    pub fn finish(self) -> Inspection {
        let (diagnostics, findings) = self.report.finish();
        Inspection { diagnostics, findings }
    }
}

impl Pyc {
    /// The damage that decoding leaves alone: [`Inspection::diagnostics`] of [`Pyc::inspect`], without all the rest. It is looked
    /// for once.
    #[must_use]
    pub fn damage(&self) -> &[Diagnostic] {
        self.damage.get_or_init(|| {
            let mut inspector = Inspector::for_damage();
            while !inspector.step(self, u32::MAX) {}
            inspector.finish().diagnostics
        })
    }

    /// Walks through everything that decoding leaves alone. See [`Inspector`] for doing so in slices, and for `now`.
    #[must_use]
    pub fn inspect(&self, now: Option<u64>) -> Inspection {
        let mut inspector = Inspector::new(now);
        while !inspector.step(self, u32::MAX) {}
        inspector.finish()
    }
}

/// What the text of an object names.
enum Named {
    File,
    As(Use),
}

/// What this object names, if it is a name.
fn named_by(pyc: &Pyc, id: NodeId) -> Option<Named> {
    let tree = pyc.tree();
    let field = match tree.node(id).role {
        Role::Field(field) => field,
        Role::Item => match tree.node(tree.parent(id)?).role {
            Role::Field(
                field @ (Field::Names | Field::Varnames | Field::Freevars | Field::Cellvars | Field::Localsplusnames),
            ) => field,
            _ => return None,
        },
        _ => return None,
    };
    Some(match field {
        Field::Filename => Named::File,
        Field::Name => Named::As(Use::CodeName),
        Field::Qualname => Named::As(Use::QualifiedName),
        Field::Names => Named::As(Use::Name),
        Field::Varnames | Field::Freevars | Field::Cellvars | Field::Localsplusnames => Named::As(Use::Variable),
        _ => return None,
    })
}

/// What is done next with a code object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Begin,
    Sweep,
    Exceptions,
    Jumps,
    Follow,
    Aftermath,
    Lines,
    End,
}

/// The work on one code object.
#[derive(Debug, Default)]
struct CodeWork {
    stage: Stage,
    sweep: Sweep,
    exceptions: ExceptionSweep,
    jumps: JumpSweep,
    flow: Flow,
    aftermath: Aftermath,
    lines: LineSweep,
    /// How many bytes of constants were compared in this file.
    compared: usize,
}

impl CodeWork {
    /// Goes on for `budget` instructions or entries. Whether all is done, and what it cost.
    fn step(&mut self, subject: &Subject<'_>, scope: Scope, budget: u32, report: &mut Report) -> (bool, i64) {
        // Where the opcodes are but the nearest known, what they would tell is not so.
        let has_opcodes = subject.python().exact;
        let (done, size) = match self.stage {
            Stage::Begin => {
                self.sweep.begin(subject, scope);
                (true, subject.bytecode.len() / 64)
            }
            Stage::Sweep => (self.sweep.step(subject, budget, report), subject.bytecode.len() / 2),
            Stage::Exceptions => {
                let size = subject.exceptions.map_or(0, |(table, _)| table.len() / 4);
                (self.exceptions.step(subject, &self.sweep.starts, budget, report), size)
            }
            Stage::Jumps => {
                let done = !self.sweep.has_odd_jump() || self.jumps.step(subject, &self.sweep, budget, report);
                if done && scope == Scope::Everything {
                    self.flow.begin(subject, &self.exceptions);
                }
                (done, subject.bytecode.len() / 2)
            }
            Stage::Follow => (self.flow.step(subject, &self.exceptions.guards, budget), subject.bytecode.len() / 2),
            Stage::Aftermath => (self.aftermath.step(subject, &self.flow, budget), subject.bytecode.len() / 2),
            Stage::Lines => {
                let size = subject.lines.map_or(0, |(table, _)| table.len() / 2);
                (self.lines.step(subject, budget, report), size)
            }
            Stage::End => {
                check_kinds(subject, report);
                check_variables(subject, report);
                check_stack(subject, report);
                if scope == Scope::Everything && has_opcodes {
                    let Self { sweep, exceptions, jumps, flow, aftermath, lines, compared, .. } = self;
                    Gathered { sweep, exceptions, jumps, flow, aftermath, lines, compared }.conclude(subject, report);
                }
                (true, 1)
            }
        };
        if !done {
            return (false, budget.into());
        }
        self.stage = match self.stage {
            Stage::Begin if !has_opcodes => Stage::Lines,
            Stage::Begin => Stage::Sweep,
            Stage::Sweep => Stage::Exceptions,
            Stage::Exceptions => Stage::Jumps,
            // Where execution leads says nothing of damage.
            Stage::Jumps if scope == Scope::Damage => Stage::Lines,
            Stage::Jumps => Stage::Follow,
            Stage::Follow => Stage::Aftermath,
            Stage::Aftermath => Stage::Lines,
            Stage::Lines => Stage::End,
            Stage::End => {
                (self.exceptions, self.jumps, self.aftermath, self.lines) = Default::default();
                Stage::Begin
            }
        };
        (self.stage == Stage::Begin, 1 + i64::try_from(size).unwrap_or(0).min(budget.into()))
    }
}
