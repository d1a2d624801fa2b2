//! The prover: what is heavy and rarely wanted, as a function from an errand and a file to an outcome. The engine never calls
//! it, so that a program with the engine alone does not carry it.

use pycxray::python::Python;
use pycxray::{Item, Options, Pyc};
use pycxray_source::{Source, Verdict};

use crate::protocol::{CodeVerdict, Errand, Made, Outcome, OwnedText, SourceText, SourceVerdict, Style, Work};
use crate::summary::python_named;

/// Does an errand for the file of these bytes.
#[must_use]
pub fn run(errand: &Errand, bytes: Vec<u8>) -> Outcome {
    let pyc = Pyc::parse(bytes);
    let python = errand.python.as_deref().and_then(|name| python_named(&pyc, name));
    let pyc = match python {
        Some(python) => read_as(&pyc, python),
        None => pyc,
    };
    let made = match errand.work {
        Work::Source => Made::Source(source_text(&pyc)),
    };
    Outcome { document: errand.document, serial: errand.serial, made: Ok(made) }
}

fn read_as(pyc: &Pyc, python: &'static Python) -> Pyc {
    Pyc::parse_with(pyc.shared_bytes(), Options { python: Some(python), ..Options::default() })
}

fn source_text(pyc: &Pyc) -> SourceText {
    let Source { text, owned, verdicts, .. } = pycxray_source::source(pyc, pycxray_source::Options::default());
    let words = pycxray_source::tokens(&text).map(|(range, kind)| (range, Style::from(kind))).collect();
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
