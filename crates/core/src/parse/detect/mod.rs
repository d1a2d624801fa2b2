//! Which Python wrote the file: the magic number, the user's word and the contents, weighed against each other.
//!
//! What reads cleanly from its first byte to its last wins. A known magic number is believed as long as the contents do not
//! contradict it, and it decides between Pythons that fit equally well; what the interpreter that it names would load is shown
//! as that one's, unless all of it reads as another's and hardly any of it as its own.

mod evidence;
mod head;
mod instructions;
mod rank;
mod remark;
mod start;
mod trial;

use std::sync::Arc;

use evidence::SLIGHT;
use head::Head;
use rank::{Ranked, rank, settle};
use trial::{Trial, trial};

use crate::diagnostic::Diagnostic;
use crate::file::magic::{self, Magic};
use crate::file::{Basis, Detection, Header, Transport};
use crate::marshal::Kind;
use crate::marshal::recover::{self, Found};
use crate::python::{self, Python};
use crate::version::Implementation;
use crate::{Pyc, SectionKind};

/// How far behind the start a code object is looked for that no header precedes, in bytes.
const SEARCHED: u32 = 1 << 20;
/// How many bytes at the front tell whether a file is text.
const TEXT_SAMPLE: usize = 4096;

/// A header with a known magic number that begins before this offset is believed rather than one of an unknown number in front of
/// the same object.
const NEAR: u32 = 16;
/// So much must speak against the Python that a magic number names before it is not believed: one thing that no compiler writes,
/// not mere style.
const ENOUGH: u32 = 15;

/// What the user says of the file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    /// The Python to read it as, whatever it holds.
    pub(crate) choice: Option<&'static Python>,
    /// The Python that likely wrote it.
    pub(crate) likely: Option<&'static Python>,
}

/// Reads the header and finds the Python.
pub(crate) fn detect(bytes: &Arc<Vec<u8>>, length: usize, told: Told) -> (Header, Detection) {
    let readable = &bytes[..length];
    // A magic number that begins with the `?` of a transfer is another's.
    let is_replaced = readable.first() == Some(&b'?') && Transport::of(readable) == Some(Transport::SevenBit);
    let known = readable.first_chunk::<4>().and_then(|first| magic::of(*first)).filter(|_| !is_replaced);
    let (header, mut detection) = match known {
        Some(found) => by_magic(bytes, length, found),
        None => by_contents(bytes, length, told),
    };
    if let Some(choice) = told.choice {
        // Of several releases of that version, the one that wrote such files.
        let own = detection.magic.map(Magic::python).filter(|own| is_release_of(own, choice));
        let python = own.unwrap_or(choice);
        let chosen = Detection::new(python, Basis::Choice, detection.start);
        detection =
            Detection { magic: detection.magic, is_row: detection.is_row, remarks: detection.remarks, ..chosen };
    }
    (header, detection)
}

/// Whether one is a release of the same version as another, not a pre-release.
fn is_release_of(python: &'static Python, other: &Python) -> bool {
    (python.implementation, python.version) == (other.implementation, other.version)
        && python::released().any(|release| std::ptr::eq(release, python))
}

fn by_magic(bytes: &Arc<Vec<u8>>, length: usize, found: magic::Found) -> (Header, Detection) {
    let magic = by_first_object(bytes, length, found);
    let python = magic.python();
    let header = Header::read(&bytes[..length], 0, python.format.header);
    let mut detection = Detection::new(python, Basis::Magic, header.span().end);
    detection.candidates.extend(magic.sharing().filter(|other| other.version != python.version));
    detection.certain = detection.candidates.len() == 1 && !magic.is_inferred;
    detection.magic = Some(magic);
    (header, detection)
}

/// Who wrote a file of this magic number, where two write the same: 3531 is that of CPython 3.12 and of one RustPython. What
/// CPython can load is CPython's.
fn by_first_object(bytes: &Arc<Vec<u8>>, length: usize, found: magic::Found) -> &'static Magic {
    let Some(other) = found.other else { return found.magic };
    let start = Header::read(&bytes[..length], 0, found.magic.python().format.header).span().end;
    if other.implementation != Implementation::RustPython {
        return found.magic;
    }
    // It never sets FLAG_REF on its code object.
    let may_be_other = bytes[..length].get(start as usize) == Some(&b'c')
        && !layouts(None).iter().any(|python| recover::is_plausible(&bytes[..length], start, python));
    if may_be_other && has_own_layout(bytes, length, start, found.magic.python()) { other } else { found.magic }
}

