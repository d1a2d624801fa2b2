//! The prover: makes the source of a file, and proves it. As a function from an errand and a file to an outcome, which the engine
//! never calls, so that a program with the engine alone does not carry it.

use pycxray::{Item, Pyc};
use pycxray_source::{Source, Verdict};

use crate::errand;
use crate::protocol::{CodeVerdict, Errand, Made, Outcome, OwnedText, SourceText, SourceVerdict};
use crate::python_text::words;

/// Writes the source of the file of these bytes ([`Work::Source`](crate::protocol::Work::Source)).
#[must_use]
pub fn run(errand: &Errand, bytes: Vec<u8>) -> Outcome {
    let pyc = errand::read(errand, bytes);
    errand.outcome(Ok(Made::Source(source_text(&pyc))))
}

fn source_text(pyc: &Pyc) -> SourceText {
    let Source { text, owned, verdicts, .. } = pycxray_source::source(pyc, pycxray_source::Options::default());
    let words = words(&text);
    let owned = owned.into_iter();
    let owned =
        owned.map(|owned| OwnedText { code: owned.code.0 as usize, text: owned.text, bytecode: owned.bytecode });
    let verdict = |(node, verdict): (_, Verdict)| {
        let place = match verdict {
            Verdict::Differs { offset, .. } => Item::Instruction(node, offset),
            Verdict::NotReconstructed { ref bytecode, .. } => Item::Instruction(node, bytecode.start),
            _ => Item::Object(node),
        };
        let words = match &verdict {
            Verdict::Proved => "Proved: this means the same as the bytecode.".to_owned(),
            other => format!("{other}."),
        };
        let verdict = SourceVerdict { proved: verdict == Verdict::Proved, words, item: place.into() };
        CodeVerdict { code: Item::Object(node).into(), verdict }
    };
    let verdicts = verdicts.into_iter().map(verdict).collect();
    SourceText { owned: owned.collect(), text, words, verdicts }
}
