//! What hides in constants and texts: encoded, compressed, marshalled. Everything is decoded, nothing is run.

mod base85;
pub(crate) mod chain;
mod constants;
mod dump;
pub(crate) mod literal;
mod pickle;
mod search;
mod step;
mod uu;

pub use chain::Chain;
pub use constants::{
    Payload, PayloadSearch, Payloads, payloads, payloads_in_pickle, payloads_in_source, payloads_in_text,
};
use search::Search;
pub use step::Step;

use crate::identify::identify;
use crate::kind::Kind;
use crate::limits::Limits;

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
/// not asked. What consists of hex digits alone is hex or nothing.
#[must_use]
pub fn bytes_in_text(text: &[u8], limits: &Limits) -> Option<(Step, Vec<u8>)> {
    let is_hex = text.iter().all(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace());
    let is_usual = |step: Step| match step {
        Step::HexDump | Step::Hex => true,
        Step::Literal | Step::Numbers | Step::Base64 => !is_hex,
        _ => false,
    };
    forms(text, limits).find(|(step, _)| is_usual(*step))
}

/// The same of a file, if it is a text and the bytes are something known.
#[must_use]
pub fn written_out(file: &[u8], limits: &Limits) -> Option<(Step, Vec<u8>)> {
    let is_known = |bytes: &[u8]| !matches!(identify(bytes), Kind::Unknown | Kind::Text | Kind::Empty);
    let is_text = identify(file) == Kind::Text;
    is_text.then(|| forms(file, limits).find(|(_, bytes)| is_known(bytes)))?
}
