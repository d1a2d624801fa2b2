//! Sound files, spoiled in every way that is known, and what pycxray takes them for.

mod ways;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pycxray::python::Python;
use pycxray::{Basis, Limits, Options, Pyc, schema};
use serde_json::Value;

use crate::interpreter::{Interpreter, files};
use ways::{Spoiled, Whole};

/// How many files that were surely wrong are told of.
const SHOWN: usize = 10;

/// What spoiled files were taken for, way by way.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) title: String,
    /// A way and how often each came of it.
    pub(crate) ways: Vec<(&'static str, Counts)>,
}

/// How often a file was taken for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Read as the Python that wrote it.
    pub(crate) right: usize,
    /// Read as another, but the right one is said to be possible.
    pub(crate) open: usize,
    /// Read as another or as nothing, the right one not being named, but not for sure.
    pub(crate) wrong: usize,
    /// Read as another, and no doubt is left.
    pub(crate) surely_wrong: usize,
}

impl Counts {
    pub(crate) fn all(&self) -> usize {
        self.right + self.open + self.wrong + self.surely_wrong
    }

    fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Right => &mut self.right,
            Verdict::Open => &mut self.open,
            Verdict::Wrong => &mut self.wrong,
            Verdict::SurelyWrong => &mut self.surely_wrong,
        } += 1;
    }

    /// Whether none is surely wrong, and of 100 hardly one is neither right nor rightly open.
    pub(crate) fn is_good(&self) -> bool {
        self.surely_wrong == 0 && self.wrong * 100 <= self.all()
    }

    fn join(&mut self, other: &Self) {
        self.right += other.right;
        self.open += other.open;
        self.wrong += other.wrong;
        self.surely_wrong += other.surely_wrong;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Right,
    Open,
    Wrong,
    SurelyWrong,
}

impl Tally {
    /// Lets an interpreter compile its standard library, spoils each file in every way, and sees what pycxray takes that for.
    pub(crate) fn of(interpreter: &Interpreter, limit: usize) -> Result<Self, String> {
        let writer = interpreter.python().ok_or_else(|| "pycxray does not know this version".to_owned())?;
        interpreter.in_folder(|out| {
            interpreter.compile(out, limit)?;
            Self::counted(&interpreter.title, &files(out, "pyc")?, writer)
        })
    }

    /// Spoils each of the files, all of which this Python wrote.
    fn counted(title: &str, files: &[PathBuf], writer: &'static Python) -> Result<Self, String> {
        let next = AtomicUsize::new(0);
        let tally = Mutex::new(Self { title: title.to_owned(), ways: Vec::new() });
        let shown = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let Ok(bytes) = fs::read(path) else { continue };
                        for (way, verdict, said) in of_file(bytes, writer) {
                            if let Ok(mut tally) = tally.lock() {
                                tally.add(way, verdict);
                            }
                            let is_told = matches!(verdict, Verdict::Wrong | Verdict::SurelyWrong)
                                && shown.fetch_add(1, Ordering::Relaxed) < SHOWN;
                            if is_told {
                                let name = path.file_name().unwrap_or_default().to_string_lossy();
                                eprintln!("  {verdict:?}: {name}, {way}: {said}");
                            }
                        }
                    }
                });
            }
        });
        tally.into_inner().map_err(|error| error.to_string())
    }

    fn add(&mut self, way: &'static str, verdict: Verdict) {
        let at = self.ways.iter().position(|(name, _)| *name == way).unwrap_or_else(|| {
            self.ways.push((way, Counts::default()));
            self.ways.len() - 1
        });
        self.ways[at].1.add(verdict);
    }
}

/// What came of all files, way by way.
pub(crate) fn by_way(tallies: &[Tally]) -> Vec<(&str, Counts)> {
    let mut ways: Vec<(&str, Counts)> = Vec::new();
    for tally in tallies {
        let mut next = 0;
        for (way, counts) in &tally.ways {
            // One that the files of earlier interpreters do not have comes behind the one that it follows here.
            let at = ways.iter().position(|(name, _)| name == way).unwrap_or_else(|| {
                ways.insert(next, (way, Counts::default()));
                next
            });
            ways[at].1.join(counts);
            next = at + 1;
        }
    }
    ways
}

/// What came of the files of each interpreter.
pub(crate) fn by_interpreter(tallies: &[Tally]) -> Vec<(&str, Counts)> {
    let sum = |tally: &Tally| {
        let mut sum = Counts::default();
        tally.ways.iter().for_each(|(_, counts)| sum.join(counts));
        sum
    };
    tallies.iter().map(|tally| (tally.title.as_str(), sum(tally))).collect()
}