/// Whether a code object begins there that is laid out otherwise than this Python does it.
pub(crate) fn has_own_layout(bytes: &Arc<Vec<u8>>, length: usize, start: u32, python: &'static Python) -> bool {
    let is_code = bytes[..length].get(start as usize).is_some_and(|&code| Kind::of(code).is_code());
    let head = Head { header: 0, start, magic: None, end: None };
    is_code && !trial(bytes, length, head, python).is_some_and(|trial| trial.has_whole_code())
}

/// A Python for each layout of code objects: the newest that has it, or the one that the user wants.
fn layouts(choice: Option<&'static Python>) -> Vec<&'static Python> {
    if let Some(python) = choice {
        return vec![python];
    }
    let mut layouts: Vec<&'static Python> = Vec::new();
    for python in python::released() {
        match layouts.iter_mut().find(|known| known.format.code == python.format.code) {
            // Others may have a layout of their own, or that of a CPython.
            Some(known) if python.implementation == Implementation::CPython => *known = python,
            Some(_) => {}
            None => layouts.push(python),
        }
    }
    layouts
}

/// Whether the file is text: marshalled objects have zeros in their lengths and numbers.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(TEXT_SAMPLE)];
    sample.iter().all(|&byte| byte >= b' ' && byte != 0x7f || matches!(byte, b'\t'..=b'\r' | 0x1b))
}

/// The Python of a file that begins with no known magic number.
fn by_contents(bytes: &Arc<Vec<u8>>, length: usize, told: Told) -> (Header, Detection) {
    let readable = &bytes[..length];
    let layouts = layouts(told.choice);
    let try_at = |head: Head| layouts.iter().filter_map(move |python| trial(bytes, length, head, python));
    let nothing = || {
        let mut nothing = Detection::new(layouts.last().copied().unwrap_or_else(python::latest), Basis::Nothing, 0);
        nothing.certain = false;
        spoiled(readable, (Header::default(), nothing))
    };
    if is_text(readable) && told.choice.is_none() {
        return nothing();
    }
    let foreign = head::behind_foreign_bytes(readable, &layouts);
    let (near, far): (Vec<Head>, Vec<Head>) = foreign.into_iter().partition(|head| head.header < NEAR);
    let near = plausible(readable, near, &layouts, bytes, length);
    let bare = Head { header: 0, start: 0, magic: None, end: None };
    let listed = head::behind_py2exe(readable).into_iter().chain([bare]).flat_map(try_at);
    let listed: Vec<Trial> = listed.filter(|trial| !trial.is_code).collect();
    let plain = plausible(readable, head::plain(readable).collect(), &layouts, bytes, length);
    let far = plausible(readable, far, &layouts, bytes, length);
    for trials in [&near, &listed, &plain, &far] {
        if let Some(found) = conclude(readable, &clean(trials), told.likely) {
            return match Transport::of(readable) {
                // What has read to its end lacks nothing.
                Some(Transport::SevenBit) => found,
                _ => spoiled(readable, found),
            };
        }
    }
    if let Some(magic) = magic::of_revision(readable) {
        let python = magic.python();
        let header = Header::read(readable, 0, python.format.header);
        let mut detection = Detection::new(python, Basis::Magic, header.span().end);
        detection.magic = Some(magic);
        return (header, detection);
    }
    let distant: Vec<Trial> = distant_heads(readable, &layouts).into_iter().flat_map(try_at).collect();
    // A header behind a first byte that is foreign can be one that a transfer spoiled.
    let (near, far) = if Transport::of(readable).is_some() { (&[][..], &[][..]) } else { (&near[..], &far[..]) };
    for trials in [&clean(&distant), &farthest(&plain), &farthest(near), &farthest(far), &farthest(&distant)] {
        if let Some(found) = conclude(readable, trials, told.likely) {
            return spoiled(readable, found);
        }
    }
    nothing()
}

/// What was found, and what a transfer has done to the file.
fn spoiled(bytes: &[u8], (header, mut detection): (Header, Detection)) -> (Header, Detection) {
    let transport = Transport::of(bytes).filter(|transport| *transport != Transport::Bom && detection.magic.is_none());
    if let Some(transport) = transport {
        detection.believe(transport.pythons(bytes));
        detection.remarks.push(remark::transport(transport, bytes.len()));
    }
    (header, detection)
}

