//! The prover: what is heavy and rarely wanted, as a function from an errand and a file to an outcome. The engine never calls
//! it, so that a program with the engine alone does not carry it.

use pycxray::python::Python;
use pycxray::{Item, Options, Pyc};
use pycxray_compare::verify::{self, verify};
use pycxray_source::{Source, Verdict};

use crate::protocol::{
    CodeVerdict, Errand, Made, Outcome, OwnedText, SourceEvidence, SourceText, SourceVerdict, Standing, Verification,
    Work,
};
use crate::python_text::words;
use crate::summary::python_named;
use crate::text::made_displayable;

/// Does an errand for the file of these bytes, with whatever else the errand says stands behind them.
#[must_use]
pub fn run(errand: &Errand, mut bytes: Vec<u8>) -> Outcome {
    let Errand { document, serial, work, .. } = *errand;
    let companion = match work {
        Work::Source => Vec::new(),
        Work::Verify { size, .. } => bytes.split_off(bytes.len().saturating_sub(size as usize)),
    };
    let pyc = Pyc::parse(bytes);
    let python = errand.python.as_deref().and_then(|name| python_named(&pyc, name));
    let pyc = match python {
        Some(python) => read_as(&pyc, python),
        None => pyc,
    };
    let made = match work {
        Work::Source => Made::Source(source_text(&pyc)),
        Work::Verify { .. } => Made::Verification(verification(&pyc, &companion)),
    };
    Outcome { document, serial, work, made: Ok(made) }
}

fn read_as(pyc: &Pyc, python: &'static Python) -> Pyc {
    Pyc::parse_with(pyc.shared_bytes(), Options { python: Some(python), ..Options::default() })
}

fn verification(pyc: &Pyc, companion: &[u8]) -> Verification {
    let found = verify(pyc, companion);
    let evidence = |evidence: &verify::Evidence| SourceEvidence {
        message: made_displayable(evidence.message.clone()),
        span: evidence.span,
        line: evidence.line,
    };
    Verification {
        standing: standing(found.verdict()),
        contents: standing(found.contents),
        header: found.header.sentence(),
        is_header_inconsistent: found.header.is_inconsistent(),
        evidence: found.evidence.iter().map(evidence).collect(),
        more: found.more,
        reasons: found.reasons.iter().cloned().map(made_displayable).collect(),
        compared: found.compared,
    }
}

fn standing(verdict: verify::Verdict) -> Standing {
    match verdict {
        verify::Verdict::Consistent => Standing::Consistent,
        verify::Verdict::Inconsistent => Standing::Inconsistent,
        _ => Standing::CannotTell,
    }
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
