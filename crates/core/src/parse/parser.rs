//! The road from bytes to a [`Pyc`], in slices.

use crate::DiagnosticCode;
use crate::counted;
use std::sync::{Arc, OnceLock};

use super::detect::{self, Second, Told};
use crate::file::Detection;
use crate::file::Header;
use crate::file::IndexCache;
use crate::inspect::check::CodeCheck;
use crate::limits::Limits;
use crate::marshal::recover;
use crate::marshal::{Decoder, MARK_CUT, NodeId, Role, Stop};
use crate::python::Python;
use crate::{Pyc, Section, SectionKind, Span};

/// How to decode.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The Python to read the file as, whatever its header says.
    pub python: Option<&'static Python>,
    /// The Python that likely wrote it: that of the files beside it. It decides between those that fit equally well.
    pub likely: Option<&'static Python>,
    /// What it may cost.
    pub limits: Limits,
}

/// What is done next.
#[derive(Clone, Copy, Debug)]
enum Phase {
    /// An object is being read, the file's own or one behind damage.
    Object { start: u32, role: Role },
    /// The next code object is looked for from here on.
    Search { from: u32 },
    /// Everything is read. The code objects are looked at from this one on.
    Check { from: usize },
    /// Nothing is left to do.
    Done,
}

/// How many objects are decoded between two words on how far decoding is; they take some 50 milliseconds.
const WATCHED: u32 = 1_000_000;

/// Decodes a file, in slices.
#[derive(Debug)]
struct Parser {
    bytes: Arc<Vec<u8>>,
    /// How many of them are looked at.
    length: usize,
    header: Header,
    detection: Detection,
    decoder: Decoder<'static>,
    sections: Vec<Section>,
    phase: Phase,
    /// The file, once everything is read, and what is looked at in it.
    read: Option<(Pyc, CodeCheck)>,
    /// Whether the contents were weighed already.
    is_second: bool,
}

impl Pyc {
    /// Decodes a file with default options. It never fails: what could not be read is a [`Diagnostic`](crate::Diagnostic).
    #[must_use]
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Self {
        Self::parse_with(Arc::new(bytes.into()), Options::default())
    }

    /// Decodes a file.
    #[must_use]
    pub fn parse_with(bytes: Arc<Vec<u8>>, options: Options) -> Self {
        let mut parser = Parser::new(bytes, options);
        while !parser.step(u32::MAX) {}
        parser.finish()
    }

    /// Decodes a file, and tells now and then how much of it is decoded, as a share of 1.
    #[must_use]
    pub fn parse_watched(bytes: Arc<Vec<u8>>, options: Options, mut tell: impl FnMut(f64)) -> Self {
        let mut parser = Parser::new(bytes, options);
        while !parser.step(WATCHED) {
            tell(f64::from(parser.position()) / parser.length.max(1) as f64);
        }
        parser.finish()
    }
}

impl Parser {
    /// Looks at the header and chooses the Python; decodes nothing yet.
    fn new(bytes: Arc<Vec<u8>>, options: Options) -> Self {
        let length = bytes.len().min(options.limits.bytes as usize);
        let told = Told { choice: options.python, likely: options.likely };
        let (header, detection) = detect::detect(&bytes, length, told);
        Self::with(bytes, options.limits, header, detection)
    }

    /// Reads the file as was found.
    fn with(bytes: Arc<Vec<u8>>, limits: Limits, header: Header, detection: Detection) -> Self {
        let length = bytes.len().min(limits.bytes as usize);
        let python = detection.python;
        let mut decoder = Decoder::new(&[], python.version, python.format.code, limits);
        let mut sections = Vec::new();
        let start = detection.start;
        // What stands before the header, the header, and what is between it and the object.
        let mut covered = 0;
        for (kind, end) in [
            (SectionKind::Undecoded, if header.fields.is_empty() { start } else { header.span().start }),
            (SectionKind::Header, header.span().end),
            (SectionKind::Undecoded, start),
        ] {
            if end > covered {
                sections.push(Section { kind, span: Span::new(covered, end) });
                covered = end;
            }
        }
        detection.explain(&header, length as u32, &mut decoder.problems);
        let own_layout =
            detection.foreign().is_some() && detect::has_own_layout(&bytes, length, start, detection.python);
        if own_layout {
            let rest = Span::new(start, length as u32);
            let name = detection.foreign().map_or("its writer", |magic| magic.implementation.name());
            decoder.problems.warning(
                DiagnosticCode::ForeignCode,
                rest,
                format_args!("The code object at {start:#x} is laid out in {name}'s own way: it is not decoded."),
            );
        }
        let readable_object = !header.is_cut() && detection.is_readable() && !own_layout;
        let phase = if readable_object && (start as usize) < length {
            Phase::Object { start, role: Role::Root }
        } else {
            if length == 0 {
                decoder.problems.error(DiagnosticCode::EmptyFile, Span::at(0), format_args!("The file is empty."));
            } else if start as usize == length && header.ends_early(python.format.header) {
                decoder.problems.error(
                    DiagnosticCode::CutHeader,
                    Span::at(start),
                    format_args!("The file ends at {start:#x}, inside its header: it is cut off."),
                );
            } else if start as usize == length && !header.is_cut() {
                decoder.problems.error(
                    DiagnosticCode::CutFile,
                    Span::at(start),
                    format_args!("The file ends at {start:#x}, behind its header: it is cut off."),
                );
            }
            Phase::Check { from: 0 }
        };
        if matches!(phase, Phase::Object { .. }) {
            decoder.reserve(length);
        }
        let is_second = !detection.remarks.is_empty();
        let mut parser = Self { bytes, length, header, detection, decoder, sections, phase, read: None, is_second };
        if let Phase::Object { start, role } = parser.phase {
            parser.begin(start, role);
        }
        parser
    }

