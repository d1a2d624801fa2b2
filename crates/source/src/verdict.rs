//! How true the source of a code object is.

use std::fmt::{self, Display};
use std::ops::Range;

use crate::ast::Body;
use crate::constant::Constant;
use crate::graph::{Graph, Terminator};
use crate::lower::{Budget, lower};
use crate::name::Grammar;
use crate::print::check_fields;
use crate::prove::{Difference, facts, prove, scopes, spelling};
use crate::unit::{CodeId, Units};

/// What is known of the source of a code object. The code objects in it have their own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It means the same as the bytecode.
    Proved,
    /// It means something else, or could not be followed, from this byte of the bytecode on.
    Differs {
        /// Where.
        offset: u32,
        /// What is different.
        reason: String,
        /// Whether both do another thing with the same values, so that it is no matter of how it was followed.
        is_certain: bool,
    },
    /// These bytes of the bytecode have no source.
    NotReconstructed {
        /// Which.
        bytecode: Range<u32>,
        /// Why.
        reason: String,
    },
    /// It was not compared with the bytecode.
    NotCompared {
        /// Why.
        reason: String,
    },
}

impl Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proved => f.write_str("proved"),
            Self::Differs { offset, reason, .. } => write!(f, "not proved, differs at offset {offset}: {reason}"),
            Self::NotReconstructed { bytecode: Range { start, end }, reason } => {
                write!(f, "not reconstructed from offset {start} to {end}: {reason}")
            }
            Self::NotCompared { reason } => write!(f, "not proved: {reason}"),
        }
    }
}

/// Judges the source of all code objects of a file.
#[derive(Debug)]
pub struct Judge<'a> {
    units: &'a Units,
    bodies: &'a [Body],
    graphs: &'a [Graph],
    /// By code object: what the source says besides instructions, and says otherwise.
    facts: Vec<Option<String>>,
    budget: Budget,
    /// Whether the bodies are those of a source, whose text is its own.
    is_parsed: bool,
}

impl<'a> Judge<'a> {
    /// Of these bodies, made of these graphs in normal form, both by [`CodeId`].
    #[must_use]
    pub fn new(units: &'a Units, bodies: &'a [Body], graphs: &'a [Graph]) -> Self {
        let mut judge = Self { is_parsed: false, ..Self::of_parsed(units, bodies, graphs) };
        let grammar = Grammar::of(units);
        let spelled = units.units.iter().zip(bodies).map(|(unit, body)| spelling::check(unit, body, grammar));
        for (fact, spelled) in judge.facts.iter_mut().zip(spelled) {
            *fact = fact.take().or(spelled);
        }
        for (fact, unit) in judge.facts.iter_mut().zip(&units.units) {
            *fact = fact.take().or_else(|| check_fields(units, bodies, unit.id));
        }
        judge
    }

    /// The same of bodies that a source was parsed to: whatever is in them can be spelled.
    #[must_use]
    pub fn of_parsed(units: &'a Units, bodies: &'a [Body], graphs: &'a [Graph]) -> Self {
        let mut facts = scopes::check(units, bodies);
        for (fact, other) in facts.iter_mut().zip(facts::check(units, bodies)) {
            *fact = fact.take().or(other);
        }
        Self { units, bodies, graphs, facts, budget: Budget::new(bodies), is_parsed: true }
    }

    /// Looks whether a body means the same as the bytecode of its code object.
    ///
    /// # Panics
    /// If the code object is one of another file.
    #[must_use]
    pub fn verdict(&self, id: CodeId) -> Verdict {
        let at = id.0 as usize;
        if let Some((bytecode, reason)) = self.bodies[at].unshaped() {
            return Verdict::NotReconstructed { bytecode, reason: reason.to_owned() };
        }
        if let Some(damage) = &self.units.get(id).damage {
            return Verdict::NotCompared { reason: format!("it is damaged: {}", damage.trim_end_matches('.')) };
        }
        let mut lowered = lower(self.units, self.bodies, id, &self.budget);
        lowered.normalize();
        // A part of the bytecode that cannot be read is no better for being a handler of what raises nothing.
        let blocks = lowered.blocks.iter().chain(&self.graphs[at].blocks);
        let unknown = blocks.into_iter().find_map(|block| match &block.terminator {
            Terminator::Unknown(reason) => Some(reason.clone()),
            _ => None,
        });
        if let Some(reason) = unknown {
            return Verdict::NotCompared { reason };
        }
        let mut lifted = self.graphs[at].clone();
        if self.units.compiles_since(11) {
            lifted.order_stores();
            lowered.order_stores();
        }
        if self.is_parsed && self.units.version == pycxray::Version::new(3, 12) {
            lifted.drop_empty_texts();
            lowered.drop_empty_texts();
        }
        if let Err(Difference { origin, reason, is_certain }) = prove(&lifted, &lowered) {
            return Verdict::Differs { offset: origin.start().unwrap_or(0), reason, is_certain };
        }
        let is_misnamed = |(code, name): &(CodeId, Constant)| !self.is_qualname(*code, name);
        if self.graphs[at].named.iter().any(is_misnamed) {
            let reason = "a function that it makes is given another name".to_owned();
            return Verdict::Differs { offset: 0, reason, is_certain: false };
        }
        match &self.facts[at] {
            Some(reason) => Verdict::Differs { offset: 0, reason: reason.clone(), is_certain: false },
            None => Verdict::Proved,
        }
    }

    /// Whether a function of that code object is given this qualified name (up to 3.10). It begins with the innermost name around it
    /// that is declared global, if any is, and a class is given its own name alone.
    fn is_qualname(&self, code: CodeId, name: &Constant) -> bool {
        let (Some(unit), Constant::Str(text)) = (self.units.units.get(code.0 as usize), name) else { return false };
        let is_whole = |before: &[u8]| before.is_empty() || before.ends_with(b".");
        text.ends_with(unit.name.as_bytes()) && unit.qualname.as_bytes().strip_suffix(&**text).is_some_and(is_whole)
    }
}
