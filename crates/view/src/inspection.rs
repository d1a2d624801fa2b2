//! What is found after decoding: damage inside bytecode and tables, and what an analyst wants to know.

use pycxray::Inspector;

use crate::Document;
use crate::Severity;
use crate::problems::{self, Marks, Problem};

/// How far that has come.
#[derive(Debug, Default)]
pub(crate) enum Inspection {
    /// Nothing was asked for yet.
    #[default]
    Open,
    /// It is under way.
    Running(Box<Inspector>),
    /// It is done; this is what was found apart from damage, in the order of the list.
    Done(Vec<Problem>),
}

impl Document {
    /// Goes on looking through instructions, tables, names and what follows the object, for about `budget` instructions;
    /// 50,000 take about a millisecond. `true` when all is looked at: then [`Document::problems`] and
    /// [`Document::findings`] are complete. `now` is in seconds since 1970, UTC: what the time in the header is compared with.
    pub fn inspect_step(&mut self, now: Option<u64>, budget: u32) -> bool {
        if matches!(self.inspection, Inspection::Open) {
            self.inspection = Inspection::Running(Box::new(Inspector::new(now)));
        }
        let Inspection::Running(inspector) = &mut self.inspection else { return true };
        if !inspector.step(&self.pyc, budget) {
            return false;
        }
        if let Inspection::Running(inspector) = std::mem::take(&mut self.inspection) {
            let found = inspector.finish();
            problems::add(&self.pyc, &mut self.troubles, &found.diagnostics);
            let mut findings: Vec<Problem> = Vec::new();
            for finding in &found.findings {
                findings.push(problems::of_finding(&self.pyc, finding));
            }
            problems::sort(&mut findings);
            self.marks = Marks::default();
            self.marks.add(&self.pyc, &self.troubles, Severity::Note);
            self.marks.add(&self.pyc, &findings, Severity::Warning);
            self.inspection = Inspection::Done(findings);
        }
        true
    }

    /// Whether all is looked at.
    #[must_use]
    pub fn is_inspected(&self) -> bool {
        matches!(self.inspection, Inspection::Done(_))
    }

    /// How far [`Document::inspect_step`] has come, from 0 to 1.
    #[must_use]
    pub fn inspection_progress(&self) -> f64 {
        match &self.inspection {
            Inspection::Open => 0.0,
            Inspection::Running(inspector) => inspector.progress(&self.pyc),
            Inspection::Done(_) => 1.0,
        }
    }

    /// What is worth knowing apart from damage, the gravest first. Empty until all is looked at.
    #[must_use]
    pub fn findings(&self) -> &[Problem] {
        match &self.inspection {
            Inspection::Done(findings) => findings,
            _ => &[],
        }
    }
}
