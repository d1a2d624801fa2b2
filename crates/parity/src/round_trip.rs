//! Source held against the interpreter: what it compiles to must be what it was made of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pycxray::{NodeId, Pyc};
use pycxray_source::{Options, Source, Verdict, is_supported};
use serde_json::Value;

use crate::interpreter::{Interpreter, files};

/// What came of the source of an interpreter's standard library.
#[derive(Debug, Default)]
pub(crate) struct RoundTrip {
    pub(crate) title: String,
    pub(crate) modules: usize,
    /// Modules whose source compiles.
    pub(crate) compiling: usize,
    /// Modules that are the same as a whole, bit by bit but for lines and stack sizes.
    pub(crate) whole: usize,
    pub(crate) codes: usize,
    /// Code objects that have the same instructions, but for NOPs, the encoding of jumps and the order of tables.
    pub(crate) same: usize,
    /// Code objects whose source is said to be proved.
    pub(crate) proved: usize,
    /// Those of them that have other instructions, or none.
    pub(crate) other_instructions: usize,
    /// Those of them that do something else: a defect of the first rank.
    pub(crate) different: usize,
    /// How often what kept a code object from being proved did so.
    pub(crate) reasons: BTreeMap<String, usize>,
}

impl RoundTrip {
    /// Lets an interpreter compile its standard library, and again what source is made of that.
    pub(crate) fn of(interpreter: &Interpreter, limit: usize) -> Result<Self, String> {
        interpreter.in_folder(|out| {
            interpreter.compile(out, limit)?;
            write_source(out)?;
            interpreter.compile_again(out, limit)?;
            Self::counted(interpreter, out)
        })
    }

    /// Counts what the interpreter says of what was written.
    fn counted(interpreter: &Interpreter, out: &Path) -> Result<Self, String> {
        let mut row = Self { title: interpreter.title.clone(), ..Self::default() };
        for path in files(out, "text")? {
            let same = fs::read(path.with_extension("same.json")).map_err(|error| error.to_string())?;
            let same: Value = serde_json::from_slice(&same).map_err(|error| error.to_string())?;
            row.module(&path, &same)?;
        }
        Ok(row)
    }

    fn module(&mut self, path: &Path, same: &Value) -> Result<(), String> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let pyc = read(&path.with_extension("pyc"))?;
        let source = pycxray_source::source(&pyc, Options::default());
        self.modules += 1;
        self.codes += source.verdicts.len();
        self.count_verdicts(&source);
        if let Some(error) = same["error"].as_str() {
            eprintln!("  {name} does not compile: {error}");
            return Ok(());
        }
        self.compiling += 1;
        self.whole += usize::from(same["whole"] == true);
        let again = read(&path.with_extension("again"))?;
        let codes = same["codes"].as_array().map(Vec::as_slice).unwrap_or_default();
        if codes.len() != source.verdicts.len() {
            return Err(format!("{name}: the interpreter counts {} code objects", codes.len()));
        }
        for (index, (code, (node, verdict))) in codes.iter().zip(&source.verdicts).enumerate() {
            self.same += usize::from(code[1] == true);
            if code[1] == true || *verdict != Verdict::Proved {
                continue;
            }
            self.other_instructions += 1;
            if code[0].is_null() && is_in_unproved(&pyc, *node, &source) {
                continue;
            }
            let counterpart = code[0].as_u64().and_then(|number| usize::try_from(number).ok());
            let differs = match counterpart {
                Some(counterpart) => pycxray_source::compare((&pyc, index), (&again, counterpart)).err(),
                None => Some("it is not there".to_owned()),
            };
            let Some(differs) = differs else { continue };
            self.different += 1;
            let called = pyc.code(*node).and_then(|code| code.text(pycxray::Field::Name)).unwrap_or_default();
            let called = String::from_utf8_lossy(called);
            eprintln!("  {name}: {called} is proved, but different: {differs} ({})", code[2]);
        }
        Ok(())
    }

    fn count_verdicts(&mut self, source: &Source) {
        for (_, verdict) in &source.verdicts {
            match verdict {
                Verdict::Proved => self.proved += 1,
                other => *self.reasons.entry(kind(&other.to_string())).or_default() += 1,
            }
        }
    }

    /// The reasons that most code objects are not proved for.
    pub(crate) fn most_frequent(&self, count: usize) -> Vec<(&str, usize)> {
        let mut reasons: Vec<_> = self.reasons.iter().map(|(reason, &count)| (reason.as_str(), count)).collect();
        reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        reasons.truncate(count);
        reasons
    }
}

/// Writes the source of each file in `out` beside it.
fn write_source(out: &Path) -> Result<(), String> {
    for path in files(out, "pyc")? {
        let pyc = read(&path)?;
        if !is_supported(&pyc) {
            return Err("there is no source for its files yet".to_owned());
        }
        let source = pycxray_source::source(&pyc, Options::default());
        fs::write(path.with_extension("text"), &source.text).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Whether what a code object stands in is not proved: where that cannot be told, what is behind is no longer compiled.
fn is_in_unproved(pyc: &Pyc, node: NodeId, source: &Source) -> bool {
    let around = std::iter::successors(pyc.tree().parent(node), |&node| pyc.tree().parent(node));
    let mut verdicts = around.filter_map(|node| source.verdicts.iter().find(|(code, _)| *code == node));
    verdicts.any(|(_, verdict)| *verdict != Verdict::Proved)
}

/// A reason without its numbers and names, so that like ones are counted together.
fn kind(reason: &str) -> String {
    let mut quoted = false;
    let kept = reason.chars().filter(|&character| {
        quoted ^= character == '"';
        !quoted && character != '"' && !character.is_ascii_digit()
    });
    kept.collect()
}

fn read(path: &Path) -> Result<Pyc, String> {
    fs::read(path).map(Pyc::parse).map_err(|error| format!("{}: {error}", path.display()))
}