/// What comes of a file in each way, with what it was taken for.
fn of_file(bytes: Vec<u8>, writer: &'static Python) -> Vec<(&'static str, Verdict, String)> {
    let whole = Whole::new(bytes, writer);
    let codes = Pyc::parse(whole.bytes.clone()).codes().len();
    let judged = ways::all(&whole).into_iter().map(|spoiled| {
        let pyc = Pyc::parse(spoiled.bytes.clone());
        let (verdict, detection) = (verdict(&pyc, &spoiled, writer, codes), pyc.detection());
        let sure = if detection.certain { "surely" } else { "perhaps" };
        let said =
            format!("{sure} {}, by {:?}; {} code objects", detection.writers(), detection.basis, pyc.codes().len());
        (spoiled.way, verdict, said)
    });
    judged.collect()
}

fn verdict(pyc: &Pyc, spoiled: &Spoiled, writer: &'static Python, codes: usize) -> Verdict {
    let is_writer =
        |python: &Python| (python.implementation, python.version) == (writer.implementation, writer.version);
    let detection = pyc.detection();
    // Nothing was found, or not all that is still there.
    if detection.basis == Basis::Nothing || (spoiled.keeps_code && pyc.codes().len() != codes) {
        return Verdict::Wrong;
    }
    if is_writer(detection.python) || spoiled.named.is_some_and(|named| is_same_as(pyc, named, writer)) {
        return Verdict::Right;
    }
    match detection.candidates.iter().any(|python| is_writer(python)) {
        _ if detection.certain => Verdict::SurelyWrong,
        true => Verdict::Open,
        false => Verdict::Wrong,
    }
}

/// Whether the file says the very same as that of the Python that its magic number names, and is read as that: then nobody can
/// tell, not even the interpreters.
fn is_same_as(pyc: &Pyc, named: &'static Python, writer: &'static Python) -> bool {
    let read_as = |python| {
        let options = Options { python: Some(python), ..Options::default() };
        let json = schema::to_json(&Pyc::parse_with(Arc::new(pyc.bytes().to_vec()), options), None, Limits::default());
        serde_json::from_str::<Value>(&json).map(|value| value["codes"].clone()).ok()
    };
    std::ptr::eq(pyc.python(), named)
        && read_as(named).is_some_and(|codes| read_as(writer).is_some_and(|others| codes == others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pycxray::{Implementation, Version, python};

    fn find(minor: u8) -> &'static Python {
        python::find(Implementation::CPython, Version::new(3, minor)).expect("a known version")
    }

    fn fixture(name: &str) -> Vec<u8> {
        fs::read(format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a fixture")
    }

    #[test]
    fn a_sound_file_is_right_in_every_way() {
        for (name, minor) in [("cpython-3.8/three.pyc", 8), ("cpython-3.12/three.pyc", 12)] {
            for (way, verdict, said) in of_file(fixture(name), find(minor)) {
                assert!(matches!(verdict, Verdict::Right | Verdict::Open), "{name}, {way}: {verdict:?}, {said}");
            }
        }
    }

    #[test]
    fn the_ways_of_all_interpreters_keep_their_order() {
        let counts = Counts { right: 1, ..Counts::default() };
        let tally = |ways: &[&'static str]| Tally {
            title: String::new(),
            ways: ways.iter().map(|&way| (way, counts)).collect(),
        };
        let rows = [tally(&["a", "c"]), tally(&["a", "b", "c"])];
        let joined: Vec<(&str, usize)> = by_way(&rows).into_iter().map(|(way, counts)| (way, counts.right)).collect();
        assert_eq!(joined, [("a", 2), ("b", 1), ("c", 2)]);
        assert_eq!(by_interpreter(&rows).iter().map(|(_, counts)| counts.right).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn what_is_taken_for_anothers_is_surely_wrong() {
        let bytes = fixture("cpython-3.12/three.pyc");
        let codes = Pyc::parse(bytes.clone()).codes().len();
        let spoiled = Spoiled { way: "", bytes: bytes.clone(), keeps_code: true, named: None };
        let pyc = Pyc::parse(bytes);
        assert_eq!(verdict(&pyc, &spoiled, find(12), codes), Verdict::Right);
        assert_eq!(verdict(&pyc, &spoiled, find(8), codes), Verdict::SurelyWrong);
        assert_eq!(verdict(&pyc, &spoiled, find(12), codes + 1), Verdict::Wrong);
        // The magic number of 3.12 over what 3.12 alone writes is no excuse.
        let named = Spoiled { named: Some(find(12)), ..spoiled };
        assert_eq!(verdict(&pyc, &named, find(11), codes), Verdict::SurelyWrong);
    }
}