/// The trials at those of the places where a code object seems to begin.
fn plausible(
    readable: &[u8],
    heads: Vec<Head>,
    layouts: &[&'static Python],
    bytes: &Arc<Vec<u8>>,
    length: usize,
) -> Vec<Trial> {
    let pairs = heads.into_iter().flat_map(|head| layouts.iter().map(move |python| (head, *python)));
    let seems = pairs.filter(|(head, python)| recover::is_plausible(readable, head.start, python));
    seems.filter_map(|(head, python)| trial(bytes, length, head, python)).collect()
}

/// Those that read to their end without a fault.
fn clean(trials: &[Trial]) -> Vec<&Trial> {
    trials.iter().filter(|trial| trial.is_clean).collect()
}

/// Those that made sense of most, if that is at least a bytecode.
fn farthest(trials: &[Trial]) -> Vec<&Trial> {
    let most = trials.iter().filter(|trial| trial.has_bytecode()).map(Trial::reach).max();
    trials.iter().filter(|trial| Some(trial.reach()) == most && trial.has_bytecode()).collect()
}

/// The first code object at all, where no header precedes it.
fn distant_heads(bytes: &[u8], layouts: &[&'static Python]) -> Vec<Head> {
    let found = layouts.iter().filter_map(|python| match recover::find_code(bytes, 0, SEARCHED, python) {
        Found::Code(start) => Some(start),
        Found::NothingYet(_) | Found::Nothing => None,
    });
    found.min().map(|start| Head { header: start, start, magic: None, end: None }).into_iter().collect()
}

/// The header and the Python that these trials come to, with what is to be said of them; `None` if none of them convinces.
fn conclude(bytes: &[u8], trials: &[&Trial], likely: Option<&'static Python>) -> Option<(Header, Detection)> {
    let ranked = rank(trials, likely);
    let best = ranked.first().filter(|best| best.weight.is_light() || best.trial.is_clean)?;
    let head = best.trial.head;
    let mut detection = settle(&ranked)?;
    if let Some(magic) = head.magic {
        detection.hold_against(magic, is_close(&ranked, magic.python(), head));
    }
    if likely.is_some_and(|likely| best.trial.is_clean && std::ptr::eq(likely, detection.python)) {
        detection.has_siblings = detection.candidates.len() > 1;
        detection.candidates.truncate(1);
        detection.certain = true;
    }
    detection.remarks.extend(remark::foreign_bytes(bytes, head));
    detection.remarks.extend(remark::odd_header(head));
    detection.remarks.extend(remark::other_version(&detection, head));
    detection.remarks.extend(remark::shuffled(&detection, bytes.len()));
    Some((head.read(bytes), detection))
}

/// Whether hardly more speaks against this Python than against the first.
fn is_close(ranked: &[Ranked<'_>], python: &'static Python, head: Head) -> bool {
    let bound = ranked.first().map_or(0, |best| best.weight.against + SLIGHT);
    ranked.iter().any(|ranked| {
        ranked.weight.against <= bound && std::ptr::eq(ranked.python, python) && ranked.trial.head == head
    })
}

/// What a second look at a file came to whose magic number is known.
pub(crate) enum Second {
    /// It is as the magic number says.
    Same,
    /// It is, but something is to be said.
    Remark(Diagnostic),
    /// It is to be read otherwise.
    Other(Header, Detection),
}

/// Whether the contents of a file contradict its magic number, now that it is decoded as that says.
pub(crate) fn reconsider(pyc: &Pyc, length: usize, has_errors: bool) -> Second {
    let detection = &pyc.detection;
    let Some(magic) = detection.magic.filter(|_| detection.basis == Basis::Magic && detection.foreign().is_none())
    else {
        return Second::Same;
    };
    let root = pyc.sections.iter().find_map(|section| match section.kind {
        SectionKind::Root(id) => Some(pyc.tree.node(id)),
        _ => None,
    });
    let is_whole = root.is_some_and(|root| root.kind.is_code() && root.is_complete());
    let python = detection.python;
    let is_own = || evidence::against_own(pyc).against <= SLIGHT && instructions::has_all(pyc, python);
    if is_whole && !has_errors && (!python.exact || is_own()) {
        return Second::Same;
    }
    let bytes = pyc.shared_bytes();
    let readable = &bytes[..length];
    let own_head = Head { header: 0, start: detection.start, magic: Some(magic), end: None };
    let other = if is_whole {
        as_another_python(&bytes, length, own_head)
    } else {
        let layouts = layouts(None);
        let heads = head::plain(readable).chain(head::behind_foreign_bytes(readable, &layouts)).collect();
        let trials = plausible(readable, heads, &layouts, &bytes, length);
        conclude(readable, &clean(&trials), None)
    };
    match other {
        Some((header, detection)) => Second::Other(header, detection),
        None => remark::spoiled(readable, is_whole, has_errors).map_or(Second::Same, Second::Remark),
    }
}

/// The Python that the contents are of, where the one named by the magic number would load them too: little may speak against
/// it, and four times as much against the one that is named. What that one lays out without a fault is not read in another's
/// layout, and what that one runs from end to end is shown as its own: it would be what runs that is hidden.
fn as_another_python(bytes: &Arc<Vec<u8>>, length: usize, head: Head) -> Option<(Header, Detection)> {
    let named = head.magic?.python();
    if !named.exact {
        return None;
    }
    let mut pythons = layouts(None);
    pythons.retain(|python| python.format.code != named.format.code);
    pythons.push(named);
    let trials: Vec<Trial> = pythons.iter().filter_map(|python| trial(bytes, length, head, python)).collect();
    let mut trials = clean(&trials);
    if trials.iter().any(|trial| trial.layout == named.format.code) {
        trials.retain(|trial| trial.layout == named.format.code);
    }
    let ranked = rank(&trials, None);
    let best = ranked.first()?;
    // Where it is not even among those that decode without a fault, everything speaks against it.
    let own = ranked.iter().find(|ranked| std::ptr::eq(ranked.python, named));
    let against = own.map_or(u32::MAX, |own| own.weight.against);
    let is_clear = best.weight.is_light() && best.weight.against * 4 + ENOUGH < against;
    if let Some(own) = own.filter(|own| own.weight.is_harmless()) {
        // Compilers leave functions whose lines go on where code that is never run was taken away, but no such module.
        let is_odd = evidence::against_outermost(&own.trial.pyc, named).against > SLIGHT;
        return (is_clear && is_odd).then(|| as_either(&bytes[..length], head, settle(&ranked))).flatten();
    }
    if is_clear {
        return conclude(&bytes[..length], &trials, None);
    }
    let own = own?;
    if !own.weight.is_shuffled() {
        let is_closer = best.weight.is_light() && best.weight.against + SLIGHT < against;
        return is_closer.then(|| as_either(&bytes[..length], head, settle(&ranked))).flatten();
    }
    if start::runs(&own.trial.pyc, named) {
        return None;
    }
    let mut detection = Detection::new(named, Basis::Magic, head.start);
    detection.magic = head.magic;
    detection.is_shuffled = true;
    detection.remarks.extend(remark::shuffled(&detection, length));
    Some((head.read(&bytes[..length]), detection))
}

/// What can be of the Python named by the magic number, but is as others write it: shown as the former's, but openly.
fn as_either(bytes: &[u8], head: Head, others: Option<Detection>) -> Option<(Header, Detection)> {
    let (magic, mut others) = (head.magic?, others?);
    let named = magic.python();
    let mut detection = Detection::new(named, Basis::Magic, head.start);
    others.magic = Some(magic);
    detection.magic = Some(magic);
    detection.candidates.extend(others.candidates.iter().filter(|other| !std::ptr::eq(**other, named)));
    detection.certain = false;
    detection.remarks.push(remark::either_version(&others, magic, head));
    Some((head.read(bytes), detection))
}

impl Detection {
    /// Weighs the contents against a magic number: where `is_close` it is believed.
    fn hold_against(&mut self, magic: &'static Magic, is_close: bool) {
        let named = magic.python();
        self.magic = Some(magic);
        if is_close {
            self.python = named;
            self.basis = Basis::Magic;
            self.candidates = vec![named];
            self.candidates.extend(magic.sharing().filter(|other| other.version != named.version));
            self.certain = self.candidates.len() == 1;
            return;
        }
        if magic.sharing().any(|other| std::ptr::eq(other, self.python)) {
            self.basis = Basis::Magic;
            return;
        }
        self.candidates.push(named);
        self.certain = false;
    }

    /// Reads the file as the first of these Pythons after all.
    fn believe(&mut self, pythons: Vec<&'static Python>) {
        if let Some(&python) = pythons.first() {
            self.python = python;
            self.basis = Basis::Evidence;
            self.candidates = pythons;
            self.certain = false;
        }
    }
}
