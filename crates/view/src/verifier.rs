//! The verifier: holds a file against its source. As a function from an errand and both to an outcome, apart from the prover
//! because it carries a parser of Python, for which nobody is to wait who wants the source alone.

use pycxray::Pyc;
use pycxray_compare::verify::{self, verify};

use crate::errand;
use crate::protocol::{Errand, Made, Outcome, SourceEvidence, Standing, Verification, Work};
use crate::text::made_displayable;

/// How many code objects that are not proved are listed.
const UNPROVED: usize = 100;

/// Holds the file of these bytes against the source that stands behind them ([`Work::Verify`]).
#[must_use]
pub fn run(errand: &Errand, mut bytes: Vec<u8>) -> Outcome {
    let Work::Verify { size, .. } = errand.work else {
        return errand.outcome(Err("This is no errand of the verifier.".to_owned()));
    };
    let companion = bytes.split_off(bytes.len().saturating_sub(size as usize));
    let pyc = errand::read(errand, bytes);
    errand.outcome(Ok(Made::Verification(verification(&pyc, &companion))))
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
        proved: found.proved(),
        proofs: found.proofs.len(),
        unproved: found.proofs.iter().filter_map(unproved).take(UNPROVED).collect(),
        unprovable: found.unproved.clone(),
    }
}

/// What is said of a code object that is not proved.
fn unproved(proof: &verify::Proof) -> Option<SourceEvidence> {
    let reason = proof.outcome.reason()?;
    let message = made_displayable(format!("{}: {reason}", proof.name));
    Some(SourceEvidence { message, span: proof.span, line: proof.line })
}

fn standing(verdict: verify::Verdict) -> Standing {
    match verdict {
        verify::Verdict::Proved => Standing::Proved,
        verify::Verdict::Consistent => Standing::Consistent,
        verify::Verdict::Inconsistent => Standing::Inconsistent,
        _ => Standing::CannotTell,
    }
}
