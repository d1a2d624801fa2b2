//! Where encoded bytes stand, and how they are decoded.

use std::fmt;

use pycxray::Span;

use super::literal;
use super::step::Step;
use crate::unpack::Unpacked;

/// Where encoded bytes stand, and how they are decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The constants or literals, joined in this order.
    pub parts: Vec<Span>,
    /// Whether the parts are literals of source, with quotes and escapes.
    pub is_source: bool,
    /// The steps, the outermost encoding first.
    pub steps: Vec<Step>,
}

impl Chain {
    /// Decodes it out of the file that it stands in.
    #[must_use]
    pub fn decode(&self, file: &[u8], limit: usize) -> Unpacked {
        let mut bytes = Vec::new();
        for part in &self.parts {
            let part = file.get(part.start as usize..part.end as usize).unwrap_or_default();
            match literal::value(part).filter(|_| self.is_source) {
                Some(value) => bytes.extend(value),
                None => bytes.extend_from_slice(part),
            }
        }
        let mut unpacked = Unpacked { bytes, trouble: None };
        for step in &self.steps {
            match step.take(&unpacked.bytes, limit) {
                Some(next) => unpacked = Unpacked { trouble: next.trouble.or(unpacked.trouble), bytes: next.bytes },
                None => break,
            }
        }
        unpacked
    }

    /// How it is decoded, and what that comes to: `base64 → zlib → ` and that.
    #[must_use]
    pub fn leading_to(&self, what: &str) -> String {
        self.steps.iter().map(|step| step.name()).chain([what]).collect::<Vec<_>>().join(" → ")
    }
}

impl fmt::Display for Chain {
    /// `base64 → zlib`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            let arrow = if index == 0 { "" } else { " → " };
            write!(f, "{arrow}{}", step.name())?;
        }
        Ok(())
    }
}
