//! What hides in constants and texts: encoded, compressed, marshalled. Everything is decoded, nothing is run.

mod base85;
mod constants;
mod dump;
pub(crate) mod literal;
mod pickle;
mod search;
mod step;
mod uu;

use std::fmt;

use pycxray::Span;

pub use constants::{
    Payload, PayloadSearch, Payloads, payloads, payloads_in_pickle, payloads_in_source, payloads_in_text,
};
use search::Search;
pub use step::Step;

use crate::identify::identify;
use crate::kind::Kind;
use crate::limits::Limits;
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

/// What a text can be written in as a whole, the more telling first: whatever is base32 is base64 too.
const FORMS: [Step; 10] = [
    Step::Literal,
    Step::HexDump,
    Step::Hex,
    Step::Numbers,
    Step::Percent,
    Step::Uu,
    Step::Base32,
    Step::Base64,
    Step::Base85,
    Step::Ascii85,
];

fn forms<'t>(text: &'t [u8], limits: &'t Limits) -> impl Iterator<Item = (Step, Vec<u8>)> + 't {
    FORMS.into_iter().filter_map(|step| Some((step, step.take(text, limits.member_bytes)?.bytes)))
}

/// The bytes that a text writes out, in whatever form: a hex dump, hex digits, a literal, numbers, base64. What they are is
/// not asked.
#[must_use]
pub fn bytes_in_text(text: &[u8], limits: &Limits) -> Option<(Step, Vec<u8>)> {
    let is_usual =
        |step: Step| matches!(step, Step::Literal | Step::HexDump | Step::Hex | Step::Numbers | Step::Base64);
    forms(text, limits).find(|(step, _)| is_usual(*step))
}

/// The same of a file, if it is a text and the bytes are something known.
#[must_use]
pub fn written_out(file: &[u8], limits: &Limits) -> Option<(Step, Vec<u8>)> {
    let is_known = |bytes: &[u8]| !matches!(identify(bytes), Kind::Unknown | Kind::Text | Kind::Empty);
    let is_text = identify(file) == Kind::Text;
    is_text.then(|| forms(file, limits).find(|(_, bytes)| is_known(bytes)))?
}