    /// How far it has come, in bytes.
    fn position(&self) -> u32 {
        match self.phase {
            Phase::Object { .. } => self.decoder.position(),
            Phase::Search { from } => from,
            Phase::Check { .. } | Phase::Done => self.length as u32,
        }
    }

    /// Goes on for `budget` objects, or as many bytes of search. `true` when all is done.
    fn step(&mut self, budget: u32) -> bool {
        match self.phase {
            Phase::Object { .. } => {
                let stop = self.with_decoder(|decoder| decoder.run(budget));
                if let Some(stop) = stop {
                    self.ended(stop);
                }
            }
            Phase::Search { from } => self.search(from, budget),
            Phase::Check { from } => self.check(from, budget),
            Phase::Done => return true,
        }
        matches!(self.phase, Phase::Done)
    }

    fn with_decoder<T>(&mut self, work: impl FnOnce(&mut Decoder<'_>) -> T) -> T {
        let idle = Decoder::idle();
        let bytes = Arc::clone(&self.bytes);
        let mut decoder = std::mem::replace(&mut self.decoder, idle).on(&bytes[..self.length]);
        let done = work(&mut decoder);
        self.decoder = decoder.on(&[]);
        done
    }

    fn begin(&mut self, start: u32, role: Role) {
        self.phase = Phase::Object { start, role };
        if let Err(stop) = self.with_decoder(|decoder| decoder.begin(start, role)) {
            self.ended(stop);
        }
    }

    /// The object that was being read has ended, one way or the other.
    fn ended(&mut self, stop: Stop) {
        let Phase::Object { start, role } = self.phase else { return };
        let end = self.decoder.position();
        let length = self.length as u32;
        let tree = &mut self.decoder.tree;
        // The object is the outermost one that begins at `start`: there is none if the file ended before it.
        let first = tree.nodes.partition_point(|node| node.span.start < start);
        if first < tree.nodes.len() {
            let id = NodeId(first as u32);
            let kind = if role == Role::Root { SectionKind::Root(id) } else { SectionKind::Recovered(id) };
            self.sections.push(Section { kind, span: Span::new(start, end) });
        }
        self.phase = match stop {
            _ if end >= length => Phase::Check { from: 0 },
            Stop::Finished if role == Role::Root && self.detection.is_row => {
                self.begin(end, role);
                return;
            }
            Stop::Finished if role == Role::Root => {
                self.sections.push(Section { kind: SectionKind::Trailing, span: Span::new(end, length) });
                Phase::Check { from: 0 }
            }
            Stop::Finished => Phase::Search { from: end },
            // Where nothing follows that could be read apart, the file was cut off inside this string.
            Stop::Damaged { cut: Some(string) } if !self.has_code_behind(end) => {
                self.give_rest_to(string);
                Phase::Check { from: 0 }
            }
            Stop::Damaged { .. } => Phase::Search { from: end },
            Stop::Limit => {
                self.sections.push(Section { kind: SectionKind::Undecoded, span: Span::new(end, length) });
                Phase::Check { from: 0 }
            }
        };
    }

    fn has_code_behind(&self, end: u32) -> bool {
        recover::find_code(&self.bytes[..self.length], end, u32::MAX, self.detection.python) != recover::Found::Nothing
    }

    /// The rest of the file belongs to this string, and so to all that it stands in.
    fn give_rest_to(&mut self, string: NodeId) {
        let length = self.length as u32;
        let mut at = Some(string);
        while let Some(id) = at {
            let node = &mut self.decoder.tree.nodes[id.index()];
            node.span.end = length;
            node.marks |= MARK_CUT;
            at = self.decoder.tree.parent(id);
        }
        if let Some(section) = self.sections.last_mut() {
            section.span.end = length;
        }
    }

    fn search(&mut self, from: u32, budget: u32) {
        let length = self.length as u32;
        match recover::find_code(&self.bytes[..self.length], from, budget, self.detection.python) {
            recover::Found::Code(start) => {
                self.undecoded(Span::new(self.covered(), start));
                self.decoder.problems.note(DiagnosticCode::RecoveredCode, Span::new(start, start + 1), format_args!("A code object was found at {start:#x}, behind the damage. What its references lead to is not known."));
                self.begin(start, Role::Recovered);
            }
            recover::Found::NothingYet(from) => self.phase = Phase::Search { from },
            recover::Found::Nothing => {
                self.undecoded(Span::new(self.covered(), length));
                self.phase = Phase::Check { from: 0 };
            }
        }
    }

    /// Up to where the sections reach.
    fn covered(&self) -> u32 {
        self.sections.last().map_or(0, |section| section.span.end)
    }

    fn undecoded(&mut self, span: Span) {
        if !span.is_empty() {
            self.sections.push(Section { kind: SectionKind::Undecoded, span });
            let (start, bytes) = (span.start, counted(span.len(), "byte"));
            self.decoder.problems.error(
                DiagnosticCode::Undecoded,
                span,
                format_args!("From {start:#x} on, {bytes} could not be decoded."),
            );
        }
    }

    /// The file as far as it was read; the decoder keeps the diagnostics.
    fn close(&mut self) -> Pyc {
        let length = self.bytes.len() as u64;
        let covered = self.covered();
        let readable = self.length as u32;
        if covered < readable {
            self.sections.push(Section { kind: SectionKind::Undecoded, span: Span::new(covered, readable) });
        }
        if length > self.length as u64 {
            let end = u32::try_from(length).unwrap_or(u32::MAX);
            let span = Span::new(readable, end);
            self.sections.push(Section { kind: SectionKind::Undecoded, span });
            self.decoder.problems.error(
                DiagnosticCode::LimitBytes,
                span,
                format_args!("The file has {length} bytes; the first {readable} are decoded."),
            );
        }
        let mut tree = std::mem::take(&mut self.decoder.tree);
        // Room was made for more objects than most files have, and doubled where one has still more.
        if tree.nodes.capacity() / 4 > tree.nodes.len() / 3 {
            tree.nodes.shrink_to_fit();
        }
        Pyc {
            bytes: Arc::clone(&self.bytes),
            header: std::mem::take(&mut self.header),
            detection: self.detection.clone(),
            tree,
            sections: std::mem::take(&mut self.sections),
            codes: std::mem::take(&mut self.decoder.codes),
            diagnostics: Vec::new(),
            indexes: IndexCache::default(),
            damage: OnceLock::new(),
        }
    }

    /// Closes the file, and looks whether its contents contradict its magic number: if so, it is read anew, and there is none
    /// yet.
    fn close_once(&mut self) -> Option<(Pyc, CodeCheck)> {
        let pyc = self.close();
        if !std::mem::replace(&mut self.is_second, true) {
            match detect::reconsider(&pyc, self.length, self.decoder.problems.has_errors()) {
                Second::Same => {}
                Second::Remark(remark) => self.decoder.problems.put_first(remark),
                Second::Other(header, detection) => {
                    *self = Self::with(Arc::clone(&self.bytes), self.decoder.limits(), header, detection);
                    self.is_second = true;
                    return None;
                }
            }
        }
        Some((pyc, CodeCheck::default()))
    }

    /// Looks at some code objects, if there is a reason to.
    fn check(&mut self, from: usize, budget: u32) {
        let Some((pyc, mut check)) = self.read.take().or_else(|| self.close_once()) else { return };
        let count = if self.decoder.has_odd_fields { pyc.codes().len() } else { 0 };
        let end = count.min(from.saturating_add(budget as usize));
        for &id in &pyc.codes()[from..end] {
            check.look_at(&pyc, id, &mut self.decoder.problems);
        }
        self.read = Some((pyc, check));
        self.phase = if end < count { Phase::Check { from: end } } else { Phase::Done };
    }

    /// The outcome, once all is done.
    fn finish(mut self) -> Pyc {
        let (mut pyc, _) = self.read.take().unwrap_or_else(|| (self.close(), CodeCheck::default()));
        pyc.diagnostics = self.decoder.problems.finish();
        pyc
    }
}
