//! How true the source of a code object is.

use std::fmt::{self, Display};
use std::ops::Range;

use crate::ast::Body;
use crate::graph::{Graph, Terminator};
use crate::lower::lower;
use crate::prove::{Difference, prove};
use crate::source::unshaped;
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
            Self::Differs { offset, reason } => write!(f, "not proved, differs at offset {offset}: {reason}"),
            Self::NotReconstructed { bytecode: Range { start, end }, reason } => {
                write!(f, "not reconstructed from offset {start} to {end}: {reason}")
            }
            Self::NotCompared { reason } => write!(f, "not proved: {reason}"),
        }
    }
}

/// Looks whether a body means the same as the bytecode of its code object. `bodies` and `graphs`, which are in normal form, are
/// those of all code objects, by [`CodeId`].
///
/// # Panics
/// If the code object is one of another file than these.
#[must_use]
pub fn verdict(units: &Units, bodies: &[Body], graphs: &[Graph], id: CodeId) -> Verdict {
    if let Some((bytecode, reason)) = unshaped(&bodies[id.0 as usize]) {
        return Verdict::NotReconstructed { bytecode, reason: reason.to_owned() };
    }
    let mut lowered = lower(units, bodies, id);
    lowered.normalize();
    let unknown = lowered.blocks.iter().find_map(|block| match &block.terminator {
        Terminator::Unknown(reason) => Some(reason.clone()),
        _ => None,
    });
    if let Some(reason) = unknown {
        return Verdict::NotCompared { reason };
    }
    let mut lifted = graphs[id.0 as usize].clone();
    if units.since(3, 11) {
        lifted.order_stores();
        lowered.order_stores();
    }
    match prove(&lifted, &lowered) {
        Ok(_) => Verdict::Proved,
        Err(Difference { origin, reason }) => Verdict::Differs { offset: origin.start().unwrap_or(0), reason },
    }
}
